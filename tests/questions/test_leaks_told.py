"""What is said in leaks is counted, and every answer that counts it says so."""

from __future__ import annotations

import pytest

from guarantor.answer.text import Figure

PARIS = "paris-framework"
"""The option to which two reported numbers come from leaks: 6 000, and at most 7 500."""


def told(answer):
    return [
        paragraph
        for section in answer.sections
        for paragraph in section.paragraphs
        if "rests on leaks" in paragraph.plain()
    ]


@pytest.mark.parametrize("question", ["gaps", "generate", "share", "cost"])
def test_an_answer_that_counts_leaks_as_said_says_how_much_they_are(asked, question):
    answer = asked(question, option=PARIS)
    (sentence,) = told(answer)
    (number,) = [slot for slot in sentence.slots.values() if isinstance(slot, Figure)]
    labels = [answer.traces[trace].says for trace in answer.traces[number.trace].inputs]
    assert any("France: 6 000" in says for says in labels)
    assert any("United Kingdom: at most 7 500" in says for says in labels)
    assert number.high == 6000 + 7500
    assert sentence.plain().endswith("A ceiling and not a promise: United Kingdom.")


def test_what_is_judged_is_not_called_said_in_a_leak(asked):
    """The American offers of August rest on a leak, but their numbers are judged, so not said."""
    assert not told(asked("gaps", option="sky-guarantee"))
