"""A bill spread over nations: where costs lie as they fall, and under each named cost key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.questions.bringing import DASH, order_of
from guarantor.questions.tracing import cited
from guarantor.supply.money import key_names, nations_of, spreading
from guarantor.supply.shares import Level, Role
from guarantor.supply.span import total

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guarantor.answer.text import Cited, Figure
    from guarantor.quantity import Prices
    from guarantor.questions.bringing import Records
    from guarantor.supply.money import Bill, Charge, Spreading

LEVELS = (Level.SAID, Level.POSSIBLE)


def by_keys(
    records: Records, option: str, bills: Mapping[Level, Bill], months: str, wanted: str | None
) -> Iterator[Section]:
    """Return the bill of an option under each key that covers it, or under the one wanted."""
    for level in LEVELS:
        if bills[level].charges:
            yield _section(records, option, level, bills[level], months, wanted)


def _section(
    records: Records, option: str, level: Level, bill: Bill, months: str, wanted: str | None
) -> Section:
    case, book = records.asked.case, records.book
    payers = dict.fromkeys(charge.actor(Role.PAYER) for charge in bill.charges)
    nations = nations_of(case, payers)
    spread = [
        spreading(case, name, set(nations))
        for name in key_names(case)
        if wanted is None or name == wanted
    ]
    # a reader who names a key gets it, however few of the nations it holds
    shown = [s for s in spread if s.covers or (wanted and s.parts)]
    title = case.options[option].title
    rows, keys = [], []
    for prices, whole in sorted(bill.totals.items(), key=lambda entry: order_of(entry[0])):
        charges = [charge for charge in bill.charges if charge.prices == prices]
        inputs = [trace for charge in charges for trace in records.charge(charge, months)]
        sum_ = records.money(
            f"{title}: in all, {level.value}, {prices}", whole, prices, "sum of the bill", inputs
        )
        for actor in dict.fromkeys((*payers, *nations)):
            mine = [charge for charge in charges if charge.actor(Role.PAYER) == actor]
            cells = [_as_it_lies(records, title, actor, mine, months)]
            for each in shown:
                if actor not in each.parts:
                    cells.append(DASH)
                    continue
                figure = records.money(
                    f"{title}: {actor} under {each.key}, {level.value}, {prices}",
                    each.of(whole, actor),
                    prices,
                    "sum × the nation's share in the key ÷ the shares of the nations of the bill "
                    "that the key holds",
                    [sum_.trace, _key_record(records, each, actor)],
                )
                cells.append(text("{n}", n=figure))
            if any(cell.slots for cell in cells):
                rows.append((records.named(actor), _prices(prices, sum_), *cells))
                keys.append(f"{actor}-{prices.currency.value.lower()}-{prices.year}")
    return Section(
        id=f"keys-{level.value}-{option}",
        title=text(f"Who would pay, {level.value}: {{option}}", option=book.option_title(option)),
        paragraphs=(
            text(
                "In millions. A key spreads the bill over those nations of the bill that it holds, "
                "as if they were all; a group that pays stands for its members."
            ),
            *(_covers(records, each, len(nations), shown=each in shown) for each in spread),
        ),
        table=Table(
            title="Where costs lie, and under each key",
            columns=(
                Column(key="nation", title="Payer"),
                Column(key="prices", title="Currency and price year"),
                Column(key="as-they-fall", title="As costs fall", align="right"),
                *(
                    Column(key=each.key, title=_key_title(records, each), align="right")
                    for each in shown
                ),
            ),
            rows=tuple(rows),
            keys=tuple(keys),
        ),
    )


def _prices(prices: Prices, figure: Figure) -> Text:
    return text("{p}", p=cited(str(prices), figure.trace))


def _as_it_lies(
    records: Records, title: str, actor: str, charges: list[Charge], months: str
) -> Text:
    if not charges:
        return DASH
    prices = charges[0].prices
    figure = records.money(
        f"{title}: paid by {actor}, {prices}",
        total(charge.span for charge in charges),
        prices,
        "sum of what the payer on record would pay",
        [trace for charge in charges for trace in records.charge(charge, months)],
    )
    return text("{n}", n=figure)


def _key_record(records: Records, each: Spreading, nation: str) -> str:
    name = each.records[nation]
    share = records.asked.case.keys[name]
    says = f"{each.key}: {records.asked.case.name_of(nation)} {share.quantity.words()}, "
    return records.kept(("keys", name), f"cost key {each.key}", f"{says}{share.as_of.text()}")


def _key_title(records: Records, each: Spreading) -> Text:
    nation = next(iter(each.parts))
    return text("{key}", key=cited(each.key, _key_record(records, each, nation)))


def _covers(records: Records, each: Spreading, nations: int, *, shown: bool) -> Text:
    """Return how many nations of the bill a key holds, and which it lacks."""
    book = records.book
    held = [_key_record(records, each, nation) for nation in each.parts]
    lacking = [records.actor(nation) for nation in each.lacking]
    years = sorted({records.asked.case.keys[name].as_of.text() for name in each.records.values()})
    slots: dict[str, Figure | Cited] = {
        "key": cited(each.key, held[0] if held else book.day().trace),
        "held": book.count(f"nations of the bill in {each.key}", held, lacking),
        "all": book.number(
            "nations of the bill", nations, "counted", [*held, *lacking] or [book.day().trace]
        ),
    }
    start = text("{key} holds {held} of {all} nations of the bill", **slots)
    rest = []
    if not shown:
        rest.append(text("it is not laid over the bill, because it holds fewer than half"))
    elif each.lacking:
        names = join([records.named(nation) for nation in each.lacking], ", ")
        rest.append(join([text("it lacks"), names], " "))
    if shown and len(years) > 1:
        span = cited(f"{years[0]} to {years[-1]}", held[0])
        rest.append(text("its shares are of several years, {years}", years=span))
    return join([join([start, *rest]), text(".")], "")
