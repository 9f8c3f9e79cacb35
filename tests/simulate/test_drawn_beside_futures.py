"""Draws made again by name are those of the run, and holding one leaves the others as they were."""

from __future__ import annotations

import numpy as np
import pytest

from guarantor.simulate.block import Measure
from guarantor.simulate.drawing import futures
from guarantor.simulate.drawn import Held, common_factor, drawn, quantities
from guarantor.simulate.run import draws_of, job, run
from guarantor.supply.shares import Level

OPTION, DEAL = "reassurance-division", "ceasefire-with-consent"


@pytest.fixture(scope="module")
def one(lead):
    return job(lead, OPTION, DEAL, Level.POSSIBLE, 24)


def test_what_was_drawn_is_what_the_run_was_made_from(lead, one):
    draws = draws_of(lead, 7)
    points = drawn(one.table, quantities(one.table, draws), draws, [1])
    taken = futures(one.table, draws_of(lead, 7).block(1))
    assert np.array_equal(points.numbers["lift-people"], taken.lift)
    for place, contribution in enumerate(one.table.contributions):
        came = (taken.delivered[place] > 0) & ~taken.blocked[place]
        assert np.array_equal(points.comes[contribution.id], came)


def test_every_kind_of_quantity_is_named_and_none_is_certain(lead, one):
    draws = draws_of(lead, 7)
    listed = quantities(one.table, draws)
    names = {each.name for each in listed}
    assert {"will", "comes-said", "effect-theory", "ceasefire"} <= names
    for head in ("contributions/", "pools/", "capabilities/", "options/", "will/FRA/come/"):
        assert any(name.startswith(head) for name in names), head
    assert any(name.endswith("running_cost") for name in names)
    points = drawn(one.table, listed, draws, [0])
    assert set(points.theories) == {each.name for each in listed if each.words}
    assert all(np.ptp(values) > 0 for values in points.numbers.values())


def test_holding_nothing_changes_nothing(lead, one):
    plain = run([one], draws_of(lead, 7), 1)[0]
    held = run([one], Held(draws_of(lead, 7), {}), 1)[0]
    assert np.array_equal(plain.measures, held.measures)


@pytest.mark.parametrize("name", ["comes-said", "will", "will/FRA", "lift-people"])
def test_holding_one_quantity_leaves_the_draws_of_the_others(lead, one, name):
    draws = draws_of(lead, 7)
    listed = quantities(one.table, draws)
    usual = drawn(one.table, listed, draws, [0])
    held = drawn(one.table, listed, Held(draws, {name: 0.9}), [0])
    assert np.ptp(held.numbers[name]) == 0
    for other, values in usual.numbers.items():
        if other != name:
            assert np.array_equal(held.numbers[other], values), other


def test_a_decision_that_is_held_falls_as_it_is_held(lead, one):
    contribution = next(c for c in one.table.contributions if c.provider == "FRA")
    decision = f"will/FRA/come/{contribution.id}"
    draws = draws_of(lead, 7)
    came = [
        drawn(one.table, (), Held(draws, {decision: share}), [0]).comes[contribution.id].mean()
        for share in (1e-6, 0.5, 1 - 1e-6)
    ]
    assert came[0] < 0.05
    assert came[0] < came[1] < came[2]


def test_what_the_members_of_a_correlation_share_moves_them_all(lead, one):
    draws = draws_of(lead, 7)
    shared = common_factor(draws, "soft-words", [0])
    points = drawn(one.table, quantities(one.table, draws), draws, [0])
    for name in ("comes-said", "delivers-said"):
        assert np.corrcoef(shared, points.numbers[name])[0, 1] > 0.5


def test_more_will_brings_more_people(lead, one):
    draws = draws_of(lead, 7)
    people = [
        run([one], Held(draws, {"will": share}), 1)[0].measure(Measure.PRESENT_MEAN).mean()
        for share in (0.1, 0.5, 0.9)
    ]
    assert people == sorted(people)
