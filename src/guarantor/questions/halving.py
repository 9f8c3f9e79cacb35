"""Which judged figures decide an answer and which do not: each is halved alone."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, text
from guarantor.quantity import Kind
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.judged import Effect, JudgedFigure, effects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.records import Deal
    from guarantor.questions.question import Asked

TITLE = "Judged figures that decide nothing here"


def halving(asked: Asked, deals: Mapping[str, Deal]) -> Section:
    """Return the judged figures of the case by what halving each alone changes in the lines."""
    book = asked.book
    by: dict[tuple[str, str], dict[Effect, list[JudgedFigure]]] = defaultdict(
        lambda: {effect: [] for effect in Effect}
    )
    for figure, effect in effects(asked.case, deals).items():
        by[_group(asked, figure)][effect].append(figure)
    rows, keys = [], []
    for (table, group), found in by.items():
        name = f"{spoken(table)}: {group}" if group else spoken(table)
        kept = {effect: _keep(book, name, effect, found[effect]) for effect in Effect}
        whole = [trace for trace in kept.values() if trace]
        rows.append(
            (
                text("{name}", name=cited(name, whole[0])),
                *(_number(book, name, e, found[e], whole) for e in Effect),
                _names(found[Effect.NOTHING], kept[Effect.NOTHING]),
            )
        )
        keys.append(f"{table}/{group}" if group else table)
    titles = ("Judged figures", "Change a verdict", "Change a figure", "Change nothing", "Which")
    numbers = set(titles[1:4])
    return Section(
        id="judged",
        title=text(TITLE),
        paragraphs=(
            text(
                "Each judged number of the case is halved, alone. Those under the last heading "
                "change neither a verdict nor a figure of the lines and sizes tested here; they "
                "may still count in costs and shares."
            ),
        ),
        table=Table(
            title=TITLE,
            columns=tuple(
                Column(
                    key=t.lower().replace(" ", "_"),
                    title=t,
                    align="right" if t in numbers else "left",
                )
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(keys),
        )
        if rows
        else None,
    )


def _group(asked: Asked, figure: JudgedFigure) -> tuple[str, str]:
    """Return the table of a figure, and the kind of unit it is about where there is one."""
    table, key = figure.key
    if table == "pools":
        return table, asked.case.pools[key].capability
    if table == "contributions":
        return table, asked.case.contributions[key].capability
    if table in {"capabilities", "options"}:
        return table, key
    return table, ""


def said(figure: JudgedFigure) -> str:
    """Return a judged figure by name and number."""
    return f"{figure.name}: {figure.amount.words()}"


def _keep(book: Book, group: str, effect: Effect, figures: list[JudgedFigure]) -> str:
    if not figures:
        return ""
    return book.keep(
        label=f"judged figures, {group}: halved, each changes {effect.value}",
        kind=Kind.JUDGED,
        says="; ".join(map(said, figures)),
        judged_by=book.authors,
    )


def _number(
    book: Book, group: str, effect: Effect, figures: list[JudgedFigure], whole: list[str]
) -> Text:
    found = book.number(
        f"{group}: judged figures that change {effect.value}",
        len(figures),
        "each halved alone, and the lines and sizes worked out again",
        whole,
    )
    return text("{n}", n=found)


def _names(figures: list[JudgedFigure], trace: str) -> Text:
    if not figures:
        return text("–")
    return text("{names}", names=cited("; ".join(figure.name for figure in figures), trace))
