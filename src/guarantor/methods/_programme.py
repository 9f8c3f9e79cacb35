"""Linear and whole-number programmes, handed to HiGHS."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import highspy
import numpy as np

from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The solver's own default, 1e-7, is as coarse as the digits in which games are published.
_FEASIBILITY = 1e-10


class InfeasibleError(Problems):
    """No values satisfy every row and bound of a programme."""


@dataclass(frozen=True, slots=True)
class Optimum:
    """A proved optimum: the value of each variable, the dual of each row, and the objective."""

    values: NDArray[np.float64]
    duals: NDArray[np.float64]
    objective: float


def minimise(
    cost: NDArray[np.float64],
    rows: NDArray[np.float64],
    row_bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    bounds: tuple[NDArray[np.float64], NDArray[np.float64]],
    *,
    whole: bool = False,
) -> Optimum:
    """Return the least `cost @ x` with row_low <= rows @ x <= row_high and low <= x <= high.

    cost: (variables,); rows: (rows, variables); whole: every variable is a whole number. Raises
    InfeasibleError when no x exists, and Problems when the solver proves neither.
    """
    columns = cost.size
    used = rows != 0
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its constructor has no types
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("primal_feasibility_tolerance", _FEASIBILITY)
    solver.setOptionValue("dual_feasibility_tolerance", _FEASIBILITY)
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = columns, rows.shape[0]
    programme.col_cost_ = cost
    programme.col_lower_, programme.col_upper_ = bounds
    programme.row_lower_, programme.row_upper_ = row_bounds
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = np.concatenate(([0], np.cumsum(used.sum(axis=1)))).astype(np.int32)
    programme.a_matrix_.index_ = np.nonzero(used)[1].astype(np.int32)
    programme.a_matrix_.value_ = rows[used]
    if whole:
        programme.integrality_ = [highspy.HighsVarType.kInteger] * columns
    solver.passModel(programme)
    solver.run()
    status = solver.getModelStatus()
    if status == highspy.HighsModelStatus.kInfeasible:
        raise InfeasibleError([Problem("No values satisfy every condition of the programme")])
    if status != highspy.HighsModelStatus.kOptimal:
        raise Problems.one(
            "The solver proved neither an optimum nor that there is none",
            found=solver.modelStatusToString(status),
            allowed="a programme with finite coefficients of like size",
        )
    solution = solver.getSolution()
    return Optimum(
        np.array(solution.col_value),
        np.array(solution.row_dual),
        solver.getInfo().objective_function_value,
    )
