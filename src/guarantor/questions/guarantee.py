"""What each option promises, row by row, and what nobody has stated."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.case.record import NOT_STATED
from guarantor.case.words import Breach
from guarantor.questions.question import OPTION, Asked, Draft, Question
from guarantor.questions.tracing import Book, cited, dated, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.statements import Option, Statement

UNSTATED = text(NOT_STATED)


class Row(NamedTuple):
    """One row of what an option promises: its name, where it stands, what is published of it."""

    name: str
    steps: tuple[str, ...]
    said: tuple[Statement, ...] | None


def promise(option: Option) -> Iterator[Row]:
    """Return the rows of an option's promise, stated or not."""
    guarantee, command = option.guarantee, option.command
    yield Row("Purpose", ("purpose",), option.purpose)
    yield Row("People present at one time", ("strength",), option.strength)
    yield Row("Where it serves", ("bands",), option.bands)
    yield Row("Obligation", ("guarantee", "obligation"), guarantee.obligation)
    yield Row("Trigger", ("guarantee", "trigger"), guarantee.trigger)
    yield Row("Posture of the force", ("guarantee", "posture"), guarantee.posture)
    yield Row("Legal basis", ("guarantee", "legal_basis"), guarantee.legal_basis)
    yield Row("End", ("guarantee", "end"), guarantee.end)
    for kind in Breach:
        name = f"If broken: {spoken(kind)}"
        yield Row(name, ("guarantee", "breach", kind.value), guarantee.breach[kind])
    yield Row("Command", ("command", "arrangement"), command.arrangement)
    yield Row("Commander", ("command", "commander"), command.commander)
    yield Row("Headquarters", ("command", "headquarters"), command.headquarters)
    yield Row("Powers nations keep", ("command", "powers_kept"), command.powers_kept)
    yield Row("Successor in command", ("command", "successor"), command.successor)
    yield Row("Hand-over time", ("command", "handover"), command.handover)


def said(book: Book, option: str, row: Row) -> Text:
    """Return what is published in a row, statement by statement, or `not stated`."""
    if row.said is None:
        return UNSTATED
    return join(
        [
            text("{said}", said=cited(statement.text, trace(book, option, row, number)))
            for number, statement in enumerate(row.said)
        ],
        " ",
    )


def trace(book: Book, option: str, row: Row, number: int) -> str:
    """Keep the record of one statement of a row and return its id."""
    if row.said is None:
        raise AssertionError(row)
    where = book.case.where("options", option, *row.steps, number)
    label = f"{book.case.options[option].title}: {row.name.lower()}"
    return book.statement(label, row.said[number], where)


def answer(asked: Asked) -> Draft:
    """Return the promise of one option in full, or of all options side by side."""
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    section = _in_full(asked, names[0]) if len(names) == 1 else _side_by_side(asked, names)
    return Draft(
        title=text(
            "What is promised and what is not stated, as of {day}: {title}",
            day=asked.book.day(),
            title=asked.book.title(),
        ),
        headline=_headline(asked, names),
        sections=(section,),
        not_known=_not_stated(asked, names),
    )


def ordered(asked: Asked) -> list[str]:
    """Return the options of the case in their order."""
    options = asked.case.options
    return sorted(options, key=lambda name: (options[name].order, name))


def _headline(asked: Asked, names: list[str]) -> Text:
    book = asked.book
    if not names:
        return text("No option was on record on {day}.", day=book.day())
    binding = {
        name: [
            trace(book, name, row, number)
            for row in promise(asked.case.options[name])
            if row.steps == ("guarantee", "obligation") and row.said
            for number in range(len(row.said))
        ]
        for name in names
    }
    titles = {name: book.option_title(name).trace for name in names}
    stated = [name for name in names if binding[name]]
    if len(names) == 1:
        rows = list(promise(asked.case.options[names[0]]))
        open_rows = [row for row in rows if row.said is None]
        whole = book.written(
            "rows of a promise",
            "purpose, strength, place, obligation, trigger, posture, legal basis, end, a response "
            "to each kind of breach, and command with successor and hand-over",
            asked.case.where("options", names[0]),
        )
        return text(
            "{option}: {open} of the {all} rows of a promise are not stated by anyone"
            + (", what it obliges its givers to do among them." if not stated else "."),
            option=book.option_title(names[0]),
            open=book.number(
                "rows not stated", len(open_rows), "counted in the option's file", [whole]
            ),
            all=book.number(
                "rows of a promise", len(rows), "counted in the option's file", [whole]
            ),
        )
    return text(
        "Of {all} options, {stated} say what their givers are obliged to do; for the others nobody "
        "has published it.",
        all=book.count("options on record", titles.values()),
        stated=book.count(
            "options with a stated obligation", [titles[n] for n in stated], titles.values()
        ),
    )


def _in_full(asked: Asked, name: str) -> Section:
    rows = []
    for row in promise(asked.case.options[name]):
        if row.said is None:
            rows.append((text(row.name), UNSTATED, text("–"), text("–")))
            continue
        for number, statement in enumerate(row.said):
            found = trace(asked.book, name, row, number)
            quality = statement.quality.value if statement.quality else statement.kind.value
            rows.append(
                (
                    text(row.name),
                    text("{said}", said=cited(statement.text, found)),
                    text("{date}", date=cited(dated(statement), found)),
                    text("{how}", how=cited(quality, found)),
                )
            )
    return Section(
        id="promise",
        title=text("{option}", option=asked.book.option_title(name)),
        table=Table(
            title="Row by row",
            columns=(
                Column(key="row", title="Row"),
                Column(key="said", title="What is published"),
                Column(key="since", title="Since"),
                Column(key="support", title="Support"),
            ),
            rows=tuple(rows),
        ),
    )


def _side_by_side(asked: Asked, names: list[str]) -> Section:
    rows = []
    wanted = ("Obligation", "Trigger", "Posture of the force", "Legal basis", "End")
    for name in names:
        by_name = {row.name: row for row in promise(asked.case.options[name])}
        breaches = [row for title, row in by_name.items() if title.startswith("If broken")]
        answered = [said(asked.book, name, row) for row in breaches if row.said]
        rows.append(
            (
                text("{option}", option=asked.book.option_title(name)),
                *(said(asked.book, name, by_name[title]) for title in wanted),
                join(answered, " ") if answered else UNSTATED,
            )
        )
    return Section(
        id="promises",
        title=text("Every option"),
        table=Table(
            title="What each option promises",
            columns=(
                Column(key="option", title="Option"),
                *(Column(key=title.split()[0].lower(), title=title) for title in wanted),
                Column(key="breach", title="If broken"),
            ),
            rows=tuple(rows),
        ),
    )


def _not_stated(asked: Asked, names: list[str]) -> tuple[Text, ...]:
    """Return what is not stated, option by option; four silent rows on breach are said once."""
    found = []
    for name in names:
        silent = [row for row in promise(asked.case.options[name]) if row.said is None]
        breaches = [row.name for row in silent if "breach" in row.steps]
        words = [row.name.lower() for row in silent if "breach" not in row.steps]
        words += ["who answers any breach"] if len(breaches) == len(Breach) else breaches
        if words:
            option = asked.book.option_title(name)
            found.append(text("{option}: " + ", ".join(words) + ".", option=option))
    return tuple(found)


QUESTION = Question(
    "guarantee", "What each option promises, and what nobody has stated", answer, (OPTION,)
)
