"""What the draws of an option rest on, read from the case once and not in every block."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.words import ContributionKind, GateRule, Rung
from guarantor.simulate.draws import Asked
from guarantor.simulate.gates import rule_for
from guarantor.simulate.keeping import read_pool
from guarantor.simulate.setup import NO_MONTH
from guarantor.supply.shares import UNITED_STATES, definitions

if TYPE_CHECKING:
    from guarantor.case.supply import Contribution
    from guarantor.simulate.keeping import PeopleOfTheories, UnitsOwned
    from guarantor.simulate.tables import Table


class Readings(NamedTuple):
    """n counts nations, c contributions and p pools, as in the table."""

    quantity: tuple[Asked, ...]
    """[c] What it is drawn from."""
    firmness: tuple[str, ...]
    """[c] How firm it is, in the words of the assumptions."""
    rule: tuple[GateRule, ...]
    """[c] The rule by which it waits for its nation's parliament."""
    rule_of: tuple[GateRule, ...]
    """[n] The rule by which a nation's contributions to the option wait."""
    american: tuple[int, ...]
    """American contributions that some line may take."""
    european: tuple[int, ...]
    """What European nations deploy, where some line may take it."""
    pools: tuple[UnitsOwned | PeopleOfTheories | None, ...]
    """[p] What is on record about it; None where nobody has counted it."""


def readings(table: Table) -> Readings:
    """Return what the draws of a table rest on."""
    case, listed, structure = table.case, table.contributions, table.structure
    rules = tuple(rule_for(case, each) for each in listed)
    able = {int(place) for place in structure.pair[structure.pair_reason == NO_MONTH]}
    europe = {nation for group in definitions(case) for nation in case.members(group)}
    return Readings(
        quantity=tuple(Asked(f"contributions/{c.id}", c.quantity.shape) for c in listed),
        firmness=tuple(_firmness(each) for each in listed),
        rule=rules,
        rule_of=tuple(_rule_of(table, rules, nation) for nation in table.nations),
        american=tuple(c for c in sorted(able) if listed[c].provider == UNITED_STATES),
        european=tuple(
            c
            for c in sorted(able)
            if listed[c].provider in europe and listed[c].kind is ContributionKind.DEPLOY
        ),
        pools=tuple(read_pool(case, *pool) for pool in table.pools),
    )


def _rule_of(table: Table, rules: tuple[GateRule, ...], nation: str) -> GateRule:
    own = (
        rule
        for each, rule in zip(table.contributions, rules, strict=True)
        if each.provider == nation and rule is not GateRule.NONE
    )
    return next(own, GateRule.NONE)


def _firmness(contribution: Contribution) -> str:
    rung = contribution.rung
    if rung is None:
        return "unsaid"
    if rung.height >= Rung.VERIFIED.height:
        return "confirmed"
    return "pledged" if rung.height >= Rung.PLEDGED.height else "said"
