"""Gathers the tables of an option from a case: its lines, who could bring what, and the pools."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind, Phase
from guarantor.optimise.tables import (
    AT_THE_TOP,
    LINKED,
    PEOPLE,
    TO_ASK,
    UNSAID,
    WHOLE,
    Line,
    PoolRoom,
    Reach,
    Source,
    Tables,
    other_end,
    value,
    whole,
)
from guarantor.supply.capacity import latest_pool, units
from guarantor.supply.feasibility import Means, counts_people
from guarantor.supply.money import whole_months
from guarantor.supply.needs import Need, needs
from guarantor.supply.offers import Counts, Offer, bars, conditions, offers
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.optimise.tables import End

DAYS_IN_A_MONTH = 365.25 / 12
ENDLESS = 10_000
"""A month that lies beyond every horizon."""


def tables(
    case: Case,
    option: str,
    deal: Deal,
    reach: Reach,
    *,
    end: End = "best",
    horizon: int,
    means: Means | None = None,
    lines: tuple[Line, ...] | None = None,
) -> Tables:
    """Return the tables of an option; lines replaces its own lines, where an aim asks others."""
    means = means or Means(case)
    own, unnumbered = _lines(case, option, deal, end, horizon)
    stand = own if lines is None else lines
    sources = [s for n, line in enumerate(stand) for s in _offered(case, n, line, deal, reach, end)]
    sources = [replace(s, ends=min(s.ends, horizon)) for s in sources]
    uncounted: list[tuple[str, str]] = []
    if reach is Reach.OWNED:
        for number, line in enumerate(stand):
            found, unknown = _asked(means, number, line, deal, sources, end)
            sources += [replace(s, ends=min(s.ends, horizon)) for s in found]
            uncounted += [(owner, line.capability) for owner in unknown]
    pools = _pools(means, sources, end)
    kinds = {line.capability for line in stand}
    return Tables(
        case,
        option,
        deal,
        reach,
        end,
        horizon,
        stand,
        tuple(sources),
        tuple(pools),
        _periods(stand, sources, horizon),
        dict(_per_unit(case, kinds, end)),
        dict(_factors(case, kinds, end)),
        unnumbered,
        tuple(dict.fromkeys(uncounted)),
    )


def _lines(
    case: Case, option: str, deal: Deal, end: End, horizon: int
) -> tuple[tuple[Line, ...], tuple[Need, ...]]:
    """Return the lines that stand while the deal holds, and those whose number nobody has said.

    A line without a number beside a numbered one of the same kind and band is that line in other
    words, and asks nothing of its own; any other asks at least one.
    """
    found: list[Line] = []
    unnumbered: list[Need] = []
    every = [need for need in needs(case, option) if _stands(need, deal)]
    numbered = {(n.line.capability, n.line.band) for n in every if n.span is not None}
    for need in every:
        begin, last = whole_months(need.line.starts, 0), whole_months(need.line.ends, horizon)
        begin, last = min(begin, horizon), min(last, horizon)
        if need.span is None:
            unnumbered.append(need)
            if (need.line.capability, need.line.band) not in numbered:
                found.append(Line(need, 1.0, False, begin, last))
            continue
        asked = value(need.span, other_end(end))
        if asked > WHOLE:
            found.append(Line(need, asked, True, begin, last))
    return tuple(found), tuple(unnumbered)


def _stands(need: Need, deal: Deal) -> bool:
    phase = need.line.phase
    if phase is Phase.BEFORE_CEASEFIRE or phase is Phase.BREACH:
        return not deal.ceasefire
    return phase is not Phase.EXIT


def _offered(
    case: Case, number: int, line: Line, deal: Deal, reach: Reach, end: End
) -> Iterator[Source]:
    """Return the contributions within reach that a line can take, in whole units."""
    for offer in (*offers(case, line.need, deal), *_shared(case, line.need, deal)):
        contribution = offer.contribution
        amount = whole(value(offer.span, end))
        if offer.state is Counts.FAILED or not reach.holds(offer) or amount <= 0:
            continue
        rung = contribution.rung
        yield Source(
            contribution.id,
            contribution.provider,
            number,
            contribution.capability,
            contribution,
            amount,
            whole_months(contribution.starts, 0),
            whole_months(contribution.ends, ENDLESS),
            UNSAID if rung is None else AT_THE_TOP - rung.height,
            frozenset(offer.open) & LINKED,
        )


def _shared(case: Case, need: Need, deal: Deal) -> Iterator[Offer]:
    """Return shared support, put as the units whose work it does, that a line can take."""
    for contribution in case.contributions.values():
        if (
            contribution.kind is ContributionKind.SHARE
            and contribution.capability == need.line.capability
            and need.line.band in contribution.bands
            and (not contribution.options or need.option in contribution.options)
        ):
            open_, failed = conditions(contribution, need.line.band, deal)
            state = Counts.FAILED if failed else Counts.OPEN if open_ else Counts.MET
            span = Span.of(contribution.quantity) or NOTHING
            yield Offer(contribution, span, state, open_, failed)


def _asked(
    means: Means, number: int, line: Line, deal: Deal, offered: list[Source], end: End
) -> tuple[list[Source], list[str]]:
    """Return what each owner that does not refuse could be asked for, and owners nobody counted.

    It is asked for once the offers to the line are in, or its notice later, and keeps the linked
    conditions that the nation has put on its own offers of that kind.
    """
    case, band, kind = means.case, line.need.line.band, line.capability
    if bars(deal, band):
        return [], []
    refusing = means.refusing(band)
    mine = [source for source in offered if source.line == number]
    span = case.capabilities[kind].notice
    notice = Span.of(span.quantity) if span is not None else None
    days = value(notice, other_end(end)) if notice is not None else 0.0
    arrives = max((ceil(days / DAYS_IN_A_MONTH), *(source.arrives for source in mine)))
    found, unknown = [], []
    for owner in means.owners():
        if owner in refusing:
            continue
        if (room := room_of(means, owner, kind, end)) is None:
            if owner in case.nations and latest_pool(case, owner, kind):
                unknown.append(owner)
            continue
        if whole(room.free / room.slots) < 1:
            continue
        found.append(ask_of(case, owner, number, line, arrives))
    return found, unknown


def ask_of(case: Case, owner: str, number: int, line: Line, arrives: int) -> Source:
    """Return what an owner could be asked for on a line.

    It keeps the linked conditions that the owner has put on its own offers of that kind.
    """
    words = {
        frozenset(c.value for c in contribution.conditions) & LINKED
        for contribution in case.contributions.values()
        if contribution.provider == owner
        and contribution.capability == line.capability
        and contribution.kind is ContributionKind.DEPLOY
    }
    linked = frozenset.intersection(*words) if words else frozenset()
    return Source(
        f"ask-{owner}-{line.id}",
        owner,
        number,
        line.capability,
        None,
        float("inf"),
        arrives,
        ENDLESS,
        TO_ASK,
        linked,
    )


def room_of(means: Means, owner: str, kind: str, end: End) -> PoolRoom | None:
    """Return what an owner has free of a kind, with the units held for each one out."""
    case = means.case
    if counts_people(case, kind):
        reading = means.of(owner, kind, given=False)
        if reading is None:
            return None
        return PoolRoom(owner, PEOPLE, value(reading.span, end), 1.0, reading)
    reading = units(case, owner, kind, rotating=False)
    if reading is None:
        return None
    slots = case.capabilities[kind].slots
    span = Span.of(slots.quantity) if slots else None
    each = value(span, other_end(end)) if span is not None else 1.0
    return PoolRoom(owner, kind, value(reading.span, end), each, reading)


def _pools(means: Means, sources: list[Source], end: End) -> Iterator[PoolRoom]:
    """Return the pools that the sources draw on.

    A pool of people holds at least what its nation has itself said that it would bring.
    """
    case = means.case
    pairs = {(s.provider, s.capability): None for s in sources if s.draws}
    seen: set[tuple[str, str]] = set()
    for owner, kind in pairs:
        room = room_of(means, owner, kind, end)
        if room is None or (owner, room.kind) in seen:
            continue
        seen.add((owner, room.kind))
        if room.kind == PEOPLE:
            said = {
                source.key: source.amount
                for source in sources
                if source.provider == owner
                and source.draws
                and source.contribution is not None
                and counts_people(case, source.capability)
            }
            room = replace(room, free=max(room.free, sum(said.values())))
        yield room


def _periods(
    lines: Iterable[Line], sources: Iterable[Source], horizon: int
) -> tuple[tuple[int, int], ...]:
    """Return the stretches of months in which nothing about lines and sources changes."""
    cuts = {0, horizon}
    for each in lines:
        cuts |= {each.starts, each.ends}
    for source in sources:
        cuts |= {source.arrives, source.ends}
    inside = sorted(cut for cut in cuts if 0 <= cut <= horizon)
    return tuple(pairwise(inside))


def _per_unit(
    case: Case, kinds: Iterable[str], end: End
) -> Iterator[tuple[tuple[str, str], float]]:
    here = set(kinds)
    for kind in sorted(here):
        for need in case.capabilities[kind].needs:
            span = Span.of(need.per_unit.quantity)
            if need.capability in here and span is not None:
                yield (kind, need.capability), value(span, other_end(end))


def _factors(case: Case, kinds: Iterable[str], end: End) -> Iterator[tuple[tuple[str, str], float]]:
    here = set(kinds)
    for kind in sorted(here):
        for stand_in in case.capabilities[kind].stood_in_by:
            span = Span.of(stand_in.factor.quantity)
            if stand_in.capability in here and span is not None:
                yield (kind, stand_in.capability), value(span, end)


def uncounted_kinds(tables: Tables) -> tuple[str, ...]:
    """Return the kinds of unit on the lines of which no owner's number is on record."""
    case = tables.case
    counted = {pool.capability for pool in case.pools.values()}
    return tuple(
        dict.fromkeys(
            line.capability
            for line in tables.lines
            if line.capability not in counted and not counts_people(case, line.capability)
        )
    )
