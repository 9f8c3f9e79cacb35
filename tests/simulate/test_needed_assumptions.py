"""Futures name every assumption that a case lacks at once, and the lead case lacks none."""

from __future__ import annotations

import csv
from datetime import date
from typing import TYPE_CHECKING

import pytest
from scipy.stats import beta, gamma

from guarantor.case.as_of import seen_from
from guarantor.case.overlay import Overlay, apply
from guarantor.case.read import read_case
from guarantor.case.words import GateRule
from guarantor.problems import Problem, Problems
from guarantor.quantity import Amount, Choice, parse_amount
from guarantor.simulate.assumptions import NEEDED, check_assumptions, of_rule
from guarantor.supply.capacity import BASES

if TYPE_CHECKING:
    from pathlib import Path

    from guarantor.case.case import Case

LEAD = read_case("ukraine-2025-08")


def without(*names: str) -> Case:
    return apply(LEAD, Overlay(LEAD.view, {("assumptions", name): None for name in names}))


def having(**quantities: str) -> Case:
    changes = {}
    for name, text in quantities.items():
        key = name.replace("_", "-")
        record = LEAD.assumptions[key].model_copy(update={"quantity": parse_amount(text)})
        changes["assumptions", key] = record
    return apply(LEAD, Overlay(LEAD.view, changes))


def problems_of(case: Case) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as raised:
        check_assumptions(case)
    return raised.value.problems


@pytest.mark.parametrize("name", list(NEEDED))
def test_the_lead_case_has_every_needed_assumption_in_its_unit(name: str):
    needed, quantity = NEEDED[name], LEAD.assumptions[name].quantity
    if needed.unit is None:
        assert isinstance(quantity, Choice)
        assert {word for word, _ in quantity.weights} == set(needed.words)
    else:
        assert isinstance(quantity, Amount)
        assert quantity.unit is needed.unit
        low, high = quantity.shape.quantile(1e-9), quantity.shape.quantile(1 - 1e-9)
        assert needed.low is None or low >= needed.low
        assert needed.high is None or high <= needed.high


def test_the_lead_case_passes_as_it_is_and_as_of_the_day_of_the_planning():
    check_assumptions(LEAD)
    check_assumptions(seen_from(LEAD, date(2025, 8, 22)))


def test_the_lead_case_has_no_assumption_that_nobody_asks_for():
    assert set(LEAD.assumptions) == set(NEEDED)


def test_a_case_without_assumptions_is_told_all_of_them_at_once():
    problems = problems_of(without(*NEEDED))
    assert {problem.field for problem in problems} == set(NEEDED)
    for problem in problems:
        needed = NEEDED[str(problem.field)]
        assert problem.file == "assumptions.yaml"
        assert needed.meaning in problem.what
        assert problem.allowed
        assert problem.remedy
        assert f"id: {problem.field}" in problem.remedy
        assert (needed.unit.plural if needed.unit else needed.words[0]) in problem.remedy


def test_some_that_lack_are_named_with_the_nearest_id_that_nobody_asks_for():
    record = LEAD.assumptions["reserve"].model_copy(update={"id": "reserves"})
    changes = {("assumptions", name): None for name in ("reserve", "unled")}
    case = apply(LEAD, Overlay(LEAD.view, {**changes, ("assumptions", "reserves"): record}))
    problems = {problem.field: problem for problem in problems_of(case)}
    assert set(problems) == {"reserve", "unled"}
    assert problems["reserve"].found == "nothing; Did you mean 'reserves'?"
    assert problems["unled"].found == "nothing"


def test_a_written_line_of_the_remedy_is_what_is_read():
    (problem,) = problems_of(without("lift-people"))
    assert problem.remedy
    line = problem.remedy.split("'")[3]
    text = line.removeprefix("quantity: ")
    for gap, number in (("LOW", "1"), ("HIGH", "3"), ("BEST", "2")):
        text = text.replace(gap, number)
    check_assumptions(having(lift_people=text))


