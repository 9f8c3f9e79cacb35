"""The publications that the case cites, with their grade and what rests on each."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import text
from guarantor.case.walk import walk
from guarantor.case.words import Grade
from guarantor.quantity import Kind
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.tracing import Book, cited, dated, spoken

if TYPE_CHECKING:
    from guarantor.answer.text import Figure

PUBLICATION = "publication"
"""What the record of each source is called."""


def answer(asked: Asked) -> Draft:
    """Return how many sources of each grade there are, and every one of them."""
    book, case = asked.book, asked.case
    known = {name: _kept(book, name) for name in case.sources}
    return Draft(
        title=text("The sources, as of {day}: {title}", day=book.day(), title=book.title()),
        headline=text(
            "The record rests on {all} publications, of which {official} are official.",
            all=_count(book, "publications on record", len(case.sources)),
            official=_count(book, "official publications", _of(asked, Grade.OFFICIAL)),
        ),
        sections=(_grades(asked), _every(asked, known)),
    )


def _kept(book: Book, name: str) -> str:
    """Keep the record of one publication, which says all that its row shows."""
    source = book.case.sources[name]
    says = f"[{name}] {source.publisher}, {source.title}, {dated(source)}, {source.grade.value}"
    origin = f"first published: {source.origin}" if source.origin else ""
    return book.keep(
        label=PUBLICATION,
        kind=Kind.REPORTED,
        says=says,
        method=origin,
        citations=book.citations([name]),
    )


def _of(asked: Asked, grade: Grade) -> int:
    return sum(source.grade is grade for source in asked.case.sources.values())


def _count(book: Book, label: str, number: int) -> Figure:
    """Return how many there are; the whole list is one record, since each entry has its own."""
    total = f"{len(book.case.sources)} publications on record"
    whole = book.keep(
        label="list of the sources", kind=Kind.JUDGED, says=total, judged_by=book.authors
    )
    return book.number(label, number, "counted in the list of the sources", [whole])


def _grades(asked: Asked) -> Section:
    rows = []
    for grade in Grade:
        count = _count(asked.book, f"publications: {spoken(grade)}", _of(asked, grade))
        rows.append((text(spoken(grade)), text("{n}", n=count)))
    return Section(
        id="grades",
        title=text("Quality of the sources"),
        table=Table(
            title="Publications by grade",
            columns=(
                Column(key="grade", title="Grade"),
                Column(key="publications", title="Publications", align="right"),
            ),
            rows=tuple(rows),
            keys=tuple(grade.value for grade in Grade),
        ),
    )


def _every(asked: Asked, known: dict[str, str]) -> Section:
    book, case = asked.book, asked.case
    cites = Counter(
        name
        for _, record in case.records()
        for _, part in walk(record)
        for name in getattr(part, "sources", ()) or ()
    )
    rows = []
    for name, source in case.sources.items():
        trace = known[name]
        uses = book.number(
            f"entries that cite {name}",
            cites[name],
            "counted over the entries of the case",
            [trace],
        )
        rows.append(
            (
                text("{id}", id=cited(name, trace)),
                text(spoken(source.grade)),
                text("{publisher}", publisher=cited(source.publisher, trace)),
                text("{title}", title=cited(source.title, trace)),
                text("{date}", date=cited(dated(source), trace)),
                text("{n}", n=uses),
            )
        )
    titles = ("Key", "Grade", "Publisher", "Title", "Date", "Entries")
    return Section(
        id="sources",
        title=text("Every source"),
        table=Table(
            title="Sources",
            columns=tuple(
                Column(key=t.lower(), title=t, align="right" if t == "Entries" else "left")
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(case.sources),
        )
        if rows
        else None,
    )


QUESTION = Question("sources", "Which publications the case cites, and how good they are", answer)
