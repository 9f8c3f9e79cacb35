"""Steps 5 and 6 of the month: room in the pools, and the lines filled one after the other.

A row is one thing in all lanes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.models import presence
from guarantor.simulate.compiled import part
from guarantor.simulate.lanes import HERE, LATE, LEFT, UNMET
from guarantor.simulate.setup import NO_MONTH, PhaseCode, Reason

if TYPE_CHECKING:
    from guarantor.simulate.lanes import Codes, Lanes
    from guarantor.simulate.setup import Futures, Numbers, Structure

units_kept_out = part(presence.units_kept_out)


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
    for line in range(structure.capability.shape[0]):
        active, lost = state.active[line], state.lost[line]
        _activate(structure, state, line, month)
        for at in range(structure.pair_start[line], structure.pair_start[line + 1]):
            one = structure.pair[at]
            if month >= structure.ends[one]:
                continue
            quantity, used = futures.quantity[one], state.used[one]
            reason = structure.pair_reason[at]
            if reason != NO_MONTH:
                _refuse(state.offered[line], lost[reason], quantity, used, active)
                continue
            rest, there = state.rest, state.there
            _offer(rest, state.offered[line], quantity, used, active)
            _lose_absent(
                there,
                lost[Reason.CONDITION],
                lost[Reason.LEFT],
                lost[Reason.LATE],
                rest,
                active,
                state.why[one],
            )
            delivered = futures.delivered[one]
            _under_deliver(lost[Reason.UNDER_DELIVERED], rest, quantity, delivered, there)
            pool, people = structure.pool[one], futures.people_per_unit[one]
            lifted = structure.moves[one] and structure.host_soil[line]
            if pool != NO_MONTH:
                _limit(rest, state.room[pool], lost[Reason.POOL_EMPTY])
            if lifted:
                _seat(rest, state.lift_room, people, lost[Reason.LATE])
            _satisfy(rest, state.placed[line], futures.need[line], lost[Reason.NOT_NEEDED])
            _add(used, rest)
            if structure.counted[one]:
                _count(state.people[line], rest, people)
            if pool != NO_MONTH:
                _take(state.room[pool], rest)
                _add(state.out[pool], rest)
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
def _refuse(
    offered: Numbers, lost: Numbers, quantity: Numbers, used: Numbers, active: Numbers
) -> None:
    """Lose whole what a caveat or the deal keeps from a line."""
    for i in range(offered.shape[0]):
        offer = (quantity[i] - used[i]) * active[i]
        offered[i] += offer
        lost[i] += offer


@part
def _offer(
    rest: Numbers, offered: Numbers, quantity: Numbers, used: Numbers, active: Numbers
) -> None:
    for i in range(rest.shape[0]):
        rest[i] = (quantity[i] - used[i]) * active[i]
        offered[i] += rest[i]


@part
def _lose_absent(
    there: Numbers,
    unmet: Numbers,
    left: Numbers,
    late: Numbers,
    rest: Numbers,
    active: Numbers,
    why: Codes,
) -> None:
    """Lose whole what is not there this month."""
    for i in range(rest.shape[0]):
        unmet[i] += rest[i] if why[i] == UNMET else 0.0
        left[i] += rest[i] if why[i] == LEFT else 0.0
        late[i] += rest[i] if why[i] == LATE else 0.0
        there[i] = active[i] if why[i] == HERE else 0.0


@part
def _under_deliver(
    lost: Numbers, rest: Numbers, quantity: Numbers, delivered: Numbers, there: Numbers
) -> None:
    """Leave what is delivered of a contribution that is there, and nothing of others."""
    for i in range(rest.shape[0]):
        under = (quantity[i] - delivered[i]) * there[i]
        lost[i] += under
        rest[i] = max(0.0, rest[i] - under) * there[i]


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
def _satisfy(rest: Numbers, placed: Numbers, need: Numbers, lost: Numbers) -> None:
    for i in range(rest.shape[0]):
        wanted = min(rest[i], max(0.0, need[i] - placed[i]))
        lost[i] += rest[i] - wanted
        rest[i] = wanted
        placed[i] += wanted


@part
def _add(row: Numbers, units: Numbers) -> None:
    for i in range(row.shape[0]):
        row[i] += units[i]


@part
def _take(room: Numbers, units: Numbers) -> None:
    for i in range(room.shape[0]):
        room[i] = max(0.0, room[i] - units[i])


@part
def _count(row: Numbers, units: Numbers, people: Numbers) -> None:
    for i in range(row.shape[0]):
        row[i] += units[i] * people[i]


@part
def _take_seats(lift_room: Numbers, units: Numbers, people: Numbers) -> None:
    for i in range(lift_room.shape[0]):
        lift_room[i] = max(0.0, lift_room[i] - units[i] * people[i])
