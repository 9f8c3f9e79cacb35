"""First-order indices, flip points and the value of knowing, against what can be worked out."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guarantor.methods.sensitivity import (
    course,
    equal_bins,
    first_order,
    value_of_knowing,
)
from guarantor.problems import Problems

POINTS = 2**15
FOLDS = 16


def ishigami(draw, points=POINTS):
    """Ishigami and Homma 1990, with a = 7 and b = 0.1."""
    x = draw.uniform(-np.pi, np.pi, (3, points))
    return x, np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


ISHIGAMI = {0: 0.3139, 1: 0.4424, 2: 0.0}
"""The analytic first-order indices."""


@pytest.mark.parametrize("number", ISHIGAMI)
def test_the_indices_of_the_ishigami_function_come_out(number):
    found = []
    for seed in range(12):
        x, y = ishigami(np.random.default_rng(seed))
        found.append(first_order(y, equal_bins(x[number], 64), FOLDS))
        assert abs(found[-1].value - ISHIGAMI[number]) < 4 * found[-1].error
    assert np.mean([each.value for each in found]) == pytest.approx(ISHIGAMI[number], abs=0.003)


def test_the_index_of_a_threshold_is_that_worked_out_by_hand():
    # y is 1 where x passes 0.7 and z passes 0.4: 0.36 · 0.21 of a variance of 0.18 · 0.82
    x, z = np.random.default_rng(9).uniform(size=(2, POINTS))
    y = (x > 0.7) * (z > 0.4) * 1.0
    found = first_order(y, equal_bins(x, 64), FOLDS)
    assert found.value == pytest.approx(0.36 * 0.21 / (0.18 * 0.82), abs=0.01)


def test_an_input_without_effect_is_not_told():
    x, y = ishigami(np.random.default_rng(6))
    assert first_order(y, equal_bins(x[0]), FOLDS).tells
    assert not first_order(y, equal_bins(x[2]), FOLDS).tells


def test_the_error_is_the_spread_of_repeated_studies():
    found = []
    for seed in range(40):
        x, y = ishigami(np.random.default_rng(seed), 4096)
        found.append(first_order(y, equal_bins(x[0]), 8))
    spread = np.std([each.value for each in found], ddof=1)
    told = np.mean([each.error for each in found])
    assert told == pytest.approx(spread, rel=0.3)


def test_an_input_that_decides_everything_has_an_index_of_one():
    x = np.random.default_rng(1).uniform(size=4096)
    held = (x > 0.5).astype(np.float64)
    assert first_order(held, (x > 0.5).astype(np.int64), 4).value == pytest.approx(1)


def test_an_outcome_that_never_changes_hangs_on_nothing():
    x = np.random.default_rng(1).uniform(size=1024)
    found = first_order(np.full(1024, 3.0), equal_bins(x), 4)
    assert (found.value, found.error, found.tells) == (0, 0, False)


@given(st.integers(0, 2**31), st.floats(-1000, 1000), st.floats(0.001, 1000))
@settings(max_examples=30, deadline=None)
def test_an_index_does_not_change_with_the_unit_of_the_outcome(seed, shift, scale):
    draw = np.random.default_rng(seed)
    x, noise = draw.uniform(size=(2, 1024))
    bins = equal_bins(x)
    plain, turned = (first_order(y, bins, 4) for y in (x + noise, shift + scale * (x + noise)))
    assert turned.value == pytest.approx(plain.value, abs=1e-6)


def test_the_flip_is_where_the_difference_passes_zero():
    draw = np.random.default_rng(2)
    x = draw.uniform(10, 20, POINTS)
    noise = draw.normal(0, 2, POINTS)
    assert course(x - 14 + noise, x).crosses_zero(bins=3) == pytest.approx(14, abs=0.1)
    assert course(14 - x + noise, x).crosses_zero(bins=3) == pytest.approx(14, abs=0.1)


def test_there_is_no_flip_where_one_side_stays_ahead_or_chance_decides():
    draw = np.random.default_rng(3)
    x, noise = draw.uniform(size=POINTS), draw.normal(0, 1, POINTS)
    assert course(x + 1 + noise, x).crosses_zero(bins=3) is None
    assert course(noise, x).crosses_zero(bins=3) is None


def test_the_value_of_knowing_is_that_of_a_choice_worked_out_by_hand():
    # one option gives x, the other nothing; x is uniform from −1 to 1: knowing it is worth 1/4
    draw = np.random.default_rng(4)
    x, other = draw.uniform(-1, 1, (2, POINTS))
    payoffs = np.stack([x, np.zeros(POINTS)])
    found = value_of_knowing(payoffs, equal_bins(x), FOLDS)
    assert found.value == pytest.approx(0.25, abs=0.01)
    idle = value_of_knowing(payoffs, equal_bins(other), FOLDS)
    assert abs(idle.value) < 0.01
    assert not idle.tells


@given(st.integers(0, 2**31))
@settings(max_examples=20, deadline=None)
def test_knowing_is_worth_nothing_when_one_option_is_always_better(seed):
    draw = np.random.default_rng(seed)
    x = draw.uniform(size=1024)
    payoffs = np.stack([x + 1, x])
    assert value_of_knowing(payoffs, equal_bins(x), 4).value == pytest.approx(0, abs=1e-12)


def test_what_cannot_be_sorted_is_refused():
    with pytest.raises(Problems, match="bins"):
        equal_bins(np.zeros(10), 1)
    with pytest.raises(Problems, match="folds"):
        first_order(np.zeros(10), np.zeros(10, np.int64), 3)
    with pytest.raises(Problems, match="points"):
        first_order(np.zeros(10), np.zeros(8, np.int64), 2)
