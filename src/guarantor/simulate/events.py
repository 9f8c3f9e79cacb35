"""Steps 1 to 4 of the month: who leaves, whose mandate lapses, the ceasefire, the command.

What happens changes why contributions are not there, and what does not happen leaves it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.models import durability, presence
from guarantor.simulate.block import Measure
from guarantor.simulate.compiled import part
from guarantor.simulate.lanes import HERE, LATE, LEFT, UNMET
from guarantor.simulate.setup import NO_MONTH

if TYPE_CHECKING:
    from guarantor.simulate.lanes import Codes, Lanes
    from guarantor.simulate.setup import Counts, Futures, Structure, WhatIf

leaver_pull = part(presence.leaver_pull)
leaving_hazard = part(presence.leaving_hazard)
failure_probability = part(durability.failure_probability)
negbin_rate_ratio = part(durability.negbin_rate_ratio)

END_OF_EVIDENCE = 8.0
"""Thousand people up to which the effect of a force on violence was published."""


@part
def leave(
    structure: Structure, futures: Futures, what_if: WhatIf, state: Lanes, month: int
) -> None:
    """Let nations leave, on what was known at the end of last month."""
    size = futures.overlap.shape[0]
    nations = structure.leaves.shape[0]
    for i in range(size):
        state.pressure[i] = 0.0
    if what_if.followers:
        for nation in range(nations):
            for i in range(size):
                left = state.left_at[nation, i]
                late = (left >= 0) & (month - left <= futures.follow_months[i])
                state.pressure[i] += state.pull[nation, i] if late else 0.0
    for i in range(size):
        state.pressure[i] = min(1.0, state.pressure[i])
    for nation in range(nations):
        if not structure.leaves[nation]:
            continue
        made_to = what_if.exit_month[nation] == month
        weight = structure.weight[nation]
        any_goes = False
        for i in range(size):
            rate = futures.leave_rate[i]
            hazard = leaving_hazard(rate, futures.follow_rate[i], state.pressure[i])
            state.pressed[nation, i] += hazard
            goes = made_to | (state.pressed[nation, i] >= futures.leave_threshold[nation, i])
            goes &= state.left_at[nation, i] == NO_MONTH
            pull = weight if made_to else leaver_pull(weight, rate, hazard)
            state.pull[nation, i] = pull if goes else state.pull[nation, i]
            state.left_at[nation, i] = month if goes else state.left_at[nation, i]
            any_goes |= goes
        if any_goes:
            _withdraw(structure, futures, state, nation, month)


@part
def _withdraw(
    structure: Structure, futures: Futures, state: Lanes, nation: int, month: int
) -> None:
    """Take away what a nation contributes, and what depends on its support."""
    for one in range(structure.nation.shape[0]):
        arrives, stays = futures.arrives[one], structure.transfer[one]
        if structure.nation[one] == nation:
            _end(state.why[one], LEFT, state.left_at[nation], arrives, month, stays)
        if structure.needs_support[one] and structure.supporter == nation:
            _end(state.why[one], UNMET, state.left_at[nation], arrives, month, stays)


@part
def _end(
    why: Codes, reason: int, happened: Counts, arrives: Counts, month: int, stays: bool
) -> None:
    """Let what happened this month end a contribution, unless it had arrived before and stays.

    An unmet condition is the first of the reasons, whatever happens besides.
    """
    for i in range(why.shape[0]):
        counts = (happened[i] == month) & ((not stays) | (month <= arrives[i]))
        why[i] = reason if counts & (why[i] != UNMET) else why[i]


@part
def arrive(structure: Structure, futures: Futures, state: Lanes, month: int) -> None:
    """Let what was only late be there from the month of its arrival."""
    for one in range(structure.nation.shape[0]):
        if state.first_arrival[one] <= month <= max(0, state.last_arrival[one]):
            why, arrives = state.why[one], futures.arrives[one]
            for i in range(why.shape[0]):
                comes = (why[i] == LATE) & (arrives[i] <= month)
                why[i] = HERE if comes else why[i]


@part
def renew(structure: Structure, futures: Futures, state: Lanes, month: int) -> None:
    """Put mandates to the vote that are due for renewal."""
    for nation in range(structure.leaves.shape[0]):
        if not structure.gated_nation[nation]:
            continue
        any_lapses = False
        for i in range(futures.overlap.shape[0]):
            due = (state.next_renewal[nation, i] == month) & (
                state.lapsed_at[nation, i] == NO_MONTH
            )
            step = futures.lapse_step[nation, i] if due else 0.0
            total = state.lapsing[nation, i] + step
            state.lapsing[nation, i] = total
            state.next_renewal[nation, i] += futures.renew_every[i] if due else 0
            lapses = due & (total >= futures.lapse_threshold[nation, i])
            state.lapsed_at[nation, i] = month if lapses else state.lapsed_at[nation, i]
            any_lapses |= lapses
        if any_lapses:
            lapsed_at = state.lapsed_at[nation]
            for one in range(structure.nation.shape[0]):
                if structure.gated[one] and structure.nation[one] == nation:
                    arrives, stays = futures.arrives[one], structure.transfer[one]
                    _end(state.why[one], UNMET, lapsed_at, arrives, month, stays)


@part
def fail(structure: Structure, futures: Futures, what_if: WhatIf, state: Lanes, month: int) -> None:
    """Let the ceasefire fail where its chance to hold has fallen below the draw."""
    if not structure.ceasefire:
        return
    broken = what_if.breach_month == month
    any_fails = False
    for i in range(futures.overlap.shape[0]):
        if state.failed_at[i] != NO_MONTH:
            continue
        thousand = min(END_OF_EVIDENCE, state.usable_on_soil[i] / 1000.0)
        ratio = negbin_rate_ratio(futures.effect[i], thousand)
        state.holds[i] *= 1.0 - failure_probability(futures.fail_rate[i], ratio, 1.0)
        if broken or state.holds[i] < futures.fail_draw[i]:
            state.failed_at[i] = month
            state.measures[Measure.FAILED_MONTH, i] = month
            any_fails = True
    if any_fails:
        for one in range(structure.nation.shape[0]):
            if structure.needs_ceasefire[one]:
                # whatever had arrived before stays
                why, arrives = state.why[one], futures.arrives[one]
                _end(why, UNMET, state.failed_at, arrives, month, True)


@part
def command(structure: Structure, futures: Futures, state: Lanes, month: int) -> None:
    """Say what a unit counts for while command changes hands, or when it does not."""
    commander = structure.commander
    for i in range(futures.overlap.shape[0]):
        state.led[i] = 1.0
        if commander != NO_MONTH:
            left = state.left_at[commander, i]
            changing = (left >= 0) & (month - left < futures.handover[i])
            state.led[i] = futures.unled[i] if changing else 1.0
            state.measures[Measure.COMMAND_MONTHS, i] += 1.0 if changing else 0.0
