"""The best assignment: what is unfilled least, then firmness lost, then unfairness, then cost."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.burden import burdens, running_costs
from guarantor.optimise.check import broken, unfilled_after
from guarantor.optimise.solver import Ending, Search
from guarantor.optimise.statements import asked_by_period, measure_unfairness, model
from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from guarantor.optimise.solver import Found
    from guarantor.optimise.tables import Tables


class Objective(StrEnum):
    """What is made small, in this order; each is kept while the next is made small."""

    UNFILLED = "unfilled need"
    FIRMNESS = "firmness lost"
    UNFAIRNESS = "unfairness"
    COST = "cost"


NODES = {
    Objective.UNFILLED: 100_000,
    Objective.FIRMNESS: 20_000,
    Objective.UNFAIRNESS: 20,
    Objective.COST: 10,
}
"""How many branches are searched for each before the best found is taken: the same everywhere."""
GAPS = {Objective.UNFAIRNESS: 0.01, Objective.COST: 0.01}
"""Relative gap at which the search for one may stop; without one, it is to be proved."""
SLACK = 1e-7
"""By how much, relative to itself, an objective may slip while a later one is made small."""

RECOUNT = 1e-5
"""By how much the solver's count of what is unfilled may differ from the one made after it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One objective: its value, how the search ended, and by how much it could still be better."""

    objective: Objective
    value: float
    ending: Ending
    gap: float


@dataclass(frozen=True)
class Assignment:
    """Whole units by source and period, what lines lack, and how each objective came out.

    present: (sources, periods); unfilled: (lines, periods), in the unit of the line.
    """

    tables: Tables
    present: NDArray[np.float64]
    unfilled: NDArray[np.float64]
    steps: tuple[Step, ...]

    @property
    def filled(self) -> NDArray[np.float64]:
        """Return what each line has of what it asks, by period: (lines, periods)."""
        return asked_by_period(self.tables) - self.unfilled

    @property
    def proved(self) -> bool:
        """Return whether no assignment leaves less unfilled."""
        return self.steps[0].ending is Ending.PROVED

    def value(self, objective: Objective) -> float:
        """Return what an objective came to; raises StopIteration for one that was not asked."""
        return next(step.value for step in self.steps if step.objective is objective)

    def last_filled(self, line: int) -> float:
        """Return what a line has in the last period in which it stands."""
        stands = [p for p in range(len(self.tables.periods)) if self._stands(line, p)]
        return float(self.filled[line, stands[-1]]) if stands else 0.0

    def met(self, line: int) -> bool:
        """Return whether a line lacks nothing in the last period in which it stands."""
        return self.last_filled(line) >= self.tables.lines[line].asked * (1 - 1e-9)

    def average(self, source: int) -> float:
        """Return the units of a source, averaged over the months of the horizon."""
        months = month_weights(self.tables)
        return float(self.present[source] @ months)

    def _stands(self, line: int, period: int) -> bool:
        return self.tables.active(self.tables.lines[line], period)


def month_weights(tables: Tables) -> NDArray[np.float64]:
    """Return the part of the horizon that each period is."""
    return np.array([tables.months(p) for p in range(len(tables.periods))]) / tables.horizon


def line_weights(tables: Tables) -> NDArray[np.float64]:
    """Return what one unit on a line for one period counts: each line counts one in all.

    A unit counts as the part of the line that it is, for the part of the line's months that the
    period is: (lines, periods).
    """
    found = np.zeros((len(tables.lines), len(tables.periods)))
    for number, line in enumerate(tables.lines):
        months = max(line.ends - line.starts, 1)
        for period in range(len(tables.periods)):
            if tables.active(line, period):
                found[number, period] = tables.months(period) / months / line.asked
    return found


