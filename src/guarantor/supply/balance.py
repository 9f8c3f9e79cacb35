"""Need against supply for one option under one deal: what is firm, said, possible and missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guarantor.case.words import ContributionKind
from guarantor.supply.capacity import Reading, units
from guarantor.supply.needs import Need, needs
from guarantor.supply.offers import Counts, Offer, offers
from guarantor.supply.span import NOTHING, Span, total

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.case.records import Deal


@dataclass(frozen=True, slots=True)
class Taken:
    """What a line takes of an offer, after what the provider can keep out is used up elsewhere."""

    offer: Offer
    span: Span
    capacity: Reading | None


@dataclass(frozen=True, slots=True)
class LineBalance:
    """One line: what it asks, and what is firm, said and possible for it.

    Each counts the one before it; possible adds what an analyst judges nations could do. Offers
    that the deal rules out are in `ruled_out` and count nowhere.
    """

    need: Need
    firm: Span
    said: Span
    possible: Span
    taken: tuple[Taken, ...]
    ruled_out: tuple[Offer, ...]

    @property
    def gap(self) -> Span | None:
        """Return what stays unfilled when everything possible comes; None without a number."""
        if self.need.span is None:
            return None
        return (self.need.span - self.possible).at_least(0)


@dataclass
class _Left:
    """What each nation still has of each capability, so that a unit serves in one place."""

    case: Case
    spans: dict[tuple[str, str], Span | None] = field(default_factory=dict)
    readings: dict[tuple[str, str], Reading | None] = field(default_factory=dict)

    def take(self, offer: Offer) -> Taken:
        """Return what of an offer the provider can still keep out, and use that up."""
        contribution = offer.contribution
        key = (contribution.provider, contribution.capability)
        if contribution.kind is not ContributionKind.DEPLOY:
            return Taken(offer, offer.span, None)
        if key not in self.spans:
            self.readings[key] = reading = units(self.case, *key)
            self.spans[key] = reading.span if reading else None
        left = self.spans[key]
        span = offer.span if left is None else offer.span.at_most(left)
        if left is not None:
            # what one line takes at an end is gone at that end
            self.spans[key] = Span(
                left.low - span.low, left.best - span.best, left.high - span.high
            )
        return Taken(offer, span, self.readings[key])


def balance(case: Case, option: str, deal: Deal) -> list[LineBalance]:
    """Return the balance of every line of an option under a deal, in the order of its file.

    The firmest offers are taken first, and lines are served in order.
    """
    left = _Left(case)
    found = []
    for need in needs(case, option):
        listed = list(offers(case, need, deal))
        able = [offer for offer in listed if offer.state is not Counts.FAILED]
        able.sort(key=lambda o: (not o.firm, not o.said, o.contribution.id))
        # a line without a number says that something is needed and uses nothing up
        counted = need.span is not None
        taken = tuple(left.take(o) if counted else Taken(o, o.span, None) for o in able)
        found.append(
            LineBalance(
                need,
                firm=total(t.span for t in taken if t.offer.firm),
                said=total(t.span for t in taken if t.offer.firm or t.offer.said),
                possible=total(t.span for t in taken) if taken else NOTHING,
                taken=taken,
                ruled_out=tuple(o for o in listed if o.state is Counts.FAILED),
            )
        )
    return found
