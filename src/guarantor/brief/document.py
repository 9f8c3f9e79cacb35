"""What a document of several pages is made of: sections of blocks, whose every text is an Answer's.

Renderers take nothing but these. A document holds its words and the records behind them.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import TYPE_CHECKING, ClassVar

from guarantor.answer.marks import notes_on
from guarantor.answer.text import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guarantor.answer.answer import Section, Table
    from guarantor.answer.text import Text
    from guarantor.answer.trace import Trace
    from guarantor.brief.versions import Version


@dataclass(frozen=True)
class Prose:
    """Sentences, one paragraph each or one list entry each; a quiet one is set small."""

    sentences: tuple[Text, ...]
    title: str = ""
    listed: bool = False
    quiet: bool = False
    type: ClassVar[str] = "prose"

    def texts(self) -> Iterator[Text]:
        """Return every text, in reading order."""
        yield from self.sentences


@dataclass(frozen=True)
class Grid:
    """A table; its caption is left out where the heading above it says the same."""

    table: Table
    caption: bool = True
    small: bool = False
    type: ClassVar[str] = "grid"

    def texts(self) -> Iterator[Text]:
        """Return every text that is shown, in reading order."""
        if self.caption:
            yield self.table.title
        yield from (column.title for column in self.table.columns)
        for row in self.table.rows:
            yield from row


@dataclass(frozen=True)
class Picture:
    """A chart and the table that it is drawn from, which stands in the annex of the document."""

    section: Section
    wide: bool = True
    type: ClassVar[str] = "picture"

    def texts(self) -> Iterator[Text]:
        """Return every text of the table behind it."""
        yield from self.section.texts()


@dataclass(frozen=True)
class Ballot:
    """What a body can decide, each word with its meaning and a box to tick."""

    choices: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    type: ClassVar[str] = "ballot"

    def texts(self) -> Iterator[Text]:
        """Return nothing: a ballot holds words of the document and no figure."""
        yield from ()


@dataclass(frozen=True)
class Beside:
    """Two columns of blocks side by side; one below the other where there is no room."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    type: ClassVar[str] = "beside"

    def texts(self) -> Iterator[Text]:
        """Return every text, the left column first."""
        for block in (*self.left, *self.right):
            yield from block.texts()


Block = Prose | Grid | Picture | Ballot | Beside


@dataclass(frozen=True)
class Chapter:
    """One section of a document, with its blocks and the sections inside it.

    colour marks the option that it is about; a sheet has a page of its own, and page begins one.
    """

    name: str
    title: Text
    blocks: tuple[Block, ...] = ()
    chapters: tuple[Chapter, ...] = ()
    colour: str = ""
    sheet: bool = False
    page: bool = False

    def walk(self) -> Iterator[Chapter]:
        """Return this section and all inside it, in reading order."""
        yield self
        for chapter in self.chapters:
            yield from chapter.walk()

    def texts(self) -> Iterator[Text]:
        """Return every text, in reading order."""
        yield self.title
        for block in self.blocks:
            yield from block.texts()
        for chapter in self.chapters:
            yield from chapter.texts()


@dataclass(frozen=True)
class Document:
    """One edition of a brief, before it is set in any medium."""

    edition: str
    kind: str
    title: Text
    headline: Text
    marking: Text
    day: Text
    record: Text
    chapters: tuple[Chapter, ...]
    annexes: tuple[Chapter, ...]
    models: tuple[tuple[str, str], ...]
    command: Text
    stamp: tuple[Text, ...] = ()
    traces: dict[str, Trace] = field(default_factory=dict)

    def every(self) -> Iterator[Chapter]:
        """Return every section of body and annexes, in reading order."""
        for chapter in (*self.chapters, *self.annexes):
            yield from chapter.walk()

    def pictures(self) -> Iterator[Picture]:
        """Return every chart, in reading order."""
        for chapter in self.every():
            yield from _pictures(chapter.blocks)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Return what the marks on figures mean."""
        return notes_on([*self._body()], self.traces)

    def _body(self) -> Iterator[Text]:
        yield from (self.title, self.headline, self.marking, self.day, *self.stamp, self.command)
        for chapter in (*self.chapters, *self.annexes):
            yield from chapter.texts()
        yield self.record

    def texts(self) -> Iterator[Text]:
        """Return every text, in reading order."""
        yield from self._body()
        yield from self.notes

    def lines(self) -> Iterator[tuple[str, str]]:
        """Return the document as lines of words, each under the title of its section.

        A row of a table is one line. Two versions are compared line by line.
        """
        yield "", self.record.plain()
        yield "", self.headline.plain()
        for chapter in self.every():
            title = chapter.title.plain()
            for block in chapter.blocks:
                for line in _lines(block):
                    yield title, line

    @property
    def digest(self) -> str:
        """Return the hash of all that the document says and of the records behind it."""
        return content_hash(self.texts(), self.pictures(), self.models)

    def released(self, version: Version) -> Document:
        """Return the document with its version, and with what changed if it replaces another."""
        stamp, traces = version.stamp()
        chapters = self.chapters
        if version.replaces:
            told, table, more = version.page()
            traces |= more
            blocks: tuple[Block, ...] = (Prose((*stamp, told)),)
            blocks += (Grid(table, caption=False, small=True),) if table else ()
            chapters += (Chapter("changes", text("What changed since"), blocks, page=True),)
        return replace(self, stamp=stamp, chapters=chapters, traces={**self.traces, **traces})

    def marks(self) -> Iterator[str]:
        """Return the id of each record that something shown leads to, in reading order."""
        for words in self.texts():
            yield from (slot.trace for slot in words.slots.values())
        for picture in self.pictures():
            if picture.section.chart is not None:
                yield picture.section.chart.trace
        yield from (trace for _, trace in self.models)


def content_hash(
    texts: Iterable[Text], pictures: Iterable[Picture], models: tuple[tuple[str, str], ...]
) -> str:
    """Return the SHA-256 of what a document says; each figure has the id of its record in it."""
    said = {
        "texts": [text.model_dump(mode="json") for text in texts],
        "charts": [picture.section.model_dump(mode="json") for picture in pictures],
        "models": models,
    }
    content = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(content.encode()).hexdigest()


def _pictures(blocks: tuple[Block, ...]) -> Iterator[Picture]:
    for block in blocks:
        if isinstance(block, Picture):
            yield block
        elif isinstance(block, Beside):
            yield from _pictures((*block.left, *block.right))


def _lines(block: Block) -> Iterator[str]:
    if isinstance(block, Beside):
        for part in (*block.left, *block.right):
            yield from _lines(part)
    elif isinstance(block, Prose):
        yield from (sentence.plain() for sentence in block.sentences)
    elif isinstance(block, Grid):
        yield from (" | ".join(cell.plain() for cell in row) for row in block.table.rows)
    elif isinstance(block, Picture) and block.section.table:
        rows = block.section.table.rows
        yield from (" | ".join(cell.plain() for cell in row) for row in rows)
