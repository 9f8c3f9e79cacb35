"""What an outcome hangs on, from futures at hand: no run is made again.

Each works on points that were drawn anyway, sorted into bins of one input. Inputs may hang
together: then what is said of one is said of it with all that moves with it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]
    Places = NDArray[np.int64]

BINS = 32
"""Bins of a number; the estimate takes off what chance alone would give so many."""

Z90 = 1.645
"""Standard errors on each side of an interval that holds nine in ten."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number estimated from points, and its standard error."""

    value: float
    error: float

    @property
    def low(self) -> float:
        """Return the lower end of the interval that holds nine in ten."""
        return self.value - Z90 * self.error

    @property
    def high(self) -> float:
        """Return its upper end."""
        return self.value + Z90 * self.error

    @property
    def tells(self) -> bool:
        """Return whether the interval is narrower than the number itself."""
        return self.high - self.low < self.value


def equal_bins(values: Numbers, bins: int = BINS) -> Places:
    """Return the bin of each point, 0 to bins − 1, as many points in each; equal values may part.

    Raises Problems for fewer than two bins or fewer points than bins.
    """
    inputs = Inputs("sensitivity")
    inputs.number("bins", bins, low=2, high=len(values))
    inputs.done()
    order = np.empty(len(values), dtype=np.int64)
    order[np.argsort(values, kind="stable")] = np.arange(len(values))
    places: Places = order * bins // len(values)
    return places


def first_order(outcome: Numbers, places: Places, folds: int) -> Estimate:
    """Return the share of an outcome's variance that knowing one input would take away.

    outcome: (points,); places: (points,), bin of the input, from 0; folds: equal runs of points in
    their order that are independent of each other, at least 2. The correlation ratio, less what
    bins would show by chance (epsilon squared); its error by leaving out one fold at a time. An
    outcome that never changes hangs on nothing: 0. Raises Problems.

    Source: Plischke, Borgonovo and Smith 2013, European Journal of Operational Research 226(3);
    Kelley 1935, PNAS 21(9) for the correction; Efron and Stein 1981, Annals of Statistics 9(3).
    """
    _check(outcome[np.newaxis], places, folds)
    counts, sums = _by_fold(outcome - outcome.mean(), places, folds)
    squares = ((outcome - outcome.mean()) ** 2).reshape(folds, -1).sum(axis=1)
    whole = _ratio(counts.sum(axis=0), sums.sum(axis=0), float(squares.sum()))
    left_out = np.array(
        [
            _ratio(
                counts.sum(axis=0) - counts[fold],
                sums.sum(axis=0) - sums[fold],
                float(squares.sum() - squares[fold]),
            )
            for fold in range(folds)
        ]
    )
    spread = (folds - 1) / folds * ((left_out - left_out.mean()) ** 2).sum()
    return Estimate(whole, float(np.sqrt(spread)))


def _ratio(counts: Numbers, sums: Numbers, squares: float) -> float:
    """Return epsilon squared from the counts and sums of bins, and the sum of squares of all."""
    held = counts > 0
    points, bins = float(counts.sum()), int(held.sum())
    whole = squares - float(sums.sum()) ** 2 / points
    if whole <= 1e-12 * max(squares, 1e-300) or points <= bins:
        return 0.0
    between = float((sums[held] ** 2 / counts[held]).sum()) - float(sums.sum()) ** 2 / points
    return 1.0 - (1.0 - between / whole) * (points - 1.0) / (points - bins)


