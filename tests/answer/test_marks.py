"""A figure that rests on a model outside its validity says so wherever it is shown."""

from __future__ import annotations

import io

import pytest
from pydantic import ValidationError
from rich.console import Console

from guarantor.answer.answer import Answer, Column, Section, Table
from guarantor.answer.html import section_html, traces_html
from guarantor.answer.marks import notes_on
from guarantor.answer.terminal import print_answer
from guarantor.answer.text import MARK, Figure, text
from guarantor.answer.trace import Trace, behind, resting_outside
from guarantor.quantity import Kind

FINDING = "tour_months = 24 is outside the validity of person_tours; allowed: up to 15 months"
TOUR = Trace.of(label="tour", kind=Kind.JUDGED, says="24 months", judged_by="the reader")
TOURS = Trace.of(
    label="tours",
    kind=Kind.DERIVED,
    says="",
    model="person_tours",
    outside=(FINDING,),
    inputs=(TOUR.id,),
)
SUM = Trace.of(label="sum", kind=Kind.DERIVED, says="", inputs=(TOURS.id, TOUR.id))
TRACES = {trace.id: trace for trace in (TOUR, TOURS, SUM)}


def number(trace: Trace, *, outside: bool) -> Figure:
    return Figure(
        value=62500, unit="person-tours", kind=Kind.DERIVED, trace=trace.id, outside=outside
    )


def answer(figure: Figure, **changes: object) -> Answer:
    words = text("It takes {n} tours", n=figure)
    table = Table(title="Tours", columns=(Column(key="n", title="Tours"),), rows=((words,),))
    notes = notes_on([words], TRACES)
    content = {
        "question": "q",
        "case": "c",
        "digest": "d",
        "version": "1",
        "marking": "PUBLIC",
        "as_of": "2025-08-22",
        "title": text("A question"),
        "headline": words,
        "sections": (Section(id="s", title=text("A part"), table=table, notes=notes),),
        "command": "guarantor ask q c",
        "traces": TRACES,
    }
    return Answer.model_validate({**content, **changes})


def test_a_mark_stands_behind_the_number_whatever_is_set_between_thousands():
    marked = number(TOURS, outside=True)
    assert marked.words() == f"62 500{MARK}"
    assert marked.words(",") == f"62,500{MARK}"
    assert number(TOURS, outside=False).words() == "62 500"


def test_what_a_figure_rests_on_is_followed_to_the_end():
    assert [trace.id for trace in behind(TRACES, SUM.id)] == [SUM.id, TOURS.id, TOUR.id]
    assert resting_outside(TRACES) == {TOURS.id, SUM.id}
    assert resting_outside({TOUR.id: TOUR}) == frozenset()


@pytest.mark.parametrize("trace", [TOURS, SUM], ids=["at once", "through another"])
def test_an_answer_with_an_unmarked_figure_outside_validity_is_refused(trace: Trace):
    assert answer(number(trace, outside=True)).headline.plain() == f"It takes 62 500{MARK} tours"
    with pytest.raises(ValidationError, match="marked wrongly"):
        answer(number(trace, outside=False))


def test_a_mark_without_a_reason_is_refused():
    with pytest.raises(ValidationError, match="marked wrongly"):
        answer(number(TOUR, outside=True))


def test_each_reason_is_told_once_and_leads_to_its_record():
    both = [text("{a} and {b}", a=number(SUM, outside=True), b=number(TOURS, outside=True))]
    (note,) = notes_on(both, TRACES)
    assert note.plain() == f"{MARK} No ground for ranking options: {FINDING}."
    assert [slot.trace for slot in note.slots.values()] == [TOURS.id]
    assert notes_on([text("{n}", n=number(TOUR, outside=False))], TRACES) == ()


def test_the_mark_survives_json():
    marked = answer(number(TOURS, outside=True))
    again = Answer.from_json(marked.to_json())
    assert again == marked
    assert again.headline.slots["n"].outside
    assert again.traces[TOURS.id].model == "person_tours"


def test_every_rendering_shows_the_mark_and_what_it_means():
    marked = answer(number(SUM, outside=True))
    console = Console(record=True, width=200, file=io.StringIO())
    print_answer(marked, console, sources=True)
    page = section_html(marked.sections[0]) + traces_html(TRACES, [SUM.id])
    for shown in (console.export_text(), page):
        assert f"500{MARK}" in shown
        assert f"{MARK} No ground for ranking options: " in shown
        assert "person_tours" in shown
        assert shown.count(FINDING) == 2, "under the table and in the record"
    assert f'<p class="note">{MARK}' in page
    assert "<dd>Model: <code>person_tours</code></dd>" in page
