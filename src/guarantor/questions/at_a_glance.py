"""The whole case on one page: what is confirmed, what is said, which options are on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart, Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.words import OptionState, Rung, Topic
from guarantor.quantity import Exactly
from guarantor.questions.guarantee import UNSTATED, ordered, promise, said
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.record_of_positions import at_rung, ground_contributions
from guarantor.questions.sustain import latest_strength, strength_trace
from guarantor.questions.tracing import Book, cited, figure, spoken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.answer.text import Figure
    from guarantor.case.records import Position

PRESENT = "people deployed"
FIRM = Rung.CONFIRMED
"""The lowest rung that counts as confirmed: the national gate has been passed."""


def answer(asked: Asked) -> Draft:
    """Return what is confirmed, what is said, and the options on the table."""
    return Draft(
        title=text(
            "At a glance, as of {day}: {title}", day=asked.book.day(), title=asked.book.title()
        ),
        headline=_headline(asked),
        sections=(_decision(asked), _soldiers(asked), _options(asked)),
        not_known=tuple(
            text(
                "{limit}",
                limit=cited(
                    limit.text,
                    asked.book.statement(
                        "what the record lacks",
                        limit,
                        asked.case.where("about", "case", "limits", number),
                    ),
                ),
            )
            for number, limit in enumerate(asked.case.about.limits)
        ),
    )


def confirmed_soldiers(book: Book) -> Figure:
    """Return the soldiers confirmed for the host's soil, which may be none."""
    firm = [p for p in ground_contributions(book.case) if p.rung and p.rung.height >= FIRM.height]
    whole = [
        book.position(p) for p in book.case.positions.values() if p.topic is Topic.GROUND_TROOPS
    ]
    numbers = [p.quantity.shape.low for p in firm if p.quantity is not None]
    value = sum(number for number in numbers if number is not None)
    return book.number(
        "soldiers confirmed",
        value,
        "sum of the contributions of soldiers on rung ‘confirmed’ or above"
        if firm
        else f"none of the {len(whole)} positions on ground troops has reached rung ‘confirmed’",
        [book.position(p) for p in firm] or whole or [book.about("as_of")],
        PRESENT,
    )


def _headline(asked: Asked) -> Text:
    book = asked.book
    titles = [book.option_title(name).trace for name in asked.case.options]
    return text(
        "{confirmed} soldiers are confirmed for {host}; {options} options are on record, and "
        "nobody has published a decision on any of them."
        if not _decided(asked)
        else "{confirmed} soldiers are confirmed for {host}; {options} options are on record.",
        confirmed=confirmed_soldiers(book),
        host=cited(asked.case.name_of(asked.case.about.host), book.about("host")),
        options=book.count("options on record", titles),
    )


def _decided(asked: Asked) -> bool:
    order = list(OptionState)
    return any(
        step.state is OptionState.SELECTED
        or order.index(step.state) > order.index(OptionState.CONCEPT_APPROVED)
        for option in asked.case.options.values()
        for step in option.states
        if step.state not in {OptionState.SUPERSEDED, OptionState.WITHDRAWN}
    )


def _decision(asked: Asked) -> Section:
    about, book = asked.case.about, asked.book
    by_when = (
        text("{day}", day=cited(about.decide_by.text(), book.about("decide_by")))
        if about.decide_by.text()
        else UNSTATED
    )
    return Section(
        id="decision",
        title=text("The decision"),
        paragraphs=(
            text("{question}", question=cited(about.question, book.about("question"))),
            join([text("By when:"), by_when], " "),
        ),
    )


def _soldiers(asked: Asked) -> Section:
    """Return contributions of soldiers by rung: sums never mix rungs, leaks are told apart."""
    book = asked.book
    rungs = at_rung(ground_contributions(asked.case))
    shown = [rung for rung in rungs if rungs[rung] or rung in {FIRM, Rung.OFFERED, Rung.PLEDGED}]
    rows = []
    for rung in shown:
        positions = rungs[rung]
        rows.append(
            (
                text(spoken(rung).capitalize()),
                text("{n}", n=_sum(book, rung, positions, rungs)),
                join([_who(book, p) for p in positions]) if positions else text("nobody"),
            )
        )
    return Section(
        id="soldiers",
        title=text("Soldiers, by how firm the word is"),
        paragraphs=(
            text(
                "Only numbers that a source gives are added, and never across rungs. A number "
                "printed as an upper limit counts as a limit."
            ),
        ),
        table=Table(
            title="Contributions of soldiers",
            columns=(
                Column(key="rung", title="Rung"),
                Column(key="soldiers", title="Soldiers", align="right"),
                Column(key="who", title="Who, and under which condition"),
            ),
            rows=tuple(rows),
        ),
        chart=_chart(book, [book.position(p) for ps in rungs.values() for p in ps]),
    )


