"""PRIM: boxes in the space of uncertain inputs that hold the cases of interest and little else.

A box starts as the whole space. Peeling takes thin slices off it, each time the one that raises
the density of cases most for the points it gives up; pasting then tries to put some back. The
boxes on the way trade coverage for density, and choosing among them is left to people.

Source: Friedman and Fisher 1999, Bump hunting in high-dimensional data, Statistics and Computing 9;
Bryant and Lempert 2010, Technological Forecasting and Social Change 77.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil, floor, inf
from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

Interval = tuple[float, float]
Categories = frozenset[str]
Limit = Interval | Categories

_WHOLE_LINE: Interval = (-inf, inf)


@dataclass(frozen=True, slots=True)
class Sample:
    """Points with their inputs, and which of them are cases of interest.

    numbers, categories: inputs by name, each (points,); cases: (points,).
    """

    numbers: Mapping[str, NDArray[np.float64]]
    cases: Mask
    categories: Mapping[str, NDArray[np.str_]] = field(default_factory=dict)

    def __len__(self) -> int:
        """Return the number of points."""
        return len(self.cases)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of all inputs, numbers first."""
        return (*self.numbers, *self.categories)

    def take(self, rows: NDArray[np.intp]) -> Sample:
        """Return the sample of some of the points."""
        return Sample(
            {name: values[rows] for name, values in self.numbers.items()},
            self.cases[rows],
            {name: values[rows] for name, values in self.categories.items()},
        )

    def satisfies(self, name: str, limit: Limit) -> Mask:
        """Return which points satisfy one limit, whose ends and categories belong to the box."""
        if isinstance(limit, frozenset):
            return np.isin(self.categories[name], sorted(limit))
        values = self.numbers[name]
        held: Mask = (values >= limit[0]) & (values <= limit[1])
        return held

    def inside(self, limits: Mapping[str, Limit]) -> Mask:
        """Return which points satisfy every limit."""
        held = np.ones(len(self), dtype=np.bool_)
        for name, limit in limits.items():
            held &= self.satisfies(name, limit)
        return held


@dataclass(frozen=True, slots=True)
class Box:
    """A box and what it holds. Inputs that are not in `limits` are not restricted.

    limits: in the order in which they were first set; an interval holds its ends, an open side is
    infinite; categories are those still admitted.
    """

    limits: Mapping[str, Limit]
    points: int
    cases: int
    all_points: int
    all_cases: int

    @property
    def coverage(self) -> float:
        """Return the share of all cases that lie in the box."""
        return self.cases / self.all_cases if self.all_cases else 0.0

    @property
    def density(self) -> float:
        """Return the share of the box's points that are cases."""
        return self.cases / self.points if self.points else 0.0

    @property
    def mass(self) -> float:
        """Return the share of all points that lie in the box."""
        return self.points / self.all_points


def box_of(sample: Sample, limits: Mapping[str, Limit]) -> Box:
    """Return the box with these limits."""
    held = sample.inside(limits)
    return Box(
        dict(limits),
        int(held.sum()),
        int(sample.cases[held].sum()),
        len(sample),
        int(sample.cases.sum()),
    )


def trajectory(
    sample: Sample,
    *,
    peel_alpha: float = 0.05,
    paste_alpha: float = 0.05,
    mass_min: float = 0.05,
    remaining: Mask | None = None,
) -> list[Box]:
    """Return every box from the whole space to the last one that peeling and pasting reach.

    peel_alpha, paste_alpha: share of the box's points that one slice takes or gives back;
    mass_min: least share of all points a box may hold; remaining: the points to search, all when
    None, so that a second box can be sought outside the first. Coverage and mass always refer to
    all points. Raises Problems.
    """
    inputs = Inputs("prim")
    inputs.number("peel_alpha", peel_alpha, low=1e-6, high=0.5)
    inputs.number("paste_alpha", paste_alpha, low=1e-6, high=0.5)
    inputs.number("mass_min", mass_min, low=0.0, high=1.0)
    held = np.ones(len(sample), dtype=np.bool_) if remaining is None else remaining.copy()
    if not held.any():
        inputs.refuse("sample", "no points", "at least one point")
    for name, values in sample.numbers.items():
        if not np.isfinite(values).all():
            gaps = int((~np.isfinite(values)).sum())
            inputs.refuse("sample", f"{gaps} points without a finite {name}", "finite numbers")
    inputs.done()
    search = _Search(sample, held, mass_min)
    boxes = [search.box()]
    while search.advance(search.peels(peel_alpha)):
        boxes.append(search.box())
    while search.advance(search.pastes(paste_alpha)):
        boxes.append(search.box())
    return boxes


@dataclass(frozen=True, slots=True)
class _Step:
    """One way to change the box: the input, its new limit, and what the box would then hold."""

    name: str
    limit: Limit
    points: int
    cases: int


