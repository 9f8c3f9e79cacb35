"""An Answer on a page: its texts with a link from each figure to its record, and its charts."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from guarantor.answer.html import text_html
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.web.here import EVERYWHERE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.answer.answer import Answer, Section, Table
    from guarantor.answer.text import Text
    from guarantor.web.here import Here

WIDE = 520
"""Pixels of a chart on a page; it shrinks with its column."""

LONG = 48
"""Letters above which a cell of a table wants room to be read."""


@dataclass(frozen=True)
class Shown:
    """An Answer, what was set when it was asked, and where the reader stands."""

    answer: Answer
    settings: Mapping[str, str]
    here: Here

    @property
    def path(self) -> str:
        """Return the page of its question."""
        return f"/ask/{self.answer.question}"

    @property
    def own(self) -> dict[str, str]:
        """Return its settings without those that go along everywhere."""
        return {name: value for name, value in self.settings.items() if name not in EVERYWHERE}

    def to(self, kind: str = "", **more: str) -> str:
        """Return the address of the answer itself, as a page or as `.json`, `.csv` or `.svg`."""
        asked = self.own or ({} if kind else {"ask": "yes"})
        return self.here.to(f"{self.path}{kind}", {**asked, **more})

    def why(self, trace: str) -> str:
        """Return the address of a record behind the answer."""
        return self.here.to(f"/why/{self.answer.question}/{trace}", self.own)

    def text(self, words: Text) -> Markup:
        """Return a text with a link from each figure and passage to its record."""
        return text_html(words, self.why)

    def long(self, words: Text) -> bool:
        """Return whether a cell wants room."""
        return len(words.plain()) > LONG

    def picture(self, section: Section) -> Markup:
        """Return the chart of a section as SVG."""
        return Markup(_drawn(section.model_dump_json()))  # noqa: S704  # drawn by us from an Answer; its texts are escaped there

    def section(self, name: str) -> Section | None:
        """Return the part of that name, if the answer has it."""
        return next((s for s in self.answer.sections if s.id == name), None)

    def python(self) -> str:
        """Return the line of Python that gives the answer again."""
        words = repr(dict(self.settings)) if self.settings else ""
        called = self.answer.command.split()[3]
        given = ", ".join(filter(None, (repr(self.answer.question), repr(called), words)))
        return f"from guarantor.questions import ask; ask({given})"


@lru_cache(maxsize=64)
def _drawn(section: str) -> str:
    from guarantor.answer.answer import Section

    return draw(Section.model_validate_json(section), WIDE)


def table_csv(table: Table) -> str:
    """Return one table as it is read: its headings and its words."""
    rows = [[column.title.plain() for column in table.columns]]
    rows += [[cell.plain() for cell in row] for row in table.rows]
    return _csv(rows)


def answers_csv(answers: Iterable[Answer]) -> str:
    """Return every table of the answers, one figure, passage or cell of words a row."""
    head = ("question", "section", "row", "column", "words")
    figure = ("value", "low", "high", "unit", "kind", "rung", "as_of", "trace")
    return _csv([[*head, *figure], *(row for answer in answers for row in _slots(answer))])


def _slots(answer: Answer) -> Iterator[list[object]]:
    for section in answer.sections:
        table = section.table
        for number, row in enumerate(table.rows if table else (), 1):
            for column, cell in zip(table.columns if table else (), row, strict=True):
                place = [answer.question, section.id, number, column.key]
                if not cell.slots:
                    yield [*place, cell.plain(), *[""] * 8]
                for slot in cell.slots.values():
                    if isinstance(slot, Figure):
                        kept = [slot.value, slot.low, slot.high, slot.unit, slot.kind.value]
                        yield [*place, slot.words(), *kept, slot.rung, slot.as_of, slot.trace]
                    else:
                        yield [*place, slot.words(), *[""] * 7, slot.trace]


def _csv(rows: Iterable[Iterable[object]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
