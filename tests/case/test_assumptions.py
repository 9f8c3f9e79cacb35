"""Assumptions and correlations: what is wrong with them is named, and views know nothing later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planting import Copy, Line, fresh

from guarantor.case.as_of import seen_from
from guarantor.case.assumptions import Assumption, among, names_of
from guarantor.case.overlay import Overlay, apply, difference
from guarantor.case.read import read_case
from guarantor.problems import Problem, Problems
from guarantor.quantity import Amount, Choice, Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LEAD = read_case("ukraine-2025-08")
AUGUST = date(2025, 8, 22)
NAMES = {name for _, record in LEAD.records() for name in names_of(record)}


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[Copy], list[Problem]]:
    def look(copy: Copy) -> list[Problem]:
        with pytest.raises(Problems) as raised:
            read_case(str(copy.write(tmp_path / "case")))
        return list(raised.value.problems)

    return look


def find(copy: Copy, file: str, text: str) -> Line:
    return next(line for line in copy.files[file] if line.text == text)


def below(copy: Copy, file: str, key: str, start: str) -> Line:
    """Return the first line with that start in the entry of that key."""
    lines = copy.files[file]
    first = lines.index(find(copy, file, f"  - id: {key}"))
    return next(line for line in lines[first:] if line.text.startswith(start))


def append(copy: Copy, file: str, text: str) -> int:
    """Append lines to a file and return the number of the first."""
    copy.files[file].extend(Line(line) for line in text.strip("\n").splitlines())
    return len(copy.files[file]) - len(text.strip("\n").splitlines()) + 1


def test_bad_assumptions_are_all_named_with_file_line_field_and_remedy(problems):
    copy = fresh()
    file = "assumptions.yaml"
    first = append(
        copy,
        file,
        """
  - id: Rain
    title: Rain
    text: It may rain.
    quantity: 5 to 3 percent
    kind: derived
    sources: [H0O1]
    if_wrong: Less mud.
  - id: snow
    title: Snow
    text: It may snow.
    quantity: "choice of deep: 0.5, light: 0.6"
    kind: judged
    colour: white
