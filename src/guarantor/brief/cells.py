"""Single cells that several pages show of an option, each taken from one Answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import join, text
from guarantor.brief.matter import part
from guarantor.case.record import NOT_STATED

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer, Table
    from guarantor.answer.text import Text

EUROPE = "europe-european-nato"
"""The definition of Europe that pages show side by side; the answer `share` has every one."""

CANNOT_BE_SAID = text("cannot be said")
STRUCK = "If broken: strike on force"


def share_of(found: Answer, name: str) -> Text:
    """Return European NATO's share of the people who might come to an option."""
    key, table = f"{name}-provider-possible", part(found, EUROPE)
    return table.cell(key, "people") if table and key in table.keys else CANNOT_BE_SAID


def cost_of(found: Answer, name: str) -> Text:
    """Return the sum with the largest number of what might come; others stand apart in the answer.

    Sums at different prices cannot be compared; the largest number is shown so that none is hidden
    behind a small one.
    """
    table = part(found, "sums")
    keys = [key for key in (table.keys if table else ()) if key.startswith(f"{name}-")]
    if table is None or not keys:
        return text("no cost on record")
    largest = max(keys, key=lambda key: _number(table.cell(key, "possible")))
    said = join([table.cell(largest, "possible"), table.cell(largest, "prices")], " million ")
    return join([said, text("more at other prices")], "; ") if len(keys) > 1 else said


def _number(cell: Text) -> float:
    found = [
        slot.value or slot.high or 0.0 for slot in cell.slots.values() if slot.type == "figure"
    ]
    return max(found, default=0.0)


def pools(forces: Table, name: str) -> Text:
    """Return the pool at one in three, four and five, or that it cannot be said."""
    cells = [forces.cell(name, f"pool_{rule}") for rule in ("three", "four", "five")]
    return join(cells, " / ") if cells[0].slots else cells[0]


def lines_filled(gaps: Answer) -> Text:
    """Return how many numbered lines are filled firmly and how many could be."""
    slots = gaps.headline.slots
    if "all" not in slots:
        return gaps.not_known[0] if gaps.not_known else text("no line on record")
    if getattr(slots["all"], "value", None) == 0:
        return text("asks for nothing")
    return text(
        "{firm} confirmed, {able} of {all} possible",
        **{slot: slots[slot] for slot in ("firm", "able", "all")},
    )


def verdict(feasible: Answer, name: str, test: str = "feasibility") -> Text:
    """Return the verdict on an option under one test."""
    table, key = part(feasible, "screening"), f"{name}/{test}"
    return table.cell(key, "verdict") if table and key in table.keys else CANNOT_BE_SAID


def first(promise: Answer, row: str) -> Text:
    """Return the first thing published in a row of a promise, or `not stated`."""
    table = part(promise, "promise")
    found = (r[1] for r in (table.rows if table else ()) if r[0].plain() == row)
    return next(found, text(NOT_STATED))


def struck(breach: Answer) -> tuple[Text, ...]:
    """Return whether anyone is bound to act, each published answer, and whose parliament counts."""
    responses, gates = part(breach, "responses"), part(breach, "parliaments")
    answers = [
        join([option, does], ": ")
        for option, kind, who, _, does, *_ in (responses.rows if responses else ())
        if kind.plain() == "strike on force" and who.plain() != NOT_STATED
    ]
    rules = [join([nation, rule], ": ") for nation, rule, *_ in (gates.rows if gates else ())]
    parliaments = [join([text("Parliaments – "), join(rules, "; ")], "")] if rules else []
    return (breach.headline, *answers, *parliaments)


def two_voices(claims: Answer) -> tuple[Text, ...]:
    """Return, per state, an office that refuses soldiers beside one that does not."""
    table = part(claims, "offices")
    sides: dict[str, dict[bool, Text]] = {}
    names: dict[str, Text] = {}
    for actor, topic, office, stance, _ in table.rows if table else ():
        if topic.plain() == "ground troops":
            names[actor.plain()] = actor
            refuses = stance.plain().startswith(("excludes", "opposes"))
            sides.setdefault(actor.plain(), {})[refuses] = join([office, stance], " ")
    return tuple(
        join([names[state], join(list(both.values()), "; ")], ": ") for state, both in sides.items()
    ) or (text("In no state does one office refuse soldiers and another not."),)
