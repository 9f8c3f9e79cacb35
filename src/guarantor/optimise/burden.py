"""What one unit weighs on whoever sends it: in people present, and in money at each price base."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.tables import value
from guarantor.quantity import Money
from guarantor.supply.feasibility import counts_people
from guarantor.supply.money import STAYING
from guarantor.supply.shares import people_in
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from guarantor.optimise.programme import Step
    from guarantor.optimise.tables import Source, Tables
    from guarantor.quantity import Prices

MILLION = 1_000_000


class Counted(StrEnum):
    """How people are counted: in the units that they serve in, or by heads."""

    UNITS = "people in units"
    HEADS = "people by headcount"


def burdens(tables: Tables) -> dict[Counted, NDArray[np.float64]]:
    """Return the people of one unit of each source, with the support behind it, at best.

    Each row is (sources,). Headcounts and the units that hold the same people are kept apart, since
    they do not add. What is given for good and shared support bring nobody, nor do units whose
    people nobody has counted.
    """
    found = {}
    for counted in Counted:
        row = [
            _people(tables, s) if counted_as(tables, s) is counted else 0 for s in tables.sources
        ]
        if any(row):
            found[counted] = np.array(row, dtype=float)
    return found


def counted_as(tables: Tables, source: Source) -> Counted:
    """Return how the people of a source are counted."""
    heads = counts_people(tables.case, source.capability)
    return Counted.HEADS if heads else Counted.UNITS


def _people(tables: Tables, source: Source) -> float:
    if source.contribution is not None and source.contribution.kind not in STAYING:
        return 0.0
    span = people_in(tables.case, source.capability, Span.exactly(1))
    return value(span, "best") if span is not None else 0.0


def running_costs(tables: Tables) -> dict[Prices, NDArray[np.float64]]:
    """Return what one unit of each source costs in a year, by prices that do not add: (sources,).

    Prices stand in the order of the largest cost. Units given for good cost nothing to run here,
    and units in a band in which a line asks for a headcount are inside it and not charged again.
    """
    heads = {
        line.need.line.band for line in tables.lines if counts_people(tables.case, line.capability)
    }
    found: dict[Prices, NDArray[np.float64]] = {}
    for number, source in enumerate(tables.sources):
        if source.contribution is not None and source.contribution.kind not in STAYING:
            continue
        money = running_cost(tables, source.capability)
        inside = tables.lines[source.line].need.line.band in heads
        if money is None or (inside and not counts_people(tables.case, source.capability)):
            continue
        prices, each = money
        row = found.setdefault(prices, np.zeros(len(tables.sources)))
        row[number] = each.best
    ordered = sorted(found, key=lambda p: (-float(found[p].max()), str(p)))
    return {prices: found[prices] for prices in ordered}


def running_cost(tables: Tables, capability: str) -> tuple[Prices, Span] | None:
    """Return the cost of one unit for a year, and its prices; None when none is on record."""
    cost = tables.case.capabilities[capability].running_cost
    if cost is None or not isinstance(cost.quantity, Money):
        return None
    span = Span.of(cost.quantity)
    return None if span is None else (cost.quantity.measure, span)


def in_words(tables: Tables, steps: Sequence[Step], number: int) -> tuple[str, str, float]:
    """Return the name of a step's objective, the unit of its value, and what to divide it by."""
    step = steps[number]
    match step.objective.name:
        case "UNFILLED":
            return step.objective.value, "lines", 1.0
        case "FIRMNESS":
            return step.objective.value, "steps", 1.0
        case "UNFAIRNESS":
            return step.objective.value, "people", 1.0
    before = sum(each.objective is step.objective for each in steps[:number])
    prices = list(running_costs(tables))[before]
    return (
        f"{step.objective.value} a year, million {prices.currency} at {prices.year} prices",
        f"million {prices.currency}",
        MILLION,
    )
