"""The tables of an exit: what is left a year later, month by month, by line, and who follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.words import Phase
from guarantor.questions.balances import need_trace
from guarantor.questions.futures import Shown
from guarantor.questions.leaving import (
    PEOPLE,
    REASONS,
    YEAR,
    Beside,
    counted,
    differences,
    legible,
    line_losses,
    month_figure,
    people_bands_spec,
    terms_words,
)
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited
from guarantor.simulate.block import Measure

if TYPE_CHECKING:
    from guarantor.questions.exit import Exit
    from guarantor.questions.leaving import LineLoss
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

STEP = 6
"""Months between two rows of the table by month."""

MOST_FOLLOWERS = 12
WORTH_TELLING = 0.05
"""Part of a loss from which on spare units that take its place are told."""

HALF = 0.5
"""Less than half a person is nobody."""


def left_section(found: Exit) -> Section:
    """Return the usable people a year later, and the nations that have left, in all four runs."""
    shown, beside = found.shown, found.beside
    runs = found.ending
    rows = [
        ("nobody is made to leave", runs.stays, None, shown),
        ("the exit, and whoever follows", runs.leaves, runs.stays, beside),
        ("if nobody ever followed anybody: no exit", runs.stays_alone, None, shown),
        (
            "if nobody ever followed anybody: the exit alone",
            runs.leaves_alone,
            runs.stays_alone,
            beside,
        ),
    ]
    cells = []
    for label, run, against, maker in rows:
        people = run.measure(Measure.USABLE_END)
        gone = run.measure(Measure.LEFT_END)
        lost = differences(against, run) if against is not None else None
        cells.append(
            (
                text(label),
                text(
                    "{n}",
                    n=legible(maker.book, maker.mean(f"usable people, {label}", people, PEOPLE)),
                ),
                text(
                    "{n}",
                    n=legible(maker.book, maker.mean(f"usable people lost, {label}", lost, PEOPLE)),
                )
                if lost is not None
                else text("–"),
                text("{n}", n=maker.mean(f"nations that have left, {label}", gone, "nations")),
            )
        )
    titles = ("Run", "Usable people", "Lost", "Nations that have left")
    return Section(
        id="left",
        title=text("What is left in month {then}", then=found.then),
        paragraphs=(
            terms_words(found.asked, found.terms),
            _how_little(found),
            text(
                "What goes with those who follow is the first loss less the second, before "
                "rounding. The people left do not subtract in the same way, because without "
                "following more are there to begin with."
            ),
            _never_met(found),
        ),
        table=plain_table(
            "The same futures, four times",
            titles,
            cells,
            ["stays", "leaves", "stays-alone", "leaves-alone"],
            set(titles[1:]),
        ),
    )


def _how_little(found: Exit) -> Text:
    """Return in how many futures nobody is usable any more."""
    would, still = ((each < HALF).mean() for each in (found.taken.would, found.taken.still))
    none = counted(found.shown, "nobody usable without the exit", would)
    after = counted(found.beside, "nobody usable after the exit", still)
    return text(
        "Means, with the ends between which nine in ten futures lie. Nobody at all is usable in "
        "{after} after the exit, and in {none} without it.",
        after=after,
        none=none,
    )


def _never_met(found: Exit) -> Text:
    ever = found.whole.stays.measure(Measure.MONTHS_MET) > 0
    asked = found.whole.stays.measure(Measure.MONTHS_ASKED) > 0
    if not asked.any():
        return text(
            "No line of the option has a number, so that nobody can say when it would be complete."
        )
    label = "every line with a number met in some month"
    return text(
        "Even without the exit, there is a month in which every line with a number is met in "
        "{ever}.",
        ever=found.shown.in_twenty(label, np.where(ever, 1.0, 0.0)),
    )


def by_month_section(found: Exit) -> Section:
    """Return the usable people month by month, with the exit and without, and the picture."""
    runs = found.whole
    follow = Shown(found.asked.book, runs.leaves, found.terms)
    made = [
        (runs.stays, found.shown, "without the exit"),
        (runs.leaves, follow, "the exit, and whoever follows"),
    ]
    bands = [_bands(run) for run, _, _ in made]
    rows, keys = [], []
    width = runs.stays.table.structure.people_bin
    method = (
        "median over the futures, nine in ten between the ends; read from a histogram, so that it "
        f"may be off by {width:g} people"
    )
    for month in _months(found):
        cells = [text("{n}", n=month_figure(found.asked.book, month, found.when.trace))]
        for (_, shown, label), (low, middle, high) in zip(made, bands, strict=True):
            place = month - 1
            ends = (float(middle[place]), float(low[place]), float(high[place]))
            what = f"usable people in month {month}, {label}"
            figure = legible(shown.book, shown.banded(what, *ends, PEOPLE, method))
            cells.append(text("{n}", n=figure))
        rows.append(tuple(cells))
        keys.append(f"month-{month}")
    titles = ("Month", "Middle future without the exit", "Middle future with the exit")
    table = plain_table("Usable people by month", titles, rows, keys, set(titles))
    traces = [slot.trace for row in rows for cell in row for slot in cell.slots.values()]
    return Section(
        id="by-month",
        title=text("Usable people, month by month"),
        paragraphs=(
            text(
                "The middle future, not the mean of the tables above and below, and the ends "
                "between which nine in ten lie. An exit creates no replacement: nothing comes in "
                "for what left unless it was offered before."
            ),
        ),
        table=table,
        chart=Chart(
            description=(
                "Usable people over the months of the run. Grey: the band of the futures without "
                "the exit, with its middle line. Blue: the same futures with the exit and those "
                "who follow, which part from the grey ones in the month of the exit."
            ),
            spec=people_bands_spec(),
            trace=found.asked.book.derived(
                "chart of usable people by month", "drawn from the table beside it", traces
            ),
        ),
    )


def _months(found: Exit) -> list[int]:
    last = found.terms.months
    wanted = {1, last, *range(STEP, last + 1, STEP), found.month - 1, found.month, found.later}
    return sorted(month for month in wanted if 1 <= month <= last)


def _bands(run: Outcome) -> tuple[Numbers, Numbers, Numbers]:
    """Return the lower end, the middle and the upper end of usable people by month."""
    widest = 64 * run.table.structure.people_bin
    low, middle, high = (
        np.minimum(run.people_band(share, usable=True), widest) for share in (0.05, 0.5, 0.95)
    )
    return low, middle, high


def lines_section(found: Exit) -> Section:
    """Return what each line loses over the year that begins with the exit, and why."""
    book, table = found.asked.book, found.whole.stays.table
    losses = line_losses(found.whole, found.month, found.later)
    rows, keys = [], []
    for loss in losses:
        need = table.lines[loss.line]
        kind = found.asked.case.capabilities[need.line.capability]
        name, trace = need.line.id.replace("-", " "), need_trace(book, need)
        method = "mean over the futures and the months from the exit to the month named"
        rows.append(
            (
                text(
                    "{line}, {unit}",
                    line=cited(name.capitalize(), trace),
                    unit=cited(kind.unit, trace),
                ),
                text(
                    "{n}",
                    n=legible(
                        found.asked.book,
                        found.shown.number(f"{name}: would work", loss.would, kind.unit, method),
                    ),
                ),
                text(
                    "{n}",
                    n=legible(
                        found.asked.book,
                        found.beside.number(f"{name}: works", loss.still, kind.unit, method),
                    ),
                ),
                text("{n}", n=_part(found.beside, f"{name}: part lost", loss.part)),
                text(
                    "{n}",
                    n=_part(found.beside, f"{name}: lost alone", loss.part_alone),
                ),
                _why(found.beside, name, loss, kind.unit),
            )
        )
        keys.append(need.line.id)
    titles = ("Line", "Would work", "Works", "Lost, per cent", "If nobody follows", "Why")
    always = [need for need in table.lines if need.line.phase is not Phase.BREACH]
    nothing = len(always) - len(losses)
    return Section(
        id="lines",
        title=text("Which lines lose most, from month {a} to {b}", a=found.when, b=found.then),
        paragraphs=(
            text(
                "Means over the futures and these months. A line loses what the leavers bring, and "
                "what no longer works without them. Beside the part lost stands what would be lost "
                "if nobody ever followed anybody; the difference goes with those who follow. Lines "
                "that are needed only when the ceasefire has failed are left out."
            ),
            *_silent(found, nothing, [need_trace(book, need) for need in always]),
        ),
        table=plain_table("Lines", titles, rows, keys, set(titles[1:5])) if rows else None,
    )


def _part(shown: Shown, label: str, part: float) -> Figure:
    # rounding leaves a part of nothing, which must not read as a loss
    value = 0.0 if abs(part) < 5e-4 else 100 * part
    return shown.number(label, value, "per cent", "part of what would work")


def _silent(found: Exit, nothing: int, traces: list[str]) -> tuple[Text, ...]:
    if not nothing:
        return ()
    count = found.asked.book.number("lines with nothing to lose", nothing, "counted", traces)
    return (
        text(
            "On {n} of its lines nothing works in these months with or without the exit.", n=count
        ),
    )


def _why(beside: Beside, name: str, loss: LineLoss, unit: str) -> Text:
    if not loss.reasons:
        return text("–")
    says = "; ".join(
        f"{REASONS[reason]}: {units:.3g} {unit} more" for reason, units in loss.reasons
    )
    words = ", ".join(REASONS[reason] for reason, _ in loss.reasons[:3])
    trace = beside.book.derived(
        f"{name}: why",
        "units offered that are lost beyond the run without the exit",
        [beside.run],
        says=says,
    )
    parts = [text("{why}", why=cited(words, trace))]
    if loss.spare > WORTH_TELLING * (loss.would - loss.still):
        parts.append(
            text(
                "{n} that were spare take their place",
                n=legible(
                    beside.book,
                    beside.number(f"{name}: spare", loss.spare, unit, "not needed before"),
                ),
            )
        )
    return join(parts)


def followers_section(found: Exit) -> Section:
    """Return who has left a year and two years after, beside how many leave anyway."""
    book, case, runs = found.asked.book, found.asked.case, found.whole
    table = runs.stays.table
    two_years = min(found.month + 2 * YEAR - 1, found.terms.months)
    follow = Shown(book, runs.leaves, found.terms)
    brought = runs.stays.person_months.mean(axis=1) / found.terms.months
    others = [
        place
        for place, nation in enumerate(table.nations)
        if table.structure.leaves[place] and nation not in found.nations
    ]
    order = sorted(others, key=lambda place: (-brought[place], place))[:MOST_FOLLOWERS]
    rows = []
    for place in order:
        name = case.name_of(table.nations[place])
        cells = [
            text(
                "{who}", who=cited(name, book.entry(("nations", table.nations[place]), name, name))
            ),
            text(
                "{n}",
                n=legible(
                    found.asked.book,
                    found.shown.number(
                        f"{name}: people present",
                        brought[place],
                        PEOPLE,
                        "mean over futures and months",
                    ),
                ),
            ),
        ]
        for month in (found.later, two_years):
            for shown, words in ((follow, "after the exit"), (found.shown, "anyway")):
                share = shown.found.left[month - 1, place] / shown.found.futures
                label = f"{name} has left by month {month}, {words}"
                cells.append(text("{n}", n=counted(shown, label, share)))
        rows.append(tuple(cells))
    titles = ("Nation", "Brings", "A year on", "Anyway", "Two years on", "Anyway then")
    return Section(
        id="followers",
        title=text("Who follows"),
        paragraphs=_follow_words(found, others, two_years),
        table=plain_table(
            "Nations that have left, the one that brings most first",
            titles,
            rows,
            [table.nations[place] for place in order],
            set(titles[1:]),
        )
        if rows
        else None,
    )


def _follow_words(found: Exit, others: list[int], month: int) -> tuple[Text, ...]:
    if not others:
        return (text("No other nation that could leave has a part in the option."),)
    runs = found.whole
    more = (runs.leaves.left - runs.stays.left)[month - 1, others].sum() / runs.stays.futures
    return (
        text(
            "By month {month}, {more} of the {others} other nations have left beyond those that "
            "leave anyway, on the mean of all futures.",
            month=month_figure(found.asked.book, month, found.when.trace),
            more=found.beside.number(
                "nations that follow", max(0.0, more), "nations", "mean over the futures"
            ),
            others=found.beside.number("other nations", len(others), "nations", "counted"),
        ),
        text(
            "An exit weighs fully on the others when the nation commands, or when others name its "
            "support as their condition. Otherwise it weighs by its people, as a part of those "
            "of the largest contributor."
        ),
        text(
            "Nobody has published who would follow whom: any nation is drawn as ready to follow as "
            "another, and differences between them come from the draws. What differs is what goes "
            "with them. A nation may also give up what it would never have sent."
        ),
    )
