"""Numbers with units: reading them, and refusing to add what counts different things."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shape_strategies import bounds, countable, exact, intervals, perts

from guarantor.problems import Problems
from guarantor.quantity import (
    Absent,
    Amount,
    AtLeast,
    AtMost,
    Choice,
    Currency,
    Exactly,
    Interval,
    Money,
    Pert,
    Prices,
    Unit,
    bounds_sum,
    parse_amount,
    parse_measure,
    unit_named,
)

UNITS = st.sampled_from(list(Unit))
CENTS = st.integers(-(10**12), 10**12)


def people(shape):
    return Amount(shape, Unit.PEOPLE_DEPLOYED)


@pytest.mark.parametrize(
    ("written", "amount"),
    [
        ("3000 to 5000 people deployed", people(Interval(3000, 5000))),
        ("at most 7 500 people deployed", people(AtMost(7500))),
        ("3,000  People Deployed", people(Exactly(3000))),
        ("200 people", Amount(Exactly(200), Unit.PEOPLE)),
        ("200 pool people", Amount(Exactly(200), Unit.POOL_PEOPLE)),
        ("1 unit", Amount(Exactly(1), Unit.UNITS)),
        ("1 units", Amount(Exactly(1), Unit.UNITS)),
        ("5000 to 7000, best 6000 people per unit",
         Amount(Pert(5000, 6000, 7000), Unit.PEOPLE_PER_UNIT)),
        ("60 missiles per month", Amount(Exactly(60), Unit.MISSILES_PER_MONTH)),
        ("1.5 %", Amount(Exactly(1.5), Unit.PERCENT)),
        ("1.5%", Amount(Exactly(1.5), Unit.PERCENT)),
        ("38 million people", Amount(Exactly(38_000_000), Unit.PEOPLE)),
        ("choice of 1: 0.5, 2: 0.5 systems", Amount(Choice({1: 0.5, 2: 0.5}), Unit.SYSTEMS)),
        ("absent person-tours", Amount(Absent(), Unit.PERSON_TOURS)),
        ("eur 5 at 2024 prices", Money(Exactly(5), Currency.EUR, 2024)),
        ("EUR 5 at 2024 prices", Money(Exactly(5), Currency.EUR, 2024)),
    ],
)  # fmt: skip
def test_an_amount_is_read_from_its_text(written, amount):
    assert parse_amount(written) == amount


@given(countable | st.just(Absent()), UNITS)
def test_the_text_of_an_amount_reads_back_as_the_same_amount(shape, unit):
    amount = Amount(shape, unit)
    assert parse_amount(amount.text()) == amount
    assert parse_amount(amount.text()).text() == amount.text()


@pytest.mark.parametrize("unit", list(Unit))
def test_a_unit_is_found_by_its_singular_and_its_plural(unit):
    assert unit_named(unit.one) is unit
    assert unit_named(unit.plural.upper()) is unit


@pytest.mark.parametrize(
    ("name", "near"),
    [("peple", "'people'"), ("persons tours", "'person-tours'"), ("aircrafts", "'aircraft'")],
)
def test_an_unknown_unit_names_the_nearest_one(name, near):
    with pytest.raises(Problems, match="not one of the units") as caught:
        unit_named(name)
    assert near in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("written", "whats"),
    [
        ("3000", ["no unit"]),
        ("3000 peple deployed", ["not one of the units"]),
        ("absent peple", ["not one of the units"]),
        ("3 00 peple", ["not one of the units", "not a number"]),
        ("ten people", ["not a number"]),
        ("several thousand", ["not a number with its unit"]),
        ("", ["not a number with its unit"]),
        (3000, ["not a number with its unit"]),
        ("€5 million", ["not an amount of money"]),
        ("choice of a: 0.5, b: 0.5 people", ["a choice between words has no unit"]),
    ],
)
def test_a_bad_amount_names_all_that_is_wrong(written, whats):
    with pytest.raises(Problems) as caught:
        parse_amount(written)
    found = sorted(problem.what for problem in caught.value.problems)
    assert len(found) == len(whats)
    assert all(what in problem for what, problem in zip(sorted(whats), found, strict=True))


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (people(Exactly(1)), "1 person deployed"),
        (people(Exactly(3000)), "3 000 people deployed"),
        (
            people(Interval(3000, 5000)),
            "90 % between 3 000 and 5 000 people deployed, median 3 900",
        ),
        (people(AtMost(7500)), "at most 7 500 people deployed"),
        (people(Absent()), "absent (people deployed)"),
    ],
)
def test_an_amount_in_words(amount, words):
    assert amount.words() == words


@given(CENTS, CENTS)
def test_exact_values_add_and_subtract_as_decimals_do(first, second):
    total = people(Exactly(first / 100)) + people(Exactly(second / 100))
    assert total == people(Exactly((first + second) / 100))
    assert total - people(Exactly(second / 100)) == people(Exactly(first / 100))


def test_a_tenth_and_two_tenths_are_three_tenths():
    assert people(Exactly(0.1)) + people(Exactly(0.2)) == people(Exactly(0.3))


@given(UNITS, UNITS)
def test_only_one_unit_adds_up(first, second):
    one, other = Amount(Exactly(1), first), Amount(Exactly(2), second)
    if first is second:
        assert one + other == Amount(Exactly(3), first)
        assert bounds_sum([one, other]).high == 3
        return
    for operation in (lambda: one + other, lambda: one - other, lambda: bounds_sum([one, other])):
        with pytest.raises(Problems, match="cannot be added") as caught:
            operation()
        assert first.value in caught.value.problems[0].found
        assert second.value in caught.value.problems[0].found


@pytest.mark.parametrize(
    ("first", "second", "reasons"),
    [
        (Unit.PEOPLE_DEPLOYED, Unit.POOL_PEOPLE, ["present at one time", "keep that presence up"]),
        (Unit.POOL_PEOPLE, Unit.PERSON_TOURS, ["keep that presence up", "pass through"]),
        (Unit.PERSON_TOURS, Unit.PEOPLE_DEPLOYED, ["pass through", "present at one time"]),
    ],
)
def test_deployed_pool_and_throughput_say_why_they_refuse_to_add(first, second, reasons):
    with pytest.raises(Problems) as caught:
        Amount(Exactly(1), first) + Amount(Exactly(1), second)
    assert all(reason in caught.value.problems[0].remedy for reason in reasons)


def test_people_and_money_refuse_to_add():
    with pytest.raises(Problems, match="people deployed and EUR at 2024 prices cannot be added"):
        people(Exactly(1)) + Money(Exactly(1), Currency.EUR, 2024)


def test_a_bare_number_is_not_added_to_an_amount():
    with pytest.raises(Problems, match="bare number"):
        people(Exactly(1)) + 1


@given(intervals | perts | bounds, exact)
def test_what_is_not_exact_is_not_added_as_if_it_were(shape, value):
    for first, second in ((shape, value), (value, shape)):
        with pytest.raises(Problems, match="not exact") as caught:
            people(first) + people(second)
        assert "bounds_sum" in caught.value.problems[0].remedy


def test_arithmetic_with_an_absent_amount_is_refused():
    for operation in (
        lambda: people(Exactly(1)) + people(Absent()),
        lambda: people(Absent()) - people(Exactly(1)),
        lambda: bounds_sum([people(Exactly(1)), people(Absent())]),
    ):
        with pytest.raises(Problems, match="Absent is not zero"):
            operation()


@given(st.lists(exact | intervals | perts, min_size=1, max_size=6))
def test_bounds_add_low_best_and_high_apart(shapes):
    total = bounds_sum(people(shape) for shape in shapes)
    scale = math.fsum(abs(shape.low) + abs(shape.high) for shape in shapes)
    for name in ("low", "best", "high"):
        expected = math.fsum(getattr(shape, name) for shape in shapes)
        assert getattr(total, name) == pytest.approx(expected, abs=1e-12 * scale)
    assert total.measure is Unit.PEOPLE_DEPLOYED


def test_a_sum_with_a_part_that_has_one_bound_has_one_bound():
    parts = [people(Exactly(100)), people(AtMost(7500))]
    assert (bounds_sum(parts).low, bounds_sum(parts).best) == (None, None)
    assert bounds_sum(parts).words() == "at most 7 600 people deployed"
    assert bounds_sum([people(AtLeast(5)), parts[0]]).words() == "at least 105 people deployed"
    assert bounds_sum([*parts, people(AtLeast(5))]).words() == "no bound known (people deployed)"


def test_bounds_in_words():
    parts = [people(Interval(3000, 5000)), people(Exactly(200))]
    assert bounds_sum(parts).words() == "from 3 200 to 5 200 people deployed"
    assert bounds_sum([people(Exactly(0.1)), people(Exactly(0.2))]).words() == "0.3 people deployed"


def test_an_empty_sum_has_no_unit_and_is_refused():
    with pytest.raises(Problems, match="nothing to add up"):
        bounds_sum([])


def test_a_measure_is_a_unit_or_the_prices_that_money_is_in():
    assert parse_measure("people deployed") is Unit.PEOPLE_DEPLOYED
    assert parse_measure("eur at 2024 prices") == Prices(Currency.EUR, 2024)
    with pytest.raises(Problems, match="does not say which money"):
        parse_measure("EUR 2024")
    with pytest.raises(Problems, match="not one of the units"):
        parse_measure("peple")
