"""PRIM and its second opinion by the names that published cases use, on a data set in a file."""

from __future__ import annotations

import re
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs
from guarantor.methods.cart import leaves
from guarantor.methods.datasets import only_table
from guarantor.methods.prim import Sample, box_of, trajectory
from guarantor.methods.prim_quality import quasi_p_values
from guarantor.problems import Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from guarantor.methods.datasets import Dataset, Table
    from guarantor.methods.prim import Box, Interval, Limit

_KEPT_BOX = "21"
_SIGNIFICANT = 0.05
_ROUNDING = 1e-6
_LINE = (-inf, inf)
_LIMIT_FORMS = '[lowest, highest] with null where open, {"min": …, "max": …}, or "<= 755.8"'
_OBJECTIVES = ("gain in mean per point lost", "lenient1")


def prim_dataset(dataset: Dataset, inputs: str, outcome: str) -> tuple[int, int]:
    """How many points a data set holds, and how many of them are cases of interest.

    $ N = |{x}|, quad C = |{x : y = 1}| $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
    Outputs:
        points, $N$ [points]: points in the data set
        cases, $C$ [points]: cases among them
    Labels:
        peel_alpha: share of points that a slice would take off; nothing is peeled
    Validity: Outcomes of 0 and 1.
    Basis: published
    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77; data in
        quaquel/EMAworkbench.
    """
    sample = _sample(dataset, inputs, outcome)
    return len(sample), int(sample.cases.sum())


def prim_trajectory(
    dataset: Dataset,
    inputs: str,
    outcome: str,
    peel_alpha: float,
    boxes: str,
    objective: str,
    mass_min: float,
) -> list[tuple[int, int]]:
    """Points and cases of each box on the way from the whole to the densest.

    $ B_(k+1) = "arg max"_(B' "from" B_k) (overline(y)_(B') - overline(y)_(B_k)) / (|B_k| - |B'|),
      quad |B'| >= beta N $
    $ B' = {x in B_k : x_j <= Q_(1-alpha)} quad "or" quad {x in B_k : x_j >= Q_alpha} $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
        peel_alpha, $alpha$ [fraction]: share of points that a slice takes off; above 0 to 0.5;
            valid throughout
        boxes, $B$ [text]: first and last box wanted, such as 0..20
        objective, $max$ [text]: gain in mean per point lost, also called lenient1
        mass_min, $beta$ [fraction]: least share of points in a box; from 0 to 1; valid throughout;
            flat because it only ends the peeling
    Outputs:
        points_and_cases, $|B_k|$ [points]: points and cases, a pair for each box
    Also:
        points;cases per box for points_and_cases
    Validity: Ties go to the box that restricts fewer inputs. A cut is midway between two values
        around the quantile, and never divides equal values.
    Traps:
        Boxes along the way are regression values of our own search; the source prints two of them.
    Basis: published
    Source: Friedman and Fisher 1999, Statistics and Computing 9; objective as in
        quaquel/EMAworkbench.
    """
    checks = Inputs("prim_trajectory")
    span = re.fullmatch(r"\s*(\d+)\s*(?:\.\.|-)\s*(\d+)\s*", boxes)
    if span is None:
        checks.refuse("boxes", repr(boxes), "a first and a last box, such as 0..20")
    if not any(known in objective for known in _OBJECTIVES):
        checks.refuse("objective", repr(objective), " or ".join(_OBJECTIVES))
    checks.done()
    sample = _sample(dataset, inputs, outcome)
    found = trajectory(sample, peel_alpha=peel_alpha, mass_min=mass_min)
    first, last = (int(end) for end in span.groups()) if span else (0, 0)
    if not first <= last < len(found):
        checks.refuse("boxes", boxes, f"boxes 0 to {len(found) - 1}")
    checks.done()
    return [(box.points, box.cases) for box in found[first : last + 1]]


def prim_box(
    dataset: Dataset,
    inputs: str,
    outcome: str,
    limits: Mapping[str, object],
) -> tuple[float, float, float, int, int]:
    """What a box with given limits holds.

    $ "coverage" = (sum_B y) / (sum y), quad "density" = (sum_B y) / (|B|), quad
      "mass" = (|B|) / N $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
        limits, $B$ [as x]: by input, its lowest and highest value, null where a side is open, or a
            comparison such as <= 755.8
    Outputs:
        coverage, $"coverage"$ [fraction]: share of all cases that lie in the box
        density, $"density"$ [fraction]: share of the box's points that are cases
        mass, $"mass"$ [fraction]: share of all points that lie in the box
        points, $|B|$ [points]: points in the box
        cases, $sum_B y$ [points]: cases in the box
    Labels:
        peel_alpha: share of points that a slice would take off; nothing is peeled
    Validity: The ends of a limit belong to the box, and so do points beyond an end by less than a
        millionth of the input's range: printed ends are rounded.
    Traps:
        Without that allowance the printed box loses a point that lies on its own edge.
    Basis: published
    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77; data and
        printed box in quaquel/EMAworkbench.
    """
    sample = _sample(dataset, inputs, outcome)
    box = box_of(sample, _limits(sample, limits))
    return box.coverage, box.density, box.mass, box.points, box.cases


