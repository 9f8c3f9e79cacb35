"""Answers at best values say what the middle of the futures is."""

from __future__ import annotations

import numpy as np
import pytest

from guarantor.answer.text import Figure
from guarantor.case.overlay import Overlay, apply
from guarantor.questions import answer_for
from guarantor.questions.futures import AS_IT_COMES, Terms, outcomes
from guarantor.simulate.block import Measure
from guarantor.supply.shares import Level

BRIGADE = "reassurance-brigade"
ASKED = {"generate": {}, "aim": {"hold": "5000"}}


def told(answer):
    return [
        p
        for p in answer.section("lines").paragraphs
        if "if everything that is counted came" in p.plain()
    ]


@pytest.mark.parametrize("question", ASKED)
def test_an_answer_at_best_values_tells_the_middle_of_the_futures(asked, lead, question):
    (sentence,) = told(asked(question, option=BRIGADE, months="36", **ASKED[question]))
    (people,) = [slot for slot in sentence.slots.values() if isinstance(slot, Figure)]
    deal = lead.options[BRIGADE].deals[0]
    terms = Terms(BRIGADE, deal, Level.POSSIBLE, 36, 1024, 7)
    run = outcomes(lead, [(terms, AS_IT_COMES)])[terms, AS_IT_COMES]
    assert people.value == pytest.approx(float(np.median(run.measure(Measure.USABLE_END))))
    assert "in month 36" in sentence.plain()


def test_a_case_without_assumptions_is_answered_without_futures(lead):
    bare = apply(lead, Overlay(lead.view, {("assumptions", n): None for n in lead.assumptions}))
    assert not told(answer_for("generate", bare, {"option": BRIGADE}))
