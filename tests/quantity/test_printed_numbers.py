"""Numbers as people read them."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_strategies import numbers

from guarantor.problems import Problems
from guarantor.quantity import format_number, parse_shape
from guarantor.quantity.format import plain_number

FINITE = st.floats(allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (25000, None, "25 000"),
        (0.333333, 2, "0.33"),
        (1234567, 2, "1 200 000"),
        (999.6, 3, "1 000"),
        (0.1, None, "0.1"),
        (3.0, None, "3"),
        (3.10, 3, "3.1"),
        (0.30000000000000004, 15, "0.3"),
        (-1234.5, None, "-1 234.5"),
        (0, 2, "0"),
        (-0.0, None, "0"),
        (1e-7, None, "0.0000001"),
        (1e21, None, "1 000 000 000 000 000 000 000"),
        (0.125, 2, "0.12"),
        (0.135, 2, "0.14"),
        (25, 1, "20"),
        (35, 1, "40"),
        (2.675, 3, "2.68"),
        (12, 5, "12"),
        (Decimal("1200.50"), None, "1 200.5"),
    ],
)
def test_numbers_are_grouped_rounded_to_even_and_have_no_tail(value, digits, text):
    assert format_number(value, digits) == text


def test_the_separator_of_thousands_can_be_chosen():
    assert format_number(1234567, thin="\u202f") == "1\u202f234\u202f567"


@given(FINITE)
def test_a_printed_number_keeps_its_value_and_shows_no_exponent(value):
    text = plain_number(value)
    assert float(text) == value
    assert "e" not in text.lower()
    assert not (("." in text) and text.endswith("0"))


@given(numbers)
def test_a_grouped_number_reads_back(value):
    assert parse_shape(format_number(value)).best == value


@given(FINITE, st.integers(1, 20))
def test_rounding_moves_a_number_by_at_most_half_its_last_digit(value, digits):
    printed = Decimal(format_number(value, digits, thin=""))
    exact = Decimal(repr(value))
    assert abs(printed - exact) <= Decimal(5).scaleb(exact.adjusted() - digits) or value == 0
    assert len(printed.normalize().as_tuple().digits) <= digits


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_not_finite_is_not_printed(value):
    with pytest.raises(Problems, match="finite"):
        format_number(value)


def test_fewer_than_one_digit_is_refused():
    with pytest.raises(Problems, match="one significant digit"):
        format_number(3, 0)
