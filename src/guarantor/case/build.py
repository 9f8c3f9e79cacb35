"""Turns plain values into records, and what is wrong with them into problems with a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from guarantor.case.record import Record
from guarantor.problems import Collector, Problem, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic_core import ErrorDetails

    from guarantor.case.tree import Tree

R = TypeVar("R", bound=Record)

_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens",
    "^[A-Z]{3}$": "an ISO 3166 alpha-3 code, such as GBR",
}


def build(record: type[R], tree: Tree, problems: Collector) -> R | None:
    """Return the record, or None after noting everything that is wrong with it."""
    try:
        return record.model_validate(tree.value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            problems.extend(_problems(record, detail, tree))
        return None


def _problems(record: type[Record], detail: ErrorDetails, tree: Tree) -> list[Problem]:
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    field = ".".join(str(step) for step in steps) or None
    line = tree.line_of(steps)
    context = detail.get("ctx", {})
    inner = context.get("error")
    if isinstance(inner, Problems):
        return [problem.at(tree.file, line, field) for problem in inner.problems]
    return [
        Problem(file=tree.file, line=line, field=field, **_words(record, steps, detail, context))
    ]


def _words(
    record: type[Record],
    steps: tuple[str | int, ...],
    detail: ErrorDetails,
    context: Mapping[str, Any],
) -> dict[str, str | None]:
    found = _shown(detail["input"])
    match detail["type"]:
        case "missing":
            return {
                "what": "the field is missing",
                "remedy": f"Add '{steps[-1]}'.",
            }
        case "extra_forbidden":
            names = _names_around(record, steps)
            return {
                "what": "unknown field",
                "found": str(steps[-1]),
                "allowed": ", ".join(names) or None,
                "remedy": nearest(str(steps[-1]), names),
            }
        case "enum":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return {
                "what": "not one of the words allowed here",
                "found": found,
                "allowed": allowed,
                "remedy": nearest(str(detail["input"]), allowed.split(", ")),
            }
        case "literal_error":
            return {
                "what": "not one of the words allowed here",
                "found": found,
                "allowed": str(context["expected"]),
            }
        case "string_pattern_mismatch":
            return {
                "what": "not written in the form required here",
                "found": found,
                "allowed": _PATTERNS[context["pattern"]],
            }
        case "string_too_short":
            return {"what": "the text is blank", "allowed": "at least one word"}
        case _:
            return {"what": detail["msg"][:1].lower() + detail["msg"][1:], "found": found}


def _names_around(record: type[Record], steps: tuple[str | int, ...]) -> list[str]:
    """Return the fields allowed beside the unknown one, found by walking down the annotations."""
    here: type[Record] | None = record
    for step in steps[:-1]:
        if isinstance(step, int) or here is None:
            continue
        field = here.model_fields.get(step)
        here = _record_in(field.annotation) if field else None
    return list(here.model_fields) if here else []


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in getattr(annotation, "__args__", ()):
        if (found := _record_in(part)) is not None:
            return found
    return None


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
