"""Dates as far as they are known, and what a view as of a day may show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.problems import Problems
from guarantor.quantity import UNDATED, PartialDate, Precision, Visibility

DAYS = st.dates()
PARTIAL = st.one_of(
    st.just(UNDATED),
    DAYS.map(lambda day: PartialDate(day.year)),
    DAYS.map(lambda day: PartialDate(day.year, day.month)),
    DAYS.map(lambda day: PartialDate(day.year, day.month, day.day)),
)


@pytest.mark.parametrize(
    ("written", "earliest", "latest", "precision"),
    [
        ("2025-08-22", date(2025, 8, 22), date(2025, 8, 22), "day"),
        (" 2025-08 ", date(2025, 8, 1), date(2025, 8, 31), "month"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "month"),
        ("2025", date(2025, 1, 1), date(2025, 12, 31), "year"),
        (2025, date(2025, 1, 1), date(2025, 12, 31), "year"),
        (date(2025, 8, 22), date(2025, 8, 22), date(2025, 8, 22), "day"),
        ("", date.min, date.max, "undated"),
        ("undated", date.min, date.max, "undated"),
    ],
)
def test_a_date_spans_the_days_that_it_can_mean(written, earliest, latest, precision):
    parsed = PartialDate.parse(written)
    assert (parsed.earliest, parsed.latest, parsed.precision) == (earliest, latest, precision)


@given(PARTIAL)
def test_the_text_of_a_date_reads_back_as_the_same_date(partial):
    assert PartialDate.parse(partial.text()) == partial
    assert partial.earliest <= partial.latest


@given(PARTIAL, DAYS)
def test_a_view_shows_what_was_certainly_out_and_hides_what_certainly_was_not(partial, as_of):
    days_it_can_mean = {partial.earliest, partial.latest}
    if partial.visible(as_of) is Visibility.SHOWN:
        assert all(day <= as_of for day in days_it_can_mean)
    elif partial.visible(as_of) is Visibility.LATER:
        assert all(day > as_of for day in days_it_can_mean)
    else:
        assert min(days_it_can_mean) <= as_of < max(days_it_can_mean)


@given(PARTIAL, st.dates(max_value=date.max - timedelta(days=400)))
def test_time_only_moves_a_date_towards_being_shown(partial, as_of):
    order = [Visibility.LATER, Visibility.AMBIGUOUS, Visibility.SHOWN]
    later = as_of + timedelta(days=400)
    assert order.index(partial.visible(as_of)) <= order.index(partial.visible(later))


@pytest.mark.parametrize(
    ("written", "visibility"),
    [
        ("2025-08-22", "shown"),
        ("2025-08-23", "later"),
        ("2025-08", "ambiguous"),
        ("2025-07", "shown"),
        ("2025-09", "later"),
        ("2025", "ambiguous"),
        ("", "ambiguous"),
    ],
)
def test_the_view_of_22_august_2025(written, visibility):
    assert PartialDate.parse(written).visible(date(2025, 8, 22)) == visibility


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("2025-02-30", "2025-02 has no day 30"),
        ("2023-02-29", "2023-02 has no day 29"),
        ("2025-08-00", "has no day 0"),
        ("2025-13", "no month 13"),
        ("2025-00-10", "no month 0"),
        ("0000", "no year 0"),
        (12345, "no year 12345"),
    ],
)
def test_an_impossible_date_says_what_is_impossible(written, what):
    with pytest.raises(Problems, match=what) as caught:
        PartialDate.parse(written)
    assert caught.value.problems[0].found
    assert caught.value.problems[0].allowed


@pytest.mark.parametrize(
    "written",
    [
        *("22.08.2025", "08/22/2025", "2025-8-2", "25-08", "2025-08-22T10:00", "soon", "2025-"),
        *(None, True, 2025.5, datetime(2025, 8, 22, 10, tzinfo=UTC)),
    ],
)
def test_what_is_not_a_date_is_refused(written):
    with pytest.raises(Problems, match="not a date") as caught:
        PartialDate.parse(written)
    assert "2025-08-22" in caught.value.problems[0].allowed


@pytest.mark.parametrize("parts", [(None, 8), (2025, None, 22), (None, None, 22)])
def test_a_part_needs_the_larger_part_before_it(parts):
    with pytest.raises(Problems, match="without its"):
        PartialDate(*parts)


def test_an_undated_text_is_blank_as_in_a_table():
    assert UNDATED.text() == ""
    assert UNDATED.precision is Precision.UNDATED
