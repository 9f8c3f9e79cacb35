"""Which contributions wait for a parliament, and by which rule it decides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.words import Band, Condition, ContributionKind, GateRule

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.case.supply import Contribution

MOVES = frozenset({ContributionKind.DEPLOY, ContributionKind.TRAIN})
OUTSIDE = frozenset({Band.LINE, Band.REAR, Band.AIR, Band.SEA})
"""The bands in which forces serve outside allied soil."""


def gate_rule(case: Case, nation: str) -> GateRule:
    """Return the rule of a nation's gate; a group that owns a fleet has none."""
    gate = case.gates.get(nation)
    return gate.rule if gate is not None else GateRule.NONE


def rule_for(case: Case, contribution: Contribution) -> GateRule:
    """Return the rule by which a contribution waits for its nation's parliament.

    One that names its parliament as a condition waits for it even where the law does not ask: by
    convention.
    """
    if contribution.provider not in case.nations:
        return GateRule.NONE
    rule = gate_rule(case, contribution.provider)
    if rule is not GateRule.NONE:
        goes_out = contribution.kind in MOVES and OUTSIDE & {*contribution.bands}
        return rule if goes_out or Condition.PARLIAMENT in contribution.conditions else rule.NONE
    named = Condition.PARLIAMENT in contribution.conditions
    return GateRule.CONVENTION if named else GateRule.NONE


def gated(case: Case, contribution: Contribution) -> bool:
    """Return whether a contribution waits for its nation's parliament."""
    return rule_for(case, contribution) is not GateRule.NONE
