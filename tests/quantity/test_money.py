"""Money carries its currency and its price year, and converts by a named series or not at all."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from shape_strategies import countable

from guarantor.problems import Problems
from guarantor.quantity import (
    Absent,
    AtLeast,
    AtMost,
    Choice,
    Currency,
    Deflator,
    Exactly,
    Interval,
    Money,
    Pert,
    Prices,
    bounds_sum,
)

PRICE_YEARS = st.integers(1900, 2100) | st.just("current")
INDEX = Deflator("made for this test", {2016: 80.0, 2020: 100.0, 2024: 125.0}, "no source")


def euros(value, year=2024):
    return Money(Exactly(value), Currency.EUR, year)


@pytest.mark.parametrize(
    ("written", "money"),
    [
        ("EUR 1.2 billion at 2024 prices", euros(1_200_000_000)),
        ("GBP 200 million at 2026 prices", Money(Exactly(200_000_000), Currency.GBP, 2026)),
        ("USD 30 000 at 2016 prices", Money(Exactly(30_000), Currency.USD, 2016)),
        ("usd 30,000 AT Current Prices", Money(Exactly(30_000), Currency.USD, "current")),
        ("EUR 1 to 1.1 billion at 2023 prices",
         Money(Interval(1_000_000_000, 1_100_000_000), Currency.EUR, 2023)),
        ("NOK at most 5 million at 2025 prices", Money(AtMost(5_000_000), Currency.NOK, 2025)),
        ("EUR 0 to 5 million, best 2 million at 2025 prices",
         Money(Pert(0, 2_000_000, 5_000_000), Currency.EUR, 2025)),
        ("EUR choice of 1 billion: 0.5, 2 billion: 0.5 at 2025 prices",
         Money(Choice({1_000_000_000: 0.5, 2_000_000_000: 0.5}), Currency.EUR, 2025)),
        ("UAH absent at 2025 prices", Money(Absent(), Currency.UAH, 2025)),
    ],
)  # fmt: skip
def test_money_is_read_from_its_text(written, money):
    assert Money.parse(written) == money


@pytest.mark.parametrize(
    "text",
    [
        "EUR 1.2 billion at 2024 prices",
        "GBP 200 million at 2026 prices",
        "USD 30 000 at 2016 prices",
        "EUR 900 million to 1.2 billion at current prices",
        "EUR 1 234 567 at 2024 prices",
        "EUR 1.234 billion at 2024 prices",
        "EUR 1 234.5 million at 2024 prices",
        "EUR 0 to 5 million at 2024 prices",
        "EUR 900 000 to 1 200 000 at 2024 prices",
        "JPY 8 trillion at 2024 prices",
        "SEK at least 5 million at 2024 prices",
        "EUR -5 million at 2024 prices",
    ],
)
def test_money_is_printed_with_the_largest_scale_that_leaves_three_decimals(text):
    assert Money.parse(text).text() == text


@given(countable | st.just(Absent()), st.sampled_from(Currency), PRICE_YEARS)
def test_the_text_of_money_reads_back_as_the_same_money(shape, currency, year):
    money = Money(shape, currency, year)
    assert Money.parse(money.text()) == money
    assert Money.parse(money.text()).text() == money.text()


@given(st.lists(st.integers(1, 10**9), min_size=3, max_size=3, unique=True), st.integers(0, 6))
def test_ranges_of_round_sums_read_back(values, power):
    low, best, high = (value * 10**power / 1000 for value in sorted(values))
    assume(high < 1e15)
    for shape in (Interval(low, high), Pert(low, best, high), Pert(0, best, high)):
        money = Money(shape, Currency.EUR, 2024)
        assert Money.parse(money.text()) == money


@pytest.mark.parametrize(
    ("money", "words"),
    [
        (euros(1_200_000_000), "EUR 1.2 billion at 2024 prices"),
        (Money.parse("EUR 1 to 2 million at 2024 prices"),
         "90 % between EUR 1 million and EUR 2 million, median EUR 1.4 million at 2024 prices"),
        (Money.parse("EUR at most 5 million at 2024 prices"),
         "at most EUR 5 million at 2024 prices"),
        (Money.parse("EUR absent at 2024 prices"), "absent (EUR at 2024 prices)"),
    ],
)  # fmt: skip
def test_money_in_words(money, words):
    assert money.words() == words


@pytest.mark.parametrize(
    ("written", "whats"),
    [
        ("EUR 5 million", ["no price year"]),
        ("EUR 5 million at last prices", ["not a price year"]),
        ("EUR 5 million at 1066 prices", ["not a price year"]),
        ("EUT 5 million at 2024 prices", ["not one of the currencies"]),
        ("EUT ten", ["no price year", "not a number", "not one of the currencies"]),
        ("5 million EUR at 2024 prices", ["not an amount of money"]),
        ("€5 million at 2024 prices", ["not an amount of money"]),
        ("", ["not an amount of money"]),
        (5_000_000, ["not an amount of money"]),
        ("EUR choice of a: 0.5, b: 0.5 at 2024 prices", ["a choice between words has no unit"]),
    ],
)
def test_bad_money_names_all_that_is_wrong(written, whats):
    with pytest.raises(Problems) as caught:
        Money.parse(written)
    found = sorted(problem.what for problem in caught.value.problems)
    assert len(found) == len(whats)
    for what in whats:
        assert any(what in problem for problem in found)


def test_money_cannot_be_made_without_a_price_year_or_in_an_unknown_currency():
    with pytest.raises(Problems, match="at current prices"):
        Money(Exactly(5), Currency.EUR, None)
    with pytest.raises(Problems, match=r"'EUT'.*Did you mean 'EUR'"):
        Money(Exactly(5), "EUT", 2024)


def test_money_of_one_currency_and_price_year_adds_up():
    assert euros(0.1) + euros(0.2) == euros(0.3)
    assert euros(5) - euros(7) == euros(-2)
    assert bounds_sum([euros(5), euros(7)]).measure == Prices(Currency.EUR, 2024)


@pytest.mark.parametrize(
    ("other", "remedy"),
    [
        (Money(Exactly(1), Currency.USD, 2024), "no rate of exchange is assumed"),
        (Money(Exactly(1), Currency.EUR, 2023), "named deflator"),
        (Money(Exactly(1), Currency.EUR, "current"), "named deflator"),
    ],
)
def test_sums_across_currencies_and_price_years_are_refused(other, remedy):
    for operation in (
        lambda: euros(1) + other,
        lambda: other - euros(1),
        lambda: bounds_sum([euros(1), other]),
    ):
        with pytest.raises(Problems, match="cannot be added") as caught:
            operation()
        assert remedy in caught.value.problems[0].remedy


def test_a_deflator_moves_money_by_the_ratio_of_two_levels():
    assert euros(100, 2020).at_prices(2024, INDEX) == euros(125, 2024)
    moved = Money.parse("EUR 100 to 200, best 150 at 2020 prices").at_prices(2016, INDEX)
    assert moved == Money.parse("EUR 80 to 160, best 120 at 2016 prices")
    assert euros(100, 2020).at_prices(2024, INDEX) + euros(1) == euros(126)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Interval(100, 200), Interval(125, 250)),
        (AtMost(100), AtMost(125)),
        (AtLeast(100), AtLeast(125)),
        (Choice({100: 0.5, 200: 0.5}), Choice({125: 0.5, 250: 0.5})),
    ],
)
def test_a_deflator_moves_every_bound_alike(before, after):
    moved = Money(before, Currency.EUR, 2020).at_prices(2024, INDEX)
    assert moved == Money(after, Currency.EUR, 2024)


@given(
    st.floats(0.01, 1e11),
    st.dictionaries(st.integers(1990, 2030), st.floats(1, 1000), min_size=2, max_size=8),
    st.data(),
)
def test_converting_there_and_back_keeps_a_cent_in_a_million(value, levels, data):
    start, end = data.draw(st.permutations(sorted(levels)))[:2]
    deflator = Deflator("made for this test", levels, "no source")
    money = euros(value, start)
    back = money.at_prices(end, deflator).at_prices(start, deflator)
    assert back.price_year == start
    assert abs(back.shape.best - value) <= 0.01 * value / 1_000_000


@pytest.mark.parametrize(
    ("money", "year", "what"),
    [
        (euros(1, 2019), 2024, "no level for this year"),
        (euros(1, 2020), 2025, "no level for this year"),
        (euros(1, "current"), 2024, "no year to convert"),
        (Money(Absent(), Currency.EUR, 2020), 2024, "absent"),
    ],
)
def test_money_that_cannot_be_converted_says_why(money, year, what):
    with pytest.raises(Problems, match=what):
        money.at_prices(year, INDEX)


def test_both_missing_years_are_named_at_once():
    with pytest.raises(Problems) as caught:
        euros(1, 2019).at_prices(2025, INDEX)
    assert [problem.found for problem in caught.value.problems] == ["2019", "2025"]


def test_a_deflator_needs_a_name_a_source_and_levels_above_zero():
    with pytest.raises(Problems) as caught:
        Deflator(" ", {2020: 0.0, 2021: float("nan"), 20: 1.0}, "")
    assert len(caught.value.problems) == 5
    with pytest.raises(Problems, match="no levels"):
        Deflator("a", {}, "b")


def test_a_deflator_does_not_change_when_the_mapping_it_was_made_from_does():
    levels = {2020: 1.0, 2021: 2.0}
    deflator = Deflator("a", levels, "b")
    levels[2021] = 5.0
    assert deflator.ratio(2020, 2021) == 2
    assert pickle.loads(pickle.dumps(deflator)) == deflator
