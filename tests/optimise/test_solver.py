"""The solver is tried on models that a release got wrong, and says how a search ended."""

from __future__ import annotations

from dataclasses import replace

import linopy
import numpy as np
import pytest
import xarray

from guarantor.optimise import solver
from guarantor.optimise.solver import CANARIES, Ending, Search, optimum_of
from guarantor.problems import Problems


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.name)
def test_the_solver_finds_the_known_optimum(canary):
    assert optimum_of(canary) == pytest.approx(canary.optimum, abs=1e-9)


def test_a_solver_that_gets_one_wrong_is_not_believed(monkeypatch):
    wrong = replace(CANARIES[0], optimum=99999.0)
    monkeypatch.setattr(solver, "CANARIES", (wrong,))
    solver.believe.cache_clear()
    with pytest.raises(Problems, match="wrong optima"):
        solver.believe()
    solver.believe.cache_clear()


def programme(*, limit: float = 10.0, least: float = 0.0):
    m = linopy.Model()
    x = m.add_variables(lower=least, upper=limit, name="x", integer=True)
    y = m.add_variables(lower=0, name="y")
    m.add_constraints(x - y <= 4.5, name="apart")
    return Search(m)


def row(search, **weights):
    found = np.zeros(search.columns)
    for name, weight in weights.items():
        found[search.places(name)] = weight
    return found


def test_one_objective_is_kept_while_the_next_is_made_small():
    search = programme()
    first = search.least(row(search, x=-1.0, y=2.0))
    assert first.ending is Ending.PROVED
    search.limit(row(search, x=-1.0, y=2.0), first.objective + 1e-9)
    assert search.least(row(search, x=1.0), start=first).values[search.places("x")] == 4


def test_what_contradicts_itself_has_no_assignment():
    search = programme()
    search.limit(row(search, x=1.0), -1.0)
    assert search.least(row(search, x=1.0)).ending is Ending.NONE


def test_an_objective_without_a_limit_is_called_endless():
    search = programme()
    assert search.least(row(search, y=-1.0)).ending in {Ending.ENDLESS, Ending.NONE}


def test_a_search_without_branches_says_that_it_was_stopped():
    chance = np.random.default_rng(4)
    m = linopy.Model()
    x = m.add_variables(lower=0, upper=1, coords={"i": list(range(60))}, name="x", integer=True)
    weights = chance.integers(20, 99, size=(8, 60)).astype(float)
    for number, weight in enumerate(weights):
        each = xarray.DataArray(weight, coords={"i": list(range(60))}, dims=["i"])
        m.add_constraints((x * each).sum() <= float(weight.sum() / 2), name=f"weigh-{number}")
    search = Search(m)
    search.allow(1)
    goal = np.zeros(search.columns)
    goal[search.places("x")] = -chance.integers(20, 99, size=60)
    found = search.least(goal)
    assert found.ending is Ending.STOPPED
    assert 0 < found.gap < 1
