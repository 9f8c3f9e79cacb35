"""Regret is never below zero, and each rule of choice is the one its definition says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.methods import decision_rules as rules
from guarantor.methods import robustness
from guarantor.problems import Problems

NUMBER = st.floats(-1e4, 1e4)


@st.composite
def tables(draw):
    options, states = draw(st.integers(1, 6)), draw(st.integers(1, 8))
    row = st.lists(NUMBER, min_size=states, max_size=states)
    return draw(st.lists(row, min_size=options, max_size=options))


@st.composite
def weighted_tables(draw):
    table = draw(tables())
    states = len(table[0])
    weights = draw(st.lists(st.floats(0.01, 1), min_size=states, max_size=states))
    return table, [weight / sum(weights) for weight in weights]


@given(tables())
def test_regret_is_never_below_zero_and_zero_for_the_best_in_each_state(table):
    regret = rules.regret(np.array(table))
    assert (regret >= 0).all()
    assert (regret.min(axis=0) == 0).all()
    assert min(rules.savage(table)) >= 0


@given(tables())
def test_an_option_that_is_best_in_every_state_has_no_regret(table):
    best = [max(column) for column in zip(*table, strict=True)]
    assert rules.savage([*table, best])[-1] == 0


@given(tables(), NUMBER)
def test_regret_does_not_change_when_every_option_gains_alike(table, gain):
    moved = [[value + gain for value in row] for row in table]
    assert rules.savage(moved) == pytest.approx(rules.savage(table), abs=1e-6)


@given(weighted_tables())
def test_the_option_of_least_expected_regret_has_the_largest_expected_value(given_table):
    table, p = given_table
    value, regret = rules.expected_value(table, p), rules.expected_regret(table, p)
    assert max(value) - np.array(value) == pytest.approx(np.array(regret) - min(regret), abs=1e-6)


@given(weighted_tables())
def test_knowing_first_is_worth_the_least_expected_regret_and_never_less_than_nothing(given_table):
    table, p = given_table
    expected, informed, worth = rules.evpi(table, p)
    assert worth == pytest.approx(min(rules.expected_regret(table, p)), abs=1e-6)
    assert worth >= -1e-6
    assert informed >= max(expected) - 1e-6


@given(tables())
def test_metrics_of_an_option_lie_between_its_worst_and_its_best(table):
    worst, best = rules.maximin(table), robustness.robustness_maximax(table)
    for metric in (
        rules.laplace(table),
        robustness.robustness_hurwicz(table, 0.3),
    ):
        assert all(
            low - 1e-6 <= value <= high + 1e-6
            for low, value, high in zip(worst, metric, best, strict=True)
        )
    assert robustness.robustness_hurwicz(table, 1.0) == worst
    assert robustness.robustness_hurwicz(table, 0.0) == best


@given(tables(), st.floats(0, 1))
def test_losses_are_not_above_zero_and_the_quantile_of_regret_lies_between_its_ends(table, share):
    largest = robustness.robustness_minimax_regret(table)
    quantile = robustness.robustness_percentile_regret(table, share)
    assert all(low <= value <= 0 for low, value in zip(largest, quantile, strict=True))
    assert robustness.robustness_percentile_regret(table, 0.0) == largest
    deviations = robustness.robustness_undesirable_deviations(table, "worse half")
    assert all(value <= 1e-9 for value in deviations)


@given(tables(), NUMBER)
def test_shares_that_meet_and_miss_a_threshold_add_up_to_one(table, threshold):
    met = robustness.robustness_starr(table, threshold, ">=")
    missed = robustness.robustness_starr(table, threshold, "f < threshold")
    assert np.add(met, missed) == pytest.approx(1)
    strictly = robustness.robustness_starr(table, threshold, ">")
    not_above = robustness.robustness_starr(table, threshold, "<=")
    assert np.add(strictly, not_above) == pytest.approx(1)


@given(tables())
def test_listing_the_options_in_another_order_lists_the_results_so(table):
    for rule in (rules.maximin, rules.laplace, rules.savage, robustness.robustness_maximax):
        assert rule(table[::-1]) == rule(table)[::-1]


def test_the_investment_example_takes_bonds_by_regret_and_the_market_by_the_worst_case():
    stocks, bonds, market = [-4, 4, 12], [-2, 3, 8], [3, 2, 1]
    regret = rules.regret_investment(stocks, bonds, market)
    assert regret == rules.savage([stocks, bonds, market])
    assert regret.index(min(regret)) == 1
    worst = rules.maximin([stocks, bonds, market])
    assert worst.index(max(worst)) == 2


def test_printed_probabilities_are_scaled_to_one():
    thirds = rules.expected_value([[3, 6, 9]], [0.33, 0.33, 0.33])
    assert thirds == pytest.approx([6])


@pytest.mark.parametrize("p", [[0.5, 0.4], [0.7, 0.7], [1.2, -0.2], [1.0], [0.5, float("nan")]])
def test_probabilities_that_are_none_are_refused(p):
    with pytest.raises(Problems) as refused:
        rules.expected_value([[1, 2], [3, 4]], p)
    assert {problem.field for problem in refused.value.problems} == {"p"}


@pytest.mark.parametrize(
    "table", [[], [[]], [1, 2], [[1, 2], [3]], [[1, "two"]], [[1, None]], "no"]
)
def test_what_is_no_table_is_refused(table):
    for rule in (rules.maximin, rules.laplace, rules.savage, robustness.robustness_maximax):
        with pytest.raises(Problems, match="rows of numbers"):
            rule(table)


def test_a_table_with_gaps_is_refused_with_the_gaps():
    with pytest.raises(Problems, match="found: nan"):
        rules.savage([[1.0, float("nan")], [3.0, 4.0]])


def test_one_state_has_no_variance():
    with pytest.raises(Problems, match="at least 2 states"):
        robustness.robustness_mean_variance([[1.0], [2.0]], True)


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda: robustness.robustness_hurwicz([[1, 2]], 1.5), "pessimism"),
        (lambda: robustness.robustness_percentile_regret([[1, 2]], -0.1), "percentile"),
        (lambda: robustness.robustness_undesirable_deviations([[1, 2]], "worst"), "states"),
        (lambda: robustness.robustness_starr([[1, 2]], 1, "about"), "comparison"),
    ],
)
def test_settings_out_of_range_are_refused_by_name(call, field):
    with pytest.raises(Problems) as refused:
        call()
    assert [problem.field for problem in refused.value.problems] == [field]


def test_the_worse_half_of_four_states_is_two_and_of_two_states_one():
    found = robustness.robustness_undesirable_deviations([[1, 2, 4, 9]], "worse half")
    assert found == pytest.approx([-1.5])
    assert robustness.robustness_undesirable_deviations([[1, 3]], "worse half") == [-1]


def test_two_states_have_a_variance():
    found = robustness.robustness_mean_variance([[1.0, 3.0]], True)
    assert found == pytest.approx([3 / (1 + 2**0.5)])


def test_the_ends_of_every_share_may_be_used_and_nothing_beyond():
    assert robustness.robustness_percentile_regret([[1, 2], [0, 3]], 1.0) == [0, 0]
    with pytest.raises(Problems, match="percentile"):
        robustness.robustness_percentile_regret([[1, 2]], 1.5)