@pytest.mark.parametrize(
    ("name", "text", "what"),
    [
        ("follow-months", "12 hours", "another unit"),
        ("reserve", "0.1 to 0.3, best 0.2 ratio", "another unit"),
        ("reserve", "at most 30 percent", "nothing can be drawn"),
        ("reserve", "absent percent", "nothing can be drawn"),
        ("reserve", "50 to 120, best 60 percent", "outside what can be"),
        ("reserve", "50 to 90 percent", "outside what can be"),
        ("lift-people", "EUR 3 million at 2025 prices", "another unit"),
        ("strength-basis", "2 ratio", "another unit"),
        ("reserve", "choice of 10: 0.5, 120: 0.5 percent", "outside what can be"),
    ],
)
def test_what_cannot_be_drawn_is_named_at_its_line(name: str, text: str, what: str):
    (problem,) = problems_of(having(**{name.replace("-", "_"): text}))
    assert what in problem.what
    assert problem.field == name
    assert problem.line == LEAD.where("assumptions", name, "quantity").line
    assert problem.allowed
    assert problem.remedy


def test_a_theory_that_the_futures_do_not_know_is_named():
    theories = Choice({"none": 0.5, "deterrence": 0.5})
    record = LEAD.assumptions["effect-theory"].model_copy(update={"quantity": theories})
    case = apply(LEAD, Overlay(LEAD.view, {("assumptions", "effect-theory"): record}))
    (problem,) = problems_of(case)
    assert "deterrence" in str(problem.found)
    assert problem.allowed == "a choice between none, peacekeeping"


def test_the_parts_of_will_may_not_exceed_the_whole():
    (problem,) = problems_of(having(will_in_common="0.2 to 0.7, best 0.4 ratio"))
    assert problem.found == "up to 1.1"


def test_the_readings_of_strength_are_those_of_supply():
    assert set(NEEDED["strength-basis"].words) == set(BASES)


def test_every_rule_that_calls_for_a_gate_has_its_three_numbers():
    for rule in GateRule:
        names = {of_rule(name, rule) for name in ("gate-months", "refused", "lapses")}
        assert names <= set(NEEDED) or rule is GateRule.NONE


def test_the_range_of_those_who_follow_carries_the_sampling_error_of_twelve_of_seventeen():
    quantity = LEAD.assumptions["follows"].quantity
    assert isinstance(quantity, Amount)
    jeffreys = beta(12 + 0.5, 5 + 0.5)
    for share in (0.05, 0.95):
        assert quantity.shape.quantile(share) == pytest.approx(100 * jeffreys.ppf(share), abs=1)
    assert quantity.shape.best == round(100 * 12 / 17)


def at_risk(rows: list[dict[str, str]], years: float) -> tuple[int, float]:
    """Return the failures within so many years of peace, and the years at risk of failing."""
    spans = [(float(row["years_of_peace"]), row["failed"] == "1") for row in rows]
    return sum(failed and span <= years for span, failed in spans), sum(
        min(span, years) for span, _ in spans
    )


def test_the_rate_of_failure_spans_both_readings_of_the_endings(published_data: Path | None):
    file = published_data and published_data.parents[1] / "history" / "interstate_endings.csv"
    if not file or not file.is_file():
        pytest.skip("the endings of wars between states are not at hand")
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    agreed = [r for r in rows if r["outcome"] in {"ceasefire agreement", "peace agreement"}]
    unwon = [r for r in rows if "victory" not in r["outcome"]]
    ends = []
    for chosen, size, counted, years in ((agreed, 23, 5, 211), (unwon, 41, 12, 340)):
        failures, risk = at_risk(chosen, 10)
        assert (len(chosen), failures) == (size, counted)
        assert risk == pytest.approx(years, abs=1)
        ends += [gamma(failures + 0.5, scale=1 / risk).ppf(share) for share in (0.05, 0.95)]
    quantity = LEAD.assumptions["fails-a-year"].quantity
    assert isinstance(quantity, Amount)
    assert quantity.shape.low == round(min(ends), 3)
    assert quantity.shape.high == round(max(ends), 3)
