"""What the planning is for, which political terms are assumed, and how sure its authors are."""

from __future__ import annotations

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.quantity import Kind
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.tracing import cited, spoken

NO_CONFIDENCE = text("Analytic confidence: not stated by the authors.")


def answer(asked: Asked) -> Draft:
    """Return the purpose, the deals and the authors' confidence in the record."""
    book, about = asked.book, asked.case.about
    purpose = text("{purpose}", purpose=cited(about.purpose, book.about("purpose")))
    return Draft(
        title=text(
            "What the planning is for, as of {day}: {title}", day=book.day(), title=book.title()
        ),
        headline=purpose,
        sections=(
            Section(
                id="guidance",
                title=text("Guidance"),
                paragraphs=(
                    purpose,
                    text(
                        "The options are tested over {horizon}. Judgements are those of {authors}.",
                        horizon=cited(about.horizon.words(), book.about("horizon")),
                        authors=cited(book.authors, _authors(asked)),
                    ),
                ),
            ),
            Section(
                id="confidence", title=text("Analytic confidence"), paragraphs=(_confidence(asked),)
            ),
            _deals(asked),
        ),
    )


def _authors(asked: Asked) -> str:
    where = asked.case.where("about", "case", "authors")
    return asked.book.written("who stands behind the judgements", asked.book.authors, where)


def _confidence(asked: Asked) -> Text:
    """Return how sure the authors are, apart from every likelihood and in their own name."""
    stated = asked.case.about.confidence
    if stated is None:
        return NO_CONFIDENCE
    book = asked.book
    where = asked.case.where("about", "case", "confidence")
    trace = book.statement("analytic confidence", stated, where)
    who = cited(book.authors, trace)
    return text(
        "Analytic confidence, as {who} judge it: {said}", who=who, said=cited(stated.text, trace)
    )


def _deals(asked: Asked) -> Section:
    book = asked.book
    rows = []
    for name, deal in asked.case.deals.items():
        trace = book.entry(("deals", name), f"deal: {deal.title}", deal.meaning)
        rows.append(
            (
                text("{deal}", deal=cited(deal.title, trace)),
                text("{meaning}", meaning=cited(deal.meaning, trace)),
                text(spoken(deal.foreign_forces)),
                text("{m}", m=cited(deal.monitoring, trace)),
                text("assumed" if deal.kind is Kind.JUDGED else "described by a source"),
            )
        )
    titles = ("Deal", "Terms", "Foreign forces", "Monitoring", "Standing")
    return Section(
        id="deals",
        title=text("Political terms"),
        paragraphs=(
            join(
                [
                    text("No deal has been chosen for the planning."),
                    text("Results are told for each deal apart and are never pooled."),
                ],
                " ",
            ),
        )
        if rows
        else (text("No deal is on record, so that no option can be tested."),),
        table=Table(
            title="Deals",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
            keys=tuple(asked.case.deals),
        )
        if rows
        else None,
    )


QUESTION = Question(
    "situation", "What the planning is for, which political terms are assumed, how sure", answer
)
