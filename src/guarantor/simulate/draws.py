"""Draws of uncertain quantities, in fixed blocks of futures that any thread can make alone.

Each named quantity has a stream of its own, which depends on the seed and its name and on nothing
else, so that a quantity added or removed leaves the draws of the others as they were. Within a
block the draws of a quantity are a Latin hypercube: one in each 1 024th of its distribution, in an
order of its own. McKay, Beckman and Conover (1979), Technometrics 21(2), 239-245.
"""

from __future__ import annotations

import math
from functools import lru_cache
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import betainc, ndtr, ndtri  # type: ignore[import-untyped]  # scipy has no types

from guarantor.problems import Collector, Problem, Problems
from guarantor.quantity import AtLeast, AtMost, Choice, Exactly, Interval, Pert

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.quantity import Shape
    from guarantor.simulate.setup import Counts, Numbers

BLOCK = 1024
"""Futures in a block; a power of two, so that strata and jitter are exact in binary."""

_ORDER = np.arange(BLOCK, dtype=np.uint64)
_STRATUM_BITS = np.uint64(BLOCK - 1)
_JITTER_BITS = np.uint64(52 - (BLOCK - 1).bit_length())
_DROPPED_BITS = np.uint64(64) - _JITTER_BITS
_SMALLEST = 2.0**-53
_MIDDLE = np.full(BLOCK, 0.5)

_Z95 = float(ndtri(0.95))
_NODES = np.sin(np.linspace(0, np.pi / 2, 1025)) ** 2
_CELLS = 4096
_TAIL = 1 / 64


def uniforms(seed: int, name: str, block: int) -> Numbers:
    """Return the 1 024 draws of a named quantity in a block, uniform in (0, 1).

    Exactly one lies in each 1 024th, and none is 0 or 1. The stream is Philox (Salmon, Moraes, Dror
    and Shaw 2011, SC11) with a hash of seed and name as its key. A block takes 512 steps of the
    counter and begins at its number times 2¹⁹², so that blocks never meet. Only raw bits are used,
    which stay the same across versions of NumPy.
    """
    key = blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    stream = np.random.Philox(key=int.from_bytes(key, "little"), counter=block << 192)
    raw = stream.random_raw(2 * BLOCK)
    # The stable argsort of the upper 54 bits: with the place in the low bits no two numbers are
    # equal, so that any algorithm gives the same order, and the fastest one may be used.
    strata = np.sort(raw[:BLOCK] & ~_STRATUM_BITS | _ORDER) & _STRATUM_BITS
    # 10 bits of stratum and 42 of jitter, and a half: 53 bits, so that nothing is rounded.
    whole = strata << _JITTER_BITS | raw[BLOCK:] >> _DROPPED_BITS
    return (whole.astype(np.float64) + 0.5) * 2.0**-52


def normal(uniform: Numbers) -> Numbers:
    """Return the standard normal draws at the given shares in (0, 1)."""
    return np.asarray(ndtri(uniform))


def share(score: Numbers) -> Numbers:
    """Return the shares of the standard normal below the scores, kept inside (0, 1)."""
    return np.asarray(np.clip(ndtr(score), _SMALLEST, 1 - _SMALLEST))


def values(shape: Shape, uniform: Numbers) -> Numbers:
    """Return what the shape gives at each share in (0, 1) of its distribution.

    Equal to `shape.quantile` but for rounding; a PERT range comes from a table, with an error below
    1e-4 of its width, and below 5e-6 between the shares 1e-9 and 1 - 1e-9. A reported limit, which
    has no quantiles, is read at the number said, as `supply.span` reads it: at least 10000 is 10000
    throughout; at most 7500 is a PERT range from 0 to 7500 with 7500 as its best, so that its mean
    is five sixths of the limit. Raises Problems for an absent number, a choice between words, and a
    limit below zero.
    """
    match shape:
        case Exactly(value) | AtLeast(value):
            return np.full(uniform.shape, value)
        case AtMost(limit):
            return _up_to(limit, uniform)
        case Interval(low, high):
            z = normal(uniform) / _Z95
            if low > 0:
                return shape.best * np.exp(z * (math.log(high / low) / 2))
            return shape.best + z * ((high - low) / 2)
        case Pert(low, best, high):
            width = high - low
            first, second = 1 + 4 * (best - low) / width, 1 + 4 * (high - best) / width
            return low + width * _beta_points(first, second, uniform)
        case Choice() if shape.low is not None:
            labels = np.array([label for label, _ in shape.weights], dtype=np.float64)
            return np.take(labels, choices(shape, uniform))
        case _:
            raise Problems.one(
                "this cannot be drawn from as a number",
                found=shape.text(),
                allowed="a value, a range, a choice between numbers or a limit",
                remedy='Judge a range, write "3000 to 5000" and mark it as judged.',
            )


def choices(shape: Choice, uniform: Numbers) -> Counts:
    """Return which of the alternatives in `shape.weights` each share in (0, 1) falls to."""
    reached = np.cumsum([weight for _, weight in shape.weights])
    # The weights may sum to a little less than 1: what lies beyond is the last alternative's.
    return np.searchsorted(reached[:-1], uniform, side="left")


