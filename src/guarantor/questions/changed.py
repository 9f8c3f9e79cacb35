"""What changed between two days or two versions of a case, and what it did to the answers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Cited, Text, text
from guarantor.case.as_of import seen_from
from guarantor.case.overlay import difference
from guarantor.case.read import read_case
from guarantor.case.records import Position
from guarantor.case.words import Topic
from guarantor.questions.question import Asked, Draft, Question, Setting, read_day
from guarantor.questions.record_of_positions import at_rung, contributions
from guarantor.questions.soldiers import confirmed
from guarantor.questions.tracing import Book, cited, dated, spoken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from guarantor.answer.text import Figure
    from guarantor.case.case import Case, Key
    from guarantor.case.record import Record
    from guarantor.case.words import Rung

SHOWN = (
    "positions",
    "options",
    "deals",
    "gates",
    "memberships",
    "groups",
    "capabilities",
    "assumptions",
    "correlations",
    "about",
)
"""The tables whose changes are listed; sources, nations and places only support them."""


def answer(asked: Asked) -> Draft:
    """Return the differences between the case as asked about and an earlier state of it."""
    after = asked.case
    before, then = _before(asked)
    old, new = Book(before), asked.book
    changes = difference(before, after).changes
    was = dict(before.records())
    rows = [
        _row(old, new, key, record)
        for key, record in changes.items()
        if key[0] in SHOWN and _says_otherwise(was.get(key), record)
    ]
    day = new.day()
    draft = Draft(
        title=text(
            "What changed from {then} to {day}: {title}", then=then, day=day, title=new.title()
        ),
        headline=_headline(new, old, changes, then, day),
        sections=(_effects(old, new, then, day), _list(rows)),
    )
    new.take(old)
    return draft


def _before(asked: Asked) -> tuple[Case, Cited]:
    against, since = asked.get("against"), asked.get("since")
    case = asked.case if against is None else against
    usual = _before_the_last_word(case) if against is None else case.about.as_of.latest
    day = since or min(asked.case.view.as_of, usual)
    before = seen_from(case, day)
    name = day.isoformat() if against is None else f"{case.name} as of {day.isoformat()}"
    return before, cited(name, asked.book.asked("compared with", f"compared with {name}"))


def _before_the_last_word(case: Case) -> date:
    """Return the day before the latest dated position, so that what it changed is shown."""
    days = [p.date.latest for p in case.positions.values() if p.date.precision == "day"]
    return max(days) - timedelta(days=1) if days else case.view.as_of


def _headline(
    new: Book, old: Book, changes: Mapping[Key, Record | None], then: Cited, day: Cited
) -> Text:
    added = [k for k, r in changes.items() if r is not None and k[0] == "positions"]
    gone = [k for k, r in changes.items() if r is None and k[0] == "positions"]
    options = [k for k, r in changes.items() if k[0] == "options"]
    basis = [then.trace, day.trace]
    return text(
        "From {then} to {day}, {added} positions were added or changed and {gone} went, and "
        "{options} options changed; soldiers confirmed: {before} then, {after} now.",
        then=then,
        day=day,
        added=new.number("positions added or changed", len(added), "compared by key", basis),
        gone=new.number("positions gone", len(gone), "compared by key", basis),
        options=new.number("options changed", len(options), "compared by key", basis),
        before=confirmed(old),
        after=confirmed(new),
    )


def _effects(old: Book, new: Book, then: Cited, day: Cited) -> Section:
    """Return the figures that readers ask for first, before and after."""
    figures = [("Soldiers confirmed", confirmed(old), confirmed(new))]
    for rung in at_rung(()):
        was, now = _nations(old, rung), _nations(new, rung)
        if was.value or now.value:
            label = f"Nations whose firmest word on soldiers is ‘{spoken(rung)}’"
            figures.append((label, was, now))
    figures.append(("Options on record", _options(old), _options(new)))
    rows = [(text(label), *(text("{n}", n=figure) for figure in pair)) for label, *pair in figures]
    return Section(
        id="effects",
        title=text("What it did to the answers"),
        paragraphs=(text("Before: {then}. Now: {day}.", then=then, day=day),),
        table=Table(
            title="Figures before and now",
            columns=(
                Column(key="figure", title="Figure"),
                Column(key="before", title="Before", align="right"),
                Column(key="now", title="Now", align="right"),
            ),
            rows=tuple(rows),
        ),
    )


def _options(book: Book) -> Figure:
    titles = [book.option_title(name).trace for name in book.case.options]
    return book.count("options on record", titles)


def _nations(book: Book, rung: Rung) -> Figure:
    """Return how many nations have that rung as the firmest word on soldiers."""
    firmest: dict[str, Position] = {}
    for positions in at_rung(contributions(book.case, Topic.GROUND_TROOPS)).values():
        for position in positions:
            firmest.setdefault(position.actor, position)
    return book.count(
        f"nations whose firmest word on soldiers is ‘{spoken(rung)}’",
        [book.position(p) for p in firmest.values() if p.rung is rung],
    )


def _row(old: Book, new: Book, key: Key, record: Record | None) -> tuple[Text, ...]:
    collection, name = key
    was = dict(old.case.records()).get(key)
    what = "added" if was is None else "gone" if record is None else "changed"
    book, shown = (old, was) if record is None else (new, record)
    assert shown is not None  # noqa: S101  # a difference is there on one side at least
    trace = book.written(
        f"{what}: {name}", _described(shown), book.case.where(collection, name), _sources(shown)
    )
    fields = ", ".join(_changed_fields(was, record)) if was and record else ""
    return (
        text(what),
        text(spoken(collection)),
        text("{name}", name=cited(_named(book, name, shown), trace)),
        text("{says}", says=cited(fields or _described(shown), trace)),
        text("{date}", date=cited(dated(shown), trace)),
    )


def _says_otherwise(was: Record | None, now: Record | None) -> bool:
    """Return whether more changed than the list of sources behind the same words."""
    if was is None or now is None:
        return True
    return was.model_copy(update={"sources": ()}) != now.model_copy(update={"sources": ()})


def _sources(record: Record) -> tuple[str, ...]:
    return getattr(record, "sources", ())


def _named(book: Book, name: str, record: Record) -> str:
    if isinstance(record, Position):
        return f"{book.case.name_of(record.actor)}, {spoken(record.topic)}"
    return str(getattr(record, "title", name))


def _described(record: Record) -> str:
    for name in ("statement", "title", "detail", "name", "meaning", "text"):
        if words := getattr(record, name, ""):
            return str(words)
    return type(record).__name__.lower()


def _changed_fields(was: Record, now: Record) -> list[str]:
    """Return the fields that differ, each with both sides when they are short."""
    found = []
    for name in type(was).model_fields:
        before, after = getattr(was, name), getattr(now, name, None)
        if before != after and name != "sources":
            sides = f"{_short(before)} → {_short(after)}"
            found.append(f"{spoken(name)}: {sides}" if len(sides) <= 120 else spoken(name))
    return found


def _short(value: Any) -> str:
    words = getattr(value, "words", None) or getattr(value, "text", None)
    if callable(words):
        return str(words()) or "–"
    if isinstance(value, tuple):
        return ", ".join(_short(item) for item in value) or "–"
    return str(value) or "–"


def _list(rows: list[tuple[Text, ...]]) -> Section:
    titles = ("Change", "Table", "Entry", "What it says", "Date")
    return Section(
        id="changes",
        title=text("Every change"),
        paragraphs=() if rows else (text("Nothing changed."),),
        table=Table(
            title="Entries added, changed or gone",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
        )
        if rows
        else None,
    )


SINCE = Setting("since", "the earlier day to compare with", read_day, "2025-08-22")
AGAINST = Setting(
    "against",
    "another case or version, which counts as the earlier one",
    lambda name, _: read_case(name),
    "my-case",
)

QUESTION = Question(
    "changed",
    "What changed between two days or two versions, and what it did to the answers",
    answer,
    (SINCE, AGAINST),
)
