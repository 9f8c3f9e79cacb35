"""Reading a number as people write it: 3000, 3 000, 3,000, -2.5, 1.2 million."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import partial
from typing import TYPE_CHECKING

from guarantor.problems import Collector, Problems
from guarantor.quantity.attempt import attempt

if TYPE_CHECKING:
    from collections.abc import Sequence

SCALES = {"million": 6, "billion": 9, "trillion": 12}
"""Powers of ten of the scale words, on the short scale: a billion is a thousand million."""

ALLOWED_NUMBER = "a number such as 3000, 3 000, 3,000, -2.5 or 1.2 million"

_SCALE_WORDS = " or ".join(SCALES)
_SMALLEST, _LARGEST = 1e-15, 1e15
_NEEDS_NO_SCALE = 1000
_EXACT = Context(prec=60)
_NUMERAL = re.compile(
    r"""
    (?P<number>
        [+\-−]?
        (?: [1-9][0-9]{0,2} (?: [ \u00a0\u2009\u202f] [0-9]{3} )+
          | [1-9][0-9]{0,2} (?: , [0-9]{3} )+
          | [0-9]+ )
        (?: \. [0-9]+ )?
        (?: e [+-]? [0-9]{1,3} )?
    )
    (?: \s* (?P<scale> """
    + "|".join(SCALES)
    + r""" ) )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DECIMAL_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]{1,2}|0,[0-9]+")
_SHORT_SCALE = re.compile(r"[0-9](?:m|mn|mio|bn|k|tn)\b", re.IGNORECASE)
_RANGE_BY_DASH = re.compile(r"[0-9][^-–—]*[-–—]\s*[0-9].*")
_NOT_FINITE = {"nan", "inf", "-inf", "+inf", "infinity", "-infinity"}


@dataclass(frozen=True, slots=True)
class _Numeral:
    digits: Decimal
    scale: str | None


def checked_number(value: object) -> float:
    """Return the value as a float that can be written down and read back.

    Raises Problems for what is not a number, not finite, or not of a size from 1e-15 to 1e15
    (zero is allowed): below that limit every whole number is exact.
    """
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Problems.one(
            "this is not a number",
            found=f"{value!r} ({type(value).__name__})",
            allowed=ALLOWED_NUMBER,
        )
    if isinstance(value, float) and not math.isfinite(value):
        raise _not_finite(str(value))
    if value != 0 and not _SMALLEST <= abs(value) < _LARGEST:
        raise Problems.one(
            "this number is outside the sizes that can be kept exactly",
            found=repr(value)
            if isinstance(value, float)
            else "a whole number of 16 digits or more",
            allowed="zero, or a size from 1e-15 up to 1e15",
            remedy="Use a larger or smaller unit.",
        )
    return float(value)


def read_numbers(texts: Sequence[str]) -> list[float]:
    """Return the numbers of one expression, in order.

    One scale word ("3 to 5 million") holds for all of them, unless another is written out in
    thousands; otherwise each bears its own or none does, and zero needs none. Raises Problems that
    name every text that is not a number.
    """
    collector = Collector()
    read = [attempt(collector, partial(_numeral, text)) for text in texts]
    collector.raise_if_any()
    numerals = [numeral for numeral in read if numeral is not None]
    bearing = [numeral for numeral in numerals if numeral.scale]
    bare = [numeral.digits for numeral in numerals if numeral.digits and not numeral.scale]
    if bare and (len(bearing) > 1 or (bearing and max(map(abs, bare)) >= _NEEDS_NO_SCALE)):
        raise Problems.one(
            f"some of the numbers bear {_SCALE_WORDS} and others do not",
            found=", ".join(texts),
            allowed="one such word for all of them, or one with each",
        )
    shared = bearing[0].scale if len(bearing) == 1 else None
    return [_scaled(numeral, shared or numeral.scale) for numeral in numerals]


def read_number(text: str) -> float:
    """Return the one number that the text holds, or raise Problems."""
    return read_numbers([text])[0]


def to_number(value: object) -> float:
    """Return the number that a text or a Python number gives, or raise Problems."""
    return read_number(value) if isinstance(value, str) else checked_number(value)


def is_number(text: str) -> bool:
    """Return whether the text is written as a number."""
    return _NUMERAL.fullmatch(text.strip()) is not None


def _numeral(text: str) -> _Numeral:
    found = _NUMERAL.fullmatch(text.strip())
    if found is None:
        if text.strip().casefold() in _NOT_FINITE:
            raise _not_finite(text)
        raise Problems.one(
            "this is not a number", found=repr(text), allowed=ALLOWED_NUMBER, remedy=_remedy(text)
        )
    bare = re.sub("[ \u00a0\u2009\u202f,]", "", found["number"]).replace("−", "-")
    return _Numeral(Decimal(bare), found["scale"])


def _scaled(numeral: _Numeral, scale: str | None) -> float:
    power = SCALES[scale.casefold()] if scale else 0
    exact = numeral.digits.scaleb(power, context=_EXACT)
    value = checked_number(float(exact))
    if Decimal(repr(value)) != exact:
        raise Problems.one(
            "this number has more digits than can be kept",
            found=str(numeral.digits),
            allowed="at most 15 significant digits",
            remedy="Round it.",
        )
    return value


def _not_finite(found: str) -> Problems:
    return Problems.one(
        "a quantity must be a finite number",
        found=found,
        allowed="a finite number, or absent",
        remedy="Where the number is not known, write absent.",
    )


def _remedy(text: str) -> str | None:
    if _DECIMAL_COMMA.fullmatch(text.strip()):
        return f"Write the decimals after a point: {text.strip().replace(',', '.')}"
    if _SHORT_SCALE.search(text):
        return f"Write the scale out: {_SCALE_WORDS}."
    if _RANGE_BY_DASH.search(text):
        return 'Write a range with the word "to": 3000 to 5000.'
    if re.search(r"[0-9]", text):
        return "Group thousands in threes, by a space or a comma, or not at all."
    return "Write the number in digits."
