"""Whose share is the lion's: of people, units, enablers, money and risk, by who gives and pays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Text, join, text
from guarantor.problems import Problems, nearest
from guarantor.questions import share_over_time
from guarantor.questions.balances import deal_of
from guarantor.questions.bringing import DASH, USUAL_MONTHS, Records, deals_told, lines_of
from guarantor.questions.guarantee import ordered
from guarantor.questions.leaks import leaks_told
from guarantor.questions.over_time import SETTINGS, wanted
from guarantor.questions.question import DEAL, MONTHS, OPTION, Asked, Draft, Question, Setting
from guarantor.questions.share_of import SUBJECTS, Sharing, Whole, wholes
from guarantor.questions.tracing import cited
from guarantor.supply.shares import Level, Party, Role, definitions, party

if TYPE_CHECKING:
    from guarantor.case.case import Case

HEADS = {
    Party.EUROPE: "Europe",
    Party.UNITED_STATES: "United States",
    Party.OTHERS: "Others",
}
LION = 50
"""The per cent above which a share is the lion's."""


def answer(asked: Asked) -> Draft:
    """Return all shares in one option, or Europe's shares in every option."""
    book, records = asked.book, Records(asked)
    names = [asked.get("option")] if asked.get("option") else ordered(asked)
    months = asked.get("months") or USUAL_MONTHS
    term = records.months(months, by_reader=bool(asked.get("months")))
    held = lines_of(asked, names)
    found = {
        name: wholes(records, name, deal_of(asked, name), lines, months, term)
        for name, lines in held.items()
    }
    chosen = asked.get("europe")
    europe = {
        group: frozenset(asked.case.members(group))
        for group in definitions(asked.case)
        if chosen in (None, group)
    }
    sharing = Sharing(records, found, europe)
    one = bool(asked.get("option"))
    return Draft(
        title=text(
            "Who would carry the lion's share, as of {day}: {title}",
            day=book.day(),
            title=book.title(),
        ),
        headline=_of_one(sharing, names[0]) if one else _of_all(sharing),
        sections=(
            _meanings(sharing, names, [n for ls in held.values() for n in leaks_told(book, ls)]),
            *(
                _in_full(sharing, names[0], group, role) if one else _side_by_side(sharing, group)
                for group in europe
                for role in (Role if one else (Role.PROVIDER,))
            ),
            *(share_over_time.sections(asked, names, europe) if wanted(asked) else ()),
        ),
        not_known=_not_known(sharing),
    )


def _of_one(sharing: Sharing, name: str) -> Text:
    """Return Europe's share of the people, or of the money where no people would come."""
    book = sharing.records.book
    option = book.option_title(name)
    held = [w for w in sharing.wholes[name] if w.level is Level.POSSIBLE and w.parts]
    if not held or not sharing.europe:
        return text(
            "Of {option} there is no share to tell: no contribution to it is on record.",
            option=option,
        )
    whole = held[0]
    subject = whole.subject
    firm = any(
        w.parts for w in sharing.wholes[name] if w.level is Level.CONFIRMED and w.subject == subject
    )
    if subject == "money":
        end = "; part of it is confirmed." if firm else "; nothing is confirmed."
        return join([_of_money(sharing, name, held), text(end)], "")
    who = "people who" if subject == "people" else f"{subject} that"
    start = text(f"Of the {who} might come to {{option}}, Europe would bring ", option=option)
    end = "; part of them is confirmed." if firm else "; nobody is confirmed."
    told = [
        text("{n} per cent as {group}", n=figure, group=sharing.named(group))
        for group in sharing.europe
        if (figure := sharing.figure(whole, Role.PROVIDER, group, Party.EUROPE)) is not None
    ]
    return join([start, join(told, ", "), text(end)], "")


def _of_money(sharing: Sharing, name: str, held: list[Whole]) -> Text:
    """Return of how many sums of money, which do not add, Europe would pay more than half."""
    book = sharing.records.book
    sums = [whole.trace for whole in held]
    told = []
    for group in sharing.europe:
        most = [whole.trace for whole in held if _most(sharing, whole, Role.PAYER, group)]
        number = book.count(f"sums of which {group} pays more than half", most, sums)
        told.append(text("{n} as {group}", n=number, group=sharing.named(group)))
    start = text(
        "Nobody would come to {option}; of {all} sums of money that might go to it and do not add, "
        "Europe would pay more than half of ",
        option=book.option_title(name),
        all=book.count("sums at one currency and price year", sums),
    )
    return join([start, join(told, ", ")], "")


