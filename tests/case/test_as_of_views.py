"""A view of an earlier day knows nothing later, whichever day and wherever it would stand."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from guarantor.case.as_of import seen_from
from guarantor.case.case import COLLECTIONS, Case, View
from guarantor.case.check import REFERENCES
from guarantor.case.overlay import Overlay, apply
from guarantor.case.read import read_case
from guarantor.case.records import About, Membership, Nation, Place, Position, Source
from guarantor.case.supply import Contribution
from guarantor.problems import Problems
from guarantor.quantity import Amount, Kind, Money, PartialDate

if TYPE_CHECKING:
    from guarantor.case.record import Record

LEAD = read_case("ukraine-2025-08")
LAST = LEAD.view.as_of
AUGUST = date(2025, 8, 22)
STEADY = settings(deadline=None, max_examples=60)
REASONS = ("it has no date", "its date is too coarse to say whether it was known")


def everything(value: Any, above: tuple[Any, ...] = ()):
    """Yield each record at or below a value with what stands above it: no help from the case."""
    if isinstance(value, BaseModel):
        yield above, value
        for name, inner in value.__dict__.items():
            yield from everything(inner, (*above, value, name))
    elif isinstance(value, dict):
        for name, inner in value.items():
            yield from everything(inner, (*above, name))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from everything(inner, above)


@cache
def reachable(case_day: date) -> list[tuple[tuple[Any, ...], Record]]:
    seen = seen_from(LEAD, case_day)
    tables = {name: dict(getattr(seen, name)) for name in COLLECTIONS}
    return [*everything(seen.about), *everything(tables)]


def dates_of(record: BaseModel) -> dict[str, PartialDate]:
    return {n: v for n, v in record.__dict__.items() if isinstance(v, PartialDate)}


@cache
def decisive_days() -> list[date]:
    """Return the days on which some view changes, and those beside them."""
    days = set()
    for _, record in everything({name: dict(getattr(LEAD, name)) for name in COLLECTIONS}):
        for dated in dates_of(record).values():
            if dated.precision != "undated":
                days |= {dated.earliest, dated.latest}
    near = {day + timedelta(days=step) for day in days for step in (-1, 0, 1)}
    return sorted(day for day in near if day <= LAST)


days = st.one_of(
    st.dates(date(1940, 1, 1), LAST),
    st.dates(date(2025, 1, 1), LAST),
    st.sampled_from(decisive_days()),
)


@given(day=days)
@STEADY
def test_nothing_dated_later_can_be_reached(day: date):
    for above, record in reachable(day):
        if isinstance(record, About):
            continue  # how far the record reaches, and when decision makers are asked
        for name, dated in dates_of(record).items():
            later = dated.precision != "undated" and dated.earliest > day
            assert not later, (above[-2:], name, dated)


@given(day=days)
@STEADY
def test_nothing_refers_to_what_is_hidden(day: date):
    seen = seen_from(LEAD, day)
    for above, record in reachable(day):
        for reference in REFERENCES:
            if not isinstance(record, reference.record) or not hasattr(record, reference.field):
                continue
            words = getattr(record, reference.field)
            for word in words if isinstance(words, tuple) else filter(None, (words,)):
                tables = [getattr(seen, target) for target in reference.targets]
                assert any(word in table for table in tables), (above[-2:], record, word)


@given(day=days)
@STEADY
def test_what_is_reported_is_seen_with_a_source_of_its_time(day: date):
    if day == LAST:
        return
    for _, record in reachable(day):
        reported = getattr(record, "kind", None) is Kind.REPORTED
        if reported or isinstance(record, Position | Membership):
            assert record.sources, record


@given(days=st.tuples(days, days).map(sorted))
@STEADY
def test_what_is_shown_on_a_day_is_shown_on_every_later_one(days: list[date]):
    earlier, later = (seen_from(LEAD, day) for day in days)
    for name in COLLECTIONS:
        assert set(getattr(earlier, name)) <= set(getattr(later, name))
    first, second = ({_content(r) for _, r in reachable(day)} for day in days)
    assert first <= second


def _content(record: BaseModel) -> tuple[str, str]:
    """Return what a record says by itself, without its sources, records inside and open ends."""
    said = {
        name: str(value)
        for name, value in record.__dict__.items()
        if name not in {"sources", "until", "deals", "on_one_page"}
        and not isinstance(value, BaseModel | tuple | dict)
        and not (
            value is None or (isinstance(record, Nation | Place) and isinstance(value, Amount))
        )
    }
    return type(record).__name__, str(sorted(said.items()))


@given(day=days)
@STEADY
def test_what_stays_hidden_without_a_word_is_dated_later_or_rests_on_what_is_hidden(day: date):
    seen = seen_from(LEAD, day)
    listed = {left.key for left in seen.view.left_out}
    for name in COLLECTIONS:
        for key, record in getattr(LEAD, name).items():
            if key in getattr(seen, name) or (name, key) in listed:
                continue
            assert record.DATED is not None
            later = getattr(record, record.DATED).earliest > day
            assert later or rests_on_what_is_hidden(record, seen), record


def rests_on_what_is_hidden(record: Record, seen: Case) -> bool:
    return isinstance(record, Contribution) and (
        (record.position is not None and record.position not in seen.positions)
        or (bool(record.options) and not set(record.options) & set(seen.options))
    )


def test_the_view_from_the_last_day_is_the_case_itself():
    assert seen_from(LEAD, LAST) is LEAD


def test_the_record_does_not_reach_beyond_its_last_day():
    with pytest.raises(Problems, match="the record does not reach that day"):
        seen_from(LEAD, LAST + timedelta(days=1))


def test_a_view_cannot_be_turned_forward_again():
    seen = seen_from(LEAD, AUGUST)
    with pytest.raises(Problems, match="the record does not reach that day"):
        seen_from(seen, date(2025, 9, 1))


@given(days=st.tuples(days, days).map(sorted))
@STEADY
def test_a_view_of_a_view_is_the_view_of_the_case(days: list[date]):
    earlier, later = days
    assert seen_from(seen_from(LEAD, later), earlier) == seen_from(LEAD, earlier)


def changed(collection: str, key: str, **fields: object) -> Case:
    """Return the lead case with other words in one record."""
    record = LEAD.table(collection)[key].model_copy(update=fields)
    return apply(LEAD, Overlay(View(LAST), {(collection, key): record}))


def position_of_early_2025() -> str:
    """Return a position whose sources were all out to the day before August 2025."""
    return next(
        key
        for key, position in LEAD.positions.items()
        if position.date.precision == "day"
        and position.date.latest < date(2025, 7, 1)
        and all(
            LEAD.sources[s].date.precision == "day" and LEAD.sources[s].date.latest < AUGUST
            for s in position.sources
        )
    )


@pytest.mark.parametrize(
    ("dated", "day", "shown"),
    [
        (PartialDate(2025, 8), date(2025, 7, 31), "hidden"),
        (PartialDate(2025, 8), date(2025, 8, 1), "listed"),
        (PartialDate(2025, 8), date(2025, 8, 30), "listed"),
        (PartialDate(2025, 8), date(2025, 8, 31), "shown"),
        (PartialDate(2025), date(2025, 8, 30), "listed"),
        (PartialDate(2025), date(2025, 12, 31), "shown"),
        (PartialDate(2025, 8, 22), date(2025, 8, 21), "hidden"),
        (PartialDate(2025, 8, 22), date(2025, 8, 22), "shown"),
        (PartialDate(), date(2025, 8, 22), "listed"),
        (PartialDate(), LAST - timedelta(days=1), "listed"),
        (PartialDate(), LAST, "shown"),
    ],
)
def test_a_coarse_date_leaves_a_statement_out_and_lists_it(
    dated: PartialDate, day: date, shown: str
):
    key = position_of_early_2025()
    seen = seen_from(changed("positions", key, date=dated), day)
    listed = [left for left in seen.view.left_out if left.key == ("positions", key)]
    assert (key in seen.positions) == (shown == "shown")
    assert bool(listed) == (shown == "listed")
    for left in listed:
        assert left.label == LEAD.positions[key].statement
        assert left.dated == dated.text()
        assert left.reason == (
            "its date is too coarse to say whether it was known"
            if dated.text()
            else "it has no date"
        )


def test_a_statement_inside_an_option_is_left_out_and_listed_in_the_same_way():
    option = LEAD.options["european-force-us-command"]
    assert option.purpose is not None
    coarse = option.purpose[0].model_copy(update={"since": PartialDate(2025, 8)})
    case = changed("options", option.id, purpose=(coarse, *option.purpose[1:]))
    seen = seen_from(case, AUGUST)
    assert seen.options[option.id].purpose == option.purpose[1:]
    assert coarse.text in {left.label for left in seen.view.left_out}
    september = seen_from(case, date(2025, 9, 1)).options[option.id].purpose
    assert september is not None
    assert september[0].text == coarse.text


def test_a_stated_line_without_a_date_is_left_out_and_listed():
    option = LEAD.options["european-force-us-command"]
    assert option.lines is not None
    undated = option.lines[0].model_copy(update={"since": PartialDate()})
    seen = seen_from(changed("options", option.id, lines=(undated, *option.lines[1:])), AUGUST)
    kept = seen.options[option.id].lines
    assert kept is not None
    assert undated.id not in {line.id for line in kept}
    assert undated.text in {left.label for left in seen.view.left_out}


def test_a_judgement_without_a_date_is_always_seen():
    early = seen_from(LEAD, date(2014, 1, 1))
    judged = [risk.text for risk in LEAD.about.risks if risk.kind is Kind.JUDGED]
    assert judged
    assert [risk.text for risk in early.about.risks if risk.kind is Kind.JUDGED] == judged


def test_a_source_published_later_is_cited_no_more():
    key = position_of_early_2025()
    later = next(s.id for s in LEAD.sources.values() if s.date.earliest > AUGUST)
    both = (later, *LEAD.positions[key].sources)
    seen = seen_from(changed("positions", key, sources=both), AUGUST)
    assert seen.positions[key].sources == both[1:]
    alone = seen_from(changed("positions", key, sources=(later,)), AUGUST)
    assert key not in alone.positions
    assert ("positions", key, "every source of it was published later") in {
        (*left.key, left.reason) for left in alone.view.left_out
    }


def test_a_source_with_a_coarse_date_is_cited_only_where_there_is_no_better():
    key = position_of_early_2025()
    coarse = next(s.id for s in LEAD.sources.values() if s.date == PartialDate(2025, 8))
    both = (coarse, *LEAD.positions[key].sources)
    seen = seen_from(changed("positions", key, sources=both), AUGUST)
    assert seen.positions[key].sources == both[1:]
    alone = seen_from(changed("positions", key, sources=(coarse,)), AUGUST)
    assert alone.positions[key].sources == (coarse,)


def test_an_end_that_lies_ahead_is_not_known_yet():
    key = next(k for k, m in LEAD.memberships.items() if m.group == "nato" and m.nation == "FRA")
    case = changed("memberships", key, until=PartialDate(2026, 1, 1))
    assert seen_from(case, AUGUST).memberships[key].until == PartialDate()
    assert "FRA" in seen_from(case, AUGUST).members("nato")
    assert seen_from(case, date(2026, 2, 1)).memberships[key].until == PartialDate(2026, 1, 1)
    assert "FRA" not in seen_from(case, date(2026, 2, 1)).members("nato")
    coarse = seen_from(changed("memberships", key, until=PartialDate(2025, 8)), AUGUST)
    assert coarse.memberships[key].until == PartialDate()
    assert ("memberships", key) in {left.key for left in coarse.view.left_out}


def test_figures_are_hidden_with_the_last_of_their_sources():
    later = next(s.id for s in LEAD.sources.values() if s.date.earliest > AUGUST)
    case = changed("nations", "FRA", sources=(later,))
    seen = seen_from(case, AUGUST).nations["FRA"]
    figures = [v for v in LEAD.nations["FRA"].__dict__.values() if isinstance(v, Amount | Money)]
    assert figures
    assert not [v for v in seen.__dict__.values() if isinstance(v, Amount | Money)]
    assert seen.name == LEAD.nations["FRA"].name


def test_the_case_below_a_view_stays_as_it_was():
    before = {name: dict(getattr(LEAD, name)) for name in COLLECTIONS}
    seen_from(LEAD, AUGUST)
    assert {name: dict(getattr(LEAD, name)) for name in COLLECTIONS} == before
    assert isinstance(next(iter(LEAD.sources.values())), Source)


def test_a_model_whose_input_was_not_known_gives_no_number_yet():
    option = next(
        o for o in LEAD.options.values() if any(line.derivation for line in o.lines or ())
    )
    line = next(line for line in option.lines or () if line.derivation)
    assert line.derivation is not None
    later = next(s.id for s in LEAD.sources.values() if s.date.earliest > AUGUST)
    name, parameter = next(iter(line.derivation.inputs.items()))
    reported = parameter.model_copy(update={"kind": Kind.REPORTED, "sources": (later,)})
    derivation = line.derivation.model_copy(
        update={"inputs": {**line.derivation.inputs, name: reported}}
    )
    altered = line.model_copy(update={"derivation": derivation, "since": PartialDate()})
    case = changed("options", option.id, since=PartialDate(), lines=(altered,))
    for day, expected in ((AUGUST, None), (LAST - timedelta(days=1), derivation)):
        seen = seen_from(case, day).options[option.id].lines
        assert seen is not None
        assert seen[0].derivation == expected
