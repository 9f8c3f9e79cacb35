"""What force the purpose of an option would take, beside what it brings and what can be kept up."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.words import Band
from guarantor.quantity import Kind
from guarantor.questions.balances import DIGITS, deal_title, entry, spanned
from guarantor.questions.guarantee import UNSTATED, ordered, promise, said
from guarantor.questions.question import DEAL, OPTION, Asked, Draft, Question
from guarantor.questions.sizing import PRESENT, size_figure
from guarantor.questions.sustain import size, strength
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.offers import bars
from guarantor.supply.sizes import (
    Size,
    Sustained,
    enough_and_sustainable,
    latest_size,
    sizes,
    sustained,
)
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from guarantor.answer.text import Cited

EUROPE = ("european-nato", "eu-27", "coalition")
"""The groups that are called Europe, the widest first; a case may hold others."""

READINGS = {
    "record": "By the record of operations",
    "ambition": "By the ambition of the alliance",
    "judgement": "As an analyst judges",
}


class Sum(NamedTuple):
    """What one group could keep out by one reading, with its figure."""

    group: str
    basis: str
    sum: Sustained
    figure: Figure


def answer(asked: Asked) -> Draft:
    """Return the force each purpose would take, what the option brings, and what can be kept up."""
    book = asked.book
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    sums = _sums(book)
    sized = {name: sizes(asked.case, name) for name in names}
    return Draft(
        title=text(
            "What force the purpose would take, as of {day}: {title}",
            day=book.day(),
            title=book.title(),
        ),
        headline=_headline(asked, names, sums),
        sections=(
            _needed(asked, sized),
            _sustainable(book, sums),
            *_both(asked, sized, sums),
        ),
        not_known=(
            *(
                text(
                    "The force for {option}: no published model sizes its purpose.",
                    option=book.option_title(name),
                )
                for name in names
                if not sized[name]
            ),
            text(
                "What a kilometre of line takes: no doctrinal density was found; the one used is "
                "judged."
            ),
        ),
    )


def _sums(book: Book) -> list[Sum]:
    case = book.case
    groups = [name for name in EUROPE if name in case.groups] or list(case.groups)
    found = []
    for group in groups:
        nations = tuple(n for n in case.members(group) if n != case.about.host)
        for basis in READINGS:
            total = sustained(case, nations, basis)
            found.append(Sum(group, basis, total, _sum_figure(book, group, basis, total)))
    return found


def _sum_figure(book: Book, group: str, basis: str, total: Sustained) -> Figure:
    keys = total.reading.rests_on or (("groups", group),)
    missing = ", ".join(book.case.name_of(n) for n in total.missing)
    return spanned(
        book,
        f"{book.case.name_of(group)}: people that could be kept out besides those who are, {basis}",
        total.reading.span if total.counted else None,
        total.reading.method + (f"; not counted: {missing}" if missing else ""),
        [entry(book, key) for key in keys],
        PRESENT,
    )


def _group(book: Book, name: str) -> Cited:
    group = book.case.groups[name]
    return cited(group.title, book.entry(("groups", name), group.title, group.meaning))


def _headline(asked: Asked, names: list[str], sums: list[Sum]) -> Text:
    """Return what the first option with a size would take, beside what could be kept up at most."""
    book = asked.book
    shown = [*(n for n in asked.case.about.on_one_page if n in names), *names]
    able = max(
        (s for s in sums if s.sum.counted and s.group == sums[0].group),
        key=lambda s: s.sum.reading.span.high,
        default=None,
    )
    for name in dict.fromkeys(shown):
        found = latest_size(asked.case, name)
        if found is None or found.span is None or able is None:
            continue
        needed = size_figure(book, name, found)
        start = text(
            "The purpose of {option} would take {n} people;",
            option=book.option_title(name),
            n=needed,
        )
        could = text(
            "{group} could keep out {n} at most by any reading, besides those who are out;",
            group=_group(book, able.group),
            n=able.figure,
        )
        return join([start, could, _sentence(book, name, needed, found.span, able)], " ")
    return text("No published model sizes the purpose of any option asked about.")


def _sentence(book: Book, name: str, needed: Figure, need: Span, able: Sum) -> Text:
    """Return the sizes that are both enough and sustainable as a sentence."""
    at_best, kind = enough_and_sustainable(need, able.sum.reading.span)
    label = f"{book.case.options[name].title}: enough and sustainable, {able.group}, {able.basis}"
    inputs = (needed.trace, able.figure.trace)

    def between(ends: tuple[float, float], which: str) -> Figure:
        bare = Figure(
            low=ends[0], high=ends[1], unit=PRESENT, digits=DIGITS, kind=Kind.DERIVED, trace=""
        )
        return book.made(f"{label}, {which}", "from the need up to what is sustained", inputs, bare)

    if at_best:
        return text(
            "sizes that are both enough and sustainable run from {n} at best values.",
            n=between(at_best, "at best values"),
        )
    if kind:
        return text(
            "at best values no size is both enough and sustainable; only at the kindest ends of "
            "both ranges, {n}.",
            n=between(kind, "at the kindest ends"),
        )
    return text("no size is both enough and sustainable, not even at the kindest ends.")


def _needed(asked: Asked, sized: dict[str, list[Size]]) -> Section:
    book = asked.book
    rows, keys = [], []
    for name, found in sized.items():
        row = next(r for r in promise(asked.case.options[name]) if r.steps == ("purpose",))
        for size_of in found:
            needed = size_figure(book, name, size_of)
            rows.append(
                (
                    text("{option}", option=book.option_title(name)),
                    said(book, name, row),
                    text(
                        "{what} ({model})",
                        what=cited(size_of.sizing.text, needed.trace),
                        model=cited(spoken(size_of.sizing.model), needed.trace),
                    ),
                    text("{n}", n=needed),
                    size(book, name),
                    _enough(book, name, size_of),
                )
            )
            keys.append(f"{name}/{size_of.number}")
        if not found:
            rows.append(
                (
                    text("{option}", option=book.option_title(name)),
                    said(book, name, row),
                    text("no published model sizes it"),
                    UNSTATED,
                    size(book, name),
                    text("cannot be said"),
                )
            )
            keys.append(name)
    titles = ("Option", "Purpose", "Sized by", "Would take", "Brings", "Enough")
    return Section(
        id="needed",
        title=text("The force that the purpose would take, beside what the option brings"),
        paragraphs=(
            text(
                "People present at one time. A density counts soldiers and police together, the "
                "host's own among them; a line is sized by people for each kilometre, monitors by "
                "posts. Later measurements of the line stand below earlier ones."
            ),
            *_under(asked),
        ),
        table=Table(
            title="Force by purpose",
            columns=tuple(
                Column(
                    key=t.lower().replace(" ", "_"),
                    title=t,
                    align="right" if t in {"Would take", "Brings"} else "left",
                )
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(keys),
        )
        if rows
        else None,
    )


def _under(asked: Asked) -> list[Text]:
    """Return what the deal asked about does to forces on the host's soil, when one was named."""
    if not asked.get("deal"):
        return []
    deal = asked.case.deals[asked.get("deal")]
    effect = (
        "it bars foreign forces, so that no size is allowed on the host's soil whatever it takes."
        if bars(deal, Band.REAR)
        else "it leaves the size of a force open."
    )
    return [text(f"Under the deal: {{deal}}; {effect}", deal=deal_title(asked.book, deal))]


