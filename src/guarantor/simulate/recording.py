"""What is kept of a month: sums by reason, histograms, and measures that add up over the months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS, Measure, Sum
from guarantor.simulate.compiled import part
from guarantor.simulate.setup import NO_MONTH, Reason

if TYPE_CHECKING:
    from guarantor.simulate.block import Block
    from guarantor.simulate.lanes import Lanes
    from guarantor.simulate.setup import Futures, Numbers, Structure

REASONS = len(Reason)
ROUNDING = 1e-9
"""Part of a need, or of a bin, by which sums of many parts may fall short of it or pass nothing."""


@part
def _total(row: Numbers, size: int) -> float:
    """Return the sum over the lanes, eight at a time so that additions need not wait in line."""
    found = 0.0
    whole = size - size % 8
    a, b, c, d, e, f, g, h = 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0
    for i in range(0, whole, 8):
        a += row[i]
        b += row[i + 1]
        c += row[i + 2]
        d += row[i + 3]
        e += row[i + 4]
        f += row[i + 5]
        g += row[i + 6]
        h += row[i + 7]
    for i in range(whole, size):
        found += row[i]
    return found + (((a + b) + (c + d)) + ((e + f) + (g + h)))


@part
def record_lines(
    structure: Structure, futures: Futures, state: Lanes, block: Block, month: int
) -> None:
    """Keep the sums and the histogram of fill of each line, and whether all lines are met."""
    size = futures.overlap.shape[0]
    for i in range(size):
        state.asked[i] = 0.0
        state.all_met[i] = 1.0
    for line in range(structure.capability.shape[0]):
        block.sums[month, line, Sum.OFFERED] += _total(state.offered[line], size)
        block.sums[month, line, Sum.FILLED] += _total(state.filled[line], size)
        for reason in range(REASONS):
            block.sums[month, line, Sum.FIRST_REASON + reason] += _total(
                state.lost[line, reason], size
            )
        if structure.has_number[line]:
            _measure_fill(structure, futures, state, block, month, line)
    for i in range(size):
        if state.asked[i] > 0.0:
            state.measures[Measure.MONTHS_ASKED, i] += 1.0
            if state.all_met[i] > 0.0:
                state.measures[Measure.MONTHS_MET, i] += 1.0
                if state.measures[Measure.FIRST_MET, i] == structure.months:
                    state.measures[Measure.FIRST_MET, i] = month


@part
def _measure_fill(
    structure: Structure,
    futures: Futures,
    state: Lanes,
    block: Block,
    month: int,
    line: int,
) -> None:
    for i in range(futures.overlap.shape[0]):
        active = state.active[line, i] > 0.0
        need, filled = futures.need[line, i], state.filled[line, i]
        met = filled >= need * (1.0 - ROUNDING)
        fill = 1.0 if need <= 0.0 else min(1.0, filled / need)
        if active:
            state.fill_sum[line, i] += fill
            state.fill_months[line, i] += 1.0
            state.asked[i] = 1.0
            state.all_met[i] *= 1.0 if met else 0.0
            block.fill[month, line, FILL_BINS - 1 if met else _fill_bin(fill)] += 1
            broke = (state.was_met[line, i] > 0.0) & (not met)
            if broke and state.measures[Measure.FIRST_BREAK, i] == structure.months:
                state.measures[Measure.FIRST_BREAK, i] = month
                state.measures[Measure.FIRST_BREAK_LINE, i] = line
        state.was_met[line, i] = 1.0 if active & met else 0.0


@part
def _fill_bin(fill: float) -> int:
    return 0 if fill <= ROUNDING else 1 + min(FILL_BINS - 3, int(fill * 20.0 + ROUNDING))


@part
def record_people(
    structure: Structure, futures: Futures, state: Lanes, block: Block, month: int
) -> None:
    """Count the people present and usable, everywhere and on the host's soil."""
    size = futures.overlap.shape[0]
    for i in range(size):
        state.present[i] = 0.0
        state.usable[i] = 0.0
        state.on_soil[i] = 0.0
        state.usable_on_soil[i] = 0.0
    for line in range(structure.capability.shape[0]):
        soil = 1.0 if structure.host_soil[line] else 0.0
        for i in range(size):
            people, placed = state.people[line, i], state.placed[line, i]
            usable = people * (state.filled[line, i] / placed) if placed > 0.0 else 0.0
            state.present[i] += people
            state.usable[i] += usable
            state.on_soil[i] += people * soil
            state.usable_on_soil[i] += usable * soil
    for i in range(size):
        present, usable = state.present[i], state.usable[i]
        state.measures[Measure.PRESENT_MEAN, i] += present
        peak = state.measures[Measure.PRESENT_PEAK, i]
        state.measures[Measure.PRESENT_PEAK, i] = max(peak, present)
        state.measures[Measure.USABLE_MEAN, i] += usable
        state.measures[Measure.USABLE_END, i] = usable
        state.measures[Measure.HOST_SOIL_MEAN, i] += state.on_soil[i]
    for i in range(size):
        block.present[month, _people_bin(state.present[i], structure.people_bin)] += 1
        block.usable[month, _people_bin(state.usable[i], structure.people_bin)] += 1


