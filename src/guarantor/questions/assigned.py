"""Figures and words of an assignment: what each line has, who brings it, and how it came about."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.gather import tables
from guarantor.optimise.programme import Objective, generate
from guarantor.quantity import Kind
from guarantor.questions.balances import deal_of, entry, need_figure, spanned
from guarantor.questions.bringing import USUAL_MONTHS, Records
from guarantor.questions.guarantee import ordered
from guarantor.questions.tracing import cited, spoken
from guarantor.supply.feasibility import Means
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from guarantor.answer.text import Cited
    from guarantor.case.case import Key
    from guarantor.case.records import Deal
    from guarantor.optimise.programme import Assignment
    from guarantor.optimise.tables import End, Line, Reach, Source, Tables
    from guarantor.questions.question import Asked

ENDS: tuple[End, ...] = ("low", "best", "high")
FIRST = (Objective.UNFILLED,)
ASKED = "to be asked for; nobody has spoken of it"


def option_of(asked: Asked) -> str | None:
    """Return the option the reader chose, else the first one on the one-pager, else the first."""
    chosen = asked.get("option")
    if chosen is not None:
        return str(chosen)
    known = [name for name in asked.case.about.on_one_page if name in asked.case.options]
    return next(iter([*known, *ordered(asked)]), None)


@dataclass
class Assigned:
    """The assignments of one option at every reach and end, each made when first needed."""

    asked: Asked
    option: str
    fair: dict[str, float] = field(default_factory=dict)
    records: Records = field(init=False)
    deal: Deal = field(init=False)
    months: int = field(init=False)
    means: Means = field(init=False)
    _tables: dict[tuple[Reach, End], Tables] = field(default_factory=dict)
    _made: dict[tuple[Reach, End, bool], Assignment] = field(default_factory=dict)
    _aside: dict[Reach, Assignment] = field(default_factory=dict)
    _entries: dict[Key, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Fix the deal, the months and what owners could keep out."""
        self.records = Records(self.asked)
        self.deal = deal_of(self.asked, self.option)
        self.months = self.asked.get("months") or USUAL_MONTHS
        self.means = Means(self.asked.case)

    def tables(self, reach: Reach, end: End = "best") -> Tables:
        """Return the tables at a reach and an end."""
        key = (reach, end)
        if key not in self._tables:
            self._tables[key] = self.gather(reach, end)
        return self._tables[key]

    def gather(self, reach: Reach, end: End) -> Tables:
        """Return the tables of the option as the case has it."""
        return tables(
            self.asked.case,
            self.option,
            self.deal,
            reach,
            end=end,
            horizon=self.months,
            means=self.means,
        )

    def at(self, reach: Reach, end: End = "best") -> Assignment:
        """Return the assignment that leaves the least unfilled, and no more is asked of it."""
        key = (reach, end, False)
        if key not in self._made:
            self._made[key] = generate(self.tables(reach, end), objectives=FIRST)
        return self._made[key]

    def aside(self, reach: Reach) -> Assignment:
        """Return the assignment that leaves the least unfilled when no unit needs another."""
        if reach not in self._aside:
            free = replace(self.tables(reach), per_unit={})
            self._aside[reach] = generate(free, objectives=FIRST)
        return self._aside[reach]

    def balanced(self, reach: Reach) -> Assignment:
        """Return the assignment that is best by every objective, at best values."""
        key: tuple[Reach, End, bool] = (reach, "best", True)
        if key not in self._made:
            self._made[key] = generate(self.tables(reach), self.fair)
        return self._made[key]

    def entry(self, key: Key) -> str:
        """Return the record of an entry of the case."""
        if key not in self._entries:
            self._entries[key] = entry(self.asked.book, key)
        return self._entries[key]

    def term(self) -> str:
        """Return the record of the months tested."""
        return self.records.months(self.months, by_reader=bool(self.asked.get("months")))

    def filled(self, reach: Reach, line: Line, *, ends: bool = True) -> Figure:
        """Return what a line has in the end at a reach: at best values, and at both ends."""
        best = self._last(self.at(reach), line)
        span = Span.exactly(best)
        if ends:
            others = [self._last(self.at(reach, end), line) for end in ("low", "high")]
            span = Span(min(best, *others), best, max(best, *others))
        return spanned(
            self.asked.book,
            f"{self.title}: {line.id}, filled, {reach.value}",
            span,
            "the assignment of whole units that leaves the least unfilled, at best values; its "
            "ends with what nations bring low and needs high, and the reverse",
            self.behind(reach, line),
            self.unit(line),
        )

    def behind(self, reach: Reach, line: Line) -> list[str]:
        """Return the records behind what a line could take at a reach."""
        made = self.tables(reach)
        found = [self.records.need(line.need), self.term()]
        keys: dict[tuple[str, str], None] = {}
        for source in made.sources:
            if made.lines[source.line].id != line.id:
                continue
            if source.contribution is not None:
                found.append(self.records.contribution(source.contribution))
            keys |= dict.fromkeys(
                key
                for room in made.pools
                if (room.provider, room.kind) == made.pool_of(source)
                for key in room.reading.rests_on
            )
        return [*dict.fromkeys([*found, *(self.entry(key) for key in keys)])]

    def lines_met(self, reach: Reach) -> Figure:
        """Return how many lines lack nothing in the end at a reach."""
        found = self.at(reach)
        whole = [self.records.need(line.need) for line in found.tables.lines]
        met = [whole[n] for n in range(len(whole)) if found.met(n)]
        return self.asked.book.count(f"{self.title}: lines filled, {reach.value}", met, whole)

    def need(self, line: Line) -> Figure:
        """Return what a line asks."""
        return need_figure(self.asked.book, line.need)

    def unit(self, line: Line) -> str:
        """Return what a line is counted in."""
        return self.asked.case.capabilities[line.capability].unit

    def name(self, line: Line) -> Text:
        """Return a line as a reader knows it."""
        title = self.asked.case.capabilities[line.capability].title
        return text(
            f"{{line}}, {spoken(line.need.line.band)}",
            line=cited(title, self.records.need(line.need)),
        )

    @property
    def title(self) -> str:
        """Return the title of the option."""
        return self.asked.case.options[self.option].title

    def source(self, source: Source, made: Tables) -> str:
        """Return the record behind what a source could bring."""
        if source.contribution is not None:
            return self.records.contribution(source.contribution)
        room = next(r for r in made.pools if (r.provider, r.kind) == made.pool_of(source))
        held = self.records.parameter(source.capability, "slots")
        return self.asked.book.derived(
            f"{self.asked.case.name_of(source.provider)}: {source.capability}, to be asked for",
            f"{room.reading.method}; whole units, after the units held for each one out",
            [*(self.entry(key) for key in room.reading.rests_on), *held],
            ASKED,
        )

    def _last(self, found: Assignment, line: Line) -> float:
        numbers = {each.id: number for number, each in enumerate(found.tables.lines)}
        return found.last_filled(numbers[line.id]) if line.id in numbers else 0.0


def firmness(source: Source) -> str:
    """Return how firm a source is, in words."""
    contribution = source.contribution
    if contribution is None:
        return "to be asked for"
    if contribution.rung is None:
        return "judged possible, not offered"
    judged = ", the number judged" if contribution.basis is Kind.JUDGED else ""
    return f"{spoken(contribution.rung)}{judged}"


def conditions_of(source: Source) -> str:
    """Return the conditions of a source in words."""
    named = source.contribution.conditions if source.contribution is not None else source.conditions
    return ", ".join(spoken(str(condition)) for condition in sorted(named, key=str))


def month(assigned: Assigned, label: str, number: int, inputs: list[str]) -> Figure:
    """Return a month counted from the start of the deal, the first being one."""
    return assigned.asked.book.number(
        label, number + 1, "counted from the start of the deal", inputs, "month"
    )


def listed(names: list[Cited], empty: str = "nobody") -> Text:
    """Return names in a row."""
    return join([text("{n}", n=name) for name in names], ", ") if names else text(empty)
