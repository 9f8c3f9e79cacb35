"""The state of some futures while their months run; each array has the futures, or lanes, last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

import numpy as np

from guarantor.simulate.block import Measure
from guarantor.simulate.compiled import part
from guarantor.simulate.setup import NO_MONTH, Reason

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from guarantor.simulate.setup import Counts, Futures, Numbers, Structure

    Codes: TypeAlias = NDArray[np.int8]
    Kind = TypeVar("Kind", bound=np.generic)

LANES = 128
"""Futures that run side by side: enough for the vector units, few enough for the near caches."""


CACHE_LINE = 64
"""Bytes."""

HERE = -1
"""Stands for no reason why a contribution should not be there."""
UNMET, LEFT, LATE = Reason.CONDITION.value, Reason.LEFT.value, Reason.LATE.value
"""The reasons why it is not, as numbers of a code."""


class Lanes(NamedTuple):
    """What is known of each future at a moment; letters as in `Structure`, i counts the lanes."""

    left_at: Counts
    """[n, i] Month in which a nation left, or NO_MONTH."""
    pull: Numbers
    """[n, i] What its leaving weighs on the others."""
    pressed: Numbers
    """[n, i] What has pressed on it to leave so far."""
    lapsed_at: Counts
    """[n, i] Month in which its mandate lapsed, or NO_MONTH."""
    lapsing: Numbers
    """[n, i] What its renewals have added up to."""
    next_renewal: Counts
    """[n, i] Month of its next renewal."""
    pressure: Numbers
    """[i] Weight of those who left of late."""
    holds: Numbers
    """[i] Chance that the ceasefire still holds."""
    failed_at: Counts
    """[i] Month in which it failed, or NO_MONTH."""
    led: Numbers
    """[i] What a unit counts for under the command of this month."""

    resting: Numbers
    """[p, i] Units at rest."""
    room: Numbers
    """[p, i] Units that can still be placed this month."""
    out: Numbers
    """[p, i] Units placed this month."""
    lift_room: Numbers
    """[i] People who can still have been brought to the host's soil."""
    why: Codes
    """[c, i] Why a contribution is not there, as the number of a `Reason`; else HERE."""
    first_arrival: Counts
    """[c] The first month in which it arrives in some lane."""
    last_arrival: Counts
    """[c] The last such month."""
    used: Numbers
    """[c, i] What has been placed of a contribution this month."""
    peak: Numbers
    """[c, i] The most that was ever placed of it."""
    earlier_peak: Numbers
    """[c, i] The most that was placed of it before this year."""
    unit_months: Numbers
    """[c, i] What was placed of it, summed over the months of this year."""

    active: Numbers
    """[l, i] 1 where the line is needed this month, else 0."""
    placed: Numbers
    """[l, i] Units placed."""
    working: Numbers
    """[l, i] Units placed, at what they count for under the command of this month."""
    filled: Numbers
    """[l, i] Units that work."""
    people: Numbers
    """[l, i] People placed who are counted."""
    offered: Numbers
    """[l, i] Units offered."""
    lost: Numbers
    """[l, Reason, i] Units lost, by reason."""
    was_met: Numbers
    """[l, i] 1 where the line was active and met last month, else 0."""
    want: Numbers
    """[k, i] Units of a capability that others would need."""
    have: Numbers
    """[k, i] Units of it that work."""
    spare: Numbers
    """[k, i] Units of it that no line of its own needs."""
    asked_of: Numbers
    """[k, i] 1 where a line of the capability is active, else 0."""

    usable_on_soil: Numbers
    """[i] Usable people on the host's soil at the end of the month."""
    present: Numbers
    """[i] People present this month."""
    usable: Numbers
    """[i] Usable people this month."""
    on_soil: Numbers
    """[i] People present on the host's soil this month."""
    asked: Numbers
    """[i] 1 where a line with a number is active, else 0."""
    all_met: Numbers
    """[i] 1 where each such line is met, else 0."""
    rest: Numbers
    """[i] What is left of the contribution at hand."""
    there: Numbers
    """[i] 1 where it is there, on an active line; else 0."""
    fill_sum: Numbers
    """[l, i] Fill of a line, summed over its active months."""
    fill_months: Numbers
    """[l, i] Those months."""
    measures: Numbers
    """[Measure, i] The measures, while they add up."""


