"""Who stands against a force, who reserves, and the strongest case against the whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.words import Quality, Stance
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.record_of_positions import by_actor_and_topic, latest_by_office, official
from guarantor.questions.tracing import Book, cited, dated, spoken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.case.case import Case
    from guarantor.case.records import Position

AGAINST = frozenset({Stance.OPPOSES, Stance.EXCLUDES})


def answer(asked: Asked) -> Draft:
    """Return the case against, the refusals and the reservations, by the latest word of offices."""
    book, case = asked.book, asked.case
    refusals = list(_latest(case, lambda p: p.stance in AGAINST))
    reserved = list(_latest(case, lambda p: p.stance not in AGAINST and bool(p.condition)))
    return Draft(
        title=text(
            "Dissent and reservations, as of {day}: {title}", day=book.day(), title=book.title()
        ),
        headline=_headline(book, refusals, reserved),
        sections=(
            _case_against(asked),
            _section(
                book,
                "refusals",
                "Dissent: who refuses or opposes what",
                refusals,
                ("What was said", lambda p: p.statement),
            ),
            _section(
                book,
                "reservations",
                "Reservations: what must happen first",
                reserved,
                ("Condition", lambda p: p.condition),
            ),
        ),
    )


def _latest(case: Case, wanted: Callable[[Position], bool]) -> Iterable[Position]:
    """Return the latest words of named offices that are wanted; what is unverified is left out."""
    for positions in by_actor_and_topic(case).values():
        known = [p for p in official(positions) if p.quality is not Quality.UNVERIFIED]
        yield from (p for p in latest_by_office(known) if wanted(p))


def _headline(book: Book, refusals: list[Position], reserved: list[Position]) -> Text:
    every = [book.position(p) for p in book.case.positions.values()]

    def number(label: str, listed: list[Position]) -> Text:
        firsts = {p.actor: book.position(p) for p in listed}
        return text("{n}", n=book.count(label, firsts.values(), every))

    parts = [
        number("states and bodies that refuse or oppose something", refusals),
        text(" states or bodies refuse or oppose something, and "),
        number("states and bodies with a condition", reserved),
        text(" speak on a condition; each stands by the latest word of its own offices."),
    ]
    return join(parts, "")


def _case_against(asked: Asked) -> Section:
    book = asked.book
    said = []
    for number, statement in enumerate(asked.case.about.case_against):
        where = asked.case.where("about", "case", "case_against", number)
        trace = book.statement("the case against", statement, where)
        said.append(text("{said}", said=cited(statement.text, trace)))
    return Section(
        id="case-against",
        title=text("The strongest case against"),
        paragraphs=(join(said, " "),) if said else (text("Nobody has written it down."),),
    )


def _section(
    book: Book,
    name: str,
    title: str,
    listed: list[Position],
    last: tuple[str, Callable[[Position], str]],
) -> Section:
    heading, words = last
    rows = []
    for position in listed:
        trace = book.position(position)
        rows.append(
            (
                text("{who}", who=cited(book.case.name_of(position.actor), trace)),
                text(spoken(position.topic)),
                text("{office}", office=cited(position.office, trace)),
                text(spoken(position.stance)),
                text("{said}", said=cited(words(position), trace)),
                text("{date}", date=cited(dated(position), trace)),
            )
        )
    titles = ("Nation or body", "Topic", "Office", "Stance", heading, "Date")
    return Section(
        id=name,
        title=text(title),
        paragraphs=() if rows else (text("None is on record."),),
        table=Table(
            title=title,
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
            keys=tuple(position.id for position in listed),
        )
        if rows
        else None,
    )


QUESTION = Question(
    "dissent", "Who refuses, who reserves, and the strongest case against the whole", answer
)
