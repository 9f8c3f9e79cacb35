"""A nation leaves in a month: what is left, who follows, which lines lose, who commands then."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.text import Text, join, text
from guarantor.problems import Misuse
from guarantor.questions.balances import deal_of, deal_title
from guarantor.questions.command_change import section as command_section
from guarantor.questions.exit_tables import (
    by_month_section,
    followers_section,
    left_section,
    lines_section,
)
from guarantor.questions.futures import (
    OF_FUTURES,
    Shown,
    Terms,
    assumption_trace,
    what_the_run_rests_on,
)
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.guarantee import ordered
from guarantor.questions.leaving import (
    LEAVES,
    NATIONS,
    PEOPLE,
    YEAR,
    Beside,
    Taken,
    Worlds,
    legible,
    people_taken,
    spoken_names,
    worlds,
)
from guarantor.questions.question import OPTION, Asked, Draft, Question
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.text import Cited

USUAL_MONTH = 24
FUTURES_HERE = 2048
"""Two blocks: eight runs are made while a person waits, and two blocks still show the error."""


class Exit(NamedTuple):
    """An exit that was asked about and run: to the end, and to the month a year after it."""

    asked: Asked
    terms: Terms
    nations: tuple[str, ...]
    month: int
    later: int
    whole: Worlds
    ending: Worlds
    taken: Taken
    shown: Shown
    beside: Beside
    who: Cited
    when: Cited
    then: Cited


def answer(asked: Asked) -> Draft:
    """Return what an option loses when nations leave it, alone and with those who follow."""
    option = asked.get("option")
    if option is None:
        raise Misuse.one(
            "an exit is from one option, and none was named with --option",
            found="nothing",
            allowed=", ".join(ordered(asked)),
        )
    terms = terms_of(asked, option)
    if asked.get("futures") is None:
        terms = terms._replace(futures=FUTURES_HERE)
    month = asked.get("month") or min(USUAL_MONTH, terms.months)
    if month > terms.months:
        raise Misuse.one(
            "the exit lies after the end of the run",
            found=f"month {month}",
            allowed=f"1 to {terms.months}, the months of the run",
            remedy="Ask for an earlier month, or for a longer run with --months.",
        )
    return _answer(asked, terms, month)


def _answer(asked: Asked, terms: Terms, month: int) -> Draft:
    nations = asked.get("nation") or _usual_nations(asked, terms)
    later = min(month + YEAR - 1, terms.months)
    if not nations:
        return _nobody(asked, terms)
    whole = worlds(asked.case, terms, nations, month)
    outside = [nation for nation in nations if nation not in whole.stays.table.nations]
    if len(outside) == len(nations):
        return _no_part(asked, terms, nations)
    ending = worlds(asked.case, terms._replace(months=later), nations, month)
    found = _exit(asked, terms, nations, month, later, whole, ending)
    return Draft(
        title=_title(asked, found),
        headline=_headline(found),
        sections=(
            left_section(found),
            by_month_section(found),
            lines_section(found),
            followers_section(found),
            command_section(found),
        ),
        not_known=(
            text(
                "Whether {who} would leave, and when: the exit is made to happen here, and nobody "
                "is on record with a date.",
                who=found.who,
            ),
            text(
                "How many would follow: the range rests on what nations planned after one "
                "announcement, in July {year}, and plans to cut are not exits.",
                year=cited("2011", assumption_trace(asked.book, "follows")),
            ),
            what_the_run_rests_on(
                asked.book,
                whole.stays,
                {
                    "comes-said": "which contributions come at all",
                    "follows": "how many follow a leaver",
                    "strength-basis": "and which share of its strength a nation can keep out",
                },
            ),
        ),
    )


def _exit(
    asked: Asked,
    terms: Terms,
    nations: tuple[str, ...],
    month: int,
    later: int,
    whole: Worlds,
    ending: Worlds,
) -> Exit:
    book, case = asked.book, asked.case
    shown = Shown(book, whole.stays, terms)
    beside = Beside(shown, Shown(book, whole.leaves, terms))
    set_month = book.asked(
        "month of the exit", f"month {month} of the deal", by_reader=bool(asked.get("month"))
    )
    names = spoken_names(case, nations)
    by_reader = bool(asked.get("nation"))
    who = cited(names, book.asked("who is made to leave", names, by_reader=by_reader))
    after = f"{later - month + 1} months begin with the exit"
    return Exit(
        asked,
        terms,
        nations,
        month,
        later,
        whole,
        ending,
        people_taken(ending),
        shown,
        beside,
        who,
        cited(str(month), set_month),
        cited(str(later), book.derived("month looked at", after, [set_month], says=str(later))),
    )


def _usual_nations(asked: Asked, terms: Terms) -> tuple[str, ...]:
    """Return the nation in command, else the one that brings most people, else nobody."""
    from guarantor.simulate.tables import table

    made = table(asked.case, terms.option, asked.case.deals[terms.deal], terms.level, 1)
    structure = made.structure
    if structure.commander >= 0:
        return (made.nations[structure.commander],)
    weight = np.where(structure.leaves, structure.weight, -1.0)
    return (made.nations[int(weight.argmax())],) if weight.size and weight.max() >= 0 else ()


def _title(asked: Asked, found: Exit) -> Text:
    return text(
        "{option} without {who} from month {month} on, as of {day}: {title}",
        option=asked.book.option_title(found.terms.option),
        who=found.who,
        month=found.when,
        day=asked.book.day(),
        title=asked.book.title(),
    )


def _headline(found: Exit) -> Text:
    book, taken, beside = found.asked.book, found.taken, found.beside
    would = found.shown.number(
        "usable people without the exit", taken.would.mean(), PEOPLE, "mean over the futures"
    )
    still = beside.number(
        "usable people after the exit", taken.still.mean(), PEOPLE, "mean over the futures"
    )
    first = text(
        "Without {who} from month {month} on, {option} has {still} usable people in month {then} "
        "where it would have {would}, on the mean of all futures.",
        who=found.who,
        month=found.when,
        option=book.option_title(found.terms.option),
        still=legible(found.asked.book, still),
        then=found.then,
        would=legible(found.asked.book, would),
    )
    return join([first, _followers_words(found)], " ")


def _followers_words(found: Exit) -> Text:
    loss, others = found.taken.loss.mean(), found.taken.followers.mean()
    if loss <= 0:
        return text("Its exit takes no usable people from there.")
    if others <= 0:
        return text("All of the loss is its own; those who follow take nothing more.")
    return text(
        "Of the {loss} lost on that mean, {others} go with nations that follow.",
        loss=legible(
            found.asked.book,
            found.beside.number(
                "usable people lost", loss, PEOPLE, "mean of the differences, future by future"
            ),
        ),
        others=legible(
            found.asked.book,
            found.beside.number(
                "usable people lost with those who follow",
                others,
                PEOPLE,
                "the loss, less the loss in the same futures when nobody follows anybody",
            ),
        ),
    )


def _nobody(asked: Asked, terms: Terms) -> Draft:
    book = asked.book
    return Draft(
        title=text(
            "Who could leave {option}, as of {day}: {title}",
            option=book.option_title(terms.option),
            day=book.day(),
            title=book.title(),
        ),
        headline=text(
            "Nobody can leave {option}: no nation on record brings anything to it under the deal "
            "{deal}.",
            option=book.option_title(terms.option),
            deal=deal_title(book, deal_of(asked, terms.option)),
        ),
        sections=(),
        not_known=(text("Who would take part in it: nobody has said."),),
    )


def _no_part(asked: Asked, terms: Terms, nations: tuple[str, ...]) -> Draft:
    book = asked.book
    names = spoken_names(asked.case, nations)
    who = cited(names, book.asked("who is made to leave", names))
    return Draft(
        title=text(
            "{option} without {who}, as of {day}: {title}",
            option=book.option_title(terms.option),
            who=who,
            day=book.day(),
            title=book.title(),
        ),
        headline=text(
            "Nothing on record comes from {who} to {option}, of the firmness counted, so that "
            "leaving takes nothing away.",
            who=who,
            option=book.option_title(terms.option),
        ),
        sections=(),
        not_known=(text("Whether it would ever take part: no contribution is on record."),),
    )


QUESTION = Question(
    "exit",
    "A nation leaves in a month: what is left, who follows, and who commands then",
    answer,
    (OPTION, NATIONS, LEAVES, *OF_FUTURES),
)
