"""What an exit takes from an option, beside the same futures without it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.text import text
from guarantor.case.words import Phase
from guarantor.problems import Problems, nearest
from guarantor.questions.balances import deal_title
from guarantor.questions.futures import Shown, Terms, WhatHappens, outcomes
from guarantor.questions.question import ACTOR, MONTH, Setting
from guarantor.questions.tracing import cited
from guarantor.simulate.block import Measure
from guarantor.simulate.estimates import of_twenty
from guarantor.simulate.setup import Reason
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.answer.text import Cited, Figure, Text
    from guarantor.case.case import Case
    from guarantor.questions.question import Asked
    from guarantor.questions.tracing import Book
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

YEAR = 12
PEOPLE = "people deployed"
WORKS = 1e-6
"""Units, mean over futures, up to which a line is taken to have nothing."""

FEW = 10
"""People below which two significant digits would show parts of one."""

CRUMB = 0.1
"""Units below which a number is told as a bound."""

GREY, BLUE = "#6b7079", "#0b3d63"


def _nations(words: str, case: Case) -> tuple[str, ...]:
    """Read one nation, or several with a comma or semicolon between them."""
    found = []
    known = {name for n in case.nations.values() for name in (n.id, n.name)}
    for part in re.split("[;,]", words):
        try:
            actor = ACTOR.read(part.strip(), case)
        except Problems:
            raise Problems.one(
                f"not a nation of this case, seen as of {case.view.as_of.isoformat()}",
                found=part.strip() or "nothing",
                allowed=", ".join(case.nations),
                remedy=nearest(part.strip(), known),
            ) from None
        if actor not in case.nations:
            raise Problems.one(
                "a group cannot be made to leave, only nations",
                found=part.strip(),
                allowed="nations of this case, with a comma between them",
                remedy=f"Its members: {', '.join(sorted(case.members(actor)))}.",
            )
        found.append(actor)
    return tuple(dict.fromkeys(found))


NATIONS = Setting("nation", "who leaves: one nation, or several with commas", _nations, "USA")
LEAVES = Setting(
    "month", "month at whose start it leaves, the first being month 1", MONTH.read, "24"
)


class Worlds(NamedTuple):
    """The same futures four times: with and without the exit, with and without followers.

    Without followers nobody leaves because others did, whoever those are; so that what the exit
    takes without them is told against the run that has none of them either.
    """

    stays: Outcome
    leaves: Outcome
    stays_alone: Outcome
    leaves_alone: Outcome


def made_to_leave(nations: tuple[str, ...], month: int, *, followers: bool = True) -> WhatHappens:
    """Return that nations leave at the start of a month, counted from 1."""
    return WhatHappens(tuple((nation, month - 1) for nation in nations), followers)


def worlds(case: Case, terms: Terms, nations: tuple[str, ...], month: int) -> Worlds:
    """Return the four runs of an exit."""
    wanted = [
        (terms, WhatHappens()),
        (terms, made_to_leave(nations, month)),
        (terms, WhatHappens(followers=False)),
        (terms, made_to_leave(nations, month, followers=False)),
    ]
    found = outcomes(case, wanted)
    return Worlds(*(found[one] for one in wanted))


class Taken(NamedTuple):
    """What an exit takes, by future: all of it, and what goes with those who follow."""

    would: Numbers
    still: Numbers
    loss: Numbers
    followers: Numbers


def people_taken(ending: Worlds) -> Taken:
    """Return the usable people in the last month of the runs, and what of them an exit takes."""
    loss = differences(ending.stays, ending.leaves)
    return Taken(
        ending.stays.measure(Measure.USABLE_END),
        ending.leaves.measure(Measure.USABLE_END),
        loss,
        loss - differences(ending.stays_alone, ending.leaves_alone),
    )


def differences(stays: Outcome, leaves: Outcome) -> Numbers:
    """Return the usable people lost in the last month of two runs, by future.

    What rounding leaves of nothing is nothing.
    """
    found = stays.measure(Measure.USABLE_END) - leaves.measure(Measure.USABLE_END)
    return np.where(np.abs(found) < WORKS, 0.0, found)


class LineLoss(NamedTuple):
    """What one line loses, units that work, mean over futures and some months."""

    line: int
    would: float
    still: float
    part_alone: float
    """The part that would be lost if nobody ever followed anybody."""
    reasons: tuple[tuple[Reason, float], ...]
    """Why more is lost than otherwise, the most first, in units offered."""
    spare: float
    """Units that were not needed before and take the place of some that left."""

    @property
    def part(self) -> float:
        """Return the part of what would work that is lost."""
        return (self.would - self.still) / self.would


def line_losses(found: Worlds, first: int, last: int) -> list[LineLoss]:
    """Return the lines that have something to lose, from the one that loses the largest part.

    Lines of a breach are left out: a smaller force sees more breaches, and such a line more months.

    first and last: months counted from 1, both within the runs.
    """
    span = slice(first - 1, last)

    def working(outcome: Outcome, line: int) -> float:
        return float(outcome.filled(line)[span].mean())

    losses = []
    for line, need in enumerate(found.stays.table.lines):
        if need.line.phase is Phase.BREACH:
            continue
        would, still, would_alone, still_alone = (working(each, line) for each in found)
        if would <= WORKS:
            continue
        more = {
            reason: float(
                (found.leaves.lost(line, reason) - found.stays.lost(line, reason))[span].mean()
            )
            for reason in Reason
        }
        reasons = sorted(
            ((r, n) for r, n in more.items() if n > WORKS and r is not Reason.NOT_NEEDED),
            key=lambda item: -item[1],
        )
        alone = (would_alone - still_alone) / would_alone if would_alone > WORKS else 0.0
        spare = max(0.0, -more[Reason.NOT_NEEDED])
        losses.append(LineLoss(line, would, still, alone, tuple(reasons), spare))
    return sorted(losses, key=lambda loss: (-round(loss.part, 3), loss.line))


class Beside(Shown):
    """Makes figures of what one run has beside another of the same futures."""

    def __init__(self, one: Shown, other: Shown) -> None:
        self.book = one.book
        self.found = one.found
        self.run = one.book.derived(
            "the same futures run twice",
            "future by future, what the second run lacks against the first",
            [one.run, other.run],
        )


def counted(shown: Shown, label: str, share: float) -> Cited:
    """Return a share of futures that was counted by month, as words: `3 of 20 futures`."""
    words = f"{of_twenty(min(1.0, max(0.0, share)))} of 20 futures"
    exact = f"{words}: {100 * share:.4g} % of {shown.found.futures}"
    method = "counted over the futures of these ranges; a share, not a likelihood"
    return cited(words, shown.book.derived(label, method, [shown.run], says=exact))


def legible(book: Book, figure: Figure) -> Figure:
    """Return a figure without crumbs: few people as whole ones, crumbs of a unit as at most those.

    What is changed has a record of its own; the one behind it keeps every digit.
    """
    changed: dict[str, float | None] = {}
    if figure.unit == PEOPLE:
        ends = {"value": figure.value, "low": figure.low, "high": figure.high}
        changed = {k: float(round(n)) for k, n in ends.items() if n is not None and abs(n) < FEW}
    elif figure.value is not None and 0 < figure.value < CRUMB:
        changed = {"value": None, "low": None, "high": CRUMB}
    if not changed:
        return figure
    label = book.traces[figure.trace].label
    shown = figure.model_copy(update=changed)
    return book.made(label, "rounded, for reading", [figure.trace], shown)


def month_figure(book: Book, month: int, trace: str) -> Figure:
    """Return a month of the run, counted from 1."""
    return book.number("month of the deal", month, "counted from 1", [trace], "months")


COUNTED = {
    Level.CONFIRMED: "only what is confirmed",
    Level.SAID: "what is confirmed or was said",
    Level.POSSIBLE: "what was said, and what nobody has offered but an analyst judges possible",
}
"""Which contributions are counted, in words."""


def terms_words(asked: Asked, terms: Terms) -> Text:
    """Return the deal assumed and the contributions counted, as a sentence."""
    return text(
        f"Under the deal {{deal}}, counting {COUNTED[terms.level]}.",
        deal=deal_title(asked.book, asked.case.deals[terms.deal]),
    )


WITH_ARTICLE = ("United ", "Netherlands", "Czech Republic")


def spoken_name(case: Case, nation: str) -> str:
    """Return the name of a nation as it stands inside a sentence."""
    name = case.name_of(nation)
    return f"the {name}" if name.startswith(WITH_ARTICLE) else name


def spoken_names(case: Case, nations: Iterable[str]) -> str:
    """Return names of nations as they stand inside a sentence."""
    *first, last = (spoken_name(case, nation) for nation in nations)
    return f"{', '.join(first)} and {last}" if first else last


REASONS = {
    Reason.CAVEAT: "caveats",
    Reason.CONDITION: "a condition that is no longer met",
    Reason.LEFT: "nations that left",
    Reason.LATE: "units that come late",
    Reason.UNDER_DELIVERED: "less delivered than offered",
    Reason.POOL_EMPTY: "empty pools",
    Reason.COMMAND: "command that changes hands",
    Reason.ENABLER: "something missing that it needs",
}
"""Why a line loses units, in words."""


def people_bands_spec() -> dict[str, object]:
    """Return two bands over the months, the one without the exit in grey, named at their ends."""
    x = {"field": "month", "type": "quantitative", "title": "Month of the deal"}
    layers: list[dict[str, object]] = []
    for column, colour, words in (
        ("middle_future_without_the_exit", GREY, "without the exit"),
        ("middle_future_with_the_exit", BLUE, "with the exit and who follows"),
    ):
        low = f"isValid(datum.{column}_low) ? datum.{column}_low : datum.{column}"
        high = f"isValid(datum.{column}_high) ? datum.{column}_high : datum.{column}"
        ends = [{"calculate": low, "as": "low"}, {"calculate": high, "as": "high"}]
        labels = {"labelExpr": "replace(format(datum.value, ',d'), ',', ' ')"}
        y = {"type": "quantitative", "title": "Usable people", "axis": labels}
        layers += [
            {
                "transform": ends,
                "mark": {"type": "area", "opacity": 0.25, "color": colour},
                "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
            },
            {
                "mark": {"type": "line", "color": colour},
                "encoding": {"x": x, "y": {**y, "field": column}},
            },
            {
                "transform": [
                    *ends,
                    {"window": [{"op": "row_number", "as": "row"}]},
                    {"joinaggregate": [{"op": "max", "field": "row", "as": "last"}]},
                    {"filter": "datum.row == datum.last"},
                ],
                "mark": {
                    "type": "text",
                    "align": "right",
                    "dy": -5,
                    "color": colour,
                    "text": words,
                },
                "encoding": {"x": x, "y": {**y, "field": "high"}},
            },
        ]
    return {"height": 190, "layer": layers}
