"""Draws of uncertain quantities, in fixed blocks of futures that any thread can make alone.

Each named quantity has a stream of its own, which depends on the seed and its name and on nothing
else, so that a quantity added or removed leaves the draws of the others as they were. Within a
block the draws of a quantity are a Latin hypercube: one in each 1 024th of its distribution, in an
order of its own. McKay, Beckman and Conover (1979), Technometrics 21(2), 239-245.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri  # type: ignore[import-untyped]  # scipy has no types

from guarantor.problems import Collector, Problem, Problems
from guarantor.quantity import AtLeast, AtMost, Choice, Exactly, Interval, Pert
from guarantor.simulate.perts import Perts
from guarantor.simulate.streams import BLOCK, hypercubes, stream_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.quantity import Shape
    from guarantor.simulate.setup import Counts, Numbers

__all__ = [
    "BLOCK",
    "Asked",
    "BlockDraws",
    "Draws",
    "choices",
    "normal",
    "share",
    "uniforms",
    "values",
]

_SMALLEST = 2.0**-53
_MIDDLE = np.full(BLOCK, 0.5)

_Z95 = float(ndtri(0.95))


def uniforms(seed: int, name: str, block: int) -> Numbers:
    """Return the 1 024 draws of a named quantity in a block, uniform in (0, 1), read-only.

    Exactly one lies in each 1 024th, and none is 0 or 1.
    """
    found: Numbers = hypercubes([stream_key(seed, name)], block)[0]
    return found


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
            return values(_up_to(limit), uniform)
        case Interval():
            return _at_scores(shape, normal(uniform))
        case Pert():
            found: Numbers = Perts([shape]).values(uniform[np.newaxis])[0]
            return found
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


class Asked(NamedTuple):
    """A quantity to be drawn: its name, and its value or range."""

    name: str
    shape: Shape


class _Before:
    """What blocks were asked for so far, so that the next can draw all of it together.

    It is about five times faster than name by name, and changes no draw. Threads may share it:
    whatever one of them misses is drawn when it is asked for.
    """

    def __init__(self) -> None:
        self.streams: dict[str, tuple[int, int]] = {}
        self.scores: dict[str, None] = {}
        self.ranges: dict[tuple[str, Pert], None] = {}
        self._tables: tuple[list[tuple[str, Pert]], Perts] = ([], Perts([]))

    def tables(self) -> tuple[list[tuple[str, Pert]], Perts]:
        """Return names and PERT ranges, with the tables of the ranges."""
        tables = self._tables
        if len(tables[0]) < len(self.ranges):
            listed = list(self.ranges)
            tables = self._tables = listed, Perts([shape for _, shape in listed])
        return tables


class Draws:
    """The draws of all quantities under one seed, with the correlations that the case declares.

    groups maps the name of a group to its members, which are names of quantities, and its strength,
    0 to 1: the correlation of any two members on the scale of the normal distribution, so that
    their rank correlation is 6/π · asin(strength / 2). The members share one factor (a Gaussian
    copula), drawn from the stream `correlation/` + name of the group. The strength is one number
    for all futures, its best estimate; it is not itself drawn. Threads may share it. Raises
    Problems when a quantity is in two groups or a strength is out of range.
    """

    def __init__(
        self, seed: int, groups: Mapping[str, tuple[Iterable[str], float]] | None = None
    ) -> None:
        self.seed = seed
        self.group_of: dict[str, tuple[str, float]] = {}
        self.before = _Before()
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
                if member in self.group_of:
                    collector.add(
                        Problem(
                            f"{member!r} is in two correlations",
                            found=f"{self.group_of[member][0]!r} and {group!r}",
                            allowed="at most one for each quantity",
                            remedy="Take it out of one, or make the two into one.",
                        )
                    )
                self.group_of[member] = (group, strength)
        collector.raise_if_any()

    def block(self, number: int) -> BlockDraws:
        """Return the draws of the block of that number, from 0."""
        return BlockDraws(self, number)


class BlockDraws:
    """The draws of one block, kept while the block is worked on, so that all options share them.

    Up to three arrays of 8 kB for each quantity asked for, gone with the object. For one thread;
    other blocks are other objects. The arrays are read-only.
    """

    def __init__(self, draws: Draws, number: int) -> None:
        self.seed = draws.seed
        self.number = number
        self._group_of = draws.group_of
        self._before = draws.before
        known = list(self._before.streams.items())
        drawn = hypercubes([key for _, key in known], number)
        self._stream = dict(zip((name for name, _ in known), drawn, strict=True))
        scores = list(self._before.scores)
        self._uniform: dict[str, Numbers] = {}
        self._score: dict[str, Numbers] = {}
        if scores:
            found = normal(self.uniforms(scores))
            self._score = dict(zip(scores, _fixed(found), strict=True))
        self._value: dict[tuple[str, Shape], Numbers] = {}
        listed, perts = self._before.tables()
        if listed:
            found = perts.values(self.uniforms(name for name, _ in listed))
            self._value.update(zip(listed, _fixed(found), strict=True))

    def uniform(self, name: str) -> Numbers:
        """Return the draws of a quantity in (0, 1).

        Uniform for every quantity. One in each 1 024th for a quantity without correlations; for the
        others so only in their common factor and in what is their own, not in the sum.
        """
        if name not in self._group_of:
            return self._drawn(name)
        if name not in self._uniform:
            group, strength = self._group_of[name]
            common, own = normal(self._drawn(f"correlation/{group}")), normal(self._drawn(name))
            score = np.sqrt(strength) * common + np.sqrt(1 - strength) * own
            self._uniform[name] = _fixed(share(score))
        return self._uniform[name]

    def uniforms(self, names: Iterable[str]) -> Numbers:
        """Return the draws of some quantities in (0, 1), [names, 1 024]."""
        return np.array([self.uniform(name) for name in names])

    def score(self, name: str) -> Numbers:
        """Return the draws of a quantity on the scale of the normal distribution."""
        if name not in self._score:
            self._before.scores[name] = None
            self._score[name] = _fixed(normal(self.uniform(name)))
        return self._score[name]

    def value(self, name: str, shape: Shape) -> Numbers:
        """Return the values of a quantity, as `values` does; its Problems name the quantity."""
        key = (name, shape)
        if key not in self._value:
            try:
                self._value[key] = _fixed(self._worked_out(name, shape))
            except Problems as error:
                raise Problems(problem.at(None, None, name) for problem in error.problems) from None
        return self._value[key]

    def _worked_out(self, name: str, shape: Shape) -> Numbers:
        match shape:
            case Exactly() | AtLeast():
                # Most numbers of a case are certain, and need no stream.
                return values(shape, _MIDDLE)
            case AtMost(limit):
                return self._worked_out(name, _up_to(limit))
            case Interval():
                return _at_scores(shape, self.score(name))
            case Pert():
                self._before.ranges[name, shape] = None
        return values(shape, self.uniform(name))

    def _drawn(self, stream: str) -> Numbers:
        if stream not in self._stream:
            key = self._before.streams[stream] = stream_key(self.seed, stream)
            self._stream[stream] = hypercubes([key], self.number)[0]
        found: Numbers = self._stream[stream]
        return found


def _fixed(found: Numbers) -> Numbers:
    found.setflags(write=False)
    return found


def _at_scores(shape: Interval, score: Numbers) -> Numbers:
    z: Numbers = score / _Z95
    if shape.low > 0:
        grown: Numbers = np.exp(z * (math.log(shape.high / shape.low) / 2))
        return shape.best * grown
    return shape.best + z * ((shape.high - shape.low) / 2)


def _up_to(limit: float) -> Pert | Exactly:
    if limit < 0:
        raise Problems.one(
            "a limit below zero has no low end to draw from",
            found=AtMost(limit).text(),
            allowed="a limit of zero or more, or a range",
            remedy="Judge a range and mark it as judged.",
        )
    return Pert(0, limit, limit) if limit else Exactly(0)
