"""The balanced force as a table of offers, and how it came about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Figure, Text, text
from guarantor.optimise.burden import in_words
from guarantor.optimise.fairness import MEANING
from guarantor.optimise.solver import Ending
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.assigned import conditions_of, firmness, month
from guarantor.questions.balances import DIGITS
from guarantor.questions.bringing import DASH
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.optimise.fairness import FairShares
    from guarantor.optimise.programme import Assignment
    from guarantor.questions.assigned import Assigned


def offers_section(assigned: Assigned) -> Section:
    """Return who brings what to which line, how firm it is and on which conditions."""
    best = assigned.balanced(Reach.OWNED)
    made = best.tables
    order = sorted(
        range(len(made.sources)), key=lambda n: (made.sources[n].line, made.sources[n].loss)
    )
    rows, keys = [], []
    for number in order:
        if best.present[number].any():
            source = made.sources[number]
            rows.append(_offer(assigned, best, number))
            keys.append(f"{source.key}@{made.lines[source.line].id}")
    titles = ("Nation", "Line", "Units", "From month", "Firmness", "Conditions", "Caveat")
    return Section(
        id="offers",
        title=text("The balanced force, as a table of offers"),
        paragraphs=(
            text(
                "Offers come first, the firmest of them before the others; what is still missing "
                "is to be asked of nations that do not refuse, spread by the key named below. A "
                "request starts when the offers to its line are in, or after the notice of the "
                "unit. Headcounts and units may be the same people seen twice."
            ),
        ),
        table=plain_table("Offers", titles, rows, keys, {"Units", "From month"}) if rows else None,
    )


def _offer(assigned: Assigned, best: Assignment, number: int) -> tuple[Text, ...]:
    made = best.tables
    source = made.sources[number]
    line = made.lines[source.line]
    contribution = source.contribution
    record = assigned.source(source, made)
    there = [p for p in range(len(made.periods)) if best.present[number, p] > 0]
    most = float(best.present[number].max())
    label = f"{assigned.title}: {line.id}, from {assigned.asked.case.name_of(source.provider)}"
    units = assigned.asked.book.made(
        f"{label}, {source.key}",
        "the most at one time in the assignment that is best by every objective",
        [record, assigned.records.need(line.need)],
        Figure(
            value=most,
            unit=assigned.unit(line),
            kind=Kind.DERIVED,
            rung=str(contribution.rung or "") if contribution is not None else "",
            trace="",
        ),
    )
    conditions = conditions_of(source)
    return (
        text("{n}", n=cited(assigned.asked.case.name_of(source.provider), record)),
        assigned.name(line),
        text("{n}", n=units),
        text(
            "{n}",
            n=month(assigned, f"{label}, {source.key}, from", made.periods[there[0]][0], [record]),
        ),
        text(firmness(source)),
        text("{c}", c=cited(conditions, record)) if conditions else DASH,
        text("{c}", c=cited(contribution.caveat, record))
        if contribution is not None and contribution.caveat
        else DASH,
    )


def how_section(assigned: Assigned, fair: FairShares) -> Section:
    """Return what was made small, in order, to which value, and whether that is proved."""
    best = assigned.balanced(Reach.OWNED)
    book = assigned.asked.book
    inputs = [
        *(assigned.records.need(line.need) for line in best.tables.lines),
        assigned.term(),
    ]
    rows, keys = [], []
    for number, step in enumerate(best.steps):
        name, unit, shown = in_words(best.tables, best.steps, number)
        figure = book.made(
            f"{assigned.title}: {name}",
            "objectives in order, each kept while the next is made small",
            inputs,
            Figure(
                value=step.value / shown, unit=unit, digits=DIGITS + 1, kind=Kind.DERIVED, trace=""
            ),
        )
        rows.append(
            (
                text("{o}", o=cited(name, figure.trace)),
                text("{n}", n=figure),
                _ending(assigned, step.ending, step.gap, figure),
            )
        )
        keys.append(f"{step.objective.value} {number}".replace(" ", "-"))
    return Section(
        id="how",
        title=text("How it came about"),
        paragraphs=(
            text(
                "Unfilled need: the parts of lines that stay open, a line counting one over its "
                "months. Firmness lost: steps below deployed, by line; what is judged counts one "
                "more than signalled, and what is to be asked two more. Unfairness: people carried "
                "beyond or below the fair part, summed over nations. Costs at different prices do "
                "not add and are made small one after the other."
            ),
            text(
                f"The key of fair shares: {{key}}, {MEANING[fair.key]}.",
                key=cited(
                    fair.key.value,
                    book.asked(
                        "key of fair shares",
                        fair.key.value,
                        by_reader=bool(assigned.asked.get("fair")),
                    ),
                ),
            ),
        ),
        table=plain_table("Objectives", ("Objective", "Value", "Search"), rows, keys, {"Value"}),
    )


def _ending(assigned: Assigned, ending: Ending, gap: float, figure: Figure) -> Text:
    if ending is Ending.PROVED:
        return text("the best there is, within what is tolerated")
    if gap == float("inf"):
        return text("kept as found; not made smaller")
    percent = assigned.asked.book.number(
        "by how much the best could be better",
        100 * gap,
        "gap of the search",
        [figure.trace],
        "percent",
    )
    return text(f"{ending.value}; it could be better by at most {{n}} per cent", n=percent)
