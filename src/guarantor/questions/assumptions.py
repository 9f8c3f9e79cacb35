"""What the answers take for granted, each with what follows if it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, text
from guarantor.quantity import Kind
from guarantor.questions.balances import (
    DIGITS,
    contribution_trace,
    deal_of,
    deal_title,
    filled,
    need_trace,
    spanned,
)
from guarantor.questions.guarantee import ordered
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.sustain import USUAL_TOUR
from guarantor.questions.tracing import cited
from guarantor.supply.balance import balance
from guarantor.supply.feasibility import Means, Verdict, lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guarantor.case.records import Deal
    from guarantor.questions.tracing import Book
    from guarantor.supply.balance import LineBalance
    from guarantor.supply.feasibility import Decider, LineVerdict

Row = tuple[str, tuple[Text, Text, Text]]


def answer(asked: Asked) -> Draft:
    """Return the assumptions of all options together, and the figures that decide a line."""
    general = [*_counting(asked), *_deals(asked), _tours(asked)] if asked.case.options else []
    deciding = list(_deciding(asked))
    book = asked.book
    titles = [book.option_title(name).trace for name in asked.case.options]
    number = book.number(
        "figures that each decide a line",
        len(deciding),
        "lines whose answer flips inside the range of one figure",
        titles or [book.day().trace],
    )
    return Draft(
        title=text(
            "What is taken for granted, as of {day}: {title}", day=book.day(), title=book.title()
        ),
        headline=text(
            "{n} lines hang on one figure each, whose range holds both answers.", n=number
        ),
        sections=(
            _section("general", "Taken for granted throughout", general),
            _section("deciding", "Figures that decide a line alone", deciding),
        ),
    )


def _section(name: str, title: str, rows: list[Row]) -> Section:
    return Section(
        id=name,
        title=text(title),
        paragraphs=() if rows else (text("None is on record."),),
        table=Table(
            title=title,
            columns=(
                Column(key="assumption", title="Assumption"),
                Column(key="standing", title="Standing"),
                Column(key="wrong", title="If wrong"),
            ),
            rows=tuple(cells for _, cells in rows),
            keys=tuple(key for key, _ in rows),
        )
        if rows
        else None,
    )


def _fillable(
    asked: Asked, deal: Deal | None, of: Callable[[LineBalance], float]
) -> tuple[Figure, Figure]:
    """Return how many lines with a number are filled at best values under a deal, and of all."""
    case, book = asked.case, asked.book
    found = [
        line
        for name in ordered(asked)
        for line in balance(case, name, deal or deal_of(asked, name))
        if line.need.span is not None
    ]
    whole = [need_trace(book, line.need) for line in found]
    able = [
        need_trace(book, line.need)
        for line in found
        if line.need.span is not None and of(line) >= line.need.span.best
    ]
    under = deal.title if deal else "the first deal of each option"
    return (
        book.count(f"lines that could be filled: {under}", able, whole),
        book.count("lines with a number", whole),
    )


def _counting(asked: Asked) -> Iterator[Row]:
    able, whole = _fillable(asked, None, lambda line: line.possible.best)
    said, _ = _fillable(asked, None, lambda line: line.said.best)
    firm, _ = _fillable(asked, None, lambda line: line.firm.best)
    yield (
        "possible",
        (
            text("What an analyst judges that nations could bring is counted as possible."),
            text("judged"),
            text(
                "Counting only what somebody has said, {said} of {all} lines with a number are "
                "filled, not {able}.",
                said=said,
                able=able,
                all=whole,
            ),
        ),
    )
    yield (
        "gate",
        (
            text("Only what a national gate has passed is confirmed."),
            text("rule of this case"),
            text(
                "By it {firm} of {all} lines are filled; if what is said held as firmly, {said}.",
                firm=firm,
                all=whole,
                said=said,
            ),
        ),
    )


def _deals(asked: Asked) -> Iterator[Row]:
    able, whole = _fillable(asked, None, lambda line: line.possible.best)
    firsts = dict.fromkeys(deal_of(asked, name).id for name in asked.case.options)
    for name in firsts:
        assumed = asked.case.deals[name]
        for other in asked.case.deals.values():
            if other.id == name:
                continue
            under, _ = _fillable(asked, other, lambda line: line.possible.best)
            yield (
                f"{name}/{other.id}",
                (
                    text(
                        "The deal is ‘{deal}’, not ‘{other}’.",
                        deal=deal_title(asked.book, assumed),
                        other=deal_title(asked.book, other),
                    ),
                    text("assumed" if assumed.kind is Kind.JUDGED else "described by a source"),
                    text(
                        "{under} of {all} lines with a number could be filled instead of {able}.",
                        under=under,
                        all=whole,
                        able=able,
                    ),
                ),
            )


def _tours(asked: Asked) -> Row:
    trace = asked.book.asked("length of a tour", f"{USUAL_TOUR} months", by_reader=False)
    return (
        "tours",
        (
            text("Units serve tours of {tour} months.", tour=cited(str(USUAL_TOUR), trace)),
            text("usual value"),
            text(
                "Tours half as long take twice the person-tours; the pool is told for three rules "
                "of rotation, because no nation has published its own."
            ),
        ),
    )


def _deciding(asked: Asked) -> Iterator[Row]:
    """Return the lines whose answer flips inside the range of one figure."""
    means = Means(asked.case)
    for name in ordered(asked):
        for found in lines(asked.case, name, deal_of(asked, name), means):
            decider = found.decider
            if found.verdict is not Verdict.OPEN or decider is None or not decider.within:
                continue
            if decider.taken is None or decider.flip > decider.span.low:
                yield f"{name}/{found.line.need.line.id}", _row(asked.book, found, decider)


def _row(book: Book, found: LineVerdict, decider: Decider) -> tuple[Text, Text, Text]:
    """Return the figure with its range, its standing, and what the line does at the flip."""
    need, taken = found.line.need, decider.taken
    kind = book.case.capabilities[need.line.capability]
    label = f"{book.case.options[need.option].title}: {need.line.id}"
    if taken is None:
        what, source = "the need", need_trace(book, need)
        method = "everything possible at best"
        flipped = "The line is filled at best values only if it is at most {flip}."
    else:
        contribution = taken.offer.contribution
        what = f"what {book.case.name_of(contribution.provider)} brings"
        source = contribution_trace(book, contribution)
        method = "need at best − everything else at best"
        flipped = "The line is filled at best values only if it is at least {flip}."
    flip = book.made(
        f"{label}, value at which the answer flips",
        method,
        [need_trace(book, need), filled(book, found.line, "possible").trace],
        Figure(value=decider.flip, unit=kind.unit, digits=DIGITS, kind=Kind.DERIVED, trace=""),
    )
    return (
        text(
            "{option}, {line}: {what} is {range}.",
            option=book.option_title(need.option),
            line=cited(kind.title.lower(), need_trace(book, need)),
            what=cited(what, source),
            range=spanned(
                book, f"{label}, range of {what}", decider.span, "its range", [source], kind.unit
            ),
        ),
        text("judged" if decider.judged else "reported"),
        text(flipped, flip=flip),
    )


QUESTION = Question(
    "assumptions", "What is taken for granted, and what follows if it is wrong", answer
)
