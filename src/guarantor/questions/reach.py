"""Cities and people within a radius of batteries placed best; the radius is the reader's."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Problems
from guarantor.questions.question import Setting

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.case.case import Case
    from guarantor.case.records import Place
    from guarantor.methods.covering import Cover
    from guarantor.simulate.setup import Numbers

EARTH = 6371.0
"""Mean radius of the Earth, km."""

USUAL_RADII = (25.0, 50.0, 100.0)
"""Round numbers for a sweep, in km: of no system, and no one's estimate."""

_LARGEST = 1000.0


def _radius(text: str, _case: Case) -> tuple[float, ...]:
    try:
        radius = float(text.removesuffix("km"))
    except ValueError:
        radius = 0.0
    if not 0 < radius <= _LARGEST:
        raise Problems.one(
            "no radius",
            found=text or "nothing",
            allowed=f"kilometres above 0 and up to {_LARGEST:g}, such as 50",
        )
    return (radius,)


RADIUS = Setting(
    "radius", "km around a battery that count as in its reach, instead of a sweep", _radius, "50"
)


class Map:
    """The cities of a case with a number of people, and the best places for batteries in them."""

    def __init__(self, case: Case) -> None:
        self.cities = [
            place
            for place in case.places.values()
            if place.kind == "city" and place.population and place.population.shape.best
        ]
        self.people = np.array([_people(city) for city in self.cities])
        self._distances = np.array(
            [[distance(one, other) for other in self.cities] for one in self.cities]
        )
        self._covers: dict[tuple[float, int], Cover] = {}

    def cover(self, radius: float, batteries: int) -> Cover:
        """Return the most people that so many batteries can have within the radius.

        Each battery stands in a city; those beyond the number of cities add nothing.
        """
        # the solver takes a moment to load, which other questions need not wait for
        from guarantor.methods.covering import most_people

        sites = min(batteries, len(self.cities))
        key = (radius, sites)
        if key not in self._covers:
            self._covers[key] = most_people(self.people, self._distances, radius, sites)
        return self._covers[key]

    def in_reach(self, radius: float, batteries: Numbers) -> tuple[Numbers, Numbers]:
        """Return people and cities in reach for whole numbers of batteries, [N] each."""
        counts, place = np.unique(batteries.astype(np.int64), return_inverse=True)
        found = [self.cover(radius, int(count)) for count in counts]
        people = np.array([cover.people for cover in found])
        cities = np.array([float(cover.points) for cover in found])
        return people[place], cities[place]


def distance(one: Place, other: Place) -> float:
    """Return the distance of two places along the surface of a sphere, in km."""
    north = radians(other.latitude - one.latitude)
    east = radians(other.longitude - one.longitude)
    along = cos(radians(one.latitude)) * cos(radians(other.latitude))
    return 2 * EARTH * asin(sqrt(sin(north / 2) ** 2 + along * sin(east / 2) ** 2))


def _people(city: Place) -> float:
    best = city.population.shape.best if city.population else None
    if best is None:
        raise TypeError(city.id)
    return best


def radii(chosen: Sequence[float] | None) -> tuple[float, ...]:
    """Return the reader's radius, or the sweep that stands when none is set."""
    return tuple(chosen) if chosen else USUAL_RADII
