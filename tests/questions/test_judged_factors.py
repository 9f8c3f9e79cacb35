"""Halving any judged figure changes an answer, or an answer prints that it does not.

A fixed part of the figures, spread over all tables, is walked through on every run; all of them
are with GUARANTOR_JUDGED=all, which is what `make judged` does.
"""

from __future__ import annotations

import os
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest

from conftest import AUGUST, LEAD
from guarantor.answer.text import Figure
from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.questions import answer_for, questions
from guarantor.questions.question import read_day
from guarantor.supply.feasibility import Means, lines
from guarantor.supply.judged import Effect, JudgedFigure, effects, halved, judged_figures
from guarantor.supply.sizes import suitable

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer
    from guarantor.case.case import Case

CASE = read_case(LEAD)
SAMPLE = 72
ASKED = ("gaps", "share", "cost", "purpose", "feasible")


def spread(figures: list[JudgedFigure], number: int) -> list[JudgedFigure]:
    """Return so many figures, as evenly as can be from each table and place within it."""
    by_table = defaultdict(list)
    for figure in figures:
        by_table[figure.key[0], figure.steps[:1]].append(figure)
    share = max(1, number // len(by_table))
    chosen = []
    for listed in by_table.values():
        step = max(1, len(listed) // share)
        chosen += listed[::step][:share]
    rest = [figure for figure in figures if figure not in chosen]
    return chosen + rest[:: max(1, len(rest) // max(1, number - len(chosen)))]


EVERY = list(judged_figures(CASE))
WALKED = EVERY if os.environ.get("GUARANTOR_JUDGED") == "all" else spread(EVERY, SAMPLE)


def numbers(case: Case) -> dict[str, list[tuple[object, ...]]]:
    """Return everything that the lines and the size of each option show, from the whole case."""
    means = Means(case)
    deals = {name: case.deals[option.deals[0]] for name, option in case.options.items()}
    return {
        name: [(line.verdict, *line.numbers) for line in lines(case, name, deal, means)]
        + [(suitable(case, name).verdict, suitable(case, name))]
        for name, deal in deals.items()
    }


def shown(answer: Answer) -> list[object]:
    """Return what a reader sees, without the part that speaks of the halving itself."""
    texts = [answer.headline, *answer.not_known]
    for section in answer.sections:
        if section.id != "judged":
            texts += section.texts()
    return [
        (slot.value, slot.low, slot.high) if isinstance(slot, Figure) else slot.text
        for text in texts
        for slot in text.slots.values()
    ] + [text.template for text in texts]


@pytest.fixture(scope="module")
def before() -> dict[str, list[tuple[object, ...]]]:
    return numbers(CASE)


@pytest.fixture(scope="module")
def answers() -> dict[tuple[str, str], list[object]]:
    """What each option's answer shows as the case stands, kept as it is asked for."""
    return {}


@pytest.fixture(scope="module")
def printed() -> dict[str, set[str]]:
    """The judged figures that the answer says change nothing, by row of its table."""
    table = answer_for("feasible", CASE).section("judged").table
    return {
        key: set(table.cell(key, "which").plain().split("; "))
        for key in table.keys  # a table of an answer, no mapping
    }


def test_the_walk_covers_every_table_that_holds_judged_figures():
    assert len(WALKED) >= 60
    assert {figure.key[0] for figure in WALKED} == {figure.key[0] for figure in EVERY}
    assert {"pools", "contributions", "capabilities", "options", "shares", "commitments"} <= {
        figure.key[0] for figure in EVERY
    }


@pytest.mark.parametrize("figure", WALKED, ids=lambda figure: f"{figure.key[0]}: {figure.name}")
def test_half_of_a_judged_figure_changes_an_answer_or_is_printed_to_change_nothing(
    figure: JudgedFigure, before, answers, printed
):
    half = halved(CASE, figure)
    after = numbers(half)
    touched = [name for name in before if after[name] != before[name]]
    listed = any(figure.name in names for names in printed.values())
    assert listed is not bool(touched)
    if listed:
        return
    name = touched[0]
    if name not in answers:
        answers[name] = shown(answer_for("feasible", CASE, {"option": name}))
    assert shown(answer_for("feasible", half, {"option": name})) != answers[name]


def test_the_effects_are_the_same_from_the_whole_case(before):
    """The effects are worked out on a case cut down to one kind of unit; here on all of it."""
    deals = {name: CASE.deals[option.deals[0]] for name, option in CASE.options.items()}
    found = effects(CASE, deals)
    assert set(found) == set(EVERY)
    for figure in WALKED[::4]:
        after = numbers(halved(CASE, figure))
        verdicts = [
            [line[0] for line in listed] for both in (before, after) for listed in both.values()
        ]
        half = len(verdicts) // 2
        expected = (
            Effect.VERDICT
            if verdicts[:half] != verdicts[half:]
            else Effect.FIGURE
            if after != before
            else Effect.NOTHING
        )
        assert found[figure] is expected, figure.name


def test_a_figure_that_decides_nothing_in_the_lines_may_still_change_another_answer():
    """What a unit costs decides no line; where the question of costs is there, it counts there."""
    figure = next(f for f in EVERY if f.key[0] == "capabilities" and "running_cost" in f.steps)
    half = halved(CASE, figure)
    asked = [name for name in ASKED if name in questions()]
    assert {"gaps", "purpose", "feasible"} <= set(asked)
    if "cost" in asked:
        assert any(shown(answer_for(name, CASE)) != shown(answer_for(name, half)) for name in asked)


def test_the_part_counts_every_judged_figure_once():
    table = answer_for("feasible", CASE).section("judged").table
    columns = ("change_a_verdict", "change_a_figure", "change_nothing")
    total = sum(
        table.cell(key, column).slots["n"].value
        for key in table.keys  # a table of an answer, no mapping
        for column in columns
    )
    assert total == len(EVERY)


def test_a_view_of_august_counts_what_it_knows():
    seen = seen_from(CASE, read_day(AUGUST))
    table = answer_for("feasible", CASE, {"as-of": AUGUST}).section("judged").table
    total = sum(
        table.cell(key, column).slots["n"].value
        for key in table.keys  # a table of an answer, no mapping
        for column in ("change_a_verdict", "change_a_figure", "change_nothing")
    )
    assert total == len(list(judged_figures(seen))) < len(EVERY)
