"""What the questions about today say of later years, when a reader asks for futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, text
from guarantor.questions.balances import deal_of, deal_title
from guarantor.questions.futures import AS_IT_COMES, FUTURES, SEED, Shown, outcomes, terms
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guarantor.answer.text import Cited
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome

MONTHS_IN_A_YEAR = 12
SETTINGS = (FUTURES, SEED)
"""A question about today that gets one of these adds what futures say.

Unasked it does not: a run takes seconds, and briefs and pages ask these questions often.
"""


def wanted(asked: Asked, *also: str) -> bool:
    """Return whether the reader set anything that calls for futures."""
    return any(asked.get(name) is not None for name in (*(s.name for s in SETTINGS), *also))


def runs(asked: Asked, names: Sequence[str]) -> Iterator[tuple[str, Outcome, Shown]]:
    """Yield each option with its run under the reader's terms and a maker of figures.

    A length beyond what the case looks ahead is cut to that.
    """
    last = asked.case.about.horizon.months
    each = {name: terms(asked, name) for name in names}
    each = {name: one._replace(months=min(one.months, last)) for name, one in each.items()}
    found = outcomes(asked.case, [(one, AS_IT_COMES) for one in each.values()])
    for name, one in each.items():
        run = found[(one, AS_IT_COMES)]
        yield name, run, Shown(asked.book, run, one)


def years_of(months: int) -> list[slice]:
    """Return the months of each year that a run begins; the last may be short."""
    return [
        slice(start, min(start + MONTHS_IN_A_YEAR, months))
        for start in range(0, months, MONTHS_IN_A_YEAR)
    ]


def year_word(shown: Shown, year: int) -> Cited:
    """Return the name of a year of the deal, counted from 1."""
    return cited(f"year {year}", shown.run)


def terms_told(asked: Asked, name: str, shown: Shown) -> Text:
    """Return under which deal and over how many futures and months an option was run."""
    found = shown.found
    return text(
        "{option}, under the deal {deal}: {futures} futures of {months} months. A share of them "
        "says how the answer hangs on the ranges put in; it is no likelihood.",
        option=asked.book.option_title(name),
        deal=deal_title(asked.book, deal_of(asked, name)),
        futures=asked.book.number(
            "futures run", found.futures, "counted", [shown.run], unit="futures"
        ),
        months=cited(str(found.table.structure.months), shown.run),
    )


def sheet(
    section: str,
    title: Text,
    paragraphs: Sequence[Text],
    heads: Sequence[tuple[str, Text | str, bool]],
    rows: Sequence[tuple[str, Sequence[Text]]],
) -> Section:
    """Return a section with a table; heads are key, title and whether it holds numbers."""
    return Section(
        id=section,
        title=title,
        paragraphs=tuple(paragraphs),
        table=Table(
            title=title,
            columns=tuple(
                Column(key=key, title=head, align="right" if number else "left")
                for key, head, number in heads
            ),
            rows=tuple(tuple(cells) for _, cells in rows),
            keys=tuple(key for key, _ in rows),
        )
        if rows
        else None,
    )


def year_heads(shown: Shown, years: int) -> list[tuple[str, Text, bool]]:
    """Return a column for each year."""
    return [
        (f"y{year}", text("{y}", y=year_word(shown, year)), True) for year in range(1, years + 1)
    ]


def known(value: float) -> bool:
    """Return whether there is a number: a line that nothing asks for in a year has none."""
    return bool(np.isfinite(value))