def generate(
    tables: Tables,
    fair: Mapping[str, float] | None = None,
    objectives: tuple[Objective, ...] = tuple(Objective),
) -> Assignment:
    """Return the best assignment of the tables.

    fair: the part of the whole that each nation should carry, summing to one over the nations that
    have a part; without it nothing is said of fairness. Raises Problems when the solver gets a
    model with a known optimum wrong, or when what it returns breaks a statement.
    """
    if not tables.lines:
        return _nothing(tables)
    m = model(tables)
    weights = _fair_weights(tables, fair)
    people = burdens(tables)
    weighs = bool(weights and people)
    if weighs:
        measure_unfairness(m, tables, weights, people)
    search = Search(m)
    steps: list[Step] = []
    best: Found | None = None
    for objective, row in _rows(search, tables, weighs=weighs):
        if objective not in objectives:
            continue
        search.allow(NODES[objective], GAPS.get(objective))
        found = search.least(row, start=best)
        if found.ending in {Ending.NONE, Ending.ENDLESS, Ending.UNKNOWN}:
            if best is None:
                raise Problems([Problem(f"the programme has no answer: {found.ending.value}")])
            steps.append(Step(objective, float(row @ best.values), Ending.STOPPED, float("inf")))
            continue
        best = found
        steps.append(Step(objective, float(row @ found.values), found.ending, found.gap))
        value = float(row @ found.values)
        search.limit(row, value + SLACK * max(float(row.max()), abs(value)))
    if best is None:
        raise Problems([Problem("no objective was asked of the programme")])
    present = _settled(best.values[search.places("present")]) if tables.sources else _empty(tables)
    # the units are whole, so that what they leave open is known to the last digit
    unfilled = unfilled_after(tables, present)
    faults = broken(tables, present)
    lacking = float((line_weights(tables) * unfilled).sum())
    if lacking > steps[0].value + RECOUNT * max(1.0, steps[0].value):
        faults.append("more is unfilled than the solver says")
    if faults:
        raise Problems(
            Problem("the solver returned an assignment that breaks a statement", found=fault)
            for fault in faults
        )
    return Assignment(tables, present, unfilled, tuple(steps))


def _rows(
    search: Search, tables: Tables, *, weighs: bool
) -> Iterator[tuple[Objective, NDArray[np.float64]]]:
    weights = line_weights(tables)
    row = np.zeros(search.columns)
    row[search.places("unfilled")] = weights
    yield Objective.UNFILLED, row
    if not tables.sources:
        return
    present = search.places("present")
    lines = [source.line for source in tables.sources]
    losses = np.array([source.loss for source in tables.sources])
    row = np.zeros(search.columns)
    row[present] = losses[:, np.newaxis] * weights[lines]
    yield Objective.FIRMNESS, row
    if weighs:
        row = np.zeros(search.columns)
        row[search.places("deviation")] = 1.0
        yield Objective.UNFAIRNESS, row
    for costs in list(running_costs(tables).values())[:1]:
        row = np.zeros(search.columns)
        row[present] = costs[:, np.newaxis] * month_weights(tables)
        yield Objective.COST, row


def _fair_weights(tables: Tables, fair: Mapping[str, float] | None) -> dict[str, float]:
    """Return the parts of the nations that have a source; one that the key leaves out has none."""
    here = sorted({s.provider for s in tables.sources if s.provider in tables.case.nations})
    held = {nation: max((fair or {}).get(nation, 0.0), 0.0) for nation in here}
    whole = sum(held.values())
    return {nation: part / whole for nation, part in held.items()} if whole > 0 else {}


def _settled(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.rint(values) + 0.0


def _empty(tables: Tables) -> NDArray[np.float64]:
    return np.zeros((0, len(tables.periods)))


def _nothing(tables: Tables) -> Assignment:
    periods = len(tables.periods)
    none = np.zeros((0, periods))
    step = Step(Objective.UNFILLED, 0.0, Ending.PROVED, 0.0)
    return Assignment(tables, np.zeros((len(tables.sources), periods)), none, (step,))
