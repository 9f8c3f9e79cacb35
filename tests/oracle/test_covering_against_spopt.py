"""Covering by HiGHS finds what spopt finds with another solver."""

from __future__ import annotations

import numpy as np
import pytest
from others import other

from guarantor.methods.covering import _demand, fewest_sites, most_people
from guarantor.methods.datasets import read_dataset

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs, not ours


@pytest.fixture
def theirs():
    """Solve with spopt: theirs("MCLP", …) gives the objective and the sites chosen."""
    locate, pulp = other("spopt.locate"), other("pulp")

    def solve(kind, **inputs):
        model = getattr(locate, kind).from_cost_matrix(**inputs)
        solved = model.solve(pulp.PULP_CBC_CMD(msg=False))
        sites = [place for place, each in enumerate(solved.fac_vars) if each.value() > 0.5]
        return solved.problem.objective.value(), sites

    return solve


def places(seed, points=60, sites=12):
    draw = np.random.default_rng(seed)
    here, there = draw.uniform(0, 100, (points, 2)), draw.uniform(0, 100, (sites, 2))
    distances = np.hypot(*(here[:, np.newaxis] - there).transpose(2, 0, 1))
    return draw.integers(1, 5000, points).astype(float), distances


def covered(people, distances, radius, sites):
    return people[(distances[:, sites] <= radius).any(axis=1)].sum()


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("count", [1, 3, 6])
@pytest.mark.parametrize("radius", [12.0, 25.0])
def test_the_most_people_covered_are_as_many(theirs, seed, count, radius):
    people, distances = places(seed)
    ours = most_people(people, distances, radius, count)
    objective, sites = theirs(
        "MCLP",
        cost_matrix=distances,
        weights=people,
        service_radius=radius,
        p_facilities=count,
    )
    assert ours.people == pytest.approx(objective, rel=1e-9)
    assert covered(people, distances, radius, sites) == pytest.approx(objective, rel=1e-9)
    assert len(ours.sites) == len(sites) == count


@pytest.mark.parametrize("seed", range(6))
def test_the_fewest_sites_are_as_few(theirs, seed):
    people, distances = places(seed)
    radius = float(distances.min(axis=1).max()) * 1.2
    ours = fewest_sites(people, distances, radius)
    objective, sites = theirs("LSCP", cost_matrix=distances, service_radius=radius)
    assert len(ours.sites) == len(sites) == objective
    assert ours.points == len(people)


@pytest.mark.parametrize("count", range(1, 9))
def test_the_published_network_is_covered_alike(theirs, published_data, count):
    if published_data is None:
        pytest.skip("the data sets of published cases are not at hand")
    people, distances = _demand(read_dataset("SF 205 tracts x 16 stores", published_data))
    ours = most_people(people, distances, 5000.0, count)
    objective, _ = theirs(
        "MCLP",
        cost_matrix=distances,
        weights=people,
        service_radius=5000.0,
        p_facilities=count,
    )
    assert ours.people == pytest.approx(objective)
