"""Documents as tagged PDF: the pages, and after them the records that their numerals link to."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from functools import cache
from importlib import resources
from itertools import chain, repeat
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any

import typst

from guarantor.answer.answer import Chart, Section
from guarantor.answer.html import THIN
from guarantor.brief.document import Ballot, Beside, Grid, Picture, Prose
from guarantor.brief.drawing import font_folder
from guarantor.evidence.appendix import model_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guarantor.answer.answer import Table
    from guarantor.answer.text import Text
    from guarantor.answer.trace import Trace
    from guarantor.brief.document import Block, Chapter, Document
    from guarantor.brief.one_page import Block as TitledSentences
    from guarantor.brief.one_page import OnePage


LONGEST = 20
"""Characters that are kept on one line where a column of figures has the room."""

PAIR = 2
"""Columns of a table of names and what is said of each."""


def page_pdf(page: OnePage, picture: str, order: list[str]) -> bytes:
    """Return the page, its chart as SVG and the records in order as PDF/UA-1, always the same."""
    if page.chart.chart is None or page.chart.table is None:
        raise ValueError("the page has no chart")
    data = {
        "title": _pieces(page.title),
        "plain_title": page.title.plain(),
        "headline": _pieces(page.headline),
        "record": _pieces(page.stamped),
        "since": [_pieces(words) for words in page.since],
        "changes": _table(page.changes) if page.changes else None,
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
    return _set("one-page", data)


def document_pdf(document: Document, pictures: Mapping[str, str], order: list[str]) -> bytes:
    """Return a document of several pages, its charts as SVG, the records in order as PDF/UA-1."""
    letters = chain((f"{letter}. " for letter in ascii_uppercase), repeat(""))
    data = {
        "title": _pieces(document.title),
        "plain_title": f"{document.title.plain()} – {document.kind}",
        "short_title": _without_digits(document.title.plain()),
        "kind": document.kind,
        "headline": _pieces(document.headline),
        "marking": _pieces(document.marking),
        "plain_marking": _without_digits(document.marking.plain()),
        "day": _pieces(document.day),
        "record": _pieces(document.record),
        "stamp": [_pieces(words) for words in document.stamp],
        "command": _pieces(document.command),
        "chapters": [_chapter(c, pictures, letters) for c in document.chapters],
        "annexes": [_chapter(c, pictures, repeat("Annex: ")) for c in document.annexes],
        "notes": [_pieces(note) for note in document.notes],
        "models": [{**asdict(model_page(name)), "trace": trace} for name, trace in document.models],
        "traces": [_trace(document.traces[name]) for name in order],
    }
    return _set("document", data)


def _set(name: str, data: Mapping[str, Any]) -> bytes:
    """Return what a template makes of the data, always the same bytes."""
    folder = resources.files("guarantor.brief") / "templates"
    source = b"".join((folder / f"{part}.typ").read_bytes() for part in ("common", name))
    return bytes(
        typst.compile(
            source,
            font_paths=fonts(),
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
    )


def _without_digits(words: str) -> str:
    """Return words for the edge of each page, where nothing can lead to a record."""
    return " ".join(word for word in words.split() if not any(c.isdigit() for c in word))


def _chapter(
    chapter: Chapter, pictures: Mapping[str, str], letters: Iterator[str]
) -> dict[str, Any]:
    title, blocks = _pieces(chapter.title), [_any(block, pictures) for block in chapter.blocks]
    return {
        "name": chapter.name,
        "letter": next(letters),
        "title": title,
        "colour": chapter.colour,
        "sheet": chapter.sheet,
        "plain": _unlinked({"title": title, "blocks": blocks}) if chapter.sheet else None,
        "page": chapter.page,
        "blocks": blocks,
        "chapters": [_chapter(inner, pictures, repeat("")) for inner in chapter.chapters],
    }


def _unlinked(data: Any) -> Any:
    """Return data of a template with each text as one piece of words, linked to nothing."""
    match data:
        case dict():
            return {name: _unlinked(part) for name, part in data.items()}
        case [{"words": _}, *_]:
            return [{"words": "".join(piece["words"] for piece in data)}]
        case list() | tuple():
            return [_unlinked(part) for part in data]
    return data


def _any(block: Block, pictures: Mapping[str, str]) -> dict[str, Any]:
    """Return a block as the template reads it."""
    match block:
        case Prose():
            return {
                "type": "prose",
                "title": block.title,
                "listed": block.listed,
                "sentences": [_pieces(sentence) for sentence in block.sentences],
            }
        case Grid():
            return {
                **_table(block.table),
                "type": "grid",
                "small": block.small,
                "caption": _pieces(block.table.title) if block.caption else None,
                "weights": weights(block.table),
            }
        case Picture(section=Section(chart=Chart() as chart)):
            return {
                "type": "picture",
                "title": _pieces(block.section.title),
                "svg": pictures[chart.trace],
                "description": chart.description,
                "trace": chart.trace,
            }
        case Ballot():
            return {"type": "ballot", "choices": block.choices, "lines": block.lines}
        case Beside():
            return {
                "type": "beside",
                "left": [_any(each, pictures) for each in block.left],
                "right": [_any(each, pictures) for each in block.right],
            }
    raise AssertionError(block)


def weights(table: Table) -> list[float]:
    """Return the share of the width for each column: by its longest word and its usual length.

    Of pairs of a name and what is said the name takes a little more than a third.
    """
    if len(table.columns) == PAIR and not table.columns[1].title.plain():
        return [3, 5]
    found = []
    for place, column in enumerate(table.columns):
        texts = [column.title.plain(), *(row[place].plain() for row in table.rows)]
        parts = [words.split(" (") if column.align == "right" else words.split() for words in texts]
        longest = max(min(len(word), LONGEST) for words in parts for word in (words or [""]))
        usual = sum(map(len, texts)) / len(texts)
        found.append(round(max(longest + 1.0, min(usual, 12 + 2.2 * usual**0.5)), 1))
    return found


@cache
def fonts() -> typst.Fonts:
    """Return the bundled fonts and no others, so that every machine sets the same page."""
    folder = os.fspath(font_folder())
    return typst.Fonts(include_system_fonts=False, font_paths=[folder])


def _pieces(text: Text) -> list[dict[str, str]]:
    return [
        {"words": piece}
        if isinstance(piece, str)
        else {"words": _held(piece.words(THIN)), "trace": piece.trace}
        for piece in text.pieces()
    ]


_RANGE = re.compile(r"\([0-9][^()]{0,28}\)")


def _held(words: str) -> str:
    """Return words in which a range in brackets is not broken at the end of a line."""
    return _RANGE.sub(lambda found: found[0].replace(" ", "\N{NO-BREAK SPACE}"), words)


def _block(block: TitledSentences) -> dict[str, Any]:
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
