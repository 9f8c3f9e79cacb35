"""Case files may call every name of the interface, with its inputs and its outputs."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from examples import EXAMPLES

from guarantor.evidence.catalogue import catalogue
from guarantor.evidence.given import REQUIRED, cases_of
from guarantor.evidence.validate import Data, Outcome, validate

with Path(__file__).with_name("interfaces.csv").open(encoding="utf-8", newline="") as file:
    INTERFACES = [
        pytest.param(
            row["model"],
            {part.split(":")[0].strip() for part in row["inputs"].split(";")},
            row["outputs"],
            id=f"{row['model']}-{row['outputs']}",
        )
        for row in csv.DictReader(file)
    ]


@pytest.mark.parametrize(("model", "names", "outputs"), INTERFACES)
def test_each_name_can_be_called_by_a_case_file(model, names, outputs, tmp_path, published_data):
    inputs = next(inputs for name, inputs in EXAMPLES if name == model and names == set(inputs))
    path = tmp_path / "mine.csv"
    expected = json.dumps([-1e9])
    row = ("X1", model, json.dumps(inputs), outputs, expected, 0, "abs", "published")
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([REQUIRED, row])
    (verdict,) = validate(cases_of(path), Data(published_data)).verdicts
    if verdict.outcome is Outcome.NOT_RUN:
        pytest.skip(verdict.message)
    assert verdict.outcome is Outcome.OUTSIDE, verdict.message
    assert verdict.computed is not None


def test_the_catalogue_holds_every_name_of_the_interface():
    assert {each.values[0] for each in INTERFACES} <= catalogue().keys()
    assert len(INTERFACES) == 85