def _of_all(sharing: Sharing) -> Text:
    """Return in how many options Europe's share is the lion's, by each definition."""
    book = sharing.records.book
    every = {name: book.option_title(name).trace for name in sharing.wholes}

    def lions(subject: str) -> Text:
        told = []
        for group in sharing.europe:
            found = [every[name] for name in every if _lion(sharing, name, subject, group)]
            label = f"options with more than half of the {subject} from {group}"
            number = book.count(label, found, every.values())
            told.append(text("{n} as {group}", n=number, group=sharing.named(group)))
        return join(told, ", ")

    firm = [
        trace
        for name, trace in every.items()
        if any(w.parts for w in sharing.wholes[name] if w.level is Level.CONFIRMED)
    ]
    parts = [
        text(
            "Of {all} options, Europe would bring more than half of the people who might come in ",
            all=book.count("options on record", every.values()),
        ),
        lions("people"),
        text("; it would pay more than half of the money in "),
        lions("money"),
        text(
            "; anything at all is confirmed in {firm}.",
            firm=book.count("options with anything confirmed", firm, every.values()),
        ),
    ]
    return join(parts, "")


def _lion(sharing: Sharing, name: str, subject: str, group: str) -> bool:
    """Return whether Europe's best share of what is possible is above half.

    Of money it has to be so at each currency and price year.
    """
    role = Role.PAYER if subject == "money" else Role.PROVIDER
    held = [
        whole
        for whole in sharing.wholes[name]
        if whole.subject == subject and whole.level is Level.POSSIBLE and whole.parts
    ]
    return bool(held) and all(_most(sharing, whole, role, group) for whole in held)


def _most(sharing: Sharing, whole: Whole, role: Role, group: str) -> bool:
    found = sharing.of(whole, role, group)
    return found is not None and (found[Party.EUROPE].best or 0) > LION


def _meanings(sharing: Sharing, names: list[str], leaks: list[Text]) -> Section:
    """Return what is counted and how, the definitions of Europe, and groups of mixed members."""
    return Section(
        id="meanings",
        title=text("What is shared out"),
        paragraphs=(
            text(
                "Confirmed: the national gate is passed. Said: somebody named a number. Possible: "
                "said, and what an analyst judges nations could bring, no more than a line asks. "
                "Shares are of what comes, not of what is needed; best first, ends in brackets. At "
                "an end one party brings its most and all others their least, or the reverse."
            ),
            text(
                "People: headcounts, and units by the people in one with the support behind it. Of "
                "a nation's headcount and the units that it may hold in the same place one counts: "
                "what was said, else the larger. Who is given a unit brings its crews. Risk: the "
                "people in the bands line and rear, which are those on the host's soil. Units, "
                "enablers: the share of each "
                "line, averaged over the lines that get anything, each line counting the same."
            ),
            *leaks,
            *_europes(sharing),
            *deals_told(sharing.records, names),
        ),
    )


def _europes(sharing: Sharing) -> list[Text]:
    """Return each definition of Europe, with its members that are in no other."""
    records, case = sharing.records, sharing.records.asked.case
    found = []
    for group, members in sharing.europe.items():
        others = {n for other, held in sharing.europe.items() if other != group for n in held}
        alone = sorted(members - others, key=case.name_of)
        parts = [
            text("Europe as {group}: all its members as they stand.", group=sharing.named(group))
        ]
        if alone:
            names = join([records.named(nation) for nation in alone], ", ")
            parts.append(
                join([text("Counted here and in no other definition: "), names, text(".")], "")
            )
        mixed = [
            actor
            for actor in dict.fromkeys(
                part.actor(role)
                for listed in sharing.wholes.values()
                for whole in listed
                for part in whole.parts
                for role in Role
            )
            if actor in case.groups and party(case, actor, members) is Party.OTHERS
        ]
        if mixed:
            names = join([records.named(actor) for actor in mixed], ", ")
            reason = text("Among the others, because only some of their members are in it: ")
            parts.append(join([reason, names, text(".")], ""))
        found.append(join(parts, " "))
    return found


def _cell(sharing: Sharing, whole: Whole, role: Role, group: str, whose: Party) -> Text:
    figure = sharing.figure(whole, role, group, whose)
    return whole.nothing if figure is None else text("{n} %", n=figure)