def _enough(book: Book, name: str, found: Size) -> Text:
    """Return whether what the option brings is as much as the model asks."""
    own = strength(book, name)
    force = Span.of(own[0]) if own else None
    if force is None or found.span is None:
        return text("cannot be said")
    if force.low >= found.span.high:
        return text("enough")
    if force.high < found.span.low:
        return text("too few")
    if force.low >= found.span.best:
        return text("enough at best values; undecided over the whole range")
    return text("too few at best values; undecided over the whole range")


def _sustainable(book: Book, sums: list[Sum]) -> Section:
    by_group = list(dict.fromkeys(s.group for s in sums))
    rows = []
    for group in by_group:
        own = {s.basis: s for s in sums if s.group == group}
        missing = dict.fromkeys(n for s in own.values() for n in s.sum.missing)
        rows.append(
            (
                text("{group}", group=_group(book, group)),
                *(text("{n}", n=own[basis].figure) for basis in READINGS),
                text(
                    "{names}",
                    names=cited(
                        ", ".join(book.case.name_of(n) for n in missing),
                        own["record"].figure.trace,
                    ),
                )
                if missing
                else text("nobody"),
            )
        )
    return Section(
        id="sustainable",
        title=text("What Europe could keep out besides what is out already"),
        paragraphs=(
            text(
                "For each nation a share of its strength, less the people who are out; nations "
                "whose strength or share is not on record by one of the readings are not counted "
                "in it. Refusals are not taken off: this is what could be, not who would."
            ),
        ),
        table=Table(
            title="Sustainable people by group",
            columns=(
                Column(key="group", title="Europe as"),
                *(Column(key=b, title=t, align="right") for b, t in READINGS.items()),
                Column(key="missing", title="Not counted in each"),
            ),
            rows=tuple(rows),
            keys=tuple(by_group),
        ),
    )


def _both(asked: Asked, sized: dict[str, list[Size]], sums: list[Sum]) -> list[Section]:
    book = asked.book
    rows, keys = [], []
    for name in sized:
        found = latest_size(asked.case, name)
        if found is None or found.span is None:
            continue
        needed = size_figure(book, name, found)
        for able in sums:
            if not able.sum.counted:
                continue
            rows.append(
                (
                    text("{option}", option=book.option_title(name)),
                    text("{group}", group=_group(book, able.group)),
                    text(READINGS[able.basis]),
                    text("{n}", n=needed),
                    text("{n}", n=able.figure),
                    _sentence(book, name, needed, found.span, able),
                )
            )
            keys.append(f"{name}/{able.group}/{able.basis}")
    if not rows:
        return []
    titles = ("Option", "Europe as", "Reading", "Enough from", "Sustainable", "Both")
    return [
        Section(
            id="both",
            title=text("Sizes that are both enough and sustainable"),
            table=Table(
                title="Enough and sustainable",
                columns=tuple(
                    Column(
                        key=t.lower().replace(" ", "_"),
                        title=t,
                        align="right" if t in {"Enough from", "Sustainable"} else "left",
                    )
                    for t in titles
                ),
                rows=tuple(rows),
                keys=tuple(keys),
            ),
        )
    ]


QUESTION = Question(
    "purpose",
    "What force the purpose would take, beside what the option brings and Europe could keep up",
    answer,
    (OPTION, DEAL),
)
