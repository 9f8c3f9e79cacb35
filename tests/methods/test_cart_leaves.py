"""The leaves of the tree divide all points among them, and are those the workbench prints."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from published import data
from test_prim_boxes import corner, samples

from guarantor.methods import prim_cases
from guarantor.methods.cart import leaves
from guarantor.methods.prim import Sample, box_of
from guarantor.problems import Problems


def test_all_eight_leaves_of_the_published_tree_come_out():
    sample = prim_cases._sample(
        data("bryant et al 2010"), "columns 2-10", 'column 15 "Greater than 90%"'
    )
    found = [(leaf.coverage, leaf.density, leaf.mass) for leaf in leaves(sample)]
    printed = [
        (0.011236, 0.021739, 0.052154),
        (0.000000, 0.000000, 0.546485),
        (0.000000, 0.000000, 0.103175),
        (0.044944, 0.090909, 0.049887),
        (0.224719, 0.434783, 0.052154),
        (0.112360, 0.227273, 0.049887),
        (0.000000, 0.000000, 0.051020),
        (0.606742, 0.642857, 0.095238),
    ]
    assert np.array(found) == pytest.approx(np.array(printed), abs=5e-7)


@settings(max_examples=60)
@given(samples())
def test_leaves_divide_all_points_and_cases_and_are_large_enough(sample):
    found = leaves(sample, mass_min=0.1)
    assert sum(leaf.points for leaf in found) == len(sample)
    assert sum(leaf.cases for leaf in found) == sample.cases.sum()
    assert all(leaf.points >= int(0.1 * len(sample)) for leaf in found)
    for leaf in found:
        assert leaf == box_of(sample, leaf.limits)


def gini(cases):
    share = cases.mean()
    return len(cases) * 2 * share * (1 - share)


def grown_by_trying(sample, rows, least):
    """The leaves by trying every split of every input, in the plainest way."""
    best, kept = gini(sample.cases[rows]) - 1e-9, None
    for values in sample.numbers.values():
        for cut in sorted(set(values[rows].tolist()))[:-1]:
            left = values[rows] <= cut
            best, kept = better(sample, rows, left, least, best, kept)
    for values in sample.categories.values():
        for category in sorted(set(values[rows].tolist())):
            left = values[rows] == category
            best, kept = better(sample, rows, left, least, best, kept)
    if kept is None:
        return [(len(rows), int(sample.cases[rows].sum()))]
    return [leaf for side in (kept, ~kept) for leaf in grown_by_trying(sample, rows[side], least)]


def better(sample, rows, left, least, best, kept):
    if min(left.sum(), (~left).sum()) < least:
        return best, kept
    impurity = gini(sample.cases[rows[left]]) + gini(sample.cases[rows[~left]])
    return (impurity, left) if impurity < best - 1e-9 else (best, kept)


@settings(max_examples=60, derandomize=True)  # ties between equal splits are broken either way
@given(samples())
def test_every_split_is_the_best_there_is(sample):
    found = [(leaf.points, leaf.cases) for leaf in leaves(sample, mass_min=0.1)]
    least = max(1, int(0.1 * len(sample)))
    assert found == grown_by_trying(sample, np.arange(len(sample)), least)


def test_the_corner_where_the_cases_lie_is_one_leaf():
    best = max(leaves(corner()), key=lambda leaf: leaf.density)
    assert (best.coverage, best.density) == (1.0, 1.0)
    assert set(best.limits) == {"a", "b"}


def test_a_category_is_split_off_when_it_holds_the_cases():
    kinds = np.array(["calm", "breach", "calm", "exit"] * 25)
    sample = Sample({"noise": np.arange(100.0) % 7}, kinds == "breach", {"kind": kinds})
    best = max(leaves(sample), key=lambda leaf: leaf.density)
    assert best.limits == {"kind": frozenset({"breach"})}
    assert (best.coverage, best.density) == (1.0, 1.0)


def test_what_no_split_makes_purer_is_one_leaf():
    values = {"a": np.arange(100.0)}
    assert len(leaves(Sample(values, np.zeros(100, dtype=bool)))) == 1
    assert len(leaves(Sample({"a": np.ones(100)}, np.arange(100) % 2 == 0))) == 1


def test_no_points_have_no_tree():
    with pytest.raises(Problems, match="no points"):
        leaves(Sample({}, np.zeros(0, dtype=bool)))
