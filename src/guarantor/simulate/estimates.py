"""What blocks of futures say together: means with their error, quantiles of histograms, shares."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Problems
from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS

if TYPE_CHECKING:
    from guarantor.simulate.setup import Counts, Numbers

_FILL_ENDS = np.concatenate([[0], np.arange(FILL_BINS - 1) / (FILL_BINS - 2), [1]])
_PEOPLE_ENDS = np.concatenate([[0], np.arange(PEOPLE_BINS - 1), [np.inf]])


def error(block_means: Numbers) -> float | None:
    """Return the standard error of the mean of several block means, from their spread.

    block_means is [blocks], of blocks of one size. None for a single block, which says nothing of
    its own error. Blocks are independent of each other, while the futures within one are
    stratified: the formula for independent futures would overstate the error several times.
    """
    if len(block_means) < 2:
        return None
    return float(np.std(block_means, ddof=1) / math.sqrt(len(block_means)))


def fill_quantile(counts: Counts, share: float) -> Numbers:
    """Return the fill, 0 to 1, that a share of the counted futures lies at or below.

    counts is [..., FILL_BINS]; the result has its leading axes, and is not a number where no future
    is counted. Inside a bin futures are taken to lie evenly, so that the error is at most a
    twentieth. Raises Problems when the share is not within 0 and 1.
    """
    return _quantile(counts, share, _FILL_ENDS)


def people_quantile(counts: Counts, share: float, width: float) -> Numbers:
    """Return the number of people that a share of the counted futures lies at or below.

    counts is [..., PEOPLE_BINS] and width the people in one bin; else as `fill_quantile`, with an
    error of at most one width. It is infinite where the quantile falls into the last bin, which has
    no end: more than 63 widths.
    """
    return _quantile(counts, share, _PEOPLE_ENDS) * width


def of_twenty(share: float) -> int:
    """Return a share of futures as a number in twenty: "in 13 of 20 futures".

    To the nearest, but 0 only when there are none and 20 only when there are all. Raises Problems
    when it is not within 0 and 1.
    """
    _require_share(share)
    if share in (0, 1):
        return int(share) * 20
    return min(max(math.floor(share * 20 + 0.5), 1), 19)


def _quantile(counts: Counts, share: float, ends: Numbers) -> Numbers:
    """Return quantiles of bins on the last axis; bin i lies between the ends i and i + 1.

    Ends that repeat make the bins of single values: the first for nothing, that of fill for met.
    """
    _require_share(share)
    reached = np.cumsum(counts, axis=-1)
    wanted = share * reached[..., -1:]
    place = np.sum((reached < wanted) | (reached == 0), axis=-1, keepdims=True)
    known = place < counts.shape[-1]
    place = np.where(known, place, 0)
    inside = np.take_along_axis(counts, place, axis=-1)
    before = np.take_along_axis(reached, place, axis=-1) - inside
    part = (wanted - before) / np.where(known, inside, 1)
    low, high = ends[place], ends[place + 1]
    endless = np.isinf(high)
    found = low + part * (np.where(endless, low, high) - low)
    found = np.where(endless, np.inf, found)
    return np.asarray(np.where(known, found, np.nan)[..., 0])


def _require_share(share: float) -> None:
    if not 0 <= share <= 1:
        raise Problems.one(
            "this is not a share of futures", found=f"{share}", allowed="a number from 0 to 1"
        )
