"""Leaks, shares and hazards behave as chances, wholes and rates have to."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.models import CARDS, ModelDomainError
from guarantor.models.air_defence import (
    any_leak_probability,
    layered_survival_moments,
    no_leak_probability,
    salvo_kill,
    share_served,
)
from guarantor.models.burden import (
    composite_share,
    membership_share,
    nato_cost_share,
    un_p5_premium,
)
from guarantor.models.durability import (
    battle_death_effect,
    failure_probability,
    negbin_police_ratio,
    negbin_rate_ratio,
)

CHANCE = st.floats(0, 1)
COUNT = st.integers(0, 200)
PERCENT = st.floats(0, 100)


@given(leak=CHANCE, n=COUNT)
def test_a_leak_or_none_is_certain(leak, n):
    assert any_leak_probability(leak, n) + no_leak_probability(n, 1 - leak) == pytest.approx(1)


@given(leak=CHANCE, other=CHANCE, n=COUNT, more=COUNT)
def test_more_arrivals_and_leakier_defences_leak_no_less(leak, other, n, more):
    low, high = sorted((leak, other))
    assert any_leak_probability(low, n) <= any_leak_probability(high, n)
    assert any_leak_probability(leak, n) <= any_leak_probability(leak, n + more) + 1e-15


def test_limits_of_a_leak():
    assert any_leak_probability(0.3, 0) == 0
    assert any_leak_probability(0, 50) == 0
    assert any_leak_probability(1, 1) == 1
    assert any_leak_probability(0.3, 1) == pytest.approx(0.3)
    assert any_leak_probability(0.02, 50) == pytest.approx(0.636, abs=5e-4)


@given(n=COUNT, layers=st.lists(CHANCE, min_size=1, max_size=5), extra=CHANCE)
def test_another_layer_lets_no_more_through_and_their_order_does_not_matter(n, layers, extra):
    mean, variance = layered_survival_moments(n, layers)
    assert 0 <= layered_survival_moments(n, [*layers, extra])[0] <= mean + 1e-12 <= n + 1e-9
    assert 0 <= variance <= n / 4 + 1e-12
    assert layered_survival_moments(n, layers[::-1])[0] == pytest.approx(mean)


def test_survivors_of_one_layer_are_binomial():
    n, missed = 6, 0.3
    chances = [math.comb(n, k) * missed**k * (1 - missed) ** (n - k) for k in range(n + 1)]
    mean = sum(k * chance for k, chance in enumerate(chances))
    variance = sum((k - mean) ** 2 * chance for k, chance in enumerate(chances))
    assert layered_survival_moments(n, [0.7]) == pytest.approx((mean, variance))


@given(stock=st.integers(0, 500), shots=st.integers(1, 10), pk=CHANCE)
def test_a_salvo_uses_no_more_than_the_stock_and_a_larger_one_stops_no_less(stock, shots, pk):
    engaged, stopped = salvo_kill(stock, shots, pk)
    assert engaged == stock // shots
    assert engaged * shots <= stock < (engaged + 1) * shots
    fewer, better = salvo_kill(stock, shots + 1, pk)
    assert fewer <= engaged
    assert better >= stopped
    assert stopped == pytest.approx(any_leak_probability(pk, shots))


@given(n=st.integers(1, 500), stock=st.integers(0, 500), shots=st.integers(1, 10))
def test_beyond_the_magazine_the_share_served_falls_as_one_over_the_arrivals(n, stock, shots):
    share = share_served(n, stock, shots)
    engaged = stock // shots
    assert share == (1 if n <= engaged else pytest.approx(engaged / n))
    assert share_served(n, 2 * stock, shots) >= share


@given(weights=st.lists(st.tuples(st.floats(0.1, 1), st.floats(0.1, 1)), min_size=1, max_size=9))
def test_composite_weights_of_all_members_add_up_to_a_hundred(weights):
    people, money = (sum(column) for column in zip(*weights, strict=True))
    equal = membership_share(len(weights))
    total = sum(
        composite_share(100 * person / people, 100 * pound / money, equal)
        for person, pound in weights
    )
    assert total == pytest.approx(100)


@given(shares=st.lists(st.floats(0.1, 1), min_size=1, max_size=9), budget=st.floats(0, 1e5))
def test_contributions_of_all_allies_add_up_to_the_budget(shares, budget):
    parts = [nato_cost_share(100 * share / sum(shares), budget) for share in shares]
    assert sum(parts) == pytest.approx(budget)


@given(share=PERCENT, regular=st.floats(1, 50), premium=st.floats(1, 2))
def test_the_premium_is_the_same_factor_for_all_five(share, regular, premium):
    assert un_p5_premium(share, regular, premium * regular) == pytest.approx(premium * share)
    assert un_p5_premium(regular, regular, premium * regular) == pytest.approx(premium * regular)


@given(beta=st.floats(-10, 0), few=st.floats(0, 4), more=st.floats(0, 4))
def test_effects_of_troops_multiply(beta, few, more):
    both = negbin_rate_ratio(beta, few) * negbin_rate_ratio(beta, more)
    assert negbin_rate_ratio(beta, few + more) == pytest.approx(both, rel=1e-9)
    assert negbin_rate_ratio(beta, 0) == 1
    assert negbin_police_ratio(beta, few) == negbin_rate_ratio(beta, few)


@given(rate=st.floats(-0.5, 0.5), before=st.floats(1, 100), thousands=st.floats(0.1, 10))
def test_the_change_for_each_thousand_compounds_to_the_second_point(rate, before, thousands):
    after = before * (1 + rate) ** thousands
    effect = battle_death_effect(2000, 2000 + 1000 * thousands, before, after)
    assert effect == pytest.approx(rate, abs=1e-9)


@given(
    hazard=st.floats(0, 2), ratio=st.floats(0, 2), months=st.floats(0, 120), more=st.floats(0, 9)
)
def test_a_ceasefire_survives_a_span_by_surviving_its_parts(hazard, ratio, months, more):
    def survives(span):
        return 1 - failure_probability(hazard, ratio, span)

    assert survives(months + more) == pytest.approx(survives(months) * survives(more), abs=1e-12)
    assert 0 <= failure_probability(hazard, ratio, months) <= 1


def test_limits_of_failure():
    assert failure_probability(0.2, 0.4, 0) == 0
    assert failure_probability(0.2, 0, 120) == 0
    assert failure_probability(0.2, 1, 12) == pytest.approx(1 - math.exp(-0.2))
    assert failure_probability(0.001, 0.4, 12) == pytest.approx(0.0004, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "inputs", "symbol"),
    [
        ("any_leak_probability", {"leak": 1.2, "n": 8}, "leak"),
        ("no_leak_probability", {"n": -1, "pk": 0.8}, "n"),
        ("layered_survival_moments", {"n": 10, "layer_pk": [0.5, 1.5]}, "layer_pk"),
        (
            "salvo_kill",
            {"interceptors": 44, "shots_per_target": 0, "single_shot_pk": 0.25},
            "shots_per_target",
        ),
        ("share_served", {"n": 0, "interceptors": 44, "shots_per_target": 4}, "n"),
        ("membership_share", {"members": 0}, "members"),
        ("nato_cost_share", {"share_pct": 101, "total_musd": 2440}, "share_pct"),
        (
            "battle_death_effect",
            {"troops_before": 10, "troops_after": 10, "deaths_before": 22, "deaths_after": 6},
            "troops_after",
        ),
        (
            "failure_probability",
            {"hazard_per_year": -1, "hazard_ratio": 1, "months": 1},
            "hazard_per_year",
        ),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(name, inputs, symbol):
    with pytest.raises(ModelDomainError) as refused:
        CARDS[name].call(inputs)
    assert [finding.symbol for finding in refused.value.findings] == [symbol]


@pytest.mark.parametrize(
    ("name", "inputs", "symbol"),
    [
        (
            "negbin_rate_ratio",
            {"beta_per_1000": -0.53, "troops_thousand": 25},
            "troops_thousand",
        ),
        ("negbin_rate_ratio", {"beta_per_1000": -9.9, "police_thousand": 1}, "police_thousand"),
        (
            "battle_death_effect",
            {"troops_before": 0, "troops_after": 25000, "deaths_before": 22, "deaths_after": 6},
            "troops_after",
        ),
        (
            "un_p5_premium",
            {"regular_share_pct": 6.6, "us_regular_pct": 22, "us_peacekeeping_pct": 20},
            "us_peacekeeping_pct",
        ),
    ],
)
def test_beyond_what_was_studied_the_result_stands_and_is_marked(name, inputs, symbol):
    result = CARDS[name].call(inputs)
    assert [mark.symbol for mark in result.marks] == [symbol]
