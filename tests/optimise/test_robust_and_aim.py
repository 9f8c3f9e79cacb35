"""Margins, futures fitted and checked, and the largest strength that lines and money allow."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from small import line, pool, source, tables

from guarantor.case.words import Band
from guarantor.optimise.aim import STEP, Barred, largest, scaled, without
from guarantor.optimise.gather import tables as gathered
from guarantor.optimise.robust import MARGINS, Sample, filled_by, frontier, sample, with_margin
from guarantor.optimise.tables import Reach
from guarantor.simulate.run import draws_of

BRIGADE = "reassurance-brigade"


def force(scale, able, helpers=99):
    """Return a line of 2 and its enabler of 1, grown by a scale, with so many units at hand."""
    lines = [line("fight", "p", 2.0 * scale), line("help", "q", 1.0 * scale)]
    sources = [source("a", "AAA", 0, "p", able), source("b", "BBB", 1, "q", helpers)]
    return tables(lines, sources, per_unit={("p", "q"): 0.5})


@settings(max_examples=25, deadline=None)
@given(some.integers(1, 30), some.integers(1, 30))
def test_the_largest_strength_is_the_one_at_which_the_scarcest_line_is_just_filled(able, helpers):
    # a force of a thousand asks for two units and one enabler; half an enabler goes with each unit
    most = 4000.0
    found = largest(force(STEP / 1000, able, helpers), force(4.0, able, helpers), most)
    scarce = min(able / 2, helpers / 1, most / 1000) * 1000
    assert found == pytest.approx(np.floor(scarce / STEP + 1e-9) * STEP)


def test_a_line_that_nobody_serves_is_left_aside_and_does_not_hold_the_rest_to_nothing():
    def made(scale):
        lines = [line("fight", "p", 2.0 * scale), line("nobody", "r", 1.0 * scale)]
        return tables(lines, [source("a", "AAA", 0, "p", 4)])

    assert largest(made(0.1), made(4.0), 4000.0) == 2000.0


def test_lines_grow_with_the_strength_but_one_without_a_number_keeps_asking_one():
    numbered, open_ = line("one", "p", 4.0), replace(line("two", "p", 1.0), stated=False)
    grown = scaled((numbered, open_), 1000, 2500, 6)
    assert [each.asked for each in grown] == [10.0, 1.0]
    assert [each.ends for each in grown] == [6, 6]


def test_what_is_barred_is_left_out_and_nothing_else():
    made = force(1, 3)
    rear = Barred("AAA", frozenset({"AAA"}), None, frozenset({Band.REAR}))
    assert [s.provider for s in without(made, [rear]).sources] == ["BBB"]
    kind = Barred("all", frozenset({"AAA", "BBB"}), "q", None)
    assert [s.provider for s in without(made, [kind]).sources] == ["AAA"]


def four(made, brings, asked):
    rows = np.array(brings, dtype=float)
    return Sample(rows, np.full((len(made.pools), 4), np.inf), np.array(asked, dtype=float), {})


def test_a_line_is_filled_in_the_futures_in_which_enough_comes():
    made = tables([line("one", "p", 2)], [source("a", "AAA", 0, "p", 3)])
    found = four(made, [[0, 1, 2, 3]], [[1, 1, 3, 3]])
    assert filled_by(made, np.array([3.0]), found).tolist() == [[False, True, False, True]]
    assert filled_by(made, np.array([2.0]), found).tolist() == [[False, True, False, False]]


def test_units_of_two_lines_share_the_room_of_their_pool():
    lines = [line("one", "p", 1), line("two", "p", 1)]
    sources = [source("a", "AAA", 0, "p", 1, loss=1), source("b", "AAA", 1, "p", 1, loss=2)]
    made = tables(lines, sources, [pool("AAA", "p", 2)])
    found = Sample(np.ones((2, 2)), np.array([[1.0, 2.0]]), np.ones((2, 2)), {})
    assert filled_by(made, np.ones(2), found).tolist() == [[True, True], [False, True]]


@pytest.fixture(scope="module")
def brigade(lead):
    deal = lead.deals["ceasefire-with-consent"]
    made = gathered(lead, BRIGADE, deal, Reach.OWNED, horizon=60)
    draws = draws_of(lead, 7)
    return made, [sample(made, draws.block(block)) for block in (0, 1)]


def test_a_larger_margin_plans_with_no_more_and_for_no_less(brigade):
    made, (fit, _) = brigade
    planned = [with_margin(made, fit, margin) for margin in MARGINS]
    for before, after in pairwise(planned):
        for one, two in zip(before.sources, after.sources, strict=True):
            assert two.amount <= one.amount
        for one, two in zip(before.lines, after.lines, strict=True):
            assert two.asked >= one.asked


def test_the_futures_checked_are_others_and_say_about_the_same(brigade):
    made, (fit, check) = brigade
    assert not np.array_equal(fit.asked, check.asked)
    found = frontier(made, fit, check)
    for point in found.points:
        assert abs(point.fitted - point.checked) < 0.08
    assert found.points[-1].fitted > found.points[0].fitted
    assert found.enough(0.0) is found.points[0]
    assert found.enough(1.1) is None
