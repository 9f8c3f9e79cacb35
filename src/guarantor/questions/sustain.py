"""How many people it takes to keep a number in place: deployed, pool and throughput."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, text
from guarantor.case.words import Quality
from guarantor.problems import Misuse
from guarantor.quantity import Kind
from guarantor.questions import sustain_over_time
from guarantor.questions.guarantee import UNSTATED, ordered
from guarantor.questions.over_time import SETTINGS, wanted
from guarantor.questions.question import (
    AVAILABLE,
    DEPLOYED,
    MONTHS,
    OPTION,
    TOUR,
    Asked,
    Draft,
    Question,
)
from guarantor.questions.tracing import Book, ModelCall, cited, figure

if TYPE_CHECKING:
    from guarantor.answer.text import Cited
    from guarantor.quantity import Amount, Money

USUAL_MONTHS = 60
USUAL_TOUR = 6
ROTATIONS = {"three": 3, "four": 4, "five": 5}
"""Units held for each one deployed: the rule of thirds, and the two slower rules in use."""


class Terms(NamedTuple):
    """How the force is kept up, and the traces of what was assumed."""

    months: int
    tour: int
    available: float
    traces: tuple[str, ...]


class Force(NamedTuple):
    """A number of people present at one time and where it comes from."""

    key: str
    name: Text
    amount: Amount | Money
    trace: str
    shown: Text


def strength(book: Book, name: str) -> tuple[Amount | Money, str] | None:
    """Return the option's own size and the id of its record; None when nobody has stated it.

    It is the first in the option's file of those that are sizes of the whole force.
    """
    for number, statement in enumerate(book.case.options[name].strength or ()):
        if statement.whole:
            where = book.case.where("options", name, "strength", number)
            label = f"{book.case.options[name].title}: strength"
            return statement.quantity, book.statement(label, statement, where)
    return None


def size(book: Book, name: str) -> Text:
    """Return the option's own size as a cell, marked where its source is not verified."""
    found = strength(book, name)
    if found is None:
        return UNSTATED
    amount, trace = found
    doubt = book.traces[trace].quality == Quality.UNVERIFIED
    template = "{n}, unverified" if doubt else "{n}"
    return text(template, n=figure(amount, trace))


def answer(asked: Asked) -> Draft:
    """Return what the number deployed needs behind it, per option or for a number given."""
    terms = _terms(asked)
    forces, unstated = _forces(asked)
    return Draft(
        title=text(
            "What it takes to keep the force in place, as of {day}: {title}",
            day=asked.book.day(),
            title=asked.book.title(),
        ),
        headline=_headline(asked, forces, terms),
        sections=(_panel(asked, forces, unstated, terms), *_over_time(asked)),
        not_known=(
            text(
                "Which tour and which rotation each nation would use: nobody has published it, so "
                "the table shows three rules."
            ),
            *(
                text("How many people {option} would deploy.", option=asked.book.option_title(name))
                for name in unstated
            ),
        ),
    )


def _over_time(asked: Asked) -> tuple[Section, ...]:
    """Return what futures say of the options, where the reader asks for it and not for a number."""
    if not wanted(asked) or asked.get("deployed") is not None:
        return ()
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    return tuple(sustain_over_time.sections(asked, names))


def _terms(asked: Asked) -> Terms:
    book = asked.book
    months = asked.get("months") or USUAL_MONTHS
    tour = asked.get("tour") or USUAL_TOUR
    available = asked.get("available") or 1.0
    return Terms(
        months,
        tour,
        available,
        (
            book.asked(
                "length of the commitment", f"{months} months", by_reader=bool(asked.get("months"))
            ),
            book.asked("length of a tour", f"{tour} months", by_reader=bool(asked.get("tour"))),
            book.asked(
                "share of the pool that can really go",
                f"{available * 100:g} %",
                by_reader=bool(asked.get("available")),
            ),
        ),
    )


def _forces(asked: Asked) -> tuple[list[Force], list[str]]:
    book = asked.book
    if (given := asked.get("deployed")) is not None:
        if asked.get("option"):
            raise Misuse.one(
                "a number and an option were both given",
                found="--deployed and --option",
                allowed="one of the two",
            )
        trace = book.asked("people deployed", given.words())
        shown = text("{n}", n=figure(given, trace))
        return [Force("asked", text("The number asked about"), given, trace, shown)], []
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    forces, unstated = [], []
    for name in names:
        found = strength(book, name)
        if found is None:
            unstated.append(name)
        else:
            title = text("{option}", option=book.option_title(name))
            forces.append(Force(name, title, *found, size(book, name)))
    return forces, unstated


