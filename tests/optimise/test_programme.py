"""The best assignment is the best: against every assignment, against flows, by its own rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow
from small import SUPPORT, best_by_trying, line, pool, small_programmes, source, tables

from guarantor.optimise.check import broken
from guarantor.optimise.programme import Objective, generate
from guarantor.optimise.solver import Ending

ORDERED = (Objective.UNFILLED, Objective.FIRMNESS)


@settings(max_examples=60, deadline=None)
@given(small_programmes())
def test_small_programmes_equal_the_best_of_every_assignment(made):
    found = generate(made, objectives=ORDERED)
    lacking, lost = best_by_trying(made)
    assert found.value(Objective.UNFILLED) == pytest.approx(lacking, abs=1e-6)
    assert found.value(Objective.FIRMNESS) == pytest.approx(lost, abs=1e-5)
    assert not broken(made, found.present)


@settings(max_examples=15, deadline=None)
@given(
    some.lists(some.integers(1, 9), min_size=8, max_size=14),
    some.lists(some.integers(5, 25), min_size=3, max_size=5),
    some.randoms(use_true_random=False),
)
def test_larger_ones_equal_the_largest_flow_from_nations_to_lines(pools, asked, chance):
    # lines that ask the same weigh the same, so that the least unfilled is the largest flow
    level = max(asked)
    lines = [line(f"line-{n}", "p", level) for n in range(len(asked))]
    sources, edges = [], []
    for n in range(len(pools)):
        for place in range(len(lines)):
            if chance.random() < 0.5:
                amount = chance.randint(1, 6)
                sources.append(source(f"o-{n}-{place}", f"N{n:02d}", place, "p", amount))
                edges.append((1 + n, 1 + len(pools) + place, amount))
    made = tables(lines, sources, [pool(f"N{n:02d}", "p", free) for n, free in enumerate(pools)])
    size = 2 + len(pools) + len(lines)
    table = np.zeros((size, size), dtype=np.int32)
    for n, free in enumerate(pools):
        table[0, 1 + n] = free
    for tail, head, amount in edges:
        table[tail, head] = amount
    for place in range(len(lines)):
        table[1 + len(pools) + place, size - 1] = level
    flow = maximum_flow(csr_array(table), 0, size - 1).flow_value
    found = generate(made, objectives=(Objective.UNFILLED,))
    assert found.value(Objective.UNFILLED) == pytest.approx(len(lines) - flow / level, abs=1e-7)


def test_the_firmest_offer_is_taken_first():
    lines = [line("one", "p", 1)]
    sources = [source("soft", "AAA", 0, "p", 1, loss=8), source("firm", "BBB", 0, "p", 1, loss=2)]
    found = generate(tables(lines, sources), objectives=ORDERED)
    assert found.present[:, 0].tolist() == [0, 1]


def test_a_unit_that_two_lines_want_serves_one():
    lines = [line("one", "p", 1), line("two", "p", 1)]
    sources = [source("same", "AAA", 0, "p", 1), source("same", "AAA", 1, "p", 1)]
    found = generate(tables(lines, sources))
    assert found.value(Objective.UNFILLED) == pytest.approx(1)


def test_what_waits_for_american_support_comes_with_the_first_american_unit():
    lines = [line("one", "p", 3)]
    waiting = source("waits", "AAA", 0, "p", 2, waits=(SUPPORT,))
    alone = generate(tables(lines, [waiting]))
    assert alone.value(Objective.UNFILLED) == pytest.approx(1)
    backed = generate(tables(lines, [waiting, source("backs", "USA", 0, "p", 1)]))
    assert backed.value(Objective.UNFILLED) == pytest.approx(0)


def test_what_is_given_leaves_the_pool_for_good_and_needs_no_rotation():
    lines = [line("one", "p", 4)]
    room = pool("AAA", "p", 4, 3)
    given_ = generate(tables(lines, [source("gives", "AAA", 0, "p", 4, given=True)], [room]))
    sent = generate(tables(lines, [source("sends", "AAA", 0, "p", 4)], [room]))
    assert given_.present.max() == 4
    assert sent.present.max() == 1


def test_units_without_the_enabler_they_need_are_not_sent():
    lines = [line("fight", "p", 4), line("help", "q", 1)]
    sources = [source("fights", "AAA", 0, "p", 4), source("helps", "BBB", 1, "q", 1)]
    found = generate(tables(lines, sources, per_unit={("p", "q"): 0.5}))
    assert found.present[:, 0].tolist() == [2, 1]


def test_spare_units_stand_in_for_a_missing_enabler():
    lines = [line("fight", "p", 1), line("help", "q", 1), line("other", "r", 1)]
    sources = [source("fights", "AAA", 0, "p", 1), source("others", "BBB", 2, "r", 3)]
    without = generate(tables(lines, sources, per_unit={("p", "q"): 1}))
    stand_in = generate(tables(lines, sources, per_unit={("p", "q"): 1}, factor={("q", "r"): 0.5}))
    assert without.met(0) is False
    assert stand_in.met(0) is True
    assert stand_in.present[1, 0] == 3


def test_a_fair_part_draws_the_requests_towards_it():
    lines = [line("one", "p", 4)]
    made = tables(lines, [source("a", "AAA", 0, "p", 4), source("b", "BBB", 0, "p", 4)])
    for kind in made.case.capabilities.values():
        kind.people = kind.support = None
        kind.unit = "people deployed"
    found = generate(made, {"AAA": 0.25, "BBB": 0.75})
    assert found.present[:, 0].tolist() == [1, 3]
    assert found.value(Objective.UNFAIRNESS) == pytest.approx(0, abs=1e-6)


def test_an_option_that_asks_nothing_has_nothing_unfilled():
    found = generate(tables([], []))
    assert found.proved
    assert found.value(Objective.UNFILLED) == 0


def test_a_line_that_nobody_can_serve_stays_open():
    found = generate(tables([line("one", "p", 2)], []))
    assert found.value(Objective.UNFILLED) == 1
    assert found.steps[0].ending is Ending.PROVED
