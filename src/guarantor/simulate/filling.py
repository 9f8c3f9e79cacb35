"""Steps 5 and 6 of the month: room in the pools, and the lines filled one after the other.

A row is one thing in all lanes. Each loop touches a few rows only: a compiler that must prove of
twenty rows that none overlaps another gives up on the vector units.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.models import presence
from guarantor.simulate.compiled import part
from guarantor.simulate.setup import NO_MONTH, PhaseCode, Reason

if TYPE_CHECKING:
    from guarantor.simulate.lanes import Lanes
    from guarantor.simulate.setup import Counts, Flags, Futures, Numbers, Structure

units_kept_out = part(presence.units_kept_out)

FREE = -1
"""Stands for no reason why a contribution should not be there."""


@part
def make_room(structure: Structure, futures: Futures, state: Lanes, month: int) -> None:
    """Find what pools can keep out, and clear what the month will count."""
    for pool in range(structure.rotates.shape[0]):
        room, usable = state.room[pool], futures.usable[pool]
        if structure.rotates[pool]:
            resting, tour, overlap = state.resting[pool], futures.tour[pool], futures.overlap
            for i in range(room.shape[0]):
                room[i] = units_kept_out(usable[i], resting[i], tour[i], overlap[i])
        else:
            for i in range(room.shape[0]):
                room[i] = usable[i]
    for i in range(state.lift_room.shape[0]):
        state.lift_room[i] = futures.lift[i] * (month + 1)
    state.out[:] = 0.0
    state.used[:] = 0.0
    state.placed[:] = 0.0
    state.people[:] = 0.0
    state.offered[:] = 0.0
    state.lost[:] = 0.0
    state.asked_of[:] = 0.0


@part
def fill_lines(structure: Structure, futures: Futures, state: Lanes, month: int) -> None:
    """Fill the lines in table order, each from its contributions, the firmest first.

    The rows are taken apart here, and nothing else is: to hand all of them on would cost more than
    the work on one.
    """
    why, rest = state.why, state.rest
    for line in range(structure.capability.shape[0]):
        active, placed, lost = state.active[line], state.placed[line], state.lost[line]
        _activate(structure, state, line, month)
        for at in range(structure.pair_start[line], structure.pair_start[line + 1]):
            one = structure.pair[at]
            if month >= structure.ends[one]:
                continue
            quantity, delivered, used = (
                futures.quantity[one],
                futures.delivered[one],
                state.used[one],
            )
            _offer(rest, state.offered[line], quantity, used, active)
            reason = structure.pair_reason[at]
            if reason != NO_MONTH:
                _lose(lost[reason], rest)
                continue
            nation, supporter = structure.nation[one], structure.supporter
            with_support = structure.needs_support[one] and supporter != NO_MONTH
            _explain(
                why,
                futures.blocked[one],
                futures.arrives[one],
                state.left_at[nation],
                state.lapsed_at[nation] if structure.gated[one] else state.never,
                state.left_at[supporter] if with_support else state.never,
                state.failed_at if structure.needs_ceasefire[one] else state.never,
                month,
                structure.transfer[one],
            )
            _lose_by_reason(lost, rest, why)
            _under_deliver(lost[Reason.UNDER_DELIVERED], rest, quantity, delivered, why, active)
            pool, people = structure.pool[one], futures.people_per_unit[one]
            lifted = structure.moves[one] and structure.host_soil[line]
            if pool != NO_MONTH:
                _limit(rest, state.room[pool], lost[Reason.POOL_EMPTY])
            if lifted:
                _seat(rest, state.lift_room, people, lost[Reason.LATE])
            _satisfy(rest, placed, used, futures.need[line], lost[Reason.NOT_NEEDED])
            if structure.counted[one]:
                _count(state.people[line], rest, people)
            if pool != NO_MONTH:
                _take(state.room[pool], state.out[pool], rest)
            if lifted:
                _take_seats(state.lift_room, rest, people)


@part
def _activate(structure: Structure, state: Lanes, line: int, month: int) -> None:
    """Say in which futures a line is needed this month."""
    due = (structure.starts[line] <= month) & (month < structure.line_ends[line])
    phase = structure.phase[line]
    breach = phase == PhaseCode.BREACH
    early = breach | (phase == PhaseCode.BEFORE_CEASEFIRE)
    always = due & ((phase == PhaseCode.ALWAYS) | (early & (not structure.ceasefire)))
    after = due & breach
    active, asked_of = state.active[line], state.asked_of[structure.capability[line]]
    for i in range(active.shape[0]):
        now = 1.0 if always | (after & (state.failed_at[i] != NO_MONTH)) else 0.0
        active[i] = now
        asked_of[i] = max(asked_of[i], now)


@part
def _explain(
    why: Counts,
    blocked: Flags,
    arrives: Counts,
    left: Counts,
    lapsed: Counts,
    without: Counts,
    failed: Counts,
    month: int,
    stays: bool,
) -> None:
    """Say for each lane why a contribution is not there this month, or that it is free to be.

    What was given and has arrived stays, whatever happens to its giver afterwards.
    """
    for i in range(why.shape[0]):
        here = arrives[i]
        last = here if stays else month
        unmet = (
            blocked[i]
            | ((lapsed[i] >= 0) & (lapsed[i] <= last))
            | ((without[i] >= 0) & (without[i] <= last))
            | ((failed[i] >= 0) & (failed[i] <= here))
        )
        found = Reason.LATE if month < here else FREE
        found = Reason.LEFT if (left[i] >= 0) & (left[i] <= last) else found
        why[i] = Reason.CONDITION if unmet else found


@part
def _offer(
    rest: Numbers, offered: Numbers, quantity: Numbers, used: Numbers, active: Numbers
) -> None:
    for i in range(rest.shape[0]):
        rest[i] = (quantity[i] - used[i]) * active[i]
        offered[i] += rest[i]


@part
def _lose(lost: Numbers, rest: Numbers) -> None:
    for i in range(rest.shape[0]):
        lost[i] += rest[i]


@part
def _lose_by_reason(lost: Numbers, rest: Numbers, why: Counts) -> None:
    unmet, gone, late = lost[Reason.CONDITION], lost[Reason.LEFT], lost[Reason.LATE]
    for i in range(rest.shape[0]):
        unmet[i] += rest[i] if why[i] == Reason.CONDITION else 0.0
        gone[i] += rest[i] if why[i] == Reason.LEFT else 0.0
        late[i] += rest[i] if why[i] == Reason.LATE else 0.0


@part
def _under_deliver(
    lost: Numbers,
    rest: Numbers,
    quantity: Numbers,
    delivered: Numbers,
    why: Counts,
    active: Numbers,
) -> None:
    """Leave what is delivered of a contribution that is free to be there, and nothing of others."""
    for i in range(rest.shape[0]):
        under = (quantity[i] - delivered[i]) * active[i] if why[i] == FREE else 0.0
        lost[i] += under
        rest[i] = max(0.0, rest[i] - under) if why[i] == FREE else 0.0


@part
def _limit(rest: Numbers, room: Numbers, lost: Numbers) -> None:
    for i in range(rest.shape[0]):
        kept = min(rest[i], room[i])
        lost[i] += rest[i] - kept
        rest[i] = kept


@part
def _seat(rest: Numbers, lift_room: Numbers, people: Numbers, lost: Numbers) -> None:
    for i in range(rest.shape[0]):
        seats = lift_room[i] / people[i] if people[i] > 0.0 else rest[i]
        brought = min(rest[i], seats)
        lost[i] += rest[i] - brought
        rest[i] = brought


@part
def _satisfy(rest: Numbers, placed: Numbers, used: Numbers, need: Numbers, lost: Numbers) -> None:
    for i in range(rest.shape[0]):
        wanted = min(rest[i], max(0.0, need[i] - placed[i]))
        lost[i] += rest[i] - wanted
        rest[i] = wanted
        placed[i] += wanted
        used[i] += wanted


@part
def _take(room: Numbers, out: Numbers, units: Numbers) -> None:
    for i in range(room.shape[0]):
        room[i] = max(0.0, room[i] - units[i])
        out[i] += units[i]


@part
def _count(row: Numbers, units: Numbers, people: Numbers) -> None:
    for i in range(row.shape[0]):
        row[i] += units[i] * people[i]


@part
def _take_seats(lift_room: Numbers, units: Numbers, people: Numbers) -> None:
    for i in range(lift_room.shape[0]):
        lift_room[i] = max(0.0, lift_room[i] - units[i] * people[i])
