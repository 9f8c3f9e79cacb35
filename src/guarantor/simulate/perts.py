"""PERT ranges from tables of their inverse, which is far too slow to work out for each draw."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc  # type: ignore[import-untyped]  # scipy has no types

from guarantor.simulate.compiled import compiled, part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.quantity import Pert
    from guarantor.simulate.setup import Numbers

_NODES = np.sin(np.linspace(0, np.pi / 2, 1025)) ** 2
_CELLS = 4096
_TAIL = 1 / 64


class Perts:
    """Tables of some PERT ranges, in their order."""

    def __init__(self, shapes: Sequence[Pert]) -> None:
        found = [_tables(*_powers(shape)) for shape in shapes]
        self._shares = np.array([shares for shares, _ in found]).reshape(-1, len(_NODES))
        self._even = np.array([even for _, even in found]).reshape(-1, _CELLS + 1)
        self._low = np.array([shape.low for shape in shapes], np.float64)
        self._width = np.array([shape.high - shape.low for shape in shapes], np.float64)

    def values(self, uniform: Numbers) -> Numbers:
        """Return the values of each range at its own shares in (0, 1), [ranges, shares]."""
        found = np.empty(uniform.shape)
        # One that cannot be written to is another type, for which all would be compiled again.
        uniform = np.require(uniform, requirements=("C", "W"))
        _read(uniform, self._shares, self._even, _NODES, self._low, self._width, found)
        return found


def _powers(shape: Pert) -> tuple[float, float]:
    width = shape.high - shape.low
    return 1 + 4 * (shape.best - shape.low) / width, 1 + 4 * (shape.high - shape.best) / width


@lru_cache(maxsize=1024)
def _tables(first: float, second: float) -> tuple[Numbers, Numbers]:
    """Return the shares below each node, and the points below which equal cells of shares end."""
    shares = np.asarray(betainc(first, second, _NODES))
    even = np.interp(np.linspace(0, 1, _CELLS + 1), shares, _NODES)
    return shares, even


@compiled
def _read(
    uniform: Numbers,
    shares: Numbers,
    even: Numbers,
    nodes: Numbers,
    low: Numbers,
    width: Numbers,
    found: Numbers,
) -> None:
    """Read each range off its tables.

    Cells of equal shares need no search, which costs several times as much for draws in no order;
    only in the tails, where the inverse is steep, the nodes are searched.
    """
    for row in range(uniform.shape[0]):
        for i in range(uniform.shape[1]):
            share = uniform[row, i]
            if abs(share - 0.5) > 0.5 - _TAIL:
                point = _between(share, shares[row], nodes)
            else:
                place = share * _CELLS
                cell = int(place)
                below = even[row, cell]
                point = below + (place - cell) * (even[row, cell + 1] - below)
            found[row, i] = low[row] + width[row] * point


@part
def _between(share: float, shares: Numbers, nodes: Numbers) -> float:
    """Return the point that belongs to a share, on the straight line between two nodes."""
    below, above = 0, shares.shape[0] - 1
    while above - below > 1:
        middle = (below + above) // 2
        if shares[middle] <= share:
            below = middle
        else:
            above = middle
    slope: float = (nodes[above] - nodes[below]) / (shares[above] - shares[below])
    point: float = slope * (share - shares[below]) + nodes[below]
    return point
