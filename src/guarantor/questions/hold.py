"""Does the ceasefire last: by theory of what a force does, and what must be true for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.overlay import Overlay, apply
from guarantor.evidence.catalogue import find
from guarantor.problems import Misuse
from guarantor.quantity import Choice, Kind
from guarantor.questions.balances import deal_of, deal_title
from guarantor.questions.futures import (
    OF_FUTURES,
    Shown,
    WhatHappens,
    assumption_trace,
    outcomes,
)
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.guarantee import ordered
from guarantor.questions.hold_conditions import of_all, of_one
from guarantor.questions.leaving import YEAR, terms_words
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import OPTION, Asked, Draft, Question
from guarantor.questions.tracing import Book, cited
from guarantor.simulate.assumptions import check_assumptions
from guarantor.simulate.estimates import of_twenty

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.case import Case
    from guarantor.questions.futures import Terms
    from guarantor.simulate.outcome import Outcome

FUTURES_HERE = 2048
"""Two blocks: every option is run, and two blocks still show the error."""

NONE, PEACEKEEPING = "none", "peacekeeping"
THEORIES = {
    NONE: "if a force makes no difference",
    PEACEKEEPING: "if a force works as peacekeepers did",
}
"""The theories of the assumption `effect-theory`, in words."""

LEVEL_RATE = (
    "A level rate of failure: published rates fall with the years of peace, and the endings "
    "counted had other wars, other parties and mostly no force"
)
OTHER_WARS = (
    "The effect of a force was measured on killings of civilians in civil wars, with peacekeepers "
    "of the United Nations up to 8 000; a ceasefire between states lies outside that evidence"
)
OUTSIDE = {NONE: (LEVEL_RATE,), PEACEKEEPING: (LEVEL_RATE, OTHER_WARS)}
YEARS_SHOWN = (1, 2, 5, 10)


class Run(NamedTuple):
    """One option run under one theory; trace is the record that marks what rests on it."""

    outcome: Outcome
    trace: str
    run: str
    """The record of the run itself, which is within what models say of themselves."""


def answer(asked: Asked) -> Draft:
    """Return in how many futures the ceasefire holds, and what must be true, by theory."""
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    if (months := asked.get("months") or YEAR) < YEAR:
        raise Misuse.one(
            "whether a ceasefire holds is told by year, and the run is shorter than one",
            found=f"{months} months",
            allowed=f"{YEAR} months or more",
            remedy="Ask for a longer run with --months.",
        )
    held = [name for name in names if deal_of(asked, name).ceasefire]
    if not held:
        return _no_ceasefire(asked, names)
    first = {word: _runs(asked, held[:1], word)[held[0]] for word in THEORIES}
    # without an effect the option changes nothing, so that one run serves them all
    runs = {NONE: {held[0]: first[NONE]}, PEACEKEEPING: _runs(asked, held, PEACEKEEPING)}
    section = _by_year(asked, held[0], first) if len(names) == 1 else _by_option(asked, names, runs)
    conditions = (
        of_one(asked, first[PEACEKEEPING].outcome, _shown(asked, held[0], first[PEACEKEEPING]))
        if len(names) == 1
        else of_all(asked, names)
    )
    return Draft(
        title=_title(asked),
        headline=_headline(asked, names, runs),
        sections=(section, conditions, _evidence(asked)),
        not_known=(
            text("What the other side would do: no opponent is predicted here."),
            text("No outcome of fighting is modelled; a failed ceasefire is told by breach."),
            text(
                "Whether a ceasefire guaranteed by forces from outside is more like the wars "
                "counted than unlike them: no test between states was found."
            ),
        ),
    )


def _terms(asked: Asked, option: str) -> Terms:
    terms = terms_of(asked, option)
    return terms if asked.get("futures") else terms._replace(futures=FUTURES_HERE)


def _runs(asked: Asked, options: list[str], theory: str) -> dict[str, Run]:
    """Return the options run with one theory true in every future."""
    case, book = _under(asked.case, theory), asked.book
    wanted = {name: (_terms(asked, name), WhatHappens()) for name in options}
    found = outcomes(case, list(wanted.values()))
    taken = book.asked(
        "theory of what a force does",
        f"{THEORIES[theory]}: taken to be true in every future",
        by_reader=False,
    )
    runs = {}
    for name, one in wanted.items():
        shown = Shown(book, found[one], one[0])
        trace = book.derived(
            f"months in which the ceasefire fails, {THEORIES[theory]}",
            "the chance that it still holds is cut each month by a level rate, times the effect "
            "of the usable people on the host's soil",
            [shown.run, taken],
            model="failure_probability",
            outside=OUTSIDE[theory],
        )
        runs[name] = Run(found[one], trace, shown.run)
    return runs


def _under(case: Case, theory: str) -> Case:
    """Return the case with one theory of the effect of a force, and no other.

    Raises Problems when the case lacks what futures need.
    """
    check_assumptions(case)
    assumption = case.assumptions["effect-theory"]
    sure = assumption.model_copy(update={"quantity": Choice({theory: 1.0})})
    return apply(case, Overlay(case.view, {("assumptions", "effect-theory"): sure}))


def _shown(asked: Asked, option: str, run: Run) -> Shown:
    return Shown(asked.book, run.outcome, _terms(asked, option))


def _held(book: Book, run: Run, year: int) -> Figure:
    """Return in how many of twenty futures the ceasefire holds to the end of a year."""
    months = run.outcome.table.structure.months
    failed = float(run.outcome.failed[min(year * YEAR, months) - 1]) / run.outcome.futures
    bare = Figure(
        value=of_twenty(1.0 - failed), unit="of twenty futures", kind=Kind.DERIVED, trace=""
    )
    return book.made(
        f"the ceasefire holds to the end of year {year}",
        f"counted: {100 * (1 - failed):.4g} % of {run.outcome.futures} futures of these ranges; a "
        "share, not a likelihood",
        [run.trace],
        bare,
    )


def _year(book: Book, year: int, run: Run) -> Figure:
    return book.number("year of the deal", year, "counted from 1", [run.run], "years")


def _title(asked: Asked) -> Text:
    book = asked.book
    return text("Does the ceasefire last, as of {day}: {title}", day=book.day(), title=book.title())


def _no_ceasefire(asked: Asked, names: list[str]) -> Draft:
    deals = {deal_of(asked, name).id: deal_of(asked, name) for name in names}
    return Draft(
        title=_title(asked),
        headline=join(
            [
                text(
                    "There is no ceasefire that could hold under the deal {deal}.",
                    deal=deal_title(asked.book, deal),
                )
                for deal in deals.values()
            ],
            " ",
        )
        if deals
        else text("No option is on record, so that nothing can be asked of a ceasefire."),
        sections=(),
        not_known=(text("Whether the fighting would end at all: nobody can say."),),
    )


def _headline(asked: Asked, names: list[str], runs: Mapping[str, Mapping[str, Run]]) -> Text:
    book = asked.book
    (none,) = runs[NONE].values()
    last = none.outcome.table.structure.months // YEAR
    with_force = [_held(book, run, last) for run in runs[PEACEKEEPING].values()]
    low = min(with_force, key=lambda figure: figure.value or 0.0)
    high = max(with_force, key=lambda figure: figure.value or 0.0)
    first = text(
        "The ceasefire holds to the end of year {year} in {none} of twenty futures if a force "
        "makes no difference to it.",
        year=_year(book, last, none),
        none=_held(book, none, last),
    )
    if len(names) == 1 or low.value == high.value:
        second = text(
            "If a force works as peacekeepers did in civil wars, it is {high}; that evidence is of "
            "other wars and ranks nothing.",
            high=high,
        )
    else:
        second = text(
            "If a force works as peacekeepers did in civil wars, it is {low} to {high} by option; "
            "that evidence is of other wars and ranks none of them.",
            low=low,
            high=high,
        )
    return join([first, second], " ")


def _by_year(asked: Asked, option: str, first: Mapping[str, Run]) -> Section:
    """Return one option year by year under both theories, and the picture."""
    book = asked.book
    months = first[NONE].outcome.table.structure.months
    rows, keys = [], []
    for year in range(1, months // YEAR + 1):
        cells = [text("{n}", n=_year(book, year, first[NONE]))]
        cells += [text("{n}", n=_held(book, first[word], year)) for word in THEORIES]
        rows.append(tuple(cells))
        keys.append(f"year-{year}")
    titles = ("To the end of year", "No difference", "As peacekeepers")
    traces = [slot.trace for row in rows for cell in row for slot in cell.slots.values()]
    return Section(
        id="holds",
        title=text("In how many of twenty futures the ceasefire still holds"),
        paragraphs=(terms_words(asked, _terms(asked, option)), _two_theories(asked)),
        table=plain_table("By year and theory", titles, rows, keys, set(titles)),
        chart=Chart(
            description=(
                "Two falling lines over the years: of twenty futures, those in which the "
                "ceasefire still holds. Grey: if a force makes no difference. Blue: if it works "
                "as peacekeepers did in civil wars."
            ),
            spec=_lines(),
            trace=book.derived(
                "chart of the ceasefire holding", "drawn from the table beside it", traces
            ),
        ),
    )


def _lines() -> dict[str, object]:
    x = {"field": "to_the_end_of_year", "type": "quantitative", "title": "Year of the deal"}
    y = {
        "type": "quantitative",
        "title": "Of twenty futures",
        "scale": {"domain": [0, 20]},
    }
    layers: list[dict[str, object]] = []
    for column, colour, words, shift in (
        ("no_difference", "#6b7079", "no difference", 12),
        ("as_peacekeepers", "#0b3d63", "as peacekeepers", -7),
    ):
        encoding = {"x": x, "y": {**y, "field": column}}
        layers += [
            {
                "mark": {"type": "line", "color": colour, "point": {"color": colour}},
                "encoding": encoding,
            },
            {
                "transform": [
                    {"window": [{"op": "row_number", "as": "row"}]},
                    {"joinaggregate": [{"op": "max", "field": "row", "as": "last"}]},
                    {"filter": "datum.row == datum.last"},
                ],
                "mark": {
                    "type": "text",
                    "align": "right",
                    "dy": shift,
                    "color": colour,
                    "text": words,
                },
                "encoding": encoding,
            },
        ]
    return {"height": 170, "layer": layers}


def _two_theories(asked: Asked) -> Text:
    trace = assumption_trace(asked.book, "effect-theory")
    return text(
        "Two rival theories stand side by side and are not pooled: {theories}. Each of these "
        "figures rests on models used outside their evidence.",
        theories=cited(
            "a force makes failure rarer, as peacekeepers did in civil wars, or it makes no "
            "difference to a great power",
            trace,
        ),
    )


def _by_option(asked: Asked, names: list[str], runs: Mapping[str, Mapping[str, Run]]) -> Section:
    """Return all options in the order of the case, which is no ranking."""
    book = asked.book
    (none,) = runs[NONE].values()
    months = none.outcome.table.structure.months
    years = [year for year in YEARS_SHOWN if year * YEAR <= months]
    rows = [
        (
            text("any option"),
            text(THEORIES[NONE]),
            *(text("{n}", n=_held(book, none, year)) for year in years),
        )
    ]
    for name in names:
        run = runs[PEACEKEEPING].get(name)
        rows.append(
            (
                text("{option}", option=book.option_title(name)),
                text(THEORIES[PEACEKEEPING]) if run else text("no ceasefire under this deal"),
                *(text("{n}", n=_held(book, run, year)) if run else text("–") for year in years),
            )
        )
    words = {1: "First year", 2: "Two years", 5: "Five years", 10: "Ten years"}
    titles = ("Option", "Theory", *(words[year] for year in years))
    return Section(
        id="holds",
        title=text("In how many of twenty futures the ceasefire still holds"),
        paragraphs=(
            _two_theories(asked),
            text("Options stand in the order of the case; these figures cannot rank them."),
        ),
        table=plain_table("By option", titles, rows, ["no-difference", *names], set(titles[2:])),
    )


def _evidence(asked: Asked) -> Section:
    """Return what the figures rest on, in the words of the assumptions and of the models."""
    book = asked.book
    rows = []
    for name in ("fails-a-year", "force-effect"):
        assumption = asked.case.assumptions[name]
        trace = assumption_trace(book, name)
        rows.append(
            (
                text("{title}", title=cited(assumption.title, trace)),
                text("{range}", range=cited(assumption.quantity.text(), trace)),
                text("{note}", note=cited(assumption.note or assumption.text, trace)),
                text("{wrong}", wrong=cited(assumption.if_wrong, trace)),
            )
        )
    effect = assumption_trace(book, "force-effect")
    valid = find("negbin_rate_ratio").variants[0].validity
    return Section(
        id="evidence",
        title=text("What the figures rest on"),
        paragraphs=(
            text(
                "What the equation is valid for: {valid}",
                valid=cited(
                    valid,
                    book.derived(
                        "validity of the effect of troops",
                        "as its card says",
                        [effect],
                        valid,
                        model="negbin_rate_ratio",
                    ),
                ),
            ),
        ),
        table=plain_table(
            "Assumptions",
            ("Assumption", "Range", "Where it comes from", "If it is wrong"),
            rows,
            ["fails-a-year", "force-effect"],
            set(),
        ),
    )


QUESTION = Question(
    "hold",
    "Does the ceasefire last, by theory of what a force does, and what must be true",
    answer,
    (OPTION, *OF_FUTURES),
)
