"""Preference flows add up to zero, and acceptabilities are shares of weightings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.methods.promethee import (
    net_flows,
    promethee_ii,
    promethee_ii_by_criterion,
    promethee_ii_by_criterion_with_indifference,
)
from guarantor.methods.smaa import acceptability, smaa_entropy, uniform_weights
from guarantor.problems import Problems

FUNCTIONS = ["usual", "u-shape", "v-shape", "level", "linear"]


@st.composite
def tables(draw):
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    options, criteria = draw(st.integers(2, 6)), draw(st.integers(1, 5))
    return numbers.uniform(0, 10, (options, criteria)), numbers.uniform(0.1, 1, criteria)


@pytest.mark.parametrize("function", FUNCTIONS)
@given(table=tables())
def test_flows_add_up_to_zero_and_stay_between_minus_one_and_one(function, table):
    values, weights = table
    ones = np.ones(values.shape[1])
    flows = net_flows(values, weights, ones, function, ones, 3 * ones)
    assert sum(flows) == pytest.approx(0, abs=1e-9)
    assert all(-1 - 1e-9 <= flow <= 1 + 1e-9 for flow in flows)


@pytest.mark.parametrize("function", FUNCTIONS)
@given(table=tables())
def test_where_less_is_better_the_flows_change_their_sign(function, table):
    values, weights = table
    ones = np.ones(values.shape[1])
    more = net_flows(values, weights, ones, function, ones, 3 * ones)
    less = net_flows(values, weights, -ones, function, ones, 3 * ones)
    assert less == pytest.approx([-flow for flow in more], abs=1e-9)


@given(table=tables())
def test_an_option_far_better_on_everything_has_the_full_flow(table):
    values, weights = table
    ones = np.ones(values.shape[1])
    values = np.vstack((values, 100 * ones))
    assert net_flows(values, weights, ones, "linear", ones, 3 * ones)[-1] == pytest.approx(1)


def test_preference_grows_between_the_thresholds():
    def of(difference, function):
        return promethee_ii([[difference], [0]], [1], [1], function, 1, 3)[0]

    assert [of(d, "linear") for d in (0.5, 1, 2, 3, 4)] == [0, 0, 0.5, 1, 1]
    assert [of(d, "level") for d in (0.5, 1, 2, 3, 4)] == [0, 0, 0.5, 0.5, 1]
    assert [of(d, "v-shape") for d in (0, 1.5, 3, 4)] == [0, 0.5, 1, 1]
    assert [of(d, "u-shape") for d in (0.5, 1, 2)] == [0, 0, 1]
    assert [of(d, "usual") for d in (0, 0.1)] == [0, 1]


def test_the_table_may_be_turned_and_its_thresholds_given_by_criterion():
    matrix, weights, directions = [[8, 7], [5, 3], [7, 5]], [0.6, 0.4], [1, -1]
    turned = [list(column) for column in zip(*matrix, strict=True)]
    expected = promethee_ii(matrix, weights, directions, "linear", 1, 2)
    assert expected == promethee_ii_by_criterion_with_indifference(
        turned, weights, directions, "linear", [1, 1], [2, 2]
    )
    expected = promethee_ii(matrix, weights, directions, "v-shape", 0, 2)
    assert expected == promethee_ii_by_criterion(turned, weights, directions, "v-shape", [2, 2])


def test_thresholds_below_one_count_as_they_are():
    assert promethee_ii([[0.25], [0]], [1], [1], "v-shape", 0, 0.5)[0] == 0.5
    assert promethee_ii([[0.4], [0]], [1], [1], "linear", 0.3, 0.5)[0] == pytest.approx(0.5)


def test_a_direction_counts_by_its_sign_alone():
    whole = promethee_ii([[2, 1], [0, 3]], [1, 2], [1, -1], "linear", 0, 4)
    assert promethee_ii([[2, 1], [0, 3]], [1, 2], [0.5, -0.5], "linear", 0, 4) == whole


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"function": "gauss"}, "function"),
        ({"q": 3}, "p"),
        ({"q": 2}, "p"),
        ({"q": 2, "function": "level"}, "p"),
        ({"p": 0, "function": "v-shape"}, "p"),
        ({"weights": [0, 0]}, "weights"),
        ({"weights": [1]}, "weights"),
        ({"weights": [1, -1]}, "weights"),
        ({"directions": [1, 2]}, "directions"),
        ({"matrix": [[1, 2]]}, "matrix"),
    ],
)
def test_what_cannot_be_compared_is_refused_by_name(changed, field):
    inputs = {
        "matrix": [[8, 7], [5, 3]],
        "weights": [1, 1],
        "directions": [1, 1],
        "function": "linear",
        "q": 1,
        "p": 2,
    } | changed
    with pytest.raises(Problems) as refused:
        promethee_ii(**inputs)
    assert field in {problem.field for problem in refused.value.problems}


@given(st.lists(st.floats(0, 1), min_size=1, max_size=8).filter(lambda shares: sum(shares) > 0.1))
def test_entropy_lies_between_certainty_and_an_even_spread(shares):
    even = [1 / len(shares)] * len(shares)
    entropy = smaa_entropy([share / sum(shares) for share in shares])
    assert -1e-9 <= entropy <= smaa_entropy(even) + 1e-9
    assert smaa_entropy(even) == pytest.approx(np.log2(len(shares)))


def test_one_option_that_is_always_first_leaves_nothing_undecided():
    assert smaa_entropy([1.0, 0.0]) == 0.0


def draws(seed=7, count=4000):
    generator = np.random.Generator(np.random.Philox(seed))
    return uniform_weights(2, count, generator)


def test_weights_are_drawn_evenly_from_all_that_sum_to_one():
    weights = uniform_weights(3, 20_000, np.random.Generator(np.random.Philox(3)))
    assert weights.sum(axis=1) == pytest.approx(np.ones(20_000))
    assert weights.mean(axis=0) == pytest.approx(np.full(3, 1 / 3), abs=0.01)
    assert (weights[:, 0] > 0.5).mean() == pytest.approx(0.25, abs=0.01)


def test_ranks_follow_from_the_weight_at_which_two_options_change_places():
    values = np.array([[1.0, 0.0], [0.0, 0.5]])
    weights = draws()
    found = acceptability(np.broadcast_to(values, (len(weights), 2, 2)), weights)
    first = (weights[:, 0] > weights[:, 1] / 2).mean()
    assert found.ranks[0] == pytest.approx([first, 1 - first])
    assert found.ranks.sum(axis=1) == pytest.approx([1, 1])
    assert first == pytest.approx(2 / 3, abs=0.02)
    assert found.central_weights[0] == pytest.approx([2 / 3, 1 / 3], abs=0.02)
    assert found.confidence == pytest.approx([1, 1])


def test_an_option_that_is_never_first_has_no_central_weights():
    values = np.broadcast_to([[1.0, 1.0], [0.5, 0.5]], (100, 2, 2))
    found = acceptability(values, draws(count=100))
    assert found.ranks.tolist() == [[1, 0], [0, 1]]
    assert np.isnan(found.central_weights[1]).all()
    assert np.isnan(found.confidence[1])


def test_equal_options_share_the_better_rank():
    values = np.broadcast_to([[0.5, 0.5]] * 2, (10, 2, 2))
    assert acceptability(values, draws(count=10)).ranks.tolist() == [[1, 0], [1, 0]]


def test_confidence_falls_when_values_are_uncertain():
    weights = draws()
    noise = np.random.Generator(np.random.Philox(5)).normal(0, 0.5, (len(weights), 2, 2))
    found = acceptability(np.array([[1.0, 0.0], [0.0, 1.0]]) + noise, weights)
    assert 0.5 < found.confidence[0] < 0.9


def test_weights_that_do_not_belong_to_the_values_are_refused():
    with pytest.raises(Problems, match="weights"):
        acceptability(np.zeros((10, 2, 3)), np.zeros((10, 2)))


@pytest.mark.parametrize("shares", [[], [0.5, 0.4], [1.5, -0.5]])
def test_shares_that_are_none_have_no_entropy(shares):
    with pytest.raises(Problems, match="acceptability"):
        smaa_entropy(shares)
