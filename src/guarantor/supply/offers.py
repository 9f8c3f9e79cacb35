"""What nations could bring to a line under a deal, and what stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.case.words import (
    Band,
    Condition,
    Consent,
    ContributionKind,
    ForeignForces,
    Rung,
    Stance,
    Standing,
    Topic,
)
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.case import Case
    from guarantor.case.records import Deal, Position
    from guarantor.case.supply import Contribution
    from guarantor.supply.needs import Need

ON_HOST_SOIL = frozenset({Band.LINE, Band.REAR})
BAR = "the deal bars foreign forces"
OF_PEOPLE_OR_UNITS = frozenset(
    {ContributionKind.DEPLOY, ContributionKind.TRANSFER, ContributionKind.TRAIN}
)


class Counts(StrEnum):
    """Whether a contribution counts under a deal."""

    MET = "met"
    OPEN = "open"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Offer:
    """A contribution that a line could take, how much of it, and whether it counts.

    open and failed are the conditions that are undecided, and those that the deal rules out.
    """

    contribution: Contribution
    span: Span
    state: Counts
    open: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def said(self) -> bool:
        """Return whether somebody has offered it, however softly, with a number of their own."""
        return self.contribution.rung is not None and self.contribution.basis == "reported"

    @property
    def firm(self) -> bool:
        """Return whether its national gate is passed and no condition is open."""
        rung = self.contribution.rung
        return (
            rung is not None and rung.height >= Rung.CONFIRMED.height and self.state is Counts.MET
        )


def offers(case: Case, need: Need, deal: Deal) -> Iterator[Offer]:
    """Return what could fill a line: right kind of unit, band within the caveat, option meant."""
    for contribution in case.contributions.values():
        if (
            contribution.capability != need.line.capability
            or need.line.band not in contribution.bands
            or (contribution.options and need.option not in contribution.options)
            or contribution.kind not in OF_PEOPLE_OR_UNITS
        ):
            continue
        open_, failed = conditions(contribution, need.line.band, deal)
        state = Counts.FAILED if failed else Counts.OPEN if open_ else Counts.MET
        yield Offer(contribution, Span.of(contribution.quantity) or NOTHING, state, open_, failed)


def conditions(
    contribution: Contribution, band: Band, deal: Deal
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the conditions of a contribution that a deal leaves open, and those it rules out."""
    met: dict[Condition, bool | None] = {
        Condition.CEASEFIRE: deal.ceasefire,
        Condition.PEACE_DEAL: deal.ceasefire and deal.consent is Consent.FULL,
        Condition.OTHER_PARTY_CONSENT: deal.consent is Consent.FULL,
        Condition.HOST_CONSENT: True,
    }
    open_ = tuple(c.value for c in contribution.conditions if met.get(c) is None)
    failed = tuple(c.value for c in contribution.conditions if met.get(c) is False)
    barred = contribution.kind is ContributionKind.DEPLOY and bars(deal, band)
    return open_, (*failed, *((BAR,) if barred else ()))


def bars(deal: Deal, band: Band) -> bool:
    """Return whether a deal keeps the units of other states out of a band."""
    return deal.foreign_forces is ForeignForces.BARRED and band in ON_HOST_SOIL | {Band.AIR}


def refusals(case: Case, band: Band) -> dict[str, Position]:
    """Return the nations whose latest official word refuses soldiers, when a line needs them there.

    A refusal of ground troops binds lines on the host's soil; for other bands nothing is refused.
    """
    if band not in ON_HOST_SOIL:
        return {}
    found: dict[str, Position] = {}
    for position in sorted(case.positions.values(), key=lambda p: (p.date.latest, p.id)):
        if (
            position.topic is Topic.GROUND_TROOPS
            and position.standing is Standing.OFFICIAL
            and position.actor in case.nations
        ):
            if position.stance is Stance.EXCLUDES:
                found[position.actor] = position
            else:
                found.pop(position.actor, None)
    return found
