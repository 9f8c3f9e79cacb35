"""Renders texts, tables and trace records as HTML; every numeral links to its trace record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from guarantor.answer.text import MARK, Figure, Text
from guarantor.answer.trace import Citation, Trace, with_inputs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from guarantor.answer.answer import Section, Table

    Link = Callable[[str], str]

THIN = "\N{NARROW NO-BREAK SPACE}"
"""Between the groups of a number, so that it is not broken at the end of a line."""


def on_page(trace: str) -> str:
    """Return the address of a record that stands on the same page."""
    return f"#{trace}"


def text_html(text: Text, link: Link = on_page) -> Markup:
    """Return a text with a link from each figure and passage to its record."""
    return Markup("").join(_piece(piece, link) for piece in text.pieces())


def _piece(piece: object, link: Link) -> Markup:
    if isinstance(piece, str):
        return escape(piece)
    kind = "figure" if isinstance(piece, Figure) else "cited"
    trace = piece.trace  # type: ignore[attr-defined]  # the pieces are words, figures or passages
    words = piece.words(THIN)  # type: ignore[attr-defined]
    return Markup('<a class="{}" href="{}" data-trace="{}">{}</a>').format(
        kind, link(trace), trace, words
    )


def table_html(table: Table, link: Link = on_page) -> Markup:
    """Return a table with its heading as caption and row headings in the first column."""
    head = Markup("").join(
        Markup('<th scope="col" class="{}">{}</th>').format(
            column.align, text_html(column.title, link)
        )
        for column in table.columns
    )
    rows = Markup("").join(
        Markup("<tr>{}</tr>").format(
            Markup("").join(
                Markup('<th scope="row" class="{}">{}</th>').format(
                    column.align, text_html(cell, link)
                )
                if number == 0
                else Markup('<td class="{}">{}</td>').format(column.align, text_html(cell, link))
                for number, (column, cell) in enumerate(zip(table.columns, row, strict=True))
            )
        )
        for row in table.rows
    )
    return Markup(
        "<table><caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table>"
    ).format(text_html(table.title, link), head, rows)


def section_html(section: Section, picture: Markup | None = None) -> Markup:
    """Return one part of an Answer; `picture` is its chart, drawn."""
    paragraphs = Markup("").join(
        Markup("<p>{}</p>").format(text_html(paragraph)) for paragraph in section.paragraphs
    )
    return Markup('<section id="{}"><h2>{}</h2>{}{}{}{}</section>').format(
        section.id,
        text_html(section.title),
        paragraphs,
        table_html(section.table) if section.table else "",
        notes_html(section.notes),
        picture or "",
    )


def notes_html(notes: Iterable[Text]) -> Markup:
    """Return the sentences that say what marks mean, as they stand below a table."""
    return Markup("").join(Markup('<p class="note">{}</p>').format(text_html(n)) for n in notes)


def traces_html(traces: Mapping[str, Trace], order: Iterable[str]) -> Markup:
    """Return the records in the given order, and after them those they were made from."""
    return Markup("").join(record_html(traces[name]) for name in with_inputs(traces, order))


def record_html(trace: Trace, link: Link = on_page) -> Markup:
    """Return one record; what it was made from is linked."""
    parts = [
        Markup("<dt>{} <small>{}</small></dt>").format(trace.label, trace.kind.value),
        Markup("<dd>{}</dd>").format(trace.says) if trace.says else "",
        Markup("<dd>How: {}</dd>").format(trace.method) if trace.method else "",
        Markup("<dd>Model: <code>{}</code></dd>").format(trace.model) if trace.model else "",
        *(Markup("<dd>{} Outside validity: {}</dd>").format(MARK, each) for each in trace.outside),
        *(Markup("<dd>Source: {}</dd>").format(_citation(c)) for c in trace.citations),
        Markup("<dd>Support: {}</dd>").format(trace.quality) if trace.quality else "",
        Markup("<dd>Note: {}</dd>").format(trace.note) if trace.note else "",
        Markup("<dd>Judged by {}</dd>").format(trace.judged_by) if trace.judged_by else "",
        Markup("<dd>Made from {}</dd>").format(_links(trace.inputs, link)) if trace.inputs else "",
        Markup("<dd><code>{}</code></dd>").format(trace.where) if trace.where else "",
    ]
    return Markup('<dl class="trace" id="{}" data-trace="{}">{}</dl>').format(
        trace.id, trace.id, Markup("").join(parts)
    )


def _links(names: tuple[str, ...], link: Link) -> Markup:
    return Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(link(name), name) for name in names
    )


def _citation(citation: Citation) -> Markup:
    title = citation.title
    linked = (
        Markup('<a href="{}">{}</a>').format(citation.url, title)
        if citation.url.startswith(("http://", "https://"))
        else escape(title)
    )
    dated = f", {citation.date}" if citation.date else ""
    grade = f", {citation.grade}" if citation.grade else ""
    return Markup("{}, {}{}{} [{}]").format(citation.publisher, linked, dated, grade, citation.id)
