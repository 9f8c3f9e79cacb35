"""CART: a classification tree whose leaves are boxes, as a second opinion on PRIM.

Source: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs
from guarantor.methods.prim import Box

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from guarantor.methods.prim import Limit, Sample


@dataclass(frozen=True, slots=True)
class _Split:
    """The best division of a node: what is left of it by the sum of Gini impurities."""

    impurity: float
    name: str
    left: Limit
    right: Limit


def leaves(sample: Sample, mass_min: float = 0.05) -> list[Box]:
    """Return the leaves of the tree from left to right, each as a box.

    mass_min: least share of all points in a leaf. A node is split where the impurity falls most, on
    equal terms at the first input and the lowest value; a node that no split makes purer is a
    leaf. Of categories, one at a time is split off. Raises Problems.
    """
    inputs = Inputs("cart")
    inputs.number("mass_min", mass_min, low=0.0, high=1.0)
    if not len(sample):
        inputs.refuse("sample", "no points", "at least one point")
    inputs.done()
    least = max(1, int(mass_min * len(sample)))
    everything = np.arange(len(sample))
    return [
        Box(limits, len(rows), int(sample.cases[rows].sum()), len(sample), int(sample.cases.sum()))
        for limits, rows in _grow(sample, {}, everything, least)
    ]


def _grow(
    sample: Sample, limits: Mapping[str, Limit], rows: NDArray[np.intp], least: int
) -> Iterator[tuple[Mapping[str, Limit], NDArray[np.intp]]]:
    best = min(_splits(sample, limits, rows, least), key=lambda each: each.impurity, default=None)
    if best is None or not best.impurity < _gini(len(rows), int(sample.cases[rows].sum())):
        yield limits, rows
        return
    left = sample.satisfies(best.name, best.left)[rows]
    yield from _grow(sample, {**limits, best.name: best.left}, rows[left], least)
    yield from _grow(sample, {**limits, best.name: best.right}, rows[~left], least)


def _splits(
    sample: Sample, limits: Mapping[str, Limit], rows: NDArray[np.intp], least: int
) -> Iterator[_Split]:
    """Yield the best split of each input, where it has one that leaves both sides large enough."""
    for name, column in sample.numbers.items():
        values, limit = column[rows], limits.get(name)
        low, high = limit if isinstance(limit, tuple) else (-inf, inf)
        order = np.argsort(values, kind="stable")
        ordered, cases = values[order], np.cumsum(sample.cases[rows[order]], dtype=np.int_)
        size = np.arange(1, len(rows))
        total = cases[-1]
        allowed = (ordered[1:] > ordered[:-1]) & (size >= least) & (len(rows) - size >= least)
        if not allowed.any():
            continue
        impurity = _gini(size, cases[:-1]) + _gini(len(rows) - size, total - cases[:-1])
        place = int(np.argmin(np.where(allowed, impurity, inf)))
        cut = float((ordered[place] + ordered[place + 1]) / 2.0)
        yield _Split(float(impurity[place]), name, (low, cut), (cut, high))
    for name in sample.categories:
        yield from _one_category_off(sample, name, rows, least)


def _one_category_off(
    sample: Sample, name: str, rows: NDArray[np.intp], least: int
) -> Iterator[_Split]:
    values, cases = sample.categories[name][rows], sample.cases[rows]
    present = frozenset(np.unique(values).tolist())
    for category in sorted(present):
        alone = values == category
        size = int(alone.sum())
        if size < least or len(rows) - size < least:
            continue
        inside, outside = int(cases[alone].sum()), int(cases[~alone].sum())
        impurity = float(_gini(size, inside) + _gini(len(rows) - size, outside))
        yield _Split(impurity, name, frozenset({category}), present - {category})


def _gini(size: NDArray[np.int_] | int, cases: NDArray[np.int_] | int) -> NDArray[np.float64]:
    """Return size times the Gini impurity, 1 − q² − (1 − q)², of nodes with a share of cases q."""
    share = np.asarray(cases / size)
    impurity: NDArray[np.float64] = 2.0 * size * share * (1.0 - share)
    return impurity
