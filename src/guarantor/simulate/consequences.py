"""What follows from units present: people, tours, money and batteries, future by future.

Money stays apart by currency and price year, as everywhere; it is charged as in supply/money.py:
running cost for each month that units stay, the price once for what is given for good.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.case.words import ContributionKind
from guarantor.models.rotation import person_tours
from guarantor.quantity import Money
from guarantor.supply.money import STAYING

if TYPE_CHECKING:
    from guarantor.case.supply import Contribution, Parameter
    from guarantor.quantity import Prices
    from guarantor.simulate.block import Block
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Futures, Numbers
    from guarantor.simulate.tables import Table

MONTHS_IN_A_YEAR = 12


class Consequences(NamedTuple):
    """n providers as in the table, a payers, q sorts of money, k capabilities, y years."""

    person_months: Numbers
    """[n, F] People present who count, times months."""
    person_tours: Numbers
    """[F] Tours served, where the length of a tour is known."""
    provided: Numbers
    """[q, n, F] Money for what a nation provides."""
    paid: Numbers
    """[q, a, F] The same money by who pays."""
    yearly: Numbers
    """[q, y, F] The same money by year."""
    units: Numbers
    """[k, F] Units placed of each capability, mean over the months."""


def payers(table: Table) -> tuple[str, ...]:
    """Return who pays for the contributions of an option."""
    return tuple(dict.fromkeys(c.payer for c in table.contributions))


def prices(table: Table) -> tuple[Prices, ...]:
    """Return the currencies and price years in which the units of an option cost anything."""
    found = [_cost(table, c) for c in table.contributions]
    listed = [cost.quantity.measure for cost in found if cost and isinstance(cost.quantity, Money)]
    return tuple(dict.fromkeys(listed))


def capabilities(table: Table) -> tuple[str, ...]:
    """Return the capabilities of the lines, in table order."""
    return tuple(dict.fromkeys(need.line.capability for need in table.lines))


def consequences(table: Table, draws: BlockDraws, futures: Futures, block: Block) -> Consequences:
    """Return what follows from what was placed in a block of futures."""
    size = futures.overlap.shape[0]
    sorts, who, kinds = prices(table), payers(table), capabilities(table)
    years = block.unit_months.shape[1]
    found = Consequences(
        person_months=np.zeros((len(table.nations), size)),
        person_tours=np.zeros(size),
        provided=np.zeros((len(sorts), len(table.nations), size)),
        paid=np.zeros((len(sorts), len(who), size)),
        yearly=np.zeros((len(sorts), years, size)),
        units=np.zeros((len(kinds), size)),
    )
    for place, contribution in enumerate(table.contributions):
        nation = table.nations.index(contribution.provider)
        months = block.unit_months[place].sum(axis=0)
        found.units[kinds.index(contribution.capability)] += months / table.structure.months
        if not table.structure.counted[place]:
            continue
        people = months * futures.people_per_unit[place]
        if contribution.kind in STAYING:
            found.person_months[nation] += people
            tour = table.case.capabilities[contribution.capability].tour
            if tour is not None:
                name = f"capabilities/{contribution.capability}/tour"
                length = draws.value(name, tour.quantity.shape)
                found.person_tours[:] += person_tours(people, 1.0, length)  # type: ignore[arg-type]
        charged = _charged(table, draws, block, place)
        if charged is not None:
            measure, money = charged
            sort = sorts.index(measure)
            found.yearly[sort] += money
            found.provided[sort, nation] += money.sum(axis=0)
            found.paid[sort, who.index(contribution.payer)] += money.sum(axis=0)
    return found


def _cost(table: Table, contribution: Contribution) -> Parameter | None:
    kind = table.case.capabilities[contribution.capability]
    if contribution.kind in STAYING:
        return kind.running_cost
    return kind.buying_cost if contribution.kind is ContributionKind.TRANSFER else None


def _charged(
    table: Table, draws: BlockDraws, block: Block, place: int
) -> tuple[Prices, Numbers] | None:
    """Return the money for one contribution by year, [y, F], or None where no cost is on record."""
    contribution = table.contributions[place]
    cost = _cost(table, contribution)
    if cost is None or not isinstance(cost.quantity, Money):
        return None
    stays = contribution.kind in STAYING
    name = f"capabilities/{contribution.capability}/{'running' if stays else 'buying'}_cost"
    each = draws.value(name, cost.quantity.shape)
    if stays:
        return cost.quantity.measure, block.unit_months[place] * each / MONTHS_IN_A_YEAR
    return cost.quantity.measure, block.arrivals[place] * each
