"""PROMETHEE II: options ranked by how strongly each is preferred to the others, and they to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

    Array = NDArray[np.float64]

_FUNCTIONS = ("usual", "u-shape", "v-shape", "level", "linear")


def promethee_ii(
    matrix: Sequence[Sequence[float]],
    weights: Sequence[float],
    directions: Sequence[float],
    function: str,
    q: float,
    p: float,
) -> list[float]:
    """By how much each option is preferred to the others, less how much they are to it.

    $ phi_a = 1/(n-1) sum_(b != a) sum_k w_k (P_k (a, b) - P_k (b, a)), quad sum_k w_k = 1 $
    $ d_k (a, b) = plus.minus_k (x_(a k) - x_(b k)) $
    $ P_k (a, b) = min(max((d_k (a, b) - q) / (p - q), 0), 1), quad "v-shape:" q = 0 $

    Symbols:
        matrix, $x_(a k)$ [any]: a row for each option, a column for each criterion; any;
            valid throughout; flat because a difference below q or above p counts for nothing more
        weights, $w_k$ [any]: weight of each criterion; from 0; valid throughout
        directions, $plus.minus_k$ [none]: 1 where more is better, −1 where less is;
            from -1 to 1; valid throughout; flat because only its sign counts
        function, $P_k$ [text]: linear, v-shape, level, u-shape or usual
        q, $q$ [as x]: difference that does not matter; from 0; valid throughout;
            flat because differences beyond p are preferred in full whatever q is
        p, $p$ [as x]: difference from which preference is full; above 0; valid throughout;
            flat because differences below q or far above p do not feel it
    Outputs:
        net_flow, $phi_a$ [none]: preference for each option less preference against it, −1 to 1
    Validity: Differences on one criterion do not depend on the others.
    Traps:
        The order of two options may turn when a third is added or left out.
        The flows add up to zero: they rank, they do not measure.
    Basis: published
    Source: Brans and Vincke 1985, Management Science 31(6); case from Papathanasiou and Ploskas
        2018, doi 10.1007/978-3-319-91648-4_3, in energyinpython/pyrepo-mcda.
    """
    table = np.asarray(matrix, dtype=object)
    criteria = table.shape[1] if table.ndim == 2 else 1
    return net_flows(matrix, weights, directions, function, [q] * criteria, [p] * criteria)


def promethee_ii_by_criterion(
    criteria_rows: Sequence[Sequence[float]],
    weights: Sequence[float],
    directions: Sequence[float],
    function: str,
    p: Sequence[float],
) -> list[float]:
    """The same flows from a table with a row for each criterion, and thresholds by criterion.

    $ phi_a = 1/(n-1) sum_(b != a) sum_k w_k (P_k (a, b) - P_k (b, a)), quad sum_k w_k = 1 $
    $ d_k (a, b) = plus.minus_k (x_(a k) - x_(b k)) $
    $ P_k (a, b) = min(max(d_k (a, b) / p_k, 0), 1) $

    Symbols:
        criteria_rows, $x_(a k)$ [any]: a row for each criterion, a column for each option; any;
            valid throughout; flat because a difference above p counts for nothing more
        weights, $w_k$ [any]: weight of each criterion; from 0; valid throughout
        directions, $plus.minus_k$ [none]: 1 where more is better, −1 where less is;
            from -1 to 1; valid throughout; flat because only its sign counts
        function, $P_k$ [text]: v-shape or usual, the functions that need no further threshold
        p, $p_k$ [as x]: difference from which preference is full; above 0; valid throughout;
            flat because a criterion on which all differences are full does not feel it
    Outputs:
        net_flow, $phi_a$ [none]: preference for each option less preference against it, −1 to 1
    Validity: As for the table by option.
    Basis: published
    Source: Brans and Vincke 1985, Management Science 31(6); case from Ziemba 2017, doi
        10.3390/en10111755, in energyinpython/pyrepo-mcda.
    """
    inputs = Inputs("promethee_ii")
    table = inputs.matrix("criteria_rows", criteria_rows)
    inputs.choice("function", function, ["v-shape", "usual"])
    inputs.done()
    return net_flows(table.T, weights, directions, function, np.zeros(len(table)), p)


def promethee_ii_by_criterion_with_indifference(
    criteria_rows: Sequence[Sequence[float]],
    weights: Sequence[float],
    directions: Sequence[float],
    function: str,
    q: Sequence[float],
    p: Sequence[float],
) -> list[float]:
    """The same flows from a table by criterion, with differences that do not matter.

    $ phi_a = 1/(n-1) sum_(b != a) sum_k w_k (P_k (a, b) - P_k (b, a)), quad sum_k w_k = 1 $
    $ d_k (a, b) = plus.minus_k (x_(a k) - x_(b k)) $
    $ P_k (a, b) = min(max((d_k (a, b) - q_k) / (p_k - q_k), 0), 1) $

    Symbols:
        criteria_rows, $x_(a k)$ [any]: a row for each criterion, a column for each option; any;
            valid throughout; flat because a difference below q or above p counts for nothing more
        weights, $w_k$ [any]: weight of each criterion; from 0; valid throughout
        directions, $plus.minus_k$ [none]: 1 where more is better, −1 where less is;
            from -1 to 1; valid throughout; flat because only its sign counts
        function, $P_k$ [text]: linear, v-shape, level, u-shape or usual
        q, $q_k$ [as x]: difference that does not matter; from 0; valid throughout;
            flat because differences beyond p are preferred in full whatever q is
        p, $p_k$ [as x]: difference from which preference is full; above 0; valid throughout;
            flat because differences below q or far above p do not feel it
    Outputs:
        net_flow, $phi_a$ [none]: preference for each option less preference against it, −1 to 1
    Validity: As for the table by option.
    Basis: published
    Source: Brans and Vincke 1985, Management Science 31(6).
    """
    inputs = Inputs("promethee_ii")
    table = inputs.matrix("criteria_rows", criteria_rows)
    inputs.done()
    return net_flows(table.T, weights, directions, function, q, p)


def net_flows(
    values: ArrayLike,
    weights: ArrayLike,
    directions: ArrayLike,
    function: str,
    indifference: ArrayLike,
    preference: ArrayLike,
) -> list[float]:
    """Return the net flow of each option.

    values: (options, criteria); all others but `function` have one entry for each criterion;
    indifference and preference are in the unit of their criterion. Raises Problems.
    """
    inputs = Inputs("promethee_ii")
    table = inputs.matrix("matrix", values)
    options, criteria = table.shape
    share = inputs.vector("weights", weights, low=0.0, length=criteria)
    sign = np.sign(inputs.vector("directions", directions, low=-1.0, high=1.0, length=criteria))
    low = inputs.vector("q", indifference, low=0.0, length=criteria)
    high = inputs.vector("p", preference, low=0.0, length=criteria)
    inputs.choice("function", function, _FUNCTIONS)
    if options < 2:
        inputs.refuse("matrix", f"{options} option", "at least 2 options")
    if not share.sum() > 0:
        inputs.refuse("weights", "a sum of 0", "weights of which one is above 0")
    if function in ("linear", "level") and not (high > low).all():
        inputs.refuse("p", ", ".join(f"{each:g}" for each in high[high <= low]), "above q")
    if function == "v-shape" and not (high > 0).all():
        inputs.refuse("p", 0, "above 0")
    inputs.done()
    directed = table * sign
    difference = directed[:, np.newaxis, :] - directed[np.newaxis, :, :]
    preferred = _preference(function, difference, low, high) @ (share / share.sum())
    flows = (preferred.sum(axis=1) - preferred.sum(axis=0)) / (options - 1)
    return [float(flow) for flow in flows]


def _preference(function: str, difference: Array, low: Array, high: Array) -> Array:
    """Return the preference for each directed difference, 0 to 1: (options, options, criteria)."""
    if function == "linear":
        return np.clip((difference - low) / (high - low), 0.0, 1.0)
    if function == "v-shape":
        return np.clip(difference / high, 0.0, 1.0)
    if function == "level":
        return np.where(difference > high, 1.0, np.where(difference > low, 0.5, 0.0))
    return np.where(difference > (low if function == "u-shape" else 0.0), 1.0, 0.0)
