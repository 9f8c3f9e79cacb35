"""Soldiers by how firm the word is: sums that count each nation once and add no leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.text import Figure, Text, text
from guarantor.case.words import Band, Quality, Rung, Standing, Topic
from guarantor.quantity import Kind
from guarantor.questions.record_of_positions import (
    contributions,
    numbered_once,
    on_host_soil,
)
from guarantor.questions.tracing import Book, cited, dated, figure, spoken

if TYPE_CHECKING:
    from guarantor.case.records import Position

PRESENT = "people deployed"
FIRM = Rung.CONFIRMED
"""The lowest rung that counts as confirmed: the national gate has been passed."""

ALWAYS = (Rung.CONFIRMED, Rung.PLEDGED)
"""Rungs that are shown even when nobody stands on them."""

PLACES = {
    Band.NEIGHBOUR: "on the soil of neighbouring allies",
    Band.REAR: "in the rear",
    Band.LINE: "on the line",
}


class Step(NamedTuple):
    """One rung as it is shown: leaks stand apart from what offices said."""

    key: str
    label: str
    positions: list[Position]
    leak: bool = False


def steps(book: Book) -> list[Step]:
    """Return the rungs with the contributions on them, the firmest first."""
    held = contributions(book.case, Topic.GROUND_TROOPS)
    found = []
    for rung in reversed(Rung):
        here = [p for p in held if p.rung is rung]
        spoken_for = [p for p in here if p.standing is Standing.OFFICIAL]
        leaked = [p for p in here if p.standing is not Standing.OFFICIAL]
        name = spoken(rung).capitalize()
        if spoken_for or rung in ALWAYS:
            found.append(Step(rung.value, name, spoken_for))
        if leaked:
            found.append(Step(f"{rung.value}-leak", f"{name}, leaks only", leaked, leak=True))
    return found


def sum_of(book: Book, step: Step) -> Figure:
    """Return the soldiers of one rung: bounds add to a bound, and no number adds nothing."""
    numbered = numbered_once(step.positions)
    label = f"soldiers, {step.label.lower()}"
    if not numbered:
        return _none(book, label, step)
    shapes = [p.quantity.shape for p in numbered if p.quantity is not None]
    lows = [shape.low for shape in shapes]
    highs = [shape.high for shape in shapes]
    low = None if None in lows else sum(value for value in lows if value is not None)
    high = None if None in highs else sum(value for value in highs if value is not None)
    exact = low is not None and low == high
    return book.made(
        label,
        "sum over nations of the last number that each gives; ranges and limits add end by end",
        [book.position(p) for p in numbered],
        Figure(
            value=low if exact else None,
            low=None if exact else low,
            high=None if exact else high,
            unit=PRESENT,
            kind=Kind.DERIVED,
            rung=step.key,
            trace="",
        ),
    )


def shown(book: Book, step: Step) -> Text:
    """Return the sum of a rung as a cell, with how many of its nations it counts; none of leaks."""
    if step.leak:
        return text("not added")
    number = sum_of(book, step)
    nations = {p.actor for p in step.positions}
    counted = {p.actor for p in numbered_once(step.positions)}
    if not counted or counted == nations:
        return text("{n}", n=number)
    traces = {p.actor: book.position(p) for p in step.positions}
    return text(
        "{n}, from {some} of {all} nations",
        n=number,
        some=book.count("nations that give a number", [traces[n] for n in sorted(counted)]),
        all=book.count("nations on this rung", [traces[n] for n in sorted(nations)]),
    )


def _none(book: Book, label: str, step: Step) -> Figure:
    """Return zero when nobody stands on the rung, and an unknown when they give no number."""
    if step.positions:
        trace = book.derived(
            label,
            "those who stand here give no number",
            [book.position(p) for p in step.positions],
        )
        return Figure(unit=PRESENT, kind=Kind.ABSENT, rung=step.key, trace=trace)
    searched = [
        book.position(p) for p in book.case.positions.values() if p.topic is Topic.GROUND_TROOPS
    ]
    method = f"none of the {len(searched)} positions on ground troops has reached this rung"
    found = book.number(label, 0, method, searched or [book.day().trace], PRESENT)
    return found.model_copy(update={"rung": step.key})


def confirmed(book: Book) -> Figure:
    """Return the soldiers confirmed for the host's soil, by offices; zero when there are none."""
    firm = [
        p
        for p in contributions(book.case, Topic.GROUND_TROOPS)
        if p.rung is not None and p.rung.height >= FIRM.height and on_host_soil(p)
    ]
    return sum_of(book, Step(FIRM.value, "Confirmed", firm))


def who(book: Book, position: Position) -> Text:
    """Return who said it, how many, where and under which condition."""
    parts = [
        figure(position.quantity, "").words() if position.quantity else position.in_words,
        PLACES.get(position.band, "") if position.band else "",
        position.condition,
        "unverified" if position.quality is Quality.UNVERIFIED else "",
    ]
    said = "; ".join(filter(None, parts)) or "no number, no condition"
    return text(
        "{who}",
        who=cited(
            f"{book.case.name_of(position.actor)} ({position.office}, {dated(position)}): {said}",
            book.position(position),
        ),
    )
