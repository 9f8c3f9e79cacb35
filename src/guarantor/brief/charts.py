"""The charts of a brief: each drawn from one table, each option in its own colour throughout.

Every mark stands beside its name, and what a colour says is said by place, shape or words as well,
so that a print in black and white loses nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guarantor.answer.answer import Chart, Column, Section, Table
from guarantor.answer.text import Figure, Text, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.brief.matter import Matter

BASELINE = "#8a8f98"
"""The colour of today's support, which goes on in every comparison."""

PALETTE = (
    "#0b3d63",
    "#b5541c",
    "#2a8c7f",
    "#8a6d00",
    "#6b4596",
    "#4f7f1f",
    "#a52f6b",
    "#3a78b8",
    "#6d4c33",
)
INK = "#16202b"

STANCES = {
    "offers": ("circle", "#0b3d63"),
    "supports": ("diamond", "#3a78b8"),
    "conditional": ("triangle-up", "#8a6d00"),
    "open": ("square", "#8a8f98"),
    "excludes": ("cross", "#a03020"),
    "opposes": ("triangle-down", "#a03020"),
}
"""Shape and colour of each stance; the shape alone tells them apart."""


def colours(options: Sequence[str]) -> dict[str, str]:
    """Return the colour of each option: grey for the first, which is the baseline."""
    rest = {name: PALETTE[n % len(PALETTE)] for n, name in enumerate(options[1:])}
    return {**dict.fromkeys(options[:1], BASELINE), **rest}


def titles_in_colour(matter: Matter) -> dict[str, str]:
    """Return the colour of each option by its title, as it stands in tables."""
    return {
        matter.option_title(name).plain(): colour
        for name, colour in colours(matter.options).items()
    }


def in_option_colours(spec: Mapping[str, Any], field: str, known: Mapping[str, str]) -> Any:
    """Return a specification with each option in its colour and everything else in ink."""
    choice = "".join(f"datum.{field} === {_quoted(t)} ? '{c}' : " for t, c in known.items())
    paint = {"calculate": f"{choice}'{INK}'", "as": "paint"}
    colour = {"field": "paint", "type": "nominal", "scale": None, "legend": None}
    return {**_painted(spec, colour), "transform": [*spec.get("transform", ()), paint]}


def _quoted(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _painted(spec: Any, colour: Mapping[str, object]) -> Any:
    if isinstance(spec, dict):
        return {
            key: colour if key == "color" and isinstance(value, dict) else _painted(value, colour)
            for key, value in spec.items()
        }
    if isinstance(spec, list):
        return [_painted(each, colour) for each in spec]
    return spec


def ranges(
    matter: Matter,
    name: str,
    title: Text,
    axis: str,
    rows: Mapping[str, Text],
    rule: float | None = None,
) -> Section | None:
    """Return bars from the low to the high end of one figure of each option, a tick at the best.

    rows: a text with the figure, by option; an option without a figure is named and has no bar.
    rule: a value to mark across all of them.
    """
    shown = {option: _first_figure(cell) for option, cell in rows.items()}
    if not any(figure is not None for figure in shown.values()):
        return None
    table = Table(
        title=title,
        columns=(
            Column(key="option", title="Option"),
            Column(key="figure", title="Figure", align="right"),
        ),
        rows=tuple(
            (
                matter.option_title(option),
                text("{n}", n=figure) if figure is not None else rows[option],
            )
            for option, figure in shown.items()
        ),
        keys=tuple(shown),
    )
    y = {"field": "option_text", "type": "nominal", "sort": None, "title": None}
    low = _first_valid("figure_low", "figure", "figure_high")
    high = _first_valid("figure_high", "figure", "figure_low")
    x = {"type": "quantitative", "title": axis, "scale": {"zero": True}}
    colour = {"field": "option_text", "type": "nominal"}
    marked = {
        "mark": {"type": "rule", "strokeDash": [4, 3], "color": INK},
        "encoding": {"x": {"datum": rule, "type": "quantitative"}},
    }
    spec = {
        "transform": [{"calculate": low, "as": "from"}, {"calculate": high, "as": "to"}],
        "layer": [
            *([marked] if rule is not None else []),
            {
                "mark": {"type": "bar", "height": {"band": 0.5}, "opacity": 0.55},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "from"},
                    "x2": {"field": "to"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "tick", "thickness": 2.5, "height": 13},
                "encoding": {"y": y, "x": {**x, "field": "figure"}, "color": colour},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "to"},
                    "text": {"field": "figure_text", "type": "nominal"},
                },
            },
        ],
    }
    return Section(
        id=name,
        title=title,
        table=table,
        chart=Chart(
            description=(
                f"{title.plain()}: one bar for each option, from the low end to the high end, with "
                "a tick at the best value and the figure beside it. The table is in the annex."
            ),
            spec=in_option_colours(spec, "option_text", titles_in_colour(matter)),
            trace=matter.drawn(f"chart: {title.plain()}", [c for row in table.rows for c in row]),
        ),
    )


def _first_valid(*fields: str) -> str:
    """Return a Vega expression for the first of the fields that holds a number, else zero."""
    found = "0"
    for name in reversed(fields):
        found = f"isValid(datum.{name}) ? datum.{name} : ({found})"
    return found


def _first_figure(cell: Text) -> Figure | None:
    found = (slot for slot in cell.slots.values() if isinstance(slot, Figure))
    return next((f for f in found if f.value is not None or f.low is not None), None)


def stances(matter: Matter, rows: Sequence[tuple[Text, ...]]) -> Section | None:
    """Return who took which stance on soldiers on which day: nation, date, stance, office."""
    if not rows:
        return None
    title = "Who said what on soldiers, and when"
    table = Table(
        title=title,
        columns=tuple(
            Column(key=t.lower(), title=t) for t in ("Nation", "Date", "Stance", "Office")
        ),
        rows=tuple(rows),
    )
    domain = list(STANCES)
    spec = {
        "height": {"step": 12},
        "transform": [{"calculate": "toDate(datum.date_text)", "as": "day"}],
        "mark": {"type": "point", "filled": True, "size": 42, "opacity": 1},
        "encoding": {
            "y": {
                "field": "nation_text",
                "type": "nominal",
                "sort": None,
                "title": None,
                "axis": {"grid": True},
            },
            "x": {
                "field": "day",
                "type": "temporal",
                "scale": {"type": "utc"},
                "title": None,
                "axis": {"format": "%b %Y", "labelExpr": "datum.label", "tickCount": 8},
            },
            "shape": {
                "field": "stance_text",
                "type": "nominal",
                "title": None,
                "scale": {"domain": domain, "range": [shape for shape, _ in STANCES.values()]},
            },
            "color": {
                "field": "stance_text",
                "type": "nominal",
                "title": None,
                "scale": {"domain": domain, "range": [colour for _, colour in STANCES.values()]},
            },
        },
    }
    return Section(
        id="stances",
        title=text(title),
        table=table,
        chart=Chart(
            description=(
                "One row for each nation, time from left to right, and a mark for each statement "
                "on soldiers: a circle offers, a diamond supports, a triangle sets conditions, a "
                "square leaves it open, a cross excludes and a triangle on its tip opposes. The "
                "table behind it is in the annex."
            ),
            spec=spec,
            trace=matter.drawn(f"chart: {title.lower()}", [c for row in rows for c in row]),
        ),
    )
