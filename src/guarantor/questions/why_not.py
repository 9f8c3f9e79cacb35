"""Why lines are not filled: the conflict behind each, statement by statement, and what ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.conflict import Clash, conflict
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.assigned import Assigned
from guarantor.questions.balances import DIGITS, deal_title, spanned
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.text import Cited
    from guarantor.optimise.conflict import Change, Conflict, Element
    from guarantor.questions.question import Asked

TITLES = ("Line", "Side", "Statement", "Who")
WORDS = {
    Clash.OFFERS: "have offered no more than this, though they own more and do not refuse",
    Clash.REFUSES: "refuse",
    Clash.BARS: "the deal bars it",
    Clash.UNKNOWN: "nobody has counted what they own",
    Clash.OWNS: "own no more, or can keep out no more than this",
    Clash.ENABLER: "does not work without",
    Clash.NEED: "is asked",
}


def why_sections(asked: Asked, option: str) -> list[Section]:
    """Return the conflicts behind the lines of an option that what is possible does not fill."""
    assigned = Assigned(asked, option)
    made = assigned.tables(Reach.POSSIBLE)
    found = [c for ln in made.lines if (c := conflict(made, ln, assigned.means)) is not None]
    if not found:
        return [
            Section(
                id="why",
                title=text("Why not"),
                paragraphs=(text("No line stands open when all that is possible comes."),),
            )
        ]
    rows, keys = [], []
    for each in found:
        for clash in Clash:
            listed = [e for e in each.elements if e.clash is clash]
            if listed:
                rows.append(_row(assigned, each, clash, listed))
                keys.append(f"{each.line.id}/{clash.name.lower()}")
    return [
        Section(
            id="why",
            title=text("Why not: {option}", option=asked.book.option_title(option)),
            paragraphs=(
                text(
                    "Under the deal {deal}, at best values and in whole units. For each line that "
                    "what is possible does not fill: the statements that together exclude it, "
                    "none of which can be spared. Each was tried alone; the softest were left out "
                    "first. Other conflicts may stand beside it. Cannot is a limit of what is "
                    "owned; will not is a position or the absence of an offer; not known is "
                    "neither.",
                    deal=deal_title(asked.book, assigned.deal),
                ),
                *(_told(assigned, each) for each in found),
            ),
            table=Table(
                title="Conflicts",
                columns=tuple(Column(key=t.lower(), title=t) for t in TITLES),
                rows=tuple(rows),
                keys=tuple(keys),
            ),
        )
    ]


def _told(assigned: Assigned, found: Conflict) -> Text:
    """Return how much can be there, and the cheapest single change that fills the line."""
    line, book = found.line, assigned.asked.book
    behind = assigned.behind(Reach.POSSIBLE, line)
    most = book.made(
        f"{assigned.title}: {line.id}, the most that can be there",
        "the most whole units, with the lines of what they need and no other line",
        behind,
        Figure(
            value=found.reachable,
            unit=assigned.unit(line),
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        ),
    )
    asked = text("{n}", n=assigned.need(line)) if line.stated else text("at least one")
    with_what = (
        "even with all that nations own and do not refuse"
        if found.reach is Reach.OWNED
        else "with what has been offered or is judged possible"
    )
    parts = [
        assigned.name(line),
        join([text(": asked "), asked, text(f"; {with_what}, {{n}} can be there. ", n=most)], ""),
    ]
    return join([*parts, _ends(assigned, found)], "")


def _ends(assigned: Assigned, found: Conflict) -> Text:
    change = found.cheapest
    if change is None:
        return text("No single change fills it.")
    others = sum(c.element.clash is change.element.clash for c in found.changes) - 1
    words = [_change(assigned, found, change)]
    if others and change.element.owner:
        inputs = [assigned.records.need(found.line.need)]
        more = assigned.asked.book.number(
            f"{found.line.id}: other owners whose change would do as much",
            others,
            "each statement left out alone, and the line tried again",
            inputs,
        )
        words.append(text(" Other owners of whom any one could do the same: {n}.", n=more))
    return join(words, "")


def _change(assigned: Assigned, found: Conflict, change: Change) -> Text:
    """Return a single change in words, with its price where it has one."""
    element, line = change.element, found.line
    units = _units(assigned, found, change)
    if element.clash is Clash.NEED:
        return text("No single owner can end it; asking for {n} less would.", n=units)
    if element.clash is Clash.BARS:
        return text(
            "The cheapest single change: a deal that lets them in, where {deal} does not, and {n} "
            "more.",
            deal=_who(assigned, element),
            n=units,
        )
    if element.clash is Clash.ENABLER:
        other = assigned.asked.case.capabilities[element.other]
        return text(
            "The cheapest single change: to let it work without {other}, which is judged.",
            other=cited(other.title.lower(), assigned.records.need(line.need)),
        )
    verb = {
        Clash.OFFERS: "brings {n} more than it has offered",
        Clash.REFUSES: "no longer refuses, and brings {n}",
        Clash.UNKNOWN: "owns and brings {n}, of which nobody knows",
        Clash.OWNS: "buys and keeps out {n} more",
    }[element.clash]
    return join(
        [
            text("The cheapest single change: {who} ", who=_who(assigned, element)),
            text(verb, n=units),
            *_prices(assigned, found, change),
            text("."),
        ],
        "",
    )


def _units(assigned: Assigned, found: Conflict, change: Change) -> Figure:
    return assigned.asked.book.made(
        f"{assigned.title}: {found.line.id}, the change that fills it, "
        f"{change.element.clash.value}, {change.element.owner}",
        "asked − the most that can be there, in whole units",
        [assigned.records.need(found.line.need), *assigned.behind(Reach.POSSIBLE, found.line)],
        Figure(
            value=change.units,
            unit=assigned.unit(found.line),
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        ),
    )


def _prices(assigned: Assigned, found: Conflict, change: Change) -> list[Text]:
    words = {"running_cost": change.yearly, "buying_cost": change.once}
    told = []
    for name, money in words.items():
        if money is None:
            continue
        prices, span = money
        figure = assigned.records.money(
            f"{found.line.id}: the change, {name}, {change.element.owner}",
            span,
            prices,
            "units × the cost of one",
            [
                *assigned.records.parameter(change.element.capability, name),
                assigned.records.need(found.line.need),
            ],
        )
        year = cited(str(prices.year), figure.trace)
        when = "a year" if name == "running_cost" else "to buy"
        told.append(
            text(
                f", {prices.currency} {{n}} million {when} at {{year}} prices", n=figure, year=year
            )
        )
    return told


def _row(
    assigned: Assigned, found: Conflict, clash: Clash, listed: list[Element]
) -> tuple[Text, ...]:
    if clash is Clash.NEED:
        who = (
            text("{n}", n=assigned.need(found.line)) if found.line.stated else text("at least one")
        )
    elif clash is Clash.ENABLER:
        who = join([_enabler(assigned, element) for element in listed])
    else:
        who = join([_owner(assigned, element) for element in listed])
    return assigned.name(found.line), text(clash.side), text(WORDS[clash]), who


def _enabler(assigned: Assigned, element: Element) -> Text:
    case = assigned.asked.case
    kind, other = case.capabilities[element.capability], case.capabilities[element.other]
    number = next(n for n, need in enumerate(kind.needs) if need.capability == element.other)
    where = case.where("capabilities", element.capability, "needs", number, "per_unit")
    per_unit = kind.needs[number].per_unit
    trace = assigned.asked.book.written(
        f"{kind.title} needs {other.title}",
        " ".join(filter(None, (per_unit.quantity.words(), per_unit.note))),
        where,
        per_unit.sources if per_unit.kind is Kind.REPORTED else (),
    )
    words = f"{kind.title.lower()} without {other.title.lower()}"
    return text("{n}", n=cited(words, trace))


def _owner(assigned: Assigned, element: Element) -> Text:
    """Return an owner with the record behind its statement, and what it has where that is known."""
    who = text("{n}", n=_who(assigned, element))
    room = element.room
    if room is None:
        return who
    figure = spanned(
        assigned.asked.book,
        f"{element.owner}: {element.capability}, free for this",
        room.reading.span,
        room.reading.method,
        [assigned.entry(key) for key in room.reading.rests_on],
        assigned.asked.case.capabilities[element.capability].unit,
    )
    return join([who, text("{n} free", n=figure)], " ")


def _who(assigned: Assigned, element: Element) -> Cited:
    case, book = assigned.asked.case, assigned.asked.book
    if not element.owner:
        if element.clash is Clash.BARS:
            return deal_title(book, assigned.deal)
        title = case.capabilities[element.capability].title.lower()
        trace = book.keep(
            label=f"{element.capability}: units owned",
            kind=Kind.ABSENT,
            says="no count is on record",
            inputs=(book.day().trace,),
        )
        return cited(f"whoever owns {title}", trace)
    name = case.name_of(element.owner)
    band = next(
        line.need.line.band
        for line in assigned.tables(Reach.POSSIBLE).lines
        if line.capability == element.capability
    )
    word = assigned.means.refusing(band).get(element.owner)
    if element.clash is Clash.REFUSES and word is not None:
        return cited(name, book.position(word))
    said = [
        assigned.records.contribution(c)
        for c in case.contributions.values()
        if c.provider == element.owner and c.capability == element.capability
    ]
    if element.clash is Clash.OFFERS and said:
        return cited(
            name,
            book.derived(
                f"{name}: what it has offered of {element.capability}",
                "the contributions on record; none beyond them",
                said,
                "no further offer is on record",
            ),
        )
    return cited(name, assigned.records.actor(element.owner))
