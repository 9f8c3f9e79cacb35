"""What `break` says of the real case: who costs most, agreeing with `exit`, and pairs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw

if TYPE_CHECKING:
    from guarantor.case.case import Case

OPTION = "european-force-us-command"


@pytest.fixture(scope="module")
def one(asked) -> Answer:
    return asked("break", option=OPTION, month="13")


@pytest.fixture(scope="module")
def every(asked) -> Answer:
    return asked("break", month="13")


def figure(answer: Answer, section: str, key: str, column: str) -> Figure:
    found = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(found, Figure)
    return found


def test_the_costliest_exit_stands_first(one: Answer):
    table = one.section("nations").table
    lost = [round(figure(one, "nations", key, "lost").value) for key in table.keys]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 0
    assert table.rows[0][0].plain() in one.headline.plain()


def test_it_agrees_with_the_question_exit(asked, one: Answer):
    single = asked("exit", option=OPTION, nation="USA", month="13", months="24", futures="1024")
    lost = single.section("left").table.cell("leaves", "lost").slots["n"]
    assert figure(one, "nations", "USA", "lost").value == pytest.approx(lost.value)


def test_a_pair_is_held_against_its_two_exits_added(one: Answer):
    table = one.section("pairs").table
    assert len(table.keys) == 15
    for key in table.keys:
        alone = sum(figure(one, "nations", n, "lost").value for n in key.split("+"))
        assert figure(one, "pairs", key, "sum_of_the_two").value == pytest.approx(alone)
        worse = figure(one, "pairs", key, "lost").value >= alone + 0.5
        words = table.cell(key, "together").plain()
        assert words == ("worse than the sum" if worse else "no more than the sum")


def test_at_a_glance_names_the_same_nation_as_the_full_list(one: Answer, every: Answer):
    first = one.section("nations").table.rows[0][0].plain()
    assert every.section("options").table.cell(OPTION, "nation").plain() == first


def test_every_option_has_its_row_and_nobody_can_leave_the_status_quo(every: Answer, lead: Case):
    table = every.section("options").table
    assert set(table.keys) == set(lead.options)
    assert table.cell("status-quo", "nation").plain() == "nobody can leave"


def test_where_no_line_is_ever_met_it_says_so(asked):
    answer = asked("break", option="reassurance-corps", month="13")
    assert "No line with a number is met before the exit in any future" in answer.headline.plain()
    fails = {row[-1].plain() for row in answer.section("nations").table.rows}
    assert fails == {"none was met before"}


def test_how_nations_were_chosen_is_said(one: Answer, every: Answer):
    chosen = every.section("options").paragraphs[-1].plain()
    assert "6 nations that bring most people" in chosen
    assert "the nation in command" in chosen
    assert "each two of the 6 nations whose exit costs most" in (
        one.section("pairs").paragraphs[0].plain()
    )


def test_an_option_that_nobody_takes_part_in_has_nobody_to_lose(asked):
    answer = asked("break", option="status-quo")
    assert answer.headline.plain().startswith("Nobody can leave")


def test_no_likelihood_and_no_crumb_of_rounding(one: Answer, every: Answer):
    for answer in (one, every):
        words = "\n".join(text.plain() for text in answer.texts()).lower()
        assert "likely" not in words
        assert "0.0000" not in words
        assert Answer.from_json(answer.to_json()) == answer


def test_no_table_shows_part_of_a_person_or_a_crumb_of_fill(every: Answer):
    for row in every.section("options").table.rows:
        for cell in row:
            for slot in cell.slots.values():
                if isinstance(slot, Figure) and slot.unit == "people deployed":
                    assert "." not in slot.words()
                if isinstance(slot, Figure) and slot.unit == "points" and slot.value:
                    assert slot.value >= 0.1


def test_the_picture_can_be_drawn(one: Answer):
    assert "<svg" in draw(one.section("nations"))
