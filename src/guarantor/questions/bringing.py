"""Trace records of what nations bring to an option, kept once for an answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.words import ContributionKind
from guarantor.quantity import Kind, Unit
from guarantor.questions.balances import (
    balances,
    contribution_trace,
    deal_of,
    deal_title,
    entry,
    need_trace,
    spanned,
)
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.money import STAYING
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.case.case import Key
    from guarantor.case.supply import Contribution
    from guarantor.quantity import Prices
    from guarantor.questions.question import Asked
    from guarantor.supply.balance import LineBalance
    from guarantor.supply.money import Charge
    from guarantor.supply.needs import Need
    from guarantor.supply.shares import Brought

MILLION = 1_000_000
USUAL_MONTHS = 60
DASH = text("–")


@dataclass
class Records:
    """The trace records behind the contributions of one answer, each made when first needed."""

    asked: Asked
    made: dict[tuple[object, ...], str] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        """Return the book of the answer."""
        return self.asked.book

    def _once(self, key: tuple[object, ...], make: Callable[[], str]) -> str:
        if key not in self.made:
            self.made[key] = make()
        return self.made[key]

    def kept(self, key: Key, label: str, says: str) -> str:
        """Return the record of an entry of the case."""
        return self._once((label, *key), lambda: self.book.entry(key, label, says))

    def actor(self, actor: str) -> str:
        """Return the record of a nation or group."""
        table = "nations" if actor in self.asked.case.nations else "groups"
        says = self.asked.case.name_of(actor)
        if table == "groups":
            says += f": {self.asked.case.groups[actor].meaning}"
        return self.kept((table, actor), "nation or group", says)

    def named(self, actor: str) -> Text:
        """Return the name of a nation or group."""
        return text("{n}", n=cited(self.asked.case.name_of(actor), self.actor(actor)))

    def months(self, months: int, *, by_reader: bool) -> str:
        """Return the record of how long the force stays."""
        return self._once(
            ("months", months),
            lambda: self.book.asked(
                "length of the commitment", f"{months} months", by_reader=by_reader
            ),
        )

    def contribution(self, contribution: Contribution) -> str:
        """Return the record of a contribution."""
        return self._once(
            ("contribution", contribution.id), lambda: contribution_trace(self.book, contribution)
        )

    def need(self, need: Need) -> str:
        """Return the record of a line."""
        return self._once(("need", need.option, need.number), lambda: need_trace(self.book, need))

    def parameter(self, capability: str, name: str) -> tuple[str, ...]:
        """Return the record of one number about a kind of unit; none when it has no such number."""
        parameter = getattr(self.asked.case.capabilities[capability], name)
        if parameter is None:
            return ()

        def make() -> str:
            where = self.asked.case.where("capabilities", capability, name)
            says = " ".join(filter(None, (parameter.quantity.words(), parameter.note)))
            return self.book.keep(
                label=f"{capability}: {spoken(name)}",
                kind=Kind.REPORTED if parameter.sources else Kind.JUDGED,
                says=says,
                citations=self.book.citations(parameter.sources),
                judged_by="" if parameter.sources else self.book.authors,
                quality=parameter.quality.value if parameter.quality else "",
                where=f"{where.file}:{where.line}",
            )

        return (self._once(("parameter", capability, name), make),)

    def item(self, item: Brought, *, in_people: bool = False) -> tuple[str, ...]:
        """Return the records behind what a line uses of a contribution."""
        contribution = item.contribution
        found = [self.contribution(contribution), self.need(item.need)]
        if item.taken.capacity is not None:
            found += [
                self._once(("entry", *key), lambda key=key: entry(self.book, key))  # type: ignore[misc]
                for key in item.taken.capacity.rests_on
            ]
        units = self.asked.case.capabilities[contribution.capability].unit
        if in_people and units != Unit.PEOPLE_DEPLOYED:
            for name in ("people", "support"):
                found += self.parameter(contribution.capability, name)
        return tuple(found)

    def charge(self, charge: Charge, months: str) -> tuple[str, ...]:
        """Return the records behind a charge."""
        if charge.item is None:
            return (self.contribution(charge.contribution),)
        stays = charge.contribution.kind in STAYING
        cost = "running_cost" if stays else "buying_cost"
        priced = self.parameter(charge.contribution.capability, cost)
        return (*self.item(charge.item), *priced, months)

    def money(
        self, label: str, span: Span, prices: Prices, method: str, inputs: Iterable[str]
    ) -> Figure:
        """Return a sum in millions."""
        millions = Span(span.low / MILLION, span.best / MILLION, span.high / MILLION)
        unit = f"million {prices.currency} at {prices.year} prices"
        return spanned(self.book, label, millions, method, inputs, unit)


def priced(figure: Figure, prices: Prices) -> Text:
    """Return a sum in millions with its currency and price year."""
    year = cited(str(prices.year), figure.trace)
    return text(f"{prices.currency} {{n}} million at {{year}} prices", n=figure, year=year)


def order_of(prices: Prices) -> tuple[str, str]:
    """Return where prices stand in a list: by currency, then by year."""
    return prices.currency.value, str(prices.year)


def lines_of(asked: Asked, names: Iterable[str]) -> dict[str, list[LineBalance]]:
    """Return the lines of each option with what comes to them."""
    return {name: balances(asked, name) for name in names}


def is_given(contribution: Contribution) -> bool:
    """Return whether it is equipment given for good."""
    return contribution.kind is ContributionKind.TRANSFER


def deals_told(records: Records, names: Iterable[str]) -> list[Text]:
    """Return under which deal each option is counted, a sentence for each deal."""
    book = records.book
    by_deal: dict[str, list[Text]] = {}
    for name in names:
        deal = deal_of(records.asked, name)
        title = text("{option}", option=book.option_title(name))
        by_deal.setdefault(deal.id, []).append(title)
    return [
        join(
            [
                text(
                    "Counted under the deal {deal}: ",
                    deal=deal_title(book, records.asked.case.deals[deal]),
                ),
                join(titles),
                text("."),
            ],
            "",
        )
        for deal, titles in by_deal.items()
    ]
