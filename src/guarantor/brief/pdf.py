"""The one-pager as tagged PDF: the page, and after it the records that its numerals link to."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

import typst

from guarantor.answer.html import THIN
from guarantor.brief.drawing import font_folder

if TYPE_CHECKING:
    from guarantor.answer.answer import Table
    from guarantor.answer.text import Text
    from guarantor.answer.trace import Trace
    from guarantor.brief.one_page import Block, OnePage


def page_pdf(page: OnePage, picture: str, order: list[str]) -> bytes:
    """Return the page, its chart as SVG and the records in order as PDF/UA-1, always the same."""
    if page.chart.chart is None or page.chart.table is None:
        raise ValueError("the page has no chart")
    data = {
        "title": _pieces(page.title),
        "plain_title": page.title.plain(),
        "headline": _pieces(page.headline),
        "record": _pieces(page.record),
        "marking": _pieces(page.marking),
        "day": _pieces(page.day),
        "decision": _block(page.decision),
        "offers": _block(page.offers),
        "options": _table(page.options),
        "notes": [_pieces(note) for note in page.notes],
        "struck": _block(page.struck),
        "risks": _block(page.risks),
        "dissent": _block(page.dissent),
        "unknown": _block(page.unknown),
        "chart": {
            "title": page.chart.title.plain(),
            "svg": picture,
            "description": page.chart.chart.description,
            "trace": page.chart.chart.trace,
            "table": _table(page.chart.table),
        },
        "traces": [_trace(page.traces[name]) for name in order],
    }
    template = resources.files("guarantor.brief") / "templates" / "one-page.typ"
    source: bytes = template.read_bytes()
    return bytes(
        typst.compile(
            source,
            font_paths=fonts(),
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


@cache
def fonts() -> typst.Fonts:
    """Return the bundled fonts and no others, so that every machine sets the same page."""
    folder = os.fspath(font_folder())
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


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
