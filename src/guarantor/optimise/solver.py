"""HiGHS, asked for one objective after the other, and whether it may be believed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

import highspy
import numpy as np

from guarantor.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linopy import LinearExpression, Model
    from numpy.typing import NDArray

GAP = 1e-6
"""Relative gap at which an optimum counts as proved."""


class Ending(StrEnum):
    """How a search ended."""

    PROVED = "the best there is, proved"
    STOPPED = "the best found when the search was stopped"
    NONE = "no assignment satisfies every statement"
    ENDLESS = "the objective has no limit"
    UNKNOWN = "nothing found when the search was stopped"


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: values by column, the objective, the bound and how it ended.

    gap: the part of the objective by which the best could still be better, 0 when proved.
    """

    ending: Ending
    values: NDArray[np.float64]
    objective: float
    gap: float


class Search:
    """A linopy model in the hands of HiGHS: its columns by name, and one objective at a time."""

    def __init__(self, model: Model, seconds: float = 300.0) -> None:
        believe()
        self._solver = _quiet(highspy.Highs())  # type: ignore[no-untyped-call]  # untyped there
        self._solver.setOptionValue("time_limit", seconds)
        parts: Any = model.matrices
        labels = _pass(self._solver, parts)
        rows = np.asarray(parts.clabels)
        self._row = {int(label): place for place, label in enumerate(rows)}
        self._right = np.asarray(parts.b, dtype=float)
        self._column = {int(label): place for place, label in enumerate(labels)}
        self._model = model
        self._whole = np.asarray([str(kind) != "C" for kind in parts.vtypes])
        self.columns = len(labels)

    def places(self, name: str) -> NDArray[np.int64]:
        """Return the columns of a variable, in the shape of the variable."""
        found = np.asarray(self._model[name].labels.values)
        columns = [self._column[int(label)] for label in found.ravel()]
        return np.array(columns, dtype=np.int64).reshape(found.shape)

    def row_of(self, expression: LinearExpression) -> NDArray[np.float64]:
        """Return the coefficients of an expression by column."""
        row = np.zeros(self.columns)
        labels = np.asarray(expression.vars.values).ravel()
        weights = np.asarray(expression.coeffs.values).ravel()
        for label, weight in zip(labels, weights, strict=True):
            if label >= 0:
                row[self._column[int(label)]] += weight
        return row

    def rows_by(self, name: str, dimension: str) -> dict[str, list[int]]:
        """Return the rows of a constraint by the entries of one of its dimensions."""
        if name not in self._model.constraints:
            return {}
        labels = self._model.constraints[name].labels
        return {
            str(entry): [
                self._row[int(label)]
                for label in np.asarray(labels.sel({dimension: entry}).values).ravel()
                if int(label) in self._row
            ]
            for entry in labels.coords[dimension].values
        }

    def hold(self, row: int, *, held: bool) -> None:
        """Hold a row that has no lower bound at its own upper one, or let it go."""
        self.row_most(row, float(self._right[row]) if held else np.inf)

    def row_most(self, row: int, most: float) -> None:
        """Set the upper bound of a row that has none below."""
        self._solver.changeRowBounds(int(row), -highspy.kHighsInf, float(most))

    def limit(self, row: NDArray[np.float64], most: float) -> None:
        """Hold a row of coefficients at or below a value from now on."""
        places = np.flatnonzero(row).astype(np.int32)
        scale = _scale(row)
        weights = row[places] / scale
        self._solver.addRow(-highspy.kHighsInf, most / scale, len(places), places, weights)

    def bound(self, columns: NDArray[np.int64], most: NDArray[np.float64]) -> None:
        """Set the upper bounds of columns; the lower ones stay at zero."""
        count = len(columns)
        self._solver.changeColsBounds(
            count, columns.astype(np.int32), np.zeros(count), most.astype(np.float64)
        )

    def allow(self, nodes: int, gap: float | None = None) -> None:
        """Set how many branches the next search may try, and at which relative gap it may stop.

        Branches and not seconds, so that the same case gives the same answer on every machine.
        """
        self._solver.setOptionValue("mip_max_nodes", nodes)
        self._solver.setOptionValue("mip_rel_gap", GAP if gap is None else gap)

    def least(self, row: NDArray[np.float64], start: Found | None = None) -> Found:
        """Return the values at which a row of coefficients is least; start: an earlier find."""
        every = np.arange(self.columns, dtype=np.int32)
        scale = _scale(row)
        self._solver.changeColsCost(self.columns, every, row / scale)
        if start is not None:
            solution = highspy.HighsSolution()
            values = start.values.copy()
            values[self._whole] = np.rint(values[self._whole])
            solution.col_value = list(values)
            self._solver.setSolution(solution)
        self._solver.run()
        return _found(self._solver, self.columns, scale)


def _scale(row: NDArray[np.float64]) -> float:
    """Return what brings the largest coefficient to one, so that tolerances mean the same."""
    return float(np.abs(row).max(initial=0.0)) or 1.0


