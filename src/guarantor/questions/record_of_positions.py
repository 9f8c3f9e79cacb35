"""What the positions amount to: the latest word of each office, and who would send soldiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.words import Band, Rung, Standing, Topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.case.case import Case
    from guarantor.case.records import Position


def in_time(positions: Iterable[Position]) -> list[Position]:
    """Return positions in the order in which they were said; the undated come first."""
    return sorted(positions, key=lambda p: (p.date.precision != "undated", p.date.latest, p.id))


def by_actor_and_topic(case: Case) -> dict[tuple[str, Topic], list[Position]]:
    """Return the positions of each actor on each topic, in time."""
    groups: dict[tuple[str, Topic], list[Position]] = {}
    for position in in_time(case.positions.values()):
        groups.setdefault((position.actor, position.topic), []).append(position)
    return groups


def latest_by_office(positions: Iterable[Position]) -> list[Position]:
    """Return what each office said last, in time: everything it said on that day.

    Unnamed sources of one nation count as one voice, since nobody can tell them apart.
    """
    said: dict[str, list[Position]] = {}
    for position in in_time(positions):
        voice = position.office if position.standing is not Standing.UNNAMED else ""
        kept = said.setdefault(voice, [])
        if kept and kept[-1].date != position.date:
            kept.clear()
        kept.append(position)
    return in_time(position for kept in said.values() for position in kept)


def official(positions: Iterable[Position]) -> list[Position]:
    """Return what offices said of their own state or body."""
    return [p for p in positions if p.standing is Standing.OFFICIAL]


def contributions(case: Case, topic: Topic) -> list[Position]:
    """Return the latest word of each nation's offices that brings something, however firm.

    An office that has since said otherwise is represented by its later word alone. The host's own
    contribution is not among them.
    """
    kept = []
    for (actor, about), positions in by_actor_and_topic(case).items():
        if about is topic and actor in case.nations and actor != case.about.host:
            kept += [p for p in latest_by_office(positions) if p.rung is not None]
    return in_time(kept)


def on_host_soil(position: Position) -> bool:
    """Return whether the soldiers would stand in the host nation; so they would when none says."""
    return position.band in {None, Band.LINE, Band.REAR}


def numbered_once(positions: Iterable[Position]) -> list[Position]:
    """Return the positions to add up: of each nation the last that gives a number."""
    last = {p.actor: p for p in in_time(positions) if p.quantity is not None and on_host_soil(p)}
    return in_time(last.values())


def at_rung(positions: Iterable[Position]) -> Mapping[Rung, list[Position]]:
    """Return the positions on each rung, the firmest first; empty rungs are there too."""
    rungs: dict[Rung, list[Position]] = {rung: [] for rung in reversed(Rung)}
    for position in positions:
        if position.rung is not None:
            rungs[position.rung].append(position)
    return rungs
