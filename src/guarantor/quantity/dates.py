"""Dates as sources give them: to the day, the month, the year, or not at all."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from guarantor.problems import Problems
from guarantor.quantity.textform import TextForm

_ALLOWED = '2025-08-22, 2025-08, 2025, or blank or "undated" when no date is known'
_TEXT = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?")


class Visibility(StrEnum):
    """Whether something dated belongs in a view as of a day."""

    SHOWN = "shown"
    AMBIGUOUS = "ambiguous"
    LATER = "later"


class Precision(StrEnum):
    """How exactly a date is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month, the year, or not at all.

    Raises Problems for a date that the calendar does not have and for a part without the larger
    part before it.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        """Refuse dates that cannot be."""
        if (self.day is not None and self.month is None) or (
            self.month is not None and self.year is None
        ):
            raise Problems.one(
                "a date names a day without its month, or a month without its year",
                found=f"year {self.year}, month {self.month}, day {self.day}",
                allowed=_ALLOWED,
            )
        _require_possible(self.year, self.month, self.day)

    @classmethod
    def parse(cls, given: str | int | date | PartialDate) -> PartialDate:
        """Return the date that a text, a year or a calendar date gives; raises Problems.

        "" and "undated" mean that no date is known.
        """
        if isinstance(given, PartialDate):
            return given
        if isinstance(given, date) and not isinstance(given, datetime):
            return cls(given.year, given.month, given.day)
        if isinstance(given, int) and not isinstance(given, bool):
            return cls(given)
        if not isinstance(given, str):
            raise Problems.one(
                "this is not a date", found=f"{given!r} ({type(given).__name__})", allowed=_ALLOWED
            )
        return cls._from_text(given.strip())

    @classmethod
    def _from_text(cls, text: str) -> PartialDate:
        if text.casefold() in ("", "undated"):
            return cls()
        found = _TEXT.fullmatch(text)
        if found is None:
            raise Problems.one(
                "this is not a date",
                found=repr(text),
                allowed=_ALLOWED,
                remedy="Write the year first, then month and day with two digits each.",
            )
        return cls(*(None if part is None else int(part) for part in found.groups()))

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        if self.day is not None:
            return Precision.DAY
        if self.month is not None:
            return Precision.MONTH
        return Precision.UNDATED if self.year is None else Precision.YEAR

    @property
    def earliest(self) -> date:
        """The first day it can mean; for an undated one the first day of the calendar."""
        if self.year is None:
            return date.min
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def latest(self) -> date:
        """The last day it can mean; for an undated one the last day of the calendar."""
        if self.year is None:
            return date.max
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    def visible(self, as_of: date) -> Visibility:
        """Return whether a view as of that day holds it.

        shown: it was certainly out by then; later: certainly not; ambiguous: the date as known
        does not decide.
        """
        if self.latest <= as_of:
            return Visibility.SHOWN
        return Visibility.LATER if self.earliest > as_of else Visibility.AMBIGUOUS

    def text(self) -> str:
        """Return the text that parses back to this date: "2025-08-22"; "" for an undated one."""
        if self.year is None:
            return ""
        smaller = (f"-{part:02d}" for part in (self.month, self.day) if part is not None)
        return f"{self.year:04d}{''.join(smaller)}"


def _require_possible(year: int | None, month: int | None, day: int | None) -> None:
    if year is None:
        return
    if not 1 <= year <= 9999:
        raise _impossible(f"there is no year {year}", str(year), "years 0001 to 9999")
    if month is None:
        return
    if not 1 <= month <= 12:
        raise _impossible(f"there is no month {month}", f"{year:04d}-{month:02d}", "01 to 12")
    last = monthrange(year, month)[1]
    if day is not None and not 1 <= day <= last:
        named = f"{year:04d}-{month:02d}"
        raise _impossible(f"{named} has no day {day}", f"{named}-{day:02d}", f"01 to {last}")


def _impossible(what: str, found: str, allowed: str) -> Problems:
    return Problems.one(f"this date is impossible: {what}", found=found, allowed=allowed)


UNDATED = PartialDate()
"""The date of what bears none."""

PartialDateField = Annotated[
    PartialDate,
    TextForm(
        PartialDate.parse,
        PartialDate.text,
        {
            "title": "Date",
            "description": f"A date as far as it is known: {_ALLOWED}.",
            "type": ["string", "integer"],
            "pattern": r"^(|undated|[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)$",
        },
    ),
]
"""A PartialDate as a field of a pydantic model: from text, year or date; to text."""
