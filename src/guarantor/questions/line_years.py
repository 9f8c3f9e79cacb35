"""Lines of an option by year of a run: how far they are filled, what works, what is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import text
from guarantor.questions.bringing import DASH
from guarantor.questions.over_time import known
from guarantor.simulate.block import FILL_BINS
from guarantor.simulate.estimates import fill_quantile
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from guarantor.answer.text import Text
    from guarantor.questions.futures import Shown
    from guarantor.simulate.setup import Numbers

FILL = "median over the futures and the months of the year; nine in ten lie between the ends"
MEAN = "mean over the futures and the months of the year"
HALF = 0.5
"""A line runs short when it is met in fewer futures than this."""


SLIGHT = 0.01
"""A loss of less than this part of what is offered is left out of tables."""


def matters(shown: Shown, place: int, lost: Numbers) -> bool:
    """Return whether a loss by month is more than slight in any month."""
    return bool(np.any(lost > SLIGHT * shown.found.offered(place)))


def line_name(shown: Shown, place: int) -> str:
    """Return an option and one of its lines, as records call it."""
    need = shown.found.table.lines[place]
    return f"{shown.book.case.options[need.option].title}: {need.line.id}"


def fill_cell(shown: Shown, place: int, year: int, months: slice) -> Text:
    """Return how far a line is filled in a year, in per cent."""
    counts = shown.found.fill[months, place].sum(axis=0)
    # bins are a twentieth wide, so that parts of a per cent say nothing
    ends = (np.round(100 * fill_quantile(counts, share)) for share in (0.05, 0.5, 0.95))
    low, median, high = (float(end) for end in ends)
    if not known(median):
        return DASH
    label = f"{line_name(shown, place)}, filled in year {year}"
    return text("{n}", n=shown.banded(label, median, low, high, "per cent", FILL))


def mean_cell(shown: Shown, place: int, year: int, what: str, by_month: Numbers) -> Text:
    """Return the mean over the months of a year of units of a line."""
    unit = shown.book.case.capabilities[shown.found.table.lines[place].line.capability].unit
    label = f"{line_name(shown, place)}, {what} in year {year}"
    return text("{n}", n=shown.number(label, float(by_month.mean()), unit, MEAN))


def works_cell(shown: Shown, place: int, year: int, months: slice) -> Text:
    """Return the units that work on a line in a year."""
    return mean_cell(shown, place, year, "works", shown.found.filled(place)[months])


def placed_cell(shown: Shown, place: int, year: int, months: slice) -> Text:
    """Return the units in place on a line in a year, whether or not they work."""
    found = shown.found
    # what is lost to a change of command or a missing enabler is in place all the same
    idle = found.lost(place, Reason.COMMAND) + found.lost(place, Reason.ENABLER)
    return mean_cell(shown, place, year, "in place", (found.filled(place) + idle)[months])


def met_share(shown: Shown, place: int, months: slice) -> float:
    """Return in what part of futures and months of a year a line is met; not a number if idle."""
    counts = shown.found.fill[months, place].sum(axis=0)
    whole = int(counts.sum())
    return float(counts[FILL_BINS - 1] / whole) if whole else float("nan")
