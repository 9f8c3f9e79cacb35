"""A case as the programme reads it: lines, sources of units, pools and periods, numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil, floor
from typing import TYPE_CHECKING, Literal

from guarantor.case.words import Condition, ContributionKind, Phase, Rung
from guarantor.supply.capacity import latest_pool, units
from guarantor.supply.feasibility import Means, counts_people
from guarantor.supply.money import whole_months
from guarantor.supply.needs import Need, needs
from guarantor.supply.offers import (
    Counts,
    Offer,
    bars,
    conditions,
    offers,
)
from guarantor.supply.shares import UNITED_STATES
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution
    from guarantor.supply.capacity import Reading

End = Literal["low", "best", "high"]
WHOLE = 1e-9
"""What a unit may miss and still be whole: rounding of sums, and nothing else."""
DAYS_IN_A_MONTH = 365.25 / 12
PEOPLE = "people"
"""The pool that all capabilities counted in people share: a soldier serves in one place."""
LINKED = {Condition.AMERICAN_SUPPORT.value, Condition.EUROPEAN_FORCE.value}
"""Conditions that the assignment itself meets or does not."""
AT_THE_TOP = Rung.DEPLOYED.height
UNSAID, TO_ASK = AT_THE_TOP + 1, AT_THE_TOP + 2
"""Firmness lost by what an analyst judges, and by what nobody has spoken of."""


class Reach(StrEnum):
    """How far the programme may reach for units; each holds the one before it."""

    CONFIRMED = "confirmed"
    SAID = "said"
    POSSIBLE = "possible"
    OWNED = "owned and not refused"

    def holds(self, offer: Offer) -> bool:
        """Return whether an offer is within reach."""
        if self is Reach.CONFIRMED:
            return offer.firm
        return self is not Reach.SAID or offer.said or offer.firm


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the programme: what it asks, in the unit of its capability, from when to when.

    stated is false where nobody has said how many: the line then asks at least one.
    """

    need: Need
    asked: float
    stated: bool
    starts: int
    ends: int

    @property
    def id(self) -> str:
        """Return the key of the line."""
        return self.need.line.id

    @property
    def capability(self) -> str:
        """Return the kind of unit."""
        return self.need.line.capability


@dataclass(frozen=True, slots=True)
class Source:
    """Whole units that one provider could put on one line: a contribution, or what is to be asked.

    amount: whole units of the contribution, over all lines; without end for what is to be asked,
    which only the pool holds back. conditions: those that the assignment itself decides.
    """

    key: str
    provider: str
    line: int
    capability: str
    contribution: Contribution | None
    amount: float
    arrives: int
    ends: int
    loss: int
    conditions: frozenset[str]

    @property
    def given(self) -> bool:
        """Return whether the units are given for good."""
        return self.contribution is not None and (
            self.contribution.kind is ContributionKind.TRANSFER
        )

    @property
    def draws(self) -> bool:
        """Return whether the units come out of a pool; shared support and trainers do not."""
        return self.contribution is None or self.contribution.kind in {
            ContributionKind.DEPLOY,
            ContributionKind.TRANSFER,
        }


@dataclass(frozen=True, slots=True)
class PoolRoom:
    """What a provider has of one kind: free units, and how many it holds for each one out."""

    provider: str
    kind: str
    free: float
    slots: float
    reading: Reading


@dataclass(frozen=True)
class Tables:
    """One option under one deal, ready for the programme.

    end: whether supply is taken at its best, low or high value; needs are taken at the other end.
    per_unit: units of the second kind that one of the first needs; only where the option has a line
    of the second. factor: work of the first kind that one spare unit of the second does.
    """

    case: Case
    option: str
    deal: Deal
    reach: Reach
    end: End
    horizon: int
    lines: tuple[Line, ...]
    sources: tuple[Source, ...]
    pools: tuple[PoolRoom, ...]
    periods: tuple[tuple[int, int], ...]
    per_unit: dict[tuple[str, str], float]
    factor: dict[tuple[str, str], float]
    unnumbered: tuple[Need, ...]
    uncounted: tuple[tuple[str, str], ...]

    def months(self, period: int) -> int:
        """Return the length of a period."""
        begin, end = self.periods[period]
        return end - begin

    def active(self, line: Line, period: int) -> bool:
        """Return whether a line stands in a period."""
        return line.starts <= self.periods[period][0] < line.ends

    def there(self, source: Source, period: int) -> bool:
        """Return whether a source could be on its line in a period."""
        begin = self.periods[period][0]
        line = self.lines[source.line]
        stands = line.starts <= begin if source.given else self.active(line, period)
        return stands and source.arrives <= begin < source.ends

    def pool_of(self, source: Source) -> tuple[str, str]:
        """Return the pool that a source draws from."""
        people = counts_people(self.case, source.capability)
        return source.provider, PEOPLE if people else source.capability

    def without(self, keep: Iterable[bool]) -> Tables:
        """Return the tables with those sources only that are kept."""
        pairs = zip(self.sources, keep, strict=True)
        return replace(self, sources=tuple(source for source, kept in pairs if kept))


def other_end(end: End) -> End:
    """Return the end at which needs are taken when supply is taken at this one."""
    ends: dict[End, End] = {"low": "high", "best": "best", "high": "low"}
    return ends[end]


def value(span: Span, end: End) -> float:
    """Return one end of a span."""
    return float(getattr(span, end))


def whole(amount: float) -> float:
    """Return the whole units in an amount."""
    return float(floor(amount + WHOLE))


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
    pools = _pools(means, stand, sources, end)
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
            whole_months(contribution.ends, _ENDLESS),
            UNSAID if rung is None else AT_THE_TOP - rung.height,
            frozenset(offer.open) & LINKED,
        )


_ENDLESS = 10_000


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
        if (room := _room(means, owner, kind, end)) is None:
            if owner in case.nations and latest_pool(case, owner, kind):
                unknown.append(owner)
            continue
        if whole(room.free / room.slots) < 1:
            continue
        words = {
            frozenset(c.value for c in contribution.conditions) & LINKED
            for contribution in case.contributions.values()
            if contribution.provider == owner
            and contribution.capability == kind
            and contribution.kind is ContributionKind.DEPLOY
        }
        linked = frozenset.intersection(*words) if words else frozenset()
        found.append(
            Source(
                f"ask-{owner}-{line.id}",
                owner,
                number,
                kind,
                None,
                float("inf"),
                arrives,
                _ENDLESS,
                TO_ASK,
                linked,
            )
        )
    return found, unknown


def _room(means: Means, owner: str, kind: str, end: End) -> PoolRoom | None:
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


def _pools(
    means: Means, lines: tuple[Line, ...], sources: list[Source], end: End
) -> Iterator[PoolRoom]:
    """Return the pools that the sources draw on.

    A pool of people holds at least what its nation has itself said that it would bring.
    """
    case = means.case
    pairs = {(s.provider, s.capability): None for s in sources if s.draws}
    seen: set[tuple[str, str]] = set()
    for owner, kind in pairs:
        room = _room(means, owner, kind, end)
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
    return tuple(zip(inside, inside[1:], strict=False))


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


def american(source: Source) -> bool:
    """Return whether a source is American."""
    return source.provider == UNITED_STATES
