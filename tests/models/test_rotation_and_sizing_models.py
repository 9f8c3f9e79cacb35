"""What must hold of rotation and sizing whatever the numbers: limits, order, conservation."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.models import rotation, sizing

MONTHS = st.floats(0.5, 120.0)
COUNT = st.floats(1.0, 1e6)
SHARE = st.floats(0.01, 1.0)
RATIO = st.floats(1.0, 12.0)
MORE = st.floats(1.05, 3.0)


def close(value):
    return pytest.approx(value, rel=1e-9)


@given(MONTHS, MONTHS, MORE)
def test_longer_tours_need_fewer_units_and_longer_dwell_needs_more(deploy, dwell, more):
    ratio = rotation.rotation_ratio(deploy, dwell)
    assert ratio > 1.0
    assert rotation.rotation_ratio(deploy * more, dwell) < ratio
    assert rotation.rotation_ratio(deploy, dwell * more) > ratio
    assert rotation.rotation_ratio(deploy * more, dwell * more) == close(ratio)


def test_without_dwell_one_unit_is_enough():
    assert rotation.rotation_ratio(6.0, 0.0) == 1.0
    assert rotation.harmony_guideline(6.0, 0.0) == 1.0


@given(MONTHS, MONTHS)
def test_training_and_overlap_of_zero_leave_the_plain_ratio(deploy, dwell):
    plain = rotation.rotation_ratio(deploy, dwell)
    assert rotation.rotation_ratio_with_training(deploy, 0.0, dwell) == close(plain)
    assert rotation.rotation_ratio_with_overlap(deploy, deploy, dwell, 0.0) == close(plain)
    assert rotation.harmony_guideline(deploy, dwell) == close(plain)


@given(MONTHS, MONTHS, st.floats(0.05, 0.9))
def test_a_month_of_training_costs_what_a_month_of_overlap_costs(mobilised, dwell, share):
    trained = rotation.rotation_ratio_with_training(mobilised, share * mobilised, dwell)
    deployed = mobilised - share * mobilised
    assert rotation.rotation_ratio_with_overlap(mobilised, deployed, dwell, 0.0) == close(trained)
    overlapped = rotation.rotation_ratio_with_overlap(
        mobilised, mobilised, dwell, share * mobilised
    )
    assert overlapped == close(trained)
    assert trained > rotation.rotation_ratio(mobilised, dwell)


@given(MONTHS, MONTHS)
def test_the_share_on_tour_is_one_over_the_ratio(deploy, dwell):
    share = rotation.active_share_mobilised(deploy, dwell)
    assert share * rotation.rotation_ratio(deploy, dwell) == close(1.0)
    assert rotation.available_pool_share(deploy, dwell) == close(share)


@given(MONTHS, SHARE, MONTHS)
def test_a_reserve_is_deployed_less_of_the_time_than_it_is_mobilised(mobilised, share, dwell):
    training = mobilised * share * 0.9
    deployed = rotation.reserve_mobilisation(mobilised, training)
    available = rotation.available_pool_share(mobilised, dwell)
    ratio = rotation.rotation_ratio_with_training(mobilised, training, dwell)
    assert 0 < deployed < mobilised
    assert 1.0 / ratio == close(available * deployed / mobilised)


@given(COUNT, RATIO, COUNT, RATIO)
def test_standing_and_reserve_forces_add(active, active_ratio, reserve, reserve_ratio):
    both = rotation.sustained_force_with_reserve(active, active_ratio, reserve, reserve_ratio)
    assert both == close(
        rotation.sustained_force(active, active_ratio)
        + rotation.sustained_force(reserve, reserve_ratio)
    )


@given(COUNT, MONTHS, MONTHS, SHARE)
def test_a_pool_sustains_exactly_what_it_was_sized_for(deployed, tour, dwell, available):
    pool = rotation.pool_needed(deployed, tour, dwell, available)
    ratio = rotation.rotation_ratio(tour, dwell)
    assert pool >= deployed
    assert rotation.sustained_force(pool * available, ratio) == close(deployed)


@given(st.floats(0.0, 60.0), MONTHS, st.integers(1, 12))
def test_waves_follow_each_other_without_gap(first, deployed, waves):
    times = rotation.reserve_wave_times(first, deployed, waves)
    assert len(times) == waves
    assert times[0] == close(first / 12.0)
    assert all(
        later - earlier == pytest.approx(deployed / 12.0) for earlier, later in pairwise(times)
    )


@given(COUNT, MONTHS, MONTHS, SHARE)
def test_no_unit_is_lost_between_the_states(units, deploy, home, share):
    states, per_state, deployed, at_home = rotation.steady_state_distribution(
        units, deploy, home, share * deploy
    )
    assert states * per_state == close(units)
    assert deployed + at_home == close(units)
    assert deployed == close(rotation.sustained_force(units, rotation.rotation_ratio(deploy, home)))


def test_twenty_five_thousand_for_five_years_are_a_quarter_of_a_million_tours_exactly():
    assert rotation.person_tours(25_000.0, 60.0, 6.0) == 250_000.0


def test_a_one_in_four_rotation_of_twenty_five_thousand_needs_one_hundred_thousand():
    assert rotation.pool_needed(25_000.0, 6.0, 18.0, 1.0) == 100_000.0
    assert rotation.pool_needed(25_000.0, 6.0, 12.0, 0.7) == pytest.approx(107_142.857, abs=1e-3)


@given(COUNT, MONTHS, MONTHS)
def test_tours_serve_all_the_months_there_are(deployed, months, tour):
    assert rotation.person_tours(deployed, months, tour) * tour == close(deployed * months)


@given(COUNT, st.floats(0.5, 25.0))
def test_density_and_force_are_inverse(population, ratio):
    force = sizing.density_sizing(population, ratio)
    assert sizing.density(force, 0.0, population) == close(ratio)
    assert sizing.density(0.0, force, population) == close(ratio)
    assert force * sizing.inhabitants_per_soldier(ratio) == close(population)


@given(st.floats(1.0, 5000.0), st.floats(0.1, 100.0), RATIO)
def test_line_and_pool_are_inverse(line_km, people_per_km, ratio):
    on_line, pool = sizing.line_sizing(line_km, people_per_km, ratio)
    assert on_line <= pool
    assert sizing.line_density(pool, line_km, ratio) == close(people_per_km)
    assert sizing.line_density(on_line, line_km, 1.0) == close(people_per_km)


def test_posts_along_a_line_take_watches_support_and_a_pool():
    inputs = {
        "line_km": 1100,
        "km_per_post": 5.5,
        "on_duty": 4,
        "watches": 3,
        "support_share": 0.5,
        "rotation_ratio": 3,
    }
    posts, monitors, pool = sizing.monitor_sizing(**inputs)
    assert posts == close(200)
    assert monitors == close(200 * 4 * 3 + 1200)
    assert pool == close(3 * monitors)
    assert sizing.monitor_sizing(**{**inputs, "support_share": 0})[1] == close(2400)


@given(st.floats(1.0, 5000.0), st.floats(0.5, 50.0), st.floats(1.05, 3.0))
def test_monitors_grow_with_the_line_and_shrink_with_the_spacing(line_km, spacing, more):
    def monitors(line, apart):
        return sizing.monitor_sizing(line, apart, 4.0, 3.0, 0.5, 3.0)[1]

    assert monitors(line_km * more, spacing) == close(more * monitors(line_km, spacing))
    assert monitors(line_km, spacing * more) == close(monitors(line_km, spacing) / more)
    assert monitors(line_km * more, spacing * more) == close(monitors(line_km, spacing))


@given(st.floats(0.0, 1e5), COUNT)
def test_rate_times_heads_is_the_cost(cost_musd, heads):
    assert sizing.unit_rate(cost_musd, heads) * heads / 1e6 == close(cost_musd)


@given(st.lists(st.floats(0.0, 1e4), min_size=1, max_size=8))
def test_a_component_more_adds_its_own_cost(costs):
    lines = {str(place): cost for place, cost in enumerate(costs)}
    total = sizing.nation_building_total(lines)
    assert sizing.nation_building_total({**lines, "more": 7.0}) == close(total + 7.0)
