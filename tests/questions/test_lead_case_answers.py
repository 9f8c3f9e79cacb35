"""What the questions say about the real case, checked against the record by other means."""

from __future__ import annotations

import csv
import json
import re
from importlib import resources
from typing import TYPE_CHECKING

import pytest

from conftest import AUGUST, LEAD
from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.problems import Misuse
from guarantor.questions import answer_for, questions
from guarantor.questions.every_answer import every_answer

if TYPE_CHECKING:
    from guarantor.case.case import Case

NAMES = ("at-a-glance", "breach", "changed", "claims", "guarantee", "sustain")


def cell(answer: Answer, section: str, key: str, column: str) -> str:
    table = answer.section(section).table
    assert table is not None
    return table.cell(key, column).plain()


def figures(answer: Answer) -> dict[str, Figure]:
    return {name: slot for name, slot in answer.headline.slots.items() if isinstance(slot, Figure)}


def test_the_questions_of_the_register_can_be_asked():
    assert set(NAMES) <= set(questions())


def test_twenty_five_thousand_over_five_years_is_a_quarter_of_a_million_person_tours(asked):
    answer = asked("sustain", deployed="25000", months="60", tour="6")
    found = {name: figure.value for name, figure in figures(answer).items()}
    assert found == {
        "deployed": 25000,
        "tours": 250_000,
        "three": 75_000,
        "four": 100_000,
        "five": 125_000,
    }
    units = {name: figure.unit for name, figure in figures(answer).items()}
    assert units["deployed"] == "people deployed"
    assert units["tours"] == "person-tours"
    assert units["four"] == "pool people"


@pytest.mark.parametrize(
    ("one_in", "pool"), [("three", 107143), ("four", 142858), ("five", 178572)]
)
def test_a_pool_of_which_seventy_per_cent_can_go_is_as_much_larger(asked, one_in: str, pool: int):
    """The worked example that every group of users needs, rounded up to whole people."""
    assert figures(asked("sustain", deployed="25000", available="70%"))[one_in].value == pool


def test_each_option_keeps_its_own_size_and_a_range_stays_a_range(asked):
    answer = asked("sustain")
    assert cell(answer, "three-numbers", "reassurance-division", "deployed") == "25 000"
    assert cell(answer, "three-numbers", "reassurance-corps", "deployed") == "60 000 to 100 000"
    assert cell(answer, "three-numbers", "reassurance-corps", "pool_three") == "180 000 to 300 000"
    assert cell(answer, "three-numbers", "davos-200000", "throughput") == "at least 2 000 000"
    assert cell(answer, "three-numbers", "european-force-us-command", "deployed") == "not stated"


def test_no_soldier_is_confirmed_and_the_zero_says_what_was_looked_through(asked):
    answer = asked("at-a-glance")
    zero = figures(answer)["confirmed"]
    assert zero.value == 0
    record = answer.traces[zero.trace]
    path = resources.files("guarantor") / "cases" / LEAD / "positions.csv"
    with path.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["topic"] == "ground_troops"]
    assert len(record.inputs) == len(rows)
    assert str(len(rows)) in record.method


def test_leaks_are_named_and_never_added(asked):
    table = asked("at-a-glance").section("soldiers").table
    assert table.cell("signalled-leak", "soldiers").plain() == "not added"
    said = table.cell("signalled-leak", "who").plain()
    assert "at most 7 500" in said
    assert "6 000" in said
    chart = asked("at-a-glance").section("said-and-asked").table
    assert not [row for row in chart.rows if "leak" in row[1].plain()]


def test_a_sum_says_of_how_many_nations_it_is(asked):
    table = asked("at-a-glance").section("soldiers").table
    assert table.cell("pledged", "soldiers").plain() == "100 to 200, from 1 of 3 nations"


def test_the_nations_that_rule_soldiers_out_are_named(asked):
    table = asked("at-a-glance", as_of=AUGUST).section("without").table
    refuse = table.cell("refuse", "nations").plain()
    for nation in ("United States", "Poland", "Italy", "Romania", "Finland"):
        assert (nation in refuse) is (nation not in {"Italy"}), nation
    assert "Russia" not in refuse


