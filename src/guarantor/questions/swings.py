"""How a number by future hangs on each thing drawn: its share of the spread, its ends, its flip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods.sensitivity import (
    BINS,
    Course,
    Estimate,
    course,
    equal_bins,
    first_order,
)
from guarantor.questions.factors import factor_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.questions.factors import Factor, Factors
    from guarantor.simulate.setup import Numbers

    Places = np.ndarray[tuple[int], np.dtype[np.int64]]

ENDS = 3
"""Bins at an end: about the lowest and the highest tenth of the futures."""

FEWEST_FOLDS = 8


def folds_of(blocks: int) -> int:
    """Return into how many runs of equal length the futures fall for an error: blocks, if enough.

    The futures of a block stand in no order, so that its eighths are nearly independent.
    """
    return blocks if blocks >= FEWEST_FOLDS else blocks * FEWEST_FOLDS


@dataclass(frozen=True)
class Swing:
    """How a number hangs on one thing drawn.

    index: its share of the spread; low, high: mean where it is lowest and highest, or by the words
    that give least and most; flip: the value at which the number passes zero.
    """

    name: str
    factor: Factor
    index: Estimate
    low: Estimate
    high: Estimate
    low_word: str
    high_word: str
    flip: float | None

    @property
    def width(self) -> float:
        """Return how far apart the ends are."""
        return abs(self.high.value - self.low.value)


def number_swing(
    factors: Factors, name: str, values: Numbers, outcome: Numbers, folds: int
) -> Swing:
    """Return how an outcome hangs on a number."""
    factor = factor_named(factors, name)
    path: Course = course(outcome, values, BINS)
    index = first_order(outcome, equal_bins(values, BINS), folds)
    flip = path.crosses_zero(bins=ENDS)
    low, high = path.end(upper=False, bins=ENDS), path.end(upper=True, bins=ENDS)
    return Swing(name, factor, index, low, high, "", "", flip)


def words_swing(
    factors: Factors,
    name: str,
    words: np.ndarray[tuple[int], np.dtype[np.str_]],
    outcome: Numbers,
    folds: int,
) -> Swing:
    """Return how an outcome hangs on a choice between words; ends are the least and the most."""
    known, places = np.unique(words, return_inverse=True)
    index = first_order(outcome, places.astype(np.int64), folds)
    means = []
    for place, word in enumerate(known):
        own = outcome[places == place]
        spread = float(own.std(ddof=1) / np.sqrt(len(own))) if len(own) > 1 else 0.0
        means.append((Estimate(float(own.mean()), spread), str(word).replace("-", " ")))
    low = min(means, key=lambda each: each[0].value)
    high = max(means, key=lambda each: each[0].value)
    factor = factor_named(factors, name)
    return Swing(name, factor, index, low[0], high[0], low[1], high[1], None)


def swings(
    factors: Factors,
    numbers: Mapping[str, Numbers],
    words: Mapping[str, np.ndarray[tuple[int], np.dtype[np.str_]]],
    outcome: Numbers,
    folds: int,
) -> list[Swing]:
    """Return how an outcome hangs on everything drawn, the largest share of the spread first."""
    found = [
        number_swing(factors, name, values, outcome, folds)
        for name, values in numbers.items()
        if values.min() < values.max()
    ]
    found += [
        words_swing(factors, name, values, outcome, folds)
        for name, values in words.items()
        if len(np.unique(values)) > 1
    ]
    return sorted(found, key=lambda each: -each.index.value)


def telling(found: Sequence[Swing]) -> list[Swing]:
    """Return those whose share of the spread is larger than its interval is wide."""
    return [each for each in found if each.index.tells]
