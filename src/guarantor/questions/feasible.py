"""Whether an option is suitable, feasible, acceptable, distinct and complete, and why not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.questions import readings
from guarantor.questions.balances import asks_for_nothing, deal_of, deal_title, need_trace
from guarantor.questions.guarantee import ordered
from guarantor.questions.halving import halving
from guarantor.questions.line_verdicts import table
from guarantor.questions.question import (
    DEAL,
    EVERY_DEAL,
    OPTION,
    WHY,
    Asked,
    Draft,
    Question,
)
from guarantor.questions.screening import (
    Check,
    acceptability,
    axes,
    completeness,
    distinctness,
    feasibility,
    suitability,
)
from guarantor.supply.feasibility import LineVerdict, Means, Verdict, lines

if TYPE_CHECKING:
    from guarantor.case.records import Deal

FAILED = (Verdict.CANNOT, Verdict.WILL_NOT)


def answer(asked: Asked) -> Draft:
    """Return the tests of one option with its lines and nations, or of all options."""
    book = asked.book
    everything = ordered(asked)
    names = [asked.get("option")] if asked.get("option") else everything
    means = Means(asked.case)
    deals = {name: deal_of(asked, name) for name in everything}
    found = {name: list(lines(asked.case, name, deals[name], means)) for name in everything}
    checks = {name: _checks(asked, name, found, deals[name]) for name in names}
    shown = {name: deals[name] for name in names}
    parts = [_screening(asked, checks, shown)]
    parts += [_by_deal(asked, names, means)] if asked.get("every-deal") else []
    parts += _of_one(asked, names[0], found[names[0]]) if len(names) == 1 else []
    parts += _failing(asked, [v for name in names for v in found[name]]) if len(names) > 1 else []
    parts += _why(asked) if asked.get("why") else []
    parts.append(halving(asked, shown))
    return Draft(
        title=text(
            "What holds and what fails, as of {day}: {title}", day=book.day(), title=book.title()
        ),
        headline=_headline(asked, names, found, checks),
        sections=tuple(parts),
        not_known=tuple(
            text("What {option} takes: no line is on record.", option=book.option_title(name))
            for name in names
            if not found[name]
        ),
    )


def _why(asked: Asked) -> list[Section]:
    """Return the conflict behind each open line of the option that was asked for."""
    from guarantor.questions.why_not import why_sections  # the solver is slow to load

    if asked.get("option"):
        return why_sections(asked, asked.get("option"))
    return [
        Section(
            id="why",
            title=text("Why not"),
            paragraphs=(text("The conflict behind each line is told for one option at a time."),),
        )
    ]


def _checks(
    asked: Asked, name: str, found: dict[str, list[LineVerdict]], deal: Deal
) -> list[Check]:
    book = asked.book
    stand = {other: axes(asked.case.options[other], listed) for other, listed in found.items()}
    return [
        suitability(book, name),
        feasibility(book, found[name]),
        acceptability(book, found[name], deal),
        distinctness(book, name, stand),
        completeness(book, name),
    ]


def _count(asked: Asked, listed: list[LineVerdict], verdict: Verdict | None = None) -> Figure:
    whole = [
        asked.case.where("options", v.line.need.option, "lines", v.line.need.number) for v in listed
    ]
    number = sum(verdict is None or v.verdict is verdict for v in listed)
    places = ", ".join(dict.fromkeys(place.file for place in whole))
    inputs = [
        asked.book.option_title(name).trace
        for name in dict.fromkeys(v.line.need.option for v in listed)
    ] or [asked.book.day().trace]
    label = f"lines: {verdict.value}" if verdict else "lines"
    return asked.book.number(
        label, number, f"counted over the lines of {places or 'no file'}", inputs
    )


def _short(asked: Asked, listed: list[LineVerdict]) -> Figure:
    short = [v.line for v in listed if v.verdict is Verdict.OPEN and v.line.gap and v.line.gap.best]
    traces = {id(v.line): need_trace(asked.book, v.line.need) for v in listed}
    return asked.book.count(
        "undecided lines that stay short at best values",
        [traces[id(line)] for line in short],
        traces.values(),
    )


def _headline(
    asked: Asked,
    names: list[str],
    found: dict[str, list[LineVerdict]],
    checks: dict[str, list[Check]],
) -> Text:
    every = [line for name in names for line in found[name]]
    listed = [line for line in every if not asks_for_nothing(line.line.need)]
    idle = [need_trace(asked.book, v.line.need) for v in every if asks_for_nothing(v.line.need)]
    numbers = {
        "all": _count(asked, listed),
        "cannot": _count(asked, listed, Verdict.CANNOT),
        "wont": _count(asked, listed, Verdict.WILL_NOT),
        "open": _count(asked, listed, Verdict.OPEN),
        "short": _short(asked, listed),
        "idle": asked.book.count(
            "lines that ask for nothing", idle, [need_trace(asked.book, v.line.need) for v in every]
        ),
    }
    tail = (
        "of {all} lines that ask for something, {cannot} cannot be filled by all nations together, "
        "{wont} will not be because nations refuse or the deal rules it out, and {open} cannot be "
        "decided from public data; {short} of these stay short at best values. Lines that ask for "
        "nothing: {idle}."
    )
    if len(names) == 1:
        passed = [c.test.lower() for c in checks[names[0]] if c.verdict is Verdict.PASSES]
        words = f"passes on {' and '.join(passed)}" if passed else "passes no test outright"
        return text(
            f"{{option}} {words}: {tail}", option=asked.book.option_title(names[0]), **numbers
        )
    if not names:
        return text("No option was on record on {day}.", day=asked.book.day())
    return text(tail[0].upper() + tail[1:], **numbers)


def _screening(asked: Asked, checks: dict[str, list[Check]], deals: dict[str, Deal]) -> Section:
    book = asked.book
    rows: list[tuple[Text, ...]] = []
    keys = []
    for name, listed in checks.items():
        for check in listed:
            rows.append(
                (
                    text("{option}", option=book.option_title(name)),
                    text(check.test),
                    _said(check),
                    check.why,
                )
            )
            keys.append(f"{name}/{check.test.lower()}")
    used = {deal.id: deal for deal in deals.values()}
    named = [text("{deal}", deal=deal_title(book, deal)) for deal in used.values()]
    return Section(
        id="screening",
        title=text("Five tests before any comparison"),
        paragraphs=(
            join([text("Under the deal:"), join(named)], " "),
            text(
                "Cannot: all nations together do not own the units. Will not: the units exist, and "
                "who owns them refuses, or the deal rules them out. Not decidable: it turns on a "
                "figure that no public source gives; the lines name it, with the value at which "
                "the answer flips."
            ),
        ),
        table=Table(
            title="Tests",
            columns=tuple(
                Column(key=t.lower(), title=t) for t in ("Option", "Test", "Verdict", "Why")
            ),
            rows=tuple(rows),
            keys=tuple(keys),
        )
        if rows
        else None,
    )


def _said(check: Check) -> Text:
    """Return the verdict of a test, with what stands against it all the same."""
    return text(check.verdict.value + (f", but {check.note}" if check.note else ""))


def _by_deal(asked: Asked, names: list[str], means: Means) -> Section:
    """Return whether each option is feasible under each deal; deals are never pooled."""
    book, deals = asked.book, asked.case.deals
    rows = [
        (
            text("{option}", option=book.option_title(name)),
            *(
                _said(feasibility(book, list(lines(asked.case, name, deal, means))))
                for deal in deals.values()
            ),
        )
        for name in names
    ]
    return Section(
        id="by-deal",
        title=text("Feasible under each deal"),
        paragraphs=(
            text("Each deal stands by itself; whether lines can be filled hangs on its terms."),
        ),
        table=Table(
            title="Feasible under each deal",
            columns=(
                Column(key="option", title="Option"),
                *(
                    Column(key=deal.id, title=text("{deal}", deal=deal_title(book, deal)))
                    for deal in deals.values()
                ),
            ),
            rows=tuple(rows),
            keys=tuple(names),
        )
        if rows
        else None,
    )


def _of_one(asked: Asked, name: str, found: list[LineVerdict]) -> list[Section]:
    if not found:
        return []
    parts = [
        Section(
            id="lines",
            title=text("Line by line: {option}", option=asked.book.option_title(name)),
            paragraphs=(
                text(
                    "Possible: what is said, and what an analyst judges nations could bring. "
                    "Nations own: what all of them could keep out. Would allow: the same without "
                    "those that refuse. Best value first, its ends in brackets."
                ),
            ),
            table=table(asked.book, found, "Lines"),
        )
    ]
    nations = readings.section(asked.book, found)
    return [*parts, *([nations] if nations else [])]


def _failing(asked: Asked, found: list[LineVerdict]) -> list[Section]:
    """Return the lines of all options that fail, and how many hang on what is not public."""
    failing = [line for line in found if line.verdict in FAILED]
    words = "These lines fail." if failing else "No line fails outright."
    words += " The rest are filled or not decidable; ask for one option to see what decides each."
    return [
        Section(
            id="lines",
            title=text("Lines that fail"),
            paragraphs=(text(words),),
            table=table(asked.book, failing, "Lines that fail") if failing else None,
        )
    ]


QUESTION = Question(
    "feasible",
    "Whether an option is suitable, feasible, acceptable, distinct and complete, and why not",
    answer,
    (OPTION, DEAL, WHY, EVERY_DEAL),
)
