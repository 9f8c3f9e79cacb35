"""What one block of futures gives: measures by future, histograms and sums by month."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from guarantor.simulate.setup import Counts, Numbers

FILL_BINS = 22
"""Bins of fill: 0 for nothing, 21 for met, else 1 + the whole twentieths of it, at most 20."""

PEOPLE_BINS = 65
"""Bins of people: 0 for nobody, else 1 + the whole widths in their number, at most 64."""


class Measure(IntEnum):
    """One number for each future."""

    MONTHS_MET = 0
    """Months in which every active line with a number is met."""
    MONTHS_ASKED = 1
    """Months in which a line with a number is active."""
    FIRST_MET = 2
    """First month in which every active line with a number is met; the horizon when none."""
    FIRST_BREAK = 3
    """First month in which a line that was met the month before and is still active is not; the
    horizon when none."""
    FIRST_BREAK_LINE = 4
    """The first such line in table order; -1 when none."""
    MEAN_FILL = 5
    """Mean fill over the months of active lines with a number; 1 when there are none."""
    PRESENT_MEAN = 6
    """People present, mean over the months."""
    PRESENT_PEAK = 7
    """People present, most in a month."""
    USABLE_MEAN = 8
    """Usable people, mean over the months."""
    USABLE_END = 9
    """Usable people in the last month."""
    HOST_SOIL_MEAN = 10
    """People present on the host's soil, mean over the months."""
    FAILED_MONTH = 11
    """Month in which the ceasefire fails; the horizon when it does not."""
    LEFT_END = 12
    """Nations that have left by the end."""
    COMMAND_MONTHS = 13
    """Months in which command changes hands."""


class Sum(IntEnum):
    """What is summed over futures by month and line; the reasons for losses follow."""

    OFFERED = 0
    FILLED = 1
    FIRST_REASON = 2
    """Where the sums of the reasons begin, in the order of `Reason`."""


class Block(NamedTuple):
    """The outcome of one block; m months, y years begun, F futures, the rest as in `Structure`."""

    measures: Numbers
    """[Measure, F]"""
    line_fill: Numbers
    """[l, F] Mean fill of a line over its active months; -1 without a number or such a month."""
    unit_months: Numbers
    """[c, y, F] What is placed, summed over the months of each year."""
    arrivals: Numbers
    """[c, y, F] What is placed beyond the most that was placed before, by year."""
    sums: Numbers
    """[m, l, 11] Sums over futures, as `Sum` says."""
    fill: Counts
    """[m, l, FILL_BINS] Futures by fill of an active line with a number."""
    present: Counts
    """[m, PEOPLE_BINS] Futures by people present."""
    usable: Counts
    """[m, PEOPLE_BINS] Futures by usable people."""
    left: Counts
    """[m, n] Futures in which a nation has left by the month."""
    failed: Counts
    """[m] Futures in which the ceasefire has failed by the month."""
