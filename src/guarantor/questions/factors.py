"""The uncertain quantities behind futures in the words of the case, each with its record."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.text import Figure, Text, join, text
from guarantor.case.words import ContributionKind
from guarantor.quantity import Amount, Kind, Money
from guarantor.questions.balances import DIGITS, contribution_trace, entry, need_trace
from guarantor.questions.futures import assumption_trace
from guarantor.questions.leaving import spoken_name
from guarantor.questions.tracing import cited, spoken
from guarantor.supply.capacity import latest_pool
from guarantor.supply.needs import needs

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guarantor.case.supply import Contribution
    from guarantor.questions.tracing import Book

PLACE = "place among the futures"
"""The unit of what is drawn as a place among all, 0 the least and 1 the most."""

COMES = "comes/"
"""Stands before the id of a contribution: whether it comes."""

SHARED = "correlation/"
"""Stands before the name of a correlation: what its members share."""

DECISIONS = {
    "mandate": "the vote in {} on a mandate",
    "stay": "how long {} is willing to stay",
    "renew": "how willing {} is to renew a mandate",
}
SENDS = {
    ContributionKind.DEPLOY: "{} sends {}",
    ContributionKind.TRAIN: "{} sends {}",
    ContributionKind.TRANSFER: "{} gives {}",
    ContributionKind.FUND: "{} pays for {}",
    ContributionKind.BASE: "{} lets its soil be used: {}",
    ContributionKind.SHARE: "{} shares {}",
}

STAYS_AWAY = {
    "sends": "does not send",
    "gives": "does not give",
    "pays": "does not pay",
    "lets": "does not let",
    "shares": "does not share",
}
"""What is said of a contribution that does not come, by the verb of one that does."""


class Factor(NamedTuple):
    """One uncertain quantity: its words, the id of its record, and its unit where it has one."""

    words: str
    trace: str
    unit: str

    @property
    def named(self) -> Text:
        """Return its words with their record."""
        return text("{what}", what=cited(self.words, self.trace))


class Factors:
    """Names quantities as drawing.py has them in the case's words; each record is kept once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self._made: dict[str, Factor] = {}
        self._alike = Counter(map(self._sends, book.case.contributions.values()))

    def of(self, name: str) -> Factor:
        """Return a quantity by its name."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def comes(self, contribution: str) -> Factor:
        """Return whether a contribution comes."""
        key = f"comes/{contribution}"
        if key not in self._made:
            record = self.book.case.contributions[contribution]
            words, trace = self._said(record), contribution_trace(self.book, record)
            self._made[key] = Factor(words, trace, "")
        return self._made[key]

    def stays_away(self, contribution: str) -> Text:
        """Return that a contribution does not come."""
        record = self.book.case.contributions[contribution]
        verb = SENDS[record.kind].split()[1]
        words = self._said(record).replace(f" {verb} ", f" {STAYS_AWAY[verb]} ", 1)
        return text("{what}", what=cited(words, self.comes(contribution).trace))

    def group(self, name: str) -> Factor:
        """Return what the members of a correlation share."""
        record = self.book.case.correlations[name]
        trace = self.book.entry(("correlations", name), "correlation", record.text)
        first, *others = record.members
        more = f" and {len(others)} more" if others else ""
        return Factor(f"what moves {self.of(first).words}{more} together", trace, PLACE)

    def number(self, name: str, value: float) -> Figure:
        """Return a value of a quantity in its unit."""
        factor = self.of(name)
        bare = Figure(
            value=value,
            unit=factor.unit,
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        )
        return self.book.made(
            f"{factor.words}: a value in its range", "read off its draws", [factor.trace], bare
        )

    def _sends(self, contribution: Contribution) -> str:
        case = self.book.case
        what = case.capabilities[contribution.capability].title
        verb = SENDS[contribution.kind]
        return verb.format(spoken_name(case, contribution.provider), lowered(what))

    def _said(self, contribution: Contribution) -> str:
        words = self._sends(contribution)
        if self._alike[words] == 1:
            return words
        every = self.book.case.contributions.values()
        days = [each.since.text() for each in every if self._sends(each) == words]
        if all(days) and len(set(days)) == len(days):
            return f"{words} as said on {contribution.since.text()}"
        return f"{words} ({contribution.id})"

    def _make(self, name: str) -> Factor:
        case = self.book.case
        if name in case.assumptions:
            return self._assumption(name)
        head, _, rest = name.partition("/")
        made: Mapping[str, Callable[[str], Factor]] = {
            "will": self._will,
            "contributions": self._contribution,
            "pools": self._pool,
            "capabilities": self._capability,
            "options": self._line,
            "nations": self._nation,
            "met": self._met,
            "commitments": self._commitment,
            "shares": self._share,
        }
        if head in made:
            return made[head](rest)
        return self._judged("how soon a ceasefire fails where nothing keeps it", "fails-a-year")

    def _judged(self, words: str, assumption: str) -> Factor:
        """Return what is drawn as a place among all and rests on an assumption."""
        return Factor(words, assumption_trace(self.book, assumption), PLACE)

    def _assumption(self, name: str) -> Factor:
        record = self.book.case.assumptions[name]
        quantity = record.quantity
        unit = quantity.unit.plural if isinstance(quantity, Amount) else ""
        return Factor(f"‘{record.title}’", assumption_trace(self.book, name), unit)

    def _will(self, rest: str) -> Factor:
        if not rest:
            return self._judged("political will that all nations share", "will-in-common")
        nation, _, decision = rest.partition("/")
        who = spoken_name(self.book.case, nation)
        if decision.startswith("come/"):
            record = self.book.case.contributions[decision.removeprefix("come/")]
            words = f"whether {self._said(record)}"
            return Factor(words, contribution_trace(self.book, record), PLACE)
        if decision:
            return self._judged(DECISIONS[decision].format(who), "will-of-nation")
        return self._judged(f"political will of {who}", "will-of-nation")

    def _contribution(self, rest: str) -> Factor:
        record = self.book.case.contributions[rest]
        unit = self.book.case.capabilities[record.capability].unit
        words = f"the number if {self._said(record)}"
        return Factor(words, contribution_trace(self.book, record), unit)

    def _pool(self, rest: str) -> Factor:
        case = self.book.case
        owner, _, capability = rest.partition("/")
        kind = case.capabilities[capability]
        words = f"pool of {spoken_name(case, owner)}: {lowered(kind.title)}"
        found = latest_pool(case, owner, capability)
        trace = entry(self.book, ("pools", found[0])) if found else self.book.day().trace
        return Factor(words, trace, kind.unit)

    def _capability(self, rest: str) -> Factor:
        case = self.book.case
        capability, field, *more = rest.split("/")
        kind = case.capabilities[capability]
        title = lowered(kind.title)
        if more:
            other = lowered(case.capabilities[more[0]].title)
            need = field == "needs"
            words = f"{title}: need of {other}" if need else f"{title}: stood in for by {other}"
            return Factor(words, self._field(capability, field, words), "for one")
        quantity = getattr(kind, field).quantity
        words = f"{title}: {spoken(field)}"
        unit = str(quantity.measure) if isinstance(quantity, Money) else quantity.unit.plural
        return Factor(words, self._field(capability, field, words), unit)

    def _field(self, capability: str, field: str, words: str) -> str:
        where = self.book.case.where("capabilities", capability, field)
        parameter = getattr(self.book.case.capabilities[capability], field)
        sources = getattr(parameter, "sources", ())
        says = parameter.quantity.words() if hasattr(parameter, "quantity") else words
        return self.book.written(words, says, where, sources)

    def _line(self, rest: str) -> Factor:
        case = self.book.case
        option, line, *symbol = rest.split("/")
        need = next(each for each in needs(case, option) if each.line.id == line)
        kind = case.capabilities[need.line.capability]
        words = f"need of {lowered(kind.title)} in {case.options[option].title}"
        if symbol:
            words += f", {spoken(symbol[0])}"
        return Factor(words, need_trace(self.book, need), "" if symbol else kind.unit)

    def _nation(self, rest: str) -> Factor:
        nation, _, field = rest.partition("/")
        words = f"{spoken(field)} of {spoken_name(self.book.case, nation)}"
        return Factor(words, entry(self.book, ("nations", nation)), "people")

    def _commitment(self, rest: str) -> Factor:
        record = self.book.case.commitments[rest]
        quantity = record.quantity
        unit = quantity.unit.plural if isinstance(quantity, Amount) else ""
        words = f"what {spoken_name(self.book.case, record.nation)} has out already ({rest})"
        return Factor(words, entry(self.book, ("commitments", rest)), unit)

    def _share(self, rest: str) -> Factor:
        record = self.book.case.shares[rest]
        words = f"share of {record.of} strength that can be kept out ({rest})"
        return Factor(words, entry(self.book, ("shares", rest)), str(record.quantity.measure))

    def _met(self, rest: str) -> Factor:
        words = f"whether there is a {spoken(rest)}"
        return self._judged(words, f"met-{rest.replace('_', '-')}")


def factor_named(factors: Factors, name: str) -> Factor:
    """Return the words of a quantity, of the coming of a contribution, or of a correlation."""
    if name.startswith(COMES):
        return factors.comes(name.removeprefix(COMES))
    if name.startswith(SHARED):
        return factors.group(name.removeprefix(SHARED))
    return factors.of(name)


def both(parts: Sequence[Text]) -> Text:
    """Return clauses as one: first, second and third."""
    *first, last = parts
    return join([join(first, ", "), last], " and ") if first else last


def lowered(title: str) -> str:
    """Return a title as it stands inside a sentence; what is all capitals stays."""
    first = title.split()[0] if title else ""
    return title if first.isupper() and len(first) > 1 else title[:1].lower() + title[1:]
