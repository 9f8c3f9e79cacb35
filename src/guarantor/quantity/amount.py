"""Numbers with what they count, and sums that keep apart what cannot be added."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import reduce
from typing import TYPE_CHECKING, Self, TypeAlias

from guarantor.problems import Collector, Problems
from guarantor.quantity.choice import Choice
from guarantor.quantity.distributions import Exactly
from guarantor.quantity.format import format_number
from guarantor.quantity.incomplete import Absent, absent_arithmetic
from guarantor.quantity.prices import Prices
from guarantor.quantity.units import Unit, why_apart

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.quantity.shapes import Shape

Measure: TypeAlias = Unit | Prices
"""What a number counts: a unit, or money at the prices of a year."""

_EXACT = Context(prec=60)


class Measured(ABC):
    """A shape that counts something, added and subtracted only with what counts the same."""

    __slots__ = ()

    shape: Shape

    @property
    @abstractmethod
    def measure(self) -> Measure:
        """What the number counts."""

    @abstractmethod
    def with_shape(self, shape: Shape) -> Self:
        """Return another number of the same measure."""

    def __add__(self, other: object) -> Self:
        """Return the sum of two exact values of one measure; raises Problems for all else."""
        return self._combined(other, _EXACT.add)

    def __sub__(self, other: object) -> Self:
        """Return the difference of two exact values of one measure; raises as addition does."""
        return self._combined(other, _EXACT.subtract)

    def _combined(self, other: object, operation: Callable[[Decimal, Decimal], Decimal]) -> Self:
        if not isinstance(other, Measured):
            raise Problems.one(
                f"a bare number cannot be added to or subtracted from {self.measure}",
                found=repr(other),
                allowed=f"a number of {self.measure}",
            )
        require_same_measure(self.measure, other.measure)
        result = operation(_exact_value(self.shape), _exact_value(other.shape))
        return self.with_shape(Exactly(float(result)))


@dataclass(frozen=True, slots=True)
class Amount(Measured):
    """A number in a unit: 3000 to 5000 people deployed.

    Raises Problems for a choice between words, which counts nothing.
    """

    shape: Shape
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a choice between words."""
        require_number(self.shape)

    @property
    def measure(self) -> Unit:
        """The unit."""
        return self.unit

    def with_shape(self, shape: Shape) -> Amount:
        """Return another number in the same unit."""
        return Amount(shape, self.unit)

    def text(self) -> str:
        """Return the text that parses back to this amount: "3000 to 5000 people deployed"."""
        return f"{self.shape.text()} {self._unit_name()}"

    def words(self) -> str:
        """Return the amount as a person reads it."""
        return self.shape.words(self._unit_name())

    def _unit_name(self) -> str:
        return self.unit.one if self.shape == Exactly(1) else self.unit.plural


@dataclass(frozen=True, slots=True)
class Bounds:
    """The sums of the low, best and high values of several numbers; None where one has none.

    These are bounds and not a distribution. Where the parts are 90 % intervals, the outer sums are
    their joint 5 % and 95 % points only if all parts move together; the sum of parts that vary
    independently lies in a narrower interval. A sum of medians or modes is not the median or mode
    of the sum.
    """

    low: float | None
    best: float | None
    high: float | None
    measure: Measure

    def words(self) -> str:
        """Return the bounds as a person reads them: "from 3 000 to 5 000 people deployed"."""
        low, high = (None if end is None else format_number(end) for end in (self.low, self.high))
        if low is None and high is None:
            return f"no bound known ({self.measure})"
        if low is None:
            return f"at most {high} {self.measure}"
        if high is None:
            return f"at least {low} {self.measure}"
        if low == high:
            return f"{low} {self.measure}"
        return f"from {low} to {high} {self.measure}"


def bounds_sum(parts: Iterable[Measured]) -> Bounds:
    """Return the sums of the low, best and high values of the parts, which bound their total.

    Raises Problems when there are no parts, when one is absent, and when measures differ.
    """
    listed = list(parts)
    if not listed:
        raise Problems.one("there is nothing to add up", found="no parts", allowed="one or more")
    collector = Collector()
    measure = listed[0].measure
    for part in listed:
        if isinstance(part.shape, Absent):
            collector.extend(absent_arithmetic().problems)
        try:
            require_same_measure(measure, part.measure)
        except Problems as error:
            collector.extend(error.problems)
    collector.raise_if_any()
    shapes = [part.shape for part in listed]
    return Bounds(
        _sum([shape.low for shape in shapes]),
        _sum([shape.best for shape in shapes]),
        _sum([shape.high for shape in shapes]),
        measure,
    )


def require_same_measure(first: Measure, second: Measure) -> None:
    """Raise Problems, with both measures and the reason, when they differ."""
    if first == second:
        return
    remedy = why_apart(first, second)
    if isinstance(first, Prices) and isinstance(second, Prices):
        remedy = (
            "Bring one to the prices of the other with a named deflator."
            if first.currency == second.currency
            else "Keep one sum for each currency; no rate of exchange is assumed."
        )
    raise Problems.one(
        f"{first} and {second} cannot be added or subtracted",
        found=f"{first}, {second}",
        allowed="numbers that count the same thing",
        remedy=remedy,
    )


def require_number(shape: Shape) -> None:
    """Raise Problems when the shape is a choice between words."""
    if isinstance(shape, Choice) and shape.low is None:
        raise Problems.one(
            "a choice between words has no unit",
            found=shape.text(),
            allowed="a choice between numbers",
        )


def _exact_value(shape: Shape) -> Decimal:
    if isinstance(shape, Absent):
        raise absent_arithmetic()
    if not isinstance(shape, Exactly):
        raise Problems.one(
            "a number that is not exact cannot be added or subtracted as if it were",
            found=shape.text(),
            allowed="exact values",
            remedy="Draw from both and add the draws, or ask for bounds only: bounds_sum.",
        )
    return Decimal(repr(shape.value))


def _sum(values: list[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    if len(known) < len(values):
        return None
    return float(reduce(_EXACT.add, (Decimal(repr(value)) for value in known)))
