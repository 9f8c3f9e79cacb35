"""Which contributions can fill which line, and which capabilities need or replace each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.problems import Problems
from guarantor.quantity import Absent
from guarantor.simulate.setup import NO_MONTH, Reason
from guarantor.supply.offers import OF_PEOPLE_OR_UNITS, Counts, offers

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution, Parameter
    from guarantor.supply.needs import Need
    from guarantor.supply.offers import Offer
    from guarantor.supply.shares import Level


@dataclass(frozen=True, slots=True)
class Link:
    """What a capability needs of another, or what another does for it: how much for one unit.

    by needs of, or by stands in for of.
    """

    by: str
    of: str
    amount: Parameter


def in_order(case: Case, lines: Sequence[Need]) -> list[Need]:
    """Return lines with enablers before what needs them, and else as in the file.

    Raises Problems when capabilities need each other in a circle.
    """
    left = list(lines)
    ordered: list[Need] = []
    while left:
        waiting = {need.line.capability for need in left}
        free = next((need for need in left if not _needs(case, need) & waiting), None)
        if free is None:
            raise Problems.one(
                "capabilities need each other in a circle",
                found=", ".join(sorted(waiting)),
                allowed="each capability needs others that do not need it",
                remedy="Take one of their `needs` out of capabilities.yaml.",
            )
        left.remove(free)
        ordered.append(free)
    return ordered


def _needs(case: Case, need: Need) -> set[str]:
    own = need.line.capability
    return {each.capability for each in case.capabilities[own].needs} - {own}


def pairs(
    case: Case, need: Need, deal: Deal, level: Level
) -> list[tuple[Contribution, Reason | int]]:
    """Return the contributions that are offered to a line, the firmest first.

    With each stands the reason for which it never counts there, or NO_MONTH. Those whose caveat
    shuts out the band stand last.
    """
    listed: list[Offer] = [each for each in offers(case, need, deal) if level.holds(each)]
    listed.sort(key=lambda o: (not o.firm, not o.said, o.contribution.id))
    found: list[tuple[Contribution, Reason | int]] = [
        (o.contribution, Reason.CONDITION if o.state is Counts.FAILED else NO_MONTH)
        for o in listed
        if _has_number(o.contribution)
    ]
    found += [(c, Reason.CAVEAT) for c in _elsewhere(case, need)]
    return found


def _elsewhere(case: Case, need: Need) -> Iterator[Contribution]:
    """Yield the contributions of the right kind that somebody offers for other bands only."""
    for contribution in case.contributions.values():
        if (
            contribution.capability == need.line.capability
            and need.line.band not in contribution.bands
            and (not contribution.options or need.option in contribution.options)
            and contribution.kind in OF_PEOPLE_OR_UNITS
            and contribution.rung is not None
            and _has_number(contribution)
        ):
            yield contribution


def _has_number(contribution: Contribution) -> bool:
    return not isinstance(contribution.quantity.shape, Absent)


def links(
    case: Case, capabilities: Sequence[str]
) -> tuple[tuple[Link, ...], tuple[tuple[str, str], ...]]:
    """Return what the capabilities of an option need of each other, and what no line asks for."""
    found, not_asked = [], []
    for by in capabilities:
        for need in case.capabilities[by].needs:
            if need.capability in capabilities:
                found.append(Link(by, need.capability, need.per_unit))
            else:
                not_asked.append((by, need.capability))
    return tuple(found), tuple(not_asked)


def stand_ins(case: Case, capabilities: Sequence[str]) -> tuple[Link, ...]:
    """Return which capabilities of an option stand in for others of it."""
    return tuple(
        Link(each.capability, of, each.factor)
        for of in capabilities
        for each in case.capabilities[of].stood_in_by
        if each.capability in capabilities
    )
