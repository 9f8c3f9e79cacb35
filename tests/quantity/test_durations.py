"""Lengths of time and calendar months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.problems import Problems
from guarantor.quantity import Duration, add_months, months_between

COUNTS = st.integers(0, 999_999)
LETTERS = [("Y", ""), ("M", ""), ("D", ""), ("H", "T"), ("M", "T")]
DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(-1200, 1200)


@st.composite
def iso_texts(draw):
    if draw(st.booleans()):
        return f"P{draw(COUNTS)}W"
    date_part = "".join(f"{draw(COUNTS)}{letter}" for letter in "YMD" if draw(st.booleans()))
    time_part = "".join(f"{draw(COUNTS)}{letter}" for letter in "HM" if draw(st.booleans()))
    text = f"P{date_part}T{time_part}" if time_part else f"P{date_part}"
    return text if text != "P" else "P0M"


@given(iso_texts())
def test_the_text_of_a_duration_reads_back_as_the_same_duration(text):
    duration = Duration.parse(text)
    assert Duration.parse(duration.text()) == duration
    assert Duration.parse(duration.text()).text() == duration.text()


@pytest.mark.parametrize("text", ["P6M", "P5Y", "P1Y6M", "P2W", "P10D", "PT72H", "PT15M", "P1DT2H"])
def test_a_duration_keeps_the_parts_it_was_stated_in(text):
    assert Duration.parse(text).text() == text


@pytest.mark.parametrize(("written", "text"), [("P06M", "P6M"), ("P0Y6M", "P6M"), ("PT0H", "P0M")])
def test_parts_of_zero_are_dropped(written, text):
    assert Duration.parse(written).text() == text


@pytest.mark.parametrize(("text", "months"), [("P6M", 6), ("P5Y", 60), ("P1Y6M", 18), ("P0M", 0)])
def test_years_and_months_are_counted_in_months(text, months):
    assert Duration.parse(text).months == months


@pytest.mark.parametrize("text", ["P180D", "P26W", "PT72H", "PT30M", "P1M1D"])
def test_days_and_hours_are_not_months(text):
    with pytest.raises(Problems, match="not a whole number of calendar months") as caught:
        _ = Duration.parse(text).months
    assert caught.value.problems[0].found == text
    assert "30 days" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("P6M", "6 months"),
        ("PT72H", "72 hours"),
        ("P1Y", "1 year"),
        ("P1Y6M", "1 year 6 months"),
        ("P2W", "2 weeks"),
        ("P1DT1H", "1 day 1 hour"),
        ("PT15M", "15 minutes"),
        ("P0M", "0 months"),
    ],
)
def test_a_duration_in_words(text, words):
    assert Duration.parse(text).words() == words


@pytest.mark.parametrize(
    "written",
    [
        *("", "P", "PT", "P6", "6M", "P6MT", "P1.5M", "P-6M", "PT5S", "six months"),
        *("P6M2W", "P2WT1H", "P1M1Y", "P1234567D", 6, None),
    ],
)
def test_what_is_not_a_duration_is_refused_with_an_example(written):
    with pytest.raises(Problems, match="not a duration") as caught:
        Duration.parse(written)
    assert "P6M" in caught.value.problems[0].remedy


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 3, 31), -1, date(2025, 2, 28)),
        (date(2025, 8, 22), 6, date(2026, 2, 22)),
        (date(2025, 8, 22), -8, date(2024, 12, 22)),
        (date(2025, 12, 1), 1, date(2026, 1, 1)),
    ],
)
def test_months_are_added_by_the_calendar(start, months, end):
    assert add_months(start, months) == end


@given(DAYS, MONTHS)
def test_adding_months_moves_the_month_by_that_many_and_keeps_the_day_where_it_can(start, months):
    end = add_months(start, months)
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == min(start.day, monthrange(end.year, end.month)[1])


@given(DAYS, DAYS)
def test_months_between_is_the_largest_count_that_does_not_pass_the_end(first, second):
    start, end = sorted((first, second))
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)
    assert months_between(end, start) == -months


@given(DAYS.filter(lambda day: day.day <= 28), MONTHS)
def test_months_between_undoes_adding_months(start, months):
    assert months_between(start, add_months(start, months)) == months


@pytest.mark.parametrize(("start", "months"), [(date(9999, 12, 1), 1), (date(1, 1, 1), -1)])
def test_the_calendar_has_an_end(start, months):
    with pytest.raises(Problems, match="outside the calendar"):
        add_months(start, months)


def test_six_months_are_not_180_days():
    assert (add_months(date(2025, 8, 22), 6) - date(2025, 8, 22)).days == 184
