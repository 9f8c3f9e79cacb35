"""What the positions amount to: the latest word of each office, and who would send soldiers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.words import Band, Quality, Rung, Stance, Standing, Topic

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


def voices(positions: Iterable[Position]) -> list[list[Position]]:
    """Return the positions of each office, in time.

    Unnamed sources of one nation count as one voice, since nobody can tell them apart.
    """
    said: dict[tuple[Standing, str], list[Position]] = {}
    for position in in_time(positions):
        office = "" if position.standing is Standing.UNNAMED else position.office
        said.setdefault((position.standing, office), []).append(position)
    return list(said.values())


def latest_by_office(positions: Iterable[Position]) -> list[Position]:
    """Return what each office said last, in time: everything it said on that day."""
    return in_time(
        position
        for voice in voices(positions)
        for position in voice
        if position.date == voice[-1].date
    )


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


def last_word(positions: Iterable[Position]) -> Position | None:
    """Return what a nation's own offices said last, or None; what is unverified decides nothing."""
    own = [p for p in in_time(official(positions)) if p.quality is not Quality.UNVERIFIED]
    return own[-1] if own else None


def offices_differ(positions: Iterable[Position]) -> bool:
    """Return whether one office of a nation refuses what another, in its last word, does not."""
    own = [p for p in official(positions) if p.quality is not Quality.UNVERIFIED]
    return len({p.stance is Stance.EXCLUDES for p in latest_by_office(own)}) > 1


def by_word(case: Case) -> tuple[list[Position], list[Position]]:
    """Return the last words of nations that refuse soldiers, and of those that leave it open.

    A nation whose offices differ is in neither list, nor is the host or one that has offered.
    """
    refuse, leave_open = [], []
    for (actor, topic), positions in by_actor_and_topic(case).items():
        word = last_word(positions)
        if (
            topic is not Topic.GROUND_TROOPS
            or actor not in case.nations
            or actor == case.about.host
            or word is None
            or offices_differ(positions)
        ):
            continue
        if word.stance is Stance.EXCLUDES:
            refuse.append(word)
        elif word.rung is None and word.stance in {
            Stance.OPEN,
            Stance.SUPPORTS,
            Stance.CONDITIONAL,
        }:
            leave_open.append(word)
    return refuse, leave_open
