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


def every_answer(case_name: str, as_of: str | None = None) -> tuple[list[Answer], list[str]]:
    """Return all the answers, and a sentence for each that has a loose end."""
    case = read_case(case_name)
    dated = {"as-of": as_of} if as_of else {}
    options = list((seen_from(case, read_day(as_of)) if as_of else case).options)
    answers: list[Answer] = []
    loose: list[str] = []
    for question in questions().values():
        askings: list[dict[str, str]] = [{}]
        if OPTION in question.settings:
            askings += [{"option": name} for name in options]
        for settings in askings:
            try:
                answers.append(answer_for(question.name, case, {**settings, **dated}, case_name))
            except Misuse:
                if settings:
                    raise
                # a question about one option says so when none is named; it is asked of each below
            except Problems:
                raise
            except ValueError as error:  # an Answer refuses to be made with a loose end
                loose.append(f"{question.name} {settings}: {error}")
    return answers, loose
