"""Cost over time: money by year, by provider and by payer, over the futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import text
from guarantor.questions.bringing import MILLION, Records, order_of
from guarantor.questions.over_time import runs, sheet, terms_told, year_word
from guarantor.questions.tracing import cited
from guarantor.simulate.consequences import payers, prices
from guarantor.supply.shares import Role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.quantity import Prices
    from guarantor.questions.futures import Shown
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

TOLD = text(
    "In millions, mean over the futures with the ends of nine in ten. Units that come cost as in "
    "the sums above; money that was promised is no unit and is not in these sums. Rows of "
    "different currency or price year do not add; ends never do. A sum without ends comes in one "
    "of twenty futures at most."
)


def sections(asked: Asked, names: Sequence[str]) -> Iterator[Section]:
    """Yield the money of each option by year, and for one option by provider and payer."""
    records = Records(asked)
    for name, found, shown in runs(asked, names):
        sorts = sorted(enumerate(prices(found.table)), key=lambda each: order_of(each[1]))
        option = asked.book.option_title(name)
        if not sorts:
            yield sheet(
                f"money-by-year-{name}",
                text("Money by year over the futures: {option}", option=option),
                (text("No unit that might come has a cost on record."),),
                (),
                [],
            )
            continue
        by_year = [
            (str(year), text("{y}", y=year_word(shown, year)), at, sort, found.yearly[at, year - 1])
            for year in range(1, found.yearly.shape[1] + 1)
            for at, sort in sorts
        ]
        by_year += [
            ("all", text("all years"), at, sort, found.yearly[at].sum(axis=0)) for at, sort in sorts
        ]
        yield _money(
            f"money-by-year-{name}",
            text("Money by year over the futures: {option}", option=option),
            (terms_told(asked, name, shown), TOLD),
            "Year",
            shown,
            by_year,
        )
        if len(names) == 1:
            for role, actors, money in (
                (Role.PROVIDER, found.table.nations, found.provided),
                (Role.PAYER, payers(found.table), found.paid),
            ):
                yield _by_actor(records, found, shown, role, actors, money)


def _by_actor(
    records: Records,
    found: Outcome,
    shown: Shown,
    role: Role,
    actors: tuple[str, ...],
    money: Numbers,
) -> Section:
    """Return the money over all months by who provides or who pays, the largest first."""
    sorts = sorted(enumerate(prices(found.table)), key=lambda each: order_of(each[1]))
    rows = []
    for place, actor in enumerate(actors):
        for at, sort in sorts:
            if np.any(money[at, place] > 0):
                name = records.named(actor)
                rows.append((actor, name, at, sort, money[at, place]))
    rows.sort(key=lambda row: (row[2], -float(row[4].mean()), row[0]))
    return _money(
        f"money-by-{role.value}-{found.table.option}",
        text(f"Money by {role.value} over the futures, all years"),
        (TOLD,),
        role.value.capitalize(),
        shown,
        rows,
    )


def _money(
    section: str,
    title: Text,
    told: Sequence[Text],
    first: str,
    shown: Shown,
    rows: Sequence[tuple[str, Text, int, Prices, Numbers]],
) -> Section:
    listed = []
    for key, name, _, sort, values in rows:
        label = f"{section}: {key}, {sort}"
        unit = f"million {sort.currency} at {sort.year} prices"
        figure = shown.mean(label, values / MILLION, unit)
        word = cited(str(sort), figure.trace)
        mark = f"{sort.currency.value.lower()}-{sort.year}"
        listed.append((f"{key}-{mark}", [name, text("{p}", p=word), text("{n}", n=figure)]))
    return sheet(
        section,
        title,
        told,
        (
            ("of", first, False),
            ("prices", "Currency and price year", False),
            ("money", "Million", True),
        ),
        listed,
    )
