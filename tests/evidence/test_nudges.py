"""Nothing is looked up that should be computed: each number put in moves what comes out."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from examples import EXAMPLES

from guarantor.evidence.catalogue import catalogue
from guarantor.methods.datasets import DATA_SET_UNIT, read_dataset
from guarantor.models import ModelDomainError

NEVER_FELT = {
    ("promethee_ii", "directions"): "only the sign of a direction counts",
    ("nucleolus", "players"): "the number of players is checked, not used",
    ("prim_trajectory", "mass_min"): "the boxes asked for come before the end of the peeling",
}
NUMBERLESS = ("text", "truth", "other")


def nudged(value, factor):
    """Every copy of an input with one number in it multiplied by a factor, or a date moved."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            for moved in nudged(part, factor):
                yield [*value[:place], moved, *value[place + 1 :]]
    elif isinstance(value, dict):
        for name, part in value.items():
            for moved in nudged(part, factor):
                yield {**value, name: moved}
    elif isinstance(value, str):
        days = timedelta(days=round(1000 * (factor - 1)))
        yield (date.fromisoformat(value) + days).isoformat()
    elif isinstance(value, int | float) and not isinstance(value, bool) and value != 0:
        yield value * factor


@pytest.fixture
def ready(published_data):
    """The equation that takes these inputs, and the inputs with their data sets read."""

    def read(name, inputs):
        variant = catalogue()[name].variant_for(inputs)
        named = [each.name for each in variant.symbols if each.unit == DATA_SET_UNIT]
        if named and published_data is None:
            pytest.skip("the data sets of published cases are not at hand")
        return variant, {
            **inputs,
            **{name: read_dataset(inputs[name], published_data) for name in named},
        }

    return read


def outcomes(variant, inputs, symbol, factor):
    given = inputs[symbol.name]
    moved = [given + 1] if symbol.kind == "whole number" else nudged(given, factor)
    return [answer(variant, {**inputs, symbol.name: each}) for each in moved]


def answer(variant, inputs):
    """What comes out, or why nothing does: a refusal is an answer to what was put in, too."""
    try:
        return variant.call(inputs).outputs
    except ValueError as refusal:
        return str(refusal)


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
def test_one_per_cent_on_any_number_moves_the_result_unless_the_card_says_it_is_flat(
    name, inputs, ready
):
    variant, inputs = ready(name, inputs)
    before = variant.call(inputs).outputs
    for symbol in variant.symbols:
        if not symbol.flat and symbol.kind not in NUMBERLESS:
            moved = outcomes(variant, inputs, symbol, 1.01)
            assert moved, f"{symbol.name} of {name} holds no number to nudge"
            for after in moved:
                assert isinstance(after, dict), after
                assert after != before, f"{symbol.name} of {name} moves nothing"


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
def test_what_is_flat_near_by_is_felt_farther_off_and_says_why(name, inputs, ready):
    variant, inputs = ready(name, inputs)
    before = variant.call(inputs).outputs
    for symbol in variant.symbols:
        if symbol.flat:
            assert symbol.flat.startswith("because ")
            if (name, symbol.name) not in NEVER_FELT:
                far = [
                    each
                    for factor in (0.6, 1.6)
                    for each in outcomes(variant, inputs, symbol, factor)
                ]
                assert any(after != before for after in far), f"{symbol.name} of {name} is not read"


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
def test_a_whole_number_is_not_nudged_by_one_per_cent_but_refused(name, inputs):
    variant = catalogue()[name].variant_for(inputs)
    for symbol in variant.symbols:
        if symbol.kind == "whole number":
            with pytest.raises(ModelDomainError, match=symbol.name):
                variant.call({**inputs, symbol.name: inputs[symbol.name] * 1.01})


def test_every_equation_under_every_name_is_nudged():
    all_of_them = {
        (card.name, frozenset(symbol.name for symbol in variant.symbols) | set(variant.labels))
        for card in catalogue().values()
        for variant in card.variants
    }
    assert all_of_them == {(name, frozenset(inputs)) for name, inputs in EXAMPLES}
