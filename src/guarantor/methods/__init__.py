"""Published algorithms on tables, and a card for each that case files call by name."""

from __future__ import annotations

from guarantor.methods import (
    claims,
    covering,
    decision_rules,
    nucleolus,
    prim_cases,
    promethee,
    robustness,
    shapley,
    smaa,
)
from guarantor.models import Card, card_from

__all__ = ["CARDS"]

_ALL = (
    card_from(covering.lscp),
    card_from(covering.mclp),
    card_from(claims.proportional),
    card_from(claims.constrained_equal_awards),
    card_from(claims.constrained_equal_losses),
    card_from(claims.talmud),
    card_from(shapley.shapley),
    card_from(shapley.shapley_shubik),
    card_from(shapley.airport_shapley),
    card_from(
        nucleolus.nucleolus, nucleolus.nucleolus_of_players, nucleolus.nucleolus_of_bankruptcy
    ),
    card_from(nucleolus.prenucleolus),
    card_from(decision_rules.maximin),
    card_from(decision_rules.laplace),
    card_from(decision_rules.savage),
    card_from(decision_rules.regret_investment),
    card_from(decision_rules.expected_value),
    card_from(decision_rules.expected_regret),
    card_from(decision_rules.evpi),
    card_from(decision_rules.maximin, name="robustness_maximin"),
    card_from(robustness.robustness_maximax),
    card_from(decision_rules.laplace, name="robustness_laplace"),
    card_from(robustness.robustness_hurwicz),
    card_from(robustness.robustness_minimax_regret),
    card_from(robustness.robustness_percentile_regret),
    card_from(robustness.robustness_mean_variance),
    card_from(robustness.robustness_mean_variance, name="robustness_mean_variance_min"),
    card_from(robustness.robustness_undesirable_deviations),
    card_from(robustness.robustness_starr),
    card_from(prim_cases.prim_dataset),
    card_from(prim_cases.prim_trajectory),
    card_from(prim_cases.prim_box),
    card_from(prim_cases.prim_first_automatic_box),
    card_from(prim_cases.prim_quasi_p),
    card_from(prim_cases.prim_second_box),
    card_from(prim_cases.cart_box),
    card_from(
        promethee.promethee_ii,
        promethee.promethee_ii_by_criterion,
        promethee.promethee_ii_by_criterion_with_indifference,
    ),
    card_from(smaa.smaa_entropy),
)

CARDS: dict[str, Card] = {card.name: card for card in _ALL}
