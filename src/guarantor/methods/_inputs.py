"""Checks the tables that a method is given, and reports all that is wrong with them at once."""

from __future__ import annotations

from math import inf, isfinite
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Collector, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

# Shares printed to two digits may miss one by as much as this.
SHARES_ROUNDING = 0.02


class Inputs:
    """The inputs of one call: each is read by name, and `done` raises when any was wrong.

    Every reader returns an array even when it has noted a problem, so that the rest is still read.
    """

    def __init__(self, method: str) -> None:
        self._method = method
        self._problems = Collector()

    def refuse(self, symbol: str, found: object, allowed: str, remedy: str | None = None) -> None:
        """Note that `symbol` cannot be what was found."""
        what = f"{self._method} cannot use this {symbol}"
        self._problems.add(
            Problem(what, field=symbol, found=str(found), allowed=allowed, remedy=remedy)
        )

    def number(
        self, symbol: str, value: float, *, low: float = -inf, high: float = inf, unit: str = ""
    ) -> float:
        """Return one finite number within [low, high]."""
        if not (isfinite(value) and low <= value <= high):
            self.refuse(symbol, value, _interval(low, high, unit))
        return value

    def vector(
        self,
        symbol: str,
        value: ArrayLike,
        *,
        low: float = -inf,
        high: float = inf,
        length: int | None = None,
    ) -> NDArray[np.float64]:
        """Return a list of finite numbers within [low, high], of one length if that is given."""
        array = self._array(symbol, value, 1, low, high)
        if length is not None and len(array) != length:
            self.refuse(symbol, f"{len(array)} numbers", f"{length} numbers")
            return np.zeros(length)
        return array

    def matrix(
        self, symbol: str, value: ArrayLike, *, endless: bool = False
    ) -> NDArray[np.float64]:
        """Return a table of numbers with at least one row and column; endless admits infinity."""
        return self._array(symbol, value, 2, -inf, inf, endless=endless)

    def shares(self, symbol: str, value: ArrayLike, length: int | None) -> NDArray[np.float64]:
        """Return shares that are not negative and sum to 1, as near as printed shares do."""
        array = self.vector(symbol, value, low=0.0, length=length)
        if abs(float(array.sum()) - 1.0) > SHARES_ROUNDING:
            self.refuse(symbol, f"a sum of {array.sum():g}", "shares that sum to 1")
        return array

    def choice(self, symbol: str, value: str, valid: Sequence[str]) -> None:
        """Note a problem when `value` is none of the valid words."""
        if value not in valid:
            self.refuse(symbol, repr(value), ", ".join(valid), nearest(value, valid))

    def done(self) -> None:
        """Raise Problems when anything was refused."""
        self._problems.raise_if_any()

    def _array(
        self,
        symbol: str,
        value: ArrayLike,
        dimensions: int,
        low: float,
        high: float,
        *,
        endless: bool = False,
    ) -> NDArray[np.float64]:
        shape = {1: "a list of numbers", 2: "rows of numbers, all of one length"}[dimensions]
        try:
            array = np.asarray(value, dtype=np.float64)
        except (TypeError, ValueError):
            array = np.empty(0)
        if array.ndim != dimensions or array.size == 0:
            self.refuse(symbol, _shown(value), shape)
            return np.zeros((1,) * dimensions)
        finite = ~np.isnan(array) if endless else np.isfinite(array)
        wrong = ~(finite & (array >= low) & (array <= high))
        if wrong.any():
            found = ", ".join(f"{number:g}" for number in array[wrong][:5])
            self.refuse(symbol, found, f"{shape}, {_interval(low, high, '')}")
        return array


def _interval(low: float, high: float, unit: str) -> str:
    ends = [f"from {low:g}"] if low > -inf else []
    ends += [f"up to {high:g}"] if high < inf else []
    return f"{' '.join(ends) or 'any finite number'} {unit}".strip()


def _shown(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}…"
