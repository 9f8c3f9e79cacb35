"""Describes the fields of every record of a case, as tables of a Markdown page."""

from __future__ import annotations

import types
from enum import StrEnum
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    Literal,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from guarantor.case.assumptions import AssumedField, QuantityNames
from guarantor.case.check import REFERENCES
from guarantor.case.read import ABOUT, OPTIONS, TABLES
from guarantor.case.record import NOT_STATED, Name, NationCode, Record, Sources, Words
from guarantor.case.records import About
from guarantor.case.statements import Option
from guarantor.glossary import list_name
from guarantor.quantity import AmountField, DurationField, PartialDateField

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_FORMS = {
    str: "text",
    Words: "text",
    Name: "key",
    NationCode: "nation code",
    Sources: "keys of `sources.csv`, the best first",
    AmountField: "[amount](#numbers)",
    AssumedField: "[amount](#numbers), or a choice between words",
    QuantityNames: "list of names: the key of an assumption, `pools/OWNER/CAPABILITY`, "
    "`contributions/KEY` or `capabilities/KEY/FIELD`",
    PartialDateField: "[date](#dates)",
    DurationField: "[duration](#durations)",
    bool: "`true` or `false`",
    int: "whole number",
    float: "number",
}


def records() -> dict[type[Record], str]:
    """Return every record of a case, in reading order, with the heading that it stands under."""
    headings: dict[type[Record], str] = {About: ABOUT}
    headings |= {table.record: table.file for table in TABLES.values()}
    headings[Option] = f"{OPTIONS}/*.yaml"
    for record in list(headings):
        for part in _parts(record):
            headings.setdefault(part, part.__name__)
    return headings


def _parts(record: type[Record]) -> Iterator[type[Record]]:
    """Return the records inside a record, bases before what extends them."""
    for hint in _fields(record).values():
        for part in _records_in(hint):
            yield from (base for base in reversed(part.__mro__[:-1]) if _is_record(base))
            yield from _parts(part)


def _is_record(found: object) -> bool:
    return isinstance(found, type) and issubclass(found, Record) and found is not Record


def _records_in(hint: Any) -> Iterator[type[Record]]:
    if _is_record(hint):
        yield hint
    for part in get_args(hint):
        yield from _records_in(part)


def _fields(record: type[Record]) -> dict[str, Any]:
    """Return the annotations of a record's fields, with what is attached to them."""
    hints = get_type_hints(record, include_extras=True)
    return {name: hints[name] for name in record.model_fields}


def record_sections() -> Iterator[str]:
    """Return one section for each record: its heading, what it is, and a table of its fields."""
    headings = records()
    for record, heading in headings.items():
        base = record.__mro__[1]
        shared = base.model_fields if base in headings else {}
        yield f"\n### {heading}\n\n{record.__doc__}\n"
        if shared:
            yield f"It has the fields of a {_link(headings[base])}, and:\n"
        own = {name: hint for name, hint in _fields(record).items() if name not in shared}
        yield "\n"
        yield table(
            ("field", "written as", "meaning"),
            ((f"`{name}`", *_described(record, name, hint)) for name, hint in own.items()),
        )


def _described(record: type[Record], name: str, hint: Any) -> tuple[str, str]:
    field = record.model_fields[name]
    written = _cited(record, name) or _written(hint)
    if not field.is_required():
        written += "; may be blank"
    return written, field.description or ""


def _cited(record: type[Record], name: str) -> str:
    """Return which tables a field cites keys of; blank when it cites none."""
    for reference in REFERENCES:
        if issubclass(record, reference.record) and reference.field == name != "sources":
            files = (
                TABLES[target].file if target in TABLES else f"{OPTIONS}/"
                for target in reference.targets
            )
            many = "keys" if get_origin(_fields(record)[name]) is tuple else "key"
            return f"{many} of {' or '.join(f'`{file}`' for file in files)}"
    return ""


def _written(hint: Any) -> str:
    if hint in _FORMS:
        return _FORMS[hint]
    if _is_record(hint):
        return _link(hint.__name__)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        words = ", ".join(f"`{word}`" for word in hint)
        return f"[{list_name(hint)}](glossary.md#{list_name(hint).replace(' ', '-')}): {words}"
    arguments = get_args(hint)
    origin = get_origin(hint)
    if origin in {Union, types.UnionType}:
        return _written(arguments[0])
    if origin is Annotated:
        return f"{_written(arguments[0])}, or `{NOT_STATED}`"
    if origin is tuple:
        return f"list of {_written(arguments[0])}"
    if origin is dict:
        return f"for each {_written(arguments[0])}: {_written(arguments[1])}"
    if origin is Literal:
        return " or ".join(f"`{word}`" for word in arguments)
    raise AssertionError(f"the page has no words for {hint}")


def _link(heading: str) -> str:
    anchor = "".join(c for c in heading.lower() if c.isalnum() or c in "-_")
    return f"[{heading}](#{anchor})"


def summary(record: type[Record]) -> str:
    """Return what a record is, as part of a sentence: "a kind of unit"."""
    words = (record.__doc__ or "").split("\n", 1)[0].rstrip(".")
    return words[:1].lower() + words[1:]


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """Return a Markdown table."""
    lines = (head, ("---",) * len(head), *rows)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
