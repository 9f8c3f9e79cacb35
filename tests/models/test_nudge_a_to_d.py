"""Nothing is looked up that should be computed: each input moves an output."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from guarantor.models import CARDS, ModelDomainError, air_policing, cost, rotation, sizing

ROTATION = {"deploy_months": 8, "dwell_months": 24}
EXAMPLES = (
    ("rotation_ratio", ROTATION),
    ("rotation_ratio", {"mobilisation_months": 12, "training_months": 4, "dwell_months": 60}),
    (
        "rotation_ratio_with_overlap",
        {"mobilisation_months": 12, "deployed_months": 8, "dwell_months": 60, "overlap_months": 1},
    ),
    ("harmony_guideline", {"tour_months": 6, "interval_months": 24}),
    ("sustained_force", {"active_units": 42, "active_ratio": 3}),
    (
        "sustained_force",
        {"active_units": 48, "active_ratio": 3, "reserve_units": 28, "reserve_ratio": 9},
    ),
    ("active_share_mobilised", ROTATION),
    ("available_pool_share", {"mobilisation_months": 12, "dwell_months": 60}),
    (
        "reserve_mobilisation",
        {"mobilisation_months": 12, "post_mobilisation_training_months": 4},
    ),
    ("reserve_wave_times", {"first_arrival_month": 12, "deployed_months": 8, "waves": 3}),
    (
        "steady_state_distribution",
        {"active_units": 42, "deploy_months": 12, "home_months": 44, "step_months": 4},
    ),
    (
        "pool_needed",
        {"deployed": 25000, "tour_months": 6, "dwell_months": 18, "available_share": 0.7},
    ),
    ("person_tours", {"deployed": 25000, "months": 60, "tour_months": 6}),
    ("density_sizing", {"population": 4_000_000, "ratio_per_1000": 20}),
    ("density_sizing", {"ratio_per_1000": 20}),
    ("density_sizing", {"troops": 20000, "police": 5000, "population": 4_000_000}),
    ("line_density", {"troops": 100_000, "line_km": 3700, "rotation_ratio": 4}),
    ("line_sizing", {"line_km": 1000, "people_per_km": 7, "rotation_ratio": 4}),
    (
        "monitor_sizing",
        {
            "line_km": 1000,
            "km_per_post": 5.5,
            "on_duty": 4,
            "watches": 3,
            "support_share": 0.5,
            "rotation_ratio": 4,
        },
    ),
    ("unit_rate", {"headcount": 8000, "cost_musd": 360}),
    ("unit_rate", {"troops": 8000, "cost_musd": 360}),
    ("unit_rate", {"int_police": 1000, "cost_musd": 170}),
    ("unit_rate", {"local_soldiers": 15000, "cost_musd": 50}),
    ("unit_rate", {"local_police": 11000, "cost_musd": 18}),
    (
        "nation_building_headcount",
        {"int_military": 8000, "int_police": 1000, "local_military": 15000, "local_police": 11000},
    ),
    ("nation_building_total", {"lines_musd": {"military": 360, "police": 170}}),
    ("annualise", {"total_musd": 428, "months": 14}),
    ("annualise", {"total_busd": 2.4, "months": 39}),
    ("cost_per_troop_year", {"annual_busd": 10, "troops": 55000}),
    ("un_reimbursement", {"troops": 1000, "usd_month": 1428, "months": 12}),
    ("un_reimbursement", {"base_usd_month": 1210, "increase_pct": 10}),
    ("cost_comparison", {"us_cost": 5.7, "un_cost": 2.4, "us_contribution": 0.7}),
    ("cost_comparison", {"us_busd": 5.7, "un_busd": 2.4, "us_contribution_busd": 0.7}),
    ("cost_comparison", {"us_musd": 876, "un_musd": 428, "us_contribution_musd": 116}),
    ("flight_time", {"distance_nmi": 500, "speed_kt": 500, "on_station_h": 2}),
    ("turnaround_sum", {"task_minutes": [10, 5, 50]}),
    (
        "maintenance_time",
        {"flight_time_h": 2, "maintenance_fixed_h": 3.4, "maintenance_per_flight_h": 0.68},
    ),
    (
        "sortie_rate_rand",
        {
            "distance_nmi": 500,
            "speed_kt": 500,
            "turnaround_h": 3,
            "maintenance_fixed_h": 3.4,
            "maintenance_per_flight_h": 0.68,
            "window_h": 12,
        },
    ),
    (
        "continuous_patrol",
        {
            "stations": 2,
            "aircraft_per_station": 2,
            "on_station_h": 2,
            "flight_time_h": 4,
            "turnaround_h": 3,
            "maintenance_h": 6,
            "availability": 0.7,
        },
    ),
    ("rpa_cap", {"caps": 85, "aircraft_per_cap": 4}),
    (
        "historical_sortie_rate",
        {"operation": "Deny Flight", "start": "1993-04-12", "end": "1995-12-20", "sorties": 100420},
    ),
    ("nfz_total_cost", {"initial_busd": 0.5, "weekly_busd": 0.1, "weeks": 26}),
)


def nudges(value):
    """Every copy of an input with one number in it moved by one per cent (a date by ten days)."""
    if isinstance(value, list):
        for place, number in enumerate(value):
            yield [*value[:place], number * 1.01, *value[place + 1 :]]
    elif isinstance(value, dict):
        for name, number in value.items():
            yield {**value, name: number * 1.01}
    elif isinstance(value, str):
        yield (date.fromisoformat(value) + timedelta(days=10)).isoformat()
    else:
        yield value * 1.01


@pytest.mark.parametrize(("name", "inputs"), EXAMPLES)
def test_each_input_moves_the_result_and_none_is_declared_flat(name, inputs):
    variant = CARDS[name].variant_for(inputs)
    before = variant.call(inputs).outputs
    for symbol in variant.symbols:
        assert symbol.flat == "", "no model of these topics has a flat input"
        if symbol.kind == "whole number":
            with pytest.raises(ModelDomainError, match=symbol.name):
                variant.call({**inputs, symbol.name: inputs[symbol.name] * 1.01})
            assert variant.call({**inputs, symbol.name: inputs[symbol.name] + 1}).outputs != before
            continue
        for moved in nudges(inputs[symbol.name]):
            after = variant.call({**inputs, symbol.name: moved}).outputs
            assert after != before, f"{symbol.name} of {name} moves nothing"


def test_every_equation_of_the_four_topics_is_nudged():
    ours = {
        (card.name, frozenset(symbol.name for symbol in variant.symbols) | set(variant.labels))
        for topic in (rotation, sizing, cost, air_policing)
        for card in topic.CARDS
        for variant in card.variants
    }
    assert ours == {(name, frozenset(inputs)) for name, inputs in EXAMPLES}
