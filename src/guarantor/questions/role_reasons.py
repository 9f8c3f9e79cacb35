"""Why a part of a role is needed, where that turns, and what could take its place and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.roles import others_have, waiting_for
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.balances import DIGITS, spanned
from guarantor.questions.bringing import DASH
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from guarantor.optimise.roles import Role
    from guarantor.questions.assigned import Assigned

MOST_OWNERS = 5
"""Owners named as substitutes before the rest are left to the page of the lines."""


def reasons_section(assigned: Assigned, found: Role) -> Section:
    """Return, for each kind in a smallest role, what asks for it and the value at which it ends."""
    kinds = dict.fromkeys(item.capability for each in found.sets for item in each.units)
    rows, keys = [], []
    for kind in kinds:
        for words, flip, name in _reasons(assigned, found, kind):
            rows.append((_kind(assigned, found, kind), words, flip))
            keys.append(f"{kind}/{name}")
    if kinds and (waiting := waiting_for(found.tables, found.nation)):
        records = [assigned.source(source, found.tables) for source in waiting]
        number = assigned.asked.book.count("contributions that wait for American support", records)
        rows.append(
            (
                text("any one unit"),
                text("others come only with American support: {n} contributions", n=number),
                text("they come without it"),
            )
        )
        keys.append("support")
    return Section(
        id="reasons",
        title=text("What stands behind each part"),
        paragraphs=(
            text(
                "When others bring what is judged possible. The value at which a part is no longer "
                "needed is worked out one reason at a time, everything else as it is, at best "
                "values."
            ),
        ),
        table=plain_table("Reasons", ("Part", "Because", "No longer when"), rows, keys, set())
        if rows
        else None,
    )


def _kind(assigned: Assigned, found: Role, kind: str) -> Text:
    title = assigned.asked.case.capabilities[kind].title
    lines = [ln.need for ln in found.tables.lines if ln.capability == kind]
    return text("{k}", k=cited(title, assigned.records.need(lines[0])))


def _reasons(assigned: Assigned, found: Role, kind: str) -> list[tuple[Text, Text, str]]:
    made, case = found.tables, assigned.asked.case
    others = others_have(made, found.nation, kind)
    asked = sum(line.asked for line in made.lines if line.capability == kind)
    told: list[tuple[Text, Text, str]] = []
    have = _have(assigned, found, kind, others)
    own = [line for line in made.lines if line.capability == kind]
    if others < asked:
        told.append(
            (
                join(
                    [
                        text("a line asks it:"),
                        *(
                            text("{n}", n=assigned.need(line))
                            if line.stated
                            else text("at least one")
                            for line in own
                        ),
                    ],
                    " ",
                ),
                text("the need is at most {n}, which others have", n=have),
                "line",
            )
        )
    for (user, needed), per_unit in made.per_unit.items():
        wanting = sum(line.asked for line in made.lines if line.capability == user)
        if needed != kind or wanting <= 0 or others >= per_unit * wanting:
            continue
        trace = _need_record(assigned, user, kind)
        flip = assigned.asked.book.made(
            f"{assigned.title}: units of {kind} for one of {user} at which others are enough",
            "what others have ÷ units that need it, all filled",
            [trace, have.trace],
            Figure(
                value=others / wanting, unit="ratio", digits=DIGITS, kind=Kind.DERIVED, trace=""
            ),
        )
        title = case.capabilities[user].title.lower()
        told.append(
            (
                text("{user} need it, which is judged", user=cited(title, trace)),
                text("one needs at most {n}", n=flip),
                f"need-{user}",
            )
        )
    return told


def _have(assigned: Assigned, found: Role, kind: str, others: float) -> Figure:
    made = found.tables
    sources = [s for s in made.sources if s.capability == kind and s.provider != found.nation]
    inputs = [assigned.source(s, made) for s in sources] or [
        assigned.records.need(line.need) for line in made.lines if line.capability == kind
    ]
    return assigned.asked.book.made(
        f"{assigned.title}: {kind}, whole units that others could have there",
        "sum over all others, each within its pool",
        inputs,
        Figure(
            value=others,
            unit=assigned.asked.case.capabilities[kind].unit,
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        ),
    )


def _need_record(assigned: Assigned, user: str, kind: str) -> str:
    case = assigned.asked.case
    number = next(
        n for n, need in enumerate(case.capabilities[user].needs) if need.capability == kind
    )
    per_unit = case.capabilities[user].needs[number].per_unit
    return assigned.asked.book.written(
        f"{case.capabilities[user].title} needs {kind}",
        " ".join(filter(None, (per_unit.quantity.words(), per_unit.note))),
        case.where("capabilities", user, "needs", number, "per_unit"),
        per_unit.sources if per_unit.kind is Kind.REPORTED else (),
    )


def substitutes_section(assigned: Assigned, found: Role) -> Section:
    """Return what could take the place of each part of a smallest role, and how soon."""
    kinds = dict.fromkeys(item.capability for each in found.sets for item in each.units)
    rows, keys = [], []
    for kind in kinds:
        for cells, name in _substitutes(assigned, found, kind):
            rows.append((_kind(assigned, found, kind), *cells))
            keys.append(f"{kind}/{name}")
    titles = ("Part", "Instead", "Free, or does", "Notice, days", "Delivery, months")
    return Section(
        id="substitutes",
        title=text("What could take its place, and when"),
        paragraphs=(
            text(
                "Owners that do not refuse, by what they could keep out, and kinds that are judged "
                "to do part of the work. Notice runs from the order to arrival, delivery from the "
                "decision to give a unit to its use."
            ),
        ),
        table=plain_table("Substitutes", titles, rows, keys, set(titles[2:])) if rows else None,
    )


def _substitutes(assigned: Assigned, found: Role, kind: str) -> list[tuple[tuple[Text, ...], str]]:
    made = assigned.tables(Reach.OWNED)
    case = assigned.asked.case
    owners = {s.provider for s in made.sources if s.capability == kind} - {found.nation}
    rooms = [
        room
        for room in made.pools
        if room.provider in owners and room.kind == kind and room.free / room.slots >= 1
    ]
    rooms.sort(key=lambda room: (-room.free / room.slots, room.provider))
    told: list[tuple[tuple[Text, ...], str]] = []
    for room in rooms[:MOST_OWNERS]:
        kept = Span.exactly(room.free / room.slots)
        figure = spanned(
            assigned.asked.book,
            f"{room.provider}: {kind}, could keep out at best",
            kept,
            room.reading.method + ", ÷ units held for each one out",
            [assigned.entry(key) for key in room.reading.rests_on],
            case.capabilities[kind].unit,
        )
        told.append(
            (
                (
                    assigned.records.named(room.provider),
                    text("{n}", n=figure),
                    _parameter(assigned, kind, "notice"),
                    _parameter(assigned, kind, "delivery"),
                ),
                room.provider,
            )
        )
    for number, stand_in in enumerate(case.capabilities[kind].stood_in_by):
        other = case.capabilities[stand_in.capability]
        where = case.where("capabilities", kind, "stood_in_by", number, "factor")
        trace = assigned.asked.book.written(
            f"{other.title} stands in for {kind}",
            " ".join(filter(None, (stand_in.factor.quantity.words(), stand_in.factor.note))),
            where,
            stand_in.factor.sources if stand_in.factor.kind is Kind.REPORTED else (),
        )
        figure = spanned(
            assigned.asked.book,
            f"{other.title}: part of the work of one {kind}",
            Span.of(stand_in.factor.quantity),
            "judged",
            [trace],
            "ratio",
        )
        told.append(
            (
                (
                    text("{k}", k=cited(other.title, trace)),
                    text("{n} of one", n=figure),
                    _parameter(assigned, stand_in.capability, "notice"),
                    _parameter(assigned, stand_in.capability, "delivery"),
                ),
                stand_in.capability,
            )
        )
    return told


def _parameter(assigned: Assigned, kind: str, name: str) -> Text:
    parameter = getattr(assigned.asked.case.capabilities[kind], name)
    traces = assigned.records.parameter(kind, name)
    if parameter is None or not traces:
        return DASH
    unit = "days" if name == "notice" else "months"
    return text(
        "{n}",
        n=spanned(
            assigned.asked.book,
            f"{kind}: {name}",
            Span.of(parameter.quantity),
            "as the case has it",
            traces,
            unit,
        ),
    )
