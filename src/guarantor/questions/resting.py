"""Which figures of a case rest on which model, inside or outside its validity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Figure
from guarantor.answer.trace import behind
from guarantor.evidence.catalogue import RestingFigure, foundations
from guarantor.questions.every_answer import every_answer

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer


def figures_by_model(case_name: str) -> dict[str, list[RestingFigure]]:
    """Return the figures of all answers to a case by the models they rest on, however far back.

    A figure rests on the model that its record names, on those behind the records it was made
    from, and on every model that one of these is built on. Each figure stands once for a model.
    """
    answers, _ = every_answer(case_name)
    found: dict[str, dict[RestingFigure, None]] = {}
    for answer in answers:
        for slot in answer.slots():
            if isinstance(slot, Figure):
                for name, figure in _rests(answer, slot):
                    found.setdefault(name, {})[figure] = None
    return {name: list(figures) for name, figures in found.items()}


def _rests(answer: Answer, slot: Figure) -> list[tuple[str, RestingFigure]]:
    named: dict[str, list[str]] = {}
    for trace in behind(answer.traces, slot.trace):
        if trace.model:
            for name in foundations(trace.model):
                named.setdefault(name, []).extend(trace.outside)
    label, words = answer.traces[slot.trace].label, slot.words()
    return [
        (
            name,
            RestingFigure(answer.question, label, words, slot.unit, tuple(dict.fromkeys(outside))),
        )
        for name, outside in named.items()
    ]
