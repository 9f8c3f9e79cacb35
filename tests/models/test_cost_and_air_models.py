"""What must hold of cost and air policing whatever the numbers: identities, order, limits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.models import air_policing, cost

MONEY = st.floats(0.1, 1e5)
MONTHS = st.floats(1.0, 120.0)
HOURS = st.floats(0.25, 12.0)
MILES = st.floats(0.0, 1500.0)
KNOTS = st.floats(200.0, 700.0)
MORE = st.floats(1.05, 3.0)


def close(value):
    return pytest.approx(value, rel=1e-9)


@given(MONEY, MONTHS)
def test_a_yearly_cost_over_its_window_gives_the_total_back(total, months):
    assert cost.annualise(total, months) * months / 12.0 == close(total)
    assert cost.annualise(total, 12.0) == close(total)
    assert cost.annualise_billions(total / 1000.0, months) == close(cost.annualise(total, months))


@given(st.floats(0.1, 100.0), st.floats(1e3, 2e5), MORE)
def test_cost_per_soldier_falls_with_numbers_and_rises_with_cost(annual, troops, more):
    per_head = cost.cost_per_troop_year(annual, troops)
    assert per_head * troops == close(annual * 1e9)
    assert cost.cost_per_troop_year(annual, troops * more) < per_head
    assert cost.cost_per_troop_year(annual * more, troops) > per_head


@given(st.floats(1.0, 1e5), st.floats(1000.0, 1500.0), st.floats(0.0, 100.0))
def test_a_raised_rate_raises_what_is_paid_in_proportion(troops, rate, percent):
    raised = cost.un_reimbursement_rate(rate, percent)
    before = cost.un_reimbursement(troops, rate, 12.0)
    after = cost.un_reimbursement(troops, raised, 12.0)
    assert after / before == close(1.0 + percent / 100.0)
    assert cost.un_reimbursement_rate(rate, -100.0) == 0.0


@given(MONEY, MONEY, MONEY)
def test_the_three_ratios_agree_with_each_other(own, shared, contribution):
    over_shared, over_contribution, share = cost.cost_comparison(own, shared, contribution)
    assert over_shared == close(over_contribution * share)
    assert share * shared == close(contribution)


@given(MILES, KNOTS, HOURS, MORE)
def test_farther_and_slower_means_longer(distance, speed, on_station, more):
    flown = air_policing.flight_time(distance, speed, on_station)
    assert flown >= on_station
    assert air_policing.flight_time(0.0, speed, on_station) == on_station
    assert air_policing.flight_time(distance + 100.0, speed, on_station) > flown
    assert air_policing.flight_time(distance, speed * more, on_station) <= flown
    assert air_policing.flight_time(distance, speed, 0.0) == close(2.0 * distance / speed)


@given(st.lists(st.floats(0.0, 60.0), min_size=1, max_size=14))
def test_the_order_of_tasks_does_not_matter(tasks):
    total = air_policing.turnaround_sum(tasks)
    assert air_policing.turnaround_sum(tasks[::-1]) == pytest.approx(total)
    assert total >= max(tasks)


@given(MILES, KNOTS, HOURS, HOURS, st.floats(0.0, 2.0), st.floats(1.0, 24.0))
def test_the_cycle_is_flight_turnaround_and_repair(distance, speed, turn, fixed, per_hour, window):
    cycle, rate = air_policing.sortie_rate_rand(distance, speed, turn, fixed, per_hour, window)
    flown = air_policing.flight_time(distance, speed, 0.0)
    assert cycle == close(flown + turn + air_policing.maintenance_time(flown, fixed, per_hour))
    assert rate * cycle == close(window)


def test_repair_without_flying_is_the_fixed_part():
    assert air_policing.maintenance_time(0.0, 3.4, 0.68) == 3.4
    assert air_policing.maintenance_time(2.0, 0.0, 0.68) == 1.36


@given(
    stations=st.integers(1, 6),
    each=st.integers(1, 4),
    on_station=HOURS,
    transit=HOURS,
    turn=HOURS,
    repair=HOURS,
    available=st.floats(0.3, 1.0),
)
def test_a_patrol_keeps_its_stations_manned(
    stations, each, on_station, transit, turn, repair, available
):
    share, exact, whole, sorties, hours = air_policing.continuous_patrol(
        stations, each, on_station, on_station + transit, turn, repair, available
    )
    cycle = on_station + transit + turn + repair
    assert share * cycle == close(on_station)
    # Aircraft in the cycle, each on station for its share, fill the stations.
    assert exact * available * share == close(stations * each)
    assert exact * (1.0 - 1e-9) <= whole < exact + 1.0
    assert sorties * on_station == close(24.0 * stations * each)
    assert hours == close(sorties * (on_station + transit))


def test_a_patrol_with_neither_transit_nor_ground_time_needs_only_what_is_on_station():
    assert air_policing.continuous_patrol(2, 2, 3.0, 3.0, 0.0, 0.0, 1.0) == (
        1.0,
        4.0,
        4.0,
        32.0,
        96.0,
    )


def test_the_need_for_aircraft_is_linear_in_those_on_station():
    one = air_policing.continuous_patrol(1, 1, 2.0, 4.0, 3.0, 6.0, 0.7)
    six = air_policing.continuous_patrol(3, 2, 2.0, 4.0, 3.0, 6.0, 0.7)
    assert six[1] == close(6.0 * one[1])


def test_a_whole_need_is_not_rounded_up_through_its_last_digit():
    _, exact, whole, _, _ = air_policing.continuous_patrol(1, 2, 1.0, 3.0, 3.0, 4.5, 0.7)
    assert exact > 30.0, "the quotient is a hair more than thirty"
    assert whole == 30.0


@given(st.floats(1.0, 100.0), st.floats(1.0, 6.0))
def test_orbits_add(caps, each):
    twice = air_policing.rpa_cap(2.0 * caps, each)
    assert twice == close(2.0 * air_policing.rpa_cap(caps, each))


def test_a_sortie_rate_counts_the_days_elapsed():
    assert air_policing.historical_sortie_rate("2025-01-01", "2025-01-11", 50.0) == 5.0


@given(st.floats(0.0, 5.0), st.floats(0.01, 1.0), st.floats(0.0, 52.0))
def test_a_zone_costs_its_setting_up_and_then_week_by_week(initial, weekly, weeks):
    total = air_policing.nfz_total_cost(initial, weekly, weeks)
    assert air_policing.nfz_total_cost(initial, weekly, 0.0) == initial
    assert air_policing.nfz_total_cost(initial, weekly, weeks + 1.0) == close(total + weekly)
