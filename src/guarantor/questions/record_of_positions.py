"""What the positions amount to: the latest word of each office, and who would send soldiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.words import Rung, Standing, Topic

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
    """Return the latest position of each office, in time."""
    latest = {position.office: position for position in in_time(positions)}
    return in_time(latest.values())


def official(positions: Iterable[Position]) -> list[Position]:
    """Return what offices said of their own state or body."""
    return [p for p in positions if p.standing is Standing.OFFICIAL]


def ground_contributions(case: Case) -> list[Position]:
    """Return the latest word of each nation's offices that brings soldiers, however firm.

    An office that has since said otherwise is represented by its later word alone.
    """
    kept = []
    for (actor, topic), positions in by_actor_and_topic(case).items():
        if topic is Topic.GROUND_TROOPS and actor in case.nations and actor != case.about.host:
            kept += [p for p in latest_by_office(positions) if p.rung is not None]
    return in_time(kept)


def at_rung(positions: Iterable[Position]) -> Mapping[Rung, list[Position]]:
    """Return the positions on each rung, the firmest first; empty rungs are there too."""
    rungs: dict[Rung, list[Position]] = {rung: [] for rung in reversed(Rung)}
    for position in positions:
        if position.rung is not None:
            rungs[position.rung].append(position)
    return rungs
