"""Values of shapes at drawn shares: their quantiles, taken for a whole block at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.special import betaincinv
from scipy.stats import norm

from guarantor.problems import Problems
from guarantor.quantity import Absent, AtLeast, AtMost, Choice, Exactly, Interval, Pert
from guarantor.simulate.draws import BLOCK, Draws, choices, uniforms, values

SMALLEST = 2.0**-53
SHARES = st.floats(SMALLEST, 1 - SMALLEST)
TAIL = 10.0 ** -np.linspace(1, 15.9, 1_000)
SPREAD = np.sort(np.concatenate([TAIL, np.linspace(1e-6, 1 - 1e-6, 20_001), 1 - TAIL]))

sizes = st.floats(1e-9, 1e9)
numbers = sizes | sizes.map(lambda size: -size) | st.just(0.0)
words = st.text(st.characters(categories=["Lu"]), min_size=1)


def ordered(given, count):
    return st.lists(given, min_size=count, max_size=count, unique=True).map(sorted)


def choice_of(labels):
    counts = st.dictionaries(labels, st.integers(1, 50), min_size=1, max_size=6)
    return counts.map(
        lambda found: Choice((label, n / sum(found.values())) for label, n in found.items())
    )


exact = numbers.map(Exactly)
intervals = (ordered(numbers, 2) | ordered(sizes, 2)).map(lambda ends: Interval(*ends))
perts = ordered(numbers, 3).map(lambda three: Pert(*three)) | st.builds(
    lambda ends, at_low: Pert(ends[0], ends[0] if at_low else ends[1], ends[1]),
    ordered(numbers, 2),
    st.booleans(),
)
number_choices = choice_of(numbers)
word_choices = choice_of(words)


@given(exact, SHARES)
def test_an_exact_value_is_itself(shape, uniform):
    assert values(shape, np.array([uniform])).tolist() == [shape.value]


@given(intervals, st.lists(SHARES, min_size=1))
def test_intervals_equal_their_quantiles(shape, shares):
    expected = [shape.quantile(uniform) for uniform in shares]
    # A normal quantile near its own zero cancels; the scale is then the interval's.
    scale = 0 if shape.low > 0 else 1e-13 * max(abs(shape.low), abs(shape.high))
    assert values(shape, np.array(shares)) == pytest.approx(expected, rel=1e-12, abs=scale)


@given(perts, st.lists(SHARES, min_size=1))
@example(Pert(0, 1, 1), [SMALLEST, 1 - SMALLEST])
@example(Pert(0, 0, 1), [SMALLEST, 1 - SMALLEST])
def test_pert_ranges_equal_their_quantiles_within_the_stated_error(shape, shares):
    expected = [shape.quantile(uniform) for uniform in shares]
    stated = 1e-4 * (shape.high - shape.low)
    assert values(shape, np.array(shares)) == pytest.approx(expected, rel=1e-15, abs=stated)


@pytest.mark.parametrize("best", [0, 0.001, 0.1, 0.25, 0.5, 0.8, 0.99, 1])
def test_pert_ranges_are_twenty_times_better_away_from_the_last_billionth(best):
    error = np.abs(
        values(Pert(0, best, 1), SPREAD) - betaincinv(1 + 4 * best, 5 - 4 * best, SPREAD)
    )
    assert error.max() < 1e-4
    assert error[(SPREAD >= 1e-9) & (SPREAD <= 1 - 1e-9)].max() < 5e-6


@given(perts | intervals | number_choices)
def test_a_larger_share_never_gives_a_smaller_value(shape):
    rounding = 1e-15 * max(abs(shape.low), abs(shape.high))
    assert (np.diff(values(shape, SPREAD)) >= -rounding).all()


@given(perts)
def test_a_pert_range_keeps_to_its_ends(shape):
    drawn = values(shape, uniforms(7, "x", 0))
    slack = 1e-15 * max(abs(shape.low), abs(shape.high))
    assert shape.low - slack <= drawn.min()
    assert drawn.max() <= shape.high + slack


@given(number_choices, st.lists(SHARES, min_size=1))
def test_choices_of_numbers_equal_their_quantiles(shape, shares):
    assert values(shape, np.array(shares)).tolist() == [shape.quantile(each) for each in shares]


@given(word_choices | number_choices, st.lists(SHARES, min_size=1))
def test_choices_say_which_alternative_it_is(shape, shares):
    picked = choices(shape, np.array(shares))
    assert picked.dtype == np.int64
    assert [shape.weights[index][0] for index in picked] == [shape.pick(each) for each in shares]


def test_a_share_at_the_edge_of_an_alternative_is_that_alternative():
    shape = Choice({"a": 0.25, "b": 0.25, "c": 0.5})
    after = np.nextafter([0.25, 0.5], 1)
    assert choices(shape, np.array([0.25, 0.5])).tolist() == [0, 1]
    assert choices(shape, after).tolist() == [1, 2]


def test_weights_in_whole_strata_are_met_exactly_in_each_block():
    shape = Choice({10: 0.25, 20: 0.25, 30: 0.5})
    drawn = Draws(7).block(5).value("theory", shape)
    assert np.unique(drawn, return_counts=True)[1].tolist() == [256, 256, 512]


def test_a_lower_limit_is_the_number_said():
    drawn = values(AtLeast(10_000), uniforms(7, "x", 0))
    assert set(drawn) == {10_000}


def test_an_upper_limit_is_the_best_of_a_range_from_zero():
    uniform = uniforms(7, "x", 0)
    drawn = values(AtMost(7500), uniform)
    assert np.array_equal(drawn, values(Pert(0, 7500, 7500), uniform))
    assert drawn.mean() == pytest.approx(7500 * 5 / 6, rel=1e-4)
    assert set(values(AtMost(0), uniform)) == {0}


@pytest.mark.parametrize(
    "shape", [Absent(), AtMost(-1), Choice({"a": 0.5, "b": 0.5})], ids=lambda shape: shape.text()
)
def test_what_has_no_numbers_is_refused_by_name(shape):
    with pytest.raises(Problems) as refused:
        Draws(7).block(0).value("FRA troops", shape)
    (problem,) = refused.value.problems
    assert problem.field == "FRA troops"
    assert problem.found == shape.text()
    assert problem.remedy


@pytest.mark.parametrize(
    ("shape", "mean", "deviation"),
    [
        (Pert(2000, 3000, 6000), 20_000 / 6, 755.9),
        (Pert(0, 0, 1), 1 / 6, 0.1409),
        (Interval(-100, 300), 100, 121.6),
        (Interval(0.5, 2), np.exp((np.log(2) / norm.ppf(0.95)) ** 2 / 2), 0.48),
    ],
    ids=lambda given: given.text() if hasattr(given, "text") else "",
)
def test_block_means_meet_the_analytic_mean_far_closer_than_by_chance(shape, mean, deviation):
    draws = Draws(7)
    means = np.array([draws.block(number).value("x", shape).mean() for number in range(20)])
    by_chance = deviation / np.sqrt(BLOCK)
    assert means.std(ddof=1) < by_chance / 10
    assert means.mean() == pytest.approx(
        mean, abs=4 * means.std(ddof=1) / np.sqrt(20) + 1e-6 * mean
    )
