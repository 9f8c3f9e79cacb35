"""How much of what is said rests on leaks, and which of them name no more than a ceiling."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Text, join, text
from guarantor.case.words import Binding
from guarantor.quantity import AtMost
from guarantor.questions.balances import contribution_trace, spanned
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.span import total

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.supply.balance import LineBalance, Taken


def leaks_told(book: Book, lines: Iterable[LineBalance]) -> list[Text]:
    """Return a sentence for each line of which something said rests on a leak."""
    found = ((line, [taken for taken in line.taken if _leaked(book, taken)]) for line in lines)
    return [_told(book, line, leaked) for line, leaked in found if leaked]


def _leaked(book: Book, taken: Taken) -> bool:
    """Return whether an offer counts as said though nobody said it in an office of theirs."""
    position = book.case.positions.get(taken.offer.contribution.position or "")
    return taken.offer.said and position is not None and position.binding is Binding.LEAK


def _told(book: Book, line: LineBalance, leaked: list[Taken]) -> Text:
    kind = book.case.capabilities[line.need.line.capability]
    traces = {
        taken.offer.contribution.id: contribution_trace(book, taken.offer.contribution)
        for taken in leaked
    }
    words = [book.position(book.case.positions[_position(taken)]) for taken in leaked]
    title = book.case.options[line.need.option].title
    told = text(
        f"Of what is said of {{kind}}, {spoken(line.need.line.band)}, in {{option}}, {{n}} "
        f"{kind.unit} rests on leaks, which the sums at a glance leave out: ",
        kind=cited(kind.title.lower(), next(iter(traces.values()))),
        option=book.option_title(line.need.option),
        n=spanned(
            book,
            f"{title}: {line.need.line.id}, said in leaks",
            total(taken.span for taken in leaked),
            "sum of the contributions that count as said and rest on a leak, before any is cut to "
            "what the line asks",
            [*traces.values(), *words],
            kind.unit,
        ),
    )
    ceilings = [t for t in leaked if isinstance(t.offer.contribution.quantity.shape, AtMost)]
    if not ceilings:
        return join([told, _names(book, leaked, traces), text(".")], "")
    return join(
        [
            told,
            _names(book, leaked, traces),
            text(". A ceiling and not a promise: "),
            _names(book, ceilings, traces),
            text("."),
        ],
        "",
    )


def _position(taken: Taken) -> str:
    return taken.offer.contribution.position or ""


def _names(book: Book, listed: list[Taken], traces: dict[str, str]) -> Text:
    """Return whose contributions these are."""
    return join(
        [
            text("{n}", n=cited(book.case.name_of(c.provider), traces[c.id]))
            for c in (taken.offer.contribution for taken in listed)
        ],
        ", ",
    )
