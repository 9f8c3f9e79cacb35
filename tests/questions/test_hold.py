"""What `hold` says of the real case: two theories apart, every figure of holding marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.problems import Misuse
from guarantor.questions.futures import Terms, WhatHappens, outcomes
from guarantor.questions.hold import NONE, PEACEKEEPING, _under
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.case.case import Case

OPTION = "reassurance-brigade"
RUN = {"months": "36", "futures": "1024"}


@pytest.fixture(scope="module")
def one(asked) -> Answer:
    return asked("hold", option=OPTION, **RUN)


@pytest.fixture(scope="module")
def every(asked) -> Answer:
    return asked("hold", **RUN)


def failed(case: Case, option: str, theory: str | None) -> np.ndarray:
    seen = case if theory is None else _under(case, theory)
    terms = Terms(option, "ceasefire-with-consent", Level.POSSIBLE, 36, 1024, 7)
    return outcomes(seen, [(terms, WhatHappens())])[terms, WhatHappens()].failed


def test_under_no_effect_all_options_see_the_same_failures(lead: Case):
    assert np.array_equal(failed(lead, OPTION, NONE), failed(lead, "status-quo", NONE))


def test_each_theory_is_an_end_of_the_case_as_it_stands(lead: Case):
    none, both, peace = (failed(lead, OPTION, each) for each in (NONE, None, PEACEKEEPING))
    assert (peace <= both).all()
    assert (both <= none).all()
    assert peace[-1] < none[-1]


def test_the_case_itself_keeps_both_theories(lead: Case, one: Answer):
    weights = dict(lead.assumptions["effect-theory"].quantity.weights)
    assert set(weights) == {NONE, PEACEKEEPING}


def test_every_figure_of_holding_is_marked_and_says_why(one: Answer, every: Answer):
    for answer in (one, every):
        section = answer.section("holds")
        figures = [
            slot
            for text in section.table.texts()
            for slot in text.slots.values()
            if isinstance(slot, Figure) and slot.unit == "of twenty futures"
        ]
        assert figures
        assert all(figure.outside for figure in figures)
        notes = "\n".join(note.plain() for note in section.notes)
        assert "No ground for ranking options" in notes
        assert "civil wars" in notes
        assert "rank" in answer.headline.plain()


def test_the_ceasefire_holds_in_ever_fewer_futures_and_never_in_fewer_with_an_effect(one: Answer):
    table = one.section("holds").table
    rows = [[cell.slots["n"].value for cell in row] for row in table.rows]
    assert [row[0] for row in rows] == [1, 2, 3]
    for column in (1, 2):
        values = [row[column] for row in rows]
        assert values == sorted(values, reverse=True)
    assert all(row[2] >= row[1] for row in rows)


def test_options_stand_in_the_order_of_the_case(every: Answer, lead: Case):
    ordered = sorted(lead.options, key=lambda name: (lead.options[name].order, name))
    assert list(every.section("holds").table.keys) == ["no-difference", *ordered]


def test_what_must_be_true_names_deal_conditions_votes_and_command(asked):
    answer = asked("hold", option="european-force-us-command", **RUN)
    keys = answer.section("must-be-true").table.keys
    assert {"deal", "condition-ceasefire", "condition-american_support", "gates"} <= set(keys)
    assert {"renewals", "command", "force"} <= set(keys)
    command = answer.section("must-be-true").table.cell("command", "as_it_stands").plain()
    assert "no successor is stated" in command


def test_without_a_ceasefire_there_is_nothing_to_hold(asked):
    answer = asked("hold", deal="fighting-goes-on", **RUN)
    assert "no ceasefire that could hold" in answer.headline.plain()
    assert answer.sections == ()


def test_less_than_a_year_is_refused(asked):
    with pytest.raises(Misuse, match="shorter than one"):
        asked("hold", months="6")


def test_nothing_is_said_of_an_opponent_or_of_fighting(one: Answer):
    words = "\n".join(text.plain() for text in one.not_known)
    assert "no opponent is predicted" in words
    assert "No outcome of fighting is modelled" in words
    everything = "\n".join(text.plain() for text in one.texts()).lower()
    assert "likely" not in everything


def test_the_answer_survives_json_and_its_picture_can_be_drawn(one: Answer, every: Answer):
    for answer in (one, every):
        assert Answer.from_json(answer.to_json()) == answer
    assert "as peacekeepers" in draw(one.section("holds"))
