"""Lengths of time as ISO 8601 writes them, and calendar months that are not 30 days."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from guarantor.problems import Problems
from guarantor.quantity.textform import TextForm

_ALLOWED = "P6M, P5Y, P1Y6M, P2W, P10D, PT72H or PT15M (ISO 8601, whole numbers)"
_ISO = re.compile(
    r"P(?=[0-9T])(?:(?P<week>[0-9]{1,6})W"
    r"|(?:(?P<year>[0-9]{1,6})Y)?(?:(?P<month>[0-9]{1,6})M)?(?:(?P<day>[0-9]{1,6})D)?"
    r"(?:T(?=[0-9])(?:(?P<hour>[0-9]{1,6})H)?(?:(?P<minute>[0-9]{1,6})M)?)?)"
)
MEAN_MONTH = 365.25 / 12
"""Days of a month of mean length."""

_DATE_PARTS = {"year": "Y", "month": "M", "week": "W", "day": "D"}
_TIME_PARTS = {"hour": "H", "minute": "M"}


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time in the parts that it was stated in.

    Parts of zero are dropped, and nothing is converted: P12M and P1Y stay apart, and PT72H is not
    P3D. Weeks stand alone. Raises Problems for a text that is not such a duration.
    """

    iso: str

    def __post_init__(self) -> None:
        """Keep the text without parts of zero."""
        object.__setattr__(self, "iso", _canonical(self.iso))

    @classmethod
    def parse(cls, given: str | Duration) -> Duration:
        """Return the duration that a text gives; raises Problems."""
        return given if isinstance(given, Duration) else cls(given)

    @property
    def months(self) -> int:
        """The number of calendar months; raises Problems when any part is shorter than a month."""
        parts = _parts(self.iso)
        if not parts.keys() <= {"year", "month"}:
            raise Problems.one(
                "this duration is not a whole number of calendar months",
                found=self.iso,
                allowed="years and months only, such as P6M or P1Y6M",
                remedy="A month is not 30 days: state the duration in months.",
            )
        return 12 * parts.get("year", 0) + parts.get("month", 0)

    @property
    def mean_months(self) -> float:
        """The length in months of mean length: a twelfth of 365.25 days; exact for whole months."""
        parts = _parts(self.iso)
        days = 7 * parts.get("week", 0) + parts.get("day", 0)
        days_and_hours = days + parts.get("hour", 0) / 24 + parts.get("minute", 0) / 1440
        return 12 * parts.get("year", 0) + parts.get("month", 0) + days_and_hours / MEAN_MONTH

    def text(self) -> str:
        """Return the text that parses back to this duration: "P6M"."""
        return self.iso

    def words(self) -> str:
        """Return the duration as a person reads it: "6 months", "1 year 6 months"."""
        parts = _parts(self.iso).items()
        return " ".join(f"{n} {part if n == 1 else f'{part}s'}" for part, n in parts)


def add_months(start: date, months: int) -> date:
    """Return the day that many calendar months later, or earlier when months is negative.

    Where that month has no such day, its last day: 31 January and one month is 28 or 29 February.
    Raises Problems outside the years 1 to 9999.
    """
    years, month_index = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= years <= 9999:
        raise Problems.one(
            "this date is outside the calendar",
            found=f"{start.isoformat()} and {months} months",
            allowed="years 0001 to 9999",
        )
    month = month_index + 1
    return date(years, month, min(start.day, monthrange(years, month)[1]))


def months_between(start: date, end: date) -> int:
    """Return how many whole calendar months lie between two days; negative when end is earlier.

    From start onwards it is the largest n for which add_months(start, n) is not after end.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def _canonical(given: object) -> str:
    found = _ISO.fullmatch(given.strip().upper()) if isinstance(given, str) else None
    if found is None:
        raise Problems.one(
            "this is not a duration",
            found=repr(given),
            allowed=_ALLOWED,
            remedy="Six months is P6M; 72 hours is PT72H.",
        )
    stated = {part: int(number) for part, number in found.groupdict().items() if number}
    date_text, time_text = (
        "".join(f"{stated[part]}{letter}" for part, letter in letters.items() if stated.get(part))
        for letters in (_DATE_PARTS, _TIME_PARTS)
    )
    if not date_text and not time_text:
        return "P0M"
    return f"P{date_text}T{time_text}" if time_text else f"P{date_text}"


def _parts(iso: str) -> dict[str, int]:
    found = _ISO.fullmatch(iso)
    return {} if found is None else {k: int(n) for k, n in found.groupdict().items() if n}


DurationField = Annotated[
    Duration,
    TextForm(
        Duration.parse,
        Duration.text,
        {
            "title": "Duration",
            "description": f"A length of time: {_ALLOWED}.",
            "type": "string",
            "pattern": "^P[0-9TYMWDH]+$",
        },
    ),
]
"""A Duration as a field of a pydantic model: from and to ISO 8601 text."""
