"""Money: a number in a currency, at the prices of a year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from guarantor.problems import Collector, Problems
from guarantor.quantity.amount import Measured, require_number
from guarantor.quantity.attempt import attempt
from guarantor.quantity.choice import Choice
from guarantor.quantity.distributions import Exactly, Interval, Pert, Printed
from guarantor.quantity.format import format_number
from guarantor.quantity.incomplete import Absent, AtLeast, AtMost, absent_arithmetic
from guarantor.quantity.numerals import SCALES
from guarantor.quantity.prices import Currency, Deflator, Prices, PriceYear
from guarantor.quantity.shapes import Shape, parse_shape
from guarantor.quantity.textform import TextForm

if TYPE_CHECKING:
    from collections.abc import Callable

ALLOWED_MONEY = '"EUR 1.2 billion at 2024 prices" or "USD 30 000 at current prices"'
_TEXT = re.compile(
    r"(?P<currency>[A-Za-z]{3})\s+(?P<number>.*?)(?:\s+at\s+(?P<year>\S+)\s+prices)?",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Money(Measured):
    """A number in whole units of a currency, at the prices of a year or at current prices.

    Raises Problems for a currency that is not in the table, a missing price year, and a choice
    between words.
    """

    shape: Shape
    currency: Currency
    price_year: PriceYear

    def __post_init__(self) -> None:
        """Refuse unknown currencies, missing price years and choices between words."""
        prices = Prices(self.currency, self.price_year)
        object.__setattr__(self, "currency", prices.currency)
        object.__setattr__(self, "price_year", prices.year)
        require_number(self.shape)

    @classmethod
    def parse(cls, given: str | Money) -> Money:
        """Return the money that a text gives; raises Problems that name all that is wrong."""
        if isinstance(given, Money):
            return given
        found = _TEXT.fullmatch(given.strip()) if isinstance(given, str) else None
        if found is None:
            raise Problems.one(
                "this is not an amount of money",
                found=repr(given),
                allowed=ALLOWED_MONEY,
                remedy="Begin with the ISO 4217 code of the currency.",
            )
        collector = Collector()
        prices = attempt(collector, lambda: Prices.of(found["currency"], found["year"]))
        shape = attempt(collector, lambda: parse_shape(found["number"]))
        if prices is None or shape is None:
            raise Problems(collector)
        return cls(shape, prices.currency, prices.year)

    @property
    def measure(self) -> Prices:
        """The currency at the prices of the year."""
        return Prices(self.currency, self.price_year)

    def with_shape(self, shape: Shape) -> Money:
        """Return another number of the same money."""
        return Money(shape, self.currency, self.price_year)

    def at_prices(self, year: int, deflator: Deflator) -> Money:
        """Return the same money at the prices of another year.

        Raises Problems when the money is absent or at current prices, and when the deflator does
        not hold one of the years.
        """
        ratio = deflator.ratio(self.price_year, year)
        return Money(_scaled(self.shape, lambda value: value * ratio), self.currency, year)

    def text(self) -> str:
        """Return the text that parses back to this money: "EUR 1.2 billion at 2024 prices"."""
        return f"{self.currency} {self.shape.text(self._number())} at {self.price_year} prices"

    def words(self) -> str:
        """Return the money as a person reads it: "EUR 1.2 billion at 2024 prices"."""
        if isinstance(self.shape, Absent):
            return self.shape.words(str(self.measure))
        number = self.shape.words(number=lambda value: f"{self.currency} {_in_words(value)}")
        return f"{number} at {self.price_year} prices"

    def _number(self) -> Printed:
        """Return how to print the numbers: with scale words only if all that need one bear one.

        A lone scale word is read as holding for every number, so a mixture would not read back.
        """
        printed = [_in_words(value) for value in _values(self.shape) if value != 0]
        scaled = all(text.endswith(tuple(SCALES)) for text in printed)
        return _in_words if scaled else format_number


def _in_words(value: float) -> str:
    """Return the number with the largest scale word that leaves at most three decimals."""
    exact = Decimal(repr(value))
    for word, power in sorted(SCALES.items(), key=lambda scale: -scale[1]):
        scaled = exact.scaleb(-power)
        if abs(scaled) >= 1 and scaled == round(scaled, 3):
            return f"{format_number(scaled)} {word}"
    return format_number(value)


def _values(shape: Shape) -> list[float]:
    """Return the numbers that the shape is written with."""
    if isinstance(shape, Choice):
        return [label for label, _ in shape.weights if not isinstance(label, str)]
    written = (shape.low, shape.best if isinstance(shape, Pert) else None, shape.high)
    return [value for value in written if value is not None]


def _scaled(shape: Shape, change: Callable[[float], float]) -> Shape:
    """Return the shape with every number changed by a positive factor."""
    match shape:
        case Exactly(value):
            return Exactly(change(value))
        case Interval(low, high):
            return Interval(change(low), change(high))
        case Pert(low, best, high):
            return Pert(change(low), change(best), change(high))
        case Choice(weights):
            return Choice((change(float(label)), weight) for label, weight in weights)
        case AtMost(value):
            return AtMost(change(value))
        case AtLeast(value):
            return AtLeast(change(value))
        case Absent():
            raise absent_arithmetic()


MoneyField = Annotated[
    Money,
    TextForm(
        Money.parse,
        Money.text,
        {
            "title": "Money",
            "description": f"A number with its currency and price year: {ALLOWED_MONEY}.",
            "type": "string",
            "pattern": "^[A-Za-z]{3} .+ at ([0-9]{4}|current) prices$",
        },
    ),
]
"""Money as a field of a pydantic model: from and to text."""
