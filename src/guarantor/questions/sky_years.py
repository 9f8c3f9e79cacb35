"""Lines of some capabilities by year: what is in place, what works, how far they are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart
from guarantor.answer.text import text
from guarantor.questions.air_tasks import EARLY_WARNING, FIGHTER, TANKER
from guarantor.questions.balances import need_trace
from guarantor.questions.futures import Shown
from guarantor.questions.line_years import fill_cell, placed_cell, works_cell
from guarantor.questions.over_time import sheet, year_word, years_of
from guarantor.questions.sky_tables import UNCONTESTED
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.questions.futures import Terms
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome

IN_THE_AIR = (FIGHTER, TANKER, EARLY_WARNING)


def in_the_air(asked: Asked, found: Outcome, terms: Terms) -> Section | None:
    """Return the lines of aircraft by year; None when the option has none."""
    told = text(
        "In place: before what an aircraft needs, such as a tanker, is weighed. Works: after it. "
        "Means over the futures and the months of a year. Filled: part of what the line asks, "
        "median and the ends of nine in ten."
    )
    title = text("What is in the air, year by year")
    return of_capabilities(asked, found, terms, IN_THE_AIR, title, UNCONTESTED, told)


def of_capabilities(
    asked: Asked,
    found: Outcome,
    terms: Terms,
    kinds: tuple[str, ...],
    title: Text,
    *told: Text,
) -> Section | None:
    """Return the lines of some capabilities by year, with a chart; None when there are none."""
    book = asked.book
    shown = Shown(book, found, terms)
    rows = []
    for place, need in enumerate(found.table.lines):
        if need.line.capability not in kinds:
            continue
        kind = asked.case.capabilities[need.line.capability].title
        # two lines of one capability are told apart by their ids
        name = cited(f"{kind} ({need.line.id})", need_trace(book, need))
        for number, months in enumerate(years_of(found.table.structure.months), 1):
            cells = [
                text("{line}", line=name),
                text("{y}", y=year_word(shown, number)),
                placed_cell(shown, place, number, months),
                works_cell(shown, place, number, months),
                fill_cell(shown, place, number, months),
            ]
            rows.append((f"{need.line.id}-{number}", cells))
    if not rows:
        return None
    heads = (
        ("line", "Line", False),
        ("year", "Year", False),
        ("placed", "In place", True),
        ("works", "Works", True),
        ("fill", "Filled, %", True),
    )
    section = sheet("years", title, told, heads, rows)
    chart = Chart(
        description="Part of each line that is filled, year by year, as a band that holds nine in "
        "ten futures, with the median as a line.",
        spec=_bands(),
        trace=book.derived("chart of fill by year", "drawn from the table beside it", [shown.run]),
    )
    return section.model_copy(update={"chart": chart})


def _bands() -> dict[str, object]:
    x = {
        "field": "year_text",
        "type": "ordinal",
        "sort": None,
        "title": None,
        "axis": {"labelAngle": 0},
    }
    scale = {"domain": [0, 100]}
    colour = {"field": "line_text", "type": "nominal", "title": None}
    low = {"field": "fill_low", "type": "quantitative", "title": "Filled, per cent", "scale": scale}
    return {
        "transform": [
            {"filter": "isValid(datum.fill)"},
            {
                "calculate": "isValid(datum.fill_low) ? datum.fill_low : datum.fill",
                "as": "fill_low",
            },
            {
                "calculate": "isValid(datum.fill_high) ? datum.fill_high : datum.fill",
                "as": "fill_high",
            },
        ],
        "height": 180,
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.25},
                "encoding": {"x": x, "y": low, "y2": {"field": "fill_high"}, "color": colour},
            },
            {
                "mark": {"type": "line"},
                "encoding": {
                    "x": x,
                    "y": {"field": "fill", "type": "quantitative"},
                    "color": colour,
                },
            },
        ],
    }
