"""The whole case on one page: what is confirmed, what is said, which options are on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart, Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.words import OptionState, Topic
from guarantor.quantity import Kind
from guarantor.questions.guarantee import UNSTATED, ordered, promise, said
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.record_of_positions import by_word, contributions
from guarantor.questions.soldiers import confirmed, steps, sum_of, who
from guarantor.questions.soldiers import shown as shown_sum
from guarantor.questions.sustain import size, strength
from guarantor.questions.tracing import Book, cited, dated, spoken

if TYPE_CHECKING:
    from guarantor.answer.text import Cited, Figure
    from guarantor.case.statements import Statement

SETTLED = frozenset(list(OptionState)[list(OptionState).index(OptionState.CONCEPT_APPROVED) :]) - {
    OptionState.SUPERSEDED,
    OptionState.WITHDRAWN,
}
"""Steps that come after a decision for an option."""


def answer(asked: Asked) -> Draft:
    """Return what is confirmed, what is said, and the options on record."""
    about = asked.case.about
    return Draft(
        title=text(
            "At a glance, as of {day}: {title}", day=asked.book.day(), title=asked.book.title()
        ),
        headline=_headline(asked.book),
        sections=(
            _decision(asked.book),
            _soldiers(asked.book),
            _others(asked.book),
            _without(asked.book),
            _said_and_asked(asked),
            _options(asked),
            _risks(asked.book),
            _record(asked.book),
        ),
        not_known=tuple(
            _about_case(asked.book, "limits", "what the record lacks", number, limit)
            for number, limit in enumerate(about.limits)
        ),
    )


def _about_case(book: Book, part: str, label: str, number: int, statement: Statement) -> Text:
    trace = book.statement(label, statement, book.case.where("about", "case", part, number))
    return text("{said}", said=cited(statement.text, trace))


def _headline(book: Book) -> Text:
    titles = {name: book.option_title(name).trace for name in book.case.options}
    decided = [
        name
        for name, option in book.case.options.items()
        if any(step.state in SETTLED | {OptionState.SELECTED} for step in option.states)
    ]
    options = book.count("options on record", titles.values())
    slots: dict[str, Figure | Cited] = {
        "confirmed": confirmed(book),
        "host": cited(book.case.name_of(book.case.about.host), book.about("host")),
        "options": options,
    }
    if not decided:
        return text(
            "{confirmed} soldiers are confirmed for {host}, and nobody has decided on any of the "
            "{options} options on record.",
            **slots,
        )
    return text(
        "{confirmed} soldiers are confirmed for {host}; of {options} options on record the "
        "{decided} is chosen in principle, with conditions open.",
        decided=cited(
            ", ".join(book.case.options[name].title for name in decided),
            book.derived(
                "options chosen",
                "steps on record",
                [titles[n] for n in decided],
                ", ".join(book.case.options[name].title for name in decided),
            ),
        ),
        **slots,
    )


def _decision(book: Book) -> Section:
    about = book.case.about
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


def _soldiers(book: Book) -> Section:
    shown = steps(book)
    return Section(
        id="soldiers",
        title=text("Soldiers, by how firm the word is"),
        paragraphs=(
            text(
                "Each nation counts once a row, by the last number it gives; sums never cross "
                "rows. Leaks, and soldiers on neighbouring soil, are named and not added."
            ),
        ),
        table=Table(
            title="Contributions of soldiers",
            columns=(
                Column(key="rung", title="Rung"),
                Column(key="soldiers", title="Soldiers", align="right"),
                Column(key="who", title="Who, and under which condition"),
            ),
            rows=tuple(
                (
                    text(step.label),
                    shown_sum(book, step),
                    join([who(book, p) for p in step.positions])
                    if step.positions
                    else text("nobody"),
                )
                for step in shown
            ),
            keys=tuple(step.key for step in shown),
        ),
    )


def _others(book: Book) -> Section:
    """Return what nations have offered besides soldiers, by topic, with rung and condition."""
    rows, keys = [], []
    for topic in Topic:
        offers = contributions(book.case, topic)
        if topic in {Topic.GROUND_TROOPS, Topic.FUNDING} or not offers:
            continue
        cells = [
            text(
                "{who}",
                who=cited(
                    f"{book.case.name_of(p.actor)} ({spoken(p.rung or '')}, {dated(p)}): "
                    f"{p.statement}" + (f" Condition: {p.condition}." if p.condition else ""),
                    book.position(p),
                ),
            )
            for p in offers
        ]
        names = dict.fromkeys(p.actor for p in offers)
        first = {p.actor: book.position(p) for p in offers}
        nations = [text("{n}", n=cited(book.case.name_of(n), first[n])) for n in names]
        number = text("{n}", n=book.count(f"nations that offer {spoken(topic)}", first.values()))
        topic_cell = text(spoken(topic).capitalize())
        rows.append((topic_cell, number, join(nations, ", "), join(cells, " ")))
        keys.append(topic.value)
    titles = ("Topic", "Number", "Nations", "What, how firm and under which condition")
    return Section(
        id="others",
        title=text("What else is offered"),
        paragraphs=() if rows else (text("Nothing else is on record."),),
        table=Table(
            title="Contributions other than soldiers",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
            keys=tuple(keys),
        )
        if rows
        else None,
    )


def _without(book: Book) -> Section:
    """Return the nations whose offices refuse soldiers, and those that leave it open."""
    refuse, leave_open = by_word(book.case)
    rows = [
        (
            text(label),
            join(
                [text("{n}", n=cited(book.case.name_of(p.actor), book.position(p))) for p in words],
                ", ",
            )
            if words
            else text("nobody"),
        )
        for label, words in (("Ruled out", refuse), ("Left open", leave_open))
    ]
    return Section(
        id="without",
        title=text("Who rules soldiers out, and who leaves it open"),
        table=Table(
            title="Nations without an offer of soldiers",
            columns=(Column(key="word", title="Word"), Column(key="nations", title="Nations")),
            rows=tuple(rows),
            keys=("refuse", "open"),
        ),
    )


def _said_and_asked(asked: Asked) -> Section:
    """Return what is said beside what the options ask for, in one table and one picture."""
    book = asked.book
    rows = [
        (text("said so far"), text(step.label), text("{n}", n=sum_of(book, step)))
        for step in steps(book)
        if not step.leak
    ]
    rows += [
        (text("size of the option"), text("{o}", o=book.option_title(name)), size(book, name))
        for name in ordered(asked)
        if strength(book, name)
    ]
    traces = [slot.trace for row in rows for cell in row for slot in cell.slots.values()]
    return Section(
        id="said-and-asked",
        title=text("What is said, beside the size of the options"),
        table=Table(
            title="Soldiers said, and sizes of the options",
            columns=(
                Column(key="side", title="Side"),
                Column(key="what", title="What"),
                Column(key="soldiers", title="Soldiers", align="right"),
            ),
            rows=tuple(rows),
        ),
        chart=Chart(
            description=(
                "Horizontal bars of soldiers. Above: what nations have said, from confirmed, "
                "which has no bar when it is zero, to signalled. Below: the size of each option. "
                "The lighter part of a bar is the open part of a range; limits are in words."
            ),
            spec=_bars(),
            trace=book.derived(
                "chart of what is said and asked for", "drawn from the table beside it", traces
            ),
        ),
    )


def _bars() -> dict[str, object]:
    """Return bars from zero, with the open part of ranges and limits in a lighter tone."""
    y = {"field": "what_text", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": "Soldiers present at one time"}
    tone = {
        "field": "side_text",
        "type": "nominal",
        "title": None,
        "scale": {"domain": ["said so far", "size of the option"], "range": ["#0b3d63", "#8a8f98"]},
        "legend": {"symbolOpacity": 1},
    }
    sure = {"calculate": _first_valid("soldiers", "soldiers_low"), "as": "sure"}
    ends = _first_valid("soldiers", "soldiers_high", "soldiers_low")
    end = {"calculate": ends, "as": "end"}
    return {
        "transform": [sure, end],
        "layer": [
            {
                "mark": {"type": "bar", "opacity": 0.45, "height": {"band": 0.62}},
                "encoding": {"y": y, "x": {**x, "field": "end"}, "color": tone},
            },
            {
                "mark": {"type": "bar", "height": {"band": 0.62}},
                "encoding": {"y": y, "x": {**x, "field": "sure"}, "color": tone},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 4, "color": "#222222"},
                "encoding": {
                    "y": y,
                    "x": {**x, "field": "end"},
                    "text": {"field": "soldiers_text", "type": "nominal"},
                },
            },
        ],
    }


def _first_valid(*fields: str) -> str:
    """Return a Vega expression for the first of the fields that holds a number, else zero."""
    found = "0"
    for name in reversed(fields):
        found = f"isValid(datum.{name}) ? datum.{name} : ({found})"
    return found


def _options(asked: Asked) -> Section:
    book, case = asked.book, asked.case
    names = ordered(asked)
    rows = []
    for name in names:
        rows_of = {row.name: row for row in promise(case.options[name])}
        rows.append(
            (
                text("{option}", option=book.option_title(name)),
                size(book, name),
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
            keys=tuple(names),
        ),
    )


def _state(book: Book, name: str) -> Text:
    """Return the last step of an option on its way to a decision, with its date."""
    states = book.case.options[name].states
    if not states:
        return UNSTATED
    number = max(range(len(states)), key=lambda n: (states[n].since.earliest, n))
    where = book.case.where("options", name, "states", number)
    label = f"{book.case.options[name].title}: state"
    when = states[number].since.text()
    words = spoken(states[number].state) + (f" ({when})" if when else "")
    return text("{state}", state=cited(words, book.statement(label, states[number], where)))


def _risks(book: Book) -> Section:
    return Section(
        id="risks",
        title=text("What could go wrong"),
        paragraphs=tuple(
            _about_case(book, "risks", "risk", number, risk)
            for number, risk in enumerate(book.case.about.risks)
        ),
    )


def _record(book: Book) -> Section:
    """Return which record this is: version, hash of the files, and how far it reaches."""
    words = [p for p in book.case.positions.values() if p.date.precision == "day"]
    last = max(words, key=lambda p: (p.date.latest, p.id), default=None)
    digest = book.keep(
        label="hash of the case",
        kind=Kind.JUDGED,
        says=f"{book.case.digest[:12]}, in full {book.case.digest}",
        method="SHA-256 of the names and texts of its files",
        judged_by="guarantor, computed from the files",
    )
    latest = (
        text("the latest statement is of {day}.", day=cited(dated(last), book.position(last)))
        if last
        else text("no statement is on record.")
    )
    return Section(
        id="record",
        title=text("The record"),
        paragraphs=(
            join(
                [
                    text(
                        "{marking} · as of {day} · case version {version}, files {digest};",
                        marking=cited(book.case.about.marking, book.about("marking")),
                        day=book.day(),
                        version=cited(book.case.about.version, book.about("version")),
                        digest=cited(book.case.digest[:12], digest),
                    ),
                    latest,
                ],
                " ",
            ),
        ),
    )


QUESTION = Question("at-a-glance", "The whole case on one page", answer)