def value_of_knowing(payoffs: Numbers, places: Places, folds: int) -> Estimate:
    """Return what it adds on average to learn one input before choosing among options.

    payoffs: (options, points), more is better; places and folds as in `first_order`. The best
    option of each bin is chosen on the other folds and judged on the one left out, so that chance
    adds nothing; a value a little below zero means nothing is gained. Raises Problems.

    Source: Strong, Oakley and Brennan 2014, Medical Decision Making 34(3), expected value of
    partial perfect information by sorting; the leaving out of folds is ours.
    """
    _check(payoffs, places, folds)
    tables = [_by_fold(row, places, folds) for row in payoffs]
    counts = tables[0][0]
    sums = np.stack([table[1] for table in tables])
    gains = np.empty(folds)
    for fold in range(folds):
        others = sums.sum(axis=1) - sums[:, fold]
        bin_choice = others.argmax(axis=0)
        blind = int(others.sum(axis=1).argmax())
        knowing = np.take_along_axis(sums[:, fold], bin_choice[np.newaxis], axis=0)[0]
        gains[fold] = (knowing.sum() - sums[blind, fold].sum()) / counts[fold].sum()
    return Estimate(float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(folds)))


@dataclass(frozen=True, slots=True)
class Course:
    """How the mean of an outcome runs along one input.

    at: (bins,), middle of the input in each bin; mean, error: (bins,), of the outcome.
    """

    at: Numbers
    mean: Numbers
    error: Numbers

    def end(self, *, upper: bool, bins: int) -> Estimate:
        """Return the mean over the outermost bins on one side, with its error."""
        part = slice(-bins, None) if upper else slice(None, bins)
        return Estimate(
            float(self.mean[part].mean()), float(np.sqrt((self.error[part] ** 2).mean() / bins))
        )

    def crosses_zero(self, *, bins: int) -> float | None:
        """Return where it passes from one side of zero to the other; None where that is not clear.

        Clear: the outermost bins lie on different sides by more than their error. Between them the
        means are made to rise or fall throughout (isotonic regression), and the line is followed.
        """
        low, high = self.end(upper=False, bins=bins), self.end(upper=True, bins=bins)
        if not ((low.high < 0 < high.low) or (high.high < 0 < low.low)):
            return None
        rising = self.mean if high.value > low.value else -self.mean
        smooth = _isotonic(rising)
        after = int(np.argmax(smooth >= 0))
        if after == 0:
            return float(self.at[0])
        before, then = smooth[after - 1], smooth[after]
        part = -before / (then - before)
        return float(self.at[after - 1] + part * (self.at[after] - self.at[after - 1]))


def course(outcome: Numbers, values: Numbers, bins: int = BINS) -> Course:
    """Return how the mean of an outcome runs along a number, by bins of as many points each."""
    places = equal_bins(values, bins)
    counts = np.bincount(places, minlength=bins)
    mean = np.bincount(places, outcome, bins) / counts
    square = np.bincount(places, (outcome - mean[places]) ** 2, bins) / np.maximum(counts - 1, 1)
    return Course(np.bincount(places, values, bins) / counts, mean, np.sqrt(square / counts))


def _isotonic(values: Numbers) -> Numbers:
    """Return the nearest numbers that never fall, by pooling neighbours that do."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((float(value), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (second, many), (first, few) = pools.pop(), pools.pop()
            pools.append(((first * few + second * many) / (few + many), few + many))
    return np.concatenate([np.full(size, value) for value, size in pools])


def _by_fold(outcome: Numbers, places: Places, folds: int) -> tuple[Numbers, Numbers]:
    """Return the number of points and their sum, each (folds, bins)."""
    bins = int(places.max()) + 1
    fold = np.repeat(np.arange(folds), len(places) // folds)
    cell = fold * bins + places
    counts = np.bincount(cell, minlength=folds * bins).reshape(folds, bins).astype(np.float64)
    sums: Numbers = np.bincount(cell, outcome, folds * bins).astype(np.float64)
    return counts, sums.reshape(folds, bins)


def _check(outcome: Numbers, places: Places, folds: int) -> None:
    inputs = Inputs("sensitivity")
    inputs.matrix("outcome", outcome)
    if places.shape != outcome.shape[1:]:
        inputs.refuse("places", f"{len(places)} points", f"{outcome.shape[1]} points")
    if folds < 2 or outcome.shape[1] % folds:
        inputs.refuse("folds", folds, "two or more that divide the points evenly")
    inputs.done()
