"""Sums and products of numbers with ends keep the ends in order and bound every outcome."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.quantity import parse_amount
from guarantor.supply.span import NOTHING, Span, total

sizes = st.floats(0, 1e9)


@st.composite
def spans(draw, least=0.0):
    low, best, high = sorted(draw(st.tuples(*[st.floats(least, 1e9)] * 3)))
    return Span(low, best, high)


def ordered(span: Span) -> bool:
    return span.low <= span.best <= span.high


@given(spans(), spans())
def test_sums_differences_and_products_keep_their_ends_in_order(one, two):
    for found in (one + two, one - two, one * two, one.at_most(two), (one - two).at_least(0)):
        assert ordered(found)


@given(spans(), spans(least=0.5))
def test_a_quotient_keeps_its_ends_in_order(one, two):
    assert ordered(one / two)


@given(st.data(), spans(), spans(least=0.5))
def test_every_outcome_lies_between_the_ends(data, one, two):
    first = data.draw(st.floats(one.low, one.high))
    second = data.draw(st.floats(two.low, two.high))
    outcomes = (
        (first + second, one + two),
        (first - second, one - two),
        (first * second, one * two),
        (first / second, one / two),
        (min(first, second), one.at_most(two)),
    )
    for outcome, bounds in outcomes:
        slack = 1e-9 * max(1.0, abs(outcome))
        assert bounds.low - slack <= outcome <= bounds.high + slack


@given(st.lists(spans(), max_size=6))
def test_a_total_is_the_sum_of_each_end_and_of_nothing_is_nothing(parts):
    found = total(parts)
    assert found.low == pytest.approx(sum(part.low for part in parts))
    assert found.high == pytest.approx(sum(part.high for part in parts))
    assert total([]) == NOTHING


@given(spans(), spans())
def test_what_is_taken_and_what_is_left_make_the_whole(one, two):
    taken = one.at_most(two)
    assert taken.low <= two.low
    assert taken.high <= two.high
    assert taken.at_most(two) == taken


@pytest.mark.parametrize(
    ("amount", "ends"),
    [
        ("7 to 9, best 8 units", (7, 8, 9)),
        ("172 aircraft", (172, 172, 172)),
        ("at most 7500 people deployed", (0, 7500, 7500)),
        ("at least 10000 people deployed", (10000, 10000, 10000)),
        ("0 to 5000, best 0 people deployed", (0, 0, 5000)),
    ],
)
def test_an_amount_of_the_case_is_read_at_its_ends(amount: str, ends):
    assert Span.of(parse_amount(amount)) == Span(*ends)


def test_an_unknown_amount_has_no_span():
    assert Span.of(parse_amount("absent units")) is None
