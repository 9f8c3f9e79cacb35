"""Shares by what each player adds: the Shapley value and two of its special games."""

from __future__ import annotations

from collections import Counter
from math import factorial
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._coalitions import members, worths
from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

# Ways to fill the benches before a member are counted one by one; more would take minutes.
_MOST_STEPS = 4e7


def shapley(v: Sequence[float], order: str) -> list[float]:
    """What each player adds to those before it, on average over all orders of arrival.

    $ phi_i = sum_(S : i in.not S) (|S|! (n - |S| - 1)!) / n! (v(S union i) - v(S)) $

    Symbols:
        v, $v(S)$ [any]: worth of each coalition; any; valid throughout
        order, $S$ [text]: how the coalitions are listed: by size then lexicographic
    Outputs:
        allocation, $phi_i$ [same as v]: share of each player
    Validity: Every coalition has a worth of its own, whatever the others do.
    Traps:
        The allocation may lie outside the core: a coalition may do better alone.
    Basis: published
    Source: Shapley 1953, A value for n-person games; cases from cran/CoopGame.
    """
    worth = worths("shapley", v, order)
    inside = members((len(worth) - 1).bit_length())
    players = inside.shape[1]
    size = inside.sum(axis=1).astype(int)
    weights = np.array(
        [factorial(s) * factorial(players - s - 1) / factorial(players) for s in range(players)]
    )
    allocation = []
    for player in range(players):
        without = np.flatnonzero(inside[:, player] == 0)
        added = worth[without | (1 << player)] - worth[without]
        allocation.append(float(weights[size[without]] @ added))
    return allocation


def shapley_shubik(quota: float, seats: Sequence[float]) -> list[float]:
    """Share of all orders of voting in which a member's vote is the one that decides.

    $ phi_i = 1/n! |{"orders with" w(B_i) < q <= w(B_i) + w_i}|, quad B_i "those before" i $

    Symbols:
        quota, $q$ [votes]: votes needed to carry a motion; above 0; valid throughout; flat because
            power moves only where a coalition crosses the quota
        seats, $w_i$ [votes]: votes of each member; from 0; valid throughout; flat because power
            moves only where a coalition crosses the quota
    Outputs:
        index, $phi_i$ [fraction]: power of each member
    Validity: All orders are alike: no member is nearer to one than to another.
    Traps:
        Power is not in proportion to seats; members with different seats may have the same power,
            and a member with seats may have none.
    Basis: published
    Source: Shapley and Shubik 1954, American Political Science Review 48; case from
        cran/GameTheory, Catalan parliament.
    """
    inputs = Inputs("shapley_shubik")
    votes = [float(each) for each in inputs.vector("seats", seats, low=0.0)]
    if not 0 < quota <= sum(votes):
        inputs.refuse("quota", quota, f"above 0, up to the {sum(votes):g} votes there are")
    count = len(votes)
    if _steps(votes) > _MOST_STEPS:
        inputs.refuse(
            "seats",
            f"{count} members with {sum(votes):g} votes",
            "at most 20 members, or fewer votes in whole numbers",
        )
    inputs.done()
    index = []
    for member, own in enumerate(votes):
        before: Counter[tuple[int, float]] = Counter({(0, 0.0): 1})
        for other in votes[:member] + votes[member + 1 :]:
            before.update({(n + 1, sum_ + other): ways for (n, sum_), ways in before.items()})
        decisive = sum(
            ways * factorial(size) * factorial(count - size - 1)
            for (size, sum_), ways in before.items()
            if sum_ < quota <= sum_ + own
        )
        index.append(decisive / factorial(count))
    return index


def _steps(votes: Sequence[float]) -> float:
    """Return about how many sums it takes to count the orders before each member."""
    every_set = len(votes) * 2.0 ** len(votes)
    if all(each.is_integer() for each in votes):
        return min(every_set, len(votes) ** 3 * (sum(votes) + 1.0) / 2.0)
    return every_set


def airport_shapley(costs: Sequence[float]) -> list[float]:
    """Each step of a shared cost is divided equally among those who need that step.

    $ x_i = sum_(k <= i) (c_k - c_(k-1)) / (n - k + 1), quad c_0 = 0, quad c_i <= c_(i+1) $

    Symbols:
        costs, $c_i$ [any]: what each would cost alone; from 0; valid throughout
    Outputs:
        charge, $x_i$ [same as costs]: what each pays, in the order of the costs
    Validity: The facility that serves the most costly user serves all others too, as a runway does.
        The charge is then the Shapley value of the cost game.
    Basis: published
    Source: Littlechild and Owen 1973, A simple expression for the Shapley value in a special case,
        Management Science 20; cases from cran/CoopGame.
    """
    inputs = Inputs("airport_shapley")
    needed = inputs.vector("costs", costs, low=0.0)
    inputs.done()
    order = np.argsort(needed, kind="stable")
    steps = np.diff(needed[order], prepend=0.0) / np.arange(len(order), 0, -1)
    charge = np.empty_like(needed)
    charge[order] = np.cumsum(steps)
    return [float(each) for each in charge]