class _Search:
    """The state of one search: which points are in the box, and each input's points in order."""

    def __init__(self, sample: Sample, remaining: Mask, mass_min: float) -> None:
        self._sample = sample
        self._remaining = remaining
        self._least = mass_min * len(sample)
        self._limits: dict[str, Limit] = {}
        self._held = remaining.copy()
        self._ordered = {
            name: np.argsort(values, kind="stable") for name, values in sample.numbers.items()
        }
        self._ends = {
            name: (float(values.min()), float(values.max()))
            for name, values in sample.numbers.items()
        }
        self._all = {
            name: frozenset(np.unique(values).tolist())
            for name, values in sample.categories.items()
        }
        self._keep_in_order()

    def box(self) -> Box:
        """Return the box as it stands."""
        sample = self._sample
        return Box(
            dict(self._limits),
            self._points,
            self._cases,
            len(sample),
            int(sample.cases.sum()),
        )

    def advance(self, steps: Iterator[_Step]) -> bool:
        """Take the best step if it raises the density and leaves the box large enough.

        Best is the largest rise of density for each point lost or gained; of equals, the one that
        leaves more inputs unrestricted, and then the first. A best step that would leave too
        little ends the search: the next best is not tried.
        """
        best, best_score = None, (0.0, 0)
        for step in steps:
            score = self._score(step)
            if score[0] > 0.0 and score > best_score:
                best, best_score = step, score
        if best is None or best.points < self._least:
            return False
        if best.limit == self._whole(best.name):
            del self._limits[best.name]
        else:
            self._limits[best.name] = best.limit
        self._held = self._remaining & self._sample.inside(self._limits)
        self._keep_in_order()
        return True

    def peels(self, alpha: float) -> Iterator[_Step]:
        """Yield each slice that may be cut off: of numbers the upper and the lower tail."""
        for name, order in self._ordered.items():
            low, high = self._interval(name)
            values = self._sample.numbers[name][order]
            cases = np.cumsum(self._sample.cases[order])
            upper = _cut(values, 1.0 - alpha)
            kept = int(np.searchsorted(values, upper, side="right"))
            yield _Step(name, (low, upper), kept, int(cases[kept - 1]))
            lower = _cut(values, alpha)
            lost = int(np.searchsorted(values, lower, side="left"))
            gone = int(cases[lost - 1]) if lost else 0
            yield _Step(name, (lower, high), self._points - lost, self._cases - gone)
        for name in self._all:
            admitted = self._admitted(name)
            for category in sorted(admitted) if len(admitted) > 1 else ():
                yield self._step(name, admitted - {category}, self._held)

    def pastes(self, alpha: float) -> Iterator[_Step]:
        """Yield each slice that may be put back along the inputs that are restricted."""
        for name, limit in self._limits.items():
            others = {each: held for each, held in self._limits.items() if each != name}
            candidates = self._remaining & self._sample.inside(others)
            if isinstance(limit, frozenset):
                for category in sorted(self._all[name] - limit):
                    yield self._step(name, limit | {category}, candidates)
                continue
            low, high = limit
            values = self._sample.numbers[name][candidates]
            above, below = np.sort(values[values > high]), np.sort(values[values < low])
            if above.size:
                upper = _cut(above, alpha)
                wider = (low, upper if upper < self._ends[name][1] else inf)
                yield self._step(name, wider, candidates)
            if below.size:
                lower = _cut(below, 1.0 - alpha)
                wider = (lower if lower > self._ends[name][0] else -inf, high)
                yield self._step(name, wider, candidates)

    def _score(self, step: _Step) -> tuple[float, int]:
        change = abs(step.points - self._points)
        if not change or not step.points:
            return 0.0, 0
        rise = step.cases / step.points - self._cases / self._points
        restricted = self._limits.keys() - {step.name}
        return rise / change, -len(restricted) - (step.limit != self._whole(step.name))

    def _step(self, name: str, limit: Limit, candidates: Mask) -> _Step:
        held = candidates & self._sample.satisfies(name, limit)
        return _Step(name, limit, int(held.sum()), int(self._sample.cases[held].sum()))

    def _whole(self, name: str) -> Limit:
        return self._all.get(name, _WHOLE_LINE)

    def _interval(self, name: str) -> Interval:
        limit = self._limits.get(name)
        return limit if isinstance(limit, tuple) else _WHOLE_LINE

    def _admitted(self, name: str) -> Categories:
        limit = self._limits.get(name)
        return limit if isinstance(limit, frozenset) else self._all[name]

    def _keep_in_order(self) -> None:
        self._points = int(self._held.sum())
        self._cases = int(self._sample.cases[self._held].sum())
        self._ordered = {name: order[self._held[order]] for name, order in self._ordered.items()}


def _cut(ordered: NDArray[np.float64], share: float) -> float:
    """Return where to cut: midway between two different values around the quantile.

    Tied values are never divided: where the two neighbours are equal, the cut moves inwards to the
    next value that differs, and all of them go.
    """
    place = (len(ordered) - 1) * share
    low, high = floor(place), ceil(place)
    if ordered[low] == ordered[high]:
        if share > 0.5:
            low = max(int(np.searchsorted(ordered, ordered[high], side="left")) - 1, 0)
        else:
            last = len(ordered) - 1
            high = min(int(np.searchsorted(ordered, ordered[low], side="right")), last)
    return float((ordered[low] + ordered[high]) / 2.0)
