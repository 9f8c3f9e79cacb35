"""A method's card is complete, and case files can call every name with the inputs they use."""

from __future__ import annotations

import subprocess
import sys

import pytest
import typst
from published import CARDS, METHODS

from guarantor.methods.datasets import DATA_SET_UNIT

RANGES = "dataset, inputs, outcome, peel_alpha"
INTERFACES = (
    ("any_leak_probability", "leak, n", "probability"),
    ("layered_survival_moments", "layer_pk, n", "mean; variance"),
    ("lscp", "dataset, service_radius_m", "min_sites"),
    (
        "mclp",
        "dataset, p, service_radius_m",
        "demand_covered; percent_of_points; percent_of_demand",
    ),
    ("no_leak_probability", "n, pk", "probability"),
    (
        "salvo_kill",
        "interceptors, shots_per_target, single_shot_pk",
        "targets_engaged; kill_probability",
    ),
    ("airport_shapley", "costs", "charge"),
    ("composite_share", "gdp_pct, membership_pct, population_pct", "weight_pct"),
    ("constrained_equal_awards", "claims, estate", "award"),
    ("constrained_equal_losses", "claims, estate", "award"),
    ("nato_cost_share", "share_pct, total_musd", "contribution_musd"),
    ("nucleolus", "claims, estate, game", "allocation"),
    ("nucleolus", "order, players, v", "allocation"),
    ("nucleolus", "order, v", "allocation"),
    ("prenucleolus", "order, v", "allocation"),
    ("proportional", "claims, estate", "award"),
    ("shapley", "order, v", "allocation"),
    ("shapley_shubik", "quota, seats", "index"),
    ("talmud", "claims, estate", "award"),
    (
        "un_p5_premium",
        "regular_share_pct, us_peacekeeping_pct, us_regular_pct",
        "peacekeeping_share_pct",
    ),
    (
        "battle_death_effect",
        "deaths_after, deaths_before, troops_after, troops_before",
        "per_1000_change",
    ),
    ("negbin_rate_ratio", "beta_per_1000, police_thousand", "expected_ratio"),
    ("negbin_rate_ratio", "beta_per_1000, troops_thousand", "expected_ratio"),
    ("cart_box", RANGES, "coverage; density"),
    ("evpi", "p, payoff, rows", "emv; with_perfect_info; evpi"),
    ("expected_regret", "m, p", "value"),
    ("expected_value", "m, p", "value"),
    ("laplace", "m", "value"),
    ("maximin", "m", "row_min"),
    ("prim_box", f"{RANGES}, limits", "coverage; density; mass; points; cases"),
    ("prim_dataset", RANGES, "points; cases"),
    ("prim_first_automatic_box", RANGES, "mass; coverage; density; dims"),
    ("prim_quasi_p", f"{RANGES}, box", "quasi_p"),
    ("prim_second_box", RANGES, "remaining_points; remaining_cases; best_density"),
    ("prim_trajectory", f"{RANGES}, boxes, mass_min, objective", "points_and_cases"),
    ("promethee_ii", "criteria_rows, directions, function, p, q, weights", "net_flow"),
    ("promethee_ii", "criteria_rows, directions, function, p, weights", "net_flow"),
    ("promethee_ii", "directions, function, matrix, p, q, weights", "net_flow"),
    ("regret_investment", "bonds, money_market, stocks", "max_regret"),
    ("robustness_hurwicz", "f, pessimism", "value"),
    ("robustness_laplace", "f", "value"),
    ("robustness_maximax", "f", "value"),
    ("robustness_maximin", "f", "value"),
    ("robustness_mean_variance", "f, maximise", "value"),
    ("robustness_mean_variance_min", "f, maximise", "value"),
    ("robustness_minimax_regret", "f", "value"),
    ("robustness_percentile_regret", "f, percentile", "value"),
    ("robustness_starr", "comparison, f, threshold", "share_satisfied"),
    ("robustness_undesirable_deviations", "f, states", "value"),
    ("savage", "m", "max_regret"),
    ("smaa_entropy", "acceptability", "entropy_bits"),
)
VARIANTS = [
    pytest.param(variant, id=f"{name}({variant.signature()})")
    for name, card in METHODS.items()
    for variant in card.variants
]


@pytest.mark.parametrize(("name", "inputs", "outputs"), INTERFACES)
def test_each_name_can_be_called_with_the_inputs_case_files_use(name, inputs, outputs):
    variant = CARDS[name].variant_for(inputs.split(", "))
    assert variant is not None
    assert tuple(outputs.split("; ")) == tuple(output.name for output in variant.outputs)


def test_no_method_takes_the_name_of_a_model():
    assert len(CARDS) == len(METHODS) + len(CARDS.keys() - METHODS.keys())


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_card_is_complete(variant):
    assert variant.title.endswith(".")
    assert variant.title.count(". ") == 0, "one sentence"
    assert variant.validity.endswith(".")
    assert variant.citation.endswith(".")
    assert all(symbol.meaning and symbol.unit for symbol in variant.symbols)
    assert all(output.meaning and output.unit for output in variant.outputs)
    assert all(trap.endswith(".") for trap in variant.traps)


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_notation_of_each_number_stands_in_its_equation(variant):
    for each in (*variant.symbols, *variant.outputs):
        if each.unit not in ("text", DATA_SET_UNIT):
            assert each.notation in variant.equation, f"{each.name} is not in {variant.equation}"


@pytest.mark.parametrize("variant", VARIANTS)
def test_an_input_named_dataset_is_marked_as_a_data_set(variant):
    for symbol in variant.symbols:
        assert (symbol.name == "dataset") == (symbol.unit == DATA_SET_UNIT)


def test_every_equation_and_symbol_is_valid_typst_mathematics():
    lines = []
    for card in METHODS.values():
        for variant in card.variants:
            lines.append(f"$ {variant.equation} $")
            lines += [f"${each.notation}$" for each in (*variant.symbols, *variant.outputs)]
    pdf = typst.compile("\n\n".join(lines).encode())
    assert pdf.startswith(b"%PDF")


def test_models_load_without_numpy():
    code = "import sys, guarantor.models; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
