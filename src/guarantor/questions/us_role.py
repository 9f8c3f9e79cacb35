"""The smallest role of one nation, the United States first, under which an option still works."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.robust import share_with
from guarantor.optimise.roles import item_of, waiting_for
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.assigned import ENDS, Assigned, option_of
from guarantor.questions.balances import DIGITS, deal_title
from guarantor.questions.bringing import DASH, Records
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import (
    ACTOR,
    DEAL,
    MONTHS,
    OPTION,
    Asked,
    Draft,
    Question,
    Setting,
)
from guarantor.questions.role_reasons import reasons_section, substitutes_section
from guarantor.questions.roles_of import Roles
from guarantor.questions.tracing import cited
from guarantor.simulate.estimates import of_twenty
from guarantor.supply.shares import UNITED_STATES

if TYPE_CHECKING:
    from guarantor.optimise.roles import Item, Role, Smallest

NATION = Setting("nation", "the nation whose role is asked for", ACTOR.read, "USA")
OTHERS = {
    Reach.POSSIBLE: "others bring what is judged possible",
    Reach.OWNED: "others bring what they own and do not refuse",
}


def answer(asked: Asked) -> Draft:
    """Return every smallest role of the nation in one option, and what stands behind each part."""
    book = asked.book
    name = option_of(asked)
    nation = asked.get("nation") or UNITED_STATES
    title = text(
        "The smallest role that still works, {nation}, as of {day}: {title}",
        nation=cited(asked.case.name_of(nation), Records(asked).actor(nation)),
        day=book.day(),
        title=book.title(),
    )
    if name is None:
        return Draft(title, text("No option was on record on {day}.", day=book.day()), ())
    roles = Roles(Assigned(asked, name), nation)
    return Draft(
        title=title,
        headline=_headline(roles),
        sections=(
            _sets(roles),
            _worth(roles),
            reasons_section(roles.assigned, roles.at(Reach.POSSIBLE)),
            substitutes_section(roles.assigned, roles.at(Reach.POSSIBLE)),
            _bounds(roles),
        ),
        not_known=tuple(_not_known(roles)),
    )


def _headline(roles: Roles) -> Text:
    """Return what the least role is when others do what is possible, and when they do all."""
    option = roles.assigned.asked.book.option_title(roles.assigned.option)
    if not roles.at(Reach.OWNED).tables.lines:
        return text("{option} asks for nothing, of anybody.", option=option)
    parts = [text("For {option}: if ", option=option)]
    for others, words in OTHERS.items():
        found = roles.at(others)
        told = _told(roles, others, found)
        parts += [text(f"{words}, "), told, text("; if " if others is Reach.POSSIBLE else ".")]
    return join(parts, "")


def _told(roles: Roles, others: Reach, found: Role) -> Text:
    tail = (
        text("; some lines stay open whatever it brings")
        if found.short
        else text(", and every line is filled")
    )
    tail = join([tail, text(" (at best values"), _of_twenty(roles, others, found.sets[0])], "")
    if not found.sets[0].units:
        return join([text("no contribution of that nation is needed"), tail], "")
    number = roles.assigned.asked.book.number(
        f"{roles.assigned.title}: smallest roles of {roles.nation}, {others.value}",
        len(found.sets),
        "every set that works and of which no smaller part does",
        roles.behind(),
    )
    several = len(found.sets) > 1
    start = (
        "there are {n} smallest roles, one of them " if several else "there is {n} smallest role, "
    )
    return join([text(start, n=number), _set(roles, others, found.sets[0]), tail], "")


def _of_twenty(roles: Roles, others: Reach, found: Smallest) -> Text:
    """Return in how many futures a set does it; nothing where futures cannot be drawn."""
    drawn = _in_futures(roles, others, found.sent)
    if not drawn.slots:
        return text(")")
    return text(
        "; every line that anything fills is filled in {n} of twenty futures of these ranges)",
        n=drawn.slots["n"],
    )


def _set(roles: Roles, others: Reach, found: Smallest) -> Text:
    """Return a set in words: units and kinds."""
    if not found.units:
        return text("nothing")
    return join([_units(roles, others, item, units) for item, units in found.units.items()], ", ")


def _units(roles: Roles, others: Reach, item: Item, units: float) -> Text:
    kind = roles.assigned.asked.case.capabilities[item.capability]
    figure = roles.assigned.asked.book.made(
        f"{roles.assigned.title}: {roles.nation}, {item.capability}, {item.how.value}, "
        f"fewest units in a smallest role, {others.value}",
        "the fewest whole units with which no more stays unfilled than with all the nation owns",
        roles.behind(),
        Figure(value=units, unit=kind.unit, kind=Kind.DERIVED, trace=""),
    )
    words = {"deploy": "", "transfer": " given", "share": " shared", "train": " for training"}
    return text(
        f"{{n}} × {{kind}}{words.get(item.how.value, '')}",
        n=figure,
        kind=cited(kind.title.lower(), figure.trace),
    )


def _sets(roles: Roles) -> Section:
    rows, keys = [], []
    for others, words in OTHERS.items():
        found = roles.at(others)
        for number, each in enumerate(found.sets):
            rows.append(
                (
                    text(words),
                    _set(roles, others, each),
                    _in_futures(roles, others, each.sent),
                    _in_futures(roles, others, None),
                    _short(roles, found),
                )
            )
            keys.append(f"{others.name.lower()}/{number}")
    book = roles.assigned.asked.book
    return Section(
        id="sets",
        title=text(
            "Every smallest role: {option}", option=book.option_title(roles.assigned.option)
        ),
        paragraphs=(
            text(
                "Under the deal {deal}. A set works when no more stays unfilled than with all that "
                "the nation owns and does not refuse; in a smallest set nothing can be spared. "
                "Best values, whole units, everybody arrived.",
                deal=deal_title(book, roles.assigned.deal),
            ),
            text(
                "Who commands is left free: a line of headquarters may be filled by anybody's. "
                "What a case writes of a commander is an assumption, and does not enter here. What "
                "waits for a European force, or for American support, comes only when a unit of "
                "theirs does."
            ),
            text(
                "Of twenty futures: in how many of these ranges the set, with the fewest units "
                "that do at best values, fills every line that anything fills. It says how much "
                "hangs on the ranges put in; it is not a likelihood."
            ),
            *_left_in(roles),
        ),
        table=plain_table(
            "Smallest roles",
            (
                "Case",
                "Smallest role",
                "Of twenty futures",
                "With all it owns",
                "Lines open all the same",
            ),
            rows,
            keys,
            set(),
        ),
    )


def _in_futures(roles: Roles, others: Reach, sent: dict[int, float] | None) -> Text:
    """Return in how many of twenty futures a set fills all that can be filled at all."""
    found = roles.futures(others)
    if found is None:
        return text("not drawn")
    share = share_with(roles.at(others), sent, found)
    return text(
        "{n}",
        n=roles.assigned.asked.book.made(
            f"{roles.assigned.title}: {roles.nation}, futures in which every line is filled, "
            f"{others.value}, {'all' if sent is None else sorted(sent.items())}",
            "share of one block of futures, all others sending what they could, in twentieths",
            roles.behind(),
            Figure(value=of_twenty(share), unit="futures in 20", kind=Kind.DERIVED, trace=""),
        ),
    )


def _left_in(roles: Roles) -> list[Text]:
    left = roles.at(Reach.OWNED).left_in
    if not left:
        return []
    names = ", ".join(item.capability for item in left)
    trace = roles.assigned.asked.book.asked(
        "contributions left in every set", names, by_reader=False
    )
    return [
        text(
            "Every set of the contributions that weigh most was settled; these stay in each set: "
            "{names}.",
            names=cited(names, trace),
        )
    ]


def _short(roles: Roles, found: Role) -> Text:
    lines = {line.id: line for line in found.tables.lines}
    return join([roles.assigned.name(lines[name]) for name in found.short]) if found.short else DASH


def _worth(roles: Roles) -> Section:
    rows, keys = [], []
    for others, words in OTHERS.items():
        found = roles.at(others)
        for item in found.items:
            kind = roles.assigned.asked.case.capabilities[item.capability]
            rows.append(
                (
                    text(words),
                    text("{k}", k=cited(f"{kind.title}, {item.how.value}", _item(roles, item))),
                    text("{n}", n=_lines(roles, found.worth[item], others, item, "lost without")),
                    text("{n}", n=_lines(roles, found.alone[item], others, item, "gained alone")),
                )
            )
            keys.append(f"{others.name.lower()}/{item.capability}-{item.how.value}")
    return Section(
        id="worth",
        title=text("What each contribution is worth"),
        paragraphs=(
            text(
                "In parts of lines, each line counting one: what more stays unfilled when only "
                "this is taken from all that the nation could bring, and what less when it comes "
                "alone."
            ),
        ),
        table=plain_table(
            "Worth",
            ("Case", "Contribution", "Lost without it", "Gained by it alone"),
            rows,
            keys,
            {"Lost without it", "Gained by it alone"},
        )
        if rows
        else None,
    )


def _item(roles: Roles, item: Item) -> str:
    made = roles.at(Reach.OWNED).tables
    own = [s for s in made.sources if s.provider == roles.nation and item_of(s) == item]
    return roles.assigned.asked.book.derived(
        f"{roles.nation}: {item.capability}, {item.how.value}",
        "what the nation could bring of it",
        [roles.assigned.source(s, made) for s in own],
    )


def _lines(roles: Roles, amount: float, others: Reach, item: Item, what: str) -> Figure:
    return roles.assigned.asked.book.made(
        f"{roles.assigned.title}: {roles.nation}, {item.capability}, {item.how.value}, {what}, "
        f"{others.value}",
        "difference of the least that stays unfilled",
        roles.behind(),
        Figure(
            value=max(round(amount, 6), 0.0),
            unit="lines",
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        ),
    )


def _bounds(roles: Roles) -> Section:
    """Return how the smallest roles change at the ends of the ranges, and without judged needs."""
    rows, keys = [], []
    for others, words in OTHERS.items():
        for end in ENDS:
            if end != "best":
                found = roles.at(others, end)
                low = "what nations bring low, needs high"
                high = "what nations bring high, needs low"
                rows.append(
                    (
                        text(words),
                        text(low if end == "low" else high),
                        join([_set(roles, others, s) for s in found.sets], " or "),
                        _short(roles, found),
                    )
                )
                keys.append(f"{others.name.lower()}/{end}")
        found = roles.at(others, needs=False)
        rows.append(
            (
                text(words),
                text("what units need is left aside"),
                join([_set(roles, others, s) for s in found.sets], " or "),
                _short(roles, found),
            )
        )
        keys.append(f"{others.name.lower()}/aside")
    return Section(
        id="bounds",
        title=text("How far this can be decided"),
        paragraphs=(
            text(
                "Where the roles at both ends differ from those at best values, the smallest role "
                "is not decidable from public data; the ranges that decide it are those of the "
                "lines and contributions above."
            ),
        ),
        table=plain_table(
            "Bounds",
            ("Case", "Taken so", "Smallest roles", "Lines open all the same"),
            rows,
            keys,
            set(),
        ),
    )


def _not_known(roles: Roles) -> list[Text]:
    book = roles.assigned.asked.book
    made = roles.at(Reach.OWNED).tables
    found = [
        text(
            "{line}: nobody has said how many; at least one is tested.",
            line=cited(need.line.id, roles.assigned.records.need(need)),
        )
        for need in made.unnumbered
    ]
    waiting = waiting_for(made, roles.nation)
    if waiting:
        found.append(
            text(
                "How much American support the {n} contributions want that wait for it: any one "
                "unit is taken to be enough.",
                n=book.count(
                    "contributions that wait for American support",
                    [roles.assigned.source(s, made) for s in waiting],
                ),
            )
        )
    return found


QUESTION = Question(
    "us-role",
    "The smallest role of the United States, or of another nation, under which an option works",
    answer,
    (OPTION, NATION, DEAL, MONTHS),
)
