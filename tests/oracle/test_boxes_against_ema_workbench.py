"""PRIM and CART find the boxes that the EMA workbench finds."""

from __future__ import annotations

import numpy as np
import pytest
from others import other

from guarantor.methods.cart import leaves
from guarantor.methods.datasets import read_dataset
from guarantor.methods.prim import Sample, trajectory
from guarantor.methods.prim_cases import _sample

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs, not ours


@pytest.fixture
def frame():
    """The sample as the table that the workbench reads."""
    pandas = other("pandas")
    return lambda sample: pandas.DataFrame({**sample.numbers, **sample.categories})


def corner(seed, points=400, ties=False):
    """Points of which those in one corner are mostly cases."""
    draw = np.random.default_rng(seed)
    numbers = {name: draw.uniform(0, 1, points) for name in ("a", "b", "c")}
    if ties:
        numbers = {name: values.round(1) for name, values in numbers.items()}
    inside = (numbers["a"] > 0.6) & (numbers["b"] < 0.5)
    cases = np.where(inside, draw.uniform(size=points) < 0.9, draw.uniform(size=points) < 0.05)
    return Sample(numbers, cases)


def shares(boxes):
    return np.array([(box.coverage, box.density, box.mass, len(box.limits)) for box in boxes])


def their_boxes(sample, frame, alpha):
    prim = other("ema_workbench.analysis.prim")
    search = prim.Prim(frame(sample), sample.cases.astype(int), threshold=0.1, peel_alpha=alpha)
    found = search.find_box().peeling_trajectory
    return found[["coverage", "density", "mass", "res_dim"]].to_numpy(dtype=float)


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("alpha", [0.05, 0.1])
@pytest.mark.parametrize("seed", range(5))
def test_peeling_and_pasting_pass_through_the_same_boxes(frame, seed, alpha, ties):
    sample = corner(seed, ties=ties)
    ours, theirs = shares(trajectory(sample, peel_alpha=alpha)), their_boxes(sample, frame, alpha)
    assert ours.shape == theirs.shape
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_the_published_study_is_searched_alike(frame, published_data):
    if published_data is None:
        pytest.skip("the data sets of published cases are not at hand")
    sample = _sample(read_dataset("bryant et al 2010", published_data), "columns 2-10", "column 15")
    ours, theirs = shares(trajectory(sample, peel_alpha=0.1)), their_boxes(sample, frame, 0.1)
    assert ours == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("seed", range(5))
def test_a_tree_has_the_same_leaves(frame, seed):
    cart = other("ema_workbench.analysis.cart")
    sample = corner(seed)
    tree = cart.CART(frame(sample), sample.cases.astype(int), mass_min=0.05)
    tree.build_tree()
    theirs = sorted((each["coverage"], each["density"], each["mass"]) for each in tree.stats)
    ours = sorted((box.coverage, box.density, box.mass) for box in leaves(sample, mass_min=0.05))
    assert np.array(ours) == pytest.approx(np.array(theirs), abs=1e-12)
