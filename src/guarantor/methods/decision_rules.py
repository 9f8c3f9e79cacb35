"""Rules for choosing among options when nobody can say how likely each state of the world is.

Tables have one row for each option and one column for each state; more is better. All rules read
the whole table at once and return one number for each option, in the order of the rows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def regret(performance: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how much each option falls short of the best one in each state; never below zero."""
    shortfall: NDArray[np.float64] = performance.max(axis=0) - performance
    return shortfall


def maximin(m: Sequence[Sequence[float]]) -> list[float]:
    """What each option gives at worst; the rule takes the largest.

    $ V_a = min_s f_(a s) $

    Symbols:
        m, $f_(a s)$ [any]: performance of option a in state s, more is better; any;
            valid throughout; flat because only the worst state of an option counts
    Outputs:
        row_min, $V_a$ [same as m]: worst performance of each option
    Also:
        f for m, value for row_min
    Validity: Any table without gaps.
    Basis: published
    Source: Wald 1950, Statistical Decision Functions; cases from jbytecode/JMcDM and
        cameronmcphail/RAPID.
    """
    return _rows(_table("maximin", "m", m).min(axis=1))


def laplace(m: Sequence[Sequence[float]]) -> list[float]:
    """What each option gives on average when every state counts alike; the rule takes the largest.

    $ V_a = 1/S sum_s f_(a s) $

    Symbols:
        m, $f_(a s)$ [any]: performance of option a in state s, more is better; any;
            valid throughout
    Outputs:
        value, $V_a$ [same as m]: mean performance of each option
    Also:
        f for m
    Validity: Any table without gaps.
    Traps:
        Listing a state twice doubles its weight.
    Basis: published
    Source: McPhail et al. 2018, Earth's Future 6(2), doi 10.1002/2017EF000649; cases from
        jbytecode/JMcDM and cameronmcphail/RAPID.
    """
    return _rows(_table("laplace", "m", m).mean(axis=1))


def savage(m: Sequence[Sequence[float]]) -> list[float]:
    """The largest regret each option can bring; the rule takes the smallest.

    $ V_a = max_s (max_b f_(b s) - f_(a s)) $

    Symbols:
        m, $f_(a s)$ [any]: performance of option a in state s, more is better; any;
            valid throughout; flat because only the state of largest regret counts
    Outputs:
        max_regret, $V_a$ [same as m]: largest regret of each option
    Validity: All options are tried on the same states.
    Traps:
        Regret depends on which options are on the table: adding a poor one may turn the order.
    Basis: published
    Source: Savage 1951, The theory of statistical decision, Journal of the American Statistical
        Association 46; cases from jbytecode/JMcDM.
    """
    return _rows(regret(_table("savage", "m", m)).max(axis=1))


def regret_investment(
    stocks: Sequence[float], bonds: Sequence[float], money_market: Sequence[float]
) -> list[float]:
    """The largest regret of three investments over the same states.

    $ V_a = max_s (max(f_1 (s), f_2 (s), f_3 (s)) - f_a (s)) $

    Symbols:
        stocks, $f_1$ [percent]: return in each state; any; valid throughout; flat because only
            the state of largest regret counts
        bonds, $f_2$ [percent]: return in each state; any; valid throughout; flat because only
            the state of largest regret counts
        money_market, $f_3$ [percent]: return in each state; any; valid throughout; flat because
            only the state of largest regret counts
    Outputs:
        max_regret, $V_a$ [percent]: largest regret of stocks, bonds and money market
    Validity: The three lists name the same states in the same order.
    Basis: published
    Source: Savage 1951, Journal of the American Statistical Association 46; the example is
        Wikipedia's, Regret (decision theory).
    """
    return savage([stocks, bonds, money_market])


def expected_value(m: Sequence[Sequence[float]], p: Sequence[float]) -> list[float]:
    """What each option gives on average under stated probabilities; the rule takes the largest.

    $ V_a = (sum_s p_s f_(a s)) / (sum_s p_s) $

    Symbols:
        m, $f_(a s)$ [any]: performance of option a in state s, more is better; any;
            valid throughout
        p, $p_s$ [fraction]: probability of each state; from 0 to 1; valid throughout
    Outputs:
        value, $V_a$ [same as m]: expected performance of each option
    Validity: Somebody answers for the probabilities. Printed ones may miss the sum of 1 by
        rounding and are scaled to it.
    Basis: published
    Source: von Neumann and Morgenstern 1944, Theory of Games and Economic Behavior; case from
        jbytecode/JMcDM.
    """
    table, weights = _weighted("expected_value", "m", m, p)
    return _rows(table @ weights)


def expected_regret(m: Sequence[Sequence[float]], p: Sequence[float]) -> list[float]:
    """The regret each option brings on average; the rule takes the smallest.

    $ V_a = (sum_s p_s (max_b f_(b s) - f_(a s))) / (sum_s p_s) $

    Symbols:
        m, $f_(a s)$ [any]: performance of option a in state s, more is better; any;
            valid throughout
        p, $p_s$ [fraction]: probability of each state; from 0 to 1; valid throughout
    Outputs:
        value, $V_a$ [same as m]: expected regret of each option
    Validity: As for the expected value, and all options are tried on the same states.
    Traps:
        The option of least expected regret is always that of largest expected value.
    Basis: published
    Source: Savage 1951, Journal of the American Statistical Association 46; case from
        jbytecode/JMcDM.
    """
    table, weights = _weighted("expected_regret", "m", m, p)
    return _rows(regret(table) @ weights)


def evpi(payoff: Sequence[Sequence[float]], p: Sequence[float]) -> tuple[list[float], float, float]:
    """What it is worth at most to learn the state before choosing.

    $ E_a = sum_s p_s f_(a s), quad E^* = sum_s p_s max_a f_(a s), quad "EVPI" = E^* - max_a E_a $

    Symbols:
        payoff, $f_(a s)$ [any]: what option a brings in state s; any; valid throughout
        p, $p_s$ [fraction]: probability of each state; from 0 to 1; valid throughout
    Outputs:
        emv, $E_a$ [same as payoff]: expected payoff of each option
        with_perfect_info, $E^*$ [same as payoff]: expected payoff when the state is known first
        evpi, $"EVPI"$ [same as payoff]: what that knowledge adds to the best option
    Labels:
        rows: the options' names, one for each row
    Validity: Knowing is free of error and comes before the choice, and payoffs may be averaged.
        Printed probabilities that miss the sum of 1 by rounding are scaled to it.
    Traps:
        Real information is worth less: it is late, partial or wrong.
    Basis: published
    Source: Raiffa and Schlaifer 1961, Applied Statistical Decision Theory; example at
        https://liquisearch.com/expected_value_of_perfect_information/example.
    """
    table, weights = _weighted("evpi", "payoff", payoff, p)
    expected = table @ weights
    informed = float(table.max(axis=0) @ weights)
    return _rows(expected), informed, informed - float(expected.max())


def _table(rule: str, symbol: str, value: Sequence[Sequence[float]]) -> NDArray[np.float64]:
    inputs = Inputs(rule)
    table = inputs.matrix(symbol, value)
    inputs.done()
    return table


def _weighted(
    rule: str, symbol: str, value: Sequence[Sequence[float]], p: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    inputs = Inputs(rule)
    table = inputs.matrix(symbol, value)
    weights = inputs.shares("p", p, length=table.shape[1])
    inputs.done()
    return table, weights / weights.sum()


def _rows(values: NDArray[np.float64]) -> list[float]:
    return [float(value) for value in np.atleast_1d(values)]
