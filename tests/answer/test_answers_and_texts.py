from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from guarantor.answer.answer import Answer, Column, Section, Table
from guarantor.answer.html import table_html, text_html, traces_html
from guarantor.answer.text import Cited, Figure, join, text
from guarantor.answer.trace import Citation, Trace, loose_ends, with_inputs
from guarantor.quantity import Kind

SOURCE = Citation(id="S1", publisher="Agency", title="Report", date="2025-08-20", url="")


def reported(label: str = "a number", **content: object) -> Trace:
    return Trace.of(label=label, kind=Kind.REPORTED, says="so", citations=(SOURCE,), **content)


def number(value: float | None = None, trace: str = "t", **ends: object) -> Figure:
    return Figure(value=value, unit="people deployed", kind=Kind.REPORTED, trace=trace, **ends)


def test_a_numeral_outside_a_slot_is_refused():
    with pytest.raises(ValidationError, match="numeral without a trace"):
        text("25 000 soldiers")


@pytest.mark.parametrize("numeral", ["٣", "²", "4"])
def test_numerals_of_other_scripts_are_numerals(numeral: str):
    with pytest.raises(ValidationError):
        text(f"{numeral} soldiers")


def test_slots_and_braces_must_match():
    with pytest.raises(ValidationError, match="do not fit"):
        text("{n} soldiers")
    with pytest.raises(ValidationError, match="do not fit"):
        text("soldiers", n=number(1))


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (number(25000), "25 000"),
        (number(low=15000, high=30000), "15 000 to 30 000"),
        (number(high=7500), "at most 7 500"),
        (number(low=10000), "at least 10 000"),
        (number(), "not known"),
        (number(0), "0"),
        (number(1234567, digits=2), "1 200 000"),
        (number(8, low=7, high=9), "8 (7 to 9)"),
    ],
)
def test_a_figure_reads_as_number_range_bound_or_unknown(figure: Figure, words: str):
    assert figure.words() == words


@given(st.lists(st.text("abc {}", max_size=8).map(lambda s: s.replace("{", "").replace("}", ""))))
def test_joined_texts_read_as_their_parts_in_order(parts: list[str]):
    texts = [text(part + "{n}", n=Cited(text=str(i), trace="t")) for i, part in enumerate(parts)]
    joined = join(texts, "; ")
    assert joined.plain() == "; ".join(t.plain() for t in texts)
    assert [s.text for s in joined.slots.values()] == [str(i) for i in range(len(parts))]


def test_equal_facts_have_equal_ids_and_different_ones_do_not():
    assert reported().id == reported().id
    assert reported().id != reported(method="counted").id


def test_every_kind_of_loose_end_is_named():
    bare = Trace.of(label="bare", kind=Kind.REPORTED, says="so")
    nobody = Trace.of(label="nobody", kind=Kind.JUDGED, says="so")
    nothing = Trace.of(label="nothing", kind=Kind.DERIVED, says="so")
    gone = Trace.of(label="gone", kind=Kind.DERIVED, says="so", inputs=("t0",))
    good = reported()
    ends = loose_ends({t.id: t for t in (bare, nobody, nothing, gone, good)})
    assert len(ends) == 4
    assert not any(good.id in end for end in ends)


def test_inputs_follow_the_record_that_rests_on_them_and_stand_once():
    leaf = reported("leaf")
    middle = Trace.of(label="middle", kind=Kind.DERIVED, says="", inputs=(leaf.id,))
    top = Trace.of(label="top", kind=Kind.DERIVED, says="", inputs=(leaf.id, middle.id))
    traces = {t.id: t for t in (leaf, middle, top)}
    assert with_inputs(traces, [top.id, leaf.id]) == [top.id, leaf.id, middle.id]


def answer(**changes: object) -> Answer:
    trace = reported()
    content = {
        "question": "q",
        "case": "c",
        "digest": "d",
        "version": "1",
        "marking": "PUBLIC",
        "as_of": "2025-08-22",
        "title": text("A question"),
        "headline": text("{n} soldiers", n=number(200, trace.id)),
        "sections": (),
        "command": "guarantor ask q c",
        "traces": {trace.id: trace},
    }
    return Answer.model_validate({**content, **changes})


def test_an_answer_whose_figure_has_no_record_cannot_be_made():
    with pytest.raises(ValidationError, match="no trace record"):
        answer(traces={})


def test_an_answer_with_a_loose_end_cannot_be_made():
    loose = Trace.of(label="loose", kind=Kind.REPORTED, says="so")
    with pytest.raises(ValidationError, match="names no source"):
        answer(headline=text("{n}", n=number(1, loose.id)), traces={loose.id: loose})


def test_an_answer_survives_json_unchanged():
    first = answer()
    assert Answer.from_json(first.to_json()) == first
    assert Answer.from_json(first.to_json()).to_json() == first.to_json()


def test_a_table_row_must_fit_its_columns():
    with pytest.raises(ValidationError, match="cells under"):
        Table(title="T", columns=(Column(key="a", title="A"),), rows=((text("x"), text("y")),))


def test_a_section_cannot_have_a_chart_without_its_table():
    with pytest.raises(ValidationError, match="chart without a table"):
        Section.model_validate(
            {"id": "s", "title": text("S"), "chart": {"description": "d", "spec": {}, "trace": "t"}}
        )


def test_html_escapes_words_and_links_numbers():
    html = text_html(text("<b>{n}</b> & more", n=number(25000, "t1")))
    assert "&lt;b&gt;" in html
    assert "&amp; more" in html
    assert '<a class="figure" href="#t1" data-trace="t1">25\N{NARROW NO-BREAK SPACE}000</a>' in html


def test_html_of_a_table_has_caption_and_row_headings():
    table = Table(
        title="T",
        columns=(Column(key="a", title="A"), Column(key="b", title="B", align="right")),
        rows=((text("x"), text("y")),),
    )
    html = table_html(table)
    assert "<caption>T</caption>" in html
    assert '<th scope="row" class="left">x</th><td class="right">y</td>' in html


def test_a_source_address_becomes_a_link_only_when_it_is_one():
    bad = reported().model_copy(
        update={"citations": (SOURCE.model_copy(update={"url": "javascript:alert(1)"}),)}
    )
    assert "javascript" not in traces_html({bad.id: bad}, [bad.id])


def test_rendering_takes_nothing_but_the_answer(asked):
    """From JSON, with the case, the questions and numpy out of reach."""
    code = """
import sys
class Wall:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"numpy", "scipy", "numba"} or name.startswith(
            ("guarantor.case", "guarantor.questions", "guarantor.simulate", "guarantor.models")
        ):
            raise ImportError("walled off: " + name)
sys.meta_path.insert(0, Wall())
from guarantor.answer.answer import Answer
from guarantor.answer.html import section_html, text_html, traces_html
from guarantor.answer.terminal import print_answer
from rich.console import Console
answer = Answer.from_json(sys.stdin.read())
print_answer(answer, Console(width=120), sources=True)
html = text_html(answer.headline) + "".join(map(section_html, answer.sections))
print(html + traces_html(answer.traces, answer.traces))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=asked("at-a-glance").to_json(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "soldiers are confirmed for Ukraine" in done.stdout
