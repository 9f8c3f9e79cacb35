"""What the exit of each nation, and of pairs, costs an option a year later."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.case.words import Phase
from guarantor.questions.futures import Shown, Terms, WhatHappens, outcomes
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.leaving import WORKS, YEAR, Beside, differences, made_to_leave
from guarantor.simulate.block import Measure
from guarantor.supply.shares import UNITED_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from guarantor.questions.question import Asked
    from guarantor.questions.tracing import Book
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

FUTURES_HERE = 1024
"""One block: dozens of exits are run, and they are told apart future by future."""

MOST_PEOPLE = 6
"""Nations tried at a glance: those that bring most people."""

MOST_IN_PAIRS = 6
"""Nations tried in pairs: those whose exit costs most."""

HALF = 0.5
LEAST_FILL = 0.05
"""Points of fill below which a loss is none."""


class Cost(NamedTuple):
    """What the exit of nations costs; the lines are named by their ids in words."""

    nations: tuple[str, ...]
    leaves: Outcome
    loss: Numbers
    """Usable people lost in the last month of the run, by future."""
    fill: float | None
    """Points of fill lost in that month; None when no line with a number is active."""
    suffers: str
    """The line that loses the largest part of what works in that month; blank for none."""
    fails: tuple[str, int, Numbers] | None
    """The line that fails first in most futures, its middle month, and in which futures."""

    @property
    def lost(self) -> float:
        """Return the mean loss of usable people."""
        return float(self.loss.mean())

    @property
    def nothing(self) -> bool:
        """Return whether it takes less than half a person and no fill that would be shown."""
        return self.lost < HALF and (self.fill or 0.0) < LEAST_FILL


class Breaking(NamedTuple):
    """An option and the exits tried, the costliest first."""

    terms: Terms
    stays: Outcome
    costs: tuple[Cost, ...]

    @property
    def people(self) -> Numbers:
        """Return the usable people in the last month without any exit, by future."""
        return self.stays.measure(Measure.USABLE_END)

    def shown(self, book: Book) -> Shown:
        """Return what makes figures of the run without any exit."""
        return Shown(book, self.stays, self.terms)

    def beside(self, book: Book, cost: Cost) -> Beside:
        """Return what makes figures of an exit beside the run without it."""
        return Beside(self.shown(book), Shown(book, cost.leaves, self.terms))

    def run(self, book: Book) -> str:
        """Keep the record of the run without any exit."""
        return self.shown(book).run


class Pair(NamedTuple):
    """A pair of nations that leave in the same month, and their two exits added."""

    cost: Cost
    sum: float

    @property
    def excess(self) -> float:
        """Return by how many usable people the pair costs more than the two exits added."""
        return self.cost.lost - self.sum

    @property
    def worse(self) -> bool:
        """Return whether it costs more by at least half a person."""
        return self.excess >= HALF


def breaking(asked: Asked, option: str, month: int, *, every: bool) -> Breaking:
    """Return what each exit costs an option: of every nation, or of those that matter.

    Those are the ones that bring most people in the futures, the nation in command and the United
    States.
    """
    terms = _terms(asked, option, month)
    stays = outcomes(asked.case, [(terms, WhatHappens())])[terms, WhatHappens()]
    able = [
        (place, nation)
        for place, nation in enumerate(stays.table.nations)
        if stays.table.structure.leaves[place]
    ]
    if not every:
        brought = stays.person_months.mean(axis=1)
        most = sorted(able, key=lambda one: (-brought[one[0]], one[0]))[:MOST_PEOPLE]
        chosen = {nation for _, nation in most} | {UNITED_STATES}
        commander = stays.table.structure.commander
        able = [one for one in able if one[1] in chosen or one[0] == commander]
    tried = [(nation,) for _, nation in able]
    return Breaking(terms, stays, _ranked(_costs(asked, terms, stays, tried, month)))


def pairs_of(asked: Asked, found: Breaking, month: int) -> list[Pair]:
    """Return the pairs of the nations whose exit costs most, the costliest first."""
    alone = {cost.nations[0]: cost.lost for cost in found.costs[:MOST_IN_PAIRS]}
    tried = list(combinations(alone, 2))
    costs = _ranked(_costs(asked, found.terms, found.stays, tried, month))
    return [Pair(cost, sum(alone[nation] for nation in cost.nations)) for cost in costs]


def _terms(asked: Asked, option: str, month: int) -> Terms:
    terms = terms_of(asked, option)
    months = min(month + YEAR - 1, asked.case.about.horizon.months)
    futures = terms.futures if asked.get("futures") else FUTURES_HERE
    return terms._replace(months=months, futures=futures)


def _costs(
    asked: Asked, terms: Terms, stays: Outcome, tried: Sequence[tuple[str, ...]], month: int
) -> Iterable[Cost]:
    wanted = {nations: (terms, made_to_leave(nations, month)) for nations in tried}
    found = outcomes(asked.case, list(wanted.values()))
    before = _fill(stays)
    for nations, one in wanted.items():
        leaves = found[one]
        loss = differences(stays, leaves)
        after = _fill(leaves)
        fill = None if before is None or after is None else max(0.0, 100 * (before - after))
        yield Cost(nations, leaves, loss, fill, _suffers(stays, leaves), _fails(stays, leaves))


def _ranked(costs: Iterable[Cost]) -> tuple[Cost, ...]:
    """Return the costliest first, by whole people, so that a rounding decides nothing."""
    return tuple(
        sorted(
            costs, key=lambda cost: (-round(cost.lost), -round(cost.fill or 0.0, 1), cost.nations)
        )
    )


def _fill(outcome: Outcome) -> float | None:
    """Return the part of the need that works in the last month, mean over lines with a number.

    The need is taken at its best value, what works at the mean of the futures.
    """
    structure = outcome.table.structure
    last = structure.months - 1
    parts = []
    for line, need in enumerate(outcome.table.lines):
        counted = outcome.fill[last, line].sum() > 0
        if counted and need.span is not None and need.span.best > 0:
            parts.append(min(1.0, float(outcome.filled(line)[last]) / need.span.best))
    return float(np.mean(parts)) if parts else None


def _suffers(stays: Outcome, leaves: Outcome) -> str:
    """Return the line that loses the largest part of what works in the last month.

    Lines of a breach are left out: a smaller force sees more breaches.
    """
    last = stays.table.structure.months - 1
    worst, most = "", WORKS
    for line, need in enumerate(stays.table.lines):
        would, still = float(stays.filled(line)[last]), float(leaves.filled(line)[last])
        skipped = would <= WORKS or need.line.phase is Phase.BREACH
        part = 0.0 if skipped else (would - still) / would
        if part > most:
            worst, most = _in_words(need.line.id), part
    return worst


def _fails(stays: Outcome, leaves: Outcome) -> tuple[str, int, Numbers] | None:
    """Return the line that fails first in most of the futures in which one fails by the exit."""
    before, after = (each.measure(Measure.FIRST_BREAK) for each in (stays, leaves))
    new = after < before
    if not new.any():
        return None
    lines = leaves.measure(Measure.FIRST_BREAK_LINE)[new].astype(np.int64)
    line = int(np.bincount(lines).argmax())
    here = new & (leaves.measure(Measure.FIRST_BREAK_LINE) == line)
    month = int(np.median(after[here])) + 1
    return _in_words(leaves.table.lines[line].line.id), month, np.where(here, 1.0, 0.0)


def _in_words(line: str) -> str:
    return line.replace("-", " ")
