"""What each pool can use, drawn: units by count and readiness, people by share of strength.

The readings are those of supply/capacity.py. Which share of its strength a nation can keep out is a
matter of theory, and drawn as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.quantity import Amount, Unit
from guarantor.simulate.assumed import Assumed
from guarantor.supply.capacity import BASES, latest_pool, people

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.case.supply import Parameter
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Numbers

PEOPLE = "people"
"""Stands for the capability of a pool that is a nation's people of any kind."""


def parameter(draws: BlockDraws, capability: str, name: str, given: Parameter) -> Numbers:
    """Return the draws of a number of a capability."""
    return draws.value(f"capabilities/{capability}/{name}", given.quantity.shape)


def usable(case: Case, draws: BlockDraws, owner: str, capability: str) -> Numbers:
    """Return what an owner can use of a pool: infinite where nobody has counted it."""
    if capability == PEOPLE:
        return _usable_people(case, draws, owner)
    found = latest_pool(case, owner, capability)
    if found is None or found[1].quantity.shape.best is None:
        return np.full_like(draws.uniform("will"), np.inf)
    kind = case.capabilities[capability]
    owned = draws.value(f"pools/{owner}/{capability}", found[1].quantity.shape)
    ready = parameter(draws, capability, "available", kind.available) if kind.available else None
    reserve = Assumed(case, draws).part("reserve")
    free = np.maximum(0.0, owned) * (1.0 if ready is None else ready / 100.0) * (1.0 - reserve)
    free = np.maximum(0.0, free - _committed(case, draws, owner, capability))
    if kind.slots is not None and kind.tour is None:
        # without a length of tour the pool is one that is kept up already, not one that rests
        free = free / parameter(draws, capability, "slots", kind.slots)
    return free


def tour_and_rest(case: Case, draws: BlockDraws, capability: str) -> tuple[Numbers, Numbers]:
    """Return the months of a tour and of the rest after it; 1 and 1 for what does not rotate."""
    kind = case.capabilities.get(capability)
    if kind is None or kind.tour is None or kind.slots is None:
        one = np.ones_like(draws.uniform("will"))
        return one, one
    tour = parameter(draws, capability, "tour", kind.tour)
    slots = parameter(draws, capability, "slots", kind.slots)
    return tour, np.maximum(1.0, (slots - 1.0) * tour)


def _usable_people(case: Case, draws: BlockDraws, nation: str) -> Numbers:
    nowhere = np.full_like(draws.uniform("will"), np.inf)
    if nation not in case.nations:
        return nowhere
    read = {basis: _people_by(case, draws, nation, basis) for basis in BASES}
    known = [found for found in read.values() if found is not None]
    if not known:
        return nowhere
    assumed, chosen = Assumed(case, draws), known[0]
    for basis, found in read.items():
        if found is not None:
            chosen = np.where(assumed.theory("strength-basis", basis), found, chosen)
    return chosen


def _people_by(case: Case, draws: BlockDraws, nation: str, basis: str) -> Numbers | None:
    """Return the people that a nation can keep out by one reading, those out already taken off."""
    reading = people(case, nation, basis)
    if reading is None:
        return None
    key = next(key for table, key in reading.rests_on if table == "shares")
    entry = case.shares[key]
    record = case.nations[nation]
    strength = record.active_personnel if entry.of == "active" else record.land_personnel
    if strength is None:
        raise TypeError(nation)
    whole = draws.value(f"nations/{nation}/{entry.of}_personnel", strength.shape)
    part = draws.value(f"shares/{key}", entry.quantity.shape) / 100.0
    out = sum(
        (
            draws.value(f"commitments/{name}", case.commitments[name].quantity.shape)
            for table, name in reading.rests_on
            if table == "commitments"
        ),
        np.zeros_like(whole),
    )
    return np.maximum(0.0, whole * part - out)


def _committed(case: Case, draws: BlockDraws, owner: str, capability: str) -> Numbers:
    found = np.zeros_like(draws.uniform("will"))
    for name, commitment in case.commitments.items():
        quantity = commitment.quantity
        if (
            commitment.nation == owner
            and commitment.capability == capability
            and isinstance(quantity, Amount)
            and quantity.unit is not Unit.PEOPLE_DEPLOYED
            and quantity.shape.best is not None
        ):
            found = found + np.maximum(0.0, draws.value(f"commitments/{name}", quantity.shape))
    return found
