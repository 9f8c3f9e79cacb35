"""How far a box found by PRIM can be trusted: chance, and another draw of the same points."""

from __future__ import annotations

from collections import Counter
from math import inf
from typing import TYPE_CHECKING, Literal

from guarantor.methods.prim import box_of, trajectory

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np

    from guarantor.methods.prim import Box, Limit, Sample

Side = Literal["upper", "lower", "categories"]


def quasi_p_values(sample: Sample, limits: Mapping[str, Limit]) -> dict[tuple[str, Side], float]:
    """Return, for each limit of a box, how easily chance alone would do as well without it.

    The chance that a binomial with as many trials as the box has points, and the density of the
    box without that limit, gives at least as many cases. Upper limits come first, then lower ones,
    then categories, each in the order in which they were set. Points that were searched with the
    box in hand make these values too small: they order the limits, and prove nothing.

    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77.
    """
    # It takes longer to load than all else here, and few questions ask for these values.
    from scipy.special import bdtrc  # type: ignore[import-untyped]  # scipy has no types

    box = box_of(sample, limits)
    return {
        (name, side): float(bdtrc(box.cases - 1, box.points, box_of(sample, wider).density))
        for name, side, wider in _relaxed(limits)
    }


def reproducibility(
    sample: Sample,
    box: Box,
    generator: np.random.Generator,
    *,
    peel_alpha: float = 0.05,
    draws: int = 10,
    share: float = 0.5,
) -> dict[str, tuple[float, float]]:
    """Return, by input, how often a search of half the points restricts it again.

    Each draw takes a share of the points without replacement and searches them anew; of that
    trajectory, the box of nearest coverage is compared, and the one of nearest density. The two
    shares of draws come in that order.

    Source: Bryant and Lempert 2010, Technological Forecasting and Social Change 77.
    """
    by_coverage: Counter[str] = Counter()
    by_density: Counter[str] = Counter()
    for _ in range(draws):
        chosen = generator.permutation(len(sample))[: round(share * len(sample))]
        half = sample.take(chosen)
        boxes = trajectory(half, peel_alpha=peel_alpha)
        nearest = min(boxes, key=lambda each: abs(each.coverage - box.coverage))
        by_coverage.update(nearest.limits.keys())
        nearest = min(boxes, key=lambda each: abs(each.density - box.density))
        by_density.update(nearest.limits.keys())
    return {name: (by_coverage[name] / draws, by_density[name] / draws) for name in sample.names}


def _relaxed(limits: Mapping[str, Limit]) -> Iterator[tuple[str, Side, Mapping[str, Limit]]]:
    """Yield the limits with one side of one of them taken off, in the order of the values."""
    intervals = {name: limit for name, limit in limits.items() if isinstance(limit, tuple)}
    for name, (low, high) in intervals.items():
        if high < inf:
            yield name, "upper", {**limits, name: (low, inf)}
    for name, (low, high) in intervals.items():
        if low > -inf:
            yield name, "lower", {**limits, name: (-inf, high)}
    for name in [each for each in limits if each not in intervals]:
        yield name, "categories", {each: limits[each] for each in limits if each != name}
