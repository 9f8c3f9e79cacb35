"""The uncertain numbers of an option in one block of futures, drawn and turned into arrays.

Names of quantities are those that correlations use: an assumption's id, `pools/OWNER/CAPABILITY`,
`contributions/ID`, `capabilities/ID/FIELD`; and beside them `commitments/ID`, `shares/ID`,
`nations/ID/FIELD` and `options/ID/LINE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from guarantor.case.words import Condition, ContributionKind, GateRule, Rung
from guarantor.quantity.durations import MEAN_MONTH
from guarantor.simulate.assumed import Assumed
from guarantor.simulate.assumptions import of_rule
from guarantor.simulate.gates import MOVES, rule_for
from guarantor.simulate.keeping import parameter, tour_and_rest, usable
from guarantor.simulate.needing import needed, per_unit, stand_in
from guarantor.simulate.setup import NO_MONTH, Futures
from guarantor.simulate.will import Will
from guarantor.supply.feasibility import counts_people
from guarantor.supply.shares import UNITED_STATES, definitions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.case.supply import Contribution
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Counts, Flags, Numbers
    from guarantor.simulate.tables import Table

UNSETTLED = {
    Condition.CLEAR_MISSION: "met-clear-mission",
    Condition.MANDATE: "met-mandate",
    Condition.PAYMENT: "met-payment",
}
"""Conditions that no deal settles; each is met or not for all nations alike."""


def futures(table: Table, draws: BlockDraws) -> Futures:
    """Return the numbers of a block of futures for an option under a deal."""
    return _Drawing(table, draws).all()


class _Drawing:
    """One block of futures of one option, while it is drawn."""

    def __init__(self, table: Table, draws: BlockDraws) -> None:
        self.table = table
        self.case = table.case
        self.draws = draws
        self.assumed = Assumed(table.case, draws)
        self.one = np.ones_like(draws.uniform("will"))
        self.will = Will(
            draws, self.assumed.number("will-in-common"), self.assumed.number("will-of-nation")
        )
        self.rules = {c.id: rule_for(table.case, c) for c in table.contributions}
        self.comes = {c.id: self._comes(c) for c in table.contributions}

    def all(self) -> Futures:
        """Return everything drawn."""
        table, assumed = self.table, self.assumed
        listed, nations = table.contributions, table.nations
        quantity = {
            c.id: np.maximum(0.0, self.draws.value(f"contributions/{c.id}", c.quantity.shape))
            for c in listed
        }
        follow_months = assumed.months("follow-months")
        rest = [tour_and_rest(self.case, self.draws, kind) for _, kind in table.pools]
        successor = self._successor_months()
        return Futures(
            quantity=self._rows(quantity[c.id] for c in listed),
            delivered=self._rows(
                quantity[c.id] * np.where(self.comes[c.id], self._delivers(c), 0.0) for c in listed
            ),
            arrives=self._rows(self._arrives(c) for c in listed).astype(np.int64),
            blocked=self._rows(self._blocked(c) for c in listed).astype(np.bool_),
            people_per_unit=self._rows(self._people_in_one(c) for c in listed),
            gate_month=np.ceil(self._rows(self._gate_months(self._rule_of(n)) for n in nations))
            .astype(np.int64),
            leave_threshold=self._rows(self.will.endurance(n, "stay") for n in nations),
            lapse_threshold=self._rows(self.will.endurance(n, "renew") for n in nations),
            lapse_step=self._rows(self._lapse_step(self._rule_of(n)) for n in nations),
            leave_rate=_rate(assumed.part("leaves-a-year")) / 12.0,
            follow_rate=_rate(assumed.part("follows")) / follow_months,
            follow_months=follow_months,
            renew_every=assumed.months("mandate-months"),
            usable=self._rows(usable(self.case, self.draws, *pool) for pool in table.pools),
            tour=self._rows(tour for tour, _ in rest),
            rest=self._rows(months for _, months in rest),
            overlap=assumed.number("overlap-months"),
            lift=assumed.number("lift-people"),
            need=self._rows(needed(self.draws, need) for need in table.lines),
            per_unit=self._rows(per_unit(self.draws, link) for link in table.needs),
            factor=self._rows(stand_in(self.draws, link) for link in table.stand_ins),
            handover=successor,
            unled=assumed.part("unled"),
            fail_rate=assumed.number("fails-a-year"),
            effect=np.where(
                assumed.theory("effect-theory", "peacekeeping"), assumed.number("force-effect"), 0.0
            ),
            fail_draw=np.array(self.draws.uniform("ceasefire")),
        )  # fmt: skip

    def _rows(self, rows: Iterable[Numbers | Flags]) -> Numbers:
        listed: list[Any] = list(rows)
        return np.stack(listed) if listed else np.empty((0, self.one.shape[0]))

    def _comes(self, contribution: Contribution) -> Flags:
        chance = self.assumed.part(f"comes-{_firmness(contribution)}")
        willing = self.will.share(contribution.provider, f"come/{contribution.id}")
        found: Flags = willing >= 1.0 - chance
        return found

    def _delivers(self, contribution: Contribution) -> Numbers:
        return self.assumed.part(f"delivers-{_firmness(contribution)}")

    def _gate_months(self, rule: GateRule) -> Numbers:
        if rule is GateRule.NONE:
            return np.zeros_like(self.one)
        return self.assumed.number(of_rule("gate-months", rule))

    def _rule_of(self, nation: str) -> GateRule:
        """Return the rule by which a nation's contributions to this option wait."""
        own = [self.rules[c.id] for c in self.table.contributions if c.provider == nation]
        return next((rule for rule in own if rule is not GateRule.NONE), GateRule.NONE)

    def _lapse_step(self, rule: GateRule) -> Numbers:
        if rule is GateRule.NONE:
            return np.zeros_like(self.one)
        return _rate(self.assumed.part(of_rule("lapses", rule)))

    def _arrives(self, contribution: Contribution) -> Numbers:
        """Return the first month in which a contribution is there."""
        kind = self.case.capabilities[contribution.capability]
        ready = np.zeros_like(self.one)
        if contribution.kind in MOVES:
            if kind.notice is not None:
                days = parameter(self.draws, kind.id, "notice", kind.notice)
                ready = np.maximum(0.0, days) / MEAN_MONTH
            ready = ready + self._gate_months(self.rules[contribution.id])
        elif contribution.kind is ContributionKind.TRANSFER and kind.delivery is not None:
            ready = np.maximum(0.0, parameter(self.draws, kind.id, "delivery", kind.delivery))
        found: Numbers = np.ceil(np.maximum(contribution.starts.mean_months, ready))
        return found

    def _blocked(self, contribution: Contribution) -> Flags:
        """Return the futures in which what is settled before the first month rules it out."""
        found = np.zeros(self.one.shape, np.bool_)
        for condition, name in UNSETTLED.items():
            if condition in contribution.conditions:
                found |= self.draws.uniform(f"met/{condition.value}") >= self.assumed.part(name)
        if Condition.AMERICAN_SUPPORT in contribution.conditions:
            found |= ~self._any_comes({UNITED_STATES})
        if Condition.EUROPEAN_FORCE in contribution.conditions:
            found |= ~self._any_comes(self._europeans(), deployed=True)
        rule = self.rules[contribution.id]
        if rule is not GateRule.NONE:
            refused = self.assumed.part(of_rule("refused", rule))
            found |= self.will.share(contribution.provider, "mandate") < refused
        return found

    def _europeans(self) -> set[str]:
        groups = definitions(self.case)
        return {nation for group in groups for nation in self.case.members(group)}

    def _any_comes(self, providers: set[str], *, deployed: bool = False) -> Flags:
        """Return the futures in which something of theirs comes to a line that may take it."""
        found = np.zeros(self.one.shape, np.bool_)
        structure = self.table.structure
        able = {int(c) for c in structure.pair[structure.pair_reason == NO_MONTH]}
        for place, each in enumerate(self.table.contributions):
            counts = each.kind is ContributionKind.DEPLOY or not deployed
            if each.provider in providers and place in able and counts:
                found |= self.comes[each.id]
        return found

    def _people_in_one(self, contribution: Contribution) -> Numbers:
        kind = self.case.capabilities[contribution.capability]
        if counts_people(self.case, kind.id):
            return self.one
        if kind.people is None:
            return np.zeros_like(self.one)
        inside = parameter(self.draws, kind.id, "people", kind.people)
        if kind.support is None:
            return inside
        return inside + parameter(self.draws, kind.id, "support", kind.support)

    def _successor_months(self) -> Counts:
        command = self.case.options[self.table.option].command
        if command.successor is None:
            return self.assumed.months("unnamed-successor-months")
        if command.handover is None:
            return self.assumed.months("handover-months")
        stated = int(np.ceil(command.handover[0].delay.mean_months))
        return np.full(self.one.shape, stated, np.int64)


def _rate(part: Numbers) -> Numbers:
    """Return the rate at which a part is lost in one unit of time: −ln(1 − part)."""
    found: Numbers = -np.log1p(-np.minimum(part, 0.999))
    return found


def _firmness(contribution: Contribution) -> str:
    rung = contribution.rung
    if rung is None:
        return "unsaid"
    if rung.height >= Rung.VERIFIED.height:
        return "confirmed"
    return "pledged" if rung.height >= Rung.PLEDGED.height else "said"
