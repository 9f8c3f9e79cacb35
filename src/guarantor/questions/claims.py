"""Who said what: nations by topics, offices that differ, claims that drifted, repeated reports."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.words import Rung, Stance, Standing, Topic
from guarantor.questions.question import ACTOR, Asked, Draft, Question
from guarantor.questions.record_of_positions import (
    by_actor_and_topic,
    contributions,
    in_time,
    latest_by_office,
    official,
)
from guarantor.questions.tracing import Book, cited, dated, said_number, spoken

if TYPE_CHECKING:
    from guarantor.answer.text import Figure
    from guarantor.case.records import Position

NOTHING = text("–")
REFUSALS = frozenset({Stance.EXCLUDES, Stance.OPPOSES})


def answer(asked: Asked) -> Draft:
    """Return the register of positions, whole or for one actor."""
    actor = asked.get("actor")
    groups = {
        key: positions
        for key, positions in by_actor_and_topic(asked.case).items()
        if actor in (None, key[0])
    }
    return Draft(
        title=text(
            "Who has said what, as of {day}: {title}",
            day=asked.book.day(),
            title=asked.book.title(),
        ),
        headline=_headline(asked),
        sections=(
            _matrix(asked, groups),
            *([_register(asked, groups)] if actor else []),
            _offices(asked, groups),
            _drift(asked, groups),
            _origins(asked, groups),
        ),
        not_known=_not_known(asked),
    )


def _headline(asked: Asked) -> Text:
    case, book = asked.case, asked.book
    said = [
        p
        for p in case.positions.values()
        if p.topic is Topic.GROUND_TROOPS and p.actor in case.nations and p.actor != case.about.host
    ]
    whole = [book.position(p) for p in said]
    stances: dict[Stance, set[str]] = {stance: set() for stance in Stance}
    ids: dict[str, list[str]] = {}
    for (actor, topic), positions in by_actor_and_topic(case).items():
        if topic is not Topic.GROUND_TROOPS or actor not in case.nations:
            continue
        own = official(positions)
        if own and actor != case.about.host:
            stances[own[-1].stance].add(actor)
            ids[actor] = [book.position(own[-1])]

    def number(label: str, *which: Stance) -> Figure:
        actors = sorted(set().union(*(stances[stance] for stance in which)))
        return book.count(label, [name for a in actors for name in ids[a]], whole)

    confirmed = [
        p
        for p in contributions(case, Topic.GROUND_TROOPS)
        if p.rung is not None and p.rung.height >= Rung.CONFIRMED.height
    ]
    return text(
        "On soldiers in {host}, {offers} states offer some, {conditional} attach conditions before "
        "they say yes, {open} leave it open, {no} say no; {confirmed} contributions are confirmed. "
        "Each state counts once, by the latest word of its own offices.",
        host=cited(case.name_of(case.about.host), book.about("host")),
        offers=number("states that offer soldiers", Stance.OFFERS),
        conditional=number("states that attach conditions", Stance.CONDITIONAL),
        open=number("states that leave it open", Stance.OPEN, Stance.SUPPORTS),
        no=number("states that say no", Stance.EXCLUDES, Stance.OPPOSES),
        confirmed=book.count(
            "confirmed contributions of soldiers", [book.position(p) for p in confirmed], whole
        ),
    )


def _said(book: Book, position: Position) -> Text:
    """Return stance, quantity and date of a position in one cell."""
    words = spoken(position.stance)
    if position.quantity is not None:
        words += f" {said_number(position.quantity)}"
    if position.standing is not Standing.OFFICIAL:
        words += f", {spoken(position.standing)}"
    return text("{said}", said=cited(f"{words} ({dated(position)})", book.position(position)))


def _matrix(asked: Asked, groups: dict[tuple[str, Topic], list[Position]]) -> Section:
    case, book = asked.case, asked.book
    topics = [topic for topic in Topic if any(key[1] is topic for key in groups)]
    actors = dict.fromkeys(key[0] for key in groups)
    order = [name for name in (*case.nations, *case.groups) if name in actors]
    rows = []
    for actor in order:
        cells = [text("{name}", name=cited(case.name_of(actor), _named(book, actor)))]
        for topic in topics:
            latest = latest_by_office(groups.get((actor, topic), []))
            cells.append(join([_said(book, p) for p in latest]) if latest else NOTHING)
        rows.append(tuple(cells))
    return Section(
        id="by-topic",
        title=text("The latest word of each office"),
        table=Table(
            title="Nations by topics",
            columns=(
                Column(key="actor", title="Nation or body"),
                *(Column(key=topic.value, title=spoken(topic).capitalize()) for topic in topics),
            ),
            rows=tuple(rows),
        ),
    )


def _named(book: Book, actor: str) -> str:
    collection = "nations" if actor in book.case.nations else "groups"
    where = book.case.where(collection, actor)
    return book.written("name of a nation or body", book.case.name_of(actor), where)


def _register(asked: Asked, groups: dict[tuple[str, Topic], list[Position]]) -> Section:
    """Return every position of the actor in full, for the reader who asked for one."""
    rows = []
    for position in in_time(p for positions in groups.values() for p in positions):
        trace = asked.book.position(position)
        rows.append(
            (
                text("{date}", date=cited(dated(position), trace)),
                text("{office}", office=cited(position.office, trace)),
                text(spoken(position.topic)),
                text(spoken(position.stance)),
                text("{said}", said=cited(position.statement, trace)),
                text("{condition}", condition=cited(position.condition or "none stated", trace)),
                text(spoken(position.rung) if position.rung else "–"),
                text("{source}", source=cited(", ".join(position.sources), trace)),
            )
        )
    titles = ("Date", "Office", "Topic", "Stance", "Said", "Condition", "Rung", "Source")
    return Section(
        id="register",
        title=text("Every position, in time"),
        table=Table(
            title="Positions",
            columns=tuple(Column(key=title.lower(), title=title) for title in titles),
            rows=tuple(rows),
        ),
    )


def _offices(asked: Asked, groups: dict[tuple[str, Topic], list[Position]]) -> Section:
    """Return actors of whose offices one refuses and another does not: both stand."""
    rows = []
    for (actor, topic), positions in groups.items():
        latest = latest_by_office(official(positions))
        if len({p.stance in REFUSALS for p in latest}) < 2:
            continue
        trace = _named(asked.book, actor)
        rows += [
            (
                text("{actor}", actor=cited(asked.case.name_of(actor), trace)),
                text(spoken(topic)),
                text("{office}", office=cited(p.office, asked.book.position(p))),
                _said(asked.book, p),
                text("{said}", said=cited(p.statement, asked.book.position(p))),
            )
            for p in latest
        ]
    titles = ("Nation or body", "Topic", "Office", "Stance", "Said")
    return Section(
        id="offices",
        title=text("Offices of one state that contradict each other"),
        paragraphs=()
        if rows
        else (text("In no state does one office refuse what another does not."),),
        table=Table(
            title="Both stand, side by side",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
        )
        if rows
        else None,
    )


def _drift(asked: Asked, groups: dict[tuple[str, Topic], list[Position]]) -> Section:
    """Return what changed from one statement to the next of the same actor on a topic."""
    rows = []
    for (actor, topic), positions in groups.items():
        for before, after in pairwise(positions):
            if before.date.precision == "undated" or after.date.precision == "undated":
                continue
            if (before.stance, before.quantity) == (after.stance, after.quantity):
                continue
            rows.append(
                (
                    text(
                        "{actor}",
                        actor=cited(asked.case.name_of(actor), _named(asked.book, actor)),
                    ),
                    text(spoken(topic)),
                    _said(asked.book, before),
                    text("{o}", o=cited(before.office, asked.book.position(before))),
                    _said(asked.book, after),
                    text("{o}", o=cited(after.office, asked.book.position(after))),
                )
            )
    titles = ("Nation or body", "Topic", "Before", "By", "Then", "Then by")
    return Section(
        id="drift",
        title=text("How claims drifted"),
        paragraphs=() if rows else (text("No claim on record changed."),),
        table=Table(
            title="Each change of stance or number, with who spoke",
            columns=tuple(Column(key=t.replace(" ", "-").lower(), title=t) for t in titles),
            rows=tuple(rows),
        )
        if rows
        else None,
    )


def _origins(asked: Asked, groups: dict[tuple[str, Topic], list[Position]]) -> Section:
    """Return how many reports there are behind the positions: copies of one count once."""
    book = asked.book
    origins: dict[str, list[Position]] = {}
    for positions in groups.values():
        for position in positions:
            origins.setdefault(position.origin, []).append(position)
    every = [book.position(p) for positions in origins.values() for p in positions]
    firsts = [book.position(positions[0]) for positions in origins.values()]
    shared = sorted(
        ((name, ps) for name, ps in origins.items() if len(ps) > 1), key=lambda o: -len(o[1])
    )
    rows = tuple(
        (
            text("{origin}", origin=cited(name, book.position(ps[0]))),
            text("{n}", n=book.count("positions of one origin", [book.position(p) for p in ps])),
        )
        for name, ps in shared
    )
    return Section(
        id="origins",
        title=text("Reports behind the positions"),
        paragraphs=(
            text(
                "The {positions} positions go back to {origins} first publications.",
                positions=book.count("positions on record", every),
                origins=book.count("first publications", firsts),
            ),
        )
        if every
        else (text("No position is on record."),),
        table=Table(
            title="First publications that carry more than one position",
            columns=(
                Column(key="origin", title="First publication"),
                Column(key="positions", title="Positions", align="right"),
            ),
            rows=rows,
        )
        if rows
        else None,
    )


def _not_known(asked: Asked) -> tuple[Text, ...]:
    """Return what a view leaves out because its date cannot be decided."""
    book = asked.book
    found = []
    for left in asked.case.view.left_out:
        trace = book.written("left out of this view", left.label, asked.case.where(*left.key))
        found.append(
            text(
                "Left out of this view ({reason}): {label} ({dated})",
                reason=cited(left.reason, trace),
                label=cited(left.label, trace),
                dated=cited(left.dated or "undated", trace),
            )
        )
    return tuple(found)


QUESTION = Question("claims", "Who has said what, and how it drifted", answer, (ACTOR,))
