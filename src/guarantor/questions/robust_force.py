"""Forces that are filled in a share of futures, planned on some futures and checked on others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.aim import yearly
from guarantor.optimise.burden import burdens
from guarantor.optimise.programme import Objective
from guarantor.optimise.robust import frontier, sample
from guarantor.optimise.tables import Reach
from guarantor.problems import Problems
from guarantor.quantity import Kind
from guarantor.questions.balances import DIGITS
from guarantor.questions.bringing import DASH, priced
from guarantor.questions.futures import USUAL_SEED
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import AVAILABLE, Setting
from guarantor.simulate.assumptions import check_assumptions
from guarantor.simulate.estimates import of_twenty
from guarantor.simulate.run import draws_of
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from guarantor.optimise.robust import Frontier, Point
    from guarantor.questions.assigned import Assigned

SHARE = Setting(
    "share", "also a force that is filled in this share of futures", AVAILABLE.read, "70%"
)
FITTED, CHECKED = 0, 1
"""The blocks of futures: the one planned on, and the one looked at afterwards."""
PERCENT = 100
TITLES = (
    "Margin, per cent",
    "Filled in, of twenty",
    "Of twenty others",
    "People",
    "Firmness lost",
    "A year",
)


def robust_section(assigned: Assigned, share: float) -> Section:
    """Return the frontier of forces, and the first that is filled in the share asked for."""
    heading = text("A force for a share of futures")
    try:
        check_assumptions(assigned.asked.case)
    except Problems:
        words = "The case lacks the assumptions that futures rest on, so that none can be drawn."
        return Section(id="robust", title=heading, paragraphs=(text(words),))
    made = assigned.tables(Reach.OWNED)
    draws = draws_of(assigned.asked.case, USUAL_SEED)
    fit, check = (sample(made, draws.block(block)) for block in (FITTED, CHECKED))
    found = frontier(made, fit, check, assigned.fair)
    rows = [_row(assigned, point) for point in found.points]
    return Section(
        id="robust",
        title=heading,
        paragraphs=(
            text(
                "Each force is planned so that every number alone is no worse than planned with "
                "in a part of futures, its margin. It is then tried in the futures that it was "
                "planned on, and in as many others. What is asked for beyond the offers comes "
                "wherever its pool allows, since nothing is on record of how nations answer. A "
                "share of futures says how much hangs on the ranges put in; it is not a likelihood."
            ),
            _told(assigned, found, share),
            *_aside(assigned, found),
        ),
        table=plain_table(
            "Forces by margin",
            TITLES,
            rows,
            [f"margin-{round(point.margin * PERCENT)}" for point in found.points],
            set(TITLES),
        ),
    )


def _record(assigned: Assigned) -> str:
    return assigned.asked.book.asked("futures", "two blocks of futures, one seed", by_reader=False)


def _inputs(assigned: Assigned) -> list[str]:
    made = assigned.tables(Reach.OWNED)
    lines = [assigned.records.need(line.need) for line in made.lines]
    sources = [assigned.source(source, made) for source in made.sources]
    return list(dict.fromkeys([_record(assigned), assigned.term(), *lines, *sources]))


def _told(assigned: Assigned, found: Frontier, share: float) -> Text:
    book = assigned.asked.book
    wanted = Figure(
        value=share * PERCENT,
        unit="percent",
        kind=Kind.JUDGED,
        trace=book.asked("share of futures", f"{share * PERCENT:g} per cent"),
    )
    point = found.enough(share)
    if point is None:
        return text(
            "No force on the frontier is filled in {share} per cent of the futures that it was "
            "planned on.",
            share=wanted,
        )
    return text(
        "The force with a margin of {margin} per cent is the first that is filled in {share} per "
        "cent of the futures it was planned on; among others it is filled in {n} of {twenty} "
        "futures of these ranges.",
        margin=_margin(assigned, point),
        share=wanted,
        n=_twenty(assigned, point, "checked"),
        twenty=book.number(
            "futures in a share told in twentieths", 20, "a way of telling", [_record(assigned)]
        ),
    )


def _aside(assigned: Assigned, found: Frontier) -> list[Text]:
    if not found.aside:
        return []
    lines = {line.id: line for line in assigned.tables(Reach.OWNED).lines}
    names = [assigned.name(lines[name]) for name in found.aside]
    return [
        join(
            [text("Left aside, since no force fills them in any future: "), join(names), text(".")],
            "",
        )
    ]


def _margin(assigned: Assigned, point: Point) -> Figure:
    return Figure(
        value=round(point.margin * PERCENT),
        unit="percent",
        kind=Kind.JUDGED,
        trace=assigned.asked.book.asked(
            f"margin {point.margin:g}", "a margin of the frontier", by_reader=False
        ),
    )


def _twenty(assigned: Assigned, point: Point, which: str) -> Figure:
    return assigned.asked.book.made(
        f"{assigned.title}: force with margin {point.margin:g}, filled, {which}",
        "share of futures in which every line not left aside is filled, in twentieths",
        _inputs(assigned),
        Figure(
            value=of_twenty(getattr(point, which)),
            unit="futures in 20",
            kind=Kind.DERIVED,
            trace="",
        ),
    )


def _row(assigned: Assigned, point: Point) -> tuple[Text, ...]:
    label = f"{assigned.title}: force with margin {point.margin:g}"
    best, made = point.assignment, point.assignment.tables
    people = max((float(row @ best.present[:, -1]) for row in burdens(made).values()), default=0.0)
    inputs = _inputs(assigned)
    count = assigned.asked.book.made(
        f"{label}, people",
        "by headcount or in units, whichever is more, in the last months",
        inputs,
        Figure(
            value=round(people), unit="people deployed", digits=DIGITS, kind=Kind.DERIVED, trace=""
        ),
    )
    lost = assigned.asked.book.made(
        f"{label}, firmness lost",
        "steps below deployed, by line",
        inputs,
        Figure(
            value=best.value(Objective.FIRMNESS) if made.sources else 0.0,
            unit="steps",
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        ),
    )
    costs = yearly(made, best.present)
    prices = max(costs, key=lambda p: costs[p], default=None)
    price = DASH
    if prices is not None:
        kinds = dict.fromkeys(source.capability for source in made.sources)
        records = [t for kind in kinds for t in assigned.records.parameter(kind, "running_cost")]
        figure = assigned.records.money(
            f"{label}, {prices}",
            Span.exactly(costs[prices]),
            prices,
            "units × running cost of one, at the prices under which most of it falls",
            [*inputs, *records],
        )
        price = priced(figure, prices)
    return (
        text("{n}", n=_margin(assigned, point)),
        text("{n}", n=_twenty(assigned, point, "fitted")),
        text("{n}", n=_twenty(assigned, point, "checked")),
        text("{n}", n=count),
        text("{n}", n=lost),
        price,
    )
