"""Whether each line of an option can be filled: by whom, by nobody, or only if somebody would."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind, LineBasis
from guarantor.quantity import Kind, Unit
from guarantor.supply.balance import LineBalance, balance
from guarantor.supply.capacity import Reading, general_range, latest_pool, units
from guarantor.supply.offers import BAR, bars, refusals
from guarantor.supply.span import NOTHING, Span, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.case.case import Case
    from guarantor.case.records import Deal, Position
    from guarantor.case.words import Band
    from guarantor.supply.balance import Taken


class Verdict(StrEnum):
    """What can be said of a line, or of a whole option under one criterion."""

    PASSES = "passes"
    CANNOT = "fails: cannot"
    WILL_NOT = "fails: will not"
    FAILS = "fails"
    OPEN = "not decidable from public data"


@dataclass(frozen=True, slots=True)
class Decider:
    """The quantity on which an undecided line hangs, and the value at which it would be filled.

    taken is the contribution, or None when it is the need itself. within says whether the value
    lies inside the quantity's own range.
    """

    taken: Taken | None
    span: Span
    flip: float
    judged: bool

    @property
    def within(self) -> bool:
        """Return whether the flip value lies in the range of the quantity."""
        return self.span.low <= self.flip <= self.span.high


@dataclass(frozen=True, slots=True)
class LineVerdict:
    """One line: its verdict, and what all nations and those that do not refuse could keep out.

    everyone and willing are by owner; unknown names the owners whose units nobody has counted.
    """

    line: LineBalance
    verdict: Verdict
    everyone: Mapping[str, Reading]
    refusing: Mapping[str, Position]
    unknown: tuple[str, ...]
    barred: tuple[str, ...]
    decider: Decider | None

    @property
    def all_nations(self) -> Span:
        """Return what all nations together could keep out."""
        return total(reading.span for reading in self.everyone.values())

    @property
    def willing(self) -> Span:
        """Return what the nations that do not refuse could keep out."""
        return total(r.span for owner, r in self.everyone.items() if owner not in self.refusing)

    @property
    def numbers(self) -> tuple[object, ...]:
        """Return every number that the line shows, to see whether a change reaches one of them."""
        line = self.line
        decided = self.decider
        return (
            line.need.span,
            *(line.firm, line.said, line.possible),
            *((self.all_nations, self.willing) if self.everyone else ()),
            (decided.span, decided.flip) if decided else None,
        )


def owners(case: Case) -> list[str]:
    """Return who could provide anything: owners of pools and providers, the host left out."""
    names = {pool.owner for pool in case.pools.values()}
    names |= {contribution.provider for contribution in case.contributions.values()}
    return sorted(names - {case.about.host})


@dataclass
class Means:
    """What each owner could keep out of each kind of unit, worked out once for a case."""

    case: Case
    readings: dict[tuple[str, str, bool], Reading | None] = field(default_factory=dict)
    words: dict[Band, dict[str, Position]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)

    def owners(self) -> list[str]:
        """Return who could provide anything."""
        if not self.names:
            self.names = owners(self.case)
        return self.names

    def of(self, owner: str, kind: str, *, given: bool) -> Reading | None:
        """Return what an owner could keep out, from its strength for people, else from its pool."""
        key = (owner, kind, given)
        if key not in self.readings:
            if counts_people(self.case, kind):
                known = owner in self.case.nations
                self.readings[key] = general_range(self.case, owner) if known else None
            else:
                self.readings[key] = units(self.case, owner, kind, rotating=not given)
        return self.readings[key]

    def refusing(self, band: Band) -> dict[str, Position]:
        """Return the nations that refuse soldiers in a band, with their word."""
        if band not in self.words:
            self.words[band] = refusals(self.case, band)
        return self.words[band]


def counts_people(case: Case, kind: str) -> bool:
    """Return whether a capability is counted in people, and not in units that somebody owns."""
    return case.capabilities[kind].unit == Unit.PEOPLE_DEPLOYED


def lines(case: Case, option: str, deal: Deal, means: Means | None = None) -> Iterator[LineVerdict]:
    """Return the verdict on every line of an option under a deal."""
    means = means or Means(case)
    for line in balance(case, option, deal):
        yield judge(means, line, deal)


def judge(means: Means, line: LineBalance, deal: Deal) -> LineVerdict:
    """Return the verdict on one line.

    It fails as "cannot" when even the high end of all nations is below the low end of the need, as
    "will not" when only those who refuse, or what the deal rules out, could fill it; it passes when
    the low end of the offers reaches the high end of the need.
    """
    offered = [*(taken.offer for taken in line.taken), *line.ruled_out]
    given = any(o.contribution.kind is ContributionKind.TRANSFER for o in offered)
    everyone, unknown = keep_out(means, line, given=given)
    refusing = {
        owner: word
        for owner, word in ({} if given else means.refusing(line.need.line.band)).items()
        if owner in everyone and everyone[owner].span.high > 0
    }
    barred = _barred(line, deal, given=given)
    found = LineVerdict(line, Verdict.OPEN, everyone, refusing, unknown, barred, None)
    verdict = _verdict(found)
    decider = _decider(line) if verdict is Verdict.OPEN else None
    return replace(found, verdict=verdict, decider=decider)


def _verdict(found: LineVerdict) -> Verdict:
    line, need = found.line, found.line.need.span
    if need is None:
        return Verdict.OPEN
    if line.possible.low >= need.high:
        return Verdict.PASSES
    if found.everyone and found.all_nations.high < need.low:
        return Verdict.CANNOT
    if found.barred and line.possible.high < need.low:
        return Verdict.WILL_NOT
    if found.everyone and found.willing.high < need.low:
        return Verdict.WILL_NOT
    return Verdict.OPEN


def _barred(line: LineBalance, deal: Deal, *, given: bool) -> tuple[str, ...]:
    """Return what in the deal stands against the line: a bar on forces, or conditions not met."""
    ruled = {reason for offer in line.ruled_out for reason in offer.failed}
    if not given and bars(deal, line.need.line.band):
        ruled.add(BAR)
    return tuple(sorted(ruled))


def keep_out(
    means: Means, line: LineBalance, *, given: bool
) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Return what each owner could keep out for a line, and the owners nobody has counted.

    A line of people is read from strengths, at least as high as what a nation itself offers; others
    are read from pools.
    """
    case, kind = means.case, line.need.line.capability
    by_people = counts_people(case, kind)
    said = said_by(line)
    found: dict[str, Reading] = {}
    unknown: list[str] = []
    for owner in means.owners():
        reading = means.of(owner, kind, given=given)
        if reading is not None:
            found[owner] = _at_least_offered(reading, said.get(owner)) if by_people else reading
        elif owner in case.nations and (by_people or latest_pool(case, owner, kind)):
            unknown.append(owner)
    return found, tuple(unknown)


