"""The Answers that a brief is made from, asked once each; what cannot be answered says why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guarantor.answer.answer import Answer
from guarantor.answer.text import Cited, Text, text
from guarantor.answer.trace import Trace
from guarantor.problems import Misuse, Problems
from guarantor.quantity import Kind
from guarantor.questions import answer_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.answer.answer import Section, Table
    from guarantor.case.case import Case

DOCUMENT = "guarantor, when it wrote this document"
"""Who stands behind what a document says of itself."""


@dataclass
class Matter:
    """All Answers about a case as seen from one day, asked when they are first needed."""

    case: Case
    called: str
    as_of: str | None = None
    answers: dict[tuple[str, ...], Answer] = field(default_factory=dict)
    traces: dict[str, Trace] = field(default_factory=dict)

    def ask(self, question: str, **settings: str) -> Answer:
        """Return the answer; one without parts, which says why, where it cannot be given.

        Raises Misuse for a setting that cannot be read.
        """
        key = (question, *(f"{name}={value}" for name, value in sorted(settings.items())))
        if key not in self.answers:
            dated = {"as-of": self.as_of} if self.as_of else {}
            try:
                found = answer_for(question, self.case, {**settings, **dated}, self.called)
            except Misuse:  # a day that is none, say: what was asked for, and not the case
                raise
            except Problems as error:
                found = self._missing(question, error)
            self.traces.update(found.traces)
            self.answers[key] = found
        return self.answers[key]

    def _missing(self, question: str, error: Problems) -> Answer:
        """Return an answer that says what is missing and why, and nothing else."""
        why = "; ".join(str(problem) for problem in error.problems)
        words = self.said(f"no answer to {question}", f"Missing, no answer to ‘{question}’: {why}")
        about = self.case.about
        return Answer(
            question=question,
            case=self.case.name,
            digest=self.case.digest,
            version=about.version,
            marking=about.marking,
            as_of=self.as_of or about.as_of.text(),
            title=words,
            headline=words,
            sections=(),
            not_known=(words,),
            command=f"guarantor ask {question} {self.called}",
            traces={slot.trace: self.traces[slot.trace] for slot in words.slots.values()},
        )

    def said(self, label: str, words: str) -> Text:
        """Return words of the document itself, with a record that says whose they are."""
        trace = self.keep(label=label, kind=Kind.JUDGED, says=words, judged_by=DOCUMENT)
        return text("{said}", said=Cited(text=words, trace=trace))

    def keep(self, **content: object) -> str:
        """Keep a record that the document adds, and return its id."""
        trace = Trace.of(**content)
        self.traces[trace.id] = trace
        return trace.id

    def drawn(self, label: str, texts: Iterable[Text]) -> str:
        """Keep the record of a chart or table that is put together from other texts."""
        inputs = dict.fromkeys(slot.trace for each in texts for slot in each.slots.values())
        if not inputs:
            return self.keep(label=label, kind=Kind.JUDGED, says="", judged_by=DOCUMENT)
        return self.keep(
            label=label,
            kind=Kind.DERIVED,
            says="",
            method="put together from the answers below, unchanged",
            inputs=tuple(inputs),
        )

    @property
    def feasible(self) -> Answer:
        """Return what is feasible, under the usual deal of each option and under every deal."""
        return self.ask("feasible", **{"every-deal": "yes"})

    @property
    def options(self) -> tuple[str, ...]:
        """Return the options on record, the baseline first."""
        table = part(self.ask("at-a-glance"), "options")
        return table.keys if table else ()

    @property
    def deals(self) -> tuple[str, ...]:
        """Return the deals on record."""
        table = part(self.ask("situation"), "deals")
        return table.keys if table else ()

    def option_title(self, name: str) -> Text:
        """Return the title of an option, with its record."""
        table = part(self.ask("at-a-glance"), "options")
        return table.cell(name, "option") if table else text("this option")


def section(answer: Answer, name: str) -> Section | None:
    """Return the part of an answer, or None when this case has none of that name."""
    return next((part for part in answer.sections if part.id == name), None)


def part(answer: Answer, name: str) -> Table | None:
    """Return the table of a part of an answer, or None."""
    found = section(answer, name)
    return found.table if found else None


def chosen(table: Table, columns: Iterable[str]) -> Table:
    """Return the table with only the columns named, in that order."""
    places = {column.key: place for place, column in enumerate(table.columns)}
    kept = [places[key] for key in columns if key in places]
    return table.model_copy(
        update={
            "columns": tuple(table.columns[place] for place in kept),
            "rows": tuple(tuple(row[place] for place in kept) for row in table.rows),
        }
    )


def only(table: Table, keep: Iterable[int]) -> Table:
    """Return the table with only the rows at the places named."""
    places = list(keep)
    return table.model_copy(
        update={
            "rows": tuple(table.rows[place] for place in places),
            "keys": tuple(table.keys[place] for place in places) if table.keys else (),
        }
    )
