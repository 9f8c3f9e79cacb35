"""Every rule of single entries has an entry that breaks it and one that keeps it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from guarantor.case.read import read_case
from guarantor.case.rules import RULES, broken_rules
from guarantor.case.walk import walk
from guarantor.case.words import Binding, Breach, LineBasis, Rung, Stance, Topic
from guarantor.quantity import Duration, Kind, PartialDate, parse_amount

if TYPE_CHECKING:
    from guarantor.case.record import Record

LEAD = read_case("ukraine-2025-08")
PARTS = [part for _, record in LEAD.records() for _, part in walk(record)]


def like(kind: str, /, **wanted: object) -> Record:
    """Return the first part of the lead case of a kind that has the given values."""
    return next(
        part
        for part in PARTS
        if type(part).__name__ == kind
        and all(getattr(part, name) == value for name, value in wanted.items())
    )


REPORTED = like("Gate", kind=Kind.REPORTED)
STATED: dict[str, Any] = {"basis": LineBasis.STATED, "derivation": None}
DERIVED: dict[str, Any] = {"basis": LineBasis.DERIVED, "quantity": None}
BREAKS: list[tuple[str, Record, str, dict[str, object]]] = [
    ("_below_zero", like("Nation"), "population", {"population": parse_amount("-3 people")}),
    ("_below_zero", like("Place"), "population", {"population": parse_amount("-3 to 5 people")}),
    ("_below_zero", like("Assumption"), "quantity", {"quantity": parse_amount("-3 percent")}),
    (
        "_below_zero",
        like("Position"),
        "quantity",
        {"quantity": parse_amount("EUR -3 million at 2025 prices")},
    ),
    (
        "_people_of_a_nation",
        like("Nation"),
        "active_personnel",
        {"active_personnel": parse_amount("5 pool people")},
    ),
    ("_people_of_a_place", like("Place"), "population", {"population": parse_amount("5 km")}),
    (
        "_strength_in_people_deployed",
        like("StrengthStatement"),
        "quantity",
        {"quantity": parse_amount("75000 pool people")},
    ),
    (
        "_line_in_what_can_be_required",
        like("RequirementLine", **STATED),
        "quantity",
        {"quantity": parse_amount("250000 person-tours")},
    ),
    (
        "_a_strength_lies_between_nothing_and_all",
        like("Correlation"),
        "strength",
        {"strength": parse_amount("0.2 to 0.9 ratio")},
    ),
    ("_what_moves_together_is_two", like("Correlation"), "members", {"members": ("reserve",) * 2}),
    (
        "_ground_troops_in_people",
        like("Position", topic=Topic.GROUND_TROOPS),
        "quantity",
        {"quantity": parse_amount("30 aircraft")},
    ),
    (
        "_what_is_reported_has_a_source",
        like("Gate", kind=Kind.REPORTED),
        "sources",
        {"sources": ()},
    ),
    (
        "_what_is_reported_has_a_source",
        like("Statement", kind=Kind.REPORTED),
        "sources",
        {"sources": ()},
    ),
    *(
        (
            "_a_figure_that_is_not_judged_has_a_source",
            like(kind, kind=Kind.REPORTED),
            "sources",
            {"sources": ()},
        )
        for kind in ("Parameter", "Pool", "Commitment", "DeployedShare", "KeyShare")
    ),
    ("_what_is_stated_has_a_source", like("RequirementLine", **STATED), "sources", {"sources": ()}),
    ("_every_row_has_a_source", like("Position"), "sources", {"sources": ()}),
    ("_every_row_has_a_source", like("Membership"), "sources", {"sources": ()}),
    ("_every_row_has_a_source", like("Place"), "sources", {"sources": ()}),
    ("_an_offer_has_a_rung", like("Position", stance=Stance.OFFERS), "rung", {"rung": None}),
    (
        "_an_offer_has_a_rung",
        like("Position", stance=Stance.EXCLUDES),
        "rung",
        {"rung": Rung.SIGNALLED},
    ),
    (
        "_confirmed_by_a_decision",
        like("Position", stance=Stance.OFFERS, binding=Binding.STATEMENT),
        "rung",
        {"rung": Rung.CONFIRMED},
    ),
    (
        "_a_need_ends_after_it_begins",
        like("RequirementLine"),
        "ends",
        {"starts": Duration("P1Y"), "ends": Duration("P6M")},
    ),
    (
        "_a_line_has_one_number",
        like("RequirementLine", **STATED),
        "quantity",
        {"quantity": None},
    ),
    (
        "_a_line_has_one_number",
        like("RequirementLine", **DERIVED),
        "quantity",
        {"quantity": parse_amount("3 units")},
    ),
    (
        "_a_line_has_one_number",
        like("RequirementLine", **DERIVED),
        "basis",
        {"basis": LineBasis.JUDGED},
    ),
    (
        "_a_membership_ends_after_it_begins",
        like("Membership", group="nato", nation="FRA"),
        "until",
        {"until": PartialDate(1900)},
    ),
    ("_the_record_ends_on_a_day", LEAD.about, "as_of", {"as_of": PartialDate(2025, 8)}),
    ("_the_horizon_has_months", LEAD.about, "horizon", {"horizon": Duration("P0M")}),
    ("_the_horizon_has_months", LEAD.about, "horizon", {"horizon": Duration("P90D")}),
    (
        "_the_case_against_is_short",
        LEAD.about,
        "case_against",
        {"case_against": LEAD.about.case_against * 2},
    ),
    ("_every_breach_has_a_row", like("Guarantee"), "breach", {"breach": {Breach.LOCAL: None}}),
]


@pytest.mark.parametrize(("name", "record", "field", "wrong"), BREAKS)
def test_a_rule_names_the_field_of_an_entry_that_breaks_it(
    name: str, record: Record, field: str, wrong: dict[str, object]
):
    altered = record.model_copy(update=wrong)
    (rule,) = {r.broken: r for r in RULES if r.broken.__name__ == name}.values()
    (problem,) = rule.broken(altered)
    assert problem.field == field
    assert problem.found
    assert problem.allowed
    assert problem in broken_rules(altered, frozenset())


def test_every_rule_is_broken_above():
    assert {name for name, *_ in BREAKS} == {rule.broken.__name__ for rule in RULES}


def test_no_entry_of_the_lead_case_breaks_a_rule():
    assert [problem for part in PARTS for problem in broken_rules(part, frozenset())] == []


def test_every_rule_looks_at_some_entry_of_the_lead_case():
    for rule in RULES:
        assert any(isinstance(part, rule.record) for part in PARTS), rule


def test_a_rule_waits_for_the_fields_that_it_needs():
    offer = like("Position", stance=Stance.OFFERS).model_copy(update={"rung": None})
    assert list(broken_rules(offer, frozenset()))
    assert not list(broken_rules(offer, frozenset({"stance"})))
    assert list(broken_rules(offer, frozenset({"topic"})))
