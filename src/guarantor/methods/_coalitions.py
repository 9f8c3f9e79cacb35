"""Coalitional games as case files list them, turned into one worth for each set of players."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# A list holds 2^n - 1 worths; beyond this many players it would not fit on any page.
MOST_PLAYERS = 16


def worths(method: str, listed: Sequence[float], order: str) -> NDArray[np.float64]:
    """Return the worth of each coalition, indexed by the sum of 2^i over its players i.

    listed: worths of all coalitions but the empty one, by size and then lexicographic, which is
    the only `order` known. Raises Problems.
    """
    inputs = Inputs(method)
    array = inputs.vector("v", listed)
    players = (len(array) + 1).bit_length() - 1
    if len(array) != 2**players - 1 or players > MOST_PLAYERS:
        inputs.refuse(
            "v",
            f"{len(array)} worths",
            f"2^n − 1 worths: 1, 3, 7, 15, 31, …, for at most {MOST_PLAYERS} players",
        )
    if "size" not in order or "lexicographic" not in order:
        inputs.refuse("order", repr(order), "coalitions ordered by size then lexicographic")
    inputs.done()
    worth = np.zeros(2**players)
    worth[_by_size(players)] = array
    return worth


def bankruptcy_worths(method: str, estate: float, claims: Sequence[float]) -> NDArray[np.float64]:
    """Return what is left to each coalition once all others have been paid their claims.

    Indexed as `worths` is. Raises Problems.
    """
    inputs = Inputs(method)
    wanted = inputs.vector("claims", claims, low=0.0)
    inputs.number("estate", estate, low=0.0, high=float(wanted.sum()))
    if len(wanted) > MOST_PLAYERS:
        inputs.refuse("claims", f"{len(wanted)} claims", f"at most {MOST_PLAYERS}")
    inputs.done()
    left: NDArray[np.float64] = estate - (wanted.sum() - members(len(wanted)) @ wanted)
    return np.maximum(0.0, left)


def members(players: int) -> NDArray[np.float64]:
    """Return, for each coalition by index, 1 where a player belongs and 0 where not."""
    index = np.arange(2**players)[:, np.newaxis]
    return ((index >> np.arange(players)) & 1).astype(np.float64)


def _by_size(players: int) -> list[int]:
    return [
        sum(1 << player for player in coalition)
        for size in range(1, players + 1)
        for coalition in combinations(range(players), size)
    ]
