"""What is known about a number: reading it, printing it, drawing from it."""

from __future__ import annotations

import math
import pickle
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from shape_strategies import exact, intervals, lognormal, numbers, perts, shapes, word_choices

from guarantor.problems import Problems
from guarantor.quantity import (
    Absent,
    AtLeast,
    AtMost,
    Choice,
    Exactly,
    Interval,
    Pert,
    parse_shape,
)

SHARES = st.floats(1e-6, 1 - 1e-6)


@pytest.mark.parametrize(
    ("written", "shape"),
    [
        ("3000", Exactly(3000)),
        (" 3 000 ", Exactly(3000)),
        ("3,000", Exactly(3000)),
        ("1,234,567.5", Exactly(1234567.5)),
        ("3\u00a0000", Exactly(3000)),
        ("3\u202f000", Exactly(3000)),
        ("-2.5", Exactly(-2.5)),
        ("\u22122.5", Exactly(-2.5)),
        ("1e6", Exactly(1_000_000)),
        ("1.2 million", Exactly(1_200_000)),
        ("1.2 billion", Exactly(1_200_000_000)),
        (3000, Exactly(3000)),
        (0.5, Exactly(0.5)),
        ("3000 to 5000", Interval(3000, 5000)),
        ("3 000 TO 5,000", Interval(3000, 5000)),
        ("-5 to 5", Interval(-5, 5)),
        ("3 to 5 million", Interval(3_000_000, 5_000_000)),
        ("900 million to 1.2 billion", Interval(900_000_000, 1_200_000_000)),
        ("3000 to 5000, best 3900", Pert(3000, 3900, 5000)),
        ("3000 to 5000 best 3900", Pert(3000, 3900, 5000)),
        ("0 to 5 million, best 2 million", Pert(0, 2_000_000, 5_000_000)),
        ({"low": 3000, "best": "3 900", "high": 5000.0}, Pert(3000, 3900, 5000)),
        ("choice of a: 0.5, b: 0.5", Choice({"a": 0.5, "b": 0.5})),
        ({"choice": {"a": 0.5, "b": 0.5}}, Choice({"a": 0.5, "b": 0.5})),
        ("choice of 500: 0.4, 700: 0.6", Choice({500: 0.4, 700: 0.6})),
        ("at most 7500", AtMost(7500)),
        ("At least 10 000", AtLeast(10000)),
        ("absent", Absent()),
        (Exactly(3), Exactly(3)),
    ],
)
def test_each_way_of_writing_a_number_is_read(written, shape):
    assert parse_shape(written) == shape


@given(shapes)
def test_the_text_of_a_shape_reads_back_as_the_same_shape(shape):
    text = shape.text()
    assert parse_shape(text) == shape
    assert parse_shape(text).text() == text


def test_sizes_go_up_to_where_every_whole_number_is_exact():
    assert parse_shape(10**15 - 1).text() == "999999999999999"
    assert parse_shape("1e-15").best == 1e-15
    for size in (1e15, -1e15, 10**15, 9.9e-16):
        with pytest.raises(Problems, match="outside the sizes"):
            parse_shape(size)


@given(shapes)
def test_shapes_survive_pickling_and_hash_alike_when_equal(shape):
    again = pickle.loads(pickle.dumps(shape))
    assert again == shape
    assert hash(again) == hash(shape)


