"""What `breach` says of the month itself: what is in place, what can arrive, which votes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.questions import answer_for
from guarantor.questions.futures import Terms, WhatHappens, outcomes
from guarantor.questions.in_breach import _on_soil
from guarantor.simulate.block import Measure
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.simulate.outcome import Outcome

OPTION = "paris-framework"


@pytest.fixture(scope="module")
def one(asked) -> Answer:
    return asked("breach", option=OPTION, month="13")


def number(answer: Answer, section: str, key: str, column: str) -> float:
    figure = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(figure, Figure)
    return figure.value


def broken(case: Case, months: int, month: int = 3) -> Outcome:
    terms = Terms(OPTION, "ceasefire-with-consent", Level.POSSIBLE, months, 1024, 7)
    what = WhatHappens(breach_month=month - 1)
    return outcomes(case, [(terms, what)])[terms, what]


def test_the_parts_of_the_register_are_kept(asked, one: Answer):
    names = [section.id for section in one.sections]
    assert names == ["responses", "postures", "parliaments", "in-place", "arrivals", "votes"]
    assert [section.id for section in asked("breach").sections][-1] == "in-place"


def test_people_on_the_hosts_soil_are_those_of_that_month(lead: Case):
    """Within what is present anywhere, and never fewer than the ground force that works there."""
    now, before = broken(lead, 6), broken(lead, 5)
    soil = _on_soil(now, before)
    present = 6 * now.measure(Measure.PRESENT_MEAN) - 5 * before.measure(Measure.PRESENT_MEAN)
    assert (soil <= present + 1e-6).all()
    assert (soil >= 0).all()
    line = [need.line.id for need in now.table.lines].index("ground-force")
    assert soil.mean() >= now.filled(line)[5] - 1e-6


def test_a_line_for_a_breach_works_from_the_breach_on(lead: Case):
    run = broken(lead, 19, month=13)
    line = [need.line.id for need in run.table.lines].index("reserve")
    peace = Terms(OPTION, "ceasefire-with-consent", Level.POSSIBLE, 19, 1024, 7)
    calm = outcomes(lead, [(peace, WhatHappens())])[peace, WhatHappens()]
    assert run.filled(line)[12] > 5 * calm.filled(line)[12]


def test_what_works_is_read_from_the_run(one: Answer, lead: Case):
    run = broken(lead, 19, month=13)
    line = [need.line.id for need in run.table.lines].index("ground-force")
    assert number(one, "arrivals", "ground-force", "in_that_month") == run.filled(line)[12]
    assert number(one, "arrivals", "ground-force", "six_months_on") == run.filled(line)[18]


def test_in_an_early_month_much_is_offered_and_not_yet_there(asked, one: Answer):
    early = asked("breach", option=OPTION, month="2")
    column = "offered_not_yet_there"
    assert number(early, "arrivals", "ground-force", column) > 0
    assert number(one, "arrivals", "ground-force", column) == pytest.approx(0, abs=1)
    assert "may still be open" in early.section("votes").table.cell("DEU", "the_first_vote").plain()
    votes = one.section("votes").table
    assert votes.cell("DEU", "the_first_vote").plain() == "given or refused by then"


def test_late_in_the_horizon_only_the_months_that_are_left_are_told(asked):
    answer = asked("breach", option=OPTION, month="119")
    assert answer.section("in-place").table.keys == ("after-0", "after-1")


def test_without_a_ceasefire_none_can_fail(asked):
    answer = asked("breach", option=OPTION, deal="fighting-goes-on")
    assert "no ceasefire that could fail" in answer.section("in-place").paragraphs[0].plain()


def test_a_case_without_assumptions_still_answers_from_the_register(lead: Case):
    answer = answer_for("breach", replace(lead, assumptions={}), {"option": OPTION})
    assert [section.id for section in answer.sections][:3] == [
        "responses",
        "postures",
        "parliaments",
    ]
    assert "Cannot be run" in answer.section("in-place").paragraphs[0].plain()


def test_no_fighting_is_modelled_and_no_likelihood_is_worded(one: Answer):
    words = "\n".join(text.plain() for text in one.texts())
    assert "What happens in the fighting is not modelled" in words
    assert "likely" not in words.lower()
    assert Answer.from_json(one.to_json()) == one
