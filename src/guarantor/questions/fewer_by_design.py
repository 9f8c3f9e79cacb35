"""Options whose own stated size lies below a need: they fall short of it by design."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import join, text
from guarantor.quantity import AtLeast
from guarantor.questions.measures import PEOPLE
from guarantor.questions.sustain import strength
from guarantor.questions.tracing import cited
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from guarantor.answer.text import Text
    from guarantor.questions.needs import Need
    from guarantor.questions.trials import Trials


def fewer_by_design(found: Trials, need: Need) -> Text | None:
    """Return a sentence that names the options that ask for fewer people than a need; None if none.

    Compared is the upper end of the first size of the whole force in an option's file. One that is
    stated as a least size, or not at all, is never named.
    """
    if found.measures[need.measure].unit != PEOPLE or not need.sign.startswith(">"):
        return None
    book, fewer = found.asked.book, []
    for name in found.by_option:
        stated = strength(book, name)
        if stated is None or isinstance(stated[0].shape, AtLeast):
            continue
        amount, trace = stated
        span = Span.of(amount)
        if span is not None and span.high < need.threshold:
            fewer.append(text("{option}", option=cited(book.option_title(name).text, trace)))
    if not fewer:
        return None
    return join([text("By design some options ask for fewer: "), join(fewer), text(".")], "")
