"""The Shapley value, its two special games and the nucleolus keep the axioms that define them."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from guarantor.methods._coalitions import members, worths
from guarantor.methods.nucleolus import (
    lexicographic_division,
    nucleolus,
    nucleolus_of_bankruptcy,
    nucleolus_of_players,
    prenucleolus,
)
from guarantor.methods.shapley import airport_shapley, shapley, shapley_shubik
from guarantor.problems import Problems

ORDER = "coalitions ordered by size then lexicographic"
WORTH = st.integers(-50, 50)


def coalitions(players):
    return [set(c) for k in range(1, players + 1) for c in combinations(range(players), k)]


def game(worth, players):
    """The list of worths, in the order of case files, of a function on sets of players."""
    return [worth(coalition) for coalition in coalitions(players)]


@st.composite
def games(draw, most=4):
    players = draw(st.integers(2, most))
    return players, draw(st.lists(WORTH, min_size=2**players - 1, max_size=2**players - 1))


def shapley_by_all_orders(v, players):
    worth = dict(zip(map(frozenset, coalitions(players)), v, strict=True)) | {frozenset(): 0}
    shares = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        for place, player in enumerate(order):
            shares[player] += worth[frozenset(order[: place + 1])] - worth[frozenset(order[:place])]
    return shares / len(orders)


def excesses(v, players, x):
    inside = members(players)
    return (worths("test", v, ORDER) - inside @ np.array(x))[1:-1]


def core_is_empty(v, players):
    """Whether no division gives every coalition what it has alone, by another solver."""
    inside = members(players)[1:]
    worth = worths("test", v, ORDER)[1:]
    found = linprog(
        np.zeros(players),
        A_ub=-inside[:-1],
        b_ub=-worth[:-1],
        A_eq=inside[-1:],
        b_eq=worth[-1:],
        bounds=(None, None),
    )
    return found.status == 2


@given(games())
def test_shapley_is_the_average_over_all_orders_and_divides_all_there_is(given_game):
    players, v = given_game
    shares = shapley(v, ORDER)
    assert shares == pytest.approx(shapley_by_all_orders(v, players))
    assert sum(shares) == pytest.approx(v[-1])


@given(games(), st.integers(-5, 5))
def test_shapley_gives_a_player_who_adds_only_its_own_worth_that_worth(given_game, own):
    players, v = given_game
    worth = dict(zip(map(frozenset, coalitions(players)), v, strict=True)) | {frozenset(): 0}
    joined = game(lambda c: worth[frozenset(c - {players})] + own * (players in c), players + 1)
    assert shapley(joined, ORDER)[-1] == pytest.approx(own)


@given(games())
def test_shapley_treats_players_who_add_alike_alike(given_game):
    players, v = given_game
    worth = dict(zip(map(frozenset, coalitions(players)), v, strict=True)) | {frozenset(): 0}

    def swapped(coalition):
        return worth[frozenset({0: 1, 1: 0}.get(player, player) for player in coalition)]

    symmetric = game(lambda c: worth[frozenset(c)] + swapped(c), players)
    shares = shapley(symmetric, ORDER)
    assert shares[0] == pytest.approx(shares[1])


@given(games(), st.data())
def test_shapley_of_a_sum_of_games_is_the_sum_of_values(given_game, data):
    _, v = given_game
    other = data.draw(st.lists(WORTH, min_size=len(v), max_size=len(v)))
    both = shapley([a + b for a, b in zip(v, other, strict=True)], ORDER)
    apart = np.array(shapley(v, ORDER)) + np.array(shapley(other, ORDER))
    assert both == pytest.approx(apart)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6), st.data())
def test_voting_power_is_the_shapley_value_of_the_voting_game(seats, data):
    if not sum(seats):
        return
    quota = data.draw(st.integers(1, sum(seats)))
    v = game(lambda c: float(sum(seats[player] for player in c) >= quota), len(seats))
    assert shapley_shubik(quota, seats) == pytest.approx(shapley(v, ORDER))


def test_voting_power_of_thirty_two_equal_members_is_equal():
    assert shapley_shubik(17, [1] * 32) == pytest.approx([1 / 32] * 32)


@given(st.lists(st.floats(0, 1e3), min_size=1, max_size=6))
def test_the_runway_is_paid_as_the_shapley_value_of_its_cost(costs):
    v = game(lambda c: max(costs[player] for player in c), len(costs))
    assert airport_shapley(costs) == pytest.approx(shapley(v, ORDER), abs=1e-9)


@settings(max_examples=60)
@given(games())
def test_the_prenucleolus_divides_all_there_is_and_lies_in_the_core_if_there_is_one(given_game):
    players, v = given_game
    x = prenucleolus(v, ORDER)
    assert sum(x) == pytest.approx(v[-1], abs=1e-7)
    assert core_is_empty(v, players) == (excesses(v, players, x).max() > 1e-7)


@settings(max_examples=60)
@given(games(), st.integers(0, 40))
def test_the_nucleolus_lies_in_the_core_if_there_is_one(given_game, surplus):
    players, v = given_game
    v[-1] = sum(v[:players]) + surplus
    x = nucleolus(v, ORDER)
    assert sum(x) == pytest.approx(v[-1], abs=1e-7)
    assert all(share >= alone - 1e-7 for share, alone in zip(x, v, strict=False))
    if not core_is_empty(v, players):
        assert excesses(v, players, x).max() <= 1e-7


@settings(max_examples=40)
@given(games(most=3), st.integers(0, 40), st.data())
def test_no_other_division_has_smaller_greatest_complaints(given_game, surplus, data):
    players, v = given_game
    v[-1] = sum(v[:players]) + surplus
    complaints = np.sort(excesses(v, players, nucleolus(v, ORDER)))[::-1]
    shares = data.draw(st.lists(st.floats(0, 1), min_size=players, max_size=players))
    total = sum(shares) or 1.0
    other = [alone + surplus * share / total for share, alone in zip(shares, v, strict=False)]
    other[0] += v[-1] - sum(other)
    theirs = np.sort(excesses(v, players, other))[::-1]
    differ = np.flatnonzero(np.abs(complaints - theirs) > 1e-6)
    assert not differ.size or complaints[differ[0]] < theirs[differ[0]]


@given(games())
def test_the_nucleolus_moves_with_the_unit_and_with_what_players_have_alone(given_game):
    players, v = given_game
    x = np.array(prenucleolus(v, ORDER))
    assert prenucleolus([1e6 * each for each in v], ORDER) == pytest.approx(1e6 * x, abs=1e-1)
    alone = np.arange(1, players + 1)
    moved = [each + sum(alone[list(c)]) for each, c in zip(v, coalitions(players), strict=True)]
    assert prenucleolus(moved, ORDER) == pytest.approx(x + alone, abs=1e-6)


def test_a_game_of_one_player_gives_it_everything():
    assert nucleolus([7], ORDER) == [7]
    assert shapley([7], ORDER) == [7]


def test_a_symmetric_game_of_ten_players_is_divided_equally():
    worth = members(10).sum(axis=1) ** 2
    assert lexicographic_division(worth) == pytest.approx([10] * 10)


@pytest.mark.parametrize("value", [shapley, nucleolus, prenucleolus])
def test_a_list_that_is_no_game_is_refused_with_its_length(value):
    with pytest.raises(Problems) as refused:
        value([1, 2, 3, 4], "binary")
    assert [problem.field for problem in refused.value.problems] == ["order", "v"]
    assert refused.value.problems[1].found == "4 worths"


def test_players_who_have_more_alone_than_together_have_no_nucleolus():
    with pytest.raises(Problems, match="less than alone") as refused:
        nucleolus([5, 5, 3], ORDER)
    assert "prenucleolus" in refused.value.problems[0].remedy
    assert prenucleolus([5, 5, 3], ORDER) == pytest.approx([1.5, 1.5])


def test_a_number_of_players_that_disagrees_with_the_list_is_refused():
    with pytest.raises(Problems, match="15 worths for 4 players"):
        nucleolus_of_players(4, [1, 2, 3, 4, 5, 6, 7], ORDER)


def test_a_game_by_another_name_is_refused_with_the_name_there_is():
    with pytest.raises(Problems, match="bankruptcy"):
        nucleolus_of_bankruptcy("bankrupt", 100, [100, 200])


@pytest.mark.parametrize("quota", [0, -1, 101])
def test_a_quota_nobody_or_everybody_meets_is_refused(quota):
    with pytest.raises(Problems, match="quota"):
        shapley_shubik(quota, [60, 40])


def test_more_players_than_a_list_can_hold_are_refused():
    with pytest.raises(Problems, match="at most 16 players"):
        shapley([0.0] * (2**17 - 1), ORDER)
    with pytest.raises(Problems, match="17 claims"):
        nucleolus_of_bankruptcy("bankruptcy", 1, [1] * 17)


def test_estates_and_claims_below_one_are_divided_too():
    shares = nucleolus_of_bankruptcy("bankruptcy", 0.3, [0.1, 0.2, 0.3])
    assert shares == pytest.approx([0.05, 0.1, 0.15])


def test_the_refusal_names_what_the_players_have_together():
    with pytest.raises(Problems, match=r"v\(N\) = 3"):
        nucleolus([5, 5, 3], ORDER)
