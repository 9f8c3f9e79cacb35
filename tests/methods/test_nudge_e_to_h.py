"""Nothing is looked up that should be computed: each number put in moves what comes out."""

from __future__ import annotations

import pytest
from published import CARDS, METHODS, data

from guarantor.methods.datasets import DATA_SET_UNIT
from guarantor.models import air_defence, burden, durability

ORDER = "coalitions ordered by size then lexicographic"
GAME = [2.0, 4.0, 5.0, 18.0, 14.0, 9.0, 24.0]
CLAIMS = {"estate": 13500, "claims": [158, 299, 927, 2196, 4348, 6256, 13952]}
TABLE = [[26, 26, 18, 22], [22, 34, 30, 18], [28, 24, 34, 26], [22, 30, 28, 20]]
PROBABILITIES = [0.2, 0.5, 0.2, 0.1]
CRITERIA = {"weights": [0.4, 0.35, 0.25], "directions": [1, 1, -1]}
MATRIX = [[8, 7, 2], [5.5, 5.6, 3.1], [7, 5, 3.6], [6.2, 6.1, 2.7]]
BRYANT = {
    "dataset": "bryant et al 2010",
    "inputs": "columns 2-10",
    "outcome": 'column 15 "Greater than 90%"',
    "peel_alpha": 0.1,
}
STORES = {"dataset": "SF 205 tracts x 16 stores", "service_radius_m": 5000}
EXAMPLES = (
    ("any_leak_probability", {"leak": 0.1, "n": 8}),
    ("no_leak_probability", {"n": 8, "pk": 0.8}),
    ("layered_survival_moments", {"n": 10, "layer_pk": [0.5, 0.6]}),
    ("salvo_kill", {"interceptors": 44, "shots_per_target": 4, "single_shot_pk": 0.25}),
    ("share_served", {"n": 20, "interceptors": 44, "shots_per_target": 4}),
    ("membership_share", {"members": 193}),
    ("composite_share", {"population_pct": 0.474, "gdp_pct": 0.041, "membership_pct": 0.5181}),
    ("nato_cost_share", {"share_pct": 22.14, "total_musd": 2440}),
    (
        "un_p5_premium",
        {"regular_share_pct": 6.604, "us_regular_pct": 22.0, "us_peacekeeping_pct": 27.14},
    ),
    ("negbin_rate_ratio", {"beta_per_1000": -0.53045, "troops_thousand": 8}),
    ("negbin_rate_ratio", {"beta_per_1000": -9.90259, "police_thousand": 0.2}),
    (
        "battle_death_effect",
        {"troops_before": 10, "troops_after": 10000, "deaths_before": 22, "deaths_after": 6},
    ),
    ("failure_probability", {"hazard_per_year": 0.2, "hazard_ratio": 0.4, "months": 36}),
    ("lscp", STORES),
    ("mclp", {**STORES, "p": 4}),
    ("proportional", CLAIMS),
    ("constrained_equal_awards", CLAIMS),
    ("constrained_equal_losses", CLAIMS),
    ("talmud", CLAIMS),
    ("shapley", {"v": GAME, "order": ORDER}),
    ("shapley_shubik", {"quota": 68, "seats": [50, 20, 21, 19, 13, 9, 3]}),
    ("airport_shapley", {"costs": [1500, 2200, 3000]}),
    ("nucleolus", {"v": GAME, "order": ORDER}),
    ("nucleolus", {"players": 3, "v": GAME, "order": ORDER}),
    ("nucleolus", {"game": "bankruptcy", "estate": 300, "claims": [100, 200, 300]}),
    ("prenucleolus", {"v": GAME, "order": ORDER}),
    ("maximin", {"m": TABLE}),
    ("maximin", {"f": TABLE}),
    ("laplace", {"m": TABLE}),
    ("laplace", {"f": TABLE}),
    ("savage", {"m": TABLE}),
    ("expected_value", {"m": TABLE, "p": PROBABILITIES}),
    ("expected_regret", {"m": TABLE, "p": PROBABILITIES}),
    ("regret_investment", {"stocks": [-4, 4, 12], "bonds": [-2, 3, 8], "money_market": [3, 2, 1]}),
    ("evpi", {"payoff": TABLE, "p": PROBABILITIES, "rows": ["a", "b", "c", "d"]}),
    ("robustness_maximin", {"m": TABLE}),
    ("robustness_maximin", {"f": TABLE}),
    ("robustness_maximax", {"f": TABLE}),
    ("robustness_laplace", {"m": TABLE}),
    ("robustness_laplace", {"f": TABLE}),
    ("robustness_hurwicz", {"f": TABLE, "pessimism": 0.75}),
    ("robustness_minimax_regret", {"f": TABLE}),
    ("robustness_percentile_regret", {"f": TABLE, "percentile": 0.6}),
    ("robustness_mean_variance", {"f": TABLE, "maximise": True}),
    ("robustness_mean_variance_min", {"f": TABLE, "maximise": False}),
    ("robustness_undesirable_deviations", {"f": TABLE, "states": "worse half"}),
    ("robustness_starr", {"f": TABLE, "threshold": 24.5, "comparison": ">="}),
    ("prim_dataset", BRYANT),
    ("prim_trajectory", {**BRYANT, "boxes": "0..20", "objective": "lenient1", "mass_min": 0.05}),
    ("prim_box", {**BRYANT, "limits": {"Total biomass": [450, 755.8]}}),
    ("prim_first_automatic_box", BRYANT),
    ("prim_quasi_p", {**BRYANT, "box": "21"}),
    ("prim_second_box", BRYANT),
    ("cart_box", BRYANT),
    ("promethee_ii", {"matrix": MATRIX, **CRITERIA, "function": "linear", "q": 0.5, "p": 2}),
    (
        "promethee_ii",
        {
            "criteria_rows": [list(row) for row in zip(*MATRIX, strict=True)],
            **CRITERIA,
            "function": "v-shape",
            "p": [2, 2, 1],
        },
    ),
    (
        "promethee_ii",
        {
            "criteria_rows": [list(row) for row in zip(*MATRIX, strict=True)],
            **CRITERIA,
            "function": "linear",
            "q": [0.5, 0.5, 0.2],
            "p": [2, 2, 1],
        },
    ),
    ("smaa_entropy", {"acceptability": [0.3504, 0.6496]}),
)
NEVER_FELT = {
    ("promethee_ii", "directions"): "only the sign of a direction counts",
    ("nucleolus", "players"): "the number of players is checked, not used",
    ("prim_trajectory", "mass_min"): "the boxes asked for come before the end of the peeling",
}


