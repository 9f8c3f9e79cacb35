"""What the words of firmness and of likelihood mean in every product."""

from __future__ import annotations

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import text
from guarantor.answer.trace import Citation
from guarantor.case.words import Obligation, Rung
from guarantor.glossary import term_of
from guarantor.quantity import Kind
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.tracing import Book, cited, spoken

LIKELIHOOD = (
    ("almost no chance, remote", "1 to 5 %"),
    ("very unlikely, highly improbable", "5 to 20 %"),
    ("unlikely, improbable", "20 to 45 %"),
    ("roughly even chance", "45 to 55 %"),
    ("likely, probable", "55 to 80 %"),
    ("very likely, highly probable", "80 to 95 %"),
    ("almost certain, nearly certain", "95 to 99 %"),
)
"""The scale of Intelligence Community Directive 203."""

DIRECTIVE = Citation(
    id="ICD-203",
    publisher="Office of the Director of National Intelligence",
    title="Intelligence Community Directive 203: Analytic Standards",
    date="2015-01-02",
    url="https://www.dni.gov/files/documents/ICD/ICD%20203%20Analytic%20Standards.pdf",
    grade="official",
)


def answer(asked: Asked) -> Draft:
    """Return the scale of likelihood, the rungs of firmness and the ladder of obligation."""
    book = asked.book
    return Draft(
        title=text("What the words mean, as of {day}: {title}", day=book.day(), title=book.title()),
        headline=text(
            "A share of futures is told as a share of futures; words of likelihood are kept for "
            "judgements that a named author states."
        ),
        sections=(
            _likelihood(book),
            _list("rungs", "How firm a contribution is, from the loosest word up", tuple(Rung)),
            _list("obligations", "What a giver must do, from the least up", tuple(Obligation)),
        ),
    )


def _likelihood(book: Book) -> Section:
    rows = []
    for words, share in LIKELIHOOD:
        trace = book.keep(
            label="words of likelihood",
            kind=Kind.REPORTED,
            says=f"{words}: {share}",
            citations=(DIRECTIVE,),
        )
        rows.append((text(words), text("{share}", share=cited(share, trace))))
    return Section(
        id="likelihood",
        title=text("Words of likelihood"),
        paragraphs=(
            text(
                "They stand only where a named author states a judgement, the range beside the "
                "word; analytic confidence stands in a sentence of its own."
            ),
        ),
        table=Table(
            title="Words of likelihood",
            columns=(
                Column(key="words", title="Words"),
                Column(key="range", title="Range", align="right"),
            ),
            rows=tuple(rows),
        ),
    )


def _list(name: str, title: str, members: tuple[Rung, ...] | tuple[Obligation, ...]) -> Section:
    return Section(
        id=name,
        title=text(title),
        table=Table(
            title=title,
            columns=(Column(key="word", title="Word"), Column(key="meaning", title="Meaning")),
            rows=tuple((text(spoken(word)), text(term_of(word).meaning)) for word in members),
            keys=tuple(word.value for word in members),
        ),
    )


QUESTION = Question("words", "What the words of firmness and of likelihood mean", answer)
