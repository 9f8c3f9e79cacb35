"""The nearest force that holds a stated strength for a time, and the strength that a sum holds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import floor
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.burden import running_costs
from guarantor.optimise.programme import month_weights
from guarantor.optimise.solver import Ending, Search
from guarantor.optimise.statements import asked_by_period, model
from guarantor.supply.feasibility import counts_people
from guarantor.supply.offers import ON_HOST_SOIL

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TypeAlias

    from numpy.typing import NDArray

    from guarantor.case.words import Band
    from guarantor.optimise.tables import Line, Tables
    from guarantor.quantity import Prices

    Budget: TypeAlias = tuple[Prices, float]

STEP = 100
"""People by which strengths are told apart."""
NODES = 200
"""Branches searched for the largest strength."""
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


def largest(least: Tables, greatest: Tables, most: float, budget: Budget | None = None) -> float:
    """Return the largest strength at which no line lacks more than it does for the smallest one.

    least: the tables for a strength so small that a line which it leaves open is one that nobody
    can fill, and is left aside; greatest: those for the strength `most`, below which is searched;
    budget: a sum a year at its prices that is not to be passed. Told in hundreds of people.
    """
    aside = _open(least, budget)
    m = model(greatest)
    cut = m.add_variables(lower=0, upper=1, name="cut")
    last = len(greatest.periods) - 1
    for line in greatest.lines:
        if line.id in aside or not greatest.active(line, last):
            continue
        lacks = m["unfilled"].sel(line=line.id, period=last, drop=True)
        # what a smaller force does not ask is what the greatest may lack
        given_up = line.asked if line.stated else 0.0
        m.add_constraints(lacks - cut * given_up <= 0, name=f"asks-less-{line.id}")
    search = Search(m)
    _keep_within(search, greatest, budget)
    row = np.zeros(search.columns)
    row[search.places("cut")] = 1.0
    search.allow(NODES)
    found = search.least(row)
    if found.ending not in {Ending.PROVED, Ending.STOPPED}:
        return 0.0
    return float(floor(most * (1 - found.objective) / STEP + TOLERATED) * STEP)


def _open(tables: Tables, budget: Budget | None) -> frozenset[str]:
    """Return the lines that stay open in the last period."""
    search = Search(model(tables))
    _keep_within(search, tables, budget)
    row = np.zeros(search.columns)
    places = search.places("unfilled")
    asked = np.maximum(asked_by_period(tables), TOLERATED)
    row[places[:, -1]] = 1 / asked[:, -1]
    found = search.least(row)
    if found.ending is not Ending.PROVED:
        return frozenset(line.id for line in tables.lines)
    lacks = found.values[places[:, -1]] / asked[:, -1]
    return frozenset(
        line.id for line, part in zip(tables.lines, lacks, strict=True) if part > TOLERATED
    )


def _keep_within(search: Search, tables: Tables, budget: Budget | None) -> None:
    """Hold what the force costs a year at or below the budget."""
    if budget is None or not tables.sources:
        return
    prices, most = budget
    costs = running_costs(tables).get(prices)
    if costs is not None:
        row = np.zeros(search.columns)
        row[search.places("present")] = costs[:, np.newaxis] * month_weights(tables)
        search.limit(row, most)
