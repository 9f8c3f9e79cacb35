"""The month again with NumPy, futures as arrays: the peer that the compiled month is held against.

Written to be quick: what changes seldom is kept and not worked out again, and nothing is done for a
contribution that no future of the chunk has there. Its equations are written out once more, since
those of the models take one number at a time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from guarantor.models.presence import leaving_hazard, units_resting
from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS, Block, Measure, Sum
from guarantor.simulate.setup import NO_MONTH, Futures, PhaseCode, Reason, Structure, WhatIf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Row = NDArray[np.float64]

ROUNDING = 1e-9


def run_block(structure: Structure, futures: Futures, what_if: WhatIf, chunk: int) -> Block:
    """Return what happens in a block of futures, taken in chunks of a size."""
    size = futures.overlap.shape[0]
    parts = []
    for first in range(0, size, chunk):
        rows: Any = (np.ascontiguousarray(row[..., first : first + chunk]) for row in futures)
        parts.append(_Chunk(structure, Futures(*rows), what_if).run())
    by_future = ("measures", "line_fill", "unit_months", "arrivals")
    return Block(
        **{
            name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
            if name in by_future
            else sum(getattr(part, name) for part in parts)
            for name in Block._fields
        }
    )


class _Chunk:
    """Some futures while their months run; names as in `simulate.lanes`."""

    def __init__(self, structure: Structure, futures: Futures, what_if: WhatIf) -> None:
        self.s, self.f, self.what_if = structure, futures, what_if
        size, months = futures.overlap.shape[0], structure.months
        nations, contributions = structure.leaves.shape[0], structure.nation.shape[0]
        lines, pools = structure.capability.shape[0], structure.rotates.shape[0]
        self.size, self.lines, self.contributions = size, lines, contributions
        self.left_at = np.full((nations, size), NO_MONTH)
        self.lapsed_at = np.full((nations, size), NO_MONTH)
        self.failed_at = np.full(size, NO_MONTH)
        self.pull, self.pressed = np.zeros((2, nations, size))
        self.lapsing = np.zeros((nations, size))
        self.next_renewal = futures.gate_month + futures.renew_every
        self.holds = np.ones(size)
        self.resting = np.zeros((pools, size))
        self.usable_on_soil = np.zeros(size)
        self.why = np.where(futures.blocked, Reason.CONDITION, Reason.LATE).astype(np.int8)
        self.masks: list[tuple[Row | None, ...]] = [()] * contributions
        self.changed = set(range(contributions))
        self.first_arrival = np.min(futures.arrives, axis=1, initial=10**6)
        self.last_arrival = np.max(futures.arrives, axis=1, initial=0)
        self.peak, self.before, self.year = np.zeros((3, contributions, size))
        self.was_met = np.zeros((lines, size), np.bool_)
        self.fill_sum, self.fill_months = np.zeros((2, lines, size))
        self.offset = np.arange(lines)[:, np.newaxis] * FILL_BINS
        self.by_line = np.array(structure.capability)[:, np.newaxis] == np.arange(
            1 + max([0, *structure.capability, *structure.stand_by])
        )
        measures = np.zeros((len(Measure), size))
        for name in (Measure.FIRST_MET, Measure.FIRST_BREAK, Measure.FAILED_MONTH):
            measures[name] = months
        measures[Measure.FIRST_BREAK_LINE] = NO_MONTH
        years = -(-months // 12)
        self.block = Block(
            measures=measures,
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

    def run(self) -> Block:
        for month in range(self.s.months):
            self.leave(month)
            self.renew(month)
            self.fail(month)
            self.arrive(month)
            self.fill(month)
            self.work(month)
            self.record(month)
        return self.finish()

    def leave(self, month: int) -> None:
        s, f = self.s, self.f
        pressure: Row | float = 0.0
        if self.what_if.followers:
            late = (self.left_at >= 0) & (month - self.left_at <= f.follow_months)
            pressure = np.minimum(1.0, np.where(late, self.pull, 0.0).sum(axis=0))
        hazard = leaving_hazard(f.leave_rate, f.follow_rate, pressure)  # type: ignore[arg-type]
        made = (self.what_if.exit_month == month)[:, np.newaxis]
        self.pressed += hazard
        goes = self.pressed >= f.leave_threshold
        goes |= made
        goes &= self.left_at == NO_MONTH
        goes &= s.leaves[:, np.newaxis]
        leaving = np.flatnonzero(goes.any(axis=1))
        if leaving.size:
            own = np.divide(f.leave_rate, hazard, out=np.ones(self.size), where=hazard > 0.0)
            pull = np.where(made, 1.0, own) * s.weight[:, np.newaxis]
            self.pull = np.where(goes, pull, self.pull)
            self.left_at[goes] = month
            for c in range(self.contributions):
                if s.nation[c] in leaving:
                    self.end(c, Reason.LEFT, self.left_at[s.nation[c]], month, s.transfer[c])
                if s.needs_support[c] and s.supporter in leaving:
                    self.end(c, Reason.CONDITION, self.left_at[s.supporter], month, s.transfer[c])

    def renew(self, month: int) -> None:
        s, f = self.s, self.f
        due = (self.next_renewal == month) & (self.lapsed_at == NO_MONTH)
        due &= s.gated_nation[:, np.newaxis]
        if not due.any():
            return
        self.lapsing += np.where(due, f.lapse_step, 0.0)
        self.next_renewal += np.where(due, f.renew_every, 0)
        lapses = due & (self.lapsing >= f.lapse_threshold)
        self.lapsed_at[lapses] = month
        for c in range(self.contributions):
            if s.gated[c] and lapses[s.nation[c]].any():
                self.end(c, Reason.CONDITION, self.lapsed_at[s.nation[c]], month, s.transfer[c])

    def fail(self, month: int) -> None:
        if not self.s.ceasefire:
            return
        f = self.f
        ratio = np.exp(f.effect * np.minimum(8.0, self.usable_on_soil / 1000.0))
        standing = self.failed_at == NO_MONTH
        chance = self.holds * (1.0 - (1.0 - np.exp(-f.fail_rate * ratio * 1.0 / 12.0)))
        self.holds = np.where(standing, chance, self.holds)
        fails = standing & ((self.holds < f.fail_draw) | (self.what_if.breach_month == month))
        if fails.any():
            self.failed_at[fails] = month
            self.block.measures[Measure.FAILED_MONTH, fails] = month
            for c in np.flatnonzero(self.s.needs_ceasefire):
                self.end(int(c), Reason.CONDITION, self.failed_at, month, True)

    def end(self, c: int, reason: Reason, happened: Any, month: int, stays: bool) -> None:
        counts = happened == month
        if stays:
            counts &= month <= self.f.arrives[c]
        counts &= self.why[c] != Reason.CONDITION
        self.why[c][counts] = reason
        self.changed.add(c)

    def arrive(self, month: int) -> None:
        for c in np.flatnonzero((self.first_arrival <= month) & (month <= self.last_arrival)):
            why = self.why[c]
            why[(why == Reason.LATE) & (self.f.arrives[c] <= month)] = -1
            self.changed.add(int(c))
        for c in self.changed:
            why = self.why[c]
            masks = (why == each for each in (-1, Reason.CONDITION, Reason.LEFT, Reason.LATE))
            self.masks[c] = tuple(m.astype(np.float64) if m.any() else None for m in masks)
        self.changed.clear()

    def room(self) -> Row:
        f, rotates = self.f, self.s.rotates[:, np.newaxis]
        kept = np.maximum(0.0, f.usable - self.resting) / (1.0 + f.overlap / f.tour)
        return np.where(rotates, kept, f.usable)

    def fill(self, month: int) -> None:
        s, f = self.s, self.f
        self.out = np.zeros_like(self.resting)
        self.used = np.zeros((self.contributions, self.size))
        self.placed, self.people, self.offered = np.zeros((3, self.lines, self.size))
        self.active = np.zeros((self.lines, self.size), np.bool_)
        self.lost = np.zeros((self.lines, len(Reason), self.size))
        room, lift = self.room(), f.lift * (month + 1)
        for line in range(self.lines):
            if not s.starts[line] <= month < s.line_ends[line]:
                continue
            active = self.is_now(s.phase[line])
            if not active.any():
                continue
            self.active[line] = active
            lost, placed, everywhere = self.lost[line], self.placed[line], bool(active.all())
            for at in range(s.pair_start[line], s.pair_start[line + 1]):
                c, reason = s.pair[at], s.pair_reason[at]
                if month >= s.ends[c]:
                    continue
                offer = f.quantity[c] - self.used[c]
                if not everywhere:
                    offer *= active
                self.offered[line] += offer
                if reason != NO_MONTH:
                    lost[reason] += offer
                    continue
                here, unmet, left, late = self.masks[c]
                for mask, each in ((unmet, 1), (left, 2), (late, 3)):
                    if mask is not None:
                        lost[each] += offer * mask
                if here is None:
                    continue
                there = here if everywhere else here * active
                under = (f.quantity[c] - f.delivered[c]) * there
                lost[Reason.UNDER_DELIVERED] += under
                rest = np.maximum(0.0, offer - under) * there
                pool, people = s.pool[c], f.people_per_unit[c]
                lifted = s.moves[c] and s.host_soil[line]
                if pool != NO_MONTH:
                    kept = np.minimum(rest, room[pool])
                    lost[Reason.POOL_EMPTY] += rest - kept
                    rest = kept
                if lifted:
                    seats = np.divide(lift, people, out=rest.copy(), where=people > 0.0)
                    brought = np.minimum(rest, seats)
                    lost[Reason.LATE] += rest - brought
                    rest = brought
                units = np.minimum(rest, np.maximum(0.0, f.need[line] - placed))
                lost[Reason.NOT_NEEDED] += rest - units
                placed += units
                self.used[c] += units
                if s.counted[c]:
                    self.people[line] += units * people
                if pool != NO_MONTH:
                    room[pool] = np.maximum(0.0, room[pool] - units)
                    self.out[pool] += units
                if lifted:
                    lift = np.maximum(0.0, lift - units * people)

    def is_now(self, phase: int) -> NDArray[np.bool_]:
        breach = phase == PhaseCode.BREACH
        early = breach or phase == PhaseCode.BEFORE_CEASEFIRE
        if phase == PhaseCode.ALWAYS or (early and not self.s.ceasefire):
            return np.ones(self.size, np.bool_)
        return self.failed_at != NO_MONTH if breach else np.zeros(self.size, np.bool_)

    def work(self, month: int) -> None:
        s, f = self.s, self.f
        working = self.placed
        if s.commander != NO_MONTH:
            left = self.left_at[s.commander]
            changing = (left >= 0) & (month - left < f.handover)
            self.block.measures[Measure.COMMAND_MONTHS] += changing
            working = self.placed * np.where(changing, f.unled, 1.0)
        self.lost[:, Reason.COMMAND] = self.placed - working
        kinds = self.by_line.shape[1]
        led, spare, have = np.zeros((3, kinds, self.size))
        asked = np.zeros((kinds, self.size), np.bool_)
        want = np.zeros((kinds, self.size))
        for line in range(self.lines):
            kind = s.capability[line]
            led[kind] += working[line]
            spare[kind] += self.lost[line, Reason.NOT_NEEDED]
            asked[kind] |= self.active[line]
        for at in range(s.need_by.shape[0]):
            want[s.need_of[at]] += f.per_unit[at] * led[s.need_by[at]]
        self.filled = np.empty_like(working)
        for line in range(self.lines):
            kind = s.capability[line]
            degree: Row | float = 1.0
            for of in s.need_of[s.need_by == kind]:
                got = have[of]
                for at in np.flatnonzero(s.stand_for == of):
                    got = got + f.factor[at] * spare[s.stand_by[at]]
                limited = asked[of] & (want[of] > got)
                share = np.divide(got, want[of], out=np.ones(self.size), where=limited)
                degree = np.minimum(degree, share)
            self.filled[line] = working[line] * degree
            have[kind] += self.filled[line]
        self.lost[:, Reason.ENABLER] = working - self.filled
        rotating = s.rotates[:, np.newaxis]
        rested = units_resting(self.resting, self.out, f.tour, f.rest)  # type: ignore[arg-type]
        self.resting = np.where(rotating, rested, self.resting)

    def record(self, month: int) -> None:
        s, f, block = self.s, self.f, self.block
        block.sums[month, :, Sum.OFFERED] = self.offered.sum(axis=-1)
        block.sums[month, :, Sum.FILLED] = self.filled.sum(axis=-1)
        block.sums[month, :, Sum.FIRST_REASON :] = self.lost.sum(axis=-1)
        counts = self.active & s.has_number[:, np.newaxis]
        met = self.filled >= f.need * (1.0 - ROUNDING)
        some = counts & (f.need > 0.0)
        fill = np.divide(self.filled, f.need, out=np.ones_like(f.need), where=some)
        fill = np.minimum(1.0, fill)
        twentieths = 1 + np.minimum(FILL_BINS - 3, (fill * 20.0 + ROUNDING).astype(np.int64))
        bins = np.where(met, FILL_BINS - 1, np.where(fill <= ROUNDING, 0, twentieths))
        found = np.bincount((bins + self.offset)[counts], minlength=self.lines * FILL_BINS)
        block.fill[month] = found.reshape(self.lines, FILL_BINS)
        self.fill_sum += np.where(counts, fill, 0.0)
        self.fill_months += counts
        measures = block.measures
        asked = counts.any(axis=0)
        all_met = asked & ~(counts & ~met).any(axis=0)
        measures[Measure.MONTHS_ASKED] += asked
        measures[Measure.MONTHS_MET] += all_met
        first = all_met & (measures[Measure.FIRST_MET] == s.months)
        measures[Measure.FIRST_MET, first] = month
        broke = self.was_met & counts & ~met
        breaks = broke.any(axis=0) & (measures[Measure.FIRST_BREAK] == s.months)
        measures[Measure.FIRST_BREAK, breaks] = month
        measures[Measure.FIRST_BREAK_LINE, breaks] = broke.argmax(axis=0)[breaks]
        self.was_met = counts & met

        share = np.divide(
            self.filled, self.placed, out=np.zeros_like(self.placed), where=self.placed > 0.0
        )
        by_line = self.people * share
        present, usable = self.people.sum(axis=0), by_line.sum(axis=0)
        self.usable_on_soil = by_line[s.host_soil].sum(axis=0)
        measures[Measure.PRESENT_MEAN] += present
        measures[Measure.PRESENT_PEAK] = np.maximum(measures[Measure.PRESENT_PEAK], present)
        measures[Measure.USABLE_MEAN] += usable
        measures[Measure.USABLE_END] = usable
        measures[Measure.HOST_SOIL_MEAN] += self.people[s.host_soil].sum(axis=0)
        for people, kept in ((present, block.present), (usable, block.usable)):
            widths = people / s.people_bin
            whole = 1 + np.minimum(PEOPLE_BINS - 2.0, widths + ROUNDING).astype(np.int64)
            kept[month] = np.bincount(np.where(widths <= ROUNDING, 0, whole), minlength=PEOPLE_BINS)
        self.year += self.used
        self.peak = np.maximum(self.peak, self.used)
        if month % 12 == 11 or month == s.months - 1:
            block.unit_months[:, month // 12] = self.year
            block.arrivals[:, month // 12] = self.peak - self.before
            self.before = self.peak
            self.year = np.zeros_like(self.year)
        block.left[month] = (self.left_at != NO_MONTH).sum(axis=-1)
        block.failed[month] = np.count_nonzero(self.failed_at != NO_MONTH)

    def finish(self) -> Block:
        measures = self.block.measures
        known = self.fill_months > 0.0
        np.divide(self.fill_sum, self.fill_months, out=self.block.line_fill, where=known)
        total, months = self.fill_sum.sum(axis=0), self.fill_months.sum(axis=0)
        measures[Measure.MEAN_FILL] = np.divide(
            total, months, out=np.ones(self.size), where=months > 0.0
        )
        for name in (Measure.PRESENT_MEAN, Measure.USABLE_MEAN, Measure.HOST_SOIL_MEAN):
            measures[name] /= self.s.months
        measures[Measure.LEFT_END] = (self.left_at != NO_MONTH).sum(axis=0)
        return self.block
