"""Gaps over time: how far each line is filled by year, when it runs short, and what is lost why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import text
from guarantor.questions.balances import need_trace
from guarantor.questions.line_years import HALF, fill_cell, matters, mean_cell, met_share
from guarantor.questions.over_time import known, runs, sheet, terms_told, year_heads, year_word
from guarantor.questions.over_time import years_of as years
from guarantor.questions.tracing import cited
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.questions.futures import Shown
    from guarantor.questions.question import Asked

REASONS = {
    Reason.CAVEAT: "lost: caveat",
    Reason.CONDITION: "lost: condition unmet",
    Reason.LEFT: "lost: nation left",
    Reason.LATE: "lost: late",
    Reason.UNDER_DELIVERED: "lost: under-delivered",
    Reason.POOL_EMPTY: "lost: pool empty",
    Reason.COMMAND: "lost: command changing",
    Reason.ENABLER: "lost: enabler missing",
    Reason.NOT_NEEDED: "not needed",
}


def sections(asked: Asked, names: Sequence[str]) -> Iterator[Section]:
    """Yield for each option with lines how far they are filled by year, and what is lost."""
    for name, found, shown in runs(asked, [n for n in names if asked.case.options[n].lines]):
        spans = years(found.table.structure.months)
        yield _fill(asked, name, shown, spans)
        yield _lost(name, shown, spans)


def _line(shown: Shown, place: int) -> Text:
    need = shown.found.table.lines[place]
    kind = shown.book.case.capabilities[need.line.capability].title
    return text("{n}", n=cited(f"{kind} ({need.line.id})", need_trace(shown.book, need)))


def _fill(asked: Asked, name: str, shown: Shown, spans: list[slice]) -> Section:
    rows = []
    for place, need in enumerate(shown.found.table.lines):
        if need.span is None:
            continue
        cells = [fill_cell(shown, place, year, months) for year, months in enumerate(spans, 1)]
        rows.append((need.line.id, [_line(shown, place), *cells, _short_from(shown, place, spans)]))
    return sheet(
        f"years-{name}",
        text("Filled by year, per cent: {option}", option=shown.book.option_title(name)),
        (
            terms_told(asked, name, shown),
            text(
                "Median over the futures and the months of a year, with the ends of nine in ten. A "
                "line runs short in a year in which it is met in fewer than half of its months, "
                "all futures together. Lines without a number are never short and not listed."
            ),
        ),
        (
            ("line", "Line", False),
            *year_heads(shown, len(spans)),
            ("short", "Runs short from", False),
        ),
        rows,
    )


def _short_from(shown: Shown, place: int, spans: list[slice]) -> Text:
    """Return the first year in which a line runs short."""
    met = [met_share(shown, place, months) for months in spans]
    first = next((y for y, share in enumerate(met, 1) if known(share) and share < HALF), None)
    if first is not None:
        return text("{y}", y=year_word(shown, first))
    return text("never") if any(map(known, met)) else text("in no month needed")


def _lost(name: str, shown: Shown, spans: list[slice]) -> Section:
    """Return what is offered, what works and what is lost for each reason, by line and year."""
    rows: list[tuple[str, list[Text]]] = []
    found = shown.found
    for place, need in enumerate(found.table.lines):
        counted = [("offered", "offered", found.offered(place))]
        counted += [
            (f"reason-{reason.name.lower().replace('_', '-')}", words, found.lost(place, reason))
            for reason, words in REASONS.items()
        ]
        counted.append(("works", "works", found.filled(place)))
        for key, words, by_month in counted:
            if key.startswith("reason") and not matters(shown, place, by_month):
                continue
            cells = [
                mean_cell(shown, place, year, words, by_month[months])
                for year, months in enumerate(spans, 1)
            ]
            rows.append((f"{need.line.id}-{key}", [_line(shown, place), text(words), *cells]))
    return sheet(
        f"lost-{name}",
        text("Units lost, by reason: {option}", option=shown.book.option_title(name)),
        (
            text(
                "Units of each line in a month, mean over the futures and the months of a year. "
                "What is offered is what works, what is lost for each reason, and what is not "
                "needed. A reason that never takes a hundredth of what is offered is left out."
            ),
        ),
        (("line", "Line", False), ("what", "What", False), *year_heads(shown, len(spans))),
        rows,
    )