@pytest.mark.parametrize(
    ("written", "what", "remedy"),
    [
        ("", "no number is given", "absent"),
        ("   ", "no number is given", "absent"),
        ("ten", "not a number", "in digits"),
        ("3000 to", "not complete", "at least"),
        ("to 5000", "not complete", "at most"),
        ("3000 to 5000, best", "not complete", "at least"),
        ("1 to 2 to 3", "not one range", "at least"),
        ("1 to 5, best 2, best 3", "not one range", "at least"),
        ("5000 to 3000", "reversed", "3000 to 5000"),
        ("3000 to 3000", "equal", "3000 alone"),
        ("3000 to 5000, best 6000", "outside its range", None),
        ("3 00", "not a number", "in threes"),
        ("3000,000", "not a number", "in threes"),
        ("1 000,000", "not a number", "in threes"),
        ("4,5", "not a number", "4.5"),
        ("3000-5000", "not a number", '"to"'),
        ("1.2bn", "not a number", "million or billion"),
        ("3 to 4 million, best 3.5 million", "bear million", None),
        ("900 000 to 1.2 million", "bear million", None),
        ("up to 7500", "do not say", "at most 7500"),
        ("more than 7500", "do not say", "at least 10000"),
        ("about 7500", "do not say", "judged"),
        ("at most", "not a number", None),
        ("at most 3 to 5", "not a number", None),
        ("NaN", "finite", "absent"),
        ("-inf", "finite", "absent"),
        (math.nan, "finite", "absent"),
        (math.inf, "finite", "absent"),
        ("1e20", "outside the sizes", "unit"),
        (10**400, "outside the sizes", "unit"),
        ("1e-20", "outside the sizes", "unit"),
        ("0.12345678901234567891", "more digits", "Round"),
        (True, "does not describe a number", None),
        (None, "does not describe a number", None),
        (["3000"], "does not describe a number", None),
        ("choice of a, b", "has no weight", "after a colon"),
        ("choice of", "has no weight", "after a colon"),
        ("choice of a: 0.5, b: 0.2", "do not sum to 1", "Change the weights"),
        ("choice of a: 1.5, b: -0.5", "above zero", "Leave out"),
        ("choice of a: 1, b: 0", "above zero", "Leave out"),
        ("choice of a: 0.5, a: 0.5", "named twice", None),
        ("choice of 3: 0.5, 3.0: 0.5", "named twice", None),
        ("choice of a: 0.5, 3: 0.5", "mixes numbers and words", None),
        ("choice of a: half, b: 0.5", "not a number", "in digits"),
        ("choice of : 1", "cannot name an alternative", None),
        ({"choice": {}}, "do not sum to 1", None),
        ({"choice": ["a", "b"]}, "alternatives with their weights", None),
        ({"choice": {True: 0.5, False: 0.5}}, "cannot name an alternative", None),
        ({"low": 1, "high": 5}, "no best", "3000 to 5000"),
        ({"low": 1, "bst": 2, "high": 5}, "not part of a range", "'best'"),
        ({}, "no low", None),
    ],
)
def test_bad_input_says_what_is_wrong_and_what_to_write(written, what, remedy):
    with pytest.raises(Problems) as caught:
        parse_shape(written)
    problem = caught.value.problems[0]
    assert what in problem.what
    assert problem.found or problem.allowed
    if remedy is not None:
        assert remedy in problem.remedy


def test_every_bad_number_of_a_range_is_named_at_once():
    with pytest.raises(Problems) as caught:
        parse_shape("ten to twenty, best fifteen")
    assert [p.found for p in caught.value.problems] == ["'ten'", "'twenty'", "'fifteen'"]


def test_every_fault_of_a_mapping_is_named_at_once():
    with pytest.raises(Problems) as caught:
        parse_shape({"low": "x", "bst": 2})
    assert len(caught.value.problems) == 4


def test_the_sum_of_weights_that_miss_one_is_printed():
    with pytest.raises(Problems, match=r"found: 0\.7; allowed: 1"):
        Choice({"a": 0.5, "b": 0.2})


@pytest.mark.parametrize("off", [5e-10, -5e-10])
def test_weights_may_miss_one_by_rounding_only(off):
    assert Choice({"a": 0.5 + off, "b": 0.5})
    with pytest.raises(Problems, match="do not sum to 1"):
        Choice({"a": 0.5 + 4 * off, "b": 0.5})


@given(numbers, numbers)
def test_a_range_needs_its_low_end_below_its_high_end(low, high):
    if low < high:
        assert Interval(low, high).low == low
    else:
        with pytest.raises(Problems, match="equal" if low == high else "reversed"):
            Interval(low, high)


@given(intervals)
def test_an_interval_has_5_and_95_per_cent_below_its_ends(interval):
    scale = max(abs(interval.low), abs(interval.high))
    assert interval.quantile(0.05) == pytest.approx(interval.low, rel=1e-9, abs=1e-12 * scale)
    assert interval.quantile(0.95) == pytest.approx(interval.high, rel=1e-9, abs=1e-12 * scale)
    assert interval.quantile(0.5) == pytest.approx(interval.best, rel=1e-12, abs=1e-12 * scale)


@given(lognormal.filter(lambda i: 1 + 1e-6 < i.high / i.low < 1e6), SHARES)
def test_an_interval_above_zero_is_lognormal(interval, p):
    middle = (math.log(interval.low) + math.log(interval.high)) / 2
    spread = (math.log(interval.high) - math.log(interval.low)) / (2 * NormalDist().inv_cdf(0.95))
    assert interval.quantile(p) == pytest.approx(stats.lognorm.ppf(p, spread, 0, math.exp(middle)))
    assert interval.quantile(p) > 0


def test_an_interval_from_zero_or_below_is_normal():
    spread = 10 / (2 * NormalDist().inv_cdf(0.95))
    for p in (0.01, 0.3, 0.99):
        assert Interval(-5, 5).quantile(p) == pytest.approx(stats.norm.ppf(p, 0, spread))
    assert Interval(0, 10).best == 5


@given(perts.filter(lambda s: s.high - s.low > 1e-9 * max(abs(s.low), abs(s.high))), SHARES)
def test_a_pert_is_the_beta_of_its_parameters_and_stays_within_its_limits(shape, p):
    width = shape.high - shape.low
    first, second = (
        1 + 4 * (shape.best - shape.low) / width,
        1 + 4 * (shape.high - shape.best) / width,
    )
    expected = stats.beta.ppf(p, first, second, shape.low, width)
    assert shape.quantile(p) == pytest.approx(expected, rel=1e-6, abs=1e-6 * width)
    assert shape.low <= shape.quantile(p) <= shape.high


