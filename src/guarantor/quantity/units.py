"""The units that a number of a case may have, and why some of them refuse to mix."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from guarantor.problems import Problems, nearest
from guarantor.quantity.textform import TextForm


class Unit(StrEnum):
    """A unit of count or measure; its value is the plural that is printed."""

    PEOPLE = "people"
    PEOPLE_DEPLOYED = "people deployed"
    POOL_PEOPLE = "pool people"
    PERSON_TOURS = "person-tours"
    POSTS = "posts"
    PEOPLE_PER_UNIT = "people per unit"
    UNITS = "units"
    AIRCRAFT = "aircraft"
    SHIPS = "ships"
    SYSTEMS = "systems"
    MISSILES = "missiles"
    MISSILES_PER_MONTH = "missiles per month"
    DRONES = "drones"
    DRONES_PER_MONTH = "drones per month"
    SORTIES = "sorties"
    HOURS = "hours"
    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"
    KM = "km"
    SQUARE_KM = "square km"
    PERCENT = "percent"
    RATIO = "ratio"
    NATIONS = "nations"

    @property
    def one(self) -> str:
        """The name for exactly one: "person", "month"."""
        return _ONE.get(self, str(self))

    @property
    def plural(self) -> str:
        """The name for any other number: "people", "months"."""
        return str(self)


_ONE = {
    Unit.PEOPLE: "person",
    Unit.PEOPLE_DEPLOYED: "person deployed",
    Unit.POOL_PEOPLE: "pool person",
    Unit.PERSON_TOURS: "person-tour",
    Unit.POSTS: "post",
    Unit.PEOPLE_PER_UNIT: "person per unit",
    Unit.UNITS: "unit",
    Unit.SHIPS: "ship",
    Unit.SYSTEMS: "system",
    Unit.MISSILES: "missile",
    Unit.MISSILES_PER_MONTH: "missile per month",
    Unit.DRONES: "drone",
    Unit.DRONES_PER_MONTH: "drone per month",
    Unit.SORTIES: "sortie",
    Unit.HOURS: "hour",
    Unit.DAYS: "day",
    Unit.MONTHS: "month",
    Unit.YEARS: "year",
    Unit.NATIONS: "nation",
}

_PRESENCE = {
    Unit.PEOPLE: "people are everyone in a population or a force",
    Unit.PEOPLE_DEPLOYED: "people deployed are present at one time",
    Unit.POOL_PEOPLE: "pool people are all who are needed to keep that presence up",
    Unit.PERSON_TOURS: "person-tours count the people who pass through",
}

UNITS_BY_NAME = {name: unit for unit in Unit for name in (unit.one, unit.plural)} | {
    "%": Unit.PERCENT
}
"""Every name that a unit is read by: singular, plural, and the sign for percent."""


def unit_named(text: str) -> Unit:
    """Return the unit of that name, singular or plural; raises Problems with the nearest name."""
    if not isinstance(text, str):
        raise Problems.one(
            "a unit is given by its name",
            found=f"{text!r} ({type(text).__name__})",
            allowed=", ".join(Unit),
        )
    name = " ".join(text.split()).casefold()
    if name in UNITS_BY_NAME:
        return UNITS_BY_NAME[name]
    raise Problems.one(
        "this is not one of the units",
        found=repr(text),
        allowed=", ".join(Unit),
        remedy=nearest(name, UNITS_BY_NAME),
    )


def why_apart(first: object, second: object) -> str | None:
    """Return why two measures of people are not the same thing, or None when it needs no words."""
    reasons = [reason for unit, reason in _PRESENCE.items() if unit in (first, second)]
    return f"They count different things: {'; '.join(reasons)}." if len(reasons) > 1 else None


UnitField = Annotated[
    Unit, TextForm(unit_named, str, {"type": "string", "enum": [str(unit) for unit in Unit]})
]
"""A Unit as a field of a pydantic model: from its singular or plural name; to its plural."""
