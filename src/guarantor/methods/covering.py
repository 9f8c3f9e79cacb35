"""Which sites cover the most people, and how few cover them all, within a radius the user sets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs
from guarantor.methods._programme import minimise
from guarantor.problems import Problems

if TYPE_CHECKING:
    from numpy.typing import ArrayLike, NDArray

    from guarantor.methods.datasets import Dataset, Table

_DISTANCE_COLUMNS = ("name", "DestinationName", "distance", "demand")


@dataclass(frozen=True, slots=True)
class Cover:
    """The sites chosen, by index, and what lies within the radius of at least one of them."""

    sites: tuple[int, ...]
    people: float
    points: int
    all_people: float
    all_points: int

    @property
    def percent_of_people(self) -> float:
        """Return the share of people covered, in per cent."""
        return 100.0 * self.people / self.all_people

    @property
    def percent_of_points(self) -> float:
        """Return the share of demand points covered, in per cent, whoever lives there."""
        return 100.0 * self.points / self.all_points


def most_people(people: ArrayLike, distances: ArrayLike, radius: float, sites: int) -> Cover:
    """Return the sites that have the most people within the radius of at least one of them.

    people: (points,); distances: (points, sites), in the unit of the radius. Raises Problems.
    """
    inputs = Inputs("mclp")
    weights, reach = _reach(inputs, people, distances, radius)
    points, candidates = reach.shape
    inputs.number("p", sites, low=0, high=candidates, unit="sites")
    inputs.done()
    cost = np.concatenate((np.zeros(candidates), -weights))
    covered = np.hstack((reach, -np.eye(points)))
    chosen = np.concatenate((np.ones(candidates), np.zeros(points)))
    optimum = minimise(
        cost,
        np.vstack((covered, chosen)),
        (np.append(np.zeros(points), sites), np.append(np.full(points, np.inf), sites)),
        (np.zeros_like(cost), np.ones_like(cost)),
        whole=True,
    )
    return _cover(weights, reach, optimum.values[:candidates])


def fewest_sites(people: ArrayLike, distances: ArrayLike, radius: float) -> Cover:
    """Return the fewest sites with every demand point within the radius of at least one of them.

    people: (points,); distances: (points, sites), in the unit of the radius. Raises Problems when
    a point is beyond the radius of every site, naming how many are.
    """
    inputs = Inputs("lscp")
    weights, reach = _reach(inputs, people, distances, radius)
    inputs.done()
    beyond = np.flatnonzero(reach.sum(axis=1) == 0)
    if beyond.size:
        raise Problems.one(
            "No choice of sites covers every point",
            found=f"{beyond.size} points beyond {radius:g} of every site, the first at {beyond[0]}",
            allowed="every point within the radius of a site",
            remedy="Widen the radius, add candidate sites, or ask for the most people instead.",
        )
    points, candidates = reach.shape
    optimum = minimise(
        np.ones(candidates),
        reach,
        (np.ones(points), np.full(points, np.inf)),
        (np.zeros(candidates), np.ones(candidates)),
        whole=True,
    )
    return _cover(weights, reach, optimum.values)


def mclp(dataset: Dataset, service_radius_m: float, p: int) -> tuple[float, float, float]:
    """The most people that a given number of sites can have within their radius.

    $ c = max sum_i a_i x_i quad "with" x_i <= sum_(j : d_(i j) <= r) y_j, quad sum_j y_j = p $
    $ s_m = 100/m sum_i x_i, quad s_a = 100 c / (sum_i a_i), quad x_i, y_j in {0, 1} $

    Symbols:
        dataset, $a_i, d_(i j)$ [data set]: a table of distances with the columns name,
            DestinationName, distance (metres) and demand (people)
        service_radius_m, $r$ [m]: distance within which a point counts as covered; from 0;
            valid throughout; flat because only a radius that takes in one more point changes it
        p, $p$ [sites]: sites to place; from 0; valid throughout
    Outputs:
        demand_covered, $c$ [people]: people within the radius of a site
        percent_of_points, $s_m$ [percent]: share of demand points covered
        percent_of_demand, $s_a$ [percent]: share of people covered
    Validity: A point is covered or not; distance within the radius does not matter, nor does it
        help to be covered twice. The radius is the user's, of no particular system.
    Traps:
        The share of points is not the share of people, and it is the people who are asked about.
    Basis: published
    Source: Church and ReVelle 1974, The maximal covering location problem, Papers of the Regional
        Science Association 32; data from pysal/spopt.
    """
    cover = most_people(*_demand(dataset), service_radius_m, p)
    return cover.people, cover.percent_of_points, cover.percent_of_people


def lscp(dataset: Dataset, service_radius_m: float) -> int:
    """The fewest sites that have every demand point within their radius.

    $ min sum_j y_j quad "with" sum_(j : d_(i j) <= r) y_j >= 1, quad y_j in {0, 1} $

    Symbols:
        dataset, $d_(i j)$ [data set]: a table of distances with the columns name, DestinationName,
            distance (metres) and demand (people)
        service_radius_m, $r$ [m]: distance within which a point counts as covered; from 0;
            valid throughout; flat because only a radius that takes in one more point changes it
    Outputs:
        min_sites, $sum_j y_j$ [sites]: sites needed
    Validity: As for the most people covered; every point counts alike, whoever lives there.
    Traps:
        A single remote point may cost a site.
    Basis: published
    Source: Toregas, Swain, ReVelle and Bergman 1971, The location of emergency service facilities,
        Operations Research 19; data from pysal/spopt.
    """
    return len(fewest_sites(*_demand(dataset), service_radius_m).sites)


def _reach(
    inputs: Inputs, people: ArrayLike, distances: ArrayLike, radius: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    table = inputs.matrix("distances", distances, endless=True)
    weights = inputs.vector("people", people, low=0.0, length=len(table))
    inputs.number("service_radius_m", radius, low=0.0, unit="m")
    return weights, (table <= radius).astype(np.float64)


def _cover(
    people: NDArray[np.float64], reach: NDArray[np.float64], chosen: NDArray[np.float64]
) -> Cover:
    sites = np.flatnonzero(chosen > 0.5)
    covered = reach[:, sites].any(axis=1)
    return Cover(
        tuple(int(site) for site in sites),
        float(people[covered].sum()),
        int(covered.sum()),
        float(people.sum()),
        len(people),
    )


def _demand(dataset: Dataset) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return people by point and distances by point and site from a long table of pairs."""
    table = _distance_table(dataset)
    site, point, distance, demand = (table.column(each) for each in _DISTANCE_COLUMNS)
    sites, points = list(dict.fromkeys(site)), list(dict.fromkeys(point))
    places = {each: place for place, each in enumerate(points)}
    columns = {each: place for place, each in enumerate(sites)}
    people = np.zeros(len(points))
    distances = np.full((len(points), len(sites)), np.inf)
    for here, there, metres, weight in zip(site, point, distance, demand, strict=True):
        people[places[there]] = float(weight)
        distances[places[there], columns[here]] = float(metres)
    return people, distances


def _distance_table(dataset: Dataset) -> Table:
    for table in dataset.values():
        if set(_DISTANCE_COLUMNS) <= set(table.columns):
            return table
    raise Problems.one(
        "The data set has no table of distances",
        found=", ".join(dataset) or "no table",
        allowed=f"a table with the columns {', '.join(_DISTANCE_COLUMNS)}",
    )
