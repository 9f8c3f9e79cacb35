"""How many people would be there in the middle of the futures, beside an answer at best values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import text
from guarantor.problems import Problems
from guarantor.questions.balances import deal_of
from guarantor.questions.futures import AS_IT_COMES, USUAL_SEED, Shown, Terms, outcomes
from guarantor.questions.tracing import cited
from guarantor.simulate.assumptions import check_assumptions
from guarantor.simulate.block import Measure
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.answer.text import Text
    from guarantor.questions.question import Asked

BLOCK_OF_FUTURES = 1024
"""One block: enough for a middle, and no wait."""


def in_the_futures(asked: Asked, option: str, months: int) -> list[Text]:
    """Return that everything counted is taken to come, and the people in the middle of the futures.

    months: how long the force stays; no longer than the case looks ahead. Nothing for a case that
    lacks what futures need, or for an option that brings nobody to the host's soil in any future.
    """
    last = min(months, asked.case.about.horizon.months)
    terms = Terms(
        option,
        deal_of(asked, option).id,
        Level.POSSIBLE,
        last,
        BLOCK_OF_FUTURES,
        USUAL_SEED,
    )
    try:
        check_assumptions(asked.case)
        found = outcomes(asked.case, [(terms, AS_IT_COMES)])[terms, AS_IT_COMES]
    except Problems:
        return []
    people = found.measure(Measure.USABLE_END)
    if people.max() <= 0:
        return []
    shown = Shown(asked.book, found, terms)
    title = asked.case.options[option].title
    return [
        text(
            "This is so if everything that is counted came. In the futures of {option}, as its "
            "lines stand and with what is judged possible, the middle is {people} usable people "
            "on the host's soil in month {month}; the ends hold nine futures in ten.",
            option=asked.book.option_title(option),
            people=shown.middle(f"{title}: usable people in the end", people, "people deployed"),
            month=cited(str(last), shown.run),
        )
    ]
