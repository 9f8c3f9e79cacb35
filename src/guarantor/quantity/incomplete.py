"""Numbers that cannot be drawn from: known by one bound only, or not known at all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NoReturn

from guarantor.problems import Problems
from guarantor.quantity.distributions import Printed, set_fields, with_unit
from guarantor.quantity.format import format_number, plain_number
from guarantor.quantity.numerals import checked_number


@dataclass(frozen=True, slots=True)
class AtMost:
    """A number known only by its upper bound, as reports give it."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is not a finite number."""
        set_fields(self, value=checked_number(self.value))

    @property
    def low(self) -> None:
        """None: no lower bound is known."""

    @property
    def best(self) -> None:
        """None: a bound is not an estimate."""

    @property
    def high(self) -> float:
        """The bound."""
        return self.value

    def quantile(self, p: float) -> NoReturn:
        """Raise Problems: one bound has no distribution."""
        raise _one_bound_only(p, self.text(), f"LOW to {plain_number(self.value)}")

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "at most 7500"."""
        return f"at most {number(self.value)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the bound as a person reads it: "at most 7 500"."""
        return with_unit(f"at most {number(self.value)}", unit)


@dataclass(frozen=True, slots=True)
class AtLeast:
    """A number known only by its lower bound, as reports give it."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is not a finite number."""
        set_fields(self, value=checked_number(self.value))

    @property
    def low(self) -> float:
        """The bound."""
        return self.value

    @property
    def best(self) -> None:
        """None: a bound is not an estimate."""

    @property
    def high(self) -> None:
        """None: no upper bound is known."""

    def quantile(self, p: float) -> NoReturn:
        """Raise Problems: one bound has no distribution."""
        raise _one_bound_only(p, self.text(), f"{plain_number(self.value)} to HIGH")

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "at least 10000"."""
        return f"at least {number(self.value)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the bound as a person reads it: "at least 10 000"."""
        return with_unit(f"at least {number(self.value)}", unit)


@dataclass(frozen=True, slots=True)
class Absent:
    """Nothing is known. Absent is not zero: it has no bounds, and arithmetic with it raises."""

    @property
    def low(self) -> None:
        """None: nothing is known."""

    @property
    def best(self) -> None:
        """None: nothing is known."""

    @property
    def high(self) -> None:
        """None: nothing is known."""

    def quantile(self, p: float) -> NoReturn:
        """Raise Problems: what is not known has no distribution."""
        raise Problems.one(
            "an absent number cannot be drawn from",
            found=f"quantile {p} of absent",
            allowed="a value, a range or a choice",
            remedy='Find the number, or judge a range, write "3000 to 5000" and mark it as judged.',
        )

    def text(self, number: Printed = plain_number) -> str:  # noqa: ARG002 (all shapes take it)
        """Return the text that parses back to this shape: "absent"."""
        return "absent"

    def words(self, unit: str = "", number: Printed = format_number) -> str:  # noqa: ARG002 (all shapes take it)
        """Return the absence as a person reads it: "absent"."""
        return f"absent ({unit})" if unit else "absent"

    def _refuse(self, *_: object) -> NoReturn:
        raise absent_arithmetic()

    __add__ = __radd__ = __sub__ = __rsub__ = _refuse
    __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _refuse
    __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __neg__ = __abs__ = __float__ = __int__ = _refuse


def absent_arithmetic() -> Problems:
    """Return the exception for arithmetic that meets an absent number."""
    return Problems.one(
        "arithmetic with an absent number",
        found="absent",
        allowed="numbers that are known",
        remedy="Absent is not zero. Find the number, judge a range, or leave it out and say so.",
    )


def _one_bound_only(p: float, text: str, example: str) -> Problems:
    return Problems.one(
        "a number with one bound cannot be drawn from",
        found=f"quantile {p} of {text}",
        allowed="a value, a range or a choice",
        remedy=f'Judge the other bound, write "{example}" and mark it as judged.',
    )
