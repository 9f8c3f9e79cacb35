"""Whether each line of an option can be filled: by whom, by nobody, or only if somebody would."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind, LineBasis
from guarantor.quantity import Kind, Unit
from guarantor.supply.balance import LineBalance, balance
from guarantor.supply.capacity import Reading, general_range, units
from guarantor.supply.offers import refusals
from guarantor.supply.span import NOTHING, Span, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.case.case import Case
    from guarantor.case.records import Deal, Position
    from guarantor.supply.balance import Taken

PEOPLE = str(Unit.PEOPLE_DEPLOYED)


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
            self.verdict,
            (decided.span, decided.flip) if decided else None,
        )


def owners(case: Case) -> list[str]:
    """Return who could provide anything: owners of pools and providers, the host left out."""
    names = {pool.owner for pool in case.pools.values()}
    names |= {contribution.provider for contribution in case.contributions.values()}
    return sorted(names - {case.about.host})


def lines(case: Case, option: str, deal: Deal) -> Iterator[LineVerdict]:
    """Return the verdict on every line of an option under a deal."""
    for line in balance(case, option, deal):
        yield judge(case, line, deal)


def judge(case: Case, line: LineBalance, deal: Deal) -> LineVerdict:
    """Return the verdict on one line.

    It fails as "cannot" when even the high end of all nations is below the low end of the need, as
    "will not" when only those who refuse, or what the deal rules out, could fill it; it passes when
    the low end of the offers reaches the high end of the need.
    """
    offered = [*(taken.offer for taken in line.taken), *line.ruled_out]
    given = any(o.contribution.kind is ContributionKind.TRANSFER for o in offered)
    everyone, unknown = keep_out(case, line, given=given)
    refused = {} if given else refusals(case, line.need.line.band)
    refusing = {
        owner: word
        for owner, word in refused.items()
        if owner in everyone and everyone[owner].span.high > 0
    }
    found = LineVerdict(
        line, Verdict.OPEN, everyone, refusing, unknown, _barred(line, deal, given=given), None
    )
    verdict = _verdict(found)
    decider = _decider(line) if verdict is Verdict.OPEN else None
    return LineVerdict(line, verdict, everyone, refusing, unknown, found.barred, decider)


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
    if not given and not ruled and not line.taken:
        ruled |= set(bar(deal, line))
    return tuple(sorted(ruled))


def bar(deal: Deal, line: LineBalance) -> tuple[str, ...]:
    """Return the deal's bar on units that serve where the line does, whoever sends them."""
    return _bar_for(deal, line.need.line.band)


def keep_out(
    case: Case, line: LineBalance, *, given: bool
) -> tuple[dict[str, Reading], tuple[str, ...]]:
    """Return what each owner could keep out for a line, and the owners nobody has counted.

    A line of people is read from strengths, at least as high as what a nation itself offers; others
    are read from pools.
    """
    kind = line.need.line.capability
    by_people = case.capabilities[kind].unit == PEOPLE
    said: dict[str, Span] = {}
    for taken in line.taken:
        if taken.offer.said:
            owner = taken.offer.contribution.provider
            said[owner] = said.get(owner, NOTHING) + taken.offer.span
    found: dict[str, Reading] = {}
    unknown: list[str] = []
    for owner in owners(case):
        if by_people and owner not in case.nations:
            continue
        reading = (
            general_range(case, owner)
            if by_people
            else units(case, owner, kind, rotating=not given)
        )
        if reading is None:
            if by_people or any(
                p.owner == owner and p.capability == kind for p in case.pools.values()
            ):
                unknown.append(owner)
            continue
        found[owner] = _at_least_offered(reading, said.get(owner)) if by_people else reading
    return found, tuple(unknown)


def _at_least_offered(reading: Reading, said: Span | None) -> Reading:
    if said is None or said.high <= reading.span.high:
        return reading
    span = Span(reading.span.low, reading.span.best, said.high)
    return Reading(span, f"{reading.method}; its own offer where that is higher", reading.rests_on)


def _decider(line: LineBalance) -> Decider | None:
    """Return the judged quantity that decides a line, or a reported range when none is judged.

    Those whose flip value lies in their own range come first, then the widest.
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
        key=lambda d: (d.judged, d.within, d.span.high - d.span.low),
        default=None,
    )


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict of a whole of which each part must pass: the gravest of them."""
    order = (Verdict.CANNOT, Verdict.WILL_NOT, Verdict.FAILS, Verdict.OPEN, Verdict.PASSES)
    return min(verdicts, key=order.index, default=Verdict.OPEN)
