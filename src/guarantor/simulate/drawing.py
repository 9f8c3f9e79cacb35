"""The uncertain numbers of an option in one block of futures, drawn and turned into arrays.

Names of quantities are those that correlations use: an assumption's id, `pools/OWNER/CAPABILITY`,
`contributions/ID`, `capabilities/ID/FIELD`; and beside them `commitments/ID`, `shares/ID`,
`nations/ID/FIELD` and `options/ID/LINE`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.case.words import Condition, ContributionKind, GateRule
from guarantor.quantity.durations import MEAN_MONTH
from guarantor.simulate.assumed import Assumed
from guarantor.simulate.assumptions import of_rule
from guarantor.simulate.gates import MOVES
from guarantor.simulate.keeping import parameter, tour_and_rest
from guarantor.simulate.needing import needed, per_unit, stand_in
from guarantor.simulate.setup import Futures
from guarantor.simulate.will import Will
from guarantor.supply.feasibility import counts_people

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

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
        self.read = table.readings
        self.draws = draws
        self.assumed = Assumed(table.case, draws)
        self.one = np.ones_like(draws.uniform("will"))
        self.none = np.zeros_like(self.one)
        self.will = Will(
            draws, self.assumed.number("will-in-common"), self.assumed.number("will-of-nation")
        )
        providers = [c.provider for c in table.contributions]
        willing = self.will.shares(providers, [f"come/{c.id}" for c in table.contributions])
        self.comes: Flags = willing >= 1.0 - self._by_firmness("comes")

    def all(self) -> Futures:
        """Return everything drawn."""
        table, assumed, read = self.table, self.assumed, self.read
        quantity = np.maximum(0.0, self._rows(self.draws.value(*each) for each in read.quantity))
        follow_months = assumed.months("follow-months")
        kinds = [kind for _, kind in table.pools]
        rotation = {kind: tour_and_rest(self.case, self.draws, kind) for kind in set(kinds)}
        return Futures(
            quantity=quantity,
            delivered=quantity * np.where(self.comes, self._by_firmness("delivers"), 0.0),
            arrives=self._arrives(),
            blocked=self._blocked(),
            people_per_unit=self._people_per_unit(),
            gate_month=self._by_rule("gate-months", read.rule_of, np.ceil).astype(np.int64),
            leave_threshold=self.will.endurance(table.nations, "stay"),
            lapse_threshold=self.will.endurance(table.nations, "renew"),
            lapse_step=self._by_rule("lapses", read.rule_of, lambda part: _rate(part / 100.0)),
            leave_rate=_rate(assumed.part("leaves-a-year")) / 12.0,
            follow_rate=_rate(assumed.part("follows")) / follow_months,
            follow_months=follow_months,
            renew_every=assumed.months("mandate-months"),
            usable=self._usable(),
            tour=self._rows(rotation[kind][0] for kind in kinds),
            rest=self._rows(rotation[kind][1] for kind in kinds),
            overlap=assumed.number("overlap-months"),
            lift=assumed.number("lift-people"),
            need=self._rows(needed(self.draws, need) for need in table.lines),
            per_unit=self._rows(per_unit(self.draws, link) for link in table.needs),
            factor=self._rows(stand_in(self.draws, link) for link in table.stand_ins),
            handover=self._successor_months(),
            unled=assumed.part("unled"),
            fail_rate=assumed.number("fails-a-year"),
            effect=np.where(
                assumed.theory("effect-theory", "peacekeeping"), assumed.number("force-effect"), 0.0
            ),
            fail_draw=np.array(self.draws.uniform("ceasefire")),
        )

    def _usable(self) -> Numbers:
        endless = np.full_like(self.one, np.inf)
        return self._rows(
            endless if pool is None else pool.usable(self.draws, self.assumed)
            for pool in self.read.pools
        )

    def _rows(self, rows: Iterable[Numbers]) -> Numbers:
        listed = list(rows)
        return np.array(listed) if listed else np.empty((0, self.one.shape[0]))

    def _by_firmness(self, what: str) -> Numbers:
        """Return a part that is assumed by firmness, for each contribution."""
        return self._rows(self.assumed.part(f"{what}-{each}") for each in self.read.firmness)

    def _by_rule(
        self, what: str, rules: Sequence[GateRule], turned: Callable[[Numbers], Numbers]
    ) -> Numbers:
        """Return a number that is assumed by rule, turned into another; 0 without a gate."""
        found = {
            rule: turned(self.assumed.number(of_rule(what, rule)))
            for rule in set(rules) - {GateRule.NONE}
        }
        return self._rows(found.get(rule, self.none) for rule in rules)

    def _arrives(self) -> Counts:
        """Return the first month in which each contribution is there."""
        ready: dict[tuple[object, ...], Numbers] = {}
        rows, starts = [], []
        for contribution, rule in zip(self.table.contributions, self.read.rule, strict=True):
            alike = contribution.capability, contribution.kind, rule
            if alike not in ready:
                ready[alike] = self._ready(contribution, rule)
            rows.append(ready[alike])
            starts.append(contribution.starts.mean_months)
        found: Numbers = np.maximum(np.array(starts)[:, np.newaxis], self._rows(rows))
        return np.ceil(found).astype(np.int64)

    def _ready(self, contribution: Contribution, rule: GateRule) -> Numbers:
        """Return the months until a contribution can be there, whenever it is to start."""
        kind = self.case.capabilities[contribution.capability]
        ready = self.none
        if contribution.kind in MOVES:
            if kind.notice is not None:
                days = self.draws.value(*parameter(kind.id, "notice", kind.notice))
                ready = np.maximum(0.0, days) / MEAN_MONTH
            ready = ready + self._by_rule("gate-months", [rule], np.asarray)[0]
        elif contribution.kind is ContributionKind.TRANSFER and kind.delivery is not None:
            delivery = self.draws.value(*parameter(kind.id, "delivery", kind.delivery))
            ready = np.maximum(0.0, delivery)
        return ready

    def _blocked(self) -> Flags:
        """Return the futures in which what is settled before the first month rules each out."""
        listed, read = self.table.contributions, self.read
        unmet: dict[Condition, Flags] = {
            condition: self.draws.uniform(f"met/{condition.value}") >= self.assumed.part(name)
            for condition, name in UNSETTLED.items()
        }
        unmet[Condition.AMERICAN_SUPPORT] = self._none_comes(read.american)
        unmet[Condition.EUROPEAN_FORCE] = self._none_comes(read.european)
        gated = {
            c.provider
            for c, rule in zip(listed, read.rule, strict=True)
            if rule is not GateRule.NONE
        }
        nations = sorted(gated)
        willing = self.will.shares(nations, ["mandate"] * len(nations))
        found = np.zeros((len(listed), self.one.shape[0]), np.bool_)
        for row, contribution, rule in zip(found, listed, read.rule, strict=True):
            for condition in unmet.keys() & {*contribution.conditions}:
                row |= unmet[condition]
            if rule is not GateRule.NONE:
                refused = self.assumed.part(of_rule("refused", rule))
                row |= willing[nations.index(contribution.provider)] < refused
        return found

    def _none_comes(self, contributions: Sequence[int]) -> Flags:
        found: Flags = np.any(self.comes[list(contributions)], axis=0)
        return np.logical_not(found)

    def _people_per_unit(self) -> Numbers:
        kinds = [contribution.capability for contribution in self.table.contributions]
        inside = {kind: self._people_in_one(kind) for kind in set(kinds)}
        return self._rows(inside[kind] for kind in kinds)

    def _people_in_one(self, capability: str) -> Numbers:
        kind = self.case.capabilities[capability]
        if counts_people(self.case, kind.id):
            return self.one
        if kind.people is None:
            return self.none
        inside = self.draws.value(*parameter(kind.id, "people", kind.people))
        if kind.support is None:
            return inside
        return inside + self.draws.value(*parameter(kind.id, "support", kind.support))

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
