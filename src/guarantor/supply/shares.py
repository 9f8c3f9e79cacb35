"""What nations would bring to an option, counted once, and whose share of it is how large."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind
from guarantor.quantity import Unit
from guarantor.supply.offers import ON_HOST_SOIL
from guarantor.supply.span import NOTHING, Span, total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from guarantor.case.case import Case
    from guarantor.case.supply import Contribution
    from guarantor.supply.balance import LineBalance, Taken
    from guarantor.supply.needs import Need
    from guarantor.supply.offers import Offer

UNITED_STATES = "USA"


class Level(StrEnum):
    """How firm what is counted is; each level holds the one before it."""

    CONFIRMED = "confirmed"
    SAID = "said"
    POSSIBLE = "possible"

    def holds(self, offer: Offer) -> bool:
        """Return whether an offer is at least so firm."""
        return offer.firm or self is Level.POSSIBLE or (self is Level.SAID and offer.said)


class Party(StrEnum):
    """Whose share it is."""

    EUROPE = "Europe"
    UNITED_STATES = "United States"
    HOST = "host"
    OTHERS = "others"


class Role(StrEnum):
    """Whether a share is that of who provides, or of who pays."""

    PROVIDER = "provider"
    PAYER = "payer"


@dataclass(frozen=True, slots=True)
class Brought:
    """What one line uses of one contribution, in the unit of the line's capability."""

    need: Need
    taken: Taken
    span: Span

    @property
    def contribution(self) -> Contribution:
        """Return the contribution."""
        return self.taken.offer.contribution


@dataclass(frozen=True, slots=True)
class Part:
    """One contribution's part of a whole: who provides it, who pays, how much, and what it is."""

    provider: str
    payer: str
    span: Span
    contribution: Contribution

    def actor(self, role: Role) -> str:
        """Return who stands in a role."""
        return self.provider if role is Role.PROVIDER else self.payer


@dataclass(frozen=True, slots=True)
class Share:
    """A per cent with its ends; best is None where the whole is nothing at its best value."""

    low: float
    best: float | None
    high: float


def brought(lines: Iterable[LineBalance], level: Level) -> list[Brought]:
    """Return what the lines use of the contributions that are at least so firm.

    A line uses no more than it asks, end by end: the confirmed first, then what was said, then the
    rest; what exceeds it is cut from all of one firmness alike. What one line uses, no other does:
    lines with a number are served first, in order, and those without one take what is left.
    """
    left: dict[str, Span] = {}
    found: list[Brought] = []
    for line in sorted(lines, key=lambda line: line.need.span is None):
        asked = line.need.span
        for firmness in Level:
            held = [
                (taken, taken.span.at_most(left.get(taken.offer.contribution.id, taken.span)))
                for taken in line.taken
                if _firmness(taken.offer) is firmness
            ]
            offered = total(span for _, span in held)
            part = _used(offered, asked)
            asked = _rest(asked, offered * part) if asked is not None else None
            for taken, span in held:
                used = span * part
                left[taken.offer.contribution.id] = _rest(span, used)
                if max(used.low, used.best, used.high) > 0:
                    found.append(Brought(line.need, taken, _ordered(used)))
            if firmness is level:
                break
    return found


def _firmness(offer: Offer) -> Level:
    return next(level for level in Level if level.holds(offer))


def _used(offered: Span, asked: Span | None) -> Span:
    """Return the part of what is offered that a line uses, end by end."""
    if asked is None:
        return Span.exactly(1)
    ends = ((offered.low, asked.low), (offered.best, asked.best), (offered.high, asked.high))
    return Span(*(min(1.0, need / offer) if offer > 0 else 1.0 for offer, need in ends))


def _rest(span: Span, used: Span) -> Span:
    """Return what is left when each end has used its own."""
    return Span(span.low - used.low, span.best - used.best, span.high - used.high).at_least(0)


def _ordered(span: Span) -> Span:
    """Return a span whose ends lie on both sides of its best, where a cut has crossed them."""
    return Span(min(span.low, span.best, span.high), span.best, max(span.low, span.best, span.high))


def people_in(case: Case, capability: str, number: Span) -> Span | None:
    """Return the people in so many of a capability, with the support behind them.

    Units × (people in one + people behind one); a headcount is itself. None when nobody has said
    how many people one takes.
    """
    kind = case.capabilities[capability]
    if kind.unit == Unit.PEOPLE_DEPLOYED:
        return number
    inside = Span.of(kind.people.quantity) if kind.people else None
    behind = Span.of(kind.support.quantity) if kind.support else None
    return None if inside is None else number * (inside + (behind or NOTHING))