@part
def _people_bin(people: float, width: float) -> int:
    bins = people / width
    return 0 if bins <= ROUNDING else 1 + int(min(PEOPLE_BINS - 2.0, bins + ROUNDING))


@part
def record_presence(
    structure: Structure, futures: Futures, state: Lanes, block: Block, month: int, first: int
) -> None:
    """Keep unit-months and arrivals by year, and count who has left and what has failed."""
    size, year = futures.overlap.shape[0], month // 12
    year_ends = month % 12 == 11 or month == structure.months - 1
    for contribution in range(structure.nation.shape[0]):
        peak, placed = state.peak[contribution], state.unit_months[contribution]
        _add_up(placed, peak, state.used[contribution])
        if year_ends:
            before = state.earlier_peak[contribution]
            for i in range(size):
                block.unit_months[contribution, year, first + i] = placed[i]
                block.arrivals[contribution, year, first + i] = peak[i] - before[i]
                placed[i] = 0.0
                before[i] = peak[i]
    for nation in range(structure.leaves.shape[0]):
        gone = 0
        for i in range(size):
            gone += 1 if state.left_at[nation, i] != NO_MONTH else 0
        block.left[month, nation] += gone
    for i in range(size):
        block.failed[month] += 1 if state.failed_at[i] != NO_MONTH else 0


@part
def _add_up(placed: Numbers, peak: Numbers, used: Numbers) -> None:
    for i in range(used.shape[0]):
        placed[i] += used[i]
        peak[i] = max(peak[i], used[i])


@part
def finish(structure: Structure, futures: Futures, state: Lanes, block: Block, first: int) -> None:
    """Turn sums over months into the measures of each future."""
    months = float(structure.months)
    for i in range(futures.overlap.shape[0]):
        fill_sum, fill_months = 0.0, 0.0
        for line in range(structure.capability.shape[0]):
            if state.fill_months[line, i] > 0.0:
                fill_sum += state.fill_sum[line, i]
                fill_months += state.fill_months[line, i]
                block.line_fill[line, first + i] = (
                    state.fill_sum[line, i] / state.fill_months[line, i]
                )
        state.measures[Measure.MEAN_FILL, i] = fill_sum / fill_months if fill_months > 0.0 else 1.0
        state.measures[Measure.PRESENT_MEAN, i] /= months
        state.measures[Measure.USABLE_MEAN, i] /= months
        state.measures[Measure.HOST_SOIL_MEAN, i] /= months
        for nation in range(structure.leaves.shape[0]):
            gone = state.left_at[nation, i] != NO_MONTH
            state.measures[Measure.LEFT_END, i] += 1.0 if gone else 0.0
        for measure in range(state.measures.shape[0]):
            block.measures[measure, first + i] = state.measures[measure, i]
