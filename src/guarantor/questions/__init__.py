"""The questions; `ask` is the one way in.

A module of this package that has a QUESTION is a question; nothing else needs to know of it. It
is named as the question, with an underscore behind where the word is one of Python's own.
"""

from __future__ import annotations

import pkgutil
import shlex
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from guarantor.answer.answer import Answer
from guarantor.answer.marks import notes_on
from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.case.what_if import imagined, read_what_if
from guarantor.problems import Misuse, Problems, nearest
from guarantor.questions.question import Asked, Question, read_day, read_settings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.answer import Section
    from guarantor.answer.trace import Trace
    from guarantor.case.case import Case

__all__ = ["Question", "answer_for", "ask", "questions"]


@cache
def questions() -> dict[str, Question]:
    """Return every question by name."""
    found = {}
    for module in pkgutil.iter_modules(__path__):
        question = getattr(import_module(f"{__name__}.{module.name}"), "QUESTION", None)
        if isinstance(question, Question):
            found[question.name] = question
    return found


def question_named(name: str) -> Question:
    """Return one question, loading no other; raises Misuse when there is none of that name."""
    for module in (stem := name.replace("-", "_"), f"{stem}_"):
        if stem.isidentifier() and find_spec(f"{__name__}.{module}") is not None:
            question = getattr(import_module(f"{__name__}.{module}"), "QUESTION", None)
            if isinstance(question, Question) and question.name == name:
                return question
    known = questions()
    raise Misuse.one(
        "there is no such question",
        found=name,
        allowed=", ".join(known),
        remedy=nearest(name, known),
    )


def ask(name: str, case_name: str, settings: Mapping[str, str] | None = None) -> Answer:
    """Return the answer to a question about the case of that name.

    settings are texts by name, `as-of` and `what-if` among them. Raises Misuse for an unknown
    question, case or setting, and Problems for everything that is wrong with the case.
    """
    return answer_for(name, read_case(case_name), settings, case_name)


def answer_for(
    name: str, case: Case, settings: Mapping[str, str] | None = None, called: str | None = None
) -> Answer:
    """Return the answer to a question about a case that has been read already."""
    question = question_named(name)
    texts = dict(settings or {})
    as_of = texts.pop("as-of", None)
    if as_of is not None:
        try:
            case = seen_from(case, read_day(as_of))
        except Problems as error:
            raise Misuse(p.at(None, None, "--as-of") for p in error.problems) from None
    if (what_if := texts.pop("what-if", None)) is not None:
        case = imagined(case, read_what_if(what_if))
    asked = Asked(case, read_settings(question, texts, case))
    draft = question.answer(asked)
    words = ["guarantor", "ask", name, called or case.name]
    everywhere = {"as-of": as_of, "what-if": what_if}
    for key, value in {**texts, **everywhere}.items():
        words += [f"--{key}", value] if value else []
    traces = asked.book.traces
    sections = tuple(_noted(section, traces) for section in draft.sections)
    told = [note for section in sections for note in section.notes]
    loose = notes_on((draft.title, draft.headline, *draft.not_known), traces)
    return Answer(
        question=name,
        case=case.name,
        digest=case.digest,
        version=case.about.version,
        marking=case.about.marking,
        as_of=case.view.as_of.isoformat(),
        title=draft.title,
        headline=draft.headline,
        sections=sections,
        not_known=draft.not_known,
        notes=tuple(note for note in loose if note not in told),
        command=shlex.join(words),
        traces=traces,
    )


def _noted(section: Section, traces: Mapping[str, Trace]) -> Section:
    """Return the part with a sentence for each mark on its figures."""
    return section.model_copy(update={"notes": notes_on(section.texts(), traces)})
