"""What is in place when the ceasefire fails, what can still arrive, and which votes are due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Text, text
from guarantor.case.words import GateRule, Phase
from guarantor.quantity import Amount
from guarantor.questions.balances import contribution_trace, deal_of, deal_title, need_trace
from guarantor.questions.futures import (
    Shown,
    Terms,
    WhatHappens,
    assumption_trace,
    outcomes,
)
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.leaving import PEOPLE, month_figure
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited, spoken
from guarantor.simulate.assumptions import NEEDED, of_rule
from guarantor.simulate.block import Measure
from guarantor.simulate.gates import gated, rule_for
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from guarantor.answer.text import Cited, Figure
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

FUTURES_HERE = 1024
"""One block: the states of a few months are asked for, in every brief."""

LATER = {0: "in that month", 1: "one month on", 3: "three months on", 6: "six months on"}
"""Months after the breach, in words."""

RULES = {
    GateRule.PRIOR: "consent before",
    GateRule.AFTER_THE_FACT: "consent may follow",
    GateRule.LIMITED: "consent in some cases",
    GateRule.CONVENTION: "a vote by convention",
    GateRule.NONE: "no consent needed",
}
"""The rules of parliaments, in words."""

MEAN = "mean over the futures"


def in_place(asked: Asked, names: list[str], month: int, when: Cited) -> tuple[Section, ...]:
    """Return what is there when the ceasefire fails in a month, for one option or for all.

    Where the case lacks what futures need, one sentence says so.
    """
    missing = [name for name in NEEDED if name not in asked.case.assumptions]
    if missing or not asked.case.deals:
        return (
            Section(
                id="in-place",
                title=text("What is in place in month {month}", month=when),
                paragraphs=(
                    text(
                        "Cannot be run: the case has no deal, or lacks assumptions that futures "
                        "need."
                    ),
                ),
            ),
        )
    if len(names) == 1:
        return _of_one(asked, names[0], month, when)
    return (_of_all(asked, names, month, when),) if names else ()


def _runs(
    asked: Asked, options: list[str], month: int, ends: list[int]
) -> dict[tuple[str, int], Outcome]:
    """Return the options run with the ceasefire failing in a month, to each of the months."""
    broken = WhatHappens(breach_month=month - 1)
    wanted = {
        (option, end): (_terms(asked, option, end), broken) for option in options for end in ends
    }
    found = outcomes(asked.case, list(wanted.values()))
    return {key: found[one] for key, one in wanted.items()}


def _terms(asked: Asked, option: str, months: int) -> Terms:
    terms = terms_of(asked, option)
    futures = terms.futures if asked.get("futures") else FUTURES_HERE
    return terms._replace(months=months, futures=futures)


def _on_soil(now: Outcome, before: Outcome | None) -> Numbers:
    """Return the people present on the host's soil in the last month of a run, by future.

    before: the same run, a month shorter. Means over months are kept, so that the last month is
    what the longer sum has beyond the shorter one.
    """
    months = now.table.structure.months
    found: Numbers = now.measure(Measure.HOST_SOIL_MEAN) * months
    if before is not None:
        found = found - before.measure(Measure.HOST_SOIL_MEAN) * (months - 1)
    # what rounding leaves of nobody is nobody
    return found.round(6) + 0.0


def _of_all(asked: Asked, names: list[str], month: int, when: Cited) -> Section:
    ends = [end for end in (month - 1, month) if end >= 1]
    runs = _runs(asked, names, month, ends)
    rows = []
    for name in names:
        now = runs[name, month]
        shown = Shown(asked.book, now, _terms(asked, name, month))
        rows.append(
            (
                text("{option}", option=asked.book.option_title(name)),
                text("{n}", n=_usable(shown, now)),
                text("{n}", n=_soil(shown, now, runs.get((name, month - 1)))),
                _for_a_breach(asked, now),
            )
        )
    titles = ("Option", "Usable people", "Present on the host's soil", "Lines for a breach")
    return Section(
        id="in-place",
        title=text("What is in place in month {month}", month=when),
        paragraphs=(_meaning(asked, names),),
        table=plain_table("In place", titles, rows, names, set(titles[1:3])),
    )


def _meaning(asked: Asked, names: list[str]) -> Text:
    deals = {deal.id: deal for deal in (deal_of(asked, name) for name in names)}
    first = next(iter(deals.values()))
    if not any(deal.ceasefire for deal in deals.values()):
        return text(
            "Under {deal} there is no ceasefire that could fail, so that lines for a breach are "
            "needed from the first month. Means over the futures, with the ends between which "
            "nine in ten lie. What happens in the fighting is not modelled.",
            deal=deal_title(asked.book, first),
        )
    return text(
        "The ceasefire is made to fail at the start of that month, under {deal}. Means over the "
        "futures, with the ends between which nine in ten lie; contributions come and go as their "
        "ranges have it. What happens in the fighting is not modelled.",
        deal=deal_title(asked.book, first)
        if len(deals) == 1
        else cited(
            "the deals that the options are meant for",
            asked.book.entry(("deals", first.id), "deal assumed", first.meaning),
        ),
    )


def _usable(shown: Shown, run: Outcome) -> Figure:
    months = run.table.structure.months
    people = run.measure(Measure.USABLE_END)
    return shown.mean(f"usable people in month {months}", people, PEOPLE)


def _for_a_breach(asked: Asked, run: Outcome) -> Text:
    needs = [need for need in run.table.lines if need.line.phase is Phase.BREACH]
    if not needs:
        return text("none")
    book = asked.book
    return text(
        "{names}",
        names=cited(
            ", ".join(need.line.id.replace("-", " ") for need in needs), need_trace(book, needs[0])
        ),
    )


def _of_one(asked: Asked, option: str, month: int, when: Cited) -> tuple[Section, ...]:
    horizon = asked.case.about.horizon.months
    after = [wait for wait in LATER if month + wait <= horizon]
    ends = sorted({month + wait for wait in after} | ({month - 1} if month > 1 else set()))
    runs = {end: run for (_, end), run in _runs(asked, [option], month, ends).items()}
    return (
        _people(asked, option, runs, month, after, when),
        _lines(asked, option, runs[month + after[-1]], month, after),
        _votes(asked, runs[month], month, when),
    )


def _people(
    asked: Asked, option: str, runs: dict[int, Outcome], month: int, after: list[int], when: Cited
) -> Section:
    rows = []
    for wait in after:
        run = runs[month + wait]
        shown = Shown(asked.book, run, _terms(asked, option, month + wait))
        rows.append(
            (
                text(LATER[wait]),
                text("{n}", n=month_figure(asked.book, month + wait, when.trace)),
                text("{n}", n=_usable(shown, run)),
                text("{n}", n=_soil(shown, run, runs.get(month - 1))) if wait == 0 else text("–"),
            )
        )
    titles = ("When", "Month", "Usable people", "Present on the host's soil")
    return Section(
        id="in-place",
        title=text("What is in place in month {month}, and soon after", month=when),
        paragraphs=(_meaning(asked, [option]),),
        table=plain_table("People", titles, rows, [f"after-{w}" for w in after], set(titles[1:])),
    )


def _soil(shown: Shown, now: Outcome, before: Outcome | None) -> Figure:
    months = now.table.structure.months
    label = f"people present on the host's soil in month {months}"
    return shown.mean(label, _on_soil(now, before), PEOPLE)


def _lines(asked: Asked, option: str, run: Outcome, month: int, after: list[int]) -> Section:
    """Return what works on each line in the month, what works soon after, and what is late."""
    book = asked.book
    shown = Shown(book, run, _terms(asked, option, run.table.structure.months))
    rows, keys = [], []
    for line, need in enumerate(run.table.lines):
        unit = asked.case.capabilities[need.line.capability].unit
        name = need.line.id.replace("-", " ")
        working = run.filled(line)
        late = float(run.lost(line, Reason.LATE)[month - 1])
        figures = [
            shown.number(
                f"{name}: works in month {month + wait}",
                float(working[month + wait - 1]),
                unit,
                MEAN,
            )
            for wait in after
        ]
        rows.append(
            (
                text("{line}", line=cited(f"{name.capitalize()}, {unit}", need_trace(book, need))),
                text(f"{spoken(need.line.phase)}, {spoken(need.line.band)}"),
                *(text("{n}", n=figure) for figure in figures),
                text("{n}", n=shown.number(f"{name}: late in month {month}", late, unit, MEAN)),
            )
        )
        keys.append(need.line.id)
    words = tuple(LATER[wait].capitalize() for wait in after)
    titles = ("Line", "Phase and band", *words, "Offered, not yet there")
    return Section(
        id="arrivals",
        title=text("What works on each line, and what can arrive"),
        paragraphs=(
            text(
                "Means over the futures. Lines of the phase breach begin with it. What is offered "
                "and not yet there comes when vote, notice and lift allow, if it comes at all. "
                "What waits for the ceasefire, and was not there when it failed, does not come."
            ),
        ),
        table=plain_table("Lines", titles, rows, keys, set(titles[2:])) if rows else None,
    )


def _votes(asked: Asked, run: Outcome, month: int, when: Cited) -> Section:
    """Return the parliaments on which the option's contributions wait, and where they stand."""
    book, case = asked.book, asked.case
    held: dict[str, tuple[GateRule, list[str]]] = {}
    for contribution in run.table.contributions:
        if gated(case, contribution):
            rule = rule_for(case, contribution)
            traces = held.setdefault(contribution.provider, (rule, []))[1]
            traces.append(contribution_trace(book, contribution))
    rows = []
    for nation, (rule, traces) in held.items():
        name = of_rule("gate-months", rule)
        taken = case.assumptions[name].quantity
        trace = assumption_trace(book, name)
        high = taken.shape.high if isinstance(taken, Amount) else None
        decided = high is not None and month > high + 1
        rows.append(
            (
                text(
                    "{nation}",
                    nation=cited(
                        case.name_of(nation),
                        book.derived("contributions that wait for a vote", "listed", traces),
                    ),
                ),
                text(RULES[rule]),
                text("{range}", range=cited(taken.text(), trace)),
                text("given or refused by then") if decided else text("may still be open"),
            )
        )
    if not rows:
        return Section(
            id="votes",
            title=text("Votes that are due by month {month}", month=when),
            paragraphs=(text("No contribution to the option waits for a parliament."),),
        )
    renewal = case.assumptions["mandate-months"].quantity
    return Section(
        id="votes",
        title=text("Votes that are due by month {month}", month=when),
        paragraphs=(
            text(
                "A vote to renew falls due every {months}. Whether a breach itself calls for a new "
                "vote is not stated for any of them.",
                months=cited(renewal.text(), assumption_trace(book, "mandate-months")),
            ),
        ),
        table=plain_table(
            "Parliaments",
            ("Nation", "Rule", "From the start to the vote", "The first vote"),
            rows,
            list(held),
            set(),
        ),
    )