def nudged(value, factor):
    """Every copy of an input with one number in it multiplied by a factor."""
    if isinstance(value, list):
        for place, part in enumerate(value):
            for moved in nudged(part, factor):
                yield [*value[:place], moved, *value[place + 1 :]]
    elif isinstance(value, dict):
        for name, part in value.items():
            for moved in nudged(part, factor):
                yield {**value, name: moved}
    elif isinstance(value, int | float) and not isinstance(value, bool) and value != 0:
        yield value * factor


def ready(name, inputs):
    variant = CARDS[name].variant_for(inputs)
    return variant, {
        **inputs,
        **{
            symbol.name: data(inputs[symbol.name])
            for symbol in variant.symbols
            if symbol.unit == DATA_SET_UNIT
        },
    }


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
def test_one_per_cent_on_any_number_moves_the_result_unless_the_card_says_it_is_flat(name, inputs):
    variant, inputs = ready(name, inputs)
    before = variant.call(inputs).outputs
    for symbol in variant.symbols:
        if not symbol.flat and symbol.unit != DATA_SET_UNIT and symbol.unit != "text":
            for after in outcomes(variant, inputs, symbol, 1.01):
                assert isinstance(after, dict), after
                assert after != before, f"{symbol.name} of {name} moves nothing"


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
def test_what_is_flat_near_by_is_felt_farther_off_and_says_why(name, inputs):
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
def test_what_a_card_calls_a_label_is_no_input_of_its_equation(name, inputs):
    variant = CARDS[name].variant_for(inputs)
    assert {symbol.name for symbol in variant.symbols}.isdisjoint(variant.labels)


def test_every_equation_of_the_four_topics_is_nudged():
    cards = [card for topic in (air_defence, burden, durability) for card in topic.CARDS]
    here = {
        (card.name, frozenset(symbol.name for symbol in variant.symbols) | set(variant.labels))
        for card in (*cards, *METHODS.values())
        for variant in card.variants
    }
    named = {(name, frozenset(inputs)) for name, inputs in EXAMPLES}
    renamed = {("robustness_mean_variance_min", frozenset({"f", "maximise"}))}
    assert here == named | renamed
