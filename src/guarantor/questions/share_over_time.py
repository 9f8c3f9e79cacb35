"""Shares over time: how often Europe's part of people and of money is at least half."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import text
from guarantor.questions.bringing import DASH, Records, order_of
from guarantor.questions.over_time import runs, sheet, terms_told
from guarantor.questions.tracing import cited
from guarantor.simulate.consequences import payers, prices
from guarantor.supply.shares import Party, party

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.questions.futures import Shown
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

HALF = 0.5


def sections(
    asked: Asked, names: Sequence[str], europe: Mapping[str, AbstractSet[str]]
) -> Iterator[Section]:
    """Yield Europe's share in each option over the futures, by each definition of Europe."""
    records = Records(asked)
    for name, found, shown in runs(asked, names):
        rows: list[tuple[str, list[Text]]] = []
        for what, words, by_actor in _wholes(found, shown):
            for group, members in europe.items():
                parts = europes(asked, by_actor, members)
                rows.append(
                    (
                        f"{what}-{group}",
                        [words, records.named(group), *_cells(shown, f"{what}, {group}", *parts)],
                    )
                )
        yield sheet(
            f"futures-{name}",
            text("Europe's share over the futures: {option}", option=asked.book.option_title(name)),
            (
                terms_told(asked, name, shown),
                text(
                    "People: those present, added up over the months. Money: for the units that "
                    "come. Where nothing comes at all there is no share, and it is not half. The "
                    "share is the median, with the ends of nine in ten, where something comes."
                ),
            ),
            (
                ("of", "Of what", False),
                ("europe", "Europe as", False),
                ("share", "Europe's share, %", True),
                ("half", "At least half in", True),
                ("nothing", "Nothing comes in", True),
            ),
            rows,
        )


def _wholes(found: Outcome, shown: Shown) -> Iterator[tuple[str, Text, dict[str, Numbers]]]:
    """Yield what is shared out, with its amount by actor."""
    nations, pay = found.table.nations, payers(found.table)
    yield "people", text("people"), dict(zip(nations, found.person_months, strict=True))
    sorts = sorted(enumerate(prices(found.table)), key=lambda each: order_of(each[1]))
    for at, sort in sorts:
        mark = f"{sort.currency.value.lower()}-{sort.year}"
        word = cited(str(sort), shown.run)
        provided = dict(zip(nations, found.provided[at], strict=True))
        paid = dict(zip(pay, found.paid[at], strict=True))
        yield f"provided-{mark}", text("money by provider, {p}", p=word), provided
        yield f"paid-{mark}", text("money by payer, {p}", p=word), paid


def europes(
    asked: Asked, by_actor: Mapping[str, Numbers], members: AbstractSet[str]
) -> tuple[Numbers, Numbers]:
    """Return Europe's part and the whole, by future."""
    whole = _total(by_actor.values())
    held = [
        amount
        for actor, amount in by_actor.items()
        if party(asked.case, actor, members) is Party.EUROPE
    ]
    return (_total(held) if held else np.zeros_like(whole)), whole


def _total(amounts: Iterable[Numbers]) -> Numbers:
    found: Numbers = np.sum(list(amounts), axis=0)
    return found


def _cells(shown: Shown, label: str, part: Numbers, whole: Numbers) -> list[Text]:
    comes = whole > 0
    if not comes.any():
        return [DASH, DASH, text("all futures")]
    share = part[comes] / whole[comes]
    figure = shown.middle(f"Europe's share of {label}", 100 * share, "per cent")
    half = (part >= HALF * whole) & comes
    return [
        text("{n}", n=figure),
        text(
            "{s}",
            s=shown.in_twenty(f"Europe has at least half of {label}", half.astype(np.float64)),
        ),
        text("{s}", s=shown.in_twenty(f"nothing comes of {label}", (~comes).astype(np.float64))),
    ]
