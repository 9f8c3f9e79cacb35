"""What `exit` says of the real case: an exit takes, never gives, and followers take more."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.problems import Misuse
from guarantor.questions import answer_for
from guarantor.questions.exit import QUESTION
from guarantor.questions.futures import Terms
from guarantor.questions.leaving import PEOPLE, Worlds, legible, line_losses, people_taken, worlds
from guarantor.questions.question import Asked
from guarantor.questions.tracing import Book
from guarantor.simulate.block import Measure
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.case.case import Case

OPTION = "european-force-us-command"
SETTINGS = {
    "option": OPTION,
    "nation": "USA",
    "month": "13",
    "months": "36",
    "futures": "1024",
}
TERMS = Terms(OPTION, "ceasefire-with-consent", Level.POSSIBLE, 36, 1024, 7)


@pytest.fixture(scope="module")
def answer(asked) -> Answer:
    return asked("exit", **SETTINGS)


@pytest.fixture(scope="module")
def found(lead: Case) -> Worlds:
    return worlds(lead, TERMS, ("USA",), 13)


def number(answer: Answer, section: str, key: str, column: str) -> float:
    figure = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(figure, Figure)
    return figure.value


def said(answer: Answer) -> str:
    return "\n".join(text.plain() for text in answer.texts())


def test_nothing_differs_before_the_exit_and_the_nation_is_gone_from_its_month_on(found: Worlds):
    place = found.stays.table.nations.index("USA")
    assert np.array_equal(found.stays.sums[:12], found.leaves.sums[:12])
    assert not np.array_equal(found.stays.sums[12], found.leaves.sums[12])
    assert found.leaves.left[12, place] == 1024
    assert found.stays.left[12, place] < 1024


def test_without_followers_fewer_leave_in_every_month(found: Worlds):
    assert (found.leaves_alone.left <= found.leaves.left).all()
    assert (found.stays.left <= found.leaves.left).all()
    others = [n for n, name in enumerate(found.stays.table.nations) if name != "USA"]
    assert np.array_equal(found.leaves_alone.left[:, others], found.stays_alone.left[:, others])
    assert found.leaves.left[-1].sum() > found.leaves_alone.left[-1].sum()


def test_an_exit_raises_nobodys_ground_force(found: Worlds):
    """The line takes all that comes, so that nothing can move up into the place of what left."""
    line = [need.line.id for need in found.stays.table.lines].index("ground-force")
    assert not found.stays.table.structure.has_number[line]
    gained = found.leaves_alone.filled(line) - found.stays_alone.filled(line)
    assert (gained <= 1e-9).all()
    assert gained.min() < 0


def test_what_is_lost_is_what_would_be_there_less_what_is(answer: Answer):
    would = number(answer, "left", "stays", "usable_people")
    still = number(answer, "left", "leaves", "usable_people")
    assert number(answer, "left", "leaves", "lost") == pytest.approx(would - still)
    assert would > still > 0


def test_the_part_of_followers_is_told_against_futures_without_any(lead: Case):
    ending = worlds(lead, TERMS._replace(months=24), ("USA",), 13)
    taken = people_taken(ending)
    end = Measure.USABLE_END
    alone = ending.stays_alone.measure(end) - ending.leaves_alone.measure(end)
    assert taken.followers.mean() == pytest.approx(taken.loss.mean() - alone.mean())
    assert taken.followers.mean() > 0


def test_lines_that_only_the_leaver_serves_lose_everything(answer: Answer, found: Worlds):
    assert answer.section("lines").table.keys[0] in {"command", "no-fly-zone"}
    assert number(answer, "lines", "command", "lost_per_cent") == pytest.approx(100)
    assert "nations that left" in answer.section("lines").table.cell("command", "why").plain()
    parts = [loss.part for loss in line_losses(found, 13, 24)]
    assert parts == sorted(parts, reverse=True)


def test_command_has_no_named_successor_and_takes_months(answer: Answer):
    words = "\n".join(p.plain() for p in answer.section("command").paragraphs)
    assert "The United States would have been in command. Nobody is named to take over" in words
    assert "Command changes hands for" in words
    assert "wait for American support and stop with it" in words


def test_it_says_that_nothing_replaces_what_left(answer: Answer):
    assert "nothing comes in for what left unless it was offered before" in said(answer)


def test_leaving_anyway_stands_beside_following(answer: Answer):
    table = answer.section("followers").table
    for key in table.keys:
        follows, anyway = (
            int(table.cell(key, column).plain().split()[0]) for column in ("a_year_on", "anyway")
        )
        assert follows >= anyway


def test_no_share_of_futures_is_worded_as_a_likelihood(answer: Answer):
    words = said(answer).lower()
    assert "likely" not in words
    assert "probab" not in words
    assert "it is no likelihood" in words


def test_every_figure_of_the_tables_rests_on_assumptions(answer: Answer):
    for section in answer.sections:
        for text in section.table.texts() if section.table else ():
            for slot in text.slots.values():
                if isinstance(slot, Figure) and slot.unit not in {"months"}:
                    behind, waiting = set(), [slot.trace]
                    while waiting:
                        record = answer.traces[waiting.pop()]
                        behind.add(record.label)
                        waiting += record.inputs
                    assert any(label.startswith("assumption: ") for label in behind)


def test_the_answer_is_the_same_twice_and_survives_json(asked, lead: Case, answer: Answer):
    again = answer_for("exit", replace(lead), SETTINGS)
    assert again.to_json() == answer.to_json()
    assert Answer.from_json(answer.to_json()) == answer


def test_by_month_only_runs_that_follow_alike_stand_side_by_side(answer: Answer):
    """A run without following beside one with it would read as if an exit helped."""
    table = answer.section("by-month").table
    without, after = (column.key for column in table.columns[1:])
    assert all(column.title.plain().startswith("Middle future") for column in table.columns[1:])
    for key in table.keys:
        assert number(answer, "by-month", key, after) <= number(answer, "by-month", key, without)


def test_headline_and_four_runs_are_means_that_subtract(answer: Answer):
    loss = next(s.value for k, s in answer.headline.slots.items() if k.endswith("loss"))
    others = next(s.value for k, s in answer.headline.slots.items() if k.endswith("others"))
    assert loss == pytest.approx(number(answer, "left", "leaves", "lost"))
    assert others == pytest.approx(loss - number(answer, "left", "leaves-alone", "lost"))
    assert "the first loss less the second" in said(answer)


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [
        (PEOPLE, 5.3, "5"),
        (PEOPLE, 0.4, "0"),
        (PEOPLE, 43.21, "43"),
        ("aircraft", 0.0075, "at most 0.1"),
        ("aircraft", 0.0, "0"),
        ("aircraft", 0.46, "0.46"),
    ],
)
def test_no_crumb_of_a_person_or_an_aircraft_is_shown(lead, unit: str, value: float, words: str):
    book = Book(lead)
    exact = book.number("a number of the run", value, "counted", [book.day().trace], unit)
    shown = legible(book, exact.model_copy(update={"digits": 2}))
    assert shown.words() == words
    assert shown.trace == exact.trace or words in book.traces[shown.trace].says


def test_it_says_what_following_rests_on(answer: Answer):
    words = " ".join(p.plain() for p in answer.section("followers").paragraphs)
    assert "when the nation commands, or when others name its support" in words


def test_the_picture_can_be_drawn(answer: Answer):
    assert "with the exit and who follows" in draw(answer.section("by-month"))


def test_two_nations_leave_together(asked, found: Worlds, answer: Answer):
    both = asked("exit", **{**SETTINGS, "nation": "United States; fra"})
    assert "the United States and France" in both.headline.plain()
    assert number(both, "left", "leaves-alone", "usable_people") < number(
        answer, "left", "leaves-alone", "usable_people"
    )


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "reassurance-division"),
        ({"option": OPTION, "nation": "Frnce"}, "Did you mean 'France'?"),
        ({"option": OPTION, "nation": "eu-27"}, "a group cannot be made to leave"),
        ({"option": OPTION, "month": "30", "months": "24"}, "after the end of the run"),
        ({"option": "european-force-us-comand"}, "Did you mean 'european-force-us-command'?"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_a_way_out(asked, settings, words: str):
    with pytest.raises(Misuse) as refused:
        asked("exit", **settings)
    assert words in str(refused.value)


@pytest.mark.parametrize(
    ("option", "nation", "words"),
    [
        ("status-quo", "", "Nobody can leave"),
        ("davos-200000", "NOR", "Nothing on record comes from Norway"),
    ],
)
def test_where_nothing_can_be_taken_away_the_answer_says_so(asked, option, nation, words: str):
    settings = {"nation": nation} if nation else {}
    answer = asked("exit", option=option, futures="1024", months="24", **settings)
    assert words in answer.headline.plain()


def test_the_nation_in_command_leaves_when_none_is_named(asked):
    answer = asked("exit", option=OPTION, month="13", months="36", futures="1024")
    assert "Without the United States" in answer.headline.plain()


def test_an_exit_near_the_end_is_told_at_the_end(lead: Case):
    asked = Asked(lead, {"option": OPTION, "month": 20, "months": 24, "futures": 1024})
    draft = QUESTION.answer(asked)
    assert "in month 24" in draft.headline.plain()
