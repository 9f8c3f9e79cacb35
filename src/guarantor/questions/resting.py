"""Which figures of a case rest on which model, inside or outside its validity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Figure
from guarantor.case.read import read_case
from guarantor.evidence.catalogue import RestingFigure, foundations
from guarantor.problems import Misuse
from guarantor.questions import answer_for, questions
from guarantor.questions.every_answer import QUICK, SLOW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.trace import Trace

Rests = dict[str, tuple[str, ...]]
"""Models by name, each with what lies outside its validity."""


def figures_by_model(case_name: str) -> dict[str, list[RestingFigure]]:
    """Return the figures of a case's answers by the models they rest on, however far back.

    Every question is asked once, about the whole case; futures are few and short, and what takes
    seconds for each option, or cannot be asked without a setting, is left out. A figure rests on
    the model that its record names, on those behind the records it was made from, and on every
    model that one of these is built on. Each figure stands once for a model.
    """
    case = read_case(case_name)
    found: dict[str, dict[RestingFigure, None]] = {}
    for question in questions().values():
        if question.name in SLOW:
            continue
        can_set = {setting.name for setting in question.settings}
        try:
            answer = answer_for(question.name, case, QUICK if {*QUICK} <= can_set else None)
        except Misuse:
            continue
        known: dict[str, Rests] = {}
        for slot in answer.slots():
            if isinstance(slot, Figure):
                label, words = answer.traces[slot.trace].label, slot.words()
                for name, outside in _rests(answer.traces, slot.trace, known).items():
                    figure = RestingFigure(answer.question, label, words, slot.unit, outside)
                    found.setdefault(name, {})[figure] = None
    return {name: list(figures) for name, figures in found.items()}


def _rests(traces: Mapping[str, Trace], name: str, known: dict[str, Rests]) -> Rests:
    """Return the models that a record rests on; known keeps those found before."""
    if name not in known:
        trace = traces[name]
        found: dict[str, dict[str, None]] = {}
        if trace.model:
            for model in foundations(trace.model):
                found.setdefault(model, {}).update(dict.fromkeys(trace.outside))
        for part in trace.inputs:
            for model, outside in _rests(traces, part, known).items():
                found.setdefault(model, {}).update(dict.fromkeys(outside))
        known[name] = {model: tuple(outside) for model, outside in found.items()}
    return known[name]
