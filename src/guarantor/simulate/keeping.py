"""What each pool can use, drawn: units by count and readiness, people by share of strength.

The readings are those of supply/capacity.py. Which share of its strength a nation can keep out is a
matter of theory, and drawn as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.quantity import Amount, Unit
from guarantor.simulate.draws import Asked
from guarantor.supply.capacity import BASES, latest_pool, people

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.case import Case
    from guarantor.case.supply import Parameter
    from guarantor.simulate.assumed import Assumed
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Numbers

PEOPLE = "people"
"""Stands for the capability of a pool that is a nation's people of any kind."""


@dataclass(frozen=True, slots=True)
class UnitsOwned:
    """What the units are drawn from that an owner can use of a pool.

    slots is asked for only where units are kept up all the time, and do not rest between tours.
    """

    owned: Asked
    ready: Asked | None
    committed: tuple[Asked, ...]
    slots: Asked | None

    def usable(self, draws: BlockDraws, assumed: Assumed) -> Numbers:
        """Return the units that can be used."""
        free = np.maximum(0.0, draws.value(*self.owned))
        if self.ready is not None:
            free = free * (draws.value(*self.ready) / 100.0)
        free = free * (1.0 - assumed.part("reserve"))
        out = np.zeros_like(free)
        for each in self.committed:
            out = out + np.maximum(0.0, draws.value(*each))
        free = np.asarray(np.maximum(0.0, free - out))
        return free if self.slots is None else free / draws.value(*self.slots)


@dataclass(frozen=True, slots=True)
class PeopleRead:
    """What the people are drawn from that a nation can keep out, by one reading."""

    strength: Asked
    percent: Asked
    committed: tuple[Asked, ...]

    def usable(self, draws: BlockDraws) -> Numbers:
        """Return the people, those out already taken off."""
        whole = draws.value(*self.strength)
        out = np.zeros_like(whole)
        for each in self.committed:
            out = out + draws.value(*each)
        return np.maximum(0.0, whole * (draws.value(*self.percent) / 100.0) - out)


@dataclass(frozen=True, slots=True)
class PeopleOfTheories:
    """The people of a nation by each theory that has a reading of them; at least one has."""

    readings: Mapping[str, PeopleRead]

    def usable(self, draws: BlockDraws, assumed: Assumed) -> Numbers:
        """Return the people that it can keep out, by the theory that holds in each future."""
        read = {basis: reading.usable(draws) for basis, reading in self.readings.items()}
        chosen = next(iter(read.values()))
        for basis, found in read.items():
            chosen = np.where(assumed.theory("strength-basis", basis), found, chosen)
        return chosen


def parameter(capability: str, name: str, given: Parameter) -> Asked:
    """Return what a number of a capability is drawn from."""
    return Asked(f"capabilities/{capability}/{name}", given.quantity.shape)


def read_pool(case: Case, owner: str, capability: str) -> UnitsOwned | PeopleOfTheories | None:
    """Return what is on record about a pool of an owner; None where nobody has counted it."""
    if capability == PEOPLE:
        return _read_people(case, owner)
    found = latest_pool(case, owner, capability)
    if found is None or found[1].quantity.shape.best is None:
        return None
    kind = case.capabilities[capability]
    # without a length of tour the pool is one that is kept up already, not one that rests
    kept_up = kind.slots is not None and kind.tour is None
    return UnitsOwned(
        Asked(f"pools/{owner}/{capability}", found[1].quantity.shape),
        parameter(capability, "available", kind.available) if kind.available else None,
        _committed(case, owner, capability),
        parameter(capability, "slots", kind.slots) if kept_up and kind.slots else None,
    )


def tour_and_rest(case: Case, draws: BlockDraws, capability: str) -> tuple[Numbers, Numbers]:
    """Return the months of a tour and of the rest after it; 1 and 1 for what does not rotate."""
    kind = case.capabilities.get(capability)
    if kind is None or kind.tour is None or kind.slots is None:
        one = np.ones_like(draws.uniform("will"))
        return one, one
    tour = draws.value(*parameter(capability, "tour", kind.tour))
    slots = draws.value(*parameter(capability, "slots", kind.slots))
    return tour, np.maximum(1.0, (slots - 1.0) * tour)


def _read_people(case: Case, nation: str) -> PeopleOfTheories | None:
    if nation not in case.nations:
        return None
    read = {basis: _people_by(case, nation, basis) for basis in BASES}
    known = {basis: found for basis, found in read.items() if found is not None}
    return PeopleOfTheories(known) if known else None


def _people_by(case: Case, nation: str, basis: str) -> PeopleRead | None:
    reading = people(case, nation, basis)
    if reading is None:
        return None
    key = next(key for table, key in reading.rests_on if table == "shares")
    entry = case.shares[key]
    record = case.nations[nation]
    strength = record.active_personnel if entry.of == "active" else record.land_personnel
    if strength is None:
        raise TypeError(nation)
    return PeopleRead(
        Asked(f"nations/{nation}/{entry.of}_personnel", strength.shape),
        Asked(f"shares/{key}", entry.quantity.shape),
        tuple(
            Asked(f"commitments/{name}", case.commitments[name].quantity.shape)
            for table, name in reading.rests_on
            if table == "commitments"
        ),
    )


def _committed(case: Case, owner: str, capability: str) -> tuple[Asked, ...]:
    return tuple(
        Asked(f"commitments/{name}", commitment.quantity.shape)
        for name, commitment in case.commitments.items()
        if commitment.nation == owner
        and commitment.capability == capability
        and isinstance(commitment.quantity, Amount)
        and commitment.quantity.unit is not Unit.PEOPLE_DEPLOYED
        and commitment.quantity.shape.best is not None
    )
