"""Asks everything that can be asked of a case: every question, with every option."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.problems import Misuse, Problems
from guarantor.questions import answer_for, questions
from guarantor.questions.question import OPTION, read_day

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer


SLOW = frozenset({"aim", "believe", "generate", "robust", "sensitivity", "us-role"})
"""Questions that take seconds for each option."""

QUICK = {"futures": "1024", "months": "24"}
"""What is set, where it can be, for a quick look."""


def every_answer(
    case_name: str, as_of: str | None = None, *, quick: bool = False
) -> tuple[list[Answer], list[str]]:
    """Return all the answers, and a sentence for each that has a loose end.

    A quick look runs few futures over two years, and asks what is slow of one option only.
    """
    case = read_case(case_name)
    dated = {"as-of": as_of} if as_of else {}
    options = list((seen_from(case, read_day(as_of)) if as_of else case).options)
    answers: list[Answer] = []
    loose: list[str] = []
    for question in questions().values():
        askings: list[dict[str, str]] = [{}]
        if OPTION in question.settings:
            shown = [name for name in case.about.on_one_page if name in options][:1]
            few = shown if quick and question.name in SLOW else options
            askings += [{"option": name} for name in few]
        if quick:
            can_set = {setting.name for setting in question.settings}
            short = {name: text for name, text in QUICK.items() if {*QUICK} <= can_set}
            askings = [{**settings, **short} for settings in askings]
        for settings in askings:
            try:
                answers.append(answer_for(question.name, case, {**settings, **dated}, case_name))
            except Misuse:
                if "option" in settings:
                    raise
                # a question about one option says so when none is named; it is asked of each below
            except Problems:
                raise
            except ValueError as error:  # an Answer refuses to be made with a loose end
                loose.append(f"{question.name} {settings}: {error}")
    return answers, loose
