"""It happens in month m: who must act by when, under which text, through which parliament."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Cited, Text, join, text
from guarantor.case.record import NOT_STATED
from guarantor.case.words import Breach, Topic
from guarantor.quantity import Kind
from guarantor.questions.futures import COUNT, FUTURES, SEED
from guarantor.questions.guarantee import UNSTATED, ordered
from guarantor.questions.in_breach import RULES, in_place
from guarantor.questions.question import DEAL, MONTH, OPTION, TOUR, Asked, Draft, Question
from guarantor.questions.record_of_positions import contributions
from guarantor.questions.sustain import USUAL_TOUR
from guarantor.questions.tracing import Book, cited, spoken

if TYPE_CHECKING:
    from guarantor.case.statements import Response

USUAL_MONTH = 7


def answer(asked: Asked) -> Draft:
    """Return who must answer each kind of breach, for one option or for all."""
    book = asked.book
    month = asked.get("month") or USUAL_MONTH
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    when = cited(
        str(month),
        book.asked(
            "month of the breach", f"month {month} of the deal", by_reader=bool(asked.get("month"))
        ),
    )
    return Draft(
        title=text(
            "The deal is broken in month {month}: who must act, as of {day}: {title}",
            month=when,
            day=book.day(),
            title=book.title(),
        ),
        headline=_headline(asked, names),
        sections=(
            _responses(asked, names, when),
            _postures(asked, names),
            _parliaments(asked),
            *in_place(asked, names, month, when),
        ),
        not_known=(
            text(
                "The date of month {month}: the deal has not begun, and nobody has said when it "
                "would.",
                month=when,
            ),
            text("No outcome of fighting is modelled; this says who is bound to do what by when."),
        ),
    )


def _headline(asked: Asked, names: list[str]) -> Text:
    book = asked.book
    struck = {
        name: asked.case.options[name].guarantee.breach[Breach.STRIKE_ON_FORCE] for name in names
    }
    answered = [name for name, responses in struck.items() if responses]
    titles = {name: book.option_title(name) for name in names}
    if len(names) == 1:
        name = names[0]
        responses = struck[name]
        if not responses:
            return text(
                "If the force is struck under {option}, no published text says "
                "who must act, by when or with what.",
                option=titles[name],
            )
        return text(
            "If the force is struck under {option}: {first}",
            option=titles[name],
            first=cited(
                responses[0].text, _trace(book, name, Breach.STRIKE_ON_FORCE, 0, responses[0])
            ),
        )
    traces = [title.trace for title in titles.values()]
    if not answered:
        return text(
            "No published text says who must act if the force is struck: none of the {all} options "
            "names anyone.",
            all=book.count("options on record", traces),
        )
    return text(
        "A published text says who must act if the force is struck under {answered} of {all} "
        "options; under the others nobody is named.",
        answered=book.count(
            "options with a published answer to a strike on the force",
            [titles[name].trace for name in answered],
            traces,
        ),
        all=book.count("options on record", traces),
    )


def _trace(book: Book, option: str, kind: Breach, number: int, response: Response) -> str:
    where = book.case.where("options", option, "guarantee", "breach", kind.value, number)
    label = f"{book.case.options[option].title}: answer to {spoken(kind)}"
    return book.statement(label, response, where)


def _responses(asked: Asked, names: list[str], when: Cited) -> Section:
    book, case = asked.book, asked.case
    rows = []
    for name in names:
        for kind in Breach:
            responses = case.options[name].guarantee.breach[kind]
            head = (text("{option}", option=book.option_title(name)), text(spoken(kind)))
            if not responses:
                rows.append((*head, UNSTATED, UNSTATED, UNSTATED, UNSTATED, text("–")))
                continue
            for number, response in enumerate(responses):
                trace = _trace(book, name, kind, number, response)
                actors = ", ".join(case.name_of(actor) for actor in response.actors)
                within = response.within.words() if response.within else NOT_STATED
                rows.append(
                    (
                        *head,
                        text("{who}", who=cited(actors, trace)),
                        text("{when}", when=cited(within, trace)),
                        text("{what}", what=cited(f"{response.duty}: {response.text}", trace)),
                        text("{under}", under=cited(response.under, trace)),
                        _gates(book, response.actors),
                    )
                )
    titles = ("Option", "Breach", "Who", "Within", "Does what", "Under which text", "Parliament")
    return Section(
        id="responses",
        title=text("Who must act"),
        paragraphs=(_contingent(asked, when),),
        table=Table(
            title="Each option and each kind of breach",
            columns=tuple(Column(key=t.split()[0].lower(), title=t) for t in titles),
            rows=tuple(rows),
        ),
    )


def _contingent(asked: Asked, when: Cited) -> Text:
    """Return which contingent stands there in that month, since a change of contingent is weak."""
    book, tour = asked.book, asked.get("tour") or USUAL_TOUR
    trace = book.asked("length of a tour", f"{tour} months", by_reader=bool(asked.get("tour")))
    before, into = divmod(int(when.text) - 1, tour)
    inputs = [when.trace, trace]
    return text(
        "On tours of {tour} months it is month {into} of contingent {number}.",
        tour=cited(str(tour), trace),
        into=book.number("month of the tour", into + 1, "(month − 1) mod tour + 1", inputs),
        number=book.number("contingent in place", before + 1, "(month − 1) div tour + 1", inputs),
    )


def _gates(book: Book, actors: tuple[str, ...]) -> Text:
    """Return the gates of the nations that act; a body's own members decide each for itself."""
    found = [_gate(book, actor) for actor in actors if actor in book.case.gates]
    if any(actor in book.case.groups for actor in actors):
        found.append(text("each member by its own rule"))
    return join(found) if found else UNSTATED


