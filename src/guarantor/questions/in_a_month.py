"""What stands in one month, future by future, as the difference of two runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.questions.futures import AS_IT_COMES, Terms, WhatHappens, outcomes, terms
from guarantor.simulate.consequences import capabilities

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

USUAL_MONTH = 24
"""Two years after the start: what is given has had time to arrive."""

_DECIMALS = 9


class InAMonth(NamedTuple):
    """What stands in a month of an option; units are by capability, each [N]."""

    month: int
    """Counted from 1."""
    run: Outcome
    """The run that ends with the month."""
    terms: Terms
    """How it was run."""
    units: dict[str, Numbers]


def month_of(asked: Asked) -> int:
    """Return the month looked at, counted from 1, as the reader set it or as usual."""
    return int(asked.get("month") or min(USUAL_MONTH, asked.case.about.horizon.months))


def in_a_month(
    asked: Asked, options: Sequence[str], month: int, *, fighting: bool = False
) -> dict[str, InAMonth]:
    """Return what each option has in place in a month; fighting: the ceasefire fails in it.

    A run keeps the units of each future as means over its months. What stands in the last month
    is the sum of a run up to it less that of a run up to the month before: both face the same
    draws, and nothing in a month depends on what comes after it.
    """
    what = WhatHappens(breach_month=month - 1) if fighting else AS_IT_COMES
    lengths = [month] if month == 1 else [month, month - 1]
    wanted = {
        name: [(terms(asked, name)._replace(months=length), what) for length in lengths]
        for name in options
    }
    runs = outcomes(asked.case, [one for listed in wanted.values() for one in listed])
    found = {}
    for name, listed in wanted.items():
        run = runs[listed[0]]
        placed = run.units * month
        if month > 1:
            placed = placed - runs[listed[1]].units * (month - 1)
        # what rounding leaves of two large sums is nothing
        placed = np.maximum(0.0, np.round(placed, _DECIMALS))
        units = dict(zip(capabilities(run.table), placed, strict=True))
        found[name] = InAMonth(month, run, listed[0][0], units)
    return found
