"""Figures and reasons of the balance between what an option takes and what nations could bring."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.words import LineBasis
from guarantor.problems import Problems
from guarantor.quantity import Kind
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.balance import LineBalance, balance
from guarantor.supply.capacity import units
from guarantor.supply.offers import refusals

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.answer.text import Cited
    from guarantor.case.case import Key
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution
    from guarantor.questions.question import Asked
    from guarantor.supply.needs import Need
    from guarantor.supply.span import Span

DIGITS = 2
"""Significant digits of what rests on judgements."""


def deal_of(asked: Asked, option: str) -> Deal:
    """Return the deal the reader chose, else the first that the option is meant for.

    Raises Problems when the case has no deal at all.
    """
    chosen = asked.get("deal")
    if not asked.case.deals:
        raise Problems.one(
            "no deal is on record, so that no option can be tested",
            found="no deal",
            allowed="at least one deal, with what it says of foreign forces",
            remedy="Add one to deals.yaml.",
        )
    if chosen is None:
        known = [name for name in asked.case.options[option].deals if name in asked.case.deals]
        chosen = known[0] if known else next(iter(asked.case.deals))
    return asked.case.deals[chosen]


def deal_title(book: Book, deal: Deal) -> Cited:
    """Return the title of a deal with its record."""
    return cited(deal.title, book.entry(("deals", deal.id), "deal assumed", deal.meaning))


def spanned(
    book: Book, label: str, span: Span | None, method: str, inputs: Iterable[str], unit: str
) -> Figure:
    """Return a span as a Figure: best with its ends; not known when there is none."""
    traces = tuple(dict.fromkeys(inputs)) or (book.day().trace,)
    if span is None:
        trace = book.keep(
            label=label, kind=Kind.ABSENT, says="nobody has said", method=method, inputs=traces
        )
        return Figure(unit=unit, kind=Kind.ABSENT, trace=trace, outside=book.is_outside(trace))
    exact = span.low == span.high
    bare = Figure(
        value=span.best,
        low=None if exact else span.low,
        high=None if exact else span.high,
        unit=unit,
        digits=DIGITS,
        kind=Kind.DERIVED,
        trace="",
    )
    return book.made(label, method, traces, bare)


def entry(book: Book, key: Key) -> str:
    """Keep what an entry of the supply tables says, in words of its own."""
    collection, name = key
    record = book.case.table(collection)[name]
    number = getattr(record, "quantity", None) or getattr(record, "active_personnel", None)
    says = " ".join(
        str(part)
        for part in (
            name,
            number.words() if number is not None else "",
            getattr(record, "what", "") or getattr(record, "statement", ""),
        )
        if part
    )
    return book.entry(key, f"{spoken(collection)}: {name}", says)


def need_trace(book: Book, need: Need) -> str:
    """Keep the record of a requirement line: its source, its model with inputs, or its judge."""
    where = book.case.where("options", need.option, "lines", need.number)
    label = f"{book.case.options[need.option].title}: {need.line.id}"
    derivation = need.line.derivation
    if derivation is None:
        return book.statement(label, need.line, where)
    inputs = [
        book.keep(
            label=f"{label}: {name}",
            kind=Kind.REPORTED if parameter.sources else Kind.JUDGED,
            says=" ".join(filter(None, (parameter.quantity.words(), parameter.note))),
            citations=book.citations(parameter.sources),
            judged_by="" if parameter.sources else book.authors,
        )
        for name, parameter in derivation.inputs.items()
    ]
    return book.derived(
        label,
        f"model {derivation.model}",
        inputs,
        need.line.text,
        model=derivation.model,
        outside=need.marks,
    )


def asks_for_nothing(need: Need) -> bool:
    """Return whether a line has a number and that number is zero throughout."""
    return need.span is not None and need.span.high == 0


def need_figure(book: Book, need: Need) -> Figure:
    """Return how much a line asks."""
    unit = book.case.capabilities[need.line.capability].unit
    label = f"{book.case.options[need.option].title}: {need.line.id}, needed"
    method = {
        LineBasis.STATED: "as a source states it",
        LineBasis.DERIVED: "derived from the purpose by a model",
        LineBasis.JUDGED: "judged from the purpose",
    }[need.line.basis]
    return spanned(book, label, need.span, method, [need_trace(book, need)], unit)


def contribution_trace(book: Book, contribution: Contribution) -> str:
    """Keep the record of a contribution: who, what, how firm, on which conditions."""
    parts = (
        f"{book.case.name_of(contribution.provider)}: {contribution.quantity.words()}",
        f"{contribution.kind.value} {contribution.capability}",
        spoken(contribution.rung) if contribution.rung else "offered by nobody",
        f"conditions: {', '.join(map(spoken, contribution.conditions))}"
        if contribution.conditions
        else "",
        contribution.caveat,
    )
    says = "; ".join(filter(None, parts))
    return book.entry(("contributions", contribution.id), "contribution", says)


def filled(book: Book, line: LineBalance, level: str) -> Figure:
    """Return what is firm, said or possible for a line, with the contributions behind it."""
    held = [
        taken
        for taken in line.taken
        if level == "possible" or taken.offer.firm or (level == "said" and taken.offer.said)
    ]
    inputs = [contribution_trace(book, taken.offer.contribution) for taken in held]
    for taken in held:
        if taken.capacity is not None:
            inputs += [entry(book, key) for key in taken.capacity.rests_on]
    need = line.need
    return spanned(
        book,
        f"{book.case.options[need.option].title}: {need.line.id}, {level}",
        getattr(line, level),
        "sum of the contributions, each at most what its nation can keep out"
        if held
        else "no contribution on record",
        inputs or [need_trace(book, need)],
        book.case.capabilities[need.line.capability].unit,
    )


def gap_figure(book: Book, line: LineBalance) -> Figure:
    """Return what stays unfilled when everything possible comes."""
    need = line.need
    return spanned(
        book,
        f"{book.case.options[need.option].title}: {need.line.id}, gap",
        line.gap,
        "needed − possible, not below zero",
        [need_figure(book, need).trace, filled(book, line, "possible").trace],
        book.case.capabilities[need.line.capability].unit,
    )


def reasons(book: Book, line: LineBalance) -> Text:
    """Return why a line is not filled: who will not, what cannot be, what is undecided."""
    if asks_for_nothing(line.need):
        return text("asks for nothing")
    found = [*_will_not(book, line), *_ruled_out(book, line), *_open(line)]
    if not line.taken and not line.ruled_out:
        found.append(text("no nation on record has or offers any"))
    return join(found) if found else text("–")


def _will_not(book: Book, line: LineBalance) -> list[Text]:
    """Return the nations that own such units and refuse to send them there."""
    kind = line.need.line.capability
    owners = []
    for nation, position in refusals(book.case, line.need.line.band).items():
        reading = units(book.case, nation, kind)
        if reading is not None and reading.span.best > 0:
            owners.append(text("{n}", n=cited(book.case.name_of(nation), book.position(position))))
    return [join([text("will not:"), join(owners, ", ")], " ")] if owners else []


def _ruled_out(book: Book, line: LineBalance) -> list[Text]:
    if not line.ruled_out:
        return []
    words = sorted({spoken(reason) for offer in line.ruled_out for reason in offer.failed})
    names = [
        text(
            "{n}",
            n=cited(
                book.case.name_of(offer.contribution.provider),
                contribution_trace(book, offer.contribution),
            ),
        )
        for offer in line.ruled_out
    ]
    return [join([text(f"ruled out by the deal ({', '.join(words)}):"), join(names, ", ")], " ")]


def _open(line: LineBalance) -> list[Text]:
    conditions = sorted({spoken(c) for taken in line.taken for c in taken.offer.open})
    return [text(f"undecided: {', '.join(conditions)}")] if conditions else []


def balances(asked: Asked, option: str) -> list[LineBalance]:
    """Return the balance of an option under the deal asked about."""
    return balance(asked.case, option, deal_of(asked, option))
