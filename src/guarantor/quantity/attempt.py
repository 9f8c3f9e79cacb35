"""Trying several things before raising, so that a person sees all that is wrong at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from guarantor.problems import Collector, Problems

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


def attempt(collector: Collector, read: Callable[[], T]) -> T | None:
    """Return what `read` returns, or None after keeping the problems that it raised."""
    try:
        return read()
    except Problems as error:
        collector.extend(error.problems)
        return None
