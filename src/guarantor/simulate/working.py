"""Steps 7 and 8 of the month: what works of what is placed, and rest for those who come home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.models import presence
from guarantor.simulate.compiled import part
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from guarantor.simulate.lanes import Lanes
    from guarantor.simulate.setup import Futures, Numbers, Structure

units_resting = part(presence.units_resting)
working_degree = part(presence.working_degree)


@part
def work(structure: Structure, futures: Futures, state: Lanes) -> None:
    """Find what works of what is placed, given command and enablers."""
    lines, needs = structure.capability.shape[0], structure.need_by.shape[0]
    state.want[:] = 0.0
    state.have[:] = 0.0
    state.spare[:] = 0.0
    for line in range(lines):
        lost, working = state.lost[line], state.working[line]
        _under_command(working, lost[Reason.COMMAND], state.placed[line], state.led)
        _add(state.spare[structure.capability[line]], lost[Reason.NOT_NEEDED])
        for at in range(needs):
            if structure.need_by[at] == structure.capability[line]:
                _want(state.want[structure.need_of[at]], futures.per_unit[at], working)
    for line in range(lines):
        capability, filled = structure.capability[line], state.filled[line]
        filled[:] = 1.0
        for at in range(needs):
            if structure.need_by[at] == capability:
                _hold_back(structure, futures, state, line, structure.need_of[at])
        _fill(filled, state.lost[line, Reason.ENABLER], state.working[line])
        _add(state.have[capability], filled)


@part
def _under_command(working: Numbers, lost: Numbers, placed: Numbers, led: Numbers) -> None:
    for i in range(working.shape[0]):
        working[i] = placed[i] * led[i]
        lost[i] = placed[i] - working[i]


@part
def _want(want: Numbers, per_unit: Numbers, working: Numbers) -> None:
    for i in range(want.shape[0]):
        want[i] += per_unit[i] * working[i]


@part
def _hold_back(
    structure: Structure, futures: Futures, state: Lanes, line: int, wanted: int
) -> None:
    """Lower the degree to which a line works to that of one of its enablers."""
    have, degree = state.rest, state.filled[line]
    have[:] = 0.0
    _add(have, state.have[wanted])
    for stand_in in range(structure.stand_for.shape[0]):
        if structure.stand_for[stand_in] == wanted:
            spare = state.spare[structure.stand_by[stand_in]]
            _want(have, futures.factor[stand_in], spare)
    want, asked_of = state.want[wanted], state.asked_of[wanted]
    for i in range(degree.shape[0]):
        limit = working_degree(have[i], want[i]) if asked_of[i] > 0.0 else 1.0
        degree[i] = min(degree[i], limit)


@part
def _fill(filled: Numbers, lost: Numbers, working: Numbers) -> None:
    for i in range(filled.shape[0]):
        filled[i] *= working[i]
        lost[i] = working[i] - filled[i]


@part
def _add(row: Numbers, more: Numbers) -> None:
    for i in range(row.shape[0]):
        row[i] += more[i]


@part
def rest(structure: Structure, futures: Futures, state: Lanes) -> None:
    """Let those who come home rest, and those who have rested be ready."""
    for pool in range(structure.rotates.shape[0]):
        if structure.rotates[pool]:
            resting, out = state.resting[pool], state.out[pool]
            tour, months = futures.tour[pool], futures.rest[pool]
            for i in range(resting.shape[0]):
                resting[i] = units_resting(resting[i], out[i], tour[i], months[i])
