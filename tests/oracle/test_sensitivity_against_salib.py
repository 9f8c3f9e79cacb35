"""First-order indices from given data agree with those of SALib on the same points."""

from __future__ import annotations

import numpy as np
import pytest
from others import other

from guarantor.methods.sensitivity import equal_bins, first_order

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs, not ours

POINTS, BINS = 2**13, 32


def additive(x):
    return 4 * x[0] + 2 * x[1] ** 2


def ishigami(x):
    turned = np.pi * (2 * x - 1)
    return np.sin(turned[0]) + 7 * np.sin(turned[1]) ** 2 + 0.1 * turned[2] ** 4 * np.sin(turned[0])


def stepped(x):
    return (x[0] > 0.7) * (x[1] > 0.4) * 1.0


@pytest.mark.parametrize("model", [additive, ishigami, stepped])
def test_the_indices_are_those_of_salib_but_for_what_bins_show_by_chance(model):
    delta = other("SALib.analyze.delta")
    x = np.random.default_rng(11).uniform(size=(3, POINTS))
    y = model(x)
    for row in x:
        theirs = delta.sobol_first(y, row, np.linspace(0, POINTS, BINS + 1))
        corrected = 1 - (1 - theirs) * (POINTS - 1) / (POINTS - BINS)
        assert first_order(y, equal_bins(row, BINS), 16).value == pytest.approx(corrected, abs=1e-9)
