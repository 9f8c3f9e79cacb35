"""Numbers that can be drawn from: one value, a 90 % interval, a PERT range."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeAlias

from guarantor.problems import Problems
from guarantor.quantity.format import format_number, plain_number, round_significant
from guarantor.quantity.numerals import checked_number

Printed: TypeAlias = Callable[[float], str]
"""How one number is printed inside a text."""

_STANDARD = NormalDist()
_Z95 = _STANDARD.inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Exactly:
    """One value, taken as certain."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is not a finite number."""
        set_fields(self, value=checked_number(self.value))

    @property
    def low(self) -> float:
        """The value itself."""
        return self.value

    @property
    def best(self) -> float:
        """The value itself."""
        return self.value

    @property
    def high(self) -> float:
        """The value itself."""
        return self.value

    def quantile(self, p: float) -> float:
        """Return the value, whatever the share p in (0, 1)."""
        checked_share(p)
        return self.value

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape."""
        return number(self.value)

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the value as a person reads it: "3 000"."""
        return with_unit(number(self.value), unit)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90 % interval: lognormal when low is above zero, normal otherwise.

    low and high are the points that 5 % and 95 % of the distribution lie below, so that an interval
    that begins at zero has draws below zero. Raises Problems unless low < high.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or not in order."""
        low, high = checked_number(self.low), checked_number(self.high)
        _require_order(low, high)
        set_fields(self, low=low, high=high)

    @property
    def best(self) -> float:
        """The median: the geometric mean of the ends when lognormal, their mean when normal.

        It is not the mode, which a lognormal has lower; the words therefore say "median".
        """
        if self.low > 0:
            return math.sqrt(self.low * self.high)
        return (self.low + self.high) / 2

    def quantile(self, p: float) -> float:
        """Return the point that a share p in (0, 1) of the distribution lies below."""
        z = _STANDARD.inv_cdf(checked_share(p)) / _Z95
        if self.low > 0:
            return self.best * math.pow(self.high / self.low, z / 2)
        return self.best + z * (self.high - self.low) / 2

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "3000 to 5000"."""
        return f"{number(self.low)} to {number(self.high)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the interval as a person reads it: "90 % between 3 000 and 5 000, median 3 900".

        The median is rounded to the fewest digits, two or more, that move it by no more than a
        twentieth of the width of the interval.
        """
        between = f"90 % between {number(self.low)} and {number(self.high)}"
        return f"{with_unit(between, unit)}, median {number(self._rounded_best())}"

    def _rounded_best(self) -> float:
        tolerance = (self.high - self.low) / 20
        for digits in range(2, 18):
            rounded = float(round_significant(self.best, digits))
            if abs(rounded - self.best) <= tolerance:
                return rounded
        return self.best


@dataclass(frozen=True, slots=True)
class Pert:
    """A PERT distribution: between low and high, most likely at best.

    A beta distribution on [low, high], its limits, with parameters
    1 + 4 (best - low) / (high - low) and 1 + 4 (high - best) / (high - low): its mode is best and
    its mean (low + 4 best + high) / 6. Source of the mean: Malcolm, Roseboom, Clark and Fazar
    (1959), Operations Research 7(5), 646-669; of the parameters: Vose (2008), Risk Analysis, 3rd
    edition. Raises Problems unless low <= best <= high and low < high.
    """

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or not in order."""
        low, best, high = (checked_number(value) for value in (self.low, self.best, self.high))
        _require_order(low, high)
        if not low <= best <= high:
            raise Problems.one(
                "the best estimate lies outside its range",
                found=f"best {format_number(best)}",
                allowed=f"{format_number(low)} to {format_number(high)}",
            )
        set_fields(self, low=low, best=best, high=high)

    def quantile(self, p: float) -> float:
        """Return the point that a share p in (0, 1) of the distribution lies below."""
        from scipy.special import betaincinv  # type: ignore[import-untyped]  # scipy has no types

        width = self.high - self.low
        first = 1 + 4 * (self.best - self.low) / width
        second = 1 + 4 * (self.high - self.best) / width
        return self.low + width * float(betaincinv(first, second, checked_share(p)))

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "3000 to 5000, best 3900"."""
        return f"{number(self.low)} to {number(self.high)}, best {number(self.best)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the range as a person reads it: "between 3 000 and 5 000, most likely 3 900"."""
        between = f"between {number(self.low)} and {number(self.high)}"
        return f"{with_unit(between, unit)}, most likely {number(self.best)}"


def with_unit(number: str, unit: str) -> str:
    """Return the number in words followed by its unit, if it has one."""
    return f"{number} {unit}" if unit else number


def set_fields(target: object, **fields: object) -> None:
    """Set fields of a frozen object while it is being made."""
    for name, value in fields.items():
        object.__setattr__(target, name, value)


def _require_order(low: float, high: float) -> None:
    if low < high:
        return
    if low == high:
        raise Problems.one(
            "the two ends of this range are equal",
            found=f"{format_number(low)} to {format_number(high)}",
            allowed="a low end below the high end",
            remedy=f"For one value that is certain, write {plain_number(low)} alone.",
        )
    raise Problems.one(
        "the two ends of this range are reversed",
        found=f"{format_number(low)} to {format_number(high)}",
        allowed="a low end below the high end",
        remedy=f"Write {plain_number(high)} to {plain_number(low)}.",
    )


def checked_share(p: float) -> float:
    """Return p, or raise Problems when it is not a share above 0 and below 1."""
    if not 0 < p < 1:
        raise Problems.one(
            "a quantile is asked for by a share of the distribution",
            found=str(p),
            allowed="a number above 0 and below 1",
        )
    return p
