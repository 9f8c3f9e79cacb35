"""Numbers of the case as the futures draw them, and figures of what is made from them.

The draws are those of the run under the same seed: place by place they belong to the same futures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import Figure
from guarantor.evidence.catalogue import find
from guarantor.problems import Problems
from guarantor.quantity import Amount, Kind
from guarantor.questions.futures import DIGITS, assumption_trace

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.case.supply import Parameter
    from guarantor.quantity import Shape
    from guarantor.questions.tracing import Book
    from guarantor.simulate.setup import Numbers

MIDDLE = "median over the futures; nine in ten lie between the ends"


class AssumedNumbers:
    """Draws of the numbers of a case, by future, in the order of an Outcome's futures."""

    def __init__(self, book: Book, seed: int, blocks: int) -> None:
        # the compiler comes with the run, which questions about today need not wait for
        from guarantor.simulate.run import draws_of

        self.book = book
        draws = draws_of(book.case, seed)
        self._blocks = [draws.block(number) for number in range(blocks)]

    def value(self, name: str, shape: Shape) -> Numbers:
        """Return the draws of a quantity by the name under which futures draw it, [N]."""
        return np.concatenate([block.value(name, shape) for block in self._blocks])

    def assumption(self, name: str) -> Numbers:
        """Return the draws of an assumption in its own unit, [N]."""
        quantity = self.book.case.assumptions[name].quantity
        if not isinstance(quantity, Amount):
            raise TypeError(name)
        return self.value(name, quantity.shape)

    def needed(self, kind: str, other: str) -> tuple[Numbers, str] | None:
        """Return how much of another capability one unit needs, and its record; None if unsaid."""
        for need in self.book.case.capabilities[kind].needs:
            if need.capability == other:
                drawn = self.value(
                    f"capabilities/{kind}/needs/{other}", need.per_unit.quantity.shape
                )
                label = f"{kind}: need of {other} for one unit"
                where = self.book.case.where("capabilities", kind)
                return np.maximum(0.0, drawn), parameter_trace(
                    self.book, label, need.per_unit, f"{where.file}:{where.line}"
                )
        return None

    def trace(self, name: str) -> str:
        """Return the record of an assumption."""
        return assumption_trace(self.book, name)


def parameter_trace(book: Book, label: str, given: Parameter, where: str) -> str:
    """Keep the record of one number about a kind of unit."""
    return book.keep(
        label=label,
        kind=Kind.REPORTED if given.sources else Kind.JUDGED,
        says=" ".join(filter(None, (given.quantity.words(), given.note))),
        citations=book.citations(given.sources),
        judged_by="" if given.sources else book.authors,
        where=where,
    )


def through(model: str, given: Mapping[str, Numbers | float]) -> dict[str, Numbers]:
    """Return each output of a model, future by future, for inputs that are one number or many.

    Raises Problems when the model does not take these inputs.
    """
    variant = find(model).variant_for(given)
    if variant is None:
        raise Problems.one(
            f"the model {model} does not take these inputs",
            found=", ".join(given),
            allowed=", ".join(each.signature() for each in find(model).variants),
        )
    names = [symbol.parameter for symbol in variant.symbols]
    values = [given[symbol.name] for symbol in variant.symbols]

    def one(*numbers: float) -> object:
        return variant.function(**dict(zip(names, numbers, strict=True)))

    outputs = [output.name for output in variant.outputs]
    found = np.atleast_1d(np.asarray(np.frompyfunc(one, len(names), 1)(*values)))
    if len(outputs) == 1:
        return {outputs[0]: np.asarray(found, dtype=np.float64)}
    columns = np.array([list(each) for each in found], dtype=np.float64).T
    return dict(zip(outputs, columns, strict=True))


def middle(
    book: Book,
    label: str,
    values: Numbers,
    unit: str,
    inputs: Iterable[str],
    how: str,
    *,
    model: str = "",
    outside: Iterable[str] = (),
) -> Figure:
    """Return the median of a number by future with the ends of nine in ten futures.

    how: the arithmetic behind the number in each future.
    """
    low, median, high = (float(end) for end in np.quantile(values, (0.05, 0.5, 0.95)))
    bare = Figure(
        value=median,
        low=None if low == high else low,
        high=None if low == high else high,
        unit=unit,
        digits=DIGITS,
        kind=Kind.DERIVED,
        trace="",
    )
    return book.made(label, f"{how}; {MIDDLE}", inputs, bare, model=model, outside=outside)
