"""What an option costs by year, provider, payer and kind, where costs fall and under named keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.problems import Problems, nearest
from guarantor.questions import cost_over_time
from guarantor.questions.balances import deal_of
from guarantor.questions.bringing import (
    USUAL_MONTHS,
    Records,
    deals_told,
    is_given,
    lines_of,
    order_of,
    priced,
)
from guarantor.questions.guarantee import ordered
from guarantor.questions.leaks import leaks_told
from guarantor.questions.over_time import SETTINGS, wanted
from guarantor.questions.question import DEAL, MONTHS, OPTION, Asked, Draft, Question, Setting
from guarantor.questions.spread_by_key import by_keys
from guarantor.questions.tracing import cited
from guarantor.supply.money import bill, key_names
from guarantor.supply.shares import Level, Role
from guarantor.supply.span import total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.case.case import Case
    from guarantor.quantity import Prices
    from guarantor.supply.money import Bill, Charge, Unpriced

NOTHING_SAID = text("nothing on record")
ALOUD = 3
"""How many sums a headline can hold and still be read aloud."""


@dataclass(frozen=True)
class Costing:
    """The bills of one option, by how firm the contributions are, and what they rest on."""

    option: str
    bills: dict[Level, Bill]
    records: Records
    months: str

    @property
    def all_prices(self) -> list[Prices]:
        """Return the currencies and price years of the bills, in order."""
        return sorted({p for b in self.bills.values() for p in b.totals}, key=order_of)

    @property
    def open(self) -> tuple[Unpriced, ...]:
        """Return the contributions without a cost on record."""
        return self.bills[Level.POSSIBLE].unpriced

    def cell(self, level: Level, prices: Prices, what: str, of: Callable[[Charge], bool]) -> Text:
        """Return the sum of some charges at one currency and price year."""
        charges = [
            charge for charge in self.bills[level].charges if charge.prices == prices and of(charge)
        ]
        if not charges:
            return NOTHING_SAID
        title = self.records.asked.case.options[self.option].title
        figure = self.records.money(
            f"{title}: {what}, {level.value}, {prices}",
            total(charge.span for charge in charges),
            prices,
            "units × running cost × part of the year present; units given × price; money as said",
            [trace for charge in charges for trace in self.records.charge(charge, self.months)],
        )
        return text("{n}", n=figure)


def answer(asked: Asked) -> Draft:
    """Return the bill of one option in full, or the sums of all options."""
    book, records = asked.book, Records(asked)
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    months = asked.get("months") or USUAL_MONTHS
    term = records.months(months, by_reader=bool(asked.get("months")))
    costings = []
    held = lines_of(asked, names)
    for name, lines in held.items():
        deal = deal_of(asked, name)
        bills = {level: bill(asked.case, name, deal, lines, level, months) for level in Level}
        costings.append(Costing(name, bills, records, term))
    in_full = bool(asked.get("option"))
    return Draft(
        title=text(
            "What it costs over {months} months, as of {day}: {title}",
            months=cited(str(months), term),
            day=book.day(),
            title=book.title(),
        ),
        headline=_headline(asked, costings, months, term),
        sections=(
            _sums(records, costings, [n for ls in held.values() for n in leaks_told(book, ls)]),
            *(section for c in costings if in_full for section in _in_full(c, months)),
            *(
                section
                for c in costings
                if in_full or asked.get("key")
                for section in by_keys(c.records, c.option, c.bills, c.months, asked.get("key"))
            ),
            *(_unpriced(c) for c in costings if c.open),
            *(cost_over_time.sections(asked, names) if wanted(asked) else ()),
        ),
        not_known=_not_known(asked, costings),
    )


def _headline(asked: Asked, costings: list[Costing], months: int, term: str) -> Text:
    book = asked.book
    spoken_months = cited(str(months), term)
    if len(costings) != 1:
        titles = [book.option_title(c.option).trace for c in costings]
        confirmed = [
            book.option_title(c.option).trace for c in costings if c.bills[Level.CONFIRMED].charges
        ]
        open_ = [book.option_title(c.option).trace for c in costings if c.open]
        return text(
            "Money is confirmed for {confirmed} of {all} options; for {open} of them no full bill "
            "over {months} months can be drawn up, because part of what nations might bring has no "
            "cost on record.",
            confirmed=book.count("options with confirmed money", confirmed, titles),
            all=book.count("options on record", titles),
            open=book.count("options with a contribution without a cost", open_, titles),
            months=spoken_months,
        )
    (costing,) = costings
    option = book.option_title(costing.option)
    charges = costing.bills[Level.POSSIBLE].charges
    listed = sorted(
        costing.all_prices, key=lambda p: (-sum(c.prices == p for c in charges), order_of(p))
    )
    if not listed:
        return text(
            "What {option} would cost cannot be said: nobody has offered anything to it that has a "
            "cost on record.",
            option=option,
        )
    start = text(
        "Over {months} months, what nations might bring to {option} would cost ",
        months=spoken_months,
        option=option,
    )
    sums = [_spoken(costing, prices) for prices in listed[:ALOUD]]
    if more := [_spoken(costing, prices) for prices in listed[ALOUD:]]:
        counted = [slot.trace for sum_ in more for slot in sum_.slots.values()]
        sums.append(
            text(
                "{n} more at other prices",
                n=book.count("sums at other currencies or price years", counted),
            )
        )
    firm = bool(costing.bills[Level.CONFIRMED].charges)
    apart = " (sums that do not add)" if len(listed) > 1 else ""
    end = "; part of it is confirmed" if firm else "; none of it is confirmed"
    open_ = [costing.records.contribution(u.contribution) for u in costing.open]
    count = book.count("contributions without a cost on record", open_, [option.trace])
    last = text("; {n} contributions more have no cost on record.", n=count) if open_ else text(".")
    return join([start, _listed(sums), text(apart + end), last], "")


def _listed(parts: list[Text]) -> Text:
    """Return a list as it is said, the last part after `and`."""
    if len(parts) == 1:
        return parts[0]
    return join([join(parts[:-1], ", "), parts[-1]], " and ")


def _spoken(costing: Costing, prices: Prices) -> Text:
    cell = costing.cell(Level.POSSIBLE, prices, "in all", lambda _: True)
    return priced(cell.slots["n"], prices)  # type: ignore[arg-type]


def _table(title: str, named: Iterable[tuple[str, Text, Prices, list[Text]]], first: str) -> Table:
    """Return a table of sums: a name, the prices, and one column for each level."""
    listed = list(named)
    levels = [level.value for level in Level]
    return Table(
        title=title,
        columns=(
            Column(key="of", title=first),
            Column(key="prices", title="Currency and price year"),
            *(Column(key=v, title=f"{v.capitalize()}, million", align="right") for v in levels),
        ),
        rows=tuple((name, _prices(prices, cells), *cells) for _, name, prices, cells in listed),
        keys=tuple(key for key, *_ in listed),
    )


def _prices(prices: Prices, cells: list[Text]) -> Text:
    """Return a currency and price year; the year stands behind one of the sums beside it."""
    trace = next(slot.trace for cell in cells for slot in cell.slots.values())
    return text("{p}", p=cited(str(prices), trace))


def slug(prices: Prices) -> str:
    """Return a currency and price year as part of a key."""
    return f"{prices.currency.value.lower()}-{prices.year}"


def _sums(records: Records, costings: list[Costing], leaks: list[Text]) -> Section:
    book = records.book
    rows = [
        (
            f"{c.option}-{slug(prices)}",
            text("{option}", option=book.option_title(c.option)),
            prices,
            [c.cell(level, prices, "in all", lambda _: True) for level in Level],
        )
        for c in costings
        for prices in c.all_prices
    ]
    return Section(
        id="sums",
        title=text("The whole bill, where costs lie where they fall"),
        paragraphs=(
            text(
                "Confirmed: the national gate is passed. Said: somebody named a number. Possible: "
                "said, and what an analyst judges nations could bring, no more than a line asks. "
                "Each holds the one before it. In millions, best value first, its ends in brackets."
            ),
            text(
                "Units that stay cost their running cost for each month present, pay at home left "
                "out; units given for good cost their price, in the year they arrive; money is as "
                "it was said, once, even where it was said to recur. Rows of different currency or "
                "price year do not add: no rate of exchange and no deflator is on record."
            ),
            *leaks,
            *deals_told(records, [c.option for c in costings]),
        ),
        table=_table("The whole bill", rows, "Option") if rows else None,
    )


def _in_full(costing: Costing, months: int) -> Iterable[Section]:
    """Return the bill of one option by year, by provider, by payer and by kind."""
    records = costing.records
    if not costing.all_prices:
        return
    charges = [c for b in costing.bills.values() for c in b.charges]
    years: list[int | None] = [*range(1, -(-months // 12) + 1), None]
    named_years = [(year, _year(costing, year)) for year in years]
    yield _section(costing, "year", "By year of the deal", "Year", named_years, lambda c: c.year)
    for role in Role:
        weights: dict[str, float] = {}
        for charge in charges:
            weights[charge.actor(role)] = weights.get(charge.actor(role), 0) + charge.span.best
        actors = [(a, records.named(a)) for a in sorted(weights, key=lambda a: (-weights[a], a))]
        yield _section(
            costing,
            role.value,
            f"By {role.value}",
            role.value.capitalize(),
            actors,
            lambda c, role=role: c.actor(role),  # type: ignore[misc]
        )
    kinds = [
        (kind, text(kind.value)) for kind in dict.fromkeys(c.contribution.kind for c in charges)
    ]
    yield _section(costing, "kind", "By kind", "Kind", kinds, lambda c: c.contribution.kind)


def _year(costing: Costing, year: int | None) -> Text:
    if year is None:
        return text("in no year: as said")
    return text("{year}", year=cited(f"year {year}", costing.months))


def _section(
    costing: Costing,
    name: str,
    title: str,
    first: str,
    named: Iterable[tuple[object, Text]],
    of: Callable[[Charge], object],
) -> Section:
    rows = []
    for key, shown in named:
        for prices in costing.all_prices:
            cells = [
                costing.cell(level, prices, f"{name} {key}", lambda c, key=key: of(c) == key)  # type: ignore[misc]
                for level in Level
            ]
            if any(cell.slots for cell in cells):
                rows.append((f"{key}-{slug(prices)}", shown, prices, cells))
    return Section(id=f"by-{name}", title=text(title), table=_table(title, rows, first))


def _unpriced(costing: Costing) -> Section:
    records = costing.records
    found = costing.open
    case = records.asked.case
    rows = tuple(
        (
            records.named(u.contribution.provider),
            text(u.contribution.kind.value),
            text(
                "{kind}",
                kind=cited(
                    case.capabilities[u.contribution.capability].title,
                    records.contribution(u.contribution),
                ),
            ),
            text(u.why),
        )
        for u in found
    )
    option = records.book.option_title(costing.option)
    return Section(
        id=f"unpriced-{costing.option}",
        title=text("No cost on record: {option}", option=option),
        paragraphs=(text("These cost something. What they cost is not in the sums above."),),
        table=Table(
            title="Contributions without a cost on record",
            columns=(
                Column(key="provider", title="Provider"),
                Column(key="kind", title="Kind"),
                Column(key="what", title="What"),
                Column(key="why", title="Why"),
            ),
            rows=rows,
            keys=tuple(u.contribution.id for u in found),
        ),
    )


def _not_known(asked: Asked, costings: list[Costing]) -> tuple[Text, ...]:
    book = asked.book
    found = [
        text(
            "What {option} would cost: no contribution to it has a cost on record.",
            option=book.option_title(c.option),
        )
        for c in costings
        if not c.all_prices
    ]
    charges = [c for costing in costings for b in costing.bills.values() for c in b.charges]
    if any(is_given(charge.contribution) for charge in charges):
        host = cited(
            asked.case.name_of(asked.case.about.host),
            book.entry(("nations", asked.case.about.host), "host", "the nation protected"),
        )
        found.append(
            text(
                "What {host} pays to crew and run what it is given: not on record, not in any sum.",
                host=host,
            )
        )
    found += [
        text("What nations pay at home for those who stand ready behind the ones deployed."),
        text("What the part of an option would cost that nobody brings: it is in no sum."),
    ]
    return tuple(found)


def _key(given: str, case: Case) -> str:
    names = key_names(case)
    if given in names:
        return given
    raise Problems.one(
        f"not a cost key of this case, seen as of {case.view.as_of.isoformat()}",
        found=given or "nothing",
        allowed=", ".join(names),
        remedy=nearest(given, names),
    )


KEY = Setting("key", "one named cost key instead of all", _key, "gdp-europe-canada")

QUESTION = Question(
    "cost",
    "What an option costs by year, provider, payer and kind, and under named cost keys",
    answer,
    (OPTION, DEAL, MONTHS, KEY, *SETTINGS),
)
