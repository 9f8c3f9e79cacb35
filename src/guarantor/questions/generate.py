"""Who gives what: the balanced force, how firm each part is, and how it lies beside fair shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guarantor.answer.answer import Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.fairness import Fair, fair_shares
from guarantor.optimise.gather import uncounted_kinds
from guarantor.optimise.tables import Reach
from guarantor.problems import Problems, nearest
from guarantor.quantity import Kind
from guarantor.questions.assigned import (
    Assigned,
    month,
    option_of,
)
from guarantor.questions.balances import DIGITS, balances, deal_title
from guarantor.questions.fair_table import fair_section
from guarantor.questions.force_tables import how_section, offers_section
from guarantor.questions.in_the_futures import in_the_futures
from guarantor.questions.leaks import leaks_told
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import DEAL, MONTHS, OPTION, Asked, Draft, Question, Setting
from guarantor.questions.robust_force import SHARE, robust_section
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.optimise.programme import Assignment
    from guarantor.optimise.tables import Line

LEVELS = {
    Reach.CONFIRMED: "Confirmed",
    Reach.SAID: "Said",
    Reach.POSSIBLE: "Possible",
    Reach.OWNED: "Owned, not refused",
}


def _fair(words: str, _case: Case) -> Fair:
    if words in set(Fair):
        return Fair(words)
    raise Problems.one(
        "no key of fair shares",
        found=words or "nothing",
        allowed=", ".join(Fair),
        remedy=nearest(words, list(Fair)),
    )


FAIR = Setting("fair", "the key by which asks are spread over nations", _fair, "gdp")


def answer(asked: Asked) -> Draft:
    """Return the balanced force of one option: lines, offers, fair shares, and how it came out."""
    book = asked.book
    name = option_of(asked)
    title = text("Who gives what, as of {day}: {title}", day=book.day(), title=book.title())
    if name is None:
        return Draft(title, text("No option was on record on {day}.", day=book.day()), ())
    assigned = Assigned(asked, name)
    if not assigned.tables(Reach.OWNED).lines:
        return Draft(
            title,
            text("{option} asks for nothing, and nobody is asked.", option=book.option_title(name)),
            (),
        )
    fair = fair_shares(assigned.tables(Reach.OWNED), asked.get("fair") or Fair.GDP)
    assigned.fair = fair.parts
    return Draft(
        title=title,
        headline=_headline(assigned),
        sections=(
            _lines(assigned),
            offers_section(assigned),
            fair_section(assigned, fair),
            how_section(assigned, fair),
            *([robust_section(assigned, asked.get("share"))] if asked.get("share") else ()),
        ),
        not_known=tuple(_not_known(assigned)),
    )


def _headline(assigned: Assigned) -> Text:
    book = assigned.asked.book
    made = assigned.at(Reach.OWNED)
    lines = [assigned.records.need(line.need) for line in made.tables.lines]
    slots: dict[str, Any] = {
        "option": book.option_title(assigned.option),
        "all": book.count(f"{assigned.title}: lines that ask something", lines, lines),
        "firm": assigned.lines_met(Reach.CONFIRMED),
        "said": assigned.lines_met(Reach.SAID),
        "possible": assigned.lines_met(Reach.POSSIBLE),
        "owned": assigned.lines_met(Reach.OWNED),
    }
    return text(
        "Of {all} lines of {option}, {firm} can be filled in whole units by what is confirmed, "
        "{said} by what nations have said, {possible} if nations do what an analyst judges they "
        "could, and {owned} if those that do not refuse also send what they own and can keep out.",
        **slots,
    )


def _lines(assigned: Assigned) -> Section:
    book = assigned.asked.book
    best = assigned.balanced(Reach.OWNED)
    rows, keys = [], []
    for number, line in enumerate(best.tables.lines):
        rows.append(
            (
                assigned.name(line),
                text("{n}", n=assigned.need(line)) if line.stated else text("at least one"),
                *(
                    text(
                        "{n}",
                        n=assigned.filled(reach, line, ends=reach in {Reach.POSSIBLE, Reach.OWNED}),
                    )
                    for reach in LEVELS
                ),
                text("{n}", n=_aside(assigned, line)),
                _from_month(assigned, best, number),
            )
        )
        keys.append(line.id)
    titles = ("Line", "Asked", *LEVELS.values(), "Possible, needs aside", "Filled from month")
    return Section(
        id="lines",
        title=text("What can be filled: {option}", option=book.option_title(assigned.option)),
        paragraphs=(
            text(
                "Under the deal {deal}, for {months} months. What each line has in the end, in "
                "whole units: the best estimate of half a unit brings none. Best values first; the "
                "ends in brackets take what nations bring low and needs high, and the reverse.",
                deal=deal_title(book, assigned.deal),
                months=_months(assigned),
            ),
            text(
                "Confirmed, said and possible are as on the page of gaps. Owned, not refused: also "
                "what nations own and could keep out and nobody has spoken of, where their latest "
                "word does not refuse. It is what could be asked, not what is offered."
            ),
            text(
                "A unit counts only with the enablers that it needs, where the option has a line "
                "of them. Those needs are judged: the column needs aside shows what is possible "
                "when they are dropped, and the difference is that assumption."
            ),
            *in_the_futures(assigned.asked, assigned.option, assigned.months),
            *leaks_told(book, balances(assigned.asked, assigned.option)),
        ),
        table=plain_table("Lines", titles, rows, keys, {"Asked", *LEVELS.values(), *titles[-2:]}),
    )


def _aside(assigned: Assigned, line: Line) -> Figure:
    """Return what is possible for a line when what units need is left aside."""
    found = assigned.aside(Reach.POSSIBLE)
    numbers = {each.id: number for number, each in enumerate(found.tables.lines)}
    bare = Figure(
        value=found.last_filled(numbers[line.id]),
        unit=assigned.unit(line),
        digits=DIGITS,
        kind=Kind.DERIVED,
        trace="",
    )
    return assigned.asked.book.made(
        f"{assigned.title}: {line.id}, filled, possible, without what units need",
        "the assignment that leaves the least unfilled, at best values, without judged needs",
        assigned.behind(Reach.POSSIBLE, line),
        bare,
    )


def _from_month(assigned: Assigned, best: Assignment, number: int) -> Text:
    """Return the first month from which a line lacks nothing, to its end."""
    made, line = best.tables, best.tables.lines[number]
    stands = [p for p in range(len(made.periods)) if made.active(line, p)]
    met = [best.unfilled[number, p] <= line.asked * 1e-9 for p in stands]
    if not met or not met[-1]:
        return text("never")
    first = next(n for n in range(len(met)) if all(met[n:]))
    begin = made.periods[stands[first]][0]
    inputs = assigned.behind(Reach.OWNED, line)
    return text(
        "{n}", n=month(assigned, f"{assigned.title}: {line.id}, filled from month", begin, inputs)
    )


def _not_known(assigned: Assigned) -> list[Text]:
    book = assigned.asked.book
    made = assigned.tables(Reach.OWNED)
    found = [
        text(
            "{option}, {line}: nobody has said how many, so that at least one is tested, and the "
            "line is not decidable from public data.",
            option=book.option_title(assigned.option),
            line=cited(need.line.id, assigned.records.need(need)),
        )
        for need in made.unnumbered
    ]
    by_kind: dict[str, list[str]] = {}
    for owner, kind in made.uncounted:
        by_kind.setdefault(kind, []).append(owner)
    for kind, owners in by_kind.items():
        title = assigned.asked.case.capabilities[kind].title.lower()
        names = [assigned.records.named(owner) for owner in owners]
        found.append(
            join([text(f"What these have of {title}: "), join(names, ", "), text(".")], "")
        )
    for kind in uncounted_kinds(made):
        title = assigned.asked.case.capabilities[kind].title
        whole = [assigned.records.need(ln.need) for ln in made.lines if ln.capability == kind]
        found.append(
            text(
                "How many of {kind} anybody owns: no count is on record, so that nothing beyond "
                "the offers can be asked for, and the line is not decidable from public data.",
                kind=cited(title.lower(), whole[0]),
            )
        )
    small = _less_than_one(assigned)
    if small:
        found.append(
            text(
                "{n} contributions are judged at less than one unit at best, and count as none.",
                n=book.count("contributions below one unit at best", small),
            )
        )
    return found


def _less_than_one(assigned: Assigned) -> list[str]:
    high = {s.key: s for s in assigned.tables(Reach.POSSIBLE, "high").sources}
    best = {s.key for s in assigned.tables(Reach.POSSIBLE).sources}
    return [
        assigned.records.contribution(source.contribution)
        for key, source in high.items()
        if key not in best and source.contribution is not None
    ]


def _months(assigned: Assigned) -> Figure:
    return Figure(value=assigned.months, unit="months", kind=Kind.JUDGED, trace=assigned.term())


QUESTION = Question(
    "generate",
    "Who gives what: the best assignment of units to lines, what to ask of whom, and fair shares",
    answer,
    (OPTION, DEAL, MONTHS, FAIR, SHARE),
)
