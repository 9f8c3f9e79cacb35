"""Covering by the solver is what trying every choice of sites gives."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import METHODS, data

from guarantor.methods.covering import fewest_sites, lscp, mclp, most_people
from guarantor.problems import Problems

SAN_FRANCISCO = "SF 205 tracts x 16 stores"


@st.composite
def places(draw):
    points, sites = draw(st.integers(1, 12)), draw(st.integers(1, 8))
    numbers = np.random.default_rng(draw(st.integers(0, 2**32)))
    people = numbers.integers(0, 1000, points) + 1
    return people, numbers.uniform(0, 100, (points, sites)), draw(st.floats(0, 100))


def best_by_trying(people, distances, radius, count):
    reach = distances <= radius
    return max(
        people[reach[:, list(chosen)].any(axis=1)].sum()
        for chosen in combinations(range(distances.shape[1]), count)
    )


@settings(max_examples=80)
@given(places())
def test_no_choice_of_sites_covers_more_people(place):
    people, distances, radius = place
    covered = []
    for count in range(distances.shape[1] + 1):
        cover = most_people(people, distances, radius, count)
        assert len(cover.sites) == count
        assert cover.people == best_by_trying(people, distances, radius, count)
        covered.append(cover.people)
    assert covered == sorted(covered), "one more site never covers fewer people"


@settings(max_examples=80)
@given(places())
def test_no_smaller_choice_of_sites_covers_everyone(place):
    people, distances, radius = place
    if (distances.min(axis=1) > radius).any():
        with pytest.raises(Problems, match="beyond"):
            fewest_sites(people, distances, radius)
        return
    cover = fewest_sites(people, distances, radius)
    assert cover.points == len(people)
    fewer = len(cover.sites) - 1
    assert best_by_trying(people, distances, radius, fewer) < people.sum() or not cover.sites


@given(places(), st.floats(0, 100))
def test_a_wider_radius_covers_no_fewer(place, other):
    people, distances, radius = place
    near, far = sorted((radius, other))
    assert (
        most_people(people, distances, near, 1).people
        <= most_people(people, distances, far, 1).people
    )


@given(places())
def test_one_more_site_covers_no_fewer_and_all_sites_cover_all_that_can_be_reached(place):
    people, distances, radius = place
    candidates = distances.shape[1]
    covered = [
        most_people(people, distances, radius, count).people for count in range(candidates + 1)
    ]
    assert covered == sorted(covered)
    assert covered[0] == 0
    assert covered[-1] == people[(distances <= radius).any(axis=1)].sum()


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 8])
def test_the_published_network_is_covered_as_trying_every_choice_covers_it(count):
    dataset = data(SAN_FRANCISCO)
    people, points, _ = mclp(dataset, 5000, count)
    table = dataset["sf_network_distance"]
    stores = sorted(set(table.column("name")))
    tracts = sorted(set(table.column("DestinationName")))
    reach = np.zeros((len(tracts), len(stores)), dtype=bool)
    weights = np.zeros(len(tracts))
    rows = zip(*(table.column(each) for each in table.columns), strict=True)
    for distance, store, tract, demand in rows:
        weights[tracts.index(tract)] = float(demand)
        reach[tracts.index(tract), stores.index(store)] = float(distance) <= 5000
    best = max(
        combinations(range(len(stores)), count),
        key=lambda chosen: weights[reach[:, list(chosen)].any(axis=1)].sum(),
    )
    held = reach[:, list(best)].any(axis=1)
    assert people == weights[held].sum()
    assert points == pytest.approx(100 * held.mean())


def test_shares_of_people_and_of_points_are_both_given_and_differ():
    people, points, share = mclp(data(SAN_FRANCISCO), 5000, 4)
    assert share == pytest.approx(100 * people / 955_113)
    assert abs(share - points) > 0.5


def test_a_list_of_radii_is_a_sweep():
    radii = [3000, 4000, 5000, 6000]
    inputs = {"dataset": data(SAN_FRANCISCO), "service_radius_m": radii, "p": 4}
    swept = METHODS["mclp"].call(inputs).outputs["demand_covered"]
    assert swept == sorted(swept)
    assert swept[2] == mclp(data(SAN_FRANCISCO), 5000, 4)[0]


def test_points_no_site_reaches_are_counted_in_the_refusal():
    with pytest.raises(Problems) as refused:
        lscp(data(SAN_FRANCISCO), 500)
    problem = refused.value.problems[0]
    assert "points beyond 500 of every site" in problem.found
    assert "radius" in problem.remedy


def test_more_sites_than_there_are_is_refused_with_how_many_there_are():
    with pytest.raises(Problems, match="up to 2 sites"):
        most_people([10, 20], [[1, 2], [3, 4]], 5, 3)


def test_a_pair_without_a_distance_is_out_of_reach():
    cover = most_people([10, 20], [[1, np.inf], [np.inf, 1]], 5, 1)
    assert (cover.people, cover.sites) == (20, (1,))


def test_bad_inputs_are_all_named_at_once():
    with pytest.raises(Problems) as refused:
        most_people([10, -20], [[1, 2], [3, float("nan")]], -5, 1)
    assert [problem.field for problem in refused.value.problems] == [
        "distances",
        "people",
        "service_radius_m",
    ]


def test_a_point_exactly_on_the_radius_is_covered_and_empty_points_are_allowed():
    cover = most_people([0.5, 0], [[5.0], [6.0]], 5.0, 1)
    assert (cover.people, cover.points) == (0.5, 1)
    assert fewest_sites([0.5, 0], [[5.0], [5.0]], 5.0).sites == (0,)
