"""Robustness metrics: how well each option does over all states, each metric by its own lights.

Tables have one row for each option and one column for each state; more is better, and so is more
of every metric. What is named by a rule of choice is that rule, under the name that the metrics'
authors give it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs
from guarantor.methods.decision_rules import regret, savage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_COMPARISONS = {
    ">=": np.greater_equal,
    ">": np.greater,
    "<=": np.less_equal,
    "<": np.less,
}


def robustness_maximax(f: Sequence[Sequence[float]]) -> list[float]:
    """What each option gives at best.

    $ R_a = max_s f_(a s) $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any;
            valid throughout; flat because only the best state of an option counts
    Outputs:
        value, $R_a$ [same as f]: metric of each option
    Validity: Any table without gaps.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; case from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_maximax")
    table = inputs.matrix("f", f)
    inputs.done()
    return _rows(table.max(axis=1))


def robustness_hurwicz(f: Sequence[Sequence[float]], pessimism: float) -> list[float]:
    """The worst and the best that each option gives, weighed by how pessimistic one is.

    $ R_a = alpha min_s f_(a s) + (1 - alpha) max_s f_(a s) $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout;
            flat because only the worst and the best state of an option count
        pessimism, $alpha$ [fraction]: weight of the worst; from 0 to 1; valid throughout
    Outputs:
        value, $R_a$ [same as f]: metric of each option
    Validity: Any table without gaps.
    Traps:
        Nothing between the worst and the best state is seen.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_hurwicz")
    table = inputs.matrix("f", f)
    inputs.number("pessimism", pessimism, low=0.0, high=1.0)
    inputs.done()
    return _rows(pessimism * table.min(axis=1) + (1.0 - pessimism) * table.max(axis=1))


def robustness_minimax_regret(f: Sequence[Sequence[float]]) -> list[float]:
    """The largest regret of each option, as a loss: zero at best.

    $ R_a = min_s (f_(a s) - max_b f_(b s)) $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout;
            flat because only the state of largest regret counts
    Outputs:
        value, $R_a$ [same as f]: metric of each option, not above zero
    Validity: All options are tried on the same states.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    return [-largest for largest in savage(f)]


def robustness_percentile_regret(f: Sequence[Sequence[float]], percentile: float) -> list[float]:
    """The regret that a chosen share of the states exceeds, as a loss.

    $ R_a = Q_k {f_(a s) - max_b f_(b s)}_s $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout;
            flat because the quantile is the regret in one of the states
        percentile, $k$ [fraction]: share of states that are worse; from 0 to 1; valid throughout;
            flat because the quantile is the regret in one of the states
    Outputs:
        value, $R_a$ [same as f]: metric of each option, not above zero
    Validity: All options are tried on the same states.
    Traps:
        The quantile is the nearest state's own, not a value between two states.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_percentile_regret")
    table = inputs.matrix("f", f)
    inputs.number("percentile", percentile, low=0.0, high=1.0)
    inputs.done()
    return _rows(np.quantile(-regret(table), percentile, axis=1, method="nearest"))


def robustness_mean_variance(f: Sequence[Sequence[float]], maximise: bool) -> list[float]:
    """How high an option's mean is for how far it scatters.

    $ R_a = (plus.minus overline(f)_a + 1) / (s_a + 1), quad
      overline(f)_a = 1/S sum_s f_(a s), quad s_a^2 = 1/(S - 1) sum_s (f_(a s) - overline(f)_a)^2 $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout
        maximise, $plus.minus$ [true or false]: whether more is better (+) or less (−)
    Outputs:
        value, $R_a$ [none]: metric of each option
    Validity: At least two states; s is the sample's standard deviation. The two ones make sense
        only for performance of the order of one, such as fractions.
    Traps:
        It changes with the unit of f, and so may the order of the options.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_mean_variance")
    table = inputs.matrix("f", f)
    if table.shape[1] < 2:
        inputs.refuse("f", f"{table.shape[1]} state", "at least 2 states")
    inputs.done()
    mean = table.mean(axis=1) if maximise else -table.mean(axis=1)
    return _rows((mean + 1.0) / (table.std(axis=1, ddof=1) + 1.0))


def robustness_undesirable_deviations(f: Sequence[Sequence[float]], states: str) -> list[float]:
    """How far an option falls below its own median in the worse half of the states.

    $ R_a = 1/k sum_(s in "worse half") (f_(a s) - "med" f_a), quad k = ceil(S / 2) $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout;
            flat because the better half of the states counts only through the median
        states, $k$ [text]: the words worse half
    Outputs:
        value, $R_a$ [same as f]: metric of each option, not above zero
    Validity: Any table without gaps. An odd number of states puts its median into the worse half.
    Traps:
        An option that is always bad scores zero: it never disappoints.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_undesirable_deviations")
    table = inputs.matrix("f", f)
    inputs.choice("states", states, ["worse half"])
    inputs.done()
    deviations = np.sort(table - np.median(table, axis=1, keepdims=True), axis=1)
    half = (table.shape[1] + 1) // 2
    return _rows(deviations[:, :half].mean(axis=1))


def robustness_starr(
    f: Sequence[Sequence[float]], threshold: float, comparison: str
) -> list[float]:
    """Share of the states in which each option meets a threshold.

    $ R_a = 1/S |{s : f_(a s) >= theta}| $

    Symbols:
        f, $f_(a s)$ [any]: performance of option a in state s; any; valid throughout;
            flat because a state is met or not
        threshold, $theta$ [same as f]: what has to be reached; any; valid throughout;
            flat because a state is met or not
        comparison, $>=$ [text]: how f has to stand to the threshold: >=, >, <= or <
    Outputs:
        share_satisfied, $R_a$ [fraction]: share of states in which the option meets it
    Validity: Any table without gaps.
    Traps:
        It is a share of the states listed and says nothing of how likely they are.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        cameronmcphail/RAPID.
    """
    inputs = Inputs("robustness_starr")
    table = inputs.matrix("f", f)
    limit = inputs.number("threshold", threshold)
    stated = re.search(r"[<>]=?", comparison)
    sign = stated[0] if stated else comparison
    inputs.choice("comparison", sign, list(_COMPARISONS))
    inputs.done()
    return _rows(_COMPARISONS[sign](table, limit).mean(axis=1))


def _rows(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in values]