def _gate(book: Book, nation: str) -> Text:
    return text(
        "{gate}",
        gate=cited(f"{book.case.name_of(nation)}: {_rule(book, nation)}", gate_trace(book, nation)),
    )


def _rule(book: Book, nation: str) -> str:
    return RULES[book.case.gates[nation].rule]


def gate_trace(book: Book, nation: str) -> str:
    """Keep the record of a nation's parliamentary rule and return its id."""
    gate = book.case.gates[nation]
    where = book.case.where("gates", nation)
    judged = gate.kind is Kind.JUDGED
    return book.keep(
        label=f"{book.case.name_of(nation)}: rule of parliament",
        kind=gate.kind,
        says=" ".join(filter(None, (f"{gate.detail.rstrip('.')}.", gate.note))),
        citations=book.citations(gate.sources),
        judged_by=book.authors if judged else "",
        where=f"{where.file}:{where.line}",
    )


def _postures(asked: Asked, names: list[str]) -> Section:
    book = asked.book
    rows = []
    for name in names:
        posture = asked.case.options[name].guarantee.posture
        cells = [
            text(
                "{said}",
                said=cited(
                    statement.text,
                    book.statement(
                        f"{asked.case.options[name].title}: posture",
                        statement,
                        asked.case.where("options", name, "guarantee", "posture", number),
                    ),
                ),
            )
            for number, statement in enumerate(posture or ())
        ]
        rows.append(
            (
                text("{option}", option=book.option_title(name)),
                join(cells, " ") if cells else UNSTATED,
            )
        )
    return Section(
        id="postures",
        title=text("What the force itself may do"),
        table=Table(
            title="Posture, in public words",
            columns=(
                Column(key="option", title="Option"),
                Column(key="posture", title="Posture"),
            ),
            rows=tuple(rows),
        ),
    )


def _parliaments(asked: Asked) -> Section:
    """Return the gates of the nations that have spoken of sending soldiers, and the host's."""
    case, book = asked.case, asked.book
    senders = dict.fromkeys(p.actor for p in contributions(case, Topic.GROUND_TROOPS))
    nations = [n for n in (*senders, case.about.host) if n in case.gates]
    rows = tuple(
        (
            text("{nation}", nation=cited(case.name_of(nation), gate_trace(book, nation))),
            text("{rule}", rule=cited(_rule(book, nation), gate_trace(book, nation))),
            text("{detail}", detail=cited(case.gates[nation].detail, gate_trace(book, nation))),
            text("{kind}", kind=cited(case.gates[nation].kind.value, gate_trace(book, nation))),
        )
        for nation in nations
    )
    titles = ("Nation", "Rule", "Detail", "Support")
    return Section(
        id="parliaments",
        title=text("Parliaments of the nations that have spoken of soldiers, and of the host"),
        paragraphs=() if rows else (text("No nation on record has spoken of sending soldiers."),),
        table=Table(
            title="What must happen before more forces move",
            columns=tuple(Column(key=t.lower(), title=t) for t in titles),
            rows=rows,
        )
        if rows
        else None,
    )


QUESTION = Question(
    "breach",
    "The deal is broken: who must act by when, under which text, through which parliament",
    answer,
    (OPTION, MONTH, TOUR, DEAL, FUTURES, SEED, COUNT),
)
