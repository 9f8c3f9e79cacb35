"""A choice between alternatives with stated weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from guarantor.problems import Collector, Problem, Problems
from guarantor.quantity.distributions import Printed, checked_share, set_fields, with_unit
from guarantor.quantity.format import format_number, plain_number
from guarantor.quantity.numerals import checked_number, is_number, read_number, to_number


@dataclass(frozen=True, slots=True, init=False)
class Choice:
    """Alternatives with weights that sum to 1; labels are all numbers or all words.

    weights is kept as pairs in a fixed order, numbers ascending and words by alphabet, so that the
    order in which a file lists them changes nothing. Raises Problems that say what is wrong.
    """

    weights: tuple[tuple[str | float, float], ...]

    def __init__(self, weights: Mapping[Any, Any] | Iterable[tuple[object, object]]) -> None:
        pairs = weights.items() if isinstance(weights, Mapping) else weights
        set_fields(self, weights=_checked_weights(pairs))

    @property
    def low(self) -> float | None:
        """The smallest alternative; None when the labels are words."""
        first = self.weights[0][0]
        return None if isinstance(first, str) else first

    @property
    def best(self) -> float | None:
        """The heaviest alternative; None when the labels are words or two share the top weight."""
        top = max(weight for _, weight in self.weights)
        heaviest = [label for label, weight in self.weights if weight == top]
        return None if len(heaviest) > 1 or isinstance(heaviest[0], str) else heaviest[0]

    @property
    def high(self) -> float | None:
        """The largest alternative; None when the labels are words."""
        last = self.weights[-1][0]
        return None if isinstance(last, str) else last

    def pick(self, p: float) -> str | float:
        """Return the alternative at the share p in (0, 1) of the weights, in their fixed order."""
        reached, share = 0.0, checked_share(p)
        for label, weight in self.weights:
            reached += weight
            if share <= reached:
                return label
        return self.weights[-1][0]

    def quantile(self, p: float) -> float:
        """Return the alternative at the share p; raises Problems when the labels are words."""
        picked = self.pick(p)
        if isinstance(picked, str):
            raise Problems.one(
                "a choice between words has no quantiles",
                found=self.text(),
                allowed="a choice between numbers",
                remedy="Ask for the alternative instead: pick(p).",
            )
        return picked

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "choice of a: 0.5, b: 0.5"."""
        pairs = (
            f"{_label(label, number)}: {plain_number(weight)}" for label, weight in self.weights
        )
        return f"choice of {', '.join(pairs)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the choice as a person reads it: "one of 500 (weight 0.4), 700 (weight 0.6)"."""
        pairs = (
            f"{_label(label, number)} (weight {format_number(weight)})"
            for label, weight in self.weights
        )
        return with_unit(f"one of {', '.join(pairs)}", unit)


def _checked_weights(
    pairs: Iterable[tuple[object, object]],
) -> tuple[tuple[str | float, float], ...]:
    collector = Collector()
    weights: dict[str | float, float] = {}
    for given_label, given_weight in pairs:
        try:
            label, weight = _read_label(given_label), to_number(given_weight)
        except Problems as error:
            collector.extend(error.problems)
            continue
        if weight <= 0:
            collector.add(
                Problem(
                    "a weight must be above zero",
                    found=f"{_label(label)}: {format_number(weight)}",
                    remedy="Leave out an alternative that cannot be.",
                )
            )
        if label in weights:
            collector.add(Problem("an alternative is named twice", found=_label(label)))
        weights[label] = weight
    collector.raise_if_any()
    _require_whole(weights)
    return tuple(sorted(weights.items(), key=lambda pair: (str(type(pair[0])), pair[0])))


def _require_whole(weights: Mapping[str | float, float]) -> None:
    collector = Collector()
    if len({type(label) for label in weights}) > 1:
        collector.add(
            Problem(
                "a choice mixes numbers and words",
                found=", ".join(_label(label) for label in weights),
                allowed="alternatives that are all numbers or all words",
            )
        )
    total = math.fsum(weights.values())
    if abs(total - 1) > 1e-9:
        collector.add(
            Problem(
                "the weights of a choice do not sum to 1",
                found=format_number(total) if weights else "no alternatives",
                allowed="1",
                remedy="Change the weights, or name the alternative that is missing.",
            )
        )
    collector.raise_if_any()


def _read_label(given: object) -> str | float:
    if isinstance(given, int | float) and not isinstance(given, bool):
        return checked_number(given)
    label = " ".join(given.split()) if isinstance(given, str) else ""
    if is_number(label):
        return read_number(label)
    if not label or "," in label or ":" in label:
        raise Problems.one(
            "this cannot name an alternative",
            found=repr(given),
            allowed="a number, or words without comma and colon",
        )
    return label


def _label(label: str | float, number: Printed = plain_number) -> str:
    return label if isinstance(label, str) else number(label)
