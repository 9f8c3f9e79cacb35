"""Who said what: nations by topics, offices that differ, claims that drifted, repeated reports."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.words import Quality, Stance, Standing, Topic
from guarantor.questions.question import ACTOR, Asked, Draft, Question
from guarantor.questions.record_of_positions import (
    by_actor_and_topic,
    in_time,
    last_word,
    latest_by_office,
    offices_differ,
    official,
    voices,
)
from guarantor.questions.soldiers import confirmed
from guarantor.questions.tracing import Book, cited, dated, said_number, spoken

if TYPE_CHECKING:
    from guarantor.answer.text import Cited
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
    """Return where the nations stand on soldiers, each once, by its own offices' last word."""
    case, book = asked.case, asked.book
    if asked.get("actor"):
        return _of_one(asked)
    stands: dict[str, list[str]] = {name: [] for name in (*STANDS, "differ")}
    whole = []
    for (actor, topic), positions in by_actor_and_topic(case).items():
        if topic is not Topic.GROUND_TROOPS or actor not in case.nations:
            continue
        word = last_word(positions)
        if word is None or actor == case.about.host or word.stance is Stance.OPPOSES:
            continue
        whole.append(book.position(word))
        stand = "differ" if offices_differ(positions) else stand_of(word)
        stands[stand].append(book.position(word))
    counts = {
        name: book.count(f"nations: {spoken(name)}", traces, whole)
        for name, traces in stands.items()
    }
    return text(
        "On soldiers in {host}, by the last word of each nation's own offices: offer {offers}, "
        "first set conditions {conditional}, in favour without an offer {supports}, leave it open "
        "{open}, rule it out {excludes}, offices that differ {differ}. Confirmed soldiers: "
        "{confirmed}.",
        host=cited(case.name_of(case.about.host), book.about("host")),
        confirmed=confirmed(book),
        **counts,
    )


STANDS = ("offers", "conditional", "supports", "open", "excludes")


def stand_of(word: Position) -> str:
    """Return where a nation stands: whoever promises soldiers on a condition offers them."""
    return "offers" if word.rung is not None else word.stance.value


def _of_one(asked: Asked) -> Text:
    """Return how many positions an actor has on record."""
    actor, book = asked.get("actor"), asked.book
    held = [book.position(p) for p in asked.case.positions.values() if p.actor == actor]
    if not held:
        return text("{actor} has no position on record.", actor=_name(book, actor))
    return text(
        "{actor}: positions on record {n}, from first publications {origins}.",
        actor=_name(book, actor),
        n=book.count("positions on record", held),
        origins=book.count(
            "first publications",
            {
                p.origin: book.position(p)
                for p in asked.case.positions.values()
                if p.actor == actor
            }.values(),
        ),
    )


def _name(book: Book, actor: str) -> Cited:
    return cited(book.case.name_of(actor), _named(book, actor))


def _said(book: Book, position: Position) -> Text:
    """Return stance, quantity and date of a position in one cell."""
    words = spoken(position.stance)
    if position.quantity is not None:
        words += f" {said_number(position.quantity)}"
    if position.standing is not Standing.OFFICIAL:
        words += f", {spoken(position.standing)}"
    if position.quality is Quality.UNVERIFIED:
        words += ", unverified"
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
    """Return what changed from one statement to the next of the same voice on a topic."""
    rows = []
    for (actor, topic), positions in groups.items():
        for voice in voices(positions):
            for before, after in pairwise(voice):
                if not _moved(before, after):
                    continue
                rows.append(
                    (
                        text("{actor}", actor=_name(asked.book, actor)),
                        text(spoken(topic)),
                        text("{o}", o=cited(after.office, asked.book.position(after))),
                        _said(asked.book, before),
                        _said(asked.book, after),
                    )
                )
    titles = ("Nation or body", "Topic", "By", "Before", "Then")
    return Section(
        id="drift",
        title=text("How claims drifted"),
        paragraphs=() if rows else (text("No claim on record changed."),),
        table=Table(
            title="Each change of stance or number in the words of one office",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
        )
        if rows
        else None,
    )


def _moved(before: Position, after: Position) -> bool:
    """Return whether stance or number changed; numbers of different things do not compare."""
    if "undated" in {before.date.precision, after.date.precision} or before.date == after.date:
        return False
    one, two = before.quantity, after.quantity
    same_thing = one is not None and two is not None and one.measure == two.measure
    return before.stance is not after.stance or (same_thing and one != two)


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
