"""The compiled month: what happens to one option in a block of futures, month by month.

docs/the-month.md is the specification, and its steps are the calls in `_run`. Futures are taken in
lanes, which run innermost through every loop, so that the processor's vector units work on several
at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS, Block, Measure, Sum
from guarantor.simulate.compiled import compiled
from guarantor.simulate.events import arrive, command, fail, leave, renew
from guarantor.simulate.filling import fill_lines, make_room
from guarantor.simulate.lanes import LANES, aligned, clear, lanes
from guarantor.simulate.recording import finish, record_lines, record_people, record_presence
from guarantor.simulate.setup import Reason
from guarantor.simulate.working import rest, work

if TYPE_CHECKING:
    from guarantor.simulate.lanes import Lanes
    from guarantor.simulate.setup import Futures, Structure, WhatIf


def run_block(structure: Structure, futures: Futures, what_if: WhatIf) -> Block:
    """Return what happens in a block of futures."""
    size = futures.overlap.shape[0]
    months, lines = structure.months, structure.capability.shape[0]
    nations, contributions = structure.leaves.shape[0], structure.nation.shape[0]
    years = -(-months // 12)
    block = Block(
        measures=np.zeros((len(Measure), size)),
        line_fill=np.full((lines, size), -1.0),
        unit_months=np.zeros((contributions, years, size)),
        arrivals=np.zeros((contributions, years, size)),
        sums=np.zeros((months, lines, Sum.FIRST_REASON + len(Reason))),
        fill=np.zeros((months, lines, FILL_BINS), np.int64),
        present=np.zeros((months, PEOPLE_BINS), np.int64),
        usable=np.zeros((months, PEOPLE_BINS), np.int64),
        left=np.zeros((months, nations), np.int64),
        failed=np.zeros(months, np.int64),
    )
    for first in range(0, size, LANES):
        last = min(first + LANES, size)
        if first == 0 or last - first < LANES:
            state, some = lanes(structure, last - first), _lanes_of(futures, first, last)
        for row, whole in zip(some, futures, strict=True):
            row[...] = whole[..., first:last]
        _run(structure, some, what_if, state, block, first)
    return block


def _lanes_of(futures: Futures, first: int, last: int) -> Futures:
    """Return some of the futures, in rows of their own."""
    rows: Any = (aligned(row[..., first:last]) for row in futures)
    return type(futures)(*rows)


@compiled
def _run(
    structure: Structure, futures: Futures, what_if: WhatIf, state: Lanes, block: Block, first: int
) -> None:
    """Take some futures, which begin at a place in the block, through all their months."""
    clear(structure, futures, state)
    for month in range(structure.months):
        leave(structure, futures, what_if, state, month)
        renew(structure, futures, state, month)
        fail(structure, futures, what_if, state, month)
        command(structure, futures, state, month)
        arrive(structure, futures, state, month)
        make_room(structure, futures, state, month)
        fill_lines(structure, futures, state, month)
        work(structure, futures, state)
        rest(structure, futures, state)
        record_lines(structure, futures, state, block, month)
        record_people(structure, futures, state, block, month)
        record_presence(structure, futures, state, block, month, first)
    finish(structure, futures, state, block, first)
