"""The month again, one future at a time, on lists and dictionaries.

Written from docs/the-month.md and from the inputs and outputs in setup.py and block.py, not from
the compiled month; the two share nothing but the equations of `guarantor.models`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from math import inf
from types import SimpleNamespace

import numpy as np

from guarantor.models.durability import failure_probability, negbin_rate_ratio
from guarantor.models.presence import (
    leaver_pull,
    leaving_hazard,
    units_kept_out,
    units_resting,
    working_degree,
)
from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS, Block, Measure, Sum
from guarantor.simulate.setup import NO_MONTH, Futures, PhaseCode, Reason, Structure, WhatIf

ROUNDING = 1e-9


@dataclass
class LineMonth:
    """What one line has in one month; None for fill where it is not active or has no number."""

    active: bool
    offers: dict[int, float] = field(default_factory=dict)  # by contribution
    places: dict[int, float] = field(default_factory=dict)  # by contribution
    lost: dict[Reason, float] = field(default_factory=lambda: dict.fromkeys(Reason, 0.0))
    led: float = 0.0
    filled: float = 0.0
    present: float = 0.0
    usable: float = 0.0
    fill: float | None = None
    met: bool | None = None
    fill_bin: int | None = None

    @property
    def placed(self) -> float:
        return sum(self.places.values())


@dataclass
class Outcome:
    """What a Block holds, for one future; also the room of each pool by month."""

    measures: dict[Measure, float]
    line_fill: list[float]
    unit_months: list[list[float]]
    arrivals: list[list[float]]
    lines: list[list[LineMonth]]
    present_bin: list[int]
    usable_bin: list[int]
    left: list[list[bool]]
    failed: list[bool]
    room: list[list[float]]


class World:
    """One future while it is played: what is fixed, and what has happened so far."""

    def __init__(self, structure: Structure, futures: Futures, what_if: WhatIf, f: int) -> None:
        fixed = {name: np.asarray(each).tolist() for name, each in structure._asdict().items()}
        drawn = {name: each[..., f].tolist() for name, each in futures._asdict().items()}
        self.s, self.f, self.what_if = SimpleNamespace(**fixed), SimpleNamespace(**drawn), what_if
        self.nations = range(len(structure.leaves))
        self.pressed = [0.0] * len(structure.leaves)
        self.renewed = [0.0] * len(structure.leaves)
        self.resting = [0.0] * len(structure.rotates)
        self.left_in: dict[int, int] = {}
        self.pull: dict[int, float] = {}
        self.lapsed_in: dict[int, int] = {}
        self.failed_in: int | None = None
        self.holds = 1.0
        self.soil_usable = 0.0

    def nations_leave(self, m: int) -> None:
        before = dict(self.left_in)
        lately = [n for n in self.nations if n in before and m - before[n] <= self.f.follow_months]
        pressure = min(1.0, sum(self.pull[n] for n in lately)) if self.what_if.followers else 0.0
        for n in self.nations:
            if n in before or not self.s.leaves[n]:
                continue
            hazard = leaving_hazard(self.f.leave_rate, self.f.follow_rate, pressure)
            self.pressed[n] += hazard
            weight, made_to = self.s.weight[n], self.what_if.exit_month[n] == m
            if made_to or self.pressed[n] >= self.f.leave_threshold[n]:
                self.left_in[n] = m
                self.pull[n] = weight if made_to else leaver_pull(weight, self.f.leave_rate, hazard)

    def mandates_lapse(self, m: int) -> None:
        for n in self.nations:
            since = m - self.f.gate_month[n]
            renews = self.s.gated_nation[n] and since > 0 and since % self.f.renew_every == 0
            if renews and n not in self.lapsed_in:
                self.renewed[n] += self.f.lapse_step[n]
                if self.renewed[n] >= self.f.lapse_threshold[n]:
                    self.lapsed_in[n] = m

    def ceasefire_fails(self, m: int) -> None:
        if self.s.ceasefire and self.failed_in is None:
            ratio = negbin_rate_ratio(self.f.effect, min(8.0, self.soil_usable / 1000.0))
            self.holds *= 1.0 - failure_probability(self.f.fail_rate, ratio, 1.0)
            if self.holds < self.f.fail_draw or self.what_if.breach_month == m:
                self.failed_in = m

    def command_changes(self, m: int) -> bool:
        left = self.left_in.get(self.s.commander)
        return left is not None and left <= m < left + self.f.handover

    def room_of(self, p: int) -> float:
        if not self.s.rotates[p]:
            return self.f.usable[p]
        return units_kept_out(self.f.usable[p], self.resting[p], self.f.tour[p], self.f.overlap)

    def is_active(self, line: int, m: int) -> bool:
        none = not self.s.ceasefire
        failed = none or self.failed_in is not None
        now = {PhaseCode.ALWAYS: True, PhaseCode.BREACH: failed, PhaseCode.BEFORE_CEASEFIRE: none}
        in_phase = now.get(self.s.phase[line], False)
        return in_phase and self.s.starts[line] <= m < self.s.line_ends[line]

    def why_lost_whole(self, pair: int, c: int, m: int) -> Reason | None:
        s, arrives, nation = self.s, self.f.arrives[c], self.s.nation[c]

        def counts(happened: int | None) -> bool:
            # What was given for good and has arrived is not taken back.
            return happened is not None and (not s.transfer[c] or happened <= arrives)

        if s.pair_reason[pair] == Reason.CAVEAT:
            return Reason.CAVEAT
        if (
            s.pair_reason[pair] == Reason.CONDITION
            or self.f.blocked[c]
            or (s.needs_support[c] and counts(self.left_in.get(s.supporter)))
            or (s.gated[c] and counts(self.lapsed_in.get(nation)))
            or (s.needs_ceasefire[c] and self.failed_in is not None and self.failed_in <= arrives)
        ):
            return Reason.CONDITION
        if counts(self.left_in.get(nation)):
            return Reason.LEFT
        return Reason.LATE if m < arrives else None

    def fill(self, m: int, room: list[float]) -> list[LineMonth]:
        s, room, lift = self.s, list(room), self.f.lift * (m + 1)
        used: dict[int, float] = defaultdict(float)
        table = [LineMonth(self.is_active(line, m)) for line in range(len(s.capability))]
        for line, now in enumerate(table):
            if not now.active:
                continue
            missing = self.f.need[line]
            for pair in range(s.pair_start[line], s.pair_start[line + 1]):
                c = s.pair[pair]
                if m >= s.ends[c]:
                    continue
                now.offers[c], now.places[c] = self.f.quantity[c] - used[c], 0.0
                whole = self.why_lost_whole(pair, c, m)
                if whole is not None:
                    now.lost[whole] += now.offers[c]
                    continue
                now.lost[Reason.UNDER_DELIVERED] += self.f.quantity[c] - self.f.delivered[c]
                rest, people = max(0.0, self.f.delivered[c] - used[c]), self.f.people_per_unit[c]
                pool, lifted = s.pool[c], s.moves[c] and s.host_soil[line] and people > 0.0
                for reason, most in (
                    (Reason.POOL_EMPTY, inf if pool == NO_MONTH else room[pool]),
                    (Reason.LATE, max(0.0, lift) / people if lifted else inf),
                    (Reason.NOT_NEEDED, missing),
                ):
                    now.lost[reason] += max(0.0, rest - most)
                    rest = min(rest, most)
                if pool != NO_MONTH:
                    room[pool] -= rest
                lift -= rest * people if lifted else 0.0
                missing -= rest
                used[c] += rest
                now.places[c] = rest
                now.present += rest * people if s.counted[c] else 0.0
        return table

    def work(self, m: int, table: list[LineMonth]) -> None:
        s = self.s
        lines_of: dict[int, list[LineMonth]] = defaultdict(list)
        for capability, now in zip(s.capability, table, strict=True):
            lines_of[capability].append(now)
            now.led = now.placed * self.f.unled if self.command_changes(m) else now.placed
            now.lost[Reason.COMMAND] = now.placed - now.led
        stand_ins = list(zip(s.stand_for, s.stand_by, self.f.factor, strict=True))
        needs = list(zip(s.need_by, s.need_of, self.f.per_unit, strict=True))
        want: dict[int, float] = defaultdict(float)
        for by, of, per_unit in needs:
            for now in lines_of[by]:
                want[of] += per_unit * now.led
        for line, now in enumerate(table):
            degree = 1.0
            for by, of, _ in needs:
                if by != s.capability[line] or not any(each.active for each in lines_of[of]):
                    continue
                have = sum(each.filled for each in lines_of[of])
                for missing, other, factor in stand_ins:
                    if missing == of:
                        spare = sum(each.lost[Reason.NOT_NEEDED] for each in lines_of[other])
                        have += factor * spare
                degree = min(degree, working_degree(have, want[of]))
            now.filled = now.led * degree
            now.lost[Reason.ENABLER] = now.led - now.filled
            now.usable = now.present * (now.filled / now.placed) if now.placed > 0.0 else 0.0
            if now.active and s.has_number[line]:
                need = self.f.need[line]
                now.fill = 1.0 if need == 0.0 else min(1.0, now.filled / need)
                now.met = now.filled >= need * (1.0 - ROUNDING)
                twentieths = (
                    0 if now.fill <= ROUNDING else min(20, 1 + int(now.fill * 20.0 + ROUNDING))
                )
                now.fill_bin = FILL_BINS - 1 if now.met else twentieths
        self.soil_usable = sum(each.usable for each in on_soil(s, table))

    def units_come_home(self, table: list[LineMonth]) -> None:
        out = [0.0 for _ in self.resting]
        for c, placed in [each for now in table for each in now.places.items()]:
            if self.s.pool[c] != NO_MONTH:
                out[self.s.pool[c]] += placed
        for p, resting in enumerate(self.resting):
            if self.s.rotates[p]:
                self.resting[p] = units_resting(resting, out[p], self.f.tour[p], self.f.rest[p])


def on_soil(structure: Structure, table: list[LineMonth]) -> list[LineMonth]:
    return [now for now, soil in zip(table, structure.host_soil, strict=True) if soil]


def mean(numbers: list[float], otherwise: float = 0.0) -> float:
    return sum(numbers) / len(numbers) if numbers else otherwise


def people_bin(people: float, width: float) -> int:
    bins = people / width
    return 0 if bins <= ROUNDING else min(PEOPLE_BINS - 1, 1 + int(bins + ROUNDING))


def by_year(numbers: list[float]) -> list[float]:
    return [sum(numbers[first : first + 12]) for first in range(0, len(numbers), 12)]


def run_future(structure: Structure, futures: Futures, what_if: WhatIf, f: int) -> Outcome:
    world = World(structure, futures, what_if, f)
    horizon, months = structure.months, range(structure.months)
    lines, rooms = [], []
    for m in months:
        world.nations_leave(m)
        world.mandates_lapse(m)
        world.ceasefire_fails(m)
        rooms.append([world.room_of(p) for p in range(len(structure.rotates))])
        lines.append(world.fill(m, rooms[m]))
        world.work(m, lines[m])
        world.units_come_home(lines[m])
    left = [[world.left_in.get(n, horizon) <= m for n in world.nations] for m in months]
    failed_in = horizon if world.failed_in is None else world.failed_in
    failed = [failed_in <= m for m in months]

    unit_months, arrivals = [], []
    for c in range(len(structure.nation)):
        placed = [sum(now.places.get(c, 0.0) for now in row) for row in lines]
        most = list(accumulate(placed, max, initial=0.0))
        unit_months.append(by_year(placed))
        arrivals.append(by_year([now - before for before, now in pairwise(most)]))

    asked = [[now for now in lines[m] if now.fill is not None] for m in months]
    all_met = [m for m in months if asked[m] and all(now.met for now in asked[m])]
    breaks = [
        (m, line)
        for m in months[1:]
        for line, now in enumerate(lines[m])
        if now.met is False and lines[m - 1][line].met
    ]
    first_break, first_line = breaks[0] if breaks else (horizon, NO_MONTH)
    present = [sum(now.present for now in lines[m]) for m in months]
    usable = [sum(now.usable for now in lines[m]) for m in months]
    soil = [sum(now.present for now in on_soil(structure, lines[m])) for m in months]
    measures = {
        Measure.MONTHS_MET: len(all_met),
        Measure.MONTHS_ASKED: sum(1 for each in asked if each),
        Measure.FIRST_MET: all_met[0] if all_met else horizon,
        Measure.FIRST_BREAK: first_break,
        Measure.FIRST_BREAK_LINE: first_line,
        Measure.MEAN_FILL: mean([now.fill for row in asked for now in row], 1.0),
        Measure.PRESENT_MEAN: mean(present),
        Measure.PRESENT_PEAK: max(present),
        Measure.USABLE_MEAN: mean(usable),
        Measure.USABLE_END: usable[-1],
        Measure.HOST_SOIL_MEAN: mean(soil),
        Measure.FAILED_MONTH: failed_in,
        Measure.LEFT_END: len(world.left_in),
        Measure.COMMAND_MONTHS: sum(world.command_changes(m) for m in months),
    }
    line_fill = [
        mean([now.fill for now in column if now.fill is not None], -1.0)
        for column in zip(*lines, strict=True)
    ]
    width = structure.people_bin
    bins = [[people_bin(each, width) for each in people] for people in (present, usable)]
    return Outcome(measures, line_fill, unit_months, arrivals, lines, *bins, left, failed, rooms)


def run_block(structure: Structure, futures: Futures, what_if: WhatIf) -> Block:
    """Play each future in order and add them up."""
    count = futures.quantity.shape[-1]
    outcomes = [run_future(structure, futures, what_if, f) for f in range(count)]
    months, lines = structure.months, len(structure.capability)
    sums = np.zeros((months, lines, Sum.FIRST_REASON + len(Reason)))
    fill = np.zeros((months, lines, FILL_BINS), np.int64)
    present, usable = np.zeros((2, months, PEOPLE_BINS), np.int64)
    for one in outcomes:
        for m in range(months):
            present[m, one.present_bin[m]] += 1
            usable[m, one.usable_bin[m]] += 1
            for line, now in enumerate(one.lines[m]):
                sums[m, line] += [sum(now.offers.values()), now.filled, *now.lost.values()]
                if now.fill_bin is not None:
                    fill[m, line, now.fill_bin] += 1
    return Block(
        measures=np.array([[one.measures[each] for one in outcomes] for each in Measure], float),
        **{
            each: np.moveaxis(np.array([getattr(one, each) for one in outcomes]), 0, -1)
            for each in ("line_fill", "unit_months", "arrivals")
        },
        sums=sums,
        fill=fill,
        present=present,
        usable=usable,
        left=np.array([one.left for one in outcomes]).sum(axis=0),
        failed=np.array([one.failed for one in outcomes]).sum(axis=0),
    )