def _sum(
    book: Book, rung: Rung, positions: list[Position], rungs: dict[Rung, list[Position]]
) -> Figure:
    """Return the soldiers on one rung: a limit as soon as one number is a limit."""
    if rung is FIRM and not positions:
        return confirmed_soldiers(book)
    numbered = [p for p in positions if p.quantity is not None]
    inputs = [book.position(p) for p in numbered] or [
        book.position(p) for ps in rungs.values() for p in ps
    ]
    label = f"soldiers on rung ‘{spoken(rung)}’"
    if not numbered:
        return book.number(
            label, 0, "no number on record", inputs or [book.about("as_of")], PRESENT
        )
    total = sum(p.quantity.shape.high or 0 for p in numbered if p.quantity)
    found = book.number(label, total, "sum of the numbers that sources give", inputs, PRESENT)
    if all(p.quantity and isinstance(p.quantity.shape, Exactly) for p in numbered):
        return found
    return found.model_copy(update={"value": None, "high": total})


def _who(book: Book, position: Position) -> Text:
    number = f" {position.quantity.words()}" if position.quantity else " no number"
    how = f", {spoken(position.standing)}" if position.standing != "official" else ""
    when = position.date.text() or "undated"
    condition = f"; condition: {position.condition}" if position.condition else ""
    return text(
        "{who}",
        who=cited(
            f"{book.case.name_of(position.actor)} ({position.office}, {when}{how}):"
            f"{number}{condition}",
            book.position(position),
        ),
    )


def _chart(book: Book, inputs: Iterable[str]) -> Chart:
    return Chart(
        description=(
            "Bars of the soldiers on each rung of firmness, the firmest at the top; the bar of the "
            "confirmed is empty when none is."
        ),
        spec={
            "mark": {"type": "bar", "color": "#1f4e79"},
            "encoding": {
                "y": {"field": "rung_text", "type": "nominal", "sort": None, "title": None},
                "x": {
                    "field": "soldiers",
                    "type": "quantitative",
                    "title": "Soldiers named by sources",
                },
            },
        },
        trace=book.derived(
            "chart of soldiers by rung",
            "drawn from the table beside it",
            list(inputs) or [book.about("as_of")],
        ),
    )


def _options(asked: Asked) -> Section:
    book, case = asked.book, asked.case
    rows = []
    for name in ordered(asked):
        rows_of = {row.name: row for row in promise(case.options[name])}
        rows.append(
            (
                text("{option}", option=book.option_title(name)),
                _strength(book, name),
                _state(book, name),
                *(said(book, name, rows_of[row]) for row in ("Commander", "Obligation", "End")),
            )
        )
    titles = ("Option", "Deployed", "Last step", "Commander", "Obligation", "End")
    return Section(
        id="options",
        title=text("Options on record"),
        table=Table(
            title="Options",
            columns=tuple(
                Column(
                    key=t.lower().replace(" ", "_"),
                    title=t,
                    align="right" if t == "Deployed" else "left",
                )
                for t in titles
            ),
            rows=tuple(rows),
        ),
    )


def _strength(book: Book, name: str) -> Text:
    strengths = book.case.options[name].strength
    if not strengths:
        return UNSTATED
    number, strength = latest_strength(strengths)
    return text("{n}", n=figure(strength.quantity, strength_trace(book, name, number, strength)))


def _state(book: Book, name: str) -> Text:
    states = book.case.options[name].states
    if not states:
        return UNSTATED
    number = max(
        range(len(states)),
        key=lambda n: (
            states[n].since.latest if states[n].since.text() else book.case.view.as_of.min,
            n,
        ),
    )
    step = states[number]
    where = book.case.where("options", name, "states", number)
    trace = book.statement(f"{book.case.options[name].title}: state", step, where)
    when = f" ({step.since.text()})" if step.since.text() else ""
    return text("{state}", state=cited(f"{spoken(step.state)}{when}", trace))


QUESTION = Question("at-a-glance", "The whole case on one page", answer)
