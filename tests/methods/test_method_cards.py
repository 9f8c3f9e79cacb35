"""A data set is marked as one, metrics are the rules they are named after, models stay light."""

from __future__ import annotations

import subprocess
import sys

import pytest
from published import METHODS

from guarantor.methods import decision_rules
from guarantor.methods.datasets import DATA_SET_UNIT

VARIANTS = [
    pytest.param(variant, id=f"{name}({variant.signature()})")
    for name, card in METHODS.items()
    for variant in card.variants
]


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_input_named_dataset_is_marked_as_a_data_set(variant):
    for symbol in variant.symbols:
        assert (symbol.name == "dataset") == (symbol.unit == DATA_SET_UNIT)


def test_metrics_named_after_a_rule_are_that_rule():
    table = [[3, 1, 2], [0, 9, 4]]
    assert METHODS["robustness_maximin"].call({"f": table}).outputs == {
        "value": decision_rules.maximin(table)
    }
    assert METHODS["robustness_laplace"].call({"f": table}).outputs == {
        "value": decision_rules.laplace(table)
    }


def test_models_load_without_numpy():
    code = "import sys, guarantor.models; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
