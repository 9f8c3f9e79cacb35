"""Published results on air defence, burdens, durability and decision rules come out."""

from __future__ import annotations

import json

import pytest
from published import CARDS, METHODS, asked, cases, flattened, variant_and_inputs

from guarantor.methods import decision_rules
from guarantor.models import air_defence, burden, durability

ROWS = [pytest.param(row, id=f"{row['case']}-{row['model']}") for row in cases()]


@pytest.mark.parametrize("row", ROWS)
def test_the_published_result_comes_out_within_its_tolerance(row):
    variant, inputs = variant_and_inputs(row)
    outputs = variant.call(inputs).outputs
    computed = flattened([outputs[name] for name in asked(variant, row["output"])])
    expected = flattened([json.loads(row["expected_output"])])
    assert len(computed) == len(expected)
    for ours, theirs in zip(computed, expected, strict=True):
        allowed = float(row["tolerance"]) * (abs(theirs) if row["tol_type"] == "rel" else 1.0)
        assert abs(ours - theirs) <= allowed


@pytest.mark.parametrize("row", ROWS)
def test_every_case_cites_its_source_and_says_what_kind_it_is(row):
    assert row["source"]
    assert row["status"] in {"seen", "quoted"}
    assert row["basis"] in {
        "published",
        "derived-from-published-parameters",
        "computed-from-published-data",
        "own-example-of-published-formula",
    }


@pytest.mark.parametrize("row", ROWS)
def test_published_cases_lie_inside_the_validity_of_their_models(row):
    variant, inputs = variant_and_inputs(row)
    assert variant.call(inputs).marks == ()


def test_case_numbers_are_not_used_twice():
    numbers = [row.values[0]["case"] for row in ROWS]
    assert len(numbers) == len(set(numbers))


def test_equations_without_a_case_are_known():
    called = {row.values[0]["model"] for row in ROWS}
    topics = {module.CARDS[0].functions[0].__module__ for module in (air_defence, burden)}
    topics.add(durability.CARDS[0].functions[0].__module__)
    here = {
        name
        for name, card in CARDS.items()
        if name in METHODS or card.functions[0].__module__ in topics
    }
    assert {name for name in here - called if CARDS[name].basis == "published"} == {
        "any_leak_probability",
        "constrained_equal_losses",
        "talmud",
        "savage",
    }
    assert {name for name in here - called if CARDS[name].basis == "ours"} == {
        "share_served",
        "failure_probability",
    }


def test_metrics_named_after_a_rule_are_that_rule():
    table = [[3, 1, 2], [0, 9, 4]]
    assert METHODS["robustness_maximin"].call({"f": table}).outputs == {
        "value": decision_rules.maximin(table)
    }
    assert METHODS["robustness_laplace"].call({"f": table}).outputs == {
        "value": decision_rules.laplace(table)
    }
