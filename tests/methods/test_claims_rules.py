"""Claims rules divide all of the estate, no more, and treat equals alike."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from guarantor.methods.claims import (
    constrained_equal_awards,
    constrained_equal_losses,
    proportional,
    talmud,
)
from guarantor.methods.nucleolus import nucleolus_of_bankruptcy
from guarantor.problems import Problems

RULES = [proportional, constrained_equal_awards, constrained_equal_losses, talmud]
SELF_DUAL = [proportional, talmud]
CLAIMS = st.lists(st.floats(0.01, 1e6), min_size=1, max_size=6)
SHARE = st.floats(0, 1)


def close(ours, theirs, claims):
    assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-9 * sum(claims))


@pytest.mark.parametrize("rule", RULES)
@given(claims=CLAIMS, share=SHARE)
def test_awards_add_up_to_the_estate_and_stay_within_the_claims(rule, claims, share):
    estate = share * sum(claims)
    awards = rule(estate, claims)
    close([sum(awards)], [estate], claims)
    slack = 1e-9 * sum(claims)
    assert all(-slack <= got <= asked + slack for got, asked in zip(awards, claims, strict=True))


@pytest.mark.parametrize("rule", RULES)
@given(claims=CLAIMS, share=SHARE)
def test_who_claims_more_receives_no_less_and_loses_no_less(rule, claims, share):
    claims = sorted(claims)
    awards = np.array(rule(share * sum(claims), claims))
    slack = 1e-9 * sum(claims)
    assert (np.diff(awards) >= -slack).all()
    assert (np.diff(np.array(claims) - awards) >= -slack).all()


@pytest.mark.parametrize("rule", RULES)
@given(claims=CLAIMS, shares=st.tuples(SHARE, SHARE))
def test_a_larger_estate_takes_from_nobody(rule, claims, shares):
    less, more = (rule(share * sum(claims), claims) for share in sorted(shares))
    slack = 1e-9 * sum(claims)
    assert all(after >= before - slack for before, after in zip(less, more, strict=True))


@pytest.mark.parametrize("rule", SELF_DUAL)
@given(claims=CLAIMS, share=SHARE)
def test_proportional_and_talmud_divide_gains_as_they_divide_losses(rule, claims, share):
    total = sum(claims)
    gains = rule(share * total, claims)
    losses = rule(total - share * total, claims)
    close([d - lost for d, lost in zip(claims, losses, strict=True)], gains, claims)


@given(claims=CLAIMS, share=SHARE)
def test_equal_awards_and_equal_losses_are_each_others_dual(claims, share):
    total = sum(claims)
    awards = constrained_equal_awards(share * total, claims)
    losses = constrained_equal_losses(total - share * total, claims)
    close([d - lost for d, lost in zip(claims, losses, strict=True)], awards, claims)


@given(claims=CLAIMS, share=SHARE)
def test_equal_awards_differ_only_where_a_claim_is_met_in_full(claims, share):
    awards = constrained_equal_awards(share * sum(claims), claims)
    highest = max(awards)
    for got, asked in zip(awards, claims, strict=True):
        assert got == pytest.approx(asked) or got == pytest.approx(highest)


@pytest.mark.parametrize(
    ("estate", "awards"), [(100, [100 / 3] * 3), (200, [50, 75, 75]), (300, [50, 100, 150])]
)
def test_the_talmud_divides_among_three_widows_as_the_mishnah_does(estate, awards):
    assert talmud(estate, [100, 200, 300]) == pytest.approx(awards)


def test_a_contested_garment_is_halved():
    assert talmud(1, [1, 0.5]) == [0.75, 0.25]


@given(first=st.floats(0, 1e3), second=st.floats(0, 1e3), share=SHARE)
def test_two_concede_what_they_do_not_claim_and_halve_the_rest(first, second, share):
    estate = share * (first + second)
    conceded = max(0, estate - second), max(0, estate - first)
    half = (estate - sum(conceded)) / 2
    expected = [each + half for each in conceded]
    assert talmud(estate, [first, second]) == pytest.approx(expected, abs=1e-9)


def test_small_claims_are_met_first_by_equal_awards_and_last_by_equal_losses():
    assert constrained_equal_awards(40, [10, 100]) == [10, 30]
    assert constrained_equal_losses(40, [10, 100]) == [0, 40]
    assert constrained_equal_losses(100, [10, 100]) == [5, 95]


@given(claims=st.lists(st.floats(1, 1e4), min_size=2, max_size=5), share=SHARE)
def test_the_talmud_rule_is_the_nucleolus_of_the_bankruptcy_game(claims, share):
    assume(sum(claims) > 0)
    estate = share * sum(claims)
    expected = nucleolus_of_bankruptcy("bankruptcy", estate, claims)
    assert talmud(estate, claims) == pytest.approx(expected, rel=1e-6, abs=1e-6 * sum(claims))


@pytest.mark.parametrize("rule", RULES)
def test_an_estate_that_meets_every_claim_is_no_claims_problem(rule):
    with pytest.raises(Problems) as refused:
        rule(700, [100, 200, 300])
    problem = refused.value.problems[0]
    assert (problem.field, problem.found, problem.allowed) == ("estate", "700", "from 0 up to 600")


@pytest.mark.parametrize("rule", RULES)
def test_every_bad_input_is_named_at_once(rule):
    with pytest.raises(Problems) as refused:
        rule(-1, [100, -200, float("nan")])
    assert [problem.field for problem in refused.value.problems] == ["claims", "estate"]


@pytest.mark.parametrize("rule", RULES)
def test_nothing_is_divided_among_those_who_claim_nothing(rule):
    assert rule(0, [0, 0]) == [0, 0]
