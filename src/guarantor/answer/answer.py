"""What comes back from a question, in every medium the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, model_validator

from guarantor.answer.text import Cited, Figure, Text
from guarantor.answer.trace import Part, Trace, loose_ends, resting_outside

if TYPE_CHECKING:
    from collections.abc import Iterator


def _as_text(value: object) -> object:
    return Text(template=value) if isinstance(value, str) else value


Heading = Annotated[Text, BeforeValidator(_as_text)]
"""A text that may be given as plain words, which then hold no numeral."""


class Column(Part):
    """One column of a table."""

    key: str
    """Name that a chart uses."""
    title: Heading
    """Heading."""
    align: Literal["left", "right"] = "left"
    """Numbers stand right."""


class Table(Part):
    """Rows of texts under named columns."""

    title: Heading
    """Heading of the table."""
    columns: tuple[Column, ...]
    """Columns, in order."""
    rows: tuple[tuple[Text, ...], ...]
    """Rows, each with one text per column."""
    keys: tuple[str, ...] = ()
    """Names of the rows, where other documents pick cells by name."""

    @model_validator(mode="after")
    def _square(self) -> Table:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"{len(row)} cells under {len(self.columns)} columns")
        if self.keys and len(self.keys) != len(self.rows):
            raise ValueError(f"{len(self.keys)} keys for {len(self.rows)} rows")
        return self

    def texts(self) -> Iterator[Text]:
        """Return every text of the table, in reading order."""
        yield self.title
        yield from (column.title for column in self.columns)
        for row in self.rows:
            yield from row

    def cell(self, key: str, column: str) -> Text:
        """Return the cell of a named row in a named column; raises ValueError for an unknown."""
        columns = [c.key for c in self.columns]
        return self.rows[self.keys.index(key)][columns.index(column)]


class Chart(Part):
    """A picture of the table above it, as a Vega-Lite specification without data.

    A column's figures are there as `key`, `key_low` and `key_high`, its words as `key_text`.
    """

    description: str
    """What the picture shows, for who cannot see it."""
    spec: dict[str, Any]
    """Vega-Lite; its data is always the table of the same part."""
    trace: str
    """Id of the record that says where the marks come from."""


class Section(Part):
    """One part of an Answer: sentences, one table, at most one chart."""

    id: str
    """Name of the part."""
    title: Text
    """Heading."""
    paragraphs: tuple[Text, ...] = ()
    """Sentences before the table."""
    table: Table | None = None
    """The table."""
    notes: tuple[Text, ...] = ()
    """Sentences below the table: what the marks on its figures mean."""
    chart: Chart | None = None
    """The picture of it."""

    @model_validator(mode="after")
    def _chart_has_table(self) -> Section:
        if self.chart and not self.table:
            raise ValueError("a chart without a table")
        return self

    def texts(self) -> Iterator[Text]:
        """Return every text of the part."""
        yield self.title
        yield from self.paragraphs
        if self.table:
            yield from self.table.texts()
        yield from self.notes


class Answer(Part):
    """The answer to one question about one case.

    Raises ValueError when a figure has no trace record, a record leads nowhere, or a figure that
    rests on a model outside its validity is not marked so.
    """

    question: str
    """Name of the question."""
    case: str
    """Name of the case."""
    digest: str
    """SHA-256 of the case's files."""
    version: str
    """Version of the case, set by its authors."""
    marking: str
    """Handling line."""
    as_of: str
    """Day from which the case was seen."""
    title: Text
    """What was asked, in words."""
    headline: Text
    """The answer in a sentence that could be read aloud."""
    sections: tuple[Section, ...]
    """The parts."""
    not_known: tuple[Text, ...] = ()
    """What the record does not say."""
    notes: tuple[Text, ...] = ()
    """What the marks mean that stand outside the parts, in the headline above all."""
    command: str
    """The command that gives this answer again."""
    traces: dict[str, Trace]
    """Where every number comes from, by id."""

    @model_validator(mode="after")
    def _traced(self) -> Answer:
        missing = {slot.trace for slot in self.slots() if slot.trace not in self.traces}
        charts = {s.chart.trace for s in self.sections if s.chart} - set(self.traces)
        if missing or charts:
            raise ValueError(f"no trace record for {sorted(missing | charts)}")
        if ends := loose_ends(self.traces):
            raise ValueError("; ".join(ends))
        outside = resting_outside(self.traces)
        for slot in self.slots():
            if isinstance(slot, Figure) and slot.outside != (slot.trace in outside):
                raise ValueError(f"{slot.words()} ({slot.trace}) is marked wrongly")
        return self

    def section(self, name: str) -> Section:
        """Return the part of that name; raises KeyError when there is none."""
        return {section.id: section for section in self.sections}[name]

    def texts(self) -> Iterator[Text]:
        """Return every text of the answer, in reading order."""
        yield self.title
        yield self.headline
        for section in self.sections:
            yield from section.texts()
        yield from self.not_known
        yield from self.notes

    def slots(self) -> Iterator[Figure | Cited]:
        """Return every figure and cited passage of the answer, in reading order."""
        for text in self.texts():
            yield from text.slots.values()

    def to_json(self) -> str:
        """Return the answer as JSON with one layout, so that equal answers are equal bytes."""
        return self.model_dump_json(indent=1) + "\n"

    @classmethod
    def from_json(cls, data: str | bytes) -> Answer:
        """Return the answer that `to_json` wrote."""
        return cls.model_validate_json(data)