def prim_first_automatic_box(
    dataset: Dataset, inputs: str, outcome: str, peel_alpha: float
) -> tuple[float, float, float, int]:
    """The box in which peeling and pasting end when nobody chooses an earlier one.

    $ "coverage" = (sum_B y) / (sum y), quad "density" = (sum_B y) / (|B|), quad
      "mass" = (|B|) / N, quad d = |{j : B "restricts" x_j}| $
    $ B = B_K, quad "where peeling with" alpha "ends" $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
        peel_alpha, $alpha$ [fraction]: share of points that a slice takes off; above 0 to 0.5;
            valid throughout
    Outputs:
        mass, $"mass"$ [fraction]: share of all points that lie in the box
        coverage, $"coverage"$ [fraction]: share of all cases that lie in the box
        density, $"density"$ [fraction]: share of the box's points that are cases
        dims, $d$ [inputs]: inputs that the box restricts
    Validity: A box holds at least a twentieth of all points.
    Traps:
        The densest box leaves many cases outside: half of them in the published data.
    Basis: published
    Source: Friedman and Fisher 1999, Statistics and Computing 9; box printed in
        quaquel/EMAworkbench.
    """
    box = trajectory(_sample(dataset, inputs, outcome), peel_alpha=peel_alpha)[-1]
    return box.mass, box.coverage, box.density, len(box.limits)


def prim_quasi_p(
    dataset: Dataset, inputs: str, outcome: str, peel_alpha: float, box: str
) -> list[float]:
    """How easily chance would do as well as a box without one of its limits, for each limit.

    $ p_k = P("Bin"(T, q_k) >= H), quad q_k = "density without limit" k, quad
      B "from peeling with" alpha $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
        peel_alpha, $alpha$ [fraction]: share of points that a slice takes off; above 0 to 0.5;
            valid throughout
        box, $B$ [text]: number of the box on the trajectory, the whole being 0
    Outputs:
        quasi_p, $p_k$ [fraction]: upper limits first, then lower ones, each in the order in which
            peeling set them; of box 21 biomass, demand, backstop, cellulosic
    Also:
        quasi_p biomass;demand;backstop;cellulosic for quasi_p
    Validity: T points and H cases in the box.
    Traps:
        Not a test: the same points chose the box. A large value is a reason to drop a limit, a
            small one proves nothing.
    Basis: published
    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77; values of box
        21 printed in quaquel/EMAworkbench.
    """
    sample = _sample(dataset, inputs, outcome)
    chosen = _box(trajectory(sample, peel_alpha=peel_alpha), box)
    return list(quasi_p_values(sample, chosen.limits).values())


def prim_second_box(
    dataset: Dataset, inputs: str, outcome: str, peel_alpha: float
) -> tuple[int, int, float]:
    """What a second box could hold of the points outside the first one that the authors kept.

    $ R = {x : x in.not B_1}, quad |R| = N - |B_1|, quad C_R = sum_R y $
    $ rho = (sum_(B_2) y) / (|B_2|), quad B_2 subset R "where peeling with" alpha "ends" $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be restricted, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
        peel_alpha, $alpha$ [fraction]: share of points that a slice takes off; above 0 to 0.5;
            valid throughout
    Outputs:
        remaining_points, $|R|$ [points]: points outside the first box
        remaining_cases, $C_R$ [points]: cases among them
        best_density, $rho$ [fraction]: density of the box in which the second
            search ends
    Validity: The first box is number 21 of the trajectory, as Bryant and Lempert chose, without the
        limits whose quasi p-value exceeds 5 %. Which box to keep is a choice that people make.
    Basis: published
    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77; second search
        printed in quaquel/EMAworkbench.
    """
    sample = _sample(dataset, inputs, outcome)
    limits = _box(trajectory(sample, peel_alpha=peel_alpha), _KEPT_BOX).limits
    chance = quasi_p_values(sample, limits)
    significant = {name for (name, _), value in chance.items() if value <= _SIGNIFICANT}
    kept = {name: limit for name, limit in limits.items() if name in significant}
    remaining = ~sample.inside(kept)
    last = trajectory(sample, peel_alpha=peel_alpha, remaining=remaining)[-1]
    return int(remaining.sum()), int(sample.cases[remaining].sum()), last.density


