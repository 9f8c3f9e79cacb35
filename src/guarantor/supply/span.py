"""A number with its low and high ends, for sums that keep all three apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.quantity import Absent, AtLeast, AtMost, Money

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.quantity import Amount


@dataclass(frozen=True, slots=True)
class Span:
    """Low, best and high of one quantity; the ends are bounds of the three, not of a distribution.

    Sums and products go end by end, so a span of several independent parts is wider than chance
    would make it; draws come with the futures.
    """

    low: float
    best: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Span:
        """Return the span of a number without doubt."""
        return cls(value, value, value)

    @classmethod
    def of(cls, amount: Amount | Money) -> Span | None:
        """Return the span of an amount in the case, or None when it is absent.

        A reported limit is read at the number said: `at most 7500` is 0 to 7500 with 7500 as best,
        `at least 10000` is 10000 throughout.
        """
        shape = amount.shape
        if isinstance(shape, Absent):
            return None
        if isinstance(shape, AtMost):
            return cls(0, shape.high, shape.high)
        if isinstance(shape, AtLeast):
            return cls.exactly(shape.low)
        low, best, high = shape.low, shape.best, shape.high
        if low is None or best is None or high is None:
            raise AssertionError(shape)
        return cls(low, best, high)

    def map(self, change: Callable[[float], float]) -> Span:
        """Return the span with each end put through a rising function."""
        return Span(change(self.low), change(self.best), change(self.high))

    def __add__(self, other: Span) -> Span:
        """Return the sum, end by end."""
        return Span(self.low + other.low, self.best + other.best, self.high + other.high)

    def __sub__(self, other: Span) -> Span:
        """Return the difference: the low end takes the other's high, and the reverse."""
        return Span(self.low - other.high, self.best - other.best, self.high - other.low)

    def __mul__(self, other: Span) -> Span:
        """Return the product of two spans from zero up, end by end."""
        return Span(self.low * other.low, self.best * other.best, self.high * other.high)

    def __truediv__(self, other: Span) -> Span:
        """Return the quotient of two positive spans: the low end divides by the other's high."""
        return Span(self.low / other.high, self.best / other.best, self.high / other.low)

    def at_least(self, floor: float) -> Span:
        """Return the span with no end below the floor."""
        return self.map(lambda value: max(value, floor))

    def at_most(self, other: Span) -> Span:
        """Return the smaller of two spans, end by end."""
        return Span(
            min(self.low, other.low), min(self.best, other.best), min(self.high, other.high)
        )


NOTHING = Span(0, 0, 0)


def total(spans: Iterable[Span]) -> Span:
    """Return the sum of spans; nothing sums to zero."""
    found = NOTHING
    for span in spans:
        found = found + span
    return found