def slug(whose: Party) -> str:
    """Return the name of a party's column."""
    return whose.value.lower().replace(" ", "-")


def _in_full(sharing: Sharing, name: str, group: str, role: Role) -> Section:
    """Return the shares of the four parties in one option, under one definition, in one role."""
    records = sharing.records
    case = records.asked.case
    rows = []
    for whole in sharing.wholes[name]:
        cells = [_cell(sharing, whole, role, group, whose) for whose in Party]
        if not any(cell.slots for cell in cells):
            cells = [cells[0], *(DASH for _ in cells[1:])]
        rows.append((whole.shown, text(whole.level.value), *cells, whole.size))
    heads = [
        records.named(case.about.host)
        if whose is Party.HOST
        else text(whose.value[0].upper() + whose.value[1:])
        for whose in Party
    ]
    return Section(
        id=f"{role.value}-{group}",
        title=text(
            f"By {role.value}, Europe as {{group}}",
            group=sharing.named(group),
        ),
        table=Table(
            title="Shares",
            columns=(
                Column(key="of", title="Of what"),
                Column(key="level", title="How firm"),
                *(
                    Column(key=slug(whose), title=head, align="right")
                    for whose, head in zip(Party, heads, strict=True)
                ),
                Column(key="whole", title="The whole", align="right"),
            ),
            rows=tuple(rows),
            keys=tuple(f"{whole.key}-{whole.level.value}" for whole in sharing.wholes[name]),
        ),
    )


def _side_by_side(sharing: Sharing, group: str) -> Section:
    """Return Europe's share in every option under one definition, by provider and by payer."""
    records = sharing.records
    rows, keys = [], []
    for name, listed in sharing.wholes.items():
        for role in Role:
            for level in Level:
                held = [whole for whole in listed if whole.level is level]
                cells = []
                for subject in SUBJECTS:
                    told = [
                        join([cell, text("of {p}", p=cited(whole.name, whole.trace))], " ")
                        if subject == "money"
                        else cell
                        for whole in held
                        if whole.subject == subject
                        and (cell := _cell(sharing, whole, role, group, Party.EUROPE)).slots
                    ]
                    cells.append(join(told) if told else DASH)
                if not cells[0].slots:
                    cells[0] = next(w.nothing for w in held if w.subject == SUBJECTS[0])
                option = text("{option}", option=records.book.option_title(name))
                rows.append((option, text(role.value), text(level.value), *cells))
                keys.append(f"{name}-{role.value}-{level.value}")
    return Section(
        id=f"europe-{group}",
        title=text(
            "Europe's share, Europe as {group}",
            group=sharing.named(group),
        ),
        table=Table(
            title="Europe's share in every option",
            columns=(
                Column(key="option", title="Option"),
                Column(key="role", title="By"),
                Column(key="level", title="How firm"),
                *(
                    Column(key=subject, title=f"Of {subject}", align="right")
                    for subject in SUBJECTS
                ),
            ),
            rows=tuple(rows),
            keys=tuple(keys),
        ),
    )


def _not_known(sharing: Sharing) -> tuple[Text, ...]:
    records = sharing.records
    case = records.asked.case
    found = []
    for name, listed in sharing.wholes.items():
        option = records.book.option_title(name)
        if not any(whole.parts for whole in listed):
            found.append(
                text("Shares of {option}: no contribution to it is on record.", option=option)
            )
        missing = dict.fromkeys(kind for whole in listed for kind in whole.uncounted)
        if missing:
            kinds = join([text(case.capabilities[kind].title.lower()) for kind in missing], ", ")
            what = text(
                "People in {option} of these, of whom no number is on record: ", option=option
            )
            found.append(join([what, kinds, text(".")], ""))
    found.append(
        text(
            "The host's own forces, bases, and intelligence that others would share: on no line "
            "that counts them, so in no share."
        )
    )
    return tuple(found)


def _europe(given: str, case: Case) -> str:
    known = definitions(case)
    if given in known:
        return given
    raise Problems.one(
        "not a definition of Europe in this case",
        found=given or "nothing",
        allowed=", ".join(known),
        remedy=nearest(given, known),
    )


EUROPE = Setting("europe", "one definition of Europe instead of all", _europe, "european-nato")

QUESTION = Question(
    "share",
    "Whose share is how large: of people, units, enablers, money and risk, by who gives and pays",
    answer,
    (OPTION, DEAL, MONTHS, EUROPE, *SETTINGS),
)
