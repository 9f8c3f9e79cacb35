"""Numbers as people read them: grouped thousands, no exponent, no trailing zeros."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Context, Decimal

from guarantor.problems import Problems

_ROUNDING = Context(prec=60, rounding=ROUND_HALF_EVEN)


def format_number(value: float | Decimal, digits: int | None = None, thin: str = " ") -> str:
    """Return the number with thousands grouped by `thin`, rounded to `digits` significant digits.

    A float counts as the shortest decimal that stands for it, and ties go to the even digit.
    Raises Problems for a value that is not finite and for fewer than one digit.
    """
    exact = _decimal(value) if digits is None else round_significant(value, digits)
    return _positional(exact, thin)


def plain_number(value: float | Decimal) -> str:
    """Return the number without grouping or exponent, with every digit that it has.

    Reading the text back as a float gives the same float.
    """
    return _positional(_decimal(value), "")


def round_significant(value: float | Decimal, digits: int) -> Decimal:
    """Return the value rounded, ties to even, at `digits` significant digits.

    Raises Problems for a value that is not finite and for fewer than one digit.
    """
    if digits < 1:
        raise Problems.one(
            "a number cannot be rounded to fewer than one significant digit",
            found=str(digits),
            allowed="1 or more",
        )
    exact = _decimal(value)
    if len(exact.as_tuple().digits) <= digits:
        return exact
    step = Decimal((0, (1,), exact.adjusted() - digits + 1))
    return exact.quantize(step, context=_ROUNDING)


def _decimal(value: float | Decimal) -> Decimal:
    if not math.isfinite(value):
        raise Problems.one(
            "only a finite number can be printed",
            found=str(value),
            allowed="a finite number",
            remedy="Where a number is not known, say absent.",
        )
    if isinstance(value, Decimal | int):
        return Decimal(value)
    return Decimal(repr(float(value)))


def _positional(exact: Decimal, separator: str) -> str:
    whole, _, fraction = format(abs(exact), ",f").partition(".")
    fraction = fraction.rstrip("0")
    number = whole.replace(",", separator) + (f".{fraction}" if fraction else "")
    return f"-{number}" if exact < 0 else number