""",
    )
    found = {(p.file, p.line, p.field): p for p in problems(copy)}
    assert set(found) == {
        (file, first, "id"),
        (file, first + 3, "quantity"),
        (file, first + 5, "sources"),
        (file, first + 10, "quantity"),
        (file, first + 12, "colour"),
        (file, first + 7, "if_wrong"),
    }
    assert found[file, first + 3, "quantity"].remedy == "Write 3 to 5."
    assert found[file, first + 5, "sources"].remedy == "Did you mean 'H001'?"
    assert all(p.found and (p.allowed or p.remedy) for p in found.values())


def test_what_is_derived_needs_a_source(problems):
    copy = fresh()
    line = below(copy, "assumptions.yaml", "follows", "    sources:")
    line.text = "    sources: []"
    (problem,) = problems(copy)
    assert (problem.line, problem.field) == (copy.number("assumptions.yaml", line), "sources")


def test_a_share_below_zero_is_refused_and_a_coefficient_is_not(problems):
    copy = fresh()
    line = below(copy, "assumptions.yaml", "reserve", "    quantity:")
    line.text = '    quantity: "-5 to 30, best 15 percent"'
    (problem,) = problems(copy)
    assert (problem.what, problem.field) == ("the number is below zero", "quantity")
    effect = LEAD.assumptions["force-effect"].quantity
    assert isinstance(effect, Amount)
    assert effect.shape.high is not None
    assert effect.shape.high < 0


def test_theories_are_a_choice_between_words_and_numbers_keep_their_unit():
    theory = LEAD.assumptions["effect-theory"].quantity
    assert isinstance(theory, Choice)
    assert {word for word, _ in theory.weights} == {"none", "peacekeeping"}
    aircraft = LEAD.assumptions["policing-aircraft"].quantity
    assert isinstance(aircraft, Amount)
    assert aircraft.unit is Unit.AIRCRAFT
    assert isinstance(aircraft.shape, Choice)


@pytest.mark.parametrize("key", list(LEAD.assumptions))
def test_an_assumption_survives_its_own_text(key: str):
    record = LEAD.assumptions[key]
    assert Assumption.model_validate_json(record.model_dump_json()) == record


def test_a_choice_between_numbers_needs_its_unit(problems):
    copy = fresh()
    line = below(copy, "assumptions.yaml", "mandate-months", "    quantity:")
    line.text = '    quantity: "choice of 6: 0.5, 12: 0.5"'
    (problem,) = problems(copy)
    assert problem.what == "this number has no unit"


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ("refused-priors", "Did you mean 'refused-prior'?"),
        ("pools/GBR/fighters", "Did you mean 'pools/GBR/fighter'?"),
        ("capabilities/fighter/availble", "Did you mean 'capabilities/fighter/available'?"),
        (
            "contributions/fra-ground-force-2026-1",
            "Did you mean 'contributions/fra-ground-force-2026-01'?",
        ),
    ],
)
def test_an_unknown_member_names_the_nearest(written: str, remedy: str, problems):
    copy = fresh()
    line = below(copy, "correlations.yaml", "raids", "      - ")
    line.text = f"      - {written}"
    (problem,) = problems(copy)
    place = (problem.file, problem.line, problem.field)
    assert place == ("correlations.yaml", copy.number("correlations.yaml", line), "members")
    assert (problem.found, problem.remedy) == (written, remedy)
    assert problem.allowed
    assert "pools/OWNER/CAPABILITY" in problem.allowed


def test_a_field_that_the_capability_leaves_blank_is_no_quantity(problems):
    assert LEAD.capabilities["monitors"].tour is None
    copy = fresh()
    below(
        copy, "correlations.yaml", "raids", "      - "
    ).text = "      - capabilities/monitors/tour"
    assert [p.what for p in problems(copy)] == ["no quantity of this name"]


def test_a_quantity_in_two_correlations_names_both_places(problems):
    copy = fresh()
    last = below(copy, "correlations.yaml", "missile-orders", "      - ")
    last.text = "      - arrivals-long"
    (problem,) = problems(copy)
    first = copy.number("correlations.yaml", find(copy, "correlations.yaml", "  - id: raids"))
    assert problem.line == copy.number("correlations.yaml", last)
    assert problem.found == f"arrivals-long, in correlations.yaml:{first} already"


def test_a_quantity_twice_in_one_correlation_is_one_problem(problems):
    copy = fresh()
    line = below(copy, "correlations.yaml", "gates-delay", "      - ")
    line.text = "      - gate-months-convention"
    assert [p.what for p in problems(copy)] == ["a quantity is correlated twice"]


def test_an_assumption_with_an_error_can_still_be_correlated(problems):
    copy = fresh()
    below(copy, "assumptions.yaml", "arrivals-long", "    kind:").text = "    kind: guessed"
    (problem,) = problems(copy)
    assert problem.field == "kind"


def test_a_case_may_have_neither_assumptions_nor_correlations(tmp_path: Path):
    copy = fresh()
    copy.removed |= {"assumptions.yaml", "correlations.yaml"}
    case = read_case(str(copy.write(tmp_path / "case")))
    assert not case.assumptions
    assert not case.correlations
    assert len(case.contributions) == len(LEAD.contributions)
    assert case.digest != LEAD.digest


def test_without_the_assumptions_each_correlation_that_names_one_is_a_problem(problems):
    copy = fresh()
    copy.removed.add("assumptions.yaml")
    members = [m for c in LEAD.correlations.values() for m in c.members if "/" not in m]
    assert members
    assert [p.found for p in problems(copy)] == members


def test_a_view_of_an_earlier_day_cites_no_later_source():
    seen = seen_from(LEAD, AUGUST)
    later = {"S305", "S405", "S022"}
    assert later & {s for a in LEAD.assumptions.values() for s in a.sources} == later
    cited = {s for a in seen.assumptions.values() for s in a.sources}
    assert not later & cited
    assert "H001" in cited
    assert seen.assumptions["arrivals-long"].quantity == LEAD.assumptions["arrivals-long"].quantity


def test_what_rests_on_later_sources_alone_is_left_out_and_its_correlation_with_it():
    derived = LEAD.assumptions["follows"].model_copy(update={"id": "late", "sources": ("S022",)})
    pair = LEAD.correlations["raids"].model_copy(
        update={"id": "pair", "members": ("late", "raids")}
    )
    three = pair.model_copy(update={"id": "three", "members": ("late", "reserve", "unled")})
    changes = {
        ("assumptions", "late"): derived,
        ("correlations", "pair"): pair,
        ("correlations", "three"): three,
    }
    seen = seen_from(apply(LEAD, Overlay(LEAD.view, changes)), AUGUST)
    assert "late" not in seen.assumptions
    assert ("assumptions", "late") in {entry.key for entry in seen.view.left_out}
    assert "pair" not in seen.correlations
    assert seen.correlations["three"].members == ("reserve", "unled")


def test_a_contribution_that_is_not_known_yet_is_in_no_correlation():
    late = next(
        key for key in LEAD.contributions if key not in seen_from(LEAD, AUGUST).contributions
    )
    members = (f"contributions/{late}", "reserve", "unled")
    changed = LEAD.correlations["raids"].model_copy(update={"members": members})
    seen = seen_from(apply(LEAD, Overlay(LEAD.view, {("correlations", "raids"): changed})), AUGUST)
    assert seen.correlations["raids"].members == members[1:]


@given(st.sets(st.sampled_from(sorted(NAMES))))
def test_a_correlation_keeps_the_members_that_are_known_in_their_order(known: set[str]):
    for correlation in LEAD.correlations.values():
        kept = [member for member in correlation.members if member in known]
        seen = among(correlation, known)
        assert (list(seen.members) if seen else []) == (kept if len(kept) >= 2 else [])


def test_what_changed_lists_assumptions_and_correlations(asked, tmp_path: Path):
    copy = fresh()
    line = below(copy, "assumptions.yaml", "unled", "    quantity:")
    line.text = "    quantity: 20 to 80, best 50 percent"
    below(copy, "correlations.yaml", "raids", "    strength:").text = "    strength: 0.5 ratio"
    answer = asked("changed", against=str(copy.write(tmp_path / "mine")))
    rows = [[cell.plain() for cell in row] for row in answer.section("changes").table.rows]
    assert [row[:3] for row in rows] == [
        ["changed", "assumptions", LEAD.assumptions["unled"].title],
        ["changed", "correlations", "raids"],
    ]
    assert "between 20 and 80 percent" in rows[0][3]


def test_a_changed_assumption_is_a_difference_of_two_versions():
    changed = LEAD.assumptions["reserve"].model_copy(update={"note": "Otherwise."})
    key = ("assumptions", "reserve")
    after = apply(LEAD, Overlay(LEAD.view, {key: changed}))
    assert difference(LEAD, after).changes == {key: changed}
