"""What must be true for an option to stand behind a ceasefire: conditions, gates, command."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Text, join, text
from guarantor.case.words import Rung
from guarantor.glossary import term_of
from guarantor.questions.balances import contribution_trace, deal_of, deal_title
from guarantor.questions.breach import gate_trace
from guarantor.questions.futures import assumption_trace
from guarantor.questions.guarantee import UNSTATED
from guarantor.questions.leaving import PEOPLE, YEAR, counted, spoken_names
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited, spoken
from guarantor.simulate.block import Measure
from guarantor.simulate.gates import gated
from guarantor.simulate.setup import NO_MONTH

if TYPE_CHECKING:
    from guarantor.case.supply import Contribution
    from guarantor.case.words import Condition
    from guarantor.questions.futures import Shown
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome

CELL = tuple[Text, ...]


def of_one(asked: Asked, outcome: Outcome, shown: Shown) -> Section:
    """Return everything that one option's force waits for, with who waits for it."""
    rows = [
        _deal(asked, outcome),
        *_conditions(asked, outcome),
        *_gates(asked, outcome),
        _command(asked, outcome, shown),
        _force(outcome, shown),
    ]
    return Section(
        id="must-be-true",
        title=text("What must be true for the force to stand behind the ceasefire"),
        paragraphs=(
            text(
                "What the contributions to the option wait for, as they are on record or judged. "
                "Nobody can say that it is enough."
            ),
        ),
        table=plain_table(
            "What must be true",
            ("What", "For whom", "As it stands"),
            [cells for _, cells in rows],
            [key for key, _ in rows],
            set(),
        ),
    )


def _deal(asked: Asked, outcome: Outcome) -> tuple[str, CELL]:
    deal = outcome.table.deal
    return "deal", (
        text("The deal: {deal}", deal=deal_title(asked.book, deal)),
        text("all"),
        text(
            "{meaning}",
            meaning=cited(
                deal.meaning, asked.book.entry(("deals", deal.id), "deal assumed", deal.meaning)
            ),
        ),
    )


def _conditions(asked: Asked, outcome: Outcome) -> list[tuple[str, CELL]]:
    book = asked.book
    waiting: dict[Condition, list[Contribution]] = {}
    for contribution in outcome.table.contributions:
        for condition in contribution.conditions:
            waiting.setdefault(condition, []).append(contribution)
    found: list[tuple[str, CELL]] = []
    for condition, held in sorted(waiting.items(), key=lambda item: (-len(item[1]), item[0])):
        traces = [contribution_trace(book, each) for each in held]
        nations = list(dict.fromkeys(c.provider for c in held))
        names = ", ".join(book.case.name_of(nation) for nation in nations)
        found.append(
            (
                f"condition-{condition.value}",
                (
                    text(f"Condition: {spoken(condition)}"),
                    text("{names}", names=cited(names, traces[0])),
                    text(
                        f"{{n}} contributions name it. {term_of(condition).meaning}"
                        if not any(map(str.isdigit, term_of(condition).meaning))
                        else "{n} contributions name it.",
                        n=book.count("contributions that name the condition", traces),
                    ),
                ),
            )
        )
    return found


def _gates(asked: Asked, outcome: Outcome) -> list[tuple[str, CELL]]:
    """Return the parliaments that have to vote, once and then again."""
    book, case = asked.book, asked.case
    waiting = [c for c in outcome.table.contributions if gated(case, c)]
    nations = [n for n in dict.fromkeys(c.provider for c in waiting) if n in case.gates]
    if not nations:
        return []
    names = cited(
        ", ".join(case.name_of(nation) for nation in nations),
        book.derived(
            "parliaments that vote",
            "nations whose rule asks for a vote on what they would send",
            [gate_trace(book, nation) for nation in nations],
        ),
    )
    renewal = case.assumptions["mandate-months"]
    return [
        (
            "gates",
            (text("A vote of parliament"), text("{who}", who=names), _passed(asked, waiting)),
        ),
        (
            "renewals",
            (
                text("The vote again at each renewal"),
                text("{who}", who=names),
                text(
                    "every {months}",
                    months=cited(renewal.quantity.text(), assumption_trace(book, "mandate-months")),
                ),
            ),
        ),
    ]


def _passed(asked: Asked, waiting: list[Contribution]) -> Text:
    """Return how many of the contributions that wait for a vote are confirmed: gate passed."""
    book = asked.book
    whole = [contribution_trace(book, each) for each in waiting]
    firm = [
        trace
        for each, trace in zip(waiting, whole, strict=True)
        if each.rung is not None and each.rung.height >= Rung.CONFIRMED.height
    ]
    return text(
        "{firm} of {all} contributions that need it are confirmed",
        firm=book.count("confirmed contributions that need a vote", firm, whole),
        all=book.count("contributions that need a vote", whole),
    )


def _command(asked: Asked, outcome: Outcome, shown: Shown) -> tuple[str, CELL]:
    book = asked.book
    command = asked.case.options[outcome.table.option].command
    place = outcome.table.structure.commander
    title = book.option_title(outcome.table.option)
    successor = (
        text("a successor is named")
        if command.successor is not None
        else text("no successor is stated")
    )
    if place == NO_MONTH:
        return "command", (
            text("Somebody commands"),
            text("{option}", option=title),
            join([text("no nation is named alone in command"), successor]),
        )
    nation = book.case.name_of(outcome.table.nations[place])
    last = outcome.table.structure.months
    share = float(outcome.left[last - 1, place]) / outcome.futures
    return "command", (
        text("The nation in command stays"),
        text("{who}", who=cited(nation, title.trace)),
        join(
            [
                text(
                    "it has left by the end of the run in {n}",
                    n=counted(shown, f"{nation} has left by the end", share),
                ),
                successor,
            ]
        ),
    )


def _force(outcome: Outcome, shown: Shown) -> tuple[str, CELL]:
    people = outcome.measure(Measure.USABLE_MEAN)
    first = outcome.people_band(0.5, usable=True)[min(YEAR, outcome.table.structure.months) - 1]
    return "force", (
        text("The force is there"),
        text("all who bring something"),
        text(
            "{mean} usable people over the months; in the middle future {first} at the end of the "
            "first year",
            mean=shown.mean("usable people", people, PEOPLE),
            first=shown.number(
                "usable people at the end of the first year",
                float(first),
                PEOPLE,
                "median over the futures, read from a histogram",
            ),
        ),
    )


def of_all(asked: Asked, names: list[str]) -> Section:
    """Return for each option the deal, and whether command and successor are stated."""
    book, case = asked.book, asked.case
    rows = []
    for name in names:
        command = case.options[name].command
        title = book.option_title(name)
        cells = [text("{option}", option=title)]
        cells.append(text("{deal}", deal=deal_title(book, deal_of(asked, name))))
        for said in (command.commander, command.successor):
            by = [each.by for each in said or ()]
            known = [each for each in by if each in case.nations or each in case.groups]
            names_ = spoken_names(case, known) if known else ""
            cells.append(text("{who}", who=cited(names_, title.trace)) if names_ else UNSTATED)
        rows.append(tuple(cells))
    return Section(
        id="must-be-true",
        title=text("What must be true under each option"),
        paragraphs=(
            text(
                "Under each: the deal itself, the consent that it names, the votes of parliaments, "
                "and somebody in command. Ask with one option for its conditions and who waits "
                "for them."
            ),
        ),
        table=plain_table(
            "Deal and command", ("Option", "Deal", "In command", "Successor"), rows, names, set()
        ),
    )
