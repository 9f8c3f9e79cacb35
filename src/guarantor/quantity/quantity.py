"""A number someone could dispute, with what it rests on."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """How a figure came about."""

    REPORTED = "reported"
    DERIVED = "derived"
    JUDGED = "judged"
    ABSENT = "absent"
