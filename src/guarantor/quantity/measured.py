"""Reading a number together with what it counts, be that a unit or money."""

from __future__ import annotations

import re
from typing import Annotated

from guarantor.problems import Collector, Problems
from guarantor.quantity.amount import Amount, Measure
from guarantor.quantity.attempt import attempt
from guarantor.quantity.money import ALLOWED_MONEY, Money
from guarantor.quantity.numerals import SCALES
from guarantor.quantity.prices import Currency, Prices
from guarantor.quantity.shapes import parse_shape
from guarantor.quantity.textform import TextForm
from guarantor.quantity.units import UNITS_BY_NAME, Unit, unit_named

ALLOWED_AMOUNTS = f'"200 people deployed", "at most 12 systems", {ALLOWED_MONEY}'

_UNIT = re.compile(
    r"(?P<number>.*?)(?:\s+|(?=%))(?P<unit>" + "|".join(map(re.escape, UNITS_BY_NAME)) + ")",
    re.IGNORECASE,
)
_ANY_UNIT = re.compile(
    rf"(?P<number>.*[0-9](?:\s*(?:{'|'.join(SCALES)})\b)?|absent\b)(?P<unit>.*)", re.IGNORECASE
)
_MONEY = re.compile(rf"[A-Z]{{3}}\s|(?i:{'|'.join(Currency)})\s|[€£$]")


def parse_amount(given: str | Amount | Money) -> Amount | Money:
    """Return the amount in a unit, or the money, that a text gives.

    Raises Problems that name everything that is wrong with the number and the unit.
    """
    if isinstance(given, Amount | Money):
        return given
    text = " ".join(given.split()) if isinstance(given, str) else ""
    if _MONEY.match(text):
        return Money.parse(text)
    found = _UNIT.fullmatch(text) or _ANY_UNIT.fullmatch(text)
    if found is None:
        raise Problems.one(
            "this is not a number with its unit",
            found=repr(given),
            allowed=ALLOWED_AMOUNTS,
            remedy='Where the number is not known, leave it blank or write "absent units".',
        )
    collector = Collector()
    shape = attempt(collector, lambda: parse_shape(found["number"]))
    unit = attempt(collector, lambda: _unit_after(text, found["unit"].strip()))
    if shape is None or unit is None:
        raise Problems(collector)
    return Amount(shape, unit)


def parse_measure(given: str | Unit | Prices) -> Measure:
    """Return the unit, or the prices that money is in, that a text names; raises Problems."""
    if isinstance(given, Unit | Prices):
        return given
    if isinstance(given, str) and (_MONEY.match(given) or "prices" in given):
        return Prices.parse(given)
    return unit_named(given)


def _unit_after(text: str, unit: str) -> Unit:
    if unit:
        return unit_named(unit)
    raise Problems.one(
        "this number has no unit",
        found=repr(text),
        allowed=", ".join(Unit),
        remedy=f'Write what it counts, such as "{text} people deployed", or the currency first.',
    )


AmountField = Annotated[
    Amount | Money,
    TextForm(
        parse_amount,
        lambda amount: amount.text(),
        {
            "title": "Amount",
            "description": f"A number with its unit, or money: {ALLOWED_AMOUNTS}.",
            "type": "string",
            "minLength": 1,
        },
    ),
]
"""An Amount or Money as a field of a pydantic model: from and to text."""

MeasureField = Annotated[
    Measure,
    TextForm(
        parse_measure,
        str,
        {
            "title": "Unit",
            "description": 'A unit by its name, or money as in "EUR at 2024 prices".',
            "anyOf": [
                {"enum": [str(unit) for unit in Unit]},
                {"type": "string", "pattern": "^[A-Za-z]{3} at ([0-9]{4}|current) prices$"},
            ],
        },
    ),
]
"""A Unit, or the Prices that money is in, as a field of a pydantic model."""
