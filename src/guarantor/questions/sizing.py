"""Records and figures of the force that a purpose would take by a published model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.evidence.catalogue import basis_of, find
from guarantor.quantity import Kind
from guarantor.questions.balances import spanned

if TYPE_CHECKING:
    from guarantor.answer.text import Figure
    from guarantor.questions.tracing import Book
    from guarantor.supply.sizes import Size

PRESENT = "people deployed"


def size_figure(book: Book, option: str, size: Size) -> Figure:
    """Return what a model gives, marked where an input lies outside its validity."""
    sizing = size.sizing
    card = find(sizing.model)
    label = f"{book.case.options[option].title}: force by {card.name.replace('_', ' ')}"
    where = book.case.where("options", option, "sizing", size.number)
    inputs = [
        book.keep(
            label=f"{label}: {name.replace('_', ' ')}",
            kind=Kind.JUDGED if parameter.kind is Kind.JUDGED else Kind.REPORTED,
            says=" ".join(filter(None, (parameter.quantity.words(), parameter.note))),
            citations=book.citations(parameter.sources),
            judged_by="" if parameter.kind is not Kind.JUDGED else book.authors,
            where=f"{where.file}:{where.line}",
        )
        for name, parameter in sizing.inputs.items()
    ]
    made = book.derived(
        label,
        f"{card.plain_equation} ({basis_of(card)}: {card.title.removesuffix('.')})",
        inputs,
        sizing.text,
        model=sizing.model,
        outside=size.marks,
    )
    return spanned(
        book, label, size.span, "best from the best inputs, ends from theirs", [made], PRESENT
    )
