"""What was drawn beside the futures of an option, as points in which boxes are searched."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import Figure, Text, text
from guarantor.methods.prim import Sample
from guarantor.methods.sensitivity import first_order
from guarantor.questions.factors import COMES, PLACE, factor_named
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.methods.prim import Limit
    from guarantor.questions.factors import Factors
    from guarantor.questions.trials import Trial
    from guarantor.simulate.drawn import Drawn
    from guarantor.simulate.setup import Counts as Places
    from guarantor.simulate.setup import Flags, Numbers

MOST_BLOCKS = 64
"""Blocks of which the draws are made again: more would show no other box, and fill the memory."""

SEARCHED = 24
"""Quantities in which a box is searched: those that tell most of it, each by itself."""

BINS = 16


def points_of(trial: Trial) -> Drawn:
    """Return everything drawn for an option, in at most the first blocks of its run."""
    # the draws are the simulation's, which questions about today need not load
    from guarantor.simulate.drawn import drawn, quantities
    from guarantor.simulate.run import draws_of

    table = trial.found.table
    draws = draws_of(table.case, trial.terms.seed)
    blocks = range(min(trial.found.blocks, MOST_BLOCKS))
    return drawn(table, quantities(table, draws), draws, blocks)


def futures_searched(trial: Trial) -> int:
    """Return of how many futures of an option the draws are made again."""
    found = trial.found
    return found.futures // found.blocks * min(found.blocks, MOST_BLOCKS)


def is_told_by_coming(name: str) -> bool:
    """Return whether a quantity is behind the coming of a contribution, which is told instead."""
    parts = name.split("/")
    return parts[0] == "will" and len(parts) > 2 and parts[2] in {"come", "mandate"}


@dataclass(frozen=True)
class Search:
    """Points of one option, cases of interest among them, and what tells most about them.

    holds: whether the cases are the futures in which it holds, else those in which it breaks.
    """

    sample: Sample
    holds: bool

    @property
    def share(self) -> float:
        """Return the share of cases among all points."""
        return float(self.sample.cases.mean())


def search(trial: Trial, held: Flags) -> Search:
    """Return the points of an option with the rarer of holding and breaking as cases.

    Of all quantities only those are kept that tell most about the cases by themselves.
    """
    points = points_of(trial)
    size = futures_searched(trial)
    holds = bool(held[:size].mean() <= 0.5)
    cases = held[:size] if holds else ~held[:size]
    numbers = {n: values for n, values in points.numbers.items() if not is_told_by_coming(n)}
    numbers |= {f"{COMES}{name}": np.where(came, 1.0, 0.0) for name, came in points.comes.items()}
    kept = _most_telling(numbers, points.theories, cases)
    return Search(
        Sample(
            {name: numbers[name] for name in kept if name in numbers},
            cases,
            {name: points.theories[name] for name in kept if name in points.theories},
        ),
        holds,
    )


def _most_telling(
    numbers: Mapping[str, Numbers],
    theories: Mapping[str, np.ndarray[tuple[int], np.dtype[np.str_]]],
    cases: Flags,
) -> list[str]:
    """Return the names of the quantities that tell most about the cases, the most telling first."""
    outcome = cases.astype(np.float64)
    places = {name: _even(values) for name, values in numbers.items()}
    for name, words in theories.items():
        places[name] = np.unique(words, return_inverse=True)[1].astype(np.int64)
    found = {name: first_order(outcome, place, 2).value for name, place in places.items()}
    return sorted(found, key=lambda name: -found[name])[:SEARCHED]


def _even(values: Numbers) -> Places:
    """Return the place of each number among bins of one width, which need no sorting."""
    low, width = values.min(), np.ptp(values)
    if width == 0:
        return np.zeros(len(values), np.int64)
    places: Places = np.minimum((values - low) * (BINS / width), BINS - 1).astype(np.int64)
    return places


def limit_words(factors: Factors, name: str, limit: Limit) -> Text:
    """Return one limit of a box as a clause that can stand after `when`."""
    factor = factor_named(factors, name)
    if isinstance(limit, frozenset):
        words = " or ".join(sorted(limit)).replace("-", " ")
        return text(f"{{what}} is {words}", what=cited(factor.words, factor.trace))
    if name.startswith(COMES):
        came = limit[0] > -inf
        return factor.named if came else factors.stays_away(name.removeprefix(COMES))
    low, high = limit
    what = cited(factor.words, factor.trace)
    if factor.unit == PLACE:
        if low > -inf and high < inf:
            return text(
                "{what} is between the lowest {low} and the highest {high} per cent",
                what=what,
                low=_percent(factors, name, low),
                high=_percent(factors, name, 1 - high),
            )
        side = "highest" if low > -inf else "lowest"
        part = 1 - low if low > -inf else high
        return text(
            f"{{what}} is among the {side} {{n}} per cent",
            what=what,
            n=_percent(factors, name, part),
        )
    unit = cited(factor.unit, factor.trace)
    if low > -inf and high < inf:
        return text(
            "{what} is between {low} and {high} {unit}",
            what=what,
            low=factors.number(name, low),
            high=factors.number(name, high),
            unit=unit,
        )
    side, end = ("above", low) if low > -inf else ("below", high)
    return text(
        f"{{what}} is {side} {{n}} {{unit}}", what=what, n=factors.number(name, end), unit=unit
    )


def _percent(factors: Factors, name: str, part: float) -> Figure:
    return factors.number(name, 100 * part)
