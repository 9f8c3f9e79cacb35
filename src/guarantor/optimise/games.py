"""What coalitions of nations must and can bring, and shares and power made from it."""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods.nucleolus import lexicographic_division
from guarantor.optimise.statements import most_present
from guarantor.optimise.tables import whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from guarantor.optimise.tables import Tables

    Worth = Callable[[NDArray[np.bool_]], NDArray[np.float64]]

EXACT = 20
"""Most players of whom every coalition is looked at; two to this power fit in memory."""
SETTLED = 12
"""Most players of a nucleolus; beyond it the smallest are taken as one."""
DRAWS = 400
"""Coalitions drawn for each player and size beyond that."""


@dataclass(frozen=True)
class Claims:
    """What each nation could bring to each line, and what the lines ask.

    able: (players, lines), in units of the line; asked: (lines,), at most what all could bring.
    Each line is looked at alone, and the needs of units for enablers are left aside.
    """

    players: tuple[str, ...]
    able: NDArray[np.float64]
    asked: NDArray[np.float64]

    def must(self, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return what falls on coalitions once all others have brought what they can.

        inside: (coalitions, players). Lines count the same, each as one.
        """
        others = self.able.sum(axis=0) - inside.astype(float) @ self.able
        left: NDArray[np.float64] = np.maximum(self.asked - others, 0.0) / self.asked
        return np.asarray(left.sum(axis=1), dtype=float)

    def brings(self, inside: NDArray[np.bool_]) -> NDArray[np.float64]:
        """Return what coalitions fill of the lines by themselves; lines count the same.

        inside: (coalitions, players).
        """
        brought = np.minimum(inside.astype(float) @ self.able, self.asked) / self.asked
        return np.asarray(brought.sum(axis=1), dtype=float)


@dataclass(frozen=True)
class Division:
    """Parts by player, summing to one; error: standard error where coalitions were drawn."""

    parts: dict[str, float]
    error: dict[str, float]
    together: tuple[str, ...] = ()

    @property
    def exact(self) -> bool:
        """Return whether every coalition was looked at."""
        return not self.error


def claims(tables: Tables) -> Claims:
    """Return what each nation could bring to each line when no other line takes it."""
    rooms = {(room.provider, room.kind): room for room in tables.pools}
    most = most_present(tables)
    able: dict[str, NDArray[np.float64]] = {}
    for number, source in enumerate(tables.sources):
        if source.provider in tables.case.nations and most.size:
            row = able.setdefault(source.provider, np.zeros(len(tables.lines)))
            row[source.line] += most[number].max(initial=0.0)
    for provider, row in able.items():
        for place in range(len(tables.lines)):
            drawing = [
                s for s in tables.sources if s.line == place and s.provider == provider and s.draws
            ]
            room = rooms.get(tables.pool_of(drawing[0])) if drawing else None
            if room is not None:
                free = sum(
                    s.amount
                    for s in tables.sources
                    if s.line == place and s.provider == provider and not s.draws
                )
                row[place] = min(row[place], free + whole(max(room.free, 0.0) / room.slots))
    names = tuple(sorted(name for name, row in able.items() if row.any()))
    table = np.array([able[name] for name in names]).reshape(len(names), len(tables.lines))
    asked = np.minimum([line.asked for line in tables.lines], table.sum(axis=0))
    there = asked > 0
    return Claims(names, table[:, there], np.asarray(asked)[there])


def shapley_parts(found: Claims, *, draws: int = DRAWS, seed: str = "shares") -> Division:
    """Return each nation's part of what is to be brought, by its Shapley value."""
    return _parts(found.players, *_shapley(found.must, len(found.players), draws, seed))


def power(found: Claims, *, draws: int = DRAWS, seed: str = "power") -> Division:
    """Return each nation's part in what is filled: what it adds, in the mean over all orders."""
    return _parts(found.players, *_shapley(found.brings, len(found.players), draws, seed))


def nucleolus_parts(found: Claims) -> Division:
    """Return each nation's part by the nucleolus; past a limit the smallest count as one.

    The part of those that stand together is divided by their claims.
    """
    weight = (np.minimum(found.able, found.asked) / found.asked).sum(axis=1)
    order = list(np.argsort(-weight, kind="stable"))
    alone = order if len(order) <= SETTLED else order[: SETTLED - 1]
    rest = [place for place in order if place not in alone]
    rows = [found.able[place] for place in alone]
    if rest:
        rows.append(found.able[rest].sum(axis=0))
    merged = Claims(tuple(map(str, range(len(rows)))), np.array(rows), found.asked)
    worth = merged.must(_coalitions(len(rows)))
    settled = lexicographic_division(worth, worth[1 << np.arange(len(rows))])
    values = np.zeros(len(found.players))
    for place, part in zip(alone, settled, strict=False):
        values[place] = part
    if rest:
        whole_weight = float(weight[rest].sum())
        values[rest] = settled[-1] * weight[rest] / whole_weight
    together = tuple(found.players[place] for place in rest)
    made = _parts(found.players, values, np.zeros(0))
    return Division(made.parts, made.error, together)


def _shapley(
    worth: Worth, players: int, draws: int, seed: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    if players <= EXACT:
        return shapley_exact(worth, players), np.zeros(0)
    return shapley_drawn(worth, players, draws, seed)


def shapley_exact(worth: Worth, players: int) -> NDArray[np.float64]:
    """Return the Shapley value of each player from the worth of every coalition."""
    if not players:
        return np.zeros(0)
    step = 1 << min(players, 16)
    index = np.arange(1 << players)
    every = np.concatenate(
        [worth(_members(index[at : at + step], players)) for at in range(0, len(index), step)]
    )
    size = np.zeros(len(index), dtype=np.int64)
    for player in range(players):
        size += (index >> player) & 1
    weights = np.array([1 / (players * comb(players - 1, s)) for s in range(players)])
    found = np.zeros(players)
    for player in range(players):
        without = index[(index >> player) & 1 == 0]
        added = every[without | (1 << player)] - every[without]
        found[player] = weights[size[without]] @ added
    return found


def shapley_drawn(
    worth: Worth, players: int, draws: int, seed: str
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return estimates of the Shapley values and their standard errors.

    For each player and each number of players before it, so many coalitions are drawn: what is
    added varies most between sizes, and strata take that out (Castro et al. 2017, Computers &
    Operations Research 82).
    """
    key = int.from_bytes(seed.encode()[:8].ljust(8, b"\0"), "little")
    chance = np.random.Generator(np.random.Philox(key=key))
    means, errors = np.zeros(players), np.zeros(players)
    for player in range(players):
        others = np.delete(np.arange(players), player)
        variance = 0.0
        for size in range(players):
            before = np.zeros((draws, players), dtype=bool)
            ranks = chance.random((draws, players - 1)).argsort(axis=1)[:, :size]
            np.put_along_axis(before, others[ranks], True, axis=1)
            after = before.copy()
            after[:, player] = True
            added = worth(after) - worth(before)
            means[player] += added.mean() / players
            variance += added.var(ddof=1) / draws / players**2
        errors[player] = np.sqrt(variance)
    return means, errors


def _coalitions(players: int) -> NDArray[np.bool_]:
    return _members(np.arange(1 << players), players)


def _members(index: NDArray[np.int64], players: int) -> NDArray[np.bool_]:
    inside: NDArray[np.bool_] = ((index[:, np.newaxis] >> np.arange(players)) & 1).astype(bool)
    return inside


def _parts(
    players: tuple[str, ...], values: NDArray[np.float64], errors: NDArray[np.float64]
) -> Division:
    sum_ = float(values.sum()) if len(values) else 0.0
    if sum_ <= 0:
        return Division({}, {})
    parts = {name: float(v) / sum_ for name, v in zip(players, values, strict=True)}
    error = {name: float(e) / sum_ for name, e in zip(players, errors, strict=False)}
    return Division(parts, error)
