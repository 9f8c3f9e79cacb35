"""Who commands after an exit: the successor, stated or not, and the months in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Section
from guarantor.answer.text import Text, join, text
from guarantor.case.words import Condition
from guarantor.questions.balances import contribution_trace
from guarantor.questions.futures import Shown
from guarantor.questions.guarantee import promise, trace
from guarantor.questions.leaving import counted, spoken_name, spoken_names
from guarantor.questions.tracing import cited
from guarantor.simulate.block import Measure
from guarantor.simulate.setup import NO_MONTH
from guarantor.supply.shares import UNITED_STATES

if TYPE_CHECKING:
    from guarantor.questions.exit import Exit


def section(found: Exit) -> Section:
    """Return what happens to command, and to what waits for American support."""
    paragraphs = [*_command(found)]
    if UNITED_STATES in found.nations:
        paragraphs += _support(found)
    return Section(id="command", title=text("Command and support"), paragraphs=tuple(paragraphs))


def _command(found: Exit) -> list[Text]:
    book, table = found.asked.book, found.whole.stays.table
    place = table.structure.commander
    option = found.asked.case.options[found.terms.option]
    title = book.option_title(found.terms.option)
    if place == NO_MONTH:
        who = option.command.commander
        if who is None:
            return [text("Nobody is named in command of {option}, before or after.", option=title)]
        return [
            text("Command is not touched: {who}.", who=cited(who[0].by, _said(found, "Commander")))
        ]
    commander = table.nations[place]
    by = cited(spoken_name(book.case, commander), _said(found, "Commander"))
    if commander not in found.nations:
        follow = Shown(book, found.whole.leaves, found.terms)
        share = found.whole.leaves.left[found.later - 1, place] / found.whole.leaves.futures
        return [
            text(
                "The exit itself does not touch command, which lies with {by}; by month {then} "
                "{by_too} has left in {share}.",
                by=by,
                then=found.then,
                by_too=by,
                share=counted(follow, f"{by.text} has left by month {found.later}", share),
            )
        ]
    return [_successor(found), _between(found)]


def _said(found: Exit, name: str) -> str:
    """Keep the first statement of a row of the option's promise; the option itself when none."""
    book, option = found.asked.book, found.terms.option
    row = next(row for row in promise(found.asked.case.options[option]) if row.name == name)
    return trace(book, option, row, 0) if row.said else book.option_title(option).trace


def _successor(found: Exit) -> Text:
    command = found.asked.case.options[found.terms.option].command
    words = found.who.text
    who = cited(f"{words[0].upper()}{words[1:]}", found.who.trace)
    head = text("{who} would have been in command.", who=who)
    if command.successor is None:
        return join(
            [head, text("Nobody is named to take over, and no time for it is stated.")], " "
        )
    by = found.asked.case.name_of(command.successor[0].by)
    successor = cited(by, _said(found, "Successor in command"))
    after = text("{successor} is named to take over.", successor=successor)
    if command.handover is None:
        time = text("How long that takes is not stated.")
    else:
        said = cited(command.handover[0].delay.words(), _said(found, "Hand-over time"))
        time = text("The stated time for it is {time}.", time=said)
    return join([head, after, time], " ")


def _between(found: Exit) -> Text:
    book = found.asked.book
    follow = Shown(book, found.whole.leaves, found.terms)
    unled = book.case.assumptions["unled"]
    months = found.whole.leaves.measure(Measure.COMMAND_MONTHS)
    return text(
        "Command changes hands for {months} months of the run; meanwhile a unit is taken to do "
        "{unled} of its work.",
        months=follow.middle("months in which command changes hands", months, "months"),
        unled=cited(
            unled.quantity.text(),
            book.entry(("assumptions", "unled"), f"assumption: {unled.title}", unled.text),
        ),
    )


def _support(found: Exit) -> list[Text]:
    """Return the contributions that wait for American support and stop counting with it."""
    book, table = found.asked.book, found.whole.stays.table
    waiting = [c for c in table.contributions if Condition.AMERICAN_SUPPORT in c.conditions]
    if not waiting:
        return [text("No contribution to the option names American support as its condition.")]
    traces = [contribution_trace(book, each) for each in waiting]
    who = dict.fromkeys(c.provider for c in waiting)
    nations = [nation for nation in who if nation in book.case.nations]
    names = cited(spoken_names(book.case, nations), traces[0]) if nations else None
    count = book.count("contributions that name American support as a condition", traces)
    if names is None:
        return [text("{n} contributions wait for American support and stop with it.", n=count)]
    return [
        text(
            "{n} contributions wait for American support and stop with it: those of {names}.",
            n=count,
            names=names,
        )
    ]
