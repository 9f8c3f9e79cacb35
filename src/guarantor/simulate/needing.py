"""What lines ask for and what capabilities need of each other, drawn."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import numpy as np

from guarantor.models import CARDS as MODELS
from guarantor.models import air_policing
from guarantor.simulate.compiled import compiled, part

if TYPE_CHECKING:
    from guarantor.case.statements import Derivation
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.pairs import Link
    from guarantor.simulate.setup import Numbers
    from guarantor.supply.needs import Need


_patrol = part(air_policing.continuous_patrol)
_PATROL = tuple(inspect.signature(air_policing.continuous_patrol).parameters)


def needed(draws: BlockDraws, need: Need) -> Numbers:
    """Return what a line asks for; infinite where nobody has said."""
    line = need.line
    name = f"options/{need.option}/{line.id}"
    if need.span is None:
        return np.full_like(draws.uniform("will"), np.inf)
    if line.derivation is not None:
        return np.maximum(0.0, _derived(draws, name, line.derivation))
    if line.quantity is None:
        raise TypeError(name)
    return np.maximum(0.0, draws.value(name, line.quantity.shape))


def _derived(draws: BlockDraws, name: str, derivation: Derivation) -> Numbers:
    """Return what the model of a line gives for each future's inputs.

    That the inputs have a meaning was found when the need was worked out at their ends. The model
    of patrols, by which most such lines are worked out, is compiled; others are called future by
    future.
    """
    given = derivation.inputs
    variant = MODELS[derivation.model].variant_for(given)
    if variant is None:
        raise TypeError(derivation.model)
    drawn = []
    for symbol in variant.symbols:
        values = draws.value(f"{name}/{symbol.name}", given[symbol.name].quantity.shape)
        drawn.append(np.rint(values) if symbol.kind == "whole number" else values)
    place = [output.name for output in variant.outputs].index(derivation.output)
    names = [symbol.parameter for symbol in variant.symbols]
    if variant.function is air_policing.continuous_patrol:
        found = np.empty((len(variant.outputs), len(drawn[0])))
        _patrols(np.array([drawn[names.index(name)] for name in _PATROL]), found)
        return np.asarray(found[place])

    def one(*values: float) -> float:
        result = variant.function(**dict(zip(names, values, strict=True)))
        return float(result[place] if isinstance(result, tuple) else result)  # type: ignore[arg-type]

    return np.asarray(np.frompyfunc(one, len(drawn), 1)(*drawn), dtype=np.float64)


@compiled
def _patrols(inputs: Numbers, found: Numbers) -> None:
    for i in range(inputs.shape[1]):
        a, b, c, d, e, f, g = inputs[:, i]
        outputs = _patrol(a, b, c, d, e, f, g)
        for place in range(found.shape[0]):
            found[place, i] = outputs[place]


def per_unit(draws: BlockDraws, link: Link) -> Numbers:
    """Return how much of one capability another needs for one unit."""
    amount = draws.value(f"capabilities/{link.by}/needs/{link.of}", link.amount.quantity.shape)
    return np.maximum(0.0, amount)


def stand_in(draws: BlockDraws, link: Link) -> Numbers:
    """Return what part of a unit's work one stand-in does."""
    name = f"capabilities/{link.of}/stood_in_by/{link.by}"
    return np.maximum(0.0, draws.value(name, link.amount.quantity.shape))
