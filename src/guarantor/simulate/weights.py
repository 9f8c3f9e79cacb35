"""Whose people count, and what the leaving of a nation weighs on the others."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from guarantor.case.words import Condition
from guarantor.supply.shares import UNITED_STATES, Level, brought, once, people_in
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from guarantor.case.case import Case
    from guarantor.case.supply import Contribution
    from guarantor.simulate.setup import Numbers
    from guarantor.supply.balance import LineBalance

BINS_WITH_WIDTH = 64
NARROWEST = 10.0


def counted_people(
    case: Case, lines: Sequence[LineBalance], contributions: Sequence[Contribution]
) -> AbstractSet[str]:
    """Return the contributions whose people count, and not another's that holds them.

    Decided once, at the ranges of the case, as the shares of supply are.
    """
    all_of = brought(lines, Level.POSSIBLE)
    kept = {item.contribution.id for item in once(case, all_of)}
    dropped = {item.contribution.id for item in all_of} - kept
    return {c.id for c in contributions} - dropped


def weights(
    case: Case,
    nations: Sequence[str],
    contributions: Sequence[Contribution],
    counted: AbstractSet[str],
    commander: str | None,
) -> Numbers:
    """Return what the leaving of each nation weighs on the others, 0 to 1.

    1 for the nation in command and for the one whose support others name as a condition; for the
    rest their part of the people of the largest contributor.
    """
    people = np.array(
        [
            sum(_people(case, c).best for c in contributions if c.provider == n and c.id in counted)
            for n in nations
        ],
        dtype=np.float64,
    )
    most = people.max(initial=0.0)
    found: Numbers = people / most if most > 0 else people
    backed = any(Condition.AMERICAN_SUPPORT in c.conditions for c in contributions)
    leaders = {commander, UNITED_STATES if backed else None} & {*nations}
    for leader in leaders:
        found[list(nations).index(str(leader))] = 1.0
    return found


def people_bin(
    case: Case, contributions: Sequence[Contribution], counted: AbstractSet[str]
) -> float:
    """Return a width of 1, 2 or 5 times a power of ten, so that bins reach beyond all people."""
    most = sum(_people(case, c).high for c in contributions if c.id in counted)
    least = max(NARROWEST, most / BINS_WITH_WIDTH)
    power = 10.0 ** math.floor(math.log10(least))
    return next(step * power for step in (1.0, 2.0, 5.0, 10.0) if step * power >= least)


def _people(case: Case, contribution: Contribution) -> Span:
    number = Span.of(contribution.quantity) or NOTHING
    return people_in(case, contribution.capability, number) or NOTHING
