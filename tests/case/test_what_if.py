"""A what-if shows a case otherwise than it is written, and says so on every record it touches."""

from __future__ import annotations

import pytest

from guarantor.case.read import read_case
from guarantor.case.what_if import as_text, imagined, read_what_if
from guarantor.problems import Misuse
from guarantor.questions import answer_for

FRENCH = "contributions/fra-ground-force-2026-01/quantity"


@pytest.fixture(scope="module")
def case():
    return read_case("ukraine-2025-08")


def test_a_number_takes_the_unit_of_the_entry_and_loses_its_sources(case):
    seen = imagined(case, read_what_if(f"{FRENCH}=3000 to 5000"))
    after = seen.contributions["fra-ground-force-2026-01"]
    assert after.quantity.unit is case.contributions["fra-ground-force-2026-01"].quantity.unit
    assert (after.quantity.shape.low, after.quantity.shape.high) == (3000, 5000)
    assert after.sources == ()
    assert after.note.startswith("What-if, in no record")
    assert seen.digest != case.digest


def test_the_case_below_stays_as_it_was(case):
    before = dict(case.records())
    imagined(case, read_what_if(f"{FRENCH}=1"))
    assert dict(case.records()) == before
    assert imagined(case, ()) is case


def test_a_parameter_of_a_capability_is_judged_in_a_what_if(case):
    seen = imagined(case, read_what_if("capabilities/ground-force/slots=2 to 3"))
    slots = seen.capabilities["ground-force"].slots
    assert slots.kind == "judged"
    assert slots.quantity.shape.high == 3


def test_the_last_word_on_a_field_holds_and_text_reads_back():
    changes = read_what_if(f"{FRENCH}=1 | pools/FRA/fighter/2025/quantity=9 | {FRENCH}=2")
    assert [change.text for change in changes] == ["9", "2"]
    assert changes[0].entry == "FRA/fighter/2025"
    assert read_what_if(as_text(changes)) == changes


def test_an_answer_changes_and_its_command_holds_the_what_if(case):
    settings = {"option": "paris-framework"}
    plain = answer_for("gaps", case, settings)
    answer = answer_for("gaps", case, {**settings, "what-if": f"{FRENCH}=12000"})
    said = [
        next(r for r in a.sections[0].table.rows if r[0].plain().startswith("Ground force"))
        for a in (plain, answer)
    ]
    assert said[0][5].plain() != said[1][5].plain()
    assert f"--what-if {FRENCH}=12000" in answer.command
    assert "what-if" not in plain.command


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("pools", "no change of a case"),
        ("nations/DEU/name=Germania", "no table that a reader can see otherwise"),
        ("contributions/nobody/quantity=1", "no entry of this table"),
        ("contributions/fra-ground-force-2026-01/sources=S001", "no field that a reader"),
        (f"{FRENCH}=ten", ""),
        (f"{FRENCH}=10 ships", "another unit than the entry has"),
        (f"{FRENCH}=", ""),
    ],
)
def test_what_makes_no_sense_is_told_at_its_place(case, words, what):
    with pytest.raises(Misuse) as caught:
        imagined(case, read_what_if(words))
    assert what in str(caught.value)


def test_everything_wrong_is_told_at_once(case):
    words = f"{FRENCH}=ten | capabilities/medical/tour=soon"
    with pytest.raises(Misuse) as caught:
        imagined(case, read_what_if(words))
    assert [p.field for p in caught.value.problems] == ["capabilities/medical/tour", FRENCH]


def test_an_entry_that_a_view_hides_cannot_be_changed(case):
    with pytest.raises(Misuse, match="as of 2025-08-22"):
        answer_for("gaps", case, {"as-of": "2025-08-22", "what-if": f"{FRENCH}=1"})
