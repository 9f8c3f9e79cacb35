"""PROMETHEE II gives the net flows that pymcdm gives."""

from __future__ import annotations

import numpy as np
import pytest
from others import other

from guarantor.methods.promethee import net_flows

pytestmark = pytest.mark.filterwarnings("ignore")  # theirs, not ours

THEIR_NAMES = {
    "usual": "usual",
    "u-shape": "ushape",
    "v-shape": "vshape",
    "level": "level",
    "linear": "vshape_2",
}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("function", THEIR_NAMES)
def test_net_flows_agree(seed, function):
    methods = other("pymcdm.methods")
    draw = np.random.default_rng(seed)
    options, criteria = draw.integers(3, 9), draw.integers(2, 7)
    matrix = draw.uniform(0, 10, (options, criteria))
    weights = draw.dirichlet(np.ones(criteria))
    directions = draw.choice([-1, 1], criteria)
    q = draw.uniform(0.1, 2, criteria)
    p = q + draw.uniform(0.5, 4, criteria)
    theirs = methods.PROMETHEE_II(THEIR_NAMES[function], p=p, q=q)(matrix, weights, directions)
    ours = net_flows(matrix, weights, directions, function, q, p)
    assert ours == pytest.approx(list(theirs), abs=1e-12)
