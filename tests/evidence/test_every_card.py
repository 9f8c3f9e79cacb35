"""Every card, of models and methods, is complete and can be typeset and read."""

from __future__ import annotations

import pytest
import typst

from guarantor.evidence.catalogue import TOPICS, basis_of, catalogue, foundations, topic_of, uses
from guarantor.methods import CARDS as METHODS
from guarantor.methods.datasets import DATA_SET_UNIT
from guarantor.models import CARDS as MODELS

VARIANTS = [
    pytest.param(variant, id=f"{name}({variant.signature()})")
    for name, card in catalogue().items()
    for variant in card.variants
]


def test_no_method_takes_the_name_of_a_model():
    assert len(catalogue()) == len(METHODS) + len(MODELS)


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_card_is_complete(variant):
    assert variant.title.endswith(".")
    assert variant.title.count(". ") == 0, "one sentence"
    assert variant.citation
    assert variant.validity.endswith(".")
    assert all(symbol.meaning and symbol.unit for symbol in variant.symbols)
    assert all(output.meaning and output.unit for output in variant.outputs)
    assert all(trap.endswith(".") for trap in variant.traps)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_notation_of_each_number_stands_in_its_equation(variant):
    # A sum shows its running term, and a subscript is part of the notation it hangs on.
    for each in (*variant.symbols, *variant.outputs):
        if each.unit not in ("text", DATA_SET_UNIT):
            assert each.notation in variant.equation, f"{each.name} is not in {variant.equation}"
            assert each.plain_notation in variant.plain_equation


def test_every_equation_and_symbol_is_valid_typst_mathematics():
    lines = []
    for card in catalogue().values():
        for variant in card.variants:
            lines.append(f"$ {variant.equation} $")
            lines += [f"${each.notation}$" for each in (*variant.symbols, *variant.outputs)]
    assert typst.compile("\n\n".join(lines).encode()).startswith(b"%PDF")


def test_plain_equations_hold_nothing_that_only_typst_understands():
    for card in catalogue().values():
        for variant in card.variants:
            for left in ('"', "quad", "\\", "sum", "plus.minus", "lambda", "rho", "&", "<=", "!="):
                assert left not in variant.plain_equation, variant.plain_equation


@pytest.mark.parametrize("name", catalogue())
def test_every_model_belongs_to_a_topic_and_says_whose_it_is(name):
    card = catalogue()[name]
    assert topic_of(card) in TOPICS
    assert basis_of(card) in ("our own derivation", "published equation")


def test_every_topic_has_models():
    assert {topic_of(card) for card in catalogue().values()} == set(TOPICS)


def test_what_an_equation_is_built_on_is_read_from_its_code():
    assert uses(catalogue()["pool_needed"]) == {"rotation_ratio"}
    assert uses(catalogue()["sortie_rate_rand"]) == {"flight_time", "maintenance_time"}
    assert uses(catalogue()["rotation_ratio"]) == frozenset()
    assert foundations("harmony_guideline") == {"harmony_guideline", "rotation_ratio"}
    assert foundations("robustness_minimax_regret") == {"robustness_minimax_regret", "savage"}
