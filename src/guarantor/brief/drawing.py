"""Draws the chart of a section as SVG, from the section's own table and nothing else."""

from __future__ import annotations

import os
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vl_convert

from guarantor.answer.text import Figure

if TYPE_CHECKING:
    from guarantor.answer.answer import Section, Table

FONT = "Source Sans Pro, Source Sans 3, system-ui, sans-serif"

WIDTH = 350
"""Pixels: scaled to half a page, this gives its letters the size of the text."""

LOOK: dict[str, Any] = {
    "background": "transparent",
    "font": FONT,
    "view": {"stroke": None},
    "axis": {
        "labelFontSize": 10,
        "titleFontSize": 10,
        "titleFontWeight": "normal",
        "labelLimit": 240,
        "gridColor": "#e3e5e8",
        "domain": False,
        "ticks": False,
        "labelColor": "#222222",
        "titleColor": "#444444",
    },
    "axisX": {"labelExpr": "replace(format(datum.value, ',d'), ',', ' ')", "tickCount": 4},
    "axisY": {"grid": False},
    "legend": {"orient": "top", "labelFontSize": 10, "symbolType": "square"},
    "text": {"fontSize": 10, "font": FONT},
}
"""One look for all charts, readable in black and white."""


def font_folder() -> Path:
    """Return the folder of the bundled fonts."""
    return Path(str(resources.files("font_source_sans_pro"))) / "files"


@cache
def _ready() -> None:
    vl_convert.register_font_directory(os.fspath(font_folder()))


def values(table: Table) -> list[dict[str, Any]]:
    """Return the rows of a table as a chart reads them: `key`, `key_low`, `key_text`…"""
    rows = []
    for row in table.rows:
        record: dict[str, Any] = {}
        for column, cell in zip(table.columns, row, strict=True):
            record[f"{column.key}_text"] = cell.plain()
            figure = next((s for s in cell.slots.values() if isinstance(s, Figure)), None)
            if figure is not None:
                record[column.key] = figure.value
                record[f"{column.key}_low"] = figure.low
                record[f"{column.key}_high"] = figure.high
        rows.append(record)
    return rows


def draw(section: Section, width: int = WIDTH) -> str:
    """Return the chart of a section as SVG, once for every medium.

    Raises ValueError for a section without a chart.
    """
    if section.chart is None or section.table is None:
        raise ValueError(f"section {section.id} has no chart")
    _ready()
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": width,
        "height": {"step": 17},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "config": LOOK,
        "description": section.chart.description,
        "data": {"values": values(section.table)},
        **section.chart.spec,
    }
    return str(vl_convert.vegalite_to_svg(spec))
