"""Every statement of the programme, worked out again on an assignment without any solver."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from guarantor.case.words import Condition
from guarantor.optimise.statements import (
    asked_by_period,
    backing,
    most_present,
    spare_counts,
    stays_after,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from guarantor.optimise.tables import Tables

CLOSE = 1e-6
"""What a statement may be missed by, as solvers count."""


def unfilled_after(tables: Tables, present: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return what each line lacks in each period by the units present alone: (lines, periods)."""
    placed = np.zeros((len(tables.lines), len(tables.periods)))
    for number, source in enumerate(tables.sources):
        placed[source.line] += present[number]
    return np.maximum(asked_by_period(tables) - placed, 0.0)


def broken(tables: Tables, present: NDArray[np.float64]) -> list[str]:
    """Return a sentence for each statement that an assignment breaks; none when it holds.

    present: (sources, periods).
    """
    found: list[str] = []
    if (np.abs(present - np.rint(present)) > CLOSE).any() or (present < -CLOSE).any():
        found.append("a part of a unit, or less than none, is sent")
    if (present > most_present(tables) + CLOSE).any():
        found.append("a unit is sent where or when its nation does not let it go")
    short = unfilled_after(tables, present)
    found += _pools(tables, present)
    found += _offers(tables, present)
    found += _conditions(tables, present)
    found += _needs(tables, present, short)
    found += [
        f"{source.key} is taken back"
        for number, source in enumerate(tables.sources)
        if any(
            present[number, period + 1] < present[number, period] - CLOSE
            for period in stays_after(tables, number)
        )
    ]
    return found


def _pools(tables: Tables, present: NDArray[np.float64]) -> list[str]:
    rooms = {(room.provider, room.kind): room for room in tables.pools}
    drawn: dict[tuple[str, str], NDArray[np.float64]] = {}
    for number, source in enumerate(tables.sources):
        pool = tables.pool_of(source)
        if source.draws and pool in rooms:
            held = 1.0 if source.given else rooms[pool].slots
            drawn[pool] = drawn.get(pool, np.zeros(len(tables.periods))) + held * present[number]
    return [
        f"the pool {' '.join(pool)} is overdrawn"
        for pool, taken in drawn.items()
        if (taken > max(rooms[pool].free, 0.0) + CLOSE).any()
    ]


def _offers(tables: Tables, present: NDArray[np.float64]) -> list[str]:
    taken: dict[str, NDArray[np.float64]] = defaultdict(lambda: np.zeros(len(tables.periods)))
    most = {}
    for number, source in enumerate(tables.sources):
        taken[source.key] += present[number]
        most[source.key] = source.amount
    return [
        f"more of {key} is sent than is offered"
        for key, units in taken.items()
        if (units > most[key] + CLOSE).any()
    ]


def _conditions(tables: Tables, present: NDArray[np.float64]) -> list[str]:
    found = []
    for condition, backers in backing(tables).items():
        here = present[backers].sum(axis=0) if backers else np.zeros(len(tables.periods))
        for number, source in enumerate(tables.sources):
            if condition in source.conditions and (present[number][here < 1 - CLOSE] > CLOSE).any():
                waits = Condition(condition).value.replace("_", " ")
                found.append(f"{source.key} comes without {waits}")
    return found


def _needs(tables: Tables, present: NDArray[np.float64], short: NDArray[np.float64]) -> list[str]:
    asked = asked_by_period(tables)
    filled = asked - short
    placed = np.zeros_like(filled)
    for number, source in enumerate(tables.sources):
        placed[source.line] += present[number]
    spare = placed - filled
    found = []
    for enabler in sorted({needed for _, needed in tables.per_unit}):
        want, have = np.zeros(len(tables.periods)), np.zeros(len(tables.periods))
        stands = np.zeros(len(tables.periods), dtype=bool)
        for number, line in enumerate(tables.lines):
            want += tables.per_unit.get((line.capability, enabler), 0.0) * filled[number]
            have += spare_counts(tables, line, enabler) * spare[number]
            if line.capability == enabler:
                have += filled[number]
                stands |= asked[number] > 0
        if (want[stands] > have[stands] + CLOSE * np.maximum(1.0, want[stands])).any():
            found.append(f"units are sent without the {enabler} that they need")
    return found
