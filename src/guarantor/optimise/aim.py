"""The nearest force that holds a stated strength for a time, and the strength that a sum holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.burden import running_costs
from guarantor.optimise.programme import month_weights
from guarantor.optimise.solver import Ending, Search
from guarantor.optimise.statements import asked_by_period, model
from guarantor.supply.feasibility import counts_people
from guarantor.supply.offers import ON_HOST_SOIL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

    from guarantor.case.words import Band
    from guarantor.optimise.tables import Line, Tables
    from guarantor.quantity import Prices

STEP = 100
"""People by which strengths are told apart."""
TOLERATED = 1e-6
"""What lines may lack, in parts of lines, and still count as filled."""


@dataclass(frozen=True, slots=True)
class Barred:
    """Nations that bring nothing of some kinds: of a capability, or in some bands.

    name: of the nation, or of the group whose members they are.
    """

    name: str
    nations: frozenset[str]
    capability: str | None
    bands: frozenset[Band] | None

    def holds(self, provider: str, line: Line) -> bool:
        """Return whether it keeps a provider from a line."""
        return (
            provider in self.nations
            and (self.capability is None or self.capability == line.capability)
            and (self.bands is None or line.need.line.band in self.bands)
        )


def headcount(tables: Tables) -> Line | None:
    """Return the largest line counted in people on the host's soil; None when there is none."""
    lines = [
        line
        for line in tables.lines
        if line.stated
        and counts_people(tables.case, line.capability)
        and line.need.line.band in ON_HOST_SOIL
    ]
    return max(lines, key=lambda line: line.asked, default=None)


def scaled(lines: Iterable[Line], own: float, wanted: float, months: int) -> tuple[Line, ...]:
    """Return lines for a force of another size: what they ask grows with it; all from the start.

    own, wanted: the strength that the lines are for, and the one wanted. A line without a number
    keeps asking at least one.
    """
    return tuple(
        replace(
            line,
            asked=line.asked * wanted / own if line.stated else line.asked,
            ends=min(line.ends, months),
        )
        for line in lines
        if line.starts < months
    )


def without(tables: Tables, barred: Iterable[Barred]) -> Tables:
    """Return the tables without the sources that are barred."""
    listed = tuple(barred)
    return tables.without(
        not any(each.holds(source.provider, tables.lines[source.line]) for each in listed)
        for source in tables.sources
    )


def yearly(tables: Tables, present: NDArray[np.float64]) -> dict[Prices, float]:
    """Return what an assignment costs in a year, averaged over the months, by prices."""
    months = month_weights(tables)
    return {
        prices: float(costs @ present @ months) for prices, costs in running_costs(tables).items()
    }


def largest(
    tables_for: Callable[[float], Tables], most: float, budget: tuple[Prices, float] | None = None
) -> float:
    """Return the largest strength whose lines are as filled as the smallest one's, to a hundred.

    tables_for gives the tables for a strength; most is where the search ends; budget: a sum a year
    at its prices that is not to be passed.
    """
    open_ = _short(tables_for(STEP), budget)
    low, high = 0, int(most // STEP)
    while low < high:
        middle = (low + high + 1) // 2
        if _short(tables_for(middle * STEP), budget) <= open_ + TOLERATED:
            low = middle
        else:
            high = middle - 1
    return float(low * STEP)


def _short(tables: Tables, budget: tuple[Prices, float] | None) -> float:
    """Return how many lines stay open in the last period, in parts, within the budget."""
    search = Search(model(tables))
    row = np.zeros(search.columns)
    last = np.zeros(len(tables.periods))
    last[-1] = 1.0
    asked = np.maximum(asked_by_period(tables), TOLERATED)
    row[search.places("unfilled")] = last / asked
    if budget is not None and tables.sources:
        prices, most = budget
        costs = running_costs(tables).get(prices)
        if costs is not None:
            limit = np.zeros(search.columns)
            limit[search.places("present")] = costs[:, np.newaxis] * month_weights(tables)
            search.limit(limit, most)
    found = search.least(row)
    return found.objective if found.ending is Ending.PROVED else float("inf")