def once(case: Case, items: Sequence[Brought]) -> list[Brought]:
    """Return the entries without those whose people another entry of the same nation holds.

    A nation's headcount of soldiers may hold the people of the units it sends to the same band. No
    source takes them apart, so that one of the two counts: what was said before what is judged,
    and else the larger at best.
    """
    groups: dict[tuple[str, str], tuple[list[Brought], list[Brought]]] = {}
    dropped: set[int] = set()
    for item in items:
        if item.contribution.kind is not ContributionKind.DEPLOY:
            continue
        key = (item.contribution.provider, item.need.line.band.value)
        counts = case.capabilities[item.contribution.capability].unit == Unit.PEOPLE_DEPLOYED
        groups.setdefault(key, ([], []))[0 if counts else 1].append(item)
    for heads, others in groups.values():
        if heads and others:
            smaller = others if _weight(case, heads) >= _weight(case, others) else heads
            dropped.update(id(item) for item in smaller)
    return [item for item in items if id(item) not in dropped]


def _weight(case: Case, items: Sequence[Brought]) -> tuple[bool, float, float]:
    # before a line cuts what exceeds it, so that a small line does not turn the comparison
    sums = total(
        people_in(case, item.contribution.capability, item.taken.span) or NOTHING for item in items
    )
    return any(Level.SAID.holds(item.taken.offer) for item in items), sums.best, sums.high


def people(case: Case, items: Sequence[Brought]) -> list[Part]:
    """Return the people by contribution; who is given a unit brings and pays its crews."""
    return [
        _part_of(case, item, span)
        for item in once(case, items)
        if (span := people_in(case, item.contribution.capability, item.span)) is not None
    ]


def at_risk(case: Case, items: Sequence[Brought]) -> list[Part]:
    """Return the people who would serve on the host's soil: in the bands line and rear."""
    return people(case, [item for item in items if item.need.line.band in ON_HOST_SOIL])


def uncounted(case: Case, items: Sequence[Brought]) -> list[Brought]:
    """Return the entries whose people are not on record."""
    return [
        item
        for item in once(case, items)
        if people_in(case, item.contribution.capability, item.span) is None
    ]


def _part_of(case: Case, item: Brought, span: Span) -> Part:
    contribution = item.contribution
    if contribution.kind is ContributionKind.TRANSFER:
        return Part(case.about.host, case.about.host, span, contribution)
    return Part(contribution.provider, contribution.payer, span, contribution)


def unit_lines(
    case: Case, items: Sequence[Brought], *, enablers: bool = False
) -> dict[str, list[Part]]:
    """Return the parts of each line, by its key: lines counted in units, or lines of enablers."""
    found: dict[str, list[Part]] = {}
    for item in items:
        kind = case.capabilities[item.contribution.capability]
        if kind.enabler if enablers else kind.unit != Unit.PEOPLE_DEPLOYED:
            contribution = item.contribution
            found.setdefault(item.need.line.id, []).append(
                Part(contribution.provider, contribution.payer, item.span, contribution)
            )
    return found


def definitions(case: Case) -> tuple[str, ...]:
    """Return the groups that are definitions of Europe."""
    return tuple(name for name, group in case.groups.items() if group.europe)


def party(case: Case, actor: str, europe: AbstractSet[str]) -> Party:
    """Return the party of a nation or group, Europe being the nations given.

    A group is Europe's when all its members are; a group of mixed membership is among the others.
    """
    if actor == case.about.host:
        return Party.HOST
    if actor == UNITED_STATES:
        return Party.UNITED_STATES
    members = {actor} if actor in case.nations else set(case.members(actor))
    return Party.EUROPE if members and members <= europe else Party.OTHERS


def shares(parts: Iterable[Part], of: Callable[[Part], Party]) -> dict[Party, Share] | None:
    """Return the share of each party in the whole; None when the whole is nothing.

    The best shares sum to 100. A low end sets the party's own low against the others' high, and
    the reverse.
    """
    sums = dict.fromkeys(Party, NOTHING)
    for part in parts:
        whose = of(part)
        sums[whose] = sums[whose] + part.span
    whole = total(sums.values())
    if whole.high <= 0:
        return None
    found = {}
    for whose, own in sums.items():
        rest = total(span for other, span in sums.items() if other is not whose)
        found[whose] = Share(
            _percent(own.low, rest.high, own.high),
            _percent(own.best, rest.best, 0) if whole.best > 0 else None,
            _percent(own.high, rest.low, own.high),
        )
    return found


def _percent(own: float, rest: float, ever: float) -> float:
    """Return own as a per cent of own and rest; where both are nothing, all goes to who may come.

    ever: the most that the party could bring.
    """
    if own + rest > 0:
        return 100 * own / (own + rest)
    return 100.0 if ever > 0 else 0.0


def average(lines: Iterable[dict[Party, Share] | None]) -> dict[Party, Share] | None:
    """Return the mean of the shares in several lines, each line counting the same.

    Lines to which nothing comes at best are left out while others are there. None without a line.
    """
    held = [line for line in lines if line is not None]
    sure = [line for line in held if line[Party.EUROPE].best is not None]
    counted = sure or held
    if not counted:
        return None
    return {
        whose: Share(
            sum(line[whose].low for line in counted) / len(counted),
            sum(line[whose].best or 0 for line in counted) / len(counted) if sure else None,
            sum(line[whose].high for line in counted) / len(counted),
        )
        for whose in Party
    }
