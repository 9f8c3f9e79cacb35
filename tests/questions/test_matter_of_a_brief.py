"""The questions that a brief needs besides: situation, assumptions, dissent, sources, words."""

from __future__ import annotations

import re

from conftest import AUGUST


def test_the_situation_gives_purpose_deals_and_confidence_in_a_named_authors_words(asked, lead):
    answer = asked("situation")
    assert lead.about.purpose in answer.headline.plain()
    deals = answer.section("deals").table
    assert deals.keys == tuple(lead.deals)
    (confidence,) = answer.section("confidence").paragraphs
    assert lead.about.authors[0] in confidence.plain()
    assert lead.about.confidence.text in confidence.plain()


def test_a_case_without_confidence_says_so(lead):
    from dataclasses import replace

    from guarantor.questions import answer_for

    silent = replace(
        lead, about=lead.about.model_copy(update={"confidence": None, "case_against": ()})
    )
    (confidence,) = answer_for("situation", silent).section("confidence").paragraphs
    assert confidence.plain() == "Analytic confidence: not stated by the authors."
    (against,) = answer_for("dissent", silent).section("case-against").paragraphs
    assert against.plain() == "Nobody has written it down."


def test_the_case_against_is_sourced_or_judged_and_at_most_sixty_words(asked):
    answer = asked("dissent")
    (said,) = answer.section("case-against").paragraphs
    assert 20 < len(said.plain().split()) <= 60
    for slot in said.slots.values():
        trace = answer.traces[slot.trace]
        assert trace.citations or trace.judged_by


def test_the_case_against_of_august_knows_nothing_later(asked):
    (said,) = asked("dissent", as_of=AUGUST).section("case-against").paragraphs
    assert "adopted text" not in said.plain()
    assert "Russia rejects" in said.plain()


def test_dissent_holds_every_latest_refusal_of_a_named_office(asked):
    table = asked("dissent").section("refusals").table
    assert {row[3].plain() for row in table.rows} == {"excludes", "opposes"}
    assert {"United States", "Russia", "Poland", "Hungary"} <= {r[0].plain() for r in table.rows}
    reserved = asked("dissent").section("reservations").table
    assert all(row[4].plain() for row in reserved.rows)
    assert not set(table.keys) & set(reserved.keys)


def test_every_assumption_says_what_follows_if_it_is_wrong(asked):
    answer = asked("assumptions")
    for section in answer.sections:
        for row in section.table.rows:
            assert all(cell.plain() for cell in row)
    deals = [row for row in answer.section("general").table.rows if "deal is" in row[0].plain()]
    assert len(deals) == 3


def test_a_deciding_figure_flips_its_line_inside_its_own_range(asked):
    rows = asked("assumptions").section("deciding").table.rows
    assert len(rows) > 10
    for assumption, _, wrong in rows:
        span, flip = assumption.slots["range"], wrong.slots["flip"]
        assert span.low <= flip.value <= span.high


def test_the_deciding_figures_are_those_that_feasible_names(asked):
    rows = asked("assumptions").section("deciding").table.rows
    flips = {wrong.slots["flip"].words() for a, _, wrong in rows if "Sky" in a.plain()}
    lines = asked("feasible", option="sky-guarantee").section("lines").table.rows
    said = {
        found[1]
        for row in lines
        if (found := re.search(r"line is filled if it is at \w+ ([0-9.  ]*[0-9])", row[-1].plain()))
    }
    assert flips == said


def test_sources_list_every_publication_with_its_grade(asked, lead):
    answer = asked("sources")
    assert answer.section("sources").table.keys == tuple(lead.sources)
    grades = answer.section("grades").table.rows
    assert sum(int(row[1].plain()) for row in grades) == len(lead.sources)


def test_the_scale_of_likelihood_has_no_gap(asked):
    rows = asked("words").section("likelihood").table.rows
    ends = [tuple(map(int, re.findall(r"\d+", row[1].plain()))) for row in rows]
    assert [low for low, _ in ends][1:] == [high for _, high in ends][:-1]
    assert (ends[0][0], ends[-1][1]) == (1, 99)
