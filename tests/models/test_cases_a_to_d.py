"""Published results on force generation, sizing, cost and air policing come out of the models."""

from __future__ import annotations

import csv
import json
from importlib.resources import files

import pytest

from guarantor.models import CARDS

CASES = files("guarantor") / "evidence" / "cases"
TOPICS = ("A_force_generation", "B_force_sizing", "C_cost", "D_no_fly_zone")


def rows():
    for topic in TOPICS:
        text = (CASES / f"{topic}.csv").read_text(encoding="utf-8")
        for row in csv.DictReader(text.splitlines()):
            yield pytest.param(row, id=f"{row['case']}-{row['model']}")


ROWS = list(rows())


def flattened(value):
    return [part for each in value for part in flattened(each)] if is_list(value) else [value]


def is_list(value):
    return isinstance(value, list | tuple)


@pytest.mark.parametrize("row", ROWS)
def test_the_model_gives_the_published_result_within_its_tolerance(row):
    result = CARDS[row["model"]].call(json.loads(row["inputs"]))
    computed = flattened([result.outputs[name] for name in row["output"].split(";")])
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
        "own-example-of-published-formula",
    }


@pytest.mark.parametrize("row", ROWS)
def test_published_cases_lie_inside_the_validity_of_their_models(row):
    assert CARDS[row["model"]].call(json.loads(row["inputs"])).marks == ()


def test_every_published_equation_of_the_four_topics_has_a_case():
    called = {row.values[0]["model"] for row in ROWS}
    topics = {
        "guarantor.models.rotation",
        "guarantor.models.sizing",
        "guarantor.models.cost",
        "guarantor.models.air_policing",
    }
    published = {
        name
        for name, card in CARDS.items()
        if card.basis == "published" and card.functions[0].__module__ in topics
    }
    assert published - called == {"maintenance_time"}, "its equation was not read, only recalled"