def said_by(line: LineBalance) -> dict[str, Span]:
    """Return what each provider has itself said it would bring to a line."""
    said: dict[str, Span] = {}
    for taken in line.taken:
        if taken.offer.said:
            owner = taken.offer.contribution.provider
            said[owner] = said.get(owner, NOTHING) + taken.offer.span
    return said


def _at_least_offered(reading: Reading, said: Span | None) -> Reading:
    if said is None or said.high <= reading.span.high:
        return reading
    span = Span(reading.span.low, reading.span.best, said.high)
    return Reading(span, f"{reading.method}; its own offer where that is higher", reading.rests_on)


def _decider(line: LineBalance) -> Decider | None:
    """Return the quantity that decides a line.

    Those whose flip value lies in their own range come first, then judged ones, then the widest.
    """
    need = line.need.span
    if need is None:
        return None
    found = [
        Decider(
            taken,
            taken.span,
            need.best - (line.possible.best - taken.span.best),
            taken.offer.contribution.basis is not Kind.REPORTED,
        )
        for taken in line.taken
    ]
    judged_need = line.need.line.basis is not LineBasis.STATED
    found.append(Decider(None, need, line.possible.best, judged_need))
    open_ones = [d for d in found if d.span.high > d.span.low]
    return max(
        open_ones,
        key=lambda d: (d.within, d.judged, d.span.high - d.span.low),
        default=None,
    )


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole of which each part must pass: the gravest of them."""
    order = (Verdict.CANNOT, Verdict.WILL_NOT, Verdict.FAILS, Verdict.OPEN, Verdict.PASSES)
    return min(verdicts, key=order.index, default=Verdict.OPEN)
