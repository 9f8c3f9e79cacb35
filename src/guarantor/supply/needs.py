"""What an option takes, line by line: as a source states it or as a model derives it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from guarantor.models import CARDS as MODELS
from guarantor.models import ModelDomainError
from guarantor.problems import Problems, nearest
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.case import Case
    from guarantor.case.statements import Derivation, RequirementLine


@dataclass(frozen=True, slots=True)
class Need:
    """One line of an option and how much it asks; None when nobody has said."""

    option: str
    number: int
    line: RequirementLine
    span: Span | None
    marks: tuple[str, ...] = ()


def needs(case: Case, option: str) -> Iterator[Need]:
    """Return the lines of an option in order, with the numbers that models give."""
    for number, line in enumerate(case.options[option].lines or ()):
        if line.derivation is not None:
            span, marks = derived(line.derivation)
            yield Need(option, number, line, span, marks)
        else:
            span = Span.of(line.quantity) if line.quantity is not None else None
            yield Need(option, number, line, span)


def derived(derivation: Derivation) -> tuple[Span | None, tuple[str, ...]]:
    """Return what the model makes of its inputs, and a mark for each input outside its validity.

    The best comes from the best inputs; low and high are the extremes over all combinations of the
    inputs' ends, whichever way the model turns. None when an input is absent, or has no meaning for
    the model; the mark then says which. Raises Problems for an unknown model or output.
    """
    spans = {name: Span.of(p.quantity) for name, p in derivation.inputs.items()}
    known = tuple((name, span) for name, span in spans.items() if span is not None)
    if len(known) < len(spans):
        return None, ()
    try:
        return _extremes(derivation.model, derivation.output, known)
    except ModelDomainError as error:
        return None, tuple(str(finding) for finding in error.findings)


@lru_cache(maxsize=4096)
def _extremes(
    model: str, output: str, inputs: tuple[tuple[str, Span], ...]
) -> tuple[Span, tuple[str, ...]]:
    card = MODELS.get(model)
    if card is None:
        raise Problems.one(
            "a requirement line names a model that does not exist",
            found=model,
            allowed=", ".join(MODELS),
            remedy=nearest(model, MODELS),
        )
    known = dict(inputs)

    def run(values: dict[str, float]) -> tuple[float, tuple[str, ...]]:
        result = card.call(values)
        value = result.outputs.get(output)
        if not isinstance(value, int | float):
            raise Problems.one(
                f"the model {model} gives no single number of that name",
                found=output,
                allowed=", ".join(result.outputs),
                remedy=nearest(output, result.outputs),
            )
        return float(value), tuple(str(finding) for finding in result.marks)

    best, marks = run({name: span.best for name, span in known.items()})
    ends = []
    for corner in product(*({span.low, span.high} for span in known.values())):
        value, corner_marks = run(dict(zip(known, corner, strict=True)))
        ends.append(value)
        marks += corner_marks
    return Span(min(ends), best, max(ends)), tuple(dict.fromkeys(marks))