def cart_box(dataset: Dataset, inputs: str, outcome: str) -> tuple[float, float]:
    """The densest leaf of a classification tree, as a second opinion on where the cases lie.

    $ min_(x_j <= t) n_L g_L + n_R g_R, quad g = 1 - q^2 - (1 - q)^2 $
    $ "coverage" = (sum_B y) / (sum y), quad "density" = (sum_B y) / (|B|) $

    Symbols:
        dataset, $x$ [data set]: one table with a header, numbers or text
        inputs, $X$ [text]: columns that may be split on, counted from 0, such as columns 2-10
        outcome, $y$ [text]: column that is 1 for a case and 0 for none, counted from 0
    Outputs:
        coverage, $"coverage"$ [fraction]: share of all cases that lie in the leaf
        density, $"density"$ [fraction]: share of the leaf's points that are cases
    Labels:
        peel_alpha: share of points that a slice would take off; a tree is not peeled
    Validity: A leaf holds at least a twentieth of all points; q is a node's share of cases.
    Basis: published
    Source: Breiman, Friedman, Olshen and Stone 1984, Classification and Regression Trees; box 8 of
        the tree printed in quaquel/EMAworkbench.
    """
    sample = _sample(dataset, inputs, outcome)
    densest = max(leaves(sample), key=lambda leaf: (leaf.density, leaf.coverage))
    return densest.coverage, densest.density


def _box(boxes: list[Box], number: str) -> Box:
    """Return one box of a trajectory; raises Problems when it has none of that number."""
    if not number.strip().isdigit() or int(number) >= len(boxes):
        raise Problems.one(
            "The peeling has no such box",
            found=f"box {number}",
            allowed=f"0 to {len(boxes) - 1}",
        )
    return boxes[int(number)]


def _sample(dataset: Dataset, inputs: str, outcome: str) -> Sample:
    checks = Inputs("prim")
    table = only_table(dataset)
    columns = _columns(checks, "inputs", inputs, table)
    target = _columns(checks, "outcome", outcome, table)[0]
    checks.done()
    outcomes = table.column(target)
    other = sorted(set(outcomes) - {"0", "1"})
    if other:
        checks.refuse("outcome", f"{', '.join(other[:5])} in column {target!r}", "0 or 1 each")
    checks.done()
    numbers: dict[str, NDArray[np.float64]] = {}
    categories: dict[str, NDArray[np.str_]] = {}
    for name in columns:
        column = table.column(name)
        try:
            numbers[name] = np.array([float(value) for value in column])
        except ValueError:
            categories[name] = np.array(column)
    return Sample(numbers, np.array(outcomes) == "1", categories)


def _columns(checks: Inputs, symbol: str, text: str, table: Table) -> list[str]:
    """Return the columns a text names: `columns 2-10` or `column 15 "its name"`, from 0."""
    found = re.fullmatch(r'\s*columns?\s+(\d+)(?:\s*-\s*(\d+))?\s*(?:"(.*)")?\s*', text)
    if found is None:
        checks.refuse(symbol, repr(text), "column numbers from 0, such as columns 2-10")
        return [table.columns[0]]
    first = int(found[1])
    last = int(found[2]) if found[2] else first
    named = list(table.columns[first : last + 1])
    if not first <= last < len(table.columns):
        checks.refuse(symbol, text, f"columns 0 to {len(table.columns) - 1}")
        return [table.columns[0]]
    if found[3] and named != [found[3]]:
        checks.refuse(symbol, text, f"column {first} is {named[0]!r}", nearest(found[3], named))
    return named


def _limits(sample: Sample, stated: Mapping[str, object]) -> dict[str, Limit]:
    """Return stated limits by full name, widened by what rounding to print can have cut off."""
    checks = Inputs("prim_box")
    limits: dict[str, Limit] = {}
    for name, ends in stated.items():
        alike = [each for each in sample.numbers if name.casefold() in each.casefold()]
        exact = [each for each in sample.numbers if name.casefold() == each.casefold()]
        if len(exact or alike) != 1:
            remedy = nearest(name, sample.numbers)
            checks.refuse("limits", repr(name), ", ".join(alike or sample.numbers), remedy)
            continue
        interval = _interval(ends)
        if interval is None:
            checks.refuse("limits", f"{name}: {ends!r}", _LIMIT_FORMS)
            continue
        full_name = (exact or alike)[0]
        slack = _ROUNDING * float(np.ptp(sample.numbers[full_name]))
        limits[full_name] = (interval[0] - slack, interval[1] + slack)
    checks.done()
    return limits


def _interval(ends: object) -> Interval | None:
    """Return the interval that [lowest, highest], {min, max} or a comparison states."""
    if isinstance(ends, str):
        stated = re.fullmatch(r"\s*(<=|>=)\s*(\S+)\s*", ends)
        if stated is None:
            return None
        end = _number(stated[2])
        ends = [None, end] if stated[1] == "<=" else [end, None]
    elif isinstance(ends, dict) and ends and ends.keys() <= {"min", "max"}:
        ends = [ends.get("min"), ends.get("max")]
    if not isinstance(ends, list | tuple) or len(ends) != 2:
        return None
    low, high = (
        open_ if end is None else _number(end) for end, open_ in zip(ends, _LINE, strict=True)
    )
    return None if low is None or high is None else (low, high)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return None if number != number else number