def aligned(values: NDArray[Kind]) -> NDArray[Kind]:
    """Return a copy that begins where a line of the cache does.

    It can be written to, and no vector of its rows lies across two lines, which would cost half the
    speed.
    """
    bytes_ = np.empty(values.nbytes + CACHE_LINE, np.uint8)
    start = -bytes_.ctypes.data % CACHE_LINE
    found = bytes_[start : start + values.nbytes].view(values.dtype).reshape(values.shape)
    found[...] = values
    return found


def lanes(structure: Structure, size: int) -> Lanes:
    """Return room for the state of so many futures, to be cleared before use."""
    nations, contributions = structure.leaves.shape[0], structure.nation.shape[0]
    pools, lines = structure.rotates.shape[0], structure.capability.shape[0]
    kinds = 1 + max(
        (
            int(each.max())
            for each in (structure.capability, structure.need_by, structure.need_of,
                         structure.stand_for, structure.stand_by)
            if each.size
        ),
        default=0,
    )  # fmt: skip

    def numbers(*shape: int) -> Numbers:
        return aligned(np.zeros((*shape, size)))

    def months(*shape: int) -> Counts:
        return aligned(np.full((*shape, size), NO_MONTH, np.int64))

    return Lanes(
        left_at=months(nations),
        pull=numbers(nations),
        pressed=numbers(nations),
        lapsed_at=months(nations),
        lapsing=numbers(nations),
        next_renewal=months(nations),
        pressure=numbers(),
        holds=numbers(),
        failed_at=months(),
        led=numbers(),
        resting=numbers(pools),
        room=numbers(pools),
        out=numbers(pools),
        lift_room=numbers(),
        why=aligned(np.zeros((contributions, size), np.int8)),
        first_arrival=np.zeros(contributions, np.int64),
        last_arrival=np.zeros(contributions, np.int64),
        used=numbers(contributions),
        peak=numbers(contributions),
        earlier_peak=numbers(contributions),
        unit_months=numbers(contributions),
        active=numbers(lines),
        placed=numbers(lines),
        working=numbers(lines),
        filled=numbers(lines),
        people=numbers(lines),
        offered=numbers(lines),
        lost=numbers(lines, len(Reason)),
        was_met=numbers(lines),
        want=numbers(kinds),
        have=numbers(kinds),
        spare=numbers(kinds),
        asked_of=numbers(kinds),
        usable_on_soil=numbers(),
        present=numbers(),
        usable=numbers(),
        on_soil=numbers(),
        asked=numbers(),
        all_met=numbers(),
        rest=numbers(),
        there=numbers(),
        fill_sum=numbers(lines),
        fill_months=numbers(lines),
        measures=numbers(len(Measure)),
    )


@part
def clear(structure: Structure, futures: Futures, state: Lanes) -> None:
    """Put some futures at the start of the deal."""
    state.left_at[:] = NO_MONTH
    state.pull[:] = 0.0
    state.pressed[:] = 0.0
    state.lapsed_at[:] = NO_MONTH
    state.lapsing[:] = 0.0
    state.holds[:] = 1.0
    state.failed_at[:] = NO_MONTH
    state.resting[:] = 0.0
    state.peak[:] = 0.0
    state.earlier_peak[:] = 0.0
    state.unit_months[:] = 0.0
    state.was_met[:] = 0.0
    state.usable_on_soil[:] = 0.0
    state.fill_sum[:] = 0.0
    state.fill_months[:] = 0.0
    state.measures[:] = 0.0
    state.measures[Measure.FIRST_MET] = structure.months
    state.measures[Measure.FIRST_BREAK] = structure.months
    state.measures[Measure.FIRST_BREAK_LINE] = NO_MONTH
    state.measures[Measure.FAILED_MONTH] = structure.months
    for one in range(structure.nation.shape[0]):
        first, last = futures.arrives[one, 0], futures.arrives[one, 0]
        for i in range(state.why.shape[1]):
            arrives = futures.arrives[one, i]
            first, last = min(first, arrives), max(last, arrives)
            state.why[one, i] = UNMET if futures.blocked[one, i] else LATE
        state.first_arrival[one], state.last_arrival[one] = first, last
    for nation in range(structure.leaves.shape[0]):
        for i in range(state.next_renewal.shape[1]):
            state.next_renewal[nation, i] = futures.gate_month[nation, i] + futures.renew_every[i]
