"""Shares of coalitions: axioms, published rules, and draws against every coalition."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from small import line, pool, source, tables

from guarantor.methods.claims import talmud
from guarantor.optimise.games import (
    Claims,
    claims,
    nucleolus_parts,
    power,
    shapley_drawn,
    shapley_exact,
    shapley_parts,
)

ABLE = some.lists(some.lists(some.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=5)


def made(able, asked):
    table = np.array(able, dtype=float)
    asked = np.minimum(np.array(asked, dtype=float), table.sum(axis=0))
    there = asked > 0
    names = tuple(f"N{n}" for n in range(len(able)))
    return Claims(names, table[:, there], asked[there])


def by_orders(worth, players):
    """Return the Shapley value as its definition has it: the mean over all orders."""
    total = np.zeros(players)
    orders = list(permutations(range(players)))
    for order in orders:
        inside = np.zeros((1, players), dtype=bool)
        before = float(worth(inside)[0])
        for player in order:
            inside[0, player] = True
            after = float(worth(inside)[0])
            total[player] += after - before
            before = after
    return total / len(orders)


@settings(max_examples=40, deadline=None)
@given(ABLE)
def test_the_exact_value_is_the_mean_over_all_orders(able):
    game = made(able, [4, 5])
    if len(game.asked):
        exact = shapley_exact(game.must, len(able))
        assert exact == pytest.approx(by_orders(game.must, len(able)))
        assert exact.sum() == pytest.approx(len(game.asked))


def test_what_must_be_brought_of_one_line_is_divided_as_the_talmud_divides():
    # the nucleolus of the game of what falls on each once others have brought what they can
    game = made([[1.0], [2.0], [3.0]], [2.0])
    parts = nucleolus_parts(game).parts
    award = talmud(2.0, [1.0, 2.0, 3.0])
    assert list(parts.values()) == pytest.approx([each / 2.0 for each in award])


def test_nations_that_could_bring_the_same_have_the_same_part():
    parts = shapley_parts(made([[3, 1], [3, 1], [1, 4]], [4, 4])).parts
    assert parts["N0"] == pytest.approx(parts["N1"])


def test_a_nation_that_can_bring_nothing_has_no_part_and_no_power():
    game = made([[3, 1], [0, 0], [2, 2]], [4, 3])
    assert shapley_parts(game).parts["N1"] == 0
    assert power(game).parts["N1"] == 0


def test_drawn_values_lie_within_four_of_their_errors_of_the_exact_ones():
    chance = np.random.default_rng(11)
    able = chance.integers(0, 9, size=(9, 3))
    game = made(able, [14, 11, 17])
    exact = shapley_exact(game.must, 9)
    drawn, errors = shapley_drawn(game.must, 9, 400, "a test")
    assert (np.abs(drawn - exact) <= 4 * errors + 1e-12).all()
    assert errors.max() < 0.02


def test_drawn_values_are_the_same_each_time():
    game = made(np.arange(24).reshape(8, 3) % 5, [6, 6, 6])
    first, second = (shapley_drawn(game.must, 8, 50, "seed")[0] for _ in range(2))
    assert first.tolist() == second.tolist()


def test_beyond_twelve_players_the_smallest_are_divided_by_what_they_could_bring():
    able = [[9.0]] * 11 + [[2.0], [1.0]]
    found = nucleolus_parts(made(able, [40.0]))
    assert set(found.together) == {"N11", "N12"}
    assert found.parts["N11"] == pytest.approx(2 * found.parts["N12"])
    assert sum(found.parts.values()) == pytest.approx(1)


def test_claims_stay_within_the_pool():
    lines = [line("one", "p", 5)]
    stand = tables(lines, [source("a", "AAA", 0, "p", 9)], [pool("AAA", "p", 7, 2)])
    assert claims(stand).able.tolist() == [[3.0]]
