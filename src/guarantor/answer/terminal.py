"""Renders an Answer for a terminal: plain words, tables drawn with lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text as Line

from guarantor.answer.text import MARK
from guarantor.answer.trace import with_inputs

NARROW = 16
"""Columns of text that a column of a table needs; in less, it is printed row by row."""

WIDEST = 9
"""Columns above which a table is printed row by row: cells would be too narrow to read."""

BLANK = "–"
"""What a cell with nothing in it shows."""

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import Console

    from guarantor.answer.answer import Answer, Table
    from guarantor.answer.text import Text
    from guarantor.answer.trace import Trace


def print_answer(answer: Answer, console: Console, *, sources: bool = False) -> None:
    """Print the answer; with `sources`, the trace records of its figures after it."""
    console.print(Line(answer.title.plain(), style="bold"))
    console.print(Line(f"{answer.marking} · as of {answer.as_of}", style="dim"))
    console.print()
    console.print(Line(answer.headline.plain()))
    _print_notes(answer.notes, console)
    for section in answer.sections:
        console.print()
        console.print(Line(section.title.plain(), style="bold"))
        for paragraph in section.paragraphs:
            console.print(Line(paragraph.plain()))
        if section.table and (
            len(section.table.columns) > WIDEST
            or console.width < NARROW * len(section.table.columns)
        ):
            _print_blocks(section.table, console)
        elif section.table:
            console.print(_grid(section.table))
        _print_notes(section.notes, console)
    if answer.not_known:
        console.print()
        console.print(Line("What is not known", style="bold"))
        for text in answer.not_known:
            console.print(Padding(Line(f"· {text.plain()}"), (0, 0, 0, 1)))
    if sources:
        console.print()
        console.print(Line("Where the numbers come from", style="bold"))
        for name in with_inputs(answer.traces, (slot.trace for slot in answer.slots())):
            print_trace(answer.traces[name], console)
    console.print()
    console.print(Line(f"Again: {answer.command}", style="dim"))


def _print_notes(notes: Iterable[Text], console: Console) -> None:
    for note in notes:
        console.print(Line(note.plain(), style="italic"))


def _print_blocks(table: Table, console: Console) -> None:
    """Print a table too wide for a terminal row by row, its blank cells left out."""
    for first, *rest in table.rows:
        console.print(Line(first.plain(), style="bold"))
        for column, cell in zip(table.columns[1:], rest, strict=True):
            if cell.plain() != BLANK:
                line = Line(f"{column.title.plain()}: {cell.plain()}")
                console.print(Padding(line, (0, 0, 0, 2)))


def _grid(table: Table) -> Grid:
    grid = Grid(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, title=None)
    for column in table.columns:
        grid.add_column(column.title.plain(), justify=column.align, overflow="fold")
    for row in table.rows:
        grid.add_row(*(Line(cell.plain()) for cell in row))
    return grid


def print_trace(trace: Trace, console: Console) -> None:
    """Print one trace record, its sources indented."""
    console.print(Line(f"{trace.id}  {trace.label} ({trace.kind.value})"))
    lines = [
        trace.says,
        f"how: {trace.method}" if trace.method else "",
        f"model: {trace.model} (guarantor models {trace.model})" if trace.model else "",
        *(f"{MARK} outside validity: {each}" for each in trace.outside),
        *(
            f"source: {c.publisher}, {c.title}{f', {c.date}' if c.date else ''} [{c.id}] {c.url}"
            for c in trace.citations
        ),
        f"support: {trace.quality}" if trace.quality else "",
        f"note: {trace.note}" if trace.note else "",
        f"judged by {trace.judged_by}" if trace.judged_by else "",
        f"made from {', '.join(trace.inputs)}" if trace.inputs else "",
        trace.where,
    ]
    for line in filter(None, lines):
        console.print(Padding(Line(line), (0, 0, 0, 4)))
