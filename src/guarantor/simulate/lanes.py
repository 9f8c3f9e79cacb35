"""The state of some futures while their months run; each array has the futures, or lanes, last."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.simulate.block import Measure
from guarantor.simulate.compiled import part
from guarantor.simulate.setup import NO_MONTH, Reason

if TYPE_CHECKING:
    from guarantor.simulate.setup import Counts, Futures, Numbers, Structure

LANES = 128
"""Futures that run side by side: enough for the vector units, few enough for the near caches."""


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
    used: Numbers
    """[c, i] What has been placed of a contribution this month."""
    peak: Numbers
    """[c, i] The most that was ever placed of it."""

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
    why: Counts
    """[i] Why the contribution at hand is not there, as a `Reason`."""
    never: Counts
    """[i] NO_MONTH, for what cannot happen to the contribution at hand."""
    rest: Numbers
    """[i] What is left of it."""
    fill_sum: Numbers
    """[l, i] Fill of a line, summed over its active months."""
    fill_months: Numbers
    """[l, i] Those months."""
    measures: Numbers
    """[Measure, i] The measures, while they add up."""


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
        return np.zeros((*shape, size))

    def months(*shape: int) -> Counts:
        return np.full((*shape, size), NO_MONTH, np.int64)

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
        used=numbers(contributions),
        peak=numbers(contributions),
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
        why=months(),
        never=months(),
        rest=numbers(),
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
    state.was_met[:] = 0.0
    state.usable_on_soil[:] = 0.0
    state.fill_sum[:] = 0.0
    state.fill_months[:] = 0.0
    state.measures[:] = 0.0
    state.measures[Measure.FIRST_MET] = structure.months
    state.measures[Measure.FIRST_BREAK] = structure.months
    state.measures[Measure.FIRST_BREAK_LINE] = NO_MONTH
    state.measures[Measure.FAILED_MONTH] = structure.months
    for nation in range(structure.leaves.shape[0]):
        for i in range(state.next_renewal.shape[1]):
            state.next_renewal[nation, i] = futures.gate_month[nation, i] + futures.renew_every[i]
