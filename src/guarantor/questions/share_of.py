"""The wholes of which shares are told: people, units, enablers, money and risk, by firmness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.answer.text import Cited, Figure, Text, text
from guarantor.quantity import Kind
from guarantor.questions.balances import DIGITS, spanned
from guarantor.questions.bringing import DASH, order_of
from guarantor.questions.tracing import cited
from guarantor.supply.money import bill
from guarantor.supply.shares import (
    Level,
    Party,
    at_risk,
    average,
    brought,
    party,
    people,
    shares,
    uncounted,
    unit_lines,
)
from guarantor.supply.span import total

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from guarantor.case.records import Deal
    from guarantor.questions.bringing import Records
    from guarantor.supply.balance import LineBalance
    from guarantor.supply.money import Bill
    from guarantor.supply.shares import Brought, Part, Role, Share

SUBJECTS = ("people", "units", "enablers", "money", "risk")
OF_PEOPLE = frozenset({"people", "risk"})
OF_A_SUM = "the party's part ÷ the whole"
OF_LINES = "the party's part of each line ÷ all that comes to the line, averaged over the lines"


@dataclass(frozen=True)
class Whole:
    """Something of which parties have shares: its parts line by line, and how they are shown.

    A sum is one line. uncounted: capabilities that are missing from it, because nobody has said
    how many people one takes.
    """

    option: str
    level: Level
    subject: str
    key: str
    name: str
    lines: tuple[tuple[Part, ...], ...]
    trace: str
    shown: Text
    size: Text
    uncounted: tuple[str, ...] = ()

    @property
    def parts(self) -> list[Part]:
        """Return the parts of all lines."""
        return [part for line in self.lines for part in line]

    @property
    def method(self) -> str:
        """Return how a share of it is made."""
        return OF_LINES if self.subject in {"units", "enablers"} else OF_A_SUM

    @property
    def nothing(self) -> Text:
        """Return why there is no share of it, when it is nothing."""
        who = "nobody" if self.subject in OF_PEOPLE else "nothing"
        why = {
            Level.CONFIRMED: f"{who} is confirmed",
            Level.SAID: "nobody has said a number",
            Level.POSSIBLE: "nothing is on record",
        }
        return text(f"no share of nothing: {why[self.level]}")

    def shares(self, of: Callable[[Part], Party]) -> dict[Party, Share] | None:
        """Return the share of each party; None of nothing."""
        return average(shares(line, of) for line in self.lines)


@dataclass
class Sharing:
    """The wholes of the options asked about, and the definitions of Europe they are split by."""

    records: Records
    wholes: Mapping[str, list[Whole]]
    europe: Mapping[str, frozenset[str]]

    def of(self, whole: Whole, role: Role, group: str) -> dict[Party, Share] | None:
        """Return the share of each party in a whole; None of nothing."""
        case, members = self.records.asked.case, self.europe[group]
        return whole.shares(lambda part: party(case, part.actor(role), members))

    def figure(self, whole: Whole, role: Role, group: str, whose: Party) -> Figure | None:
        """Return one party's share as a Figure; None of nothing."""
        found = self.of(whole, role, group)
        if found is None:
            return None
        share, case = found[whose], self.records.asked.case
        exact = share.low == share.high and share.best is not None
        own = [
            self.records.contribution(part.contribution)
            for part in whole.parts
            if party(case, part.actor(role), self.europe[group]) is whose
        ]
        return self.records.book.made(
            f"{case.options[whole.option].title}: {whole.name}, {whole.level.value}, share of "
            f"{whose.value} by {role.value}, Europe being {case.groups[group].title}",
            whole.method,
            [self.records.actor(group), whole.trace, *own],
            Figure(
                value=share.best,
                low=None if exact else share.low,
                high=None if exact else share.high,
                unit="percent",
                digits=DIGITS,
                kind=Kind.DERIVED,
                trace="",
            ),
        )

    def named(self, group: str) -> Cited:
        """Return the title of a definition of Europe."""
        return cited(self.records.asked.case.groups[group].title, self.records.actor(group))


