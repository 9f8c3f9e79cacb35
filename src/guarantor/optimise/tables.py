"""A case as the programme reads it: lines, sources of units, pools and periods, numbered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING, Literal

from guarantor.case.words import Condition, ContributionKind, Rung
from guarantor.supply.feasibility import counts_people
from guarantor.supply.shares import UNITED_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution
    from guarantor.supply.capacity import Reading
    from guarantor.supply.needs import Need
    from guarantor.supply.offers import Offer
    from guarantor.supply.span import Span

End = Literal["low", "best", "high"]
WHOLE = 1e-9
"""What a unit may miss and still be whole: rounding of sums, and nothing else."""
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


def american(source: Source) -> bool:
    """Return whether a source is American."""
    return source.provider == UNITED_STATES