def throughput(book: Book, force: Force, terms: Terms) -> Figure:
    """Return the person-tours over the whole commitment."""
    return book.modelled(
        f"{force.name.plain()}: people who pass through, counted once a tour",
        ModelCall(
            "person_tours",
            "person_tours",
            "person-tours",
            {"months": terms.months, "tour_months": terms.tour},
        ),
        {"deployed": figure(force.amount, force.trace)},
        terms.traces[:2],
    )


def pool(book: Book, force: Force, terms: Terms, one_in: int) -> Figure:
    """Return the people needed in the pool when one in so many is deployed."""
    home = (one_in - 1) * terms.tour
    rule = book.keep(
        label=f"one in {one_in}",
        kind=Kind.JUDGED,
        says=f"A tour of {terms.tour} months is followed by {home} months at home, so that one in "
        f"{one_in} is deployed. The rules on record run from one in three, the American guidance "
        "for active units, to one in five, the British one; which a nation would use is a "
        "judgement.",
        judged_by="guarantor, which shows the three side by side",
    )
    return book.modelled(
        f"{force.name.plain()}: pool at one in {one_in}",
        ModelCall(
            "pool_needed",
            "pool",
            "pool people",
            {
                "tour_months": terms.tour,
                "dwell_months": home,
                "available_share": terms.available,
            },
        ),
        {"deployed": figure(force.amount, force.trace)},
        (*terms.traces[1:], rule),
    )


def _headline(asked: Asked, forces: list[Force], terms: Terms) -> Text:
    book = asked.book
    if not forces:
        return text(
            "How many people it takes cannot be said: no source on record gives the number "
            "deployed."
        )
    shown = asked.case.about.on_one_page
    force = next((f for f in forces if f.key in shown), forces[0])
    months, tour, _ = _spoken_terms(terms)
    return text(
        "To keep {deployed} people in place for {months} months on {tour}-month tours takes "
        "{tours} person-tours, and a pool of {three}, {four} or {five} people at one in three, "
        "four or five.",
        deployed=figure(force.amount, force.trace),
        months=months,
        tour=tour,
        tours=throughput(book, force, terms),
        **{name: pool(book, force, terms, one_in) for name, one_in in ROTATIONS.items()},
    )


def _spoken_terms(terms: Terms) -> tuple[Cited, Cited, Cited]:
    words = (str(terms.months), str(terms.tour), f"{terms.available * 100:g} %")
    months, tour, available = (
        cited(word, trace) for word, trace in zip(words, terms.traces, strict=True)
    )
    return months, tour, available


def _panel(asked: Asked, forces: list[Force], unstated: list[str], terms: Terms) -> Section:
    book = asked.book
    months, tour, available = _spoken_terms(terms)
    rows = [
        (
            force.name,
            force.shown,
            text("{n}", n=throughput(book, force, terms)),
            *(text("{n}", n=pool(book, force, terms, one_in)) for one_in in ROTATIONS.values()),
        )
        for force in forces
    ]
    blank = (UNSTATED, *(text("cannot be said"),) * 4)
    rows += [(text("{option}", option=book.option_title(name)), *blank) for name in unstated]
    return Section(
        id="three-numbers",
        title=text("Three numbers that are not the same"),
        paragraphs=(
            text(
                "Deployed: present at one time. Throughput: person-tours over {months} months on "
                "tours of {tour} months. Pool: people needed at home and away to keep it up, "
                "{available} of whom can really go. Adding two of them is an error.",
                months=months,
                tour=tour,
                available=available,
            ),
        ),
        table=Table(
            title="Deployed, throughput and pool",
            columns=(
                Column(key="force", title="Force"),
                Column(key="deployed", title="Deployed", align="right"),
                Column(key="throughput", title="Throughput, person-tours", align="right"),
                *(
                    Column(key=f"pool_{name}", title=f"Pool, one in {name}", align="right")
                    for name in ROTATIONS
                ),
            ),
            rows=tuple(rows),
            keys=(*(force.key for force in forces), *unstated),
        ),
    )


QUESTION = Question(
    "sustain",
    "How many people it takes to keep a number in place: deployed, pool and throughput",
    answer,
    (OPTION, DEPLOYED, MONTHS, TOUR, AVAILABLE, *SETTINGS),
)
