"""Walks through a record and the records inside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator

Steps = tuple[str | int, ...]


def walk(value: object, steps: Steps = ()) -> Iterator[tuple[Steps, Record]]:
    """Return every record at or below `value`, each with the steps that lead to it."""
    if isinstance(value, Record):
        yield steps, value
        for name in type(value).model_fields:
            yield from walk(getattr(value, name), (*steps, name))
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from walk(item, (*steps, str(key)))
    elif isinstance(value, tuple) and not hasattr(value, "_fields"):
        for index, item in enumerate(value):
            yield from walk(item, (*steps, index))