class Draws:
    """The draws of all quantities under one seed, with the correlations that the case declares.

    groups maps the name of a group to its members, which are names of quantities, and its strength,
    0 to 1: the correlation of any two members on the scale of the normal distribution, so that
    their rank correlation is 6/π · asin(strength / 2). The members share one factor (a Gaussian
    copula), drawn from the stream `correlation/` + name of the group. The strength is one number
    for all futures, its best estimate; it is not itself drawn. Immutable, so that threads may share
    it. Raises Problems when a quantity is in two groups or a strength is out of range.
    """

    def __init__(
        self, seed: int, groups: Mapping[str, tuple[Iterable[str], float]] | None = None
    ) -> None:
        self.seed = seed
        self._group_of: dict[str, tuple[str, float]] = {}
        collector = Collector()
        for group, (members, strength) in (groups or {}).items():
            if not 0 <= strength <= 1:
                collector.add(
                    Problem(
                        f"the strength of the correlation {group!r} is out of range",
                        found=f"{strength}",
                        allowed="0 to 1",
                        remedy="Quantities that move against each other share no common factor.",
                    )
                )
            for member in dict.fromkeys(members):
                if member in self._group_of:
                    collector.add(
                        Problem(
                            f"{member!r} is in two correlations",
                            found=f"{self._group_of[member][0]!r} and {group!r}",
                            allowed="at most one for each quantity",
                            remedy="Take it out of one, or make the two into one.",
                        )
                    )
                self._group_of[member] = (group, strength)
        collector.raise_if_any()

    def block(self, number: int) -> BlockDraws:
        """Return the draws of the block of that number, from 0."""
        return BlockDraws(self.seed, number, self._group_of)


class BlockDraws:
    """The draws of one block, kept while the block is worked on, so that all options share them.

    Two arrays of 8 kB for each quantity asked for, gone with the object. For one thread; other
    blocks are other objects. The arrays are read-only.
    """

    def __init__(self, seed: int, number: int, group_of: Mapping[str, tuple[str, float]]) -> None:
        self.seed = seed
        self.number = number
        self._group_of = group_of
        self._uniform: dict[str, Numbers] = {}
        self._score: dict[str, Numbers] = {}
        self._value: dict[tuple[str, Shape], Numbers] = {}

    def uniform(self, name: str) -> Numbers:
        """Return the draws of a quantity in (0, 1).

        Uniform for every quantity. One in each 1 024th for a quantity without correlations; for the
        others so only in their common factor and in what is their own, not in the sum.
        """
        if name not in self._uniform:
            drawn = uniforms(self.seed, name, self.number)
            if name in self._group_of:
                group, strength = self._group_of[name]
                drawn = share(
                    np.sqrt(strength) * self._common(group) + np.sqrt(1 - strength) * normal(drawn)
                )
            drawn.setflags(write=False)
            self._uniform[name] = drawn
        return self._uniform[name]

    def value(self, name: str, shape: Shape) -> Numbers:
        """Return the values of a quantity, as `values` does; its Problems name the quantity."""
        key = (name, shape)
        if key not in self._value:
            try:
                drawn = values(shape, self._shares(name, shape))
            except Problems as error:
                raise Problems(problem.at(None, None, name) for problem in error.problems) from None
            drawn.setflags(write=False)
            self._value[key] = drawn
        return self._value[key]

    def _shares(self, name: str, shape: Shape) -> Numbers:
        # Most numbers of a case are certain, and need no stream.
        return _MIDDLE if isinstance(shape, Exactly | AtLeast) else self.uniform(name)

    def _common(self, group: str) -> Numbers:
        if group not in self._score:
            self._score[group] = normal(uniforms(self.seed, f"correlation/{group}", self.number))
        return self._score[group]


def _up_to(limit: float, uniform: Numbers) -> Numbers:
    if limit < 0:
        raise Problems.one(
            "a limit below zero has no low end to draw from",
            found=AtMost(limit).text(),
            allowed="a limit of zero or more, or a range",
            remedy="Judge a range and mark it as judged.",
        )
    return values(Pert(0, limit, limit) if limit else Exactly(0), uniform)


def _beta_points(first: float, second: float, uniform: Numbers) -> Numbers:
    """Return the points of a beta distribution on (0, 1) that each share lies below."""
    shares, even = _beta_tables(first, second)
    # Cells of equal shares need no search, which costs several times as much for draws in no order;
    # only in the tails, where the inverse is steep, the nodes are searched.
    place = uniform * _CELLS
    cell = place.astype(np.int64)
    below = even[cell]
    points = below + (place - cell) * (even[cell + 1] - below)
    tails = np.flatnonzero(np.abs(uniform - 0.5) > 0.5 - _TAIL)
    points[tails] = np.interp(uniform[tails], shares, _NODES)
    return points


@lru_cache(maxsize=1024)
def _beta_tables(first: float, second: float) -> tuple[Numbers, Numbers]:
    """Return the shares below each node, and the points below which equal cells of shares end."""
    shares = np.asarray(betainc(first, second, _NODES))
    even = np.interp(np.linspace(0, 1, _CELLS + 1), shares, _NODES)
    shares.setflags(write=False)
    even.setflags(write=False)
    return shares, even
