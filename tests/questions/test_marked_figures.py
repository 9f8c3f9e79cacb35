"""What rests on a model used outside its validity is marked; what has no meaning is refused."""

from __future__ import annotations

import pytest

from guarantor.answer.text import MARK, Figure
from guarantor.evidence.catalogue import catalogue
from guarantor.problems import Problems
from guarantor.questions.tracing import Book, ModelCall

UNMARKED = {"deployed", "months", "tour"}


def marked(answer) -> set[str]:
    return {slot.trace for slot in answer.slots() if isinstance(slot, Figure) and slot.outside}


def test_tours_within_the_evidence_mark_nothing(asked):
    answer = asked("sustain")
    assert marked(answer) == set()
    assert answer.notes == answer.section("three-numbers").notes == ()


def test_tours_of_two_years_mark_every_number_that_rests_on_them(asked):
    answer = asked("sustain", tour="24", deployed="25000")
    for name, slot in answer.headline.slots.items():
        assert slot.words().endswith(MARK) == (name not in UNMARKED), name
    table = answer.section("three-numbers").table
    assert table.cell("asked", "deployed").plain() == "25 000"
    assert table.cell("asked", "throughput").plain() == f"62 500{MARK}"
    assert table.cell("asked", "pool_four").plain() == f"100 000{MARK}"


def test_the_sentences_below_the_table_name_symbol_value_range_and_equation(asked):
    answer = asked("sustain", tour="24", deployed="25000")
    told = [note.plain() for note in answer.section("three-numbers").notes]
    assert told[0] == (
        f"{MARK} No ground for ranking options: tour_months = 24 is outside the validity of "
        "person_tours, Q = D M / t; allowed: from 4, up to 15 months."
    )
    assert any("dwell_months = 96 is outside the validity of pool_needed" in each for each in told)
    assert len(told) == len(set(told)) == 4
    assert answer.notes == (), "the headline's marks are explained below the table already"


def test_a_record_names_its_model_the_equation_and_whose_it_is(asked):
    answer = asked("sustain", deployed="25000")
    record = answer.traces[answer.headline.slots["four"].trace]
    assert record.model == "pool_needed"
    assert record.method.startswith("P = D n / a, n = (t + h) / t (our own derivation: ")
    assert record.outside == ()


def test_numbers_of_models_are_those_the_models_give(asked):
    slots = asked("sustain", deployed="17000 to 31000", tour="7", months="50").headline.slots
    for name, rule in (("three", 3), ("four", 4), ("five", 5)):
        inputs = {"tour_months": 7, "dwell_months": 7 * (rule - 1), "available_share": 1.0}
        ends = {
            end: catalogue()["pool_needed"].call({"deployed": deployed, **inputs}).outputs["pool"]
            for end, deployed in (("low", 17000), ("high", 31000))
        }
        assert {end: getattr(slots[name], end) for end in ends} == ends
        assert slots[name].value is None


def test_what_is_made_from_a_marked_number_is_marked_too(lead):
    book = Book(lead)
    marked_trace = book.derived("m", "how", [book.day().trace], outside=["x = 1 is outside"])
    assert book.number("sum", 3, "added", [marked_trace]).outside
    assert book.count("counted", [marked_trace]).outside
    assert not book.number("sum", 3, "added", [book.day().trace]).outside
    other = Book(lead)
    other.take(book)
    assert other.number("sum", 3, "added", [marked_trace]).outside


def test_an_input_without_meaning_is_refused_with_symbol_value_range_and_equation(lead):
    book = Book(lead)
    call = ModelCall("person_tours", "person_tours", "tours", {"months": 60, "tour_months": 0})
    base = book.number("deployed", 25000, "given", [book.day().trace])
    with pytest.raises(Problems) as refused:
        book.modelled("tours", call, {"deployed": base}, [])
    (problem,) = refused.value.problems
    assert problem.field == "tour_months"
    assert (problem.found, problem.allowed) == ("0", "a number, above 0 months")
    assert "Q = D M / t" in problem.what