def test_the_mean_of_a_pert_is_low_plus_four_best_plus_high_over_six():
    shape = Pert(3000, 3900, 5000)
    count = 20_000
    mean = math.fsum(shape.quantile((i + 0.5) / count) for i in range(count)) / count
    assert mean == pytest.approx((3000 + 4 * 3900 + 5000) / 6, rel=1e-6)


@given(exact | intervals | perts, SHARES, SHARES)
def test_quantiles_do_not_fall(shape, p, q):
    low, high = sorted((p, q))
    assert shape.quantile(low) <= shape.quantile(high)


def test_a_choice_between_numbers_is_drawn_by_its_weights():
    choice = Choice({700: 0.6, 500: 0.4})
    assert [choice.quantile(p) for p in (0.01, 0.4, 0.41, 0.99)] == [500, 500, 700, 700]
    assert (choice.low, choice.best, choice.high) == (500, 700, 700)
    assert Choice({500: 0.5, 700: 0.5}).best is None


def test_the_order_in_which_alternatives_are_listed_changes_nothing():
    first, second = Choice({"b": 0.3, "a": 0.7}), Choice({"a": 0.7, "b": 0.3})
    assert first == second
    assert [first.pick(p) for p in (0.5, 0.9)] == [second.pick(p) for p in (0.5, 0.9)] == ["a", "b"]


@given(word_choices)
def test_a_choice_between_words_has_no_numbers(choice):
    assert (choice.low, choice.best, choice.high) == (None, None, None)
    with pytest.raises(Problems, match="no quantiles"):
        choice.quantile(0.5)


def test_one_bound_has_no_best_and_cannot_be_drawn_from():
    assert (AtMost(7500).low, AtMost(7500).best, AtMost(7500).high) == (None, None, 7500)
    assert (AtLeast(9).low, AtLeast(9).best, AtLeast(9).high) == (9, None, None)
    with pytest.raises(Problems, match='write "LOW to 7500" and mark it as judged'):
        AtMost(7500).quantile(0.5)
    with pytest.raises(Problems, match='write "9 to HIGH" and mark it as judged'):
        AtLeast(9).quantile(0.5)


@pytest.mark.parametrize("p", [0, 1, -0.1, 1.1, math.nan])
def test_a_quantile_needs_a_share_between_zero_and_one(p):
    for shape in (Exactly(1), Interval(1, 2), Pert(1, 1, 2), Choice({1: 1})):
        with pytest.raises(Problems, match="above 0 and below 1"):
            shape.quantile(p)


@pytest.mark.parametrize(
    "arithmetic",
    [
        lambda: Absent() + 1,
        lambda: 1 + Absent(),
        lambda: Absent() - 1,
        lambda: 2 * Absent(),
        lambda: Absent() / 2,
        lambda: -Absent(),
        lambda: float(Absent()),
        lambda: int(Absent()),
        lambda: Absent() < 3,
        lambda: sum([Absent()]),
        lambda: Absent().quantile(0.5),
    ],
)
def test_absent_is_not_zero_and_refuses_arithmetic(arithmetic):
    with pytest.raises(Problems, match="absent"):
        arithmetic()


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        (Exactly(25000), "25 000"),
        (Interval(3000, 5000), "90 % between 3 000 and 5 000, median 3 900"),
        (Interval(-5, 5), "90 % between -5 and 5, median 0"),
        (Interval(11000, 13500), "90 % between 11 000 and 13 500, median 12 200"),
        (Interval(5000, 5100), "90 % between 5 000 and 5 100, median 5 050"),
        (Pert(3000, 3872, 5000), "between 3 000 and 5 000, most likely 3 872"),
        (Choice({500: 0.4, 700: 0.6}), "one of 500 (weight 0.4), 700 (weight 0.6)"),
        (AtMost(7500), "at most 7 500"),
        (AtLeast(10000), "at least 10 000"),
        (Absent(), "absent"),
    ],
)
def test_a_shape_in_words(shape, words):
    assert shape.words() == words


@given(intervals)
def test_the_median_in_words_is_true_to_a_twentieth_of_the_interval(interval):
    printed = float(interval.words().rpartition("median ")[2].replace(" ", ""))
    assert interval.low <= printed <= interval.high
    assert abs(printed - interval.best) <= (interval.high - interval.low) / 20 * (1 + 1e-9)


@given(lognormal.filter(lambda i: i.high / i.low > 1.01))
def test_the_median_of_a_lognormal_is_not_its_mode(interval):
    spread = (math.log(interval.high) - math.log(interval.low)) / (2 * NormalDist().inv_cdf(0.95))
    mode = interval.best * math.exp(-(spread**2))
    assert mode < interval.best
    assert "most likely" not in interval.words()
