"""Currencies, the prices of a year, and the named series that turn one year's into another's."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeAlias

from guarantor.problems import Collector, Problem, Problems, nearest
from guarantor.quantity.attempt import attempt

if TYPE_CHECKING:
    from collections.abc import Mapping


class Currency(StrEnum):
    """A currency by its ISO 4217 code."""

    EUR = "EUR"
    USD = "USD"
    GBP = "GBP"
    ALL = "ALL"
    AUD = "AUD"
    BGN = "BGN"
    CAD = "CAD"
    CHF = "CHF"
    CZK = "CZK"
    DKK = "DKK"
    HUF = "HUF"
    ISK = "ISK"
    JPY = "JPY"
    MKD = "MKD"
    NOK = "NOK"
    NZD = "NZD"
    PLN = "PLN"
    RON = "RON"
    SEK = "SEK"
    TRY = "TRY"
    UAH = "UAH"


PriceYear: TypeAlias = int | Literal["current"]
"""The year whose prices an amount of money is in; "current" is whatever was paid at the time."""

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_ALLOWED_YEARS = f'a year from {_FIRST_YEAR} to {_LAST_YEAR}, or "current"'
_TEXT = re.compile(r"(?P<currency>\S+)\s+at\s+(?P<year>\S+)\s+prices", re.IGNORECASE)


def currency_named(code: str) -> Currency:
    """Return the currency with that ISO 4217 code; raises Problems with the nearest code."""
    try:
        return Currency(code.strip().upper())
    except ValueError:
        raise Problems.one(
            "this is not one of the currencies",
            found=repr(code),
            allowed=", ".join(Currency),
            remedy=nearest(code, map(str, Currency)),
        ) from None


def price_year(given: int | str | None) -> PriceYear:
    """Return the price year that a number or a text gives; None stands for a missing one.

    Raises Problems when it is missing or is not a year from 1900 to 2100 or "current".
    """
    if given is None:
        raise Problems.one(
            "this money has no price year",
            found="nothing",
            allowed=_ALLOWED_YEARS,
            remedy='Add "at 2024 prices", or "at current prices" for what was paid at the time.',
        )
    if isinstance(given, str) and given.casefold() == "current":
        return "current"
    if isinstance(given, str) and re.fullmatch("[0-9]{4}", given):
        return price_year(int(given))
    if isinstance(given, int) and _FIRST_YEAR <= given <= _LAST_YEAR:
        return given
    raise Problems.one("this is not a price year", found=repr(given), allowed=_ALLOWED_YEARS)


@dataclass(frozen=True, slots=True)
class Prices:
    """What money is counted in: a currency at the prices of a year.

    Raises Problems, both at once, for a currency that is not in the table and for a price year
    that is missing or not one.
    """

    currency: Currency
    year: PriceYear

    def __post_init__(self) -> None:
        """Refuse unknown currencies and missing price years."""
        currency, year = _checked(self.currency, self.year)
        object.__setattr__(self, "currency", currency)
        object.__setattr__(self, "year", year)

    @classmethod
    def parse(cls, given: str | Prices) -> Prices:
        """Return the prices that a text such as "EUR at 2024 prices" gives; raises Problems."""
        if isinstance(given, Prices):
            return given
        found = _TEXT.fullmatch(given.strip()) if isinstance(given, str) else None
        if found is None:
            raise Problems.one(
                "this does not say which money is counted",
                found=repr(given),
                allowed='"EUR at 2024 prices" or "EUR at current prices"',
            )
        return cls.of(found["currency"], found["year"])

    @classmethod
    def of(cls, code: str, year: int | str | None) -> Prices:
        """Return the prices that a currency code and a price year in words give."""
        return cls(*_checked(code, year))

    def text(self) -> str:
        """Return the text that parses back to these prices: "EUR at 2024 prices"."""
        return f"{self.currency} at {self.year} prices"

    def __str__(self) -> str:
        """Return the text."""
        return self.text()


def _checked(code: str, year: int | str | None) -> tuple[Currency, PriceYear]:
    collector = Collector()
    currency = attempt(collector, lambda: currency_named(code))
    known_year = attempt(collector, lambda: price_year(year))
    if currency is None or known_year is None:
        raise Problems(collector)
    return currency, known_year


@dataclass(frozen=True, slots=True, init=False)
class Deflator:
    """A published series of price levels by year, under the name it is known by.

    index: the level of each year, above zero; only ratios between levels matter. source: the id or
    citation it comes from. Raises Problems that name everything that is wrong with it.
    """

    name: str
    source: str
    levels: tuple[tuple[int, float], ...]

    def __init__(self, name: str, index: Mapping[int, float], source: str) -> None:
        collector = Collector()
        for what, value in (("name", name), ("source", source)):
            if not value.strip():
                collector.add(Problem(f"a deflator has no {what}", found="nothing"))
        if not index:
            collector.add(Problem("a deflator has no levels", found="nothing"))
        for year, level in index.items():
            attempt(collector, partial(price_year, year))
            if not (math.isfinite(level) and level > 0):
                collector.add(
                    Problem(
                        "a price level cannot be divided by",
                        found=f"{level} in {year}",
                        allowed="a finite number above zero",
                    )
                )
        collector.raise_if_any()
        object.__setattr__(self, "name", name)
        object.__setattr__(self, "source", source)
        object.__setattr__(self, "levels", tuple(sorted(index.items())))

    def ratio(self, start: PriceYear, end: PriceYear) -> float:
        """Return the price level of the year `end` over that of the year `start`.

        Raises Problems for years that the series does not hold, and for current prices.
        """
        collector = Collector()
        before = attempt(collector, lambda: self._level(start))
        after = attempt(collector, lambda: self._level(end))
        if before is None or after is None:
            raise Problems(collector)
        return after / before

    def _level(self, year: PriceYear) -> float:
        if year == "current":
            raise Problems.one(
                "money at current prices has no year to convert from or to",
                found="current prices",
                allowed="the prices of a year",
                remedy="Find out in which year the money was paid.",
            )
        index = dict(self.levels)
        if year not in index:
            raise Problems.one(
                f"the deflator {self.name} has no level for this year",
                found=str(year),
                allowed=", ".join(str(known) for known in index),
                remedy="Use a series that covers the year.",
            )
        return index[year]
