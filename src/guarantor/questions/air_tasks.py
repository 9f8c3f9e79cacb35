"""What the two tasks in the air take, future by future: a turn of air policing, a standing patrol.

Both are for uncontested air: nobody shoots at the aircraft.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.quantity.durations import MEAN_MONTH
from guarantor.questions.assumed_numbers import through
from guarantor.questions.balances import need_trace
from guarantor.supply.needs import needs

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.questions.assumed_numbers import AssumedNumbers
    from guarantor.simulate.setup import Numbers
    from guarantor.supply.needs import Need

FIGHTER = "fighter"
TANKER = "tanker"
EARLY_WARNING = "early-warning-aircraft"
PATROL = "continuous_patrol"
"""The model of aircraft that keep stations manned day and night."""

AIRCRAFT = "aircraft"
CREWS = "crews"
TANKERS = "tankers"
RADAR = "early warning"
BOUNDS = (AIRCRAFT, CREWS, TANKERS, RADAR)
"""What can be the scarcest part of a patrol."""


class Policing(NamedTuple):
    """One turn of air policing: aircraft on alert, [N] each."""

    aircraft: Numbers
    crews: Numbers
    hours: Numbers
    """Hours that its crews can fly in a month."""
    inputs: tuple[str, ...]


class Patrol(NamedTuple):
    """One station manned day and night, [N] each."""

    need: Need
    """The line whose way of flying it takes."""
    aircraft: Numbers
    hours: Numbers
    """Hours flown in a month."""
    crews: Numbers
    tankers: Numbers | None
    early_warning: Numbers | None
    inputs: tuple[str, ...]


def has_fighters(case: Case, option: str) -> bool:
    """Return whether an option has a line of fighters."""
    return any(line.capability == FIGHTER for line in case.options[option].lines or ())


def policing(numbers: AssumedNumbers) -> Policing:
    """Return what one turn of air policing has."""
    names = ("policing-aircraft", "crews-per-aircraft", "flying-hours")
    aircraft, per_aircraft, hours = (numbers.assumption(name) for name in names)
    crews = aircraft * per_aircraft
    return Policing(aircraft, crews, crews * hours, tuple(numbers.trace(name) for name in names))


def patrol_line(case: Case, option: str) -> Need | None:
    """Return the line that says how a fighter patrol is flown: the option's own, else the first."""
    for name in (option, *(other for other in case.options if other != option)):
        for need in needs(case, name):
            derivation = need.line.derivation
            if need.line.capability == FIGHTER and derivation and derivation.model == PATROL:
                return need if need.span is not None else None
    return None


def patrol(numbers: AssumedNumbers, need: Need) -> Patrol:
    """Return what one station takes, flown as the line says; the run draws the same numbers."""
    given = need.line.derivation
    if given is None:
        raise TypeError(need.line.id)
    drawn: dict[str, Numbers | float] = {
        name: numbers.value(f"options/{need.option}/{need.line.id}/{name}", each.quantity.shape)
        for name, each in given.inputs.items()
    }
    found = through(PATROL, {**drawn, "stations": 1.0})
    aircraft = found["aircraft_unrounded"]
    hours = found["flying_hours_per_day"] * MEAN_MONTH
    inputs = [need_trace(numbers.book, need)]
    inputs += [numbers.trace(name) for name in ("flying-hours", "tanker-share")]
    tankers = early_warning = None
    if (each := numbers.needed(FIGHTER, TANKER)) is not None:
        tankers = numbers.assumption("tanker-share") / 100.0 * each[0] * aircraft
        inputs.append(each[1])
    if (each := numbers.needed(FIGHTER, EARLY_WARNING)) is not None:
        early_warning = each[0] * aircraft
        inputs.append(each[1])
    crews = hours / numbers.assumption("flying-hours")
    return Patrol(need, aircraft, hours, crews, tankers, early_warning, tuple(inputs))


class Kept(NamedTuple):
    """Patrols that can be kept day and night, [N]: by each part alone, and by the scarcest."""

    by_part: dict[str, Numbers]
    patrols: Numbers
    binds: dict[str, Numbers]
    """[N] 1 where a part is the scarcest, more than one where several are missing altogether;
    nothing binds where no fighter is there."""


def kept(numbers: AssumedNumbers, one: Patrol, there: dict[str, Numbers]) -> Kept:
    """Return how many such patrols the aircraft there can keep; there is by capability."""
    nothing = np.zeros_like(one.aircraft)
    fighters = there.get(FIGHTER, nothing)
    by_part = {
        AIRCRAFT: fighters / one.aircraft,
        CREWS: fighters * numbers.assumption("crews-per-aircraft") / one.crews,
    }
    for part, each, kind in (
        (TANKERS, one.tankers, TANKER),
        (RADAR, one.early_warning, EARLY_WARNING),
    ):
        # what an option does not ask for does not limit it, as in the simulated month
        if each is not None and kind in there:
            with np.errstate(divide="ignore", invalid="ignore"):
                by_part[part] = np.where(each > 0, there.get(kind, nothing) / each, np.inf)
    least = np.stack(list(by_part.values())).min(axis=0)
    binds = {
        part: ((patrols == least) & (fighters > 0)).astype(np.float64)
        for part, patrols in by_part.items()
    }
    return Kept(by_part, least, binds)
