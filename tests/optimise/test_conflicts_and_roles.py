"""A conflict has nothing to spare, and the smallest roles are all of them."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given, settings
from small import line, small_programmes, source, tables

from guarantor.optimise.conflict import Clash, conflict
from guarantor.optimise.gather import tables as gathered
from guarantor.optimise.programme import Objective, generate
from guarantor.optimise.roles import arrived, item_of, role
from guarantor.optimise.tables import Reach
from guarantor.supply.feasibility import Means

DIVISION = "reassurance-division"


def unfilled(made, nation, items):
    kept = [s.provider != nation or item_of(s) in items for s in made.sources]
    return generate(made.without(kept), objectives=(Objective.UNFILLED,)).value(Objective.UNFILLED)


def by_trying(made, nation):
    """Return every smallest set of a nation's items by trying all of them."""
    items = sorted({item_of(s) for s in made.sources if s.provider == nation}, key=str)
    best = unfilled(made, nation, set(items))
    works = [
        frozenset(chosen)
        for size in range(len(items) + 1)
        for chosen in combinations(items, size)
        if unfilled(made, nation, set(chosen)) <= best + 1e-6
    ]
    return {each for each in works if not any(other < each for other in works)}


@settings(max_examples=25, deadline=None)
@given(small_programmes())
def test_the_smallest_roles_are_those_found_by_trying_every_set(made):
    found = role(made, "USA")
    tried = by_trying(arrived(made), "USA")
    # items that could bring nothing at all are in no set either way
    assert {frozenset(each.units) for each in found.sets} == tried


def test_two_kinds_that_do_the_same_are_two_smallest_roles_and_neither_alone_is_worth_anything():
    lines = [line("see", "p", 1), line("help", "q", 1)]
    sources = [
        source("one", "USA", 0, "p", 1),
        source("two", "USA", 0, "p", 1, given=True),
        source("other", "AAA", 1, "q", 1),
    ]
    found = role(tables(lines, sources), "USA")
    assert len(found.sets) == 2
    assert all(sum(each.units.values()) == 1 for each in found.sets)
    assert set(found.worth.values()) == {0.0}
    assert set(found.alone.values()) == {1.0}


def test_a_nation_that_is_not_needed_has_the_empty_role():
    lines = [line("one", "p", 1)]
    sources = [source("a", "USA", 0, "p", 1), source("b", "AAA", 0, "p", 1)]
    assert [each.units for each in role(tables(lines, sources), "USA").sets] == [{}]


@pytest.fixture(scope="module")
def division(lead):
    deal = lead.deals["ceasefire-with-consent"]
    means = Means(lead)
    made = gathered(lead, DIVISION, deal, Reach.POSSIBLE, horizon=60, means=means)
    return made, means


def found_for(division, name):
    made, means = division
    return conflict(made, next(ln for ln in made.lines if ln.id == name), means)


def test_a_line_that_what_is_possible_fills_has_no_conflict(division):
    assert found_for(division, "headquarters") is None


def test_a_conflict_has_nothing_to_spare_and_names_the_need(division):
    from guarantor.optimise import conflict as module

    made, means = division
    wanted = next(ln for ln in made.lines if ln.id == "engineers")
    found = conflict(made, wanted, means)
    stand = module._around(made, wanted, means)
    trial = module._Trial(stand)
    assert Clash.NEED in {element.clash for element in found.elements}
    assert not trial.fills(found.elements)
    for element in found.elements:
        assert trial.fills(set(found.elements) - {element}), element


def test_cannot_and_will_not_stand_apart(division):
    sides = {element.clash.side for element in found_for(division, "air-defence").elements}
    assert {"cannot", "will not", "will not, as far as is said", "need"} == sides


def test_units_that_nobody_has_counted_are_not_known_and_not_cannot(division):
    found = found_for(division, "logistics")
    assert found.reach is Reach.OWNED
    assert {element.clash for element in found.elements} == {Clash.UNKNOWN, Clash.NEED}


def test_a_change_fills_the_line_with_what_is_missing(division):
    found = found_for(division, "medical")
    assert found.cheapest is not None
    assert found.cheapest.units == found.line.asked - found.reachable
    assert found.cheapest.element.clash is Clash.OFFERS


def test_where_the_deal_bars_forces_no_nation_alone_can_end_the_conflict(lead):
    deal = lead.deals["forces-capped-or-barred"]
    means = Means(lead)
    made = gathered(lead, DIVISION, deal, Reach.POSSIBLE, horizon=60, means=means)
    found = conflict(made, next(ln for ln in made.lines if ln.id == "ground-force"), means)
    clashes = {change.element.clash for change in found.changes}
    assert Clash.REFUSES not in clashes
    assert found.elements