def test_an_unverified_word_decides_nothing_and_says_what_it_is(asked):
    headline = asked("claims", as_of=AUGUST).headline.slots["excludes"]
    trace = asked("claims", as_of=AUGUST).traces[headline.trace]
    says = [asked("claims", as_of=AUGUST).traces[name].says for name in trace.inputs]
    assert any("Finnish" in words or "border" in words for words in says)
    cell = asked("sustain").section("three-numbers").table.cell("paris-framework", "deployed")
    assert cell.plain() == "15 000 to 30 000, unverified"


def test_people_are_whole(asked):
    answer = asked("sustain", option="paris-framework", months="7", tour="4", available="70%")
    for figure in figures(answer).values():
        for end in (figure.value, figure.low, figure.high):
            assert end is None or float(end).is_integer()


def test_what_nobody_set_is_not_put_down_to_the_reader(asked):
    judges = {
        t.judged_by for t in asked("sustain").traces.values() if t.label == "length of a tour"
    }
    assert not any("reader, who set it" in judge for judge in judges)
    judges = {t.judged_by for t in asked("sustain", tour="6").traces.values() if "tour" in t.label}
    assert any("reader, who set it" in judge for judge in judges)


def test_notes_and_the_grade_of_sources_reach_the_reader(asked, lead: Case):
    noted = next(p for p in lead.positions.values() if p.actor == "FRA" and p.note)
    traces = asked("claims", actor="FRA").traces.values()
    assert any(trace.note == noted.note for trace in traces)
    assert all(c.grade for trace in traces for c in trace.citations)


def test_drift_compares_one_voice_with_itself(asked):
    for row in asked("claims").section("drift").table.rows:
        assert row[3].plain() != row[4].plain()
    text = str(
        [[cell.plain() for cell in row] for row in asked("claims").section("drift").table.rows]
    )
    assert "800 000" not in text


def test_soldiers_on_neighbouring_soil_are_named_and_not_added(asked, lead: Case):
    text = cell(asked("at-a-glance"), "soldiers", "signalled", "who")
    assert "Germany" in text
    assert "on the soil of neighbouring allies" in text


def test_the_option_of_august_says_nothing_about_a_strike_on_the_force(asked):
    answer = asked("breach", option="european-force-us-command", as_of=AUGUST)
    assert "no published text says who must act" in answer.headline.plain()
    rows = answer.section("responses").table.rows
    assert len(rows) == 4
    assert all("not stated" in row[2].plain() for row in rows)


def test_a_later_text_on_breaches_is_told_with_its_delay_and_its_doubt(asked):
    rows = asked("guarantee", option="paris-framework").section("promise").table.rows
    tiers = [row for row in rows if "72 hours" in row[1].plain()]
    assert tiers
    assert all(row[3].plain() == "unverified" for row in tiers)


def test_offices_that_contradict_each_other_stand_side_by_side(asked):
    rows = asked("claims", as_of=AUGUST).section("offices").table.rows
    finland = {row[2].plain(): row[3].plain() for row in rows if row[0].plain() == "Finland"}
    assert finland["Prime Minister"].startswith("excludes")
    assert "unverified" in finland["President"]
    rows = asked("claims").section("offices").table.rows
    italy = [row[3].plain().split()[0] for row in rows if row[0].plain() == "Italy"]
    assert set(italy) == {"excludes", "conditional"}


def test_positions_of_one_report_share_an_origin(asked, lead: Case):
    paragraph = asked("claims").section("origins").paragraphs[0]
    slots = paragraph.slots
    assert slots["positions"].value == len(lead.positions)
    assert slots["origins"].value == len({p.origin for p in lead.positions.values()})
    assert slots["origins"].value < slots["positions"].value


def test_what_changed_since_august_names_the_option_that_came_later(asked):
    answer = asked("changed", since=AUGUST)
    table = answer.section("changes").table
    added = [row for row in table.rows if row[0].plain() == "added" and row[1].plain() == "options"]
    assert any("Paris framework" in row[2].plain() for row in added)