def wholes(
    records: Records,
    option: str,
    deal: Deal,
    lines: Sequence[LineBalance],
    months: int,
    term: str,
) -> list[Whole]:
    """Return the wholes of an option, subject by subject, the firmest first."""
    case = records.asked.case
    items = {level: brought(lines, level) for level in Level}
    bills = {level: bill(case, option, deal, lines, level, months) for level in Level}
    searched = [records.need(line.need) for line in lines]
    searched = searched or [records.book.option_title(option).trace]
    found: list[Whole] = []
    for level in Level:
        held = items[level]
        missing = tuple(dict.fromkeys(i.contribution.capability for i in uncounted(case, held)))
        for subject, parts in (("people", people(case, held)), ("risk", at_risk(case, held))):
            found.append(_sum(records, option, level, subject, parts, held, searched, missing))
        for subject in ("units", "enablers"):
            by_line = unit_lines(case, held, enablers=subject == "enablers")
            found.append(_of_lines(records, option, level, subject, by_line, held, searched))
        found += _money(records, option, level, bills, searched, term)
    return sorted(found, key=lambda whole: (SUBJECTS.index(whole.subject), whole.key))


def _label(records: Records, option: str, name: str, level: Level) -> str:
    return f"{records.asked.case.options[option].title}: {name}, {level.value}"


def _behind(
    records: Records, parts: Sequence[Part], items: Sequence[Brought], *, in_people: bool
) -> list[str]:
    """Return the records behind the contributions that are among the parts."""
    held = {part.contribution.id for part in parts}
    return [
        trace
        for item in items
        if item.contribution.id in held
        for trace in records.item(item, in_people=in_people)
    ]


def _sum(
    records: Records,
    option: str,
    level: Level,
    subject: str,
    parts: list[Part],
    items: Sequence[Brought],
    searched: list[str],
    missing: tuple[str, ...],
) -> Whole:
    name = "people" if subject == "people" else "people on the host's soil"
    figure = spanned(
        records.book,
        _label(records, option, name, level),
        total(part.span for part in parts),
        "headcounts, and units × (people in one + support behind it)",
        _behind(records, parts, items, in_people=True) or searched,
        "people deployed",
    )
    shown = "People" if subject == "people" else "Risk: people on the host's soil"
    size = text("{n}", n=figure)
    lines = (tuple(parts),) if parts else ()
    return Whole(
        option, level, subject, subject, name, lines, figure.trace, text(shown), size, missing
    )


def _of_lines(
    records: Records,
    option: str,
    level: Level,
    subject: str,
    by_line: dict[str, list[Part]],
    items: Sequence[Brought],
    searched: list[str],
) -> Whole:
    parts = [part for line in by_line.values() for part in line]
    figure = records.book.number(
        _label(records, option, f"lines of {subject} to which something comes", level),
        len(by_line),
        "counted",
        _behind(records, parts, items, in_people=False) or searched,
        "lines",
    )
    word = "line" if len(by_line) == 1 else "lines"
    return Whole(
        option,
        level,
        subject,
        subject,
        subject,
        tuple(tuple(line) for line in by_line.values()),
        figure.trace,
        text(subject.capitalize()),
        text(f"{{n}} {word}", n=figure),
    )


def _money(
    records: Records,
    option: str,
    level: Level,
    bills: dict[Level, Bill],
    searched: list[str],
    term: str,
) -> Iterator[Whole]:
    """Return the money of each currency and price year that the option has at any level."""
    every = sorted({p for each in bills.values() for p in each.totals}, key=order_of)
    held = bills[level]
    if not every:
        trace = records.book.derived(
            _label(records, option, "money", level), "no money on record", searched
        )
        yield Whole(option, level, "money", "money", "money", (), trace, text("Money"), DASH)
    for prices in every:
        charges = [charge for charge in held.charges if charge.prices == prices]
        figure = records.money(
            _label(records, option, f"money, {prices}", level),
            total(charge.span for charge in charges),
            prices,
            "sum of the bill",
            [trace for charge in charges for trace in records.charge(charge, term)] or searched,
        )
        name = cited(str(prices), figure.trace)
        yield Whole(
            option,
            level,
            "money",
            f"money-{prices.currency.value.lower()}-{prices.year}",
            str(prices),
            (tuple(held.parts(prices)),) if charges else (),
            figure.trace,
            text("Money, {prices}", prices=name),
            text("{n} million", n=figure) if charges else DASH,
        )
