"""SMAA: which option is best under which weights, when nobody has agreed the weights."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Acceptability:
    """What a set of weightings says about the options.

    ranks: (options, ranks), share of weightings that give an option a rank; equal options share
    the better rank. central_weights: (options, criteria), mean of the weights under which an
    option is first, NaN where it never is. confidence: (options,), share of the draws of values in
    which it is first under its own central weights, NaN where it has none.
    """

    ranks: NDArray[np.float64]
    central_weights: NDArray[np.float64]
    confidence: NDArray[np.float64]


def uniform_weights(
    criteria: int, draws: int, generator: np.random.Generator
) -> NDArray[np.float64]:
    """Return weightings drawn evenly from all that are not negative and sum to 1.

    Shape (draws, criteria).
    """
    return generator.dirichlet(np.ones(criteria), size=draws)


def acceptability(values: NDArray[np.float64], weights: NDArray[np.float64]) -> Acceptability:
    """Return rank acceptability, central weights and confidence factors.

    values: (draws, options, criteria), partial values in which more is better, all on one scale;
    weights: (draws, criteria). Draw by draw, the two belong together. Raises Problems.

    Source: Lahdelma and Salminen 2001, SMAA-2, Operations Research 49(3).
    """
    inputs = Inputs("smaa")
    if values.ndim != 3 or weights.ndim != 2 or values.shape[::2] != weights.shape:
        found = f"values {values.shape}, weights {weights.shape}"
        inputs.refuse("weights", found, "(draws, options, criteria) with (draws, criteria)")
    inputs.done()
    draws, options, criteria = values.shape
    rank = _ranks(np.einsum("doc,dc->do", values, weights))
    ranks = np.stack([np.bincount(rank[:, each], minlength=options) for each in range(options)])
    central = np.full((options, criteria), np.nan)
    confidence = np.full(options, np.nan)
    for option in range(options):
        first = rank[:, option] == 0
        if first.any():
            central[option] = weights[first].mean(axis=0)
            under_own = _ranks(values @ central[option])
            confidence[option] = float((under_own[:, option] == 0).mean())
    return Acceptability(ranks / draws, central, confidence)


def smaa_entropy(acceptability: Sequence[float]) -> float:
    """How undecided the first rank is, in bits: zero when one option has it under all weights.

    $ H = - sum_a b_a log_2 b_a $

    Symbols:
        acceptability, $b_a$ [fraction]: share of weightings under which each option is first;
            from 0 to 1; valid throughout
    Outputs:
        entropy_bits, $H$ [bits]: entropy of the first rank
    Validity: The shares sum to one, as near as printed shares do.
    Traps:
        With n options it reaches at most the logarithm of n: compare only equal numbers of options.
    Basis: published
    Source: Lahdelma and Salminen 2001, SMAA-2, Operations Research 49(3); case from cran/smaa,
        thrombolytics example.
    """
    inputs = Inputs("smaa_entropy")
    shares = inputs.shares("acceptability", acceptability, length=None)
    inputs.done()
    held = shares[shares > 0]
    return float(-(held * np.log2(held)).sum()) + 0.0


def _ranks(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    """Return how many options score more than each, by draw: (draws, options)."""
    better = scores[:, np.newaxis, :] > scores[:, :, np.newaxis]
    ranks: NDArray[np.intp] = better.sum(axis=2)
    return ranks