def _pass(solver: Any, parts: Any) -> NDArray[np.int64]:
    """Hand the matrices of a model over without its objective; return the labels of its columns."""
    table = parts.A.tocsr()
    rows, columns = table.shape
    right = np.asarray(parts.b, dtype=float)
    sense = np.asarray(parts.sense).astype(str)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = columns, rows
    programme.col_cost_ = np.zeros(columns)
    programme.col_lower_ = np.asarray(parts.lb, dtype=float)
    programme.col_upper_ = np.asarray(parts.ub, dtype=float)
    programme.row_lower_ = np.where(np.char.startswith(sense, "<"), -np.inf, right)
    programme.row_upper_ = np.where(np.char.startswith(sense, ">"), np.inf, right)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = table.indptr.astype(np.int32)
    programme.a_matrix_.index_ = table.indices.astype(np.int32)
    programme.a_matrix_.value_ = table.data.astype(float)
    kinds = {"C": highspy.HighsVarType.kContinuous}
    programme.integrality_ = [
        kinds.get(str(kind), highspy.HighsVarType.kInteger) for kind in parts.vtypes
    ]
    solver.passModel(programme)
    return np.asarray(parts.vlabels, dtype=np.int64)


def _quiet(solver: Any) -> Any:
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", GAP)
    solver.setOptionValue("mip_abs_gap", 1e-9)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    return solver


def _found(solver: Any, columns: int, scale: float) -> Found:
    status = solver.getModelStatus()
    kinds = highspy.HighsModelStatus
    info = solver.getInfo()
    has = info.primal_solution_status == 2
    if status == kinds.kOptimal:
        ending = Ending.PROVED
    elif status in {kinds.kInfeasible, kinds.kUnboundedOrInfeasible}:
        ending, has = Ending.NONE, False
    elif status == kinds.kUnbounded:
        ending, has = Ending.ENDLESS, False
    else:
        ending = Ending.STOPPED if has else Ending.UNKNOWN
    if not has:
        return Found(ending, np.full(columns, np.nan), np.nan, np.inf)
    gap = 0.0 if ending is Ending.PROVED else float(info.mip_gap)
    values = np.array(solver.getSolution().col_value)
    return Found(ending, values, float(info.objective_function_value) * scale, gap)


@dataclass(frozen=True, slots=True)
class Canary:
    """A small model with a known optimum that a released solver has got wrong."""

    name: str
    cost: Sequence[float]
    rows: Sequence[tuple[float, Sequence[float], float]]
    upper: Sequence[float]
    lower: Sequence[float]
    whole: Sequence[bool]
    optimum: float


_INF = float("inf")
CANARIES = (
    Canary(
        "a cost that only a switch turns on (HiGHS issue 2975)",
        (0, 2, 99999),
        ((10, (1, 1, 0), 10), (-_INF, (1, 0, -100), 0)),
        (_INF, _INF, 1),
        (0, 0, 0),
        (False, False, True),
        20.0,
    ),
    Canary(
        "whole units and a part (HiGHS issue 3043)",
        (2, 3),
        ((4.5, (1, 1), _INF),),
        (10, 10),
        (0, 0),
        (False, True),
        9.0,
    ),
    Canary(
        "a line that takes either of two (HiGHS issue 3094)",
        (0, 0, 0, 0, 10, 8),
        (
            (-_INF, (-1000, 0, 1, 0, 0, 0), 0),
            (-_INF, (0, -1000, 0, 1, 0, 0), 0),
            (1000, (0, 0, 1, 0, 1, 0), 1000),
            (1000, (0, 0, 0, 1, 0, 1), 1000),
            (-_INF, (1, 1, 0, 0, 0, 0), 1),
        ),
        (1, 1, 1000, 1000, 1000, 1000),
        (0, 0, 0, 0, 0, 0),
        (True, True, False, False, False, False),
        8000.0,
    ),
)


def optimum_of(canary: Canary) -> float:
    """Return what the solver at hand makes of a canary."""
    solver: Any = _quiet(highspy.Highs())  # type: ignore[no-untyped-call]  # its constructor has no types
    for low, high in zip(canary.lower, canary.upper, strict=True):
        solver.addVar(low, high)
    for place, (weight, is_whole) in enumerate(zip(canary.cost, canary.whole, strict=True)):
        solver.changeColCost(place, weight)
        if is_whole:
            solver.changeColIntegrality(place, highspy.HighsVarType.kInteger)
    for low, weights, high in canary.rows:
        places = np.flatnonzero(weights).astype(np.int32)
        solver.addRow(low, high, len(places), places, np.asarray(weights, float)[places])
    solver.run()
    return float(solver.getInfo().objective_function_value)


@cache
def believe() -> None:
    """Try the solver on models that a release of it got wrong; raises Problems when it fails."""
    for canary in CANARIES:
        found = optimum_of(canary)
        if abs(found - canary.optimum) > 1e-6:
            raise Problems.one(
                "the solver at hand returns wrong optima, so that nothing it says is shown",
                found=f"{found:g} for {canary.name}",
                allowed=f"{canary.optimum:g}",
                remedy="Install highspy 1.15.1 or newer; version 1.14.0 is known to fail.",
            )
