"""A card says what a model needs, refuses what has no meaning and marks what is untested."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest
import typst

from guarantor import models
from guarantor.models import CARDS, ModelDomainError, Range

INTERFACES = (
    ("active_share_mobilised", "deploy_months, dwell_months", "share"),
    ("available_pool_share", "dwell_months, mobilisation_months", "share"),
    ("harmony_guideline", "interval_months, tour_months", "units_per_deployed"),
    (
        "reserve_mobilisation",
        "mobilisation_months, post_mobilisation_training_months",
        "deployed_months",
    ),
    ("reserve_wave_times", "deployed_months, first_arrival_month, waves", "wave_start_years"),
    ("rotation_ratio", "deploy_months, dwell_months", "units_per_deployed"),
    ("rotation_ratio", "dwell_months, mobilisation_months, training_months", "units_per_deployed"),
    (
        "rotation_ratio_with_overlap",
        "deployed_months, dwell_months, mobilisation_months, overlap_months",
        "units_per_deployed",
    ),
    (
        "steady_state_distribution",
        "active_units, deploy_months, home_months, step_months",
        "n_states; units_per_state; deployed_total; home_total",
    ),
    ("sustained_force", "active_ratio, active_units", "sustained_units"),
    (
        "sustained_force",
        "active_ratio, active_units, reserve_ratio, reserve_units",
        "sustained_units",
    ),
    ("pool_needed", "available_share, deployed, dwell_months, tour_months", "pool"),
    ("person_tours", "deployed, months, tour_months", "person_tours"),
    ("density_sizing", "population, ratio_per_1000", "force"),
    ("density_sizing", "ratio_per_1000", "inhabitants_per_soldier"),
    ("density_sizing", "police, population, troops", "per_1000"),
    ("line_density", "line_km, rotation_ratio, troops", "on_line_per_km"),
    ("line_sizing", "line_km, people_per_km, rotation_ratio", "on_line; pool"),
    (
        "nation_building_headcount",
        "int_military, int_police, local_military, local_police",
        "local; international",
    ),
    ("nation_building_total", "lines_musd", "column_sum"),
    ("unit_rate", "cost_musd, local_police", "cost_per_local_police"),
    ("unit_rate", "cost_musd, local_soldiers", "cost_per_local_soldier"),
    ("unit_rate", "cost_musd, int_police", "cost_per_police_year"),
    ("unit_rate", "cost_musd, troops", "cost_per_soldier_year"),
    ("annualise", "months, total_busd", "annual_cost"),
    ("annualise", "months, total_musd", "annual_cost"),
    (
        "cost_comparison",
        "un_busd, us_busd, us_contribution_busd",
        "us_over_un; us_over_contribution; us_share_of_un",
    ),
    ("cost_comparison", "un_musd, us_contribution_musd, us_musd", "us_over_un; us_share_of_un"),
    ("cost_per_troop_year", "annual_busd, troops", "usd_per_troop_year"),
    ("un_reimbursement", "months, troops, usd_month", "annual_reimbursement"),
    ("un_reimbursement", "base_usd_month, increase_pct", "usd_month"),
    ("flight_time", "distance_nmi, on_station_h, speed_kt", "flight_time_h"),
    ("historical_sortie_rate", "end, operation, sorties, start", "sorties_per_day"),
    ("nfz_total_cost", "initial_busd, weekly_busd, weeks", "total_busd"),
    ("rpa_cap", "aircraft_per_cap, caps", "aircraft"),
    (
        "sortie_rate_rand",
        (
            "distance_nmi, maintenance_fixed_h, maintenance_per_flight_h, speed_kt, turnaround_h, "
            "window_h"
        ),
        "cycle_h; sorties_per_day",
    ),
    ("turnaround_sum", "task_minutes", "total_minutes"),
    (
        "maintenance_time",
        "flight_time_h, maintenance_fixed_h, maintenance_per_flight_h",
        "maintenance_h",
    ),
    (
        "continuous_patrol",
        (
            "aircraft_per_station, availability, flight_time_h, maintenance_h, on_station_h, "
            "stations, turnaround_h"
        ),
        "share_on_station; aircraft_unrounded; aircraft; sorties_per_day; flying_hours_per_day",
    ),
)

VARIANTS = [
    pytest.param(variant, id=f"{name}({variant.signature()})")
    for name, card in CARDS.items()
    for variant in card.variants
]


@pytest.mark.parametrize(("name", "inputs", "outputs"), INTERFACES)
def test_each_model_can_be_called_by_name_with_the_inputs_case_files_use(name, inputs, outputs):
    variant = CARDS[name].variant_for(inputs.split(", "))
    assert variant is not None
    assert callable(variant.function)
    assert set(outputs.split("; ")) <= {output.name for output in variant.outputs}


def test_no_two_models_share_a_name():
    names = [card.name for topic in models._TOPICS for card in topic.CARDS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_model_body_raises_nothing_so_that_it_compiles(variant):
    tree = ast.parse(textwrap.dedent(inspect.getsource(variant.function)))
    forbidden = (ast.Raise, ast.Try, ast.Assert, ast.With)
    assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_a_model_reads_has_a_validity_inside_its_meaning(variant):
    for symbol in variant.symbols:
        if symbol.kind in ("date", "other"):
            continue
        assert symbol.domain != Range(), f"{symbol.name} means something at minus infinity?"
        ends = (symbol.validity.low, symbol.validity.high)
        for end in ends:
            if isinstance(end, float) and end not in (float("-inf"), float("inf")):
                outer = Range(symbol.domain.low, symbol.domain.high)
                assert outer.holds(end, {}), f"{symbol.name}: {end} has no meaning"


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_card_is_complete(variant):
    assert variant.title.endswith(".")
    assert variant.title.count(". ") == 0, "one sentence"
    assert variant.citation
    assert variant.validity.endswith(".")
    assert all(symbol.meaning and symbol.unit for symbol in variant.symbols)
    assert all(output.meaning and output.unit for output in variant.outputs)
    assert all(trap.endswith(".") for trap in variant.traps)


def test_every_equation_and_symbol_is_valid_typst_mathematics():
    lines = []
    for card in CARDS.values():
        for variant in card.variants:
            lines.append(f"$ {variant.equation} $")
            lines += [f"${each.notation}$" for each in (*variant.symbols, *variant.outputs)]
    pdf = typst.compile("\n\n".join(lines).encode())
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_notation_of_each_symbol_stands_in_its_equation(variant):
    # A sum shows its running term, and a subscript is part of the notation it hangs on.
    for each in (*variant.symbols, *variant.outputs):
        assert each.notation in variant.equation, f"{each.name} is not in {variant.equation}"


def test_a_refusal_names_symbol_value_range_and_equation():
    with pytest.raises(ModelDomainError) as refused:
        CARDS["rotation_ratio"].call({"deploy_months": 0, "dwell_months": -2})
    assert str(refused.value) == (
        "deploy_months = 0 has no meaning in rotation_ratio, n = (d + h) / d; "
        "allowed: a number, above 0 months; "
        "dwell_months = -2 has no meaning in rotation_ratio, n = (d + h) / d; "
        "allowed: a number, from 0 months"
    )
    assert [finding.symbol for finding in refused.value.findings] == [
        "deploy_months",
        "dwell_months",
    ]


@pytest.mark.parametrize(
    "bad", ["six", True, None, float("nan"), float("inf"), 10**400, {}, [], [6, "six"]]
)
def test_what_is_not_a_number_is_refused(bad):
    with pytest.raises(ModelDomainError, match="deploy_months"):
        CARDS["rotation_ratio"].call({"deploy_months": bad, "dwell_months": 24})


@pytest.mark.parametrize("inputs", [{}, {"deploy_months": 6}, {"tour": 6, "dwell_months": 24}])
def test_unknown_inputs_are_answered_with_the_signatures_there_are(inputs):
    with pytest.raises(ModelDomainError) as refused:
        CARDS["rotation_ratio"].call(inputs)
    (finding,) = refused.value.findings
    assert finding.allowed == (
        "(deploy_months, dwell_months) or (mobilisation_months, training_months, dwell_months)"
    )
    assert finding.equation == "n = (d + h) / d"
    assert finding.refused


@pytest.mark.parametrize(
    ("name", "inputs", "symbol"),
    [
        (
            "rotation_ratio",
            {"mobilisation_months": 12, "training_months": 12, "dwell_months": 60},
            "training_months",
        ),
        (
            "rotation_ratio_with_overlap",
            {
                "mobilisation_months": 12,
                "deployed_months": 13,
                "dwell_months": 60,
                "overlap_months": 1,
            },
            "deployed_months",
        ),
        (
            "rotation_ratio_with_overlap",
            {
                "mobilisation_months": 12,
                "deployed_months": 8,
                "dwell_months": 60,
                "overlap_months": 8,
            },
            "overlap_months",
        ),
        (
            "historical_sortie_rate",
            {"operation": "x", "start": "1995-12-20", "end": "1995-12-20", "sorties": 1},
            "end",
        ),
        (
            "historical_sortie_rate",
            {"operation": "x", "start": "1995-02-30", "end": "1995-12-20", "sorties": 1},
            "start",
        ),
        (
            "reserve_wave_times",
            {"first_arrival_month": 12, "deployed_months": 8, "waves": 2.5},
            "waves",
        ),
        ("turnaround_sum", {"task_minutes": [10, -5, 3]}, "task_minutes"),
        ("turnaround_sum", {"task_minutes": []}, "task_minutes"),
        ("turnaround_sum", {"task_minutes": 10}, "task_minutes"),
        ("nation_building_total", {"lines_musd": {"military": -1}}, "lines_musd"),
        ("nation_building_total", {"lines_musd": {}}, "lines_musd"),
        ("nation_building_total", {"lines_musd": [1, 2]}, "lines_musd"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(name, inputs, symbol):
    with pytest.raises(ModelDomainError) as refused:
        CARDS[name].call(inputs)
    assert [finding.symbol for finding in refused.value.findings] == [symbol]


def test_a_list_shows_only_its_bad_members():
    with pytest.raises(ModelDomainError, match=r"task_minutes = -5, -7 has no meaning"):
        CARDS["turnaround_sum"].call({"task_minutes": [10, -5, 3, -7]})
    with pytest.raises(ModelDomainError, match=r"task_minutes = \[10, 'five'\] has no meaning"):
        CARDS["turnaround_sum"].call({"task_minutes": [10, "five"]})


def test_outside_validity_the_result_stands_and_carries_a_mark():
    result = CARDS["rotation_ratio"].call({"deploy_months": 2, "dwell_months": 24})
    assert result.outputs == {"units_per_deployed": 13.0}
    assert [mark.symbol for mark in result.marks] == ["deploy_months"]
    assert not result.marks[0].refused
    assert "outside the validity of rotation_ratio" in str(result.marks[0])
    assert "from 4, up to 15 months" in str(result.marks[0])


def test_lists_for_single_numbers_run_side_by_side():
    card = CARDS["nfz_total_cost"]
    result = card.call({"initial_busd": [0.5, 1.0], "weekly_busd": [0.1, 0.3], "weeks": 10})
    assert result.outputs == {"total_busd": [1.5, 4.0]}
    with pytest.raises(ModelDomainError, match="initial_busd of 2, weekly_busd of 1"):
        card.call({"initial_busd": [0.5, 1.0], "weekly_busd": [0.1], "weeks": 10})


def test_a_result_too_large_to_write_down_is_refused():
    with pytest.raises(ModelDomainError, match="finite result"):
        CARDS["rpa_cap"].call({"caps": 1e300, "aircraft_per_cap": 1e300})
    with pytest.raises(ModelDomainError, match="finite result") as refused:
        CARDS["line_density"].call({"troops": 1, "line_km": 1e-320, "rotation_ratio": 1})
    assert all(finding.refused for finding in refused.value.findings)


def test_a_date_that_is_none_is_answered_with_how_to_write_one():
    inputs = {"operation": "x", "start": "April", "end": "May", "sorties": 1}
    with pytest.raises(ModelDomainError) as refused:
        CARDS["historical_sortie_rate"].call(inputs)
    assert [(finding.found, finding.allowed) for finding in refused.value.findings] == [
        ("'April'", "a date such as 2025-08-22"),
        ("'May'", "a date such as 2025-08-22, above start"),
    ]


def test_a_model_with_several_equations_is_titled_by_its_first():
    assert CARDS["annualise"].title == "Yearly cost from a total over a window of months."


def test_an_equation_of_ours_never_shares_a_name_with_a_published_one():
    ours = {name for name, card in CARDS.items() if card.basis == "ours"}
    assert ours >= {
        "pool_needed",
        "person_tours",
        "rotation_ratio_with_overlap",
        "line_sizing",
        "continuous_patrol",
    }
    assert all(v.basis == card.basis for card in CARDS.values() for v in card.variants)


def test_recalled_constants_are_marked():
    for name in ("maintenance_time", "sortie_rate_rand"):
        assert "recalled" in CARDS[name].variants[0].unconfirmed
