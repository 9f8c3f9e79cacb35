"""Turns plain values into records, and what is wrong with them into problems with a place."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError

from guarantor.case.record import Record
from guarantor.case.tree import shown
from guarantor.case.walk import Steps, walk
from guarantor.problems import Collector, Problem, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from pydantic_core import ErrorDetails

    from guarantor.case.tree import Tree

R = TypeVar("R", bound=Record)

_PATTERNS = {
    "^[a-z0-9][a-z0-9-]*$": "lower-case letters, digits and hyphens",
    "^[A-Z]{3}$": "an ISO 3166 alpha-3 code, such as GBR",
}

_TEXT = ("text", "Put it between double quotes.")
_WHOLE = ("a whole number, such as 3", None)
_NUMBER = ("a number, such as 50.25", None)
_TRUTH = ("true or false", None)
_LIST = ("a list, each entry on a line of its own after '- '", None)
_FIELDS = ("lines of the form 'field: value'", None)
_EXPECTED: Mapping[str, tuple[str, str | None]] = {
    "string_type": _TEXT,
    "string_unicode": ("text that can be written in UTF-8", "Type the character again."),
    "int_type": _WHOLE,
    "int_parsing": _WHOLE,
    "int_parsing_size": _WHOLE,
    "int_from_float": _WHOLE,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _TRUTH,
    "bool_parsing": _TRUTH,
    "tuple_type": _LIST,
    "dict_type": _FIELDS,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
}
"""What is expected where a value is of another kind, by pydantic's name for the error."""


class Part(NamedTuple):
    """A record of the case, or a record inside one, with the names of fields that are not read."""

    tree: Tree
    steps: Steps
    record: Record
    unread: AbstractSet[str]


def build(record: type[R], tree: Tree, problems: Collector) -> R | None:
    """Return the record, or None after noting everything that is wrong with it."""
    try:
        return record.model_validate(tree.value)
    except ValidationError as error:
        for detail in error.errors(include_url=False):
            if detail["type"] == "missing" and detail["loc"][0] in tree.absent:
                continue
            problems.extend(_problems(record, detail, tree))
        return None


def parts(record: type[Record], tree: Tree, built: Record | None) -> Iterator[Part]:
    """Return what could be read of an entry, so that one slip does not hide the others in it."""
    found = _parts(record, tree, tree.value, ()) if built is None else _whole(built, tree, ())
    for part in found:
        yield part if part.steps else part._replace(unread=part.unread | tree.absent)


def _parts(record: type[Record], tree: Tree, value: object, steps: Steps) -> Iterator[Part]:
    try:
        whole = record.model_validate(value)
    except ValidationError as error:
        wrong = {str(detail["loc"][0]) for detail in error.errors() if detail["loc"]}
    else:
        yield from _whole(whole, tree, steps)
        return
    if not isinstance(value, dict):
        return
    read = {
        name: _reader(record, name).validate_python(value[name])
        for name in record.model_fields
        if name in value and name not in wrong
    }
    yield Part(tree, steps, record.model_construct(**read), wrong)
    for name, described in record.model_fields.items():
        for inner, item, below in _inside(described.annotation, value.get(name), (*steps, name)):
            yield from _parts(inner, tree, item, below)


def _whole(record: Record, tree: Tree, steps: Steps) -> Iterator[Part]:
    for below, part in walk(record):
        yield Part(tree, (*steps, *below), part, frozenset())


@cache
def _reader(record: type[Record], name: str) -> TypeAdapter[Any]:
    return TypeAdapter(record.model_fields[name].rebuild_annotation())


def _inside(
    annotation: Any, value: object, steps: Steps
) -> Iterator[tuple[type[Record], object, Steps]]:
    """Yield the records that plain values stand for, as the annotation of their field says."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation, value, steps
        return
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        yield from _inside(inner[0], value, steps)
    elif origin is tuple and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _inside(inner[0], item, (*steps, index))
    elif origin is dict and isinstance(value, dict):
        for key, item in value.items():
            yield from _inside(inner[1], item, (*steps, key))
    elif type(None) in inner:
        for choice in inner:
            yield from _inside(choice, value, steps)


def _problems(record: type[Record], detail: ErrorDetails, tree: Tree) -> list[Problem]:
    steps = tuple(step for step in detail["loc"] if step != "[key]")
    field = ".".join(str(step) for step in steps) or None
    inner = detail.get("ctx", {}).get("error")
    found = inner.problems if isinstance(inner, Problems) else [_problem(record, steps, detail)]
    return [problem.at(tree.file, tree.line_of(steps), field) for problem in found]


def _problem(record: type[Record], steps: Steps, detail: ErrorDetails) -> Problem:
    found, context = shown(detail["input"]), detail.get("ctx", {})
    match detail["type"]:
        case "missing":
            return Problem("the field is missing", found="nothing", remedy=f"Add '{steps[-1]}'.")
        case "extra_forbidden":
            name, names = str(steps[-1]), _names_around(record, steps)
            return Problem(
                "unknown field",
                found=shown(name),
                allowed=", ".join(names),
                remedy=nearest(name, names),
            )
        case "enum" | "literal_error":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ")
            return Problem(
                "not one of the words allowed here",
                found=found,
                allowed=allowed,
                remedy=nearest(str(detail["input"]), allowed.split(", ")),
            )
        case "string_pattern_mismatch":
            return Problem(
                "not written in the form required here",
                found=found,
                allowed=_PATTERNS[context["pattern"]],
            )
        case "string_too_short":
            return Problem("the text is blank", found=found, allowed="at least one word")
        case "greater_than_equal":
            return Problem(
                "the number is too small", found=found, allowed=f"at least {context['ge']:g}"
            )
        case "less_than_equal":
            return Problem(
                "the number is too large", found=found, allowed=f"at most {context['le']:g}"
            )
        case "too_long":
            return Problem(
                "the list is too long",
                found=f"{context['actual_length']} entries",
                allowed=f"at most {context['max_length']}",
            )
        case kind if kind in _EXPECTED:
            allowed, remedy = _EXPECTED[kind]
            return Problem(
                "the value is not of the kind required here",
                found=found,
                allowed=allowed,
                remedy=remedy,
            )
        case _:
            return Problem(detail["msg"][:1].lower() + detail["msg"][1:], found=found)


def _names_around(record: type[Record], steps: tuple[str | int, ...]) -> list[str]:
    """Return the fields allowed beside the unknown one, found by walking down the annotations."""
    here = record
    for step in steps[:-1]:
        if isinstance(step, str) and step in here.model_fields:
            here = _record_in(here.model_fields[step].annotation) or here
    return list(here.model_fields)


def _record_in(annotation: Any) -> type[Record] | None:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return annotation
    for part in get_args(annotation):
        if (found := _record_in(part)) is not None:
            return found
    return None
