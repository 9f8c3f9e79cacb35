"""The one-pager as tagged PDF: the page, and after it the records that its numerals link to."""

from __future__ import annotations

import json
import os
from importlib import resources
from typing import TYPE_CHECKING, Any

import typst

from guarantor.answer.html import THIN
from guarantor.brief.drawing import draw, font_folder

if TYPE_CHECKING:
    from guarantor.answer.answer import Table
    from guarantor.answer.text import Text
    from guarantor.answer.trace import Trace
    from guarantor.brief.one_page import Block, OnePage

STANDARD = "ua-1"
CHART_WIDTH = 330
"""Pixels: the chart is scaled to its column, and this gives its letters the size of the text."""


def page_pdf(page: OnePage, order: list[str]) -> bytes:
    """Return the page and the records in the given order as PDF/UA-1; the same bytes each time."""
    if page.chart.chart is None or page.chart.table is None:
        raise ValueError("the page has no chart")
    data = {
        "title": _pieces(page.title),
        "plain_title": page.title.plain(),
        "headline": _pieces(page.headline),
        "record": _pieces(page.record),
        "decision": _block(page.decision),
        "offers": _block(page.offers),
        "options": _table(page.options),
        "struck": _block(page.struck),
        "risks": _block(page.risks),
        "dissent": _block(page.dissent),
        "unknown": _block(page.unknown),
        "chart": {
            "title": page.chart.title.plain(),
            "svg": draw(page.chart, CHART_WIDTH),
            "description": page.chart.chart.description,
            "trace": page.chart.chart.trace,
            "table": _table(page.chart.table),
        },
        "traces": [_trace(page.traces[name]) for name in order],
    }
    template = resources.files("guarantor.brief") / "templates" / "one-page.typ"
    return bytes(
        typst.compile(
            template.read_bytes(),
            font_paths=[os.fspath(font_folder())],
            ignore_system_fonts=True,
            pdf_standards=[STANDARD],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


def _pieces(text: Text) -> list[dict[str, str]]:
    return [
        {"words": piece}
        if isinstance(piece, str)
        else {"words": piece.words(THIN), "trace": piece.trace}
        for piece in text.pieces()
    ]


def _block(block: Block) -> dict[str, Any]:
    return {"title": block.title, "sentences": [_pieces(text) for text in block.sentences]}


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": _pieces(table.title),
        "columns": [
            {"title": _pieces(column.title), "align": column.align} for column in table.columns
        ],
        "rows": [[_pieces(cell) for cell in row] for row in table.rows],
    }


def _trace(trace: Trace) -> dict[str, Any]:
    return trace.model_dump(mode="json")
