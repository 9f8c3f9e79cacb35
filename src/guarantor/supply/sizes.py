"""The force that a purpose would take by published models, and what nations could sustain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.supply.capacity import Reading, people
from guarantor.supply.feasibility import Verdict
from guarantor.supply.needs import derived
from guarantor.supply.span import Span, total

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.case.statements import Sizing


@dataclass(frozen=True, slots=True)
class Size:
    """What one model gives for the purpose of an option; None where it cannot be worked out."""

    number: int
    sizing: Sizing
    span: Span | None
    marks: tuple[str, ...]


def sizes(case: Case, option: str) -> list[Size]:
    """Return what each model gives for the purpose of an option, in the order of its file."""
    return [
        Size(number, sizing, *derived(sizing))
        for number, sizing in enumerate(case.options[option].sizing)
    ]


def latest_size(case: Case, option: str) -> Size | None:
    """Return the last size in the option's file that has a number."""
    return next((size for size in reversed(sizes(case, option)) if size.span), None)


@dataclass(frozen=True, slots=True)
class Suitable:
    """Whether a force is as large as its purpose would take, and the two sizes compared."""

    verdict: Verdict
    needed: Span | None
    brings: Span | None


def suitable(case: Case, option: str) -> Suitable:
    """Return whether the option brings what the latest model of its purpose asks.

    It passes when its least is the most that the model asks, and fails when its most is less than
    the least asked; what it brings is the first size of the whole force in its file.
    """
    asked = latest_size(case, option)
    own = next((s.quantity for s in case.options[option].strength or () if s.whole), None)
    needed, brings = asked.span if asked else None, Span.of(own) if own is not None else None
    verdict = Verdict.OPEN
    if needed is not None and brings is not None:
        if brings.low >= needed.high:
            verdict = Verdict.PASSES
        elif brings.high < needed.low:
            verdict = Verdict.FAILS
    return Suitable(verdict, needed, brings)


@dataclass(frozen=True, slots=True)
class Sustained:
    """What the members of a group could keep out together, and the members that are not counted."""

    reading: Reading
    counted: tuple[str, ...]
    missing: tuple[str, ...]


def sustained(case: Case, nations: tuple[str, ...], basis: str) -> Sustained:
    """Return the sum over nations of what each could keep out besides what is out already."""
    found = {nation: people(case, nation, basis) for nation in nations}
    known = {nation: reading for nation, reading in found.items() if reading is not None}
    return Sustained(
        Reading(
            total(reading.span for reading in known.values()),
            f"sum over nations of what each could keep out ({basis})",
            tuple(dict.fromkeys(key for r in known.values() for key in r.rests_on)),
        ),
        tuple(known),
        tuple(nation for nation in nations if nation not in known),
    )


def enough_and_sustainable(
    need: Span, can: Span
) -> tuple[tuple[float, float] | None, tuple[float, float] | None]:
    """Return the sizes that are enough and can be sustained: at best values, and at the kind ends.

    Each is a lowest and a highest size, or None when there is none. The kind ends are the least
    that could be enough and the most that could be sustained.
    """
    best = (need.best, can.best) if need.best <= can.best else None
    kind = (need.low, can.high) if need.low <= can.high else None
    return best, kind
