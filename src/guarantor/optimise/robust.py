"""Forces that hold in a share of futures: fitted with a margin on some, and checked on others."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.programme import Objective, generate
from guarantor.optimise.statements import most_present
from guarantor.optimise.tables import whole
from guarantor.simulate.assumed import Assumed
from guarantor.simulate.drawing import futures
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.keeping import read_pool
from guarantor.simulate.needing import needed
from guarantor.simulate.tables import table
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from guarantor.optimise.programme import Assignment
    from guarantor.optimise.roles import Role
    from guarantor.optimise.tables import Tables
    from guarantor.simulate.draws import BlockDraws

CLOSE = 1e-9
FIRM = (Objective.UNFILLED, Objective.FIRMNESS)
"""What is made small here: fairness and cost follow."""
MARGINS = (0.5, 0.6, 0.7, 0.8, 0.9, 0.95)
"""Parts of futures in which each number, looked at alone, is to be no worse than planned with."""


@dataclass(frozen=True)
class Sample:
    """What a block of futures says of tables. F futures.

    brings: (sources, F), whole units that come of each contribution, without end for requests,
    which only their pools hold back; rooms: (pools, F), free units; asked: (lines, F), and what a
    line without a number asks is one; per_unit: (F,) by pair of capabilities.
    """

    brings: NDArray[np.float64]
    rooms: NDArray[np.float64]
    asked: NDArray[np.float64]
    per_unit: dict[tuple[str, str], NDArray[np.float64]]


@dataclass(frozen=True)
class Point:
    """One force: the margin it was planned with, and the shares of futures in which it holds.

    fitted, checked: the share of futures in which every line that is not left aside is filled once
    all have come, among those that it was planned on and among others; lines: the same of each
    line, among the others.
    """

    margin: float
    assignment: Assignment
    fitted: float
    checked: float
    lines: NDArray[np.float64]


@dataclass(frozen=True)
class Frontier:
    """Forces of ever larger margins; aside: the lines that none of them fills in any future."""

    points: tuple[Point, ...]
    aside: tuple[str, ...]

    def enough(self, share: float) -> Point | None:
        """Return the force of the smallest margin that holds in that share of those fitted on."""
        return next((point for point in self.points if point.fitted >= share), None)


def sample(tables: Tables, draws: BlockDraws) -> Sample:
    """Return what the futures of a block say of the tables.

    Contributions come and deliver as their firmness lets them; what is asked for beyond them comes
    wherever its pool allows, since nothing is on record of how nations answer.
    """
    case = tables.case
    numbered = table(case, tables.option, tables.deal, Level.POSSIBLE, tables.horizon)
    drawn = futures(numbered, draws)
    place = {c.id: number for number, c in enumerate(numbered.contributions)}
    assumed = Assumed(case, draws)
    brings = np.full((len(tables.sources), BLOCK), np.inf)
    for number, source in enumerate(tables.sources):
        contribution = source.contribution
        if contribution is None:
            continue
        if contribution.id in place:
            brings[number] = np.floor(drawn.delivered[place[contribution.id]] + CLOSE)
        else:
            amounts = draws.value(f"contributions/{contribution.id}", contribution.quantity.shape)
            brings[number] = np.floor(np.maximum(amounts, 0.0) + CLOSE)
    rooms = np.full((len(tables.pools), BLOCK), np.inf)
    for number, room in enumerate(tables.pools):
        record = read_pool(case, room.provider, room.kind)
        if record is not None:
            rooms[number] = record.usable(draws, assumed)
    asked = np.ones((len(tables.lines), BLOCK))
    for number, line in enumerate(tables.lines):
        if line.stated:
            asked[number] = needed(draws, line.need)
    return Sample(brings, rooms, asked, dict(_per_unit(tables, draws)))


def _per_unit(
    tables: Tables, draws: BlockDraws
) -> Iterator[tuple[tuple[str, str], NDArray[np.float64]]]:
    for kind, other in tables.per_unit:
        need = next(n for n in tables.case.capabilities[kind].needs if n.capability == other)
        name = f"capabilities/{kind}/needs/{other}"
        yield (kind, other), np.maximum(draws.value(name, need.per_unit.quantity.shape), 0.0)


def with_margin(tables: Tables, found: Sample, margin: float) -> Tables:
    """Return the tables in which each number alone is no worse than it is in a part of futures."""
    brings = np.quantile(found.brings, 1 - margin, axis=1, method="lower")
    rooms = np.quantile(found.rooms, 1 - margin, axis=1, method="lower")
    asked = np.quantile(found.asked, margin, axis=1, method="higher")
    return replace(
        tables,
        sources=tuple(
            source if source.contribution is None else replace(source, amount=whole(amount))
            for source, amount in zip(tables.sources, brings, strict=True)
        ),
        pools=tuple(
            room if np.isinf(free) else replace(room, free=float(free))
            for room, free in zip(tables.pools, rooms, strict=True)
        ),
        lines=tuple(
            replace(line, asked=max(float(number), CLOSE))
            for line, number in zip(tables.lines, asked, strict=True)
        ),
        per_unit={
            pair: float(np.quantile(numbers, margin, method="higher"))
            for pair, numbers in found.per_unit.items()
        },
    )


def held(assignment: Assignment, found: Sample) -> NDArray[np.bool_]:
    """Return in which futures the units assigned fill which lines in the end: (lines, F)."""
    made = assignment.tables
    last = assignment.present[:, -1] if made.periods else np.zeros(len(made.sources))
    return filled_by(made, last, found)


def filled_by(made: Tables, last: NDArray[np.float64], found: Sample) -> NDArray[np.bool_]:
    """Return in which futures units by source fill which lines: (lines, F).

    A line is filled when what comes of the units sent reaches what it asks, and when the lines of
    its enablers have what its units need.
    """
    rooms = {(r.provider, r.kind): n for n, r in enumerate(made.pools)}
    left = found.rooms.copy()
    units = np.zeros((len(made.lines), found.asked.shape[1]))
    order = sorted(range(len(made.sources)), key=lambda n: made.sources[n].loss)
    for number in order:
        source = made.sources[number]
        if last[number] <= 0:
            continue
        comes = np.minimum(last[number], found.brings[number])
        place = rooms.get(made.pool_of(source)) if source.draws else None
        if place is not None:
            each = 1.0 if source.given else made.pools[place].slots
            comes = np.minimum(comes, np.floor(np.maximum(left[place], 0.0) / each + CLOSE))
            left[place] -= comes * each
        units[source.line] += comes
    filled = units >= found.asked * (1 - CLOSE)
    for (kind, other), per_unit in found.per_unit.items():
        using = [n for n, line in enumerate(made.lines) if line.capability == kind]
        want = sum(per_unit * np.minimum(units[n], found.asked[n]) for n in using)
        have = sum(units[n] for n, line in enumerate(made.lines) if line.capability == other)
        filled[using] &= np.asarray(have >= want * (1 - CLOSE))
    return filled


def share_with(found: Role, sent: Mapping[int, float] | None, futures_: Sample) -> float:
    """Return the share of futures in which every line is filled when all others send all they have.

    sent: whole units by source of the nation; None for all that it could bring. Lines that nobody
    fills in any future are left aside.
    """
    made = found.tables
    most = most_present(made).max(axis=1, initial=0.0)
    own = np.array([source.provider == found.nation for source in made.sources], dtype=bool)
    ever = filled_by(made, most, futures_).any(axis=1)
    last = most.copy()
    if sent is not None:
        last[own] = [sent.get(int(number), 0.0) for number in np.flatnonzero(own)]
    lines = filled_by(made, last, futures_)[ever]
    return float(lines.all(axis=0).mean()) if ever.any() else 0.0


def frontier(
    tables: Tables, fit: Sample, check: Sample, fair: dict[str, float] | None = None
) -> Frontier:
    """Return the forces planned with ever larger margins, and the shares in which they hold."""
    planned = {m: generate(with_margin(tables, fit, m), fair, FIRM) for m in MARGINS}
    fitted = {margin: held(force, fit) for margin, force in planned.items()}
    ever = np.asarray([found.any(axis=1) for found in fitted.values()]).max(axis=0)
    points = []
    for margin, force in planned.items():
        checked = held(force, check)
        points.append(
            Point(
                margin,
                force,
                float(fitted[margin][ever].all(axis=0).mean()) if ever.any() else 0.0,
                float(checked[ever].all(axis=0).mean()) if ever.any() else 0.0,
                checked.mean(axis=1),
            )
        )
    aside = tuple(line.id for line, at_all in zip(tables.lines, ever, strict=True) if not at_all)
    return Frontier(tuple(points), aside)
