"""Which lines of an option stay unfilled, from when, by how firm the offers are, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, text
from guarantor.questions import gaps_over_time
from guarantor.questions.balances import (
    asks_for_nothing,
    balances,
    deal_of,
    deal_title,
    filled,
    gap_figure,
    need_figure,
    need_trace,
    reasons,
)
from guarantor.questions.futures import OF_FUTURES
from guarantor.questions.guarantee import ordered
from guarantor.questions.leaks import leaks_told
from guarantor.questions.over_time import wanted
from guarantor.questions.question import OPTION, Asked, Draft, Question
from guarantor.questions.tracing import cited, spoken

if TYPE_CHECKING:
    from guarantor.supply.balance import LineBalance


def answer(asked: Asked) -> Draft:
    """Return the lines of one option, or of all, with what fills them and what does not."""
    book = asked.book
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    found = {name: balances(asked, name) for name in names}
    silent = [name for name in names if not found[name]]
    return Draft(
        title=text(
            "What fills the lines and what does not, as of {day}: {title}",
            day=book.day(),
            title=book.title(),
        ),
        headline=_headline(asked, found),
        sections=(
            *(_section(asked, name, lines) for name, lines in found.items() if lines),
            *(gaps_over_time.sections(asked, names) if wanted(asked, "months", "count") else ()),
        ),
        not_known=tuple(
            text("What {option} takes: no line is on record.", option=book.option_title(name))
            for name in silent
        ),
    )


def _headline(asked: Asked, found: dict[str, list[LineBalance]]) -> Text:
    book = asked.book
    lines = [line for listed in found.values() for line in listed]
    idle = [line for line in lines if asks_for_nothing(line.need)]
    numbered = [line for line in lines if line.need.span is not None and line not in idle]
    firm = [line for line in numbered if line.need.span and line.firm.best >= line.need.span.best]
    able = [
        line for line in numbered if line.need.span and line.possible.best >= line.need.span.best
    ]
    whole = [need_trace(book, line.need) for line in lines]
    return text(
        "Of {all} lines that ask for a number, {firm} are filled by what is confirmed and {able} "
        "could be filled if everything came that nations might bring; {none} more have no number. "
        "Lines that ask for nothing: {idle}.",
        all=book.count(
            "lines that ask for a number", [need_trace(book, n.need) for n in numbered], whole
        ),
        idle=book.count(
            "lines that ask for nothing", [need_trace(book, n.need) for n in idle], whole
        ),
        firm=book.count("lines filled firmly", [need_trace(book, n.need) for n in firm], whole),
        able=book.count(
            "lines that could be filled", [need_trace(book, n.need) for n in able], whole
        ),
        none=book.count(
            "lines without a number",
            [need_trace(book, n.need) for n in lines if n.need.span is None],
            whole,
        ),
    )


def _section(asked: Asked, name: str, lines: list[LineBalance]) -> Section:
    book = asked.book
    rows = []
    for line in lines:
        need = line.need
        kind = asked.case.capabilities[need.line.capability]
        trace = need_trace(book, need)
        rows.append(
            (
                text("{line}", line=cited(kind.title, trace)),
                text(f"{spoken(need.line.phase)}, {spoken(need.line.band)}"),
                text(spoken(need.line.basis)),
                text("{n}", n=need_figure(book, need)),
                text("{n}", n=filled(book, line, "firm")),
                text("{n}", n=filled(book, line, "said")),
                text("{n}", n=filled(book, line, "possible")),
                text("{n}", n=gap_figure(book, line)),
                reasons(book, line),
            )
        )
    titles = ("Line", "Phase", "Basis", "Needed", "Confirmed", "Said", "Possible", "Gap", "Why")
    numbers = {"Needed", "Confirmed", "Said", "Possible", "Gap"}
    return Section(
        id=f"gaps-{name}",
        title=text("{option}", option=book.option_title(name)),
        paragraphs=(
            text("Under the deal: {deal}.", deal=deal_title(book, deal_of(asked, name))),
            text(
                "Confirmed: the national gate is passed. Said: somebody named a number. Possible: "
                "said, and what an analyst judges nations could bring, each within what it can "
                "keep out. Best value first, its ends in brackets."
            ),
            *leaks_told(book, lines),
        ),
        table=Table(
            title="Lines",
            columns=tuple(
                Column(key=t.lower(), title=t, align="right" if t in numbers else "left")
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(line.need.line.id for line in lines),
        ),
    )


QUESTION = Question(
    "gaps",
    "Which lines stay unfilled, by how firm the offers are, and why",
    answer,
    (OPTION, *OF_FUTURES),
)
