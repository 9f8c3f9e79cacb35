"""What each nation carries in an assignment, beside its fair part under a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.optimise.burden import burdens
from guarantor.optimise.games import claims, power
from guarantor.optimise.tables import Reach
from guarantor.quantity import Kind
from guarantor.questions.balances import DIGITS
from guarantor.questions.bringing import DASH
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.optimise.burden import Counted
    from guarantor.optimise.fairness import FairShares
    from guarantor.questions.assigned import Assigned

PERCENT = 100


def fair_section(assigned: Assigned, fair: FairShares) -> Section:
    """Return what nations carry and would carry by the key, the people counted in two ways."""
    best = assigned.balanced(Reach.OWNED)
    made = best.tables
    kinds = burdens(made)
    carried: dict[Counted, dict[str, float]] = {}
    for counted, row in kinds.items():
        sums = carried.setdefault(counted, {})
        for number, source in enumerate(made.sources):
            if source.provider in made.case.nations:
                people = row[number] * best.average(number)
                sums[source.provider] = sums.get(source.provider, 0.0) + people
    adds = power(claims(made))
    nations = sorted(
        {n for sums in carried.values() for n, people in sums.items() if people > 0}
        | {n for n, part in fair.parts.items() if part > 0},
        key=lambda n: (-sum(sums.get(n, 0.0) for sums in carried.values()), n),
    )
    rows = [_row(assigned, fair, carried, adds.parts, adds.error, nation) for nation in nations]
    titles = ["Nation", "Fair part"]
    for counted in carried:
        words = counted.value.removeprefix("people ")
        titles += [f"Carries, {words}", f"Fair, {words}"]
    titles.append("Adds to the fill")
    return Section(
        id="fair",
        title=text("Carried against fair"),
        paragraphs=tuple(_words(assigned, fair)),
        table=Table(
            title="Carried against fair",
            columns=tuple(
                Column(
                    key=t.lower().replace(" ", "_").replace(",", ""),
                    title=t,
                    align="left" if t == "Nation" else "right",
                )
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(nations),
        )
        if rows
        else None,
    )


def _words(assigned: Assigned, fair: FairShares) -> list[Text]:
    found = [
        text(
            "People present, averaged over the months, with the support behind the units; people "
            "in units and people by headcount may be the same and are not added. Fair part and "
            "what a nation adds to the fill are per cents. What is added is the mean over all "
            "orders in which nations could come, line by line, without the needs of units for "
            "enablers. A fair part says nothing of whether a nation refuses."
        )
    ]
    if fair.lacking:
        names = [assigned.records.named(nation) for nation in fair.lacking]
        found.append(join([text("The key says nothing of "), join(names, ", "), text(".")], ""))
    if fair.together:
        names = [assigned.records.named(nation) for nation in fair.together]
        found.append(
            join(
                [
                    text("Taken as one in the division, and divided by what each could bring: "),
                    join(names, ", "),
                    text("."),
                ],
                "",
            )
        )
    return found


def _row(
    assigned: Assigned,
    fair: FairShares,
    carried: dict[Counted, dict[str, float]],
    adds: dict[str, float],
    errors: dict[str, float],
    nation: str,
) -> tuple[Text, ...]:
    book = assigned.asked.book
    actor = assigned.records.actor(nation)
    records = [assigned.entry(key) for key in fair.records.get(nation, ())] or [actor]
    part = fair.parts.get(nation)
    cells: list[Text] = []
    for counted, sums in carried.items():
        whole = sum(sums.values())
        own = _people(
            assigned,
            f"{nation}: carries, {counted.value}",
            sums.get(nation, 0.0),
            [actor, *_sources(assigned, nation)],
        )
        cells.append(text("{n}", n=own))
        cells.append(
            text(
                "{n}",
                n=_people(
                    assigned,
                    f"{nation}: fair, {counted.value}",
                    part * whole,
                    [*records, own.trace],
                ),
            )
            if part is not None
            else DASH
        )
    shown = DASH
    if part is not None:
        label = f"{nation}: fair part under {fair.key.value}"
        shown = text("{n}", n=_percent(assigned, label, part, fair.error.get(nation, 0.0), records))
    added = _percent(
        assigned,
        f"{nation}: adds to the fill of {assigned.title}",
        adds.get(nation, 0.0),
        errors.get(nation, 0.0),
        [actor, *_sources(assigned, nation)],
    )
    return (
        text("{n}", n=cited(book.case.name_of(nation), actor)),
        shown,
        *cells,
        text("{n}", n=added),
    )


def _sources(assigned: Assigned, nation: str) -> list[str]:
    made = assigned.tables(Reach.OWNED)
    return [assigned.source(s, made) for s in made.sources if s.provider == nation]


def _people(assigned: Assigned, label: str, number: float, inputs: list[str]) -> Figure:
    return assigned.asked.book.made(
        label,
        "units × people in one and behind it, averaged over the months",
        inputs,
        Figure(
            value=round(number), unit="people deployed", digits=DIGITS, kind=Kind.DERIVED, trace=""
        ),
    )


def _percent(
    assigned: Assigned, label: str, part: float, error: float, inputs: list[str]
) -> Figure:
    """Return a part in per cent, two standard errors each way where coalitions were drawn."""
    ends = {}
    if error > 0:
        ends = {
            "low": PERCENT * max(part - 2 * error, 0.0),
            "high": PERCENT * min(part + 2 * error, 1.0),
        }
    return assigned.asked.book.made(
        label,
        "coalitions drawn by size; the ends are two standard errors"
        if error
        else "part of the sum",
        inputs,
        Figure(
            value=PERCENT * part, unit="percent", digits=DIGITS, kind=Kind.DERIVED, trace="", **ends
        ),
    )