def test_a_case_compared_with_itself_has_not_changed(asked):
    answer = asked("changed", against=LEAD)
    assert answer.section("changes").table is None
    assert answer.section("changes").paragraphs[0].plain() == "Nothing changed."


@pytest.mark.parametrize("name", NAMES)
def test_a_view_of_august_knows_nothing_later(asked, name: str):
    """No date after the day, and no year after it, anywhere in the answer or its records."""
    settings = {"since": "2025-08-01"} if name == "changed" else {}
    content = json.loads(asked(name, as_of=AUGUST, **settings).to_json())
    content.pop("digest")
    texts = json.dumps(content, ensure_ascii=False)
    assert not re.findall(r"20(?:2[6-9]|[3-9]\d)-\d\d", texts)
    later = [day for day in re.findall(r"20\d\d-\d\d-\d\d", texts) if day > AUGUST]
    assert not later
    assert "Paris Declaration" not in texts
    assert "Davos 2026" not in texts


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_survives_json(asked, name: str):
    first = asked(name)
    assert Answer.from_json(first.to_json()) == first


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_command_gives_the_same_answer_again(asked, lead: Case, name: str):
    first = asked(name, as_of=AUGUST)
    words = first.command.split()
    assert words[:4] == ["guarantor", "ask", name, LEAD]
    settings = dict(zip((w.removeprefix("--") for w in words[4::2]), words[5::2], strict=True))
    assert answer_for(name, lead, settings).to_json() == first.to_json()


def test_every_figure_of_every_question_ends_in_a_source_or_a_judgement():
    answers, loose = every_answer(LEAD, quick=True)
    assert loose == []
    assert len(answers) > 6 + 3 * 9
    for answer in answers:
        for slot in answer.slots():
            ends, waiting = set(), [slot.trace]
            while waiting:
                record = answer.traces[waiting.pop()]
                waiting += record.inputs
                if not record.inputs:
                    ends.add(bool(record.citations) or bool(record.judged_by))
            assert ends == {True}


@pytest.mark.parametrize(
    ("question", "settings", "named"),
    [
        ("sustian", {}, "sustain"),
        ("sustain", {"option": "reassurance-divison"}, "reassurance-division"),
        ("sustain", {"optoin": "x"}, "option"),
        ("sustain", {"deployed": "many"}, "--deployed"),
        ("sustain", {"deployed": "25000 km"}, "people deployed"),
        ("sustain", {"tour": "0"}, "--tour"),
        ("sustain", {"available": "0%"}, "per cent"),
        ("sustain", {"available": "0.7"}, "70%"),
        ("sustain", {"deployed": "0.5"}, "whole number"),
        ("sustain", {"deployed": "25000", "option": "paris-framework"}, "one of the two"),
        ("breach", {"month": "0"}, "1 to 120"),
        ("breach", {"month": "121"}, "1 to 120"),
        ("claims", {"as-of": "2025-02-30"}, "--as-of"),
        ("claims", {"as-of": "2025-08"}, "2025-08-22"),
        ("claims", {"as-of": "2030-01-01"}, "2026-11-22"),
        ("claims", {"actor": "Germny"}, "a nation or group"),
    ],
)
def test_a_slip_is_answered_with_what_is_allowed(lead: Case, question, settings, named):
    with pytest.raises(Misuse) as caught:
        answer_for(question, lead, settings)
    assert named in str(caught.value)


def test_all_slips_are_told_at_once(lead: Case):
    with pytest.raises(Misuse) as caught:
        answer_for("sustain", lead, {"tour": "x", "months": "y", "available": "z"})
    assert len(caught.value.problems) == 3


def test_an_option_of_later_is_unknown_in_an_earlier_view(lead: Case):
    with pytest.raises(Misuse, match="seen as of 2025-08-22"):
        answer_for("guarantee", lead, {"option": "paris-framework", "as-of": AUGUST})
