"""A number someone could dispute, with what it rests on."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from guarantor.problems import Collector, Problem
from guarantor.quantity.amount import Amount
from guarantor.quantity.choice import Choice
from guarantor.quantity.dates import PartialDate, PartialDateField
from guarantor.quantity.incomplete import Absent
from guarantor.quantity.measured import MeasureField, parse_amount
from guarantor.quantity.money import Money
from guarantor.quantity.prices import Prices
from guarantor.quantity.shapes import ShapeField
from guarantor.quantity.units import Unit


class Kind(StrEnum):
    """How a number came about."""

    REPORTED = "reported"
    DERIVED = "derived"
    JUDGED = "judged"
    ABSENT = "absent"


class Quantity(BaseModel):
    """A number with its unit, how it came about, and what it rests on.

    What is wrong with the parts together is raised as one Problems inside pydantic's
    ValidationError.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    shape: ShapeField
    """What is known about the number."""
    unit: MeasureField | None = None
    """What it counts: a unit, or money as in `EUR at 2024 prices`; none for a choice of words."""
    kind: Kind
    """Reported by a source, derived by a model, judged by an analyst, or absent."""
    as_of: PartialDateField | None = None
    """The date for which it holds."""
    sources: tuple[str, ...] = ()
    """Sources, the best first; a reported number has at least one."""
    note: str = ""
    """What a reader must know."""

    @classmethod
    def of(
        cls,
        amount: str | Amount | Money,
        *,
        kind: Kind,
        as_of: str | PartialDate | None = None,
        sources: tuple[str, ...] = (),
        note: str = "",
    ) -> Self:
        """Return the quantity of an amount or of money, also given as text."""
        parsed = parse_amount(amount)
        return cls(
            shape=parsed.shape,
            unit=parsed.measure,
            kind=kind,
            as_of=as_of,
            sources=sources,
            note=note,
        )

    @property
    def amount(self) -> Amount | Money | None:
        """The number with its unit, or the money; None for a choice between words."""
        if isinstance(self.unit, Prices):
            return Money(self.shape, self.unit.currency, self.unit.year)
        return Amount(self.shape, self.unit) if isinstance(self.unit, Unit) else None

    def words(self) -> str:
        """Return the quantity as a person reads it: "200 people deployed (judged)"."""
        number = self.amount.words() if self.amount else self.shape.words()
        rests_on = [] if self.kind is Kind.ABSENT else [str(self.kind)]
        if self.as_of is not None:
            rests_on.append(f"as of {self.as_of.text()}" if self.as_of.text() else "undated")
        return f"{number} ({', '.join(rests_on)})" if rests_on else number

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Self:
        collector = Collector()
        collector.extend(_problems_of_unit(self))
        collector.extend(_problems_of_kind(self))
        collector.raise_if_any()
        return self


def _problems_of_unit(quantity: Quantity) -> list[Problem]:
    in_words = isinstance(quantity.shape, Choice) and quantity.shape.low is None
    if in_words == (quantity.unit is None):
        return []
    return [
        Problem(
            "a choice between words has no unit" if in_words else "this number has no unit",
            found=str(quantity.unit or "nothing"),
            allowed="nothing" if in_words else "a unit, or money as in EUR at 2024 prices",
        )
    ]


def _problems_of_kind(quantity: Quantity) -> list[Problem]:
    problems = []
    if isinstance(quantity.shape, Absent) != (quantity.kind is Kind.ABSENT):
        problems.append(
            Problem(
                "the number and its kind disagree about whether it is known",
                found=f"{quantity.kind} with {quantity.shape.text()}",
                allowed="kind absent with the number absent, and never one without the other",
            )
        )
    if any(not source.strip() for source in quantity.sources):
        problems.append(Problem("a source has no name", found="blank"))
    if quantity.kind is Kind.REPORTED and not quantity.sources:
        problems.append(
            Problem(
                "a reported number has no source",
                found="nothing",
                allowed="at least one source",
                remedy="Name the publication, or mark the number as judged.",
            )
        )
    return problems
