"""The smallest set of changed assumptions under which one option overtakes another.

The search reads the futures at hand: where a quantity lies in the end of its range, the lead of
one option over the other is what it would be if that end were believed. What is found is then run
again with those quantities held at those ends, all else drawn as before.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.methods.sensitivity import (
    Estimate,
    equal_bins,
    value_of_knowing,
)
from guarantor.questions.factors import COMES
from guarantor.questions.searched import MOST_BLOCKS, futures_searched, is_told_by_coming
from guarantor.questions.swings import folds_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.questions.rivals import Pair
    from guarantor.simulate.drawn import Drawn, Quantity
    from guarantor.simulate.setup import Flags, Numbers

END = 0.1
"""Part of the futures at an end of a range that says what believing that end would do."""

LOW, HIGH = 0.05, 0.95
"""Where a quantity is held when an end is believed: the ends between which nine in ten lie."""

SURELY = 1e-6
CLEAR = 3.5
"""Standard errors by which a change has to move the lead: of a thousand that do nothing at all,
not one should pass.
"""

CANDIDATES = 16
FEWEST = 40
LEAST_MOVED = 0.02
"""Change of how often a contribution comes below which nothing is read from it."""
MOST_CHANGES = 8
RUN_AGAIN = 4
"""Blocks with which a set is run again."""

TRIED = 12
"""Sets of one size that are run again at most."""

ENOUGH = 3
"""Sets that are told."""


class Belief(NamedTuple):
    """One thing that could be believed: where it holds, what it does, and how it is held.

    name: of the quantity, or `comes/` and a contribution; side: low, high, or the word believed;
    gain: what it adds to the mean lead; held: shares of the range by name of quantity; value: that
    share of a quantity with a unit.
    """

    name: str
    side: str
    inside: Flags
    gain: float
    held: Mapping[str, float]
    value: float | None = None


class Again(NamedTuple):
    """What a run with some quantities held gives: mean lead, futures ahead, means of the two."""

    lead: float
    ahead: float
    own: float
    other: float


class Found(NamedTuple):
    """A set of beliefs that was run again: what each run gave, with one belief more each time."""

    beliefs: tuple[Belief, ...]
    runs: tuple[Again, ...]


@dataclass
class Beliefs:
    """Everything that two options rest on, and the lead of one over the other by future."""

    pair: Pair
    lead: Numbers
    payoffs: Numbers
    points: Drawn
    listed: tuple[Quantity, ...]
    folds: int
    _runs: dict[tuple[tuple[str, float], ...], Again] = field(default_factory=dict)

    def candidates(self) -> list[Belief]:
        """Return what would add to the lead more clearly than chance, the most first."""
        found: dict[str, Belief] = {}
        whole = float(self.lead.mean())
        for belief, scale in self._all():
            own = self.lead[belief.inside]
            if len(own) < FEWEST:
                continue
            gain = float(own.mean()) - whole
            error = float(own.std(ddof=1) / np.sqrt(len(own)))
            better = belief.name not in found or gain * scale > found[belief.name].gain
            if gain > CLEAR * error and better:
                found[belief.name] = belief._replace(gain=gain * scale)
        return sorted(found.values(), key=lambda each: -each.gain)

    def _all(self) -> list[tuple[Belief, float]]:
        """Return everything that could be believed, and what its effect is to be multiplied by."""
        found = []
        shapes = {each.name: each for each in self.listed}
        for name, values in self.points.numbers.items():
            if is_told_by_coming(name) or values.min() == values.max():
                continue
            for side, inside in zip(("low", "high"), self._ends(values), strict=True):
                share = LOW if side == "low" else HIGH
                value = float(np.quantile(values, share))
                found.append((Belief(name, side, inside, 0.0, {name: share}, value), 1.0))
        for name, words in self.points.theories.items():
            reached = 0.0
            for word, weight in shapes[name].shape.weights:  # type: ignore[union-attr]  # theories are choices
                held = {name: reached + weight / 2}
                reached += weight
                found.append((Belief(name, str(word), words == word, 0.0, held), 1.0))
        for contribution, came in self.points.comes.items():
            found += self._coming(contribution, came)
        return found

    def _ends(self, values: Numbers) -> tuple[Flags, Flags]:
        """Return the futures in which a number lies in its lowest and in its highest part."""
        order = np.argsort(values, kind="stable")
        part = max(FEWEST, int(END * len(values)))
        low, high = np.zeros(len(values), np.bool_), np.zeros(len(values), np.bool_)
        low[order[:part]] = True
        high[order[-part:]] = True
        return low, high

    def _coming(self, contribution: str, came: Flags) -> list[tuple[Belief, float]]:
        """Return what believing does that a contribution comes, or stays away.

        That it comes goes with all else that the willing do. What it does by itself is read from
        the part of its decision that is its own: the change of the lead over the change of its
        coming, between the ends of that part (the ratio of Wald 1940).
        """
        nation = self.pair.asked.case.contributions[contribution].provider
        decision = f"will/{nation}/come/{contribution}"
        if decision not in self.points.numbers:
            return []
        low, high = self._ends(self.points.numbers[decision])
        usual = float(came.mean())
        sure = {decision: 1 - SURELY, f"will/{nation}/mandate": 1 - SURELY}
        name, found = f"{COMES}{contribution}", []
        for side, inside, held, all_of_it in (
            ("comes", high, sure, 1.0 - usual),
            ("stays away", low, {decision: SURELY}, -usual),
        ):
            moved = float(came[inside].mean()) - usual
            if abs(moved) > LEAST_MOVED:
                found.append((Belief(name, side, inside, 0.0, held), all_of_it / moved))
        return found

    def run_again(self, beliefs: Sequence[Belief]) -> Again:
        """Return what the two options give when all of these are believed."""
        from guarantor.simulate.drawn import Held
        from guarantor.simulate.run import draws_of, job, run

        held = {name: share for belief in beliefs for name, share in belief.held.items()}
        key = tuple(sorted(held.items()))
        if key not in self._runs:
            pair = self.pair
            trials = [trial for trial in (pair.first, pair.second) if trial is not None]
            jobs = [
                job(pair.asked.case, t.option, t.deal, t.level, t.months)
                for t in (trial.terms for trial in trials)
            ]
            draws = Held(draws_of(pair.asked.case, pair.first.terms.seed), held)
            blocks = min(pair.first.found.blocks, RUN_AGAIN)
            own, other = (pair.measure.gain(each) for each in run(jobs, draws, blocks))
            assert own is not None  # noqa: S101  # the lead was made of them
            assert other is not None  # noqa: S101
            means = abs(float(own.mean())), abs(float(other.mean()))
            ahead = float((own > other).mean())
            self._runs[key] = Again(float((own - other).mean()), ahead, *means)
        return self._runs[key]

    def smallest(self, candidates: Sequence[Belief]) -> list[Found]:
        """Return the smallest sets that make the first option lead, run again; none when none does.

        Every single change and every pair of the strongest is tried on the futures at hand; beyond
        two, the strongest are added one by one until the lead is turned, and whatever the turn does
        without is taken out again.
        """
        for size in (1, 2):
            found = self._of_size(candidates, size)
            if found:
                return found
        taken: list[Belief] = list(candidates[:2])
        for belief in candidates[2:]:
            if len(taken) == MOST_CHANGES:
                return []
            taken.append(belief)
            expected = float(self.lead.mean()) + sum(each.gain for each in taken)
            if expected > 0 and self.run_again(taken).lead > 0:
                return [self._told(self._needed(taken))]
        return []

    def _of_size(self, candidates: Sequence[Belief], size: int) -> list[Found]:
        scored = []
        for chosen in combinations(
            candidates[: len(candidates) if size == 1 else CANDIDATES], size
        ):
            inside = np.logical_and.reduce([belief.inside for belief in chosen])
            added = float(self.lead.mean()) + sum(belief.gain for belief in chosen)
            seen = float(self.lead[inside].mean()) if inside.sum() >= FEWEST else added
            if max(seen, added) > 0:
                scored.append((max(seen, added), chosen))
        scored.sort(key=lambda entry: -entry[0])
        found: list[Found] = []
        for _, chosen in scored[:TRIED]:
            if self.run_again(chosen).lead > 0:
                found.append(self._told(list(chosen)))
            if len(found) == ENOUGH:
                break
        return found

    def _needed(self, taken: list[Belief]) -> list[Belief]:
        """Return the beliefs without those that the turn does without, the weakest tried first."""
        kept = list(taken)
        for belief in sorted(taken, key=lambda each: each.gain):
            without = [each for each in kept if each is not belief]
            if without and self.run_again(without).lead > 0:
                kept = without
        return kept

    def _told(self, beliefs: list[Belief]) -> Found:
        runs = tuple(self.run_again(beliefs[: place + 1]) for place in range(len(beliefs)))
        return Found(tuple(beliefs), runs)

    def worth_knowing(self) -> list[tuple[str, Estimate]]:
        """Return what it would add to know each thing before choosing, the most first.

        Only what is told more clearly than chance.
        """
        places = {
            name: equal_bins(values)
            for name, values in self.points.numbers.items()
            if not is_told_by_coming(name) and values.min() < values.max()
        }
        for name, words in self.points.theories.items():
            places[name] = np.unique(words, return_inverse=True)[1].astype(np.int64)
        for name, came in self.points.comes.items():
            places[f"{COMES}{name}"] = came.astype(np.int64)
        found = [
            (name, value_of_knowing(self.payoffs, place, self.folds))
            for name, place in places.items()
        ]
        return sorted((f for f in found if f[1].tells), key=lambda entry: -entry[1].value)


def beliefs_of(pair: Pair) -> Beliefs | None:
    """Return everything that two options rest on; None where they do not compare on the measure."""
    from guarantor.simulate.drawn import Drawn, drawn, quantities
    from guarantor.simulate.run import draws_of

    lead = pair.lead()
    if lead is None or pair.second is None:
        return None
    draws = draws_of(pair.asked.case, pair.first.terms.seed)
    blocks = range(min(pair.first.found.blocks, MOST_BLOCKS))
    size = futures_searched(pair.first)
    tables = [pair.first.found.table, pair.second.found.table]
    listed = {each.name: each for table in tables for each in quantities(table, draws)}
    first = drawn(tables[0], listed.values(), draws, blocks)
    second = drawn(tables[1], (), draws, blocks)
    points = Drawn(first.numbers, first.theories, {**second.comes, **first.comes})
    own, other = pair.measure.gain(pair.first.found), pair.measure.gain(pair.second.found)
    payoffs = np.stack([gain[:size] for gain in (own, other) if gain is not None])
    return Beliefs(
        pair, lead[:size], payoffs, points, tuple(listed.values()), folds_of(len(blocks))
    )
