"""The equations of the simulated month: rest, what is kept out, what works, who leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.models.presence import (
    leaver_pull,
    leaving_hazard,
    units_kept_out,
    units_resting,
    working_degree,
)
from guarantor.models.rotation import rotation_ratio

months = st.floats(3, 24)


@given(usable=st.floats(0.1, 1000), tour=months, rest=months, overlap=st.floats(0, 2))
def test_a_pool_settles_at_its_rotation_ratio_and_overlap(usable, tour, rest, overlap):
    resting = 0.0
    for _ in range(2000):
        out = units_kept_out(usable, resting, tour, overlap)
        resting = units_resting(resting, out, tour, rest)
    settled = usable / (rotation_ratio(tour, rest) + overlap / tour)
    assert out == pytest.approx(settled, rel=1e-6)


@given(usable=st.floats(0, 1000), tour=months, overlap=st.floats(0, 2))
def test_a_rested_pool_sends_more_at_first_than_it_can_keep_up(usable, tour, overlap):
    assert units_kept_out(usable, 0, tour, overlap) >= units_kept_out(usable, 1, tour, overlap)


def test_a_pool_that_rests_whole_sends_nothing():
    assert units_kept_out(5, 7, 6, 1) == 0


def test_a_month_of_rest_adds_those_who_come_home_and_frees_those_who_are_ready():
    assert units_resting(12, 6, 6, 12) == 12


@given(have=st.floats(0, 100), want=st.floats(0, 100))
def test_the_degree_is_the_part_that_is_there_and_never_above_one(have, want):
    degree = working_degree(have, want)
    assert 0 <= degree <= 1
    assert degree == 1 or degree * want == pytest.approx(have)


def test_a_leader_that_left_adds_the_whole_rate_of_following():
    assert leaving_hazard(0.01, 0.2, 0.0) == 0.01
    assert leaving_hazard(0.01, 0.2, 0.5) == pytest.approx(0.11)


def test_half_a_unit_that_is_wanted_counts_as_any_other_need():
    assert working_degree(0.2, 0.5) == pytest.approx(0.4)
    assert working_degree(0.0, 0.0) == 1


def test_an_exit_pulls_by_the_part_that_was_its_own_decision():
    assert leaver_pull(0.8, 0.01, 0.04) == pytest.approx(0.2)
    assert leaver_pull(0.8, 0.01, 0.01) == pytest.approx(0.8)


def test_where_nothing_presses_an_exit_pulls_with_its_whole_weight():
    assert leaver_pull(0.8, 0.0, 0.0) == 0.8
