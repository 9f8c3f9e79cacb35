"""The nearest force that holds a stated strength for a stated time without some nations' part."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Cited, Figure, Text, join, text
from guarantor.optimise.aim import STEP, headcount, largest, scaled, without, yearly
from guarantor.optimise.fairness import Fair, fair_shares
from guarantor.optimise.gather import tables
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.aim_settings import HOLD, PLACES, WITHOUT
from guarantor.questions.assigned import Assigned
from guarantor.questions.balances import DIGITS, deal_title
from guarantor.questions.bringing import USUAL_MONTHS, priced
from guarantor.questions.force_tables import offers_section
from guarantor.questions.generate import FAIR
from guarantor.questions.guarantee import ordered
from guarantor.questions.in_the_futures import in_the_futures
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import (
    DEAL,
    MONTHS,
    OPTION,
    Asked,
    Draft,
    Question,
)
from guarantor.questions.tracing import cited
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.optimise.aim import Barred
    from guarantor.optimise.tables import End, Line, Tables
    from guarantor.quantity import Prices

SEARCHED = 4
"""Times the strength of the option up to which a larger one is searched for."""


@dataclass
class Aimed(Assigned):
    """The assignments of an option grown or cut to a strength, without what is barred."""

    own: float = 0.0
    wanted: float = 0.0
    barred: tuple[Barred, ...] = ()

    def gather(self, reach: Reach, end: End) -> Tables:
        """Return the tables for the strength wanted."""
        return self.for_strength(reach, end, self.wanted)

    def for_strength(self, reach: Reach, end: End, wanted: float) -> Tables:
        """Return the tables for any strength, its lines grown in proportion."""
        whole = super().gather(reach, end)
        lines = scaled(whole.lines, self.own, wanted, self.months)
        made = tables(
            self.asked.case,
            self.option,
            self.deal,
            reach,
            end=end,
            horizon=self.months,
            means=self.means,
            lines=lines,
        )
        return without(made, self.barred)

    def need(self, line: Line) -> Figure:
        """Return what a line asks for the strength wanted."""
        base = super().need(line)
        return self.asked.book.made(
            f"{base.unit}: {line.id} for the strength to hold",
            "what the option asks × the strength to hold ÷ its own",
            [base.trace, self.aim()],
            Figure(value=line.asked, unit=base.unit, digits=DIGITS, kind=Kind.DERIVED, trace=""),
        )

    def aim(self) -> str:
        """Return the record of the strength to hold."""
        return self.asked.book.asked(
            "strength to hold", f"{self.wanted:g} people", by_reader=bool(self.asked.get("hold"))
        )


def answer(asked: Asked) -> Draft:
    """Return the nearest force that holds the strength, its price, and what the sum would hold."""
    book = asked.book
    title = text("What would hold, as of {day}: {title}", day=book.day(), title=book.title())
    chosen = asked.get("option")
    names = [chosen] if chosen else [*asked.case.about.on_one_page, *ordered(asked)]
    for name in names:
        if name in asked.case.options and (found := _aimed(asked, name)) is not None:
            return _draft(found, title) if asked.get("hold") else _open(found, title)
    return Draft(
        title,
        text(
            "No option asked about has a line of people with a number, so that there is nothing to "
            "grow or cut to a strength; as of {day}.",
            day=book.day(),
        ),
        (),
    )


def _open(found: Aimed, title: Text) -> Draft:
    """Return what to set, when no strength has been."""
    asked = found.asked
    line = headcount(found.tables(Reach.POSSIBLE))
    told = f"--{HOLD.name} {HOLD.example}"
    return Draft(
        title,
        text(
            "Name a strength to hold, as in {setting}; {option} asks for {people}.",
            setting=cited(told, asked.book.asked("a strength to hold", told, by_reader=False)),
            option=asked.book.option_title(found.option),
            people=Assigned.need(found, line) if line else asked.book.day(),
        ),
        (),
    )


def _aimed(asked: Asked, name: str) -> Aimed | None:
    hold = asked.get("hold")
    found = Aimed(asked, name, barred=asked.get("without") or ())
    found.months = (hold.months if hold else None) or asked.get("months") or USUAL_MONTHS
    line = headcount(Assigned.gather(found, Reach.POSSIBLE, "best"))
    if line is None:
        return None
    found.own = line.asked
    found.wanted = hold.people if hold else line.asked
    return found


def _draft(found: Aimed, title: Text) -> Draft:
    key = found.asked.get("fair") or Fair.GDP
    found.fair = fair_shares(found.tables(Reach.OWNED), key).parts
    return Draft(
        title=title,
        headline=_headline(found),
        sections=(
            _lines(found),
            offers_section(found),
            _price(found),
            _strengths(found),
        ),
        not_known=tuple(_not_known(found)),
    )


def _headline(found: Aimed) -> Text:
    book = found.asked.book
    made = found.at(Reach.OWNED)
    lines = [found.records.need(line.need) for line in made.tables.lines]
    held = all(found.at(Reach.OWNED).met(n) for n in range(len(made.tables.lines)))
    words = "can be held" if held else "cannot be held in full"
    return text(
        "A force of {people} for {months} months, built as {option} is{left}, "
        + words
        + ": of its {all} lines, {possible} are filled by what is possible, and {owned} when "
        "nations that do not refuse are asked for what they own and can keep out.",
        people=Figure(
            value=found.wanted, unit="people deployed", kind=Kind.JUDGED, trace=found.aim()
        ),
        months=Figure(value=found.months, unit="months", kind=Kind.JUDGED, trace=_term(found)),
        option=book.option_title(found.option),
        left=_left(found),
        all=book.count(f"{found.title}: lines for the strength", lines, lines),
        possible=found.lines_met(Reach.POSSIBLE),
        owned=found.lines_met(Reach.OWNED),
    )


def _term(found: Aimed) -> str:
    hold = found.asked.get("hold")
    by_reader = bool((hold and hold.months) or found.asked.get("months"))
    return found.records.months(found.months, by_reader=by_reader)


def _left(found: Aimed) -> Cited:
    """Return whose part is left out, in words."""
    words = []
    for each in found.barred:
        what = next((w for w, bands in PLACES.items() if bands == each.bands), each.capability)
        words.append(f"{each.name} ({what})" if what else each.name)
    told = f", without {'; '.join(words)}" if words else ""
    record = found.asked.book.asked(
        "left out", told.removeprefix(", ") or "nobody", by_reader=bool(words)
    )
    return cited(told, record)


def _lines(found: Aimed) -> Section:
    best = found.balanced(Reach.OWNED)
    rows, keys = [], []
    for number, line in enumerate(best.tables.lines):
        asks = sum(
            best.present[n].max(initial=0.0)
            for n, s in enumerate(best.tables.sources)
            if s.line == number and s.contribution is None
        )
        request = found.asked.book.made(
            f"{found.title}: {line.id}, to be asked for beyond the offers",
            "units of the nearest force that nobody has offered",
            found.behind(Reach.OWNED, line),
            Figure(
                value=float(asks), unit=found.unit(line), digits=DIGITS, kind=Kind.DERIVED, trace=""
            ),
        )
        rows.append(
            (
                found.name(line),
                text("{n}", n=found.need(line)) if line.stated else text("at least one"),
                text("{n}", n=found.filled(Reach.POSSIBLE, line)),
                text("{n}", n=request),
                text("{n}", n=found.filled(Reach.OWNED, line)),
            )
        )
        keys.append(line.id)
    titles = ("Line", "Asked", "Possible", "To be asked for", "In the end")
    return Section(
        id="lines",
        title=text("The nearest force that does it"),
        paragraphs=(
            text(
                "Under the deal {deal}. The lines of {option} grow or shrink with the strength. "
                "Nearest is what leaves the least unfilled and, of that, departs least from what "
                "is offered. Best values first, the ends in brackets.",
                deal=deal_title(found.asked.book, found.deal),
                option=found.asked.book.option_title(found.option),
            ),
            *in_the_futures(found.asked, found.option, found.months),
        ),
        table=plain_table("Lines", titles, rows, keys, set(titles[1:])),
    )


def _price(found: Aimed) -> Section:
    """Return what the nearest force costs a year, beside what is possible for the option."""
    rows, keys = [], []
    for name, reach in (("what is possible", Reach.POSSIBLE), ("the nearest force", Reach.OWNED)):
        best = found.balanced(reach)
        for prices, amount in yearly(best.tables, best.present).items():
            if amount > 0:
                figure = _money(found, name, prices, amount, reach)
                rows.append((text(name), priced(figure, prices)))
                keys.append(f"{reach.name.lower()}/{prices.currency.value.lower()}-{prices.year}")
    return Section(
        id="price",
        title=text("Its price"),
        paragraphs=(
            text(
                "Running costs of a year, averaged over the months, at best values; units inside a "
                "headcount are not charged again, and sums at different prices do not add."
            ),
        ),
        table=plain_table("Price", ("Force", "A year"), rows, keys, {"A year"}) if rows else None,
    )


def _money(found: Aimed, name: str, prices: Prices, amount: float, reach: Reach) -> Figure:
    made = found.tables(reach)
    kinds = dict.fromkeys(source.capability for source in made.sources)
    costs = [t for kind in kinds for t in found.records.parameter(kind, "running_cost")]
    return found.records.money(
        f"{found.title}: {name} for the strength, {prices}",
        Span.exactly(amount),
        prices,
        "units × running cost of one, averaged over the months",
        [*costs, found.aim(), _term(found)],
    )


def _strengths(found: Aimed) -> Section:
    """Return the largest strengths that lines and money allow."""
    most = SEARCHED * max(found.own, found.wanted)
    best = found.balanced(Reach.POSSIBLE)
    costs = {p: a for p, a in yearly(best.tables, best.present).items() if a > 0}
    rows: list[tuple[str, Text, float]] = []
    made = {
        reach: (found.for_strength(reach, "best", STEP), found.for_strength(reach, "best", most))
        for reach in (Reach.POSSIBLE, Reach.OWNED)
    }
    rows += [
        (
            "offers",
            text("with what is possible, and nothing more asked for"),
            largest(*made[Reach.POSSIBLE], most),
        ),
        (
            "owned",
            text("with all that nations own and do not refuse"),
            largest(*made[Reach.OWNED], most),
        ),
    ]
    if costs:
        prices = max(costs, key=lambda p: costs[p])
        figure = _money(found, "what is possible", prices, costs[prices], Reach.POSSIBLE)
        words = join(
            [
                text("asking others, for no more money than what is possible costs: "),
                priced(figure, prices),
            ],
            "",
        )
        rows.append(("cost", words, largest(*made[Reach.OWNED], most, (prices, costs[prices]))))
    lines = found.tables(Reach.OWNED).lines
    inputs = [found.aim(), _term(found), *(found.records.need(ln.need) for ln in lines)]
    return Section(
        id="strengths",
        title=text("What could be held instead"),
        paragraphs=(
            text(
                "The largest strength, in hundreds of people, at which the lines in the last "
                "months are as filled as they are for the smallest force; a line that nobody can "
                "fill at any strength is left aside."
            ),
        ),
        table=plain_table(
            "Strengths",
            ("Held by", "People"),
            [
                (
                    words,
                    text(
                        "{n}",
                        n=found.asked.book.made(
                            f"{found.title}: largest strength, {name}",
                            "the greatest at which no line lacks more than for the smallest force",
                            inputs,
                            Figure(
                                value=people, unit="people deployed", kind=Kind.DERIVED, trace=""
                            ),
                        ),
                    ),
                )
                for name, words, people in rows
            ],
            [name for name, _, _ in rows],
            {"People"},
        ),
    )


def _not_known(found: Aimed) -> Iterator[Text]:
    for need in found.tables(Reach.OWNED).unnumbered:
        yield text(
            "{line}: nobody has said how many; at least one is tested, whatever the strength.",
            line=cited(need.line.id, found.records.need(need)),
        )
    yield text(
        "Whether a force of another size needs its lines in the same proportion: it is assumed."
    )


QUESTION = Question(
    "aim",
    "The nearest force that holds a strength for a time without some nations' part, and its price",
    answer,
    (HOLD, WITHOUT, OPTION, DEAL, MONTHS, FAIR),
)
