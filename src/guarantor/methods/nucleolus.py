"""The division that makes the greatest complaint of any coalition as small as it can be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._coalitions import bankruptcy_worths, members, worths
from guarantor.methods._inputs import Inputs
from guarantor.methods._programme import InfeasibleError, minimise
from guarantor.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_BINDING_DUAL = 1e-7
_SAME_SPAN = 1e-9


def nucleolus(v: Sequence[float], order: str) -> list[float]:
    """The division that minimises the greatest complaint, then the next, and so on.

    $ x = "arg lexmin"_(x(N) = v(N), x_i >= v(i)) "sorted" (v(S) - x(S))_S $

    Symbols:
        v, $v(S)$ [any]: worth of each coalition; any; valid throughout; flat because a coalition
            whose complaint is nowhere among the greatest binds nothing
        order, $S$ [text]: how the coalitions are listed: by size then lexicographic
    Outputs:
        allocation, $x$ [same as v]: share of each player
    Validity: The whole is worth at least what the players are worth alone. Where the core is not
        empty, the nucleolus lies in it.
    Traps:
        No player receives less than alone, even where that raises the greatest complaint.
    Basis: published
    Source: Schmeidler 1969, The nucleolus of a characteristic function game, SIAM Journal on
        Applied Mathematics 17; cases from cran/CoopGame.
    """
    return _individually_rational(worths("nucleolus", v, order))


def nucleolus_of_players(players: int, v: Sequence[float], order: str) -> list[float]:
    """The nucleolus of a game whose number of players is stated beside its worths.

    $ x = "arg lexmin"_(x(N) = v(N), x_i >= v(i)) "sorted" (v(S) - x(S))_S $

    Symbols:
        players, $n$ [players]: number of players; from 1; valid throughout; flat because the list
            of worths already says it, and the two have to agree
        v, $v(S)$ [any]: worth of each coalition; any; valid throughout; flat because a coalition
            whose complaint is nowhere among the greatest binds nothing
        order, $S$ [text]: how the coalitions are listed: by size then lexicographic
    Outputs:
        allocation, $x$ [same as v]: share of each player
    Validity: As for the game without the number of players.
    Basis: published
    Source: Schmeidler 1969, The nucleolus of a characteristic function game, SIAM Journal on
        Applied Mathematics 17; cases from cran/CoopGame.
    """
    worth = worths("nucleolus", v, order)
    if len(worth) != 2**players:
        raise Problems.one(
            "nucleolus cannot use this number of players",
            found=f"players = {players} with {len(v)} worths",
            allowed=f"{2**players - 1} worths for {players} players",
        )
    return _individually_rational(worth)


def nucleolus_of_bankruptcy(game: str, estate: float, claims: Sequence[float]) -> list[float]:
    """The nucleolus of the game in which each coalition pays all others first.

    $ v(S) = max(0, e - sum_(i in.not S) d_i), quad x "the nucleolus of" v $

    Symbols:
        game, $v$ [text]: the word bankruptcy
        estate, $e$ [same as claims]: what there is to divide; from 0; valid throughout
        claims, $d_i$ [any]: what each claims; from 0; valid throughout; flat because a claim whose
            half is not reached gains nothing by being larger
    Outputs:
        allocation, $x$ [same as claims]: what each receives, in the order of the claims
    Validity: The estate is at most the sum of the claims. The Talmud rule gives the same.
    Basis: published
    Source: Aumann and Maschler 1985, Game theoretic analysis of a bankruptcy problem from the
        Talmud, Journal of Economic Theory 36.
    """
    inputs = Inputs("nucleolus")
    inputs.choice("game", game, ["bankruptcy"])
    inputs.done()
    return _individually_rational(bankruptcy_worths("nucleolus", estate, claims))


def prenucleolus(v: Sequence[float], order: str) -> list[float]:
    """The nucleolus without the condition that nobody receives less than alone.

    $ x = "arg lexmin"_(x(N) = v(N)) "sorted" (v(S) - x(S))_S $

    Symbols:
        v, $v(S)$ [any]: worth of each coalition; any; valid throughout; flat because a coalition
            whose complaint is nowhere among the greatest binds nothing
        order, $S$ [text]: how the coalitions are listed: by size then lexicographic
    Outputs:
        allocation, $x$ [same as v]: share of each player
    Validity: Any game.
    Traps:
        A player may be asked to accept less than it has alone.
    Basis: published
    Source: Peleg and Sudhölter 2007, Introduction to the Theory of Cooperative Games, p. 96, in
        cran/CoopGame.
    """
    return lexicographic_division(worths("prenucleolus", v, order))


def lexicographic_division(
    worth: NDArray[np.float64], least: NDArray[np.float64] | None = None
) -> list[float]:
    """Return the division of worth[-1] that settles the greatest complaints one after the other.

    worth: one for each coalition, indexed by the sum of 2^i over its players; least: what each
    player must receive. Each round is a linear programme; a coalition whose constraint has a
    positive dual has the same complaint in every optimum, and is settled at it. Raises Problems
    when no division gives each player its least.
    """
    players = (len(worth) - 1).bit_length()
    inside = members(players)
    scale = float(np.abs(worth).max()) or 1.0
    scaled = worth / scale
    low = np.full(players + 1, -np.inf)
    if least is not None:
        low[:players] = least / scale
    bounds = low, np.full(players + 1, np.inf)
    cost = np.append(np.zeros(players), 1.0)

    settled, shares = inside[-1:], scaled[-1:]
    while len(settled) < players:
        open_ = np.flatnonzero(~_in_span(inside, settled))
        rows = np.vstack(
            (
                np.column_stack((inside[open_], np.ones(len(open_)))),
                np.column_stack((settled, np.zeros(len(settled)))),
            )
        )
        row_low = np.concatenate((scaled[open_], shares))
        row_high = np.concatenate((np.full(len(open_), np.inf), shares))
        try:
            optimum = minimise(cost, rows, (row_low, row_high), bounds)
        except InfeasibleError as none:
            raise Problems.one(
                "The players together are worth less than alone, so no division satisfies each",
                found=f"v(N) = {worth[-1]:g}",
                allowed="v(N) of at least the sum of the v(i)",
                remedy="The prenucleolus needs no such condition.",
            ) from none
        for place in np.flatnonzero(optimum.duals[: len(open_)] > _BINDING_DUAL):
            row = inside[open_[place]]
            if not _in_span(row[np.newaxis], settled)[0]:
                settled = np.vstack((settled, row))
                shares = np.append(shares, scaled[open_[place]] - optimum.objective)
    return [float(each) for each in np.linalg.solve(settled, shares) * scale]


def _individually_rational(worth: NDArray[np.float64]) -> list[float]:
    alone = worth[1 << np.arange((len(worth) - 1).bit_length())]
    return lexicographic_division(worth, alone)


def _in_span(rows: NDArray[np.float64], basis: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which rows are linear combinations of the basis, so that x decides them already."""
    directions, _ = np.linalg.qr(basis.T)
    rest = rows - rows @ directions @ directions.T
    decided: NDArray[np.bool_] = np.abs(rest).max(axis=1) < _SAME_SPAN
    return decided
