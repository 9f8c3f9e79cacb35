"""The form of a question, made from what a reader may set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.questions.question import FLAGS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from guarantor.case.case import Case
    from guarantor.problems import Problem
    from guarantor.questions import Question
    from guarantor.questions.question import Setting

    Choices = list[tuple[str, str]]

FIRST = ("option", "nation", "month", "deal")
"""What most readers set; whatever else there is stands behind a fold, unless it is set."""

SLOW = frozenset({"futures", "fair"})
"""Settings of questions that take a while: such a question waits until it is asked."""


@dataclass(frozen=True)
class Field:
    """One field of a form: its setting, its value, what can be chosen, and what is wrong."""

    name: str
    label: str
    meaning: str
    example: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()
    flag: bool = False
    problems: tuple[Problem, ...] = ()


def fields_of(
    question: Question, case: Case, given: Mapping[str, str], problems: Iterable[Problem] = ()
) -> list[Field]:
    """Return the fields of a question in its own order, with what was given and what is wrong."""
    wrong: dict[str, list[Problem]] = {}
    for problem in problems:
        wrong.setdefault((problem.field or "").removeprefix("--"), []).append(problem)
    return [
        _field(setting, case, given.get(setting.name, ""), tuple(wrong.get(setting.name, ())))
        for setting in question.settings
    ]


def waits(question: Question) -> bool:
    """Return whether a question is asked only when the reader says so, because it takes a while."""
    return any(setting.name in SLOW or setting.name == "nation" for setting in question.settings)


def _field(setting: Setting, case: Case, value: str, problems: tuple[Problem, ...]) -> Field:
    choose = CHOICES.get(setting.name)
    choices = choose(case) if choose else []
    if choices and value and value not in dict(choices):
        choices.append((value, value))
    return Field(
        setting.name,
        setting.name.replace("-", " ").capitalize(),
        setting.meaning,
        setting.example,
        value,
        tuple(choices),
        setting.name in FLAGS,
        problems,
    )


def _options(case: Case) -> Choices:
    ordered = sorted(case.options.values(), key=lambda option: option.order)
    return [(option.id, option.title) for option in ordered]


def nations(case: Case) -> Choices:
    """Return the nations by name."""
    return sorted(((n.id, n.name) for n in case.nations.values()), key=lambda pair: pair[1])


def _actors(case: Case) -> Choices:
    return nations(case) + [(group.id, group.title) for group in case.groups.values()]


def _europes(case: Case) -> Choices:
    return [(group.id, group.title) for group in case.groups.values() if group.europe]


def _deals(case: Case) -> Choices:
    return [(deal.id, deal.title) for deal in case.deals.values()]


def _counts(_case: Case) -> Choices:
    return [(word, word) for word in ("confirmed", "said", "possible")]


CHOICES: Mapping[str, Callable[[Case], Choices]] = {
    "option": _options,
    "prefer": _options,
    "over": _options,
    "deal": _deals,
    "nation": nations,
    "actor": _actors,
    "europe": _europes,
    "count": _counts,
}
"""Settings whose values the case knows."""
