"""Numbers that can be drawn from: one value, a 90 % interval, a PERT range, a choice."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, TypeAlias

from guarantor.problems import Collector, Problem, Problems
from guarantor.quantity.format import format_number, plain_number, round_significant
from guarantor.quantity.numerals import checked_number, is_number, read_number, to_number

Printed: TypeAlias = Callable[[float], str]
"""How one number is printed inside a text."""

_STANDARD = NormalDist()
_Z95 = _STANDARD.inv_cdf(0.95)


@dataclass(frozen=True, slots=True)
class Exactly:
    """One value, taken as certain."""

    value: float

    def __post_init__(self) -> None:
        """Refuse what is not a finite number."""
        set_fields(self, value=checked_number(self.value))

    @property
    def low(self) -> float:
        """The value itself."""
        return self.value

    @property
    def best(self) -> float:
        """The value itself."""
        return self.value

    @property
    def high(self) -> float:
        """The value itself."""
        return self.value

    def quantile(self, p: float) -> float:
        """Return the value, whatever the share p in (0, 1)."""
        _share(p)
        return self.value

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape."""
        return number(self.value)

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the value as a person reads it: "3 000"."""
        return with_unit(number(self.value), unit)


@dataclass(frozen=True, slots=True)
class Interval:
    """A 90 % interval: lognormal when low is above zero, normal otherwise.

    low and high are the points that 5 % and 95 % of the distribution lie below.
    Raises Problems unless low < high.
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or not in order."""
        low, high = checked_number(self.low), checked_number(self.high)
        _require_order(low, high)
        set_fields(self, low=low, high=high)

    @property
    def best(self) -> float:
        """The median: the geometric mean of the ends when lognormal, their mean when normal.

        It is not the mode, which a lognormal has lower; the words therefore say "median".
        """
        if self.low > 0:
            return math.sqrt(self.low * self.high)
        return (self.low + self.high) / 2

    def quantile(self, p: float) -> float:
        """Return the point that a share p in (0, 1) of the distribution lies below."""
        z = _STANDARD.inv_cdf(_share(p)) / _Z95
        if self.low > 0:
            return self.best * math.pow(self.high / self.low, z / 2)
        return self.best + z * (self.high - self.low) / 2

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "3000 to 5000"."""
        return f"{number(self.low)} to {number(self.high)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the interval as a person reads it: "90 % between 3 000 and 5 000, median 3 900".

        The median is rounded to the fewest digits, two or more, that keep it inside the interval
        and within a twentieth of its width.
        """
        between = f"90 % between {number(self.low)} and {number(self.high)}"
        return f"{with_unit(between, unit)}, median {number(self._rounded_best())}"

    def _rounded_best(self) -> float:
        tolerance = (self.high - self.low) / 20
        for digits in range(2, 17):
            rounded = float(round_significant(self.best, digits))
            if self.low < rounded < self.high and abs(rounded - self.best) <= tolerance:
                return rounded
        return self.best


@dataclass(frozen=True, slots=True)
class Pert:
    """A PERT distribution: between low and high, most likely at best.

    A beta distribution on [low, high] with parameters 1 + 4 (best - low) / (high - low) and
    1 + 4 (high - best) / (high - low), so that its mean is (low + 4 best + high) / 6 and its mode
    is best. Source: Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7(5), 646-669.
    Raises Problems unless low <= best <= high and low < high.
    """

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        """Refuse numbers that are not finite or not in order."""
        low, best, high = (checked_number(value) for value in (self.low, self.best, self.high))
        _require_order(low, high)
        if not low <= best <= high:
            raise Problems.one(
                "the best estimate lies outside its range",
                found=f"best {format_number(best)}",
                allowed=f"{format_number(low)} to {format_number(high)}",
            )
        set_fields(self, low=low, best=best, high=high)

    def quantile(self, p: float) -> float:
        """Return the point that a share p in (0, 1) of the distribution lies below."""
        from scipy.special import betaincinv  # type: ignore[import-untyped]  # scipy has no types

        width = self.high - self.low
        first = 1 + 4 * (self.best - self.low) / width
        second = 1 + 4 * (self.high - self.best) / width
        return self.low + width * float(betaincinv(first, second, _share(p)))

    def text(self, number: Printed = plain_number) -> str:
        """Return the text that parses back to this shape: "3000 to 5000, best 3900"."""
        return f"{number(self.low)} to {number(self.high)}, best {number(self.best)}"

    def words(self, unit: str = "", number: Printed = format_number) -> str:
        """Return the range as a person reads it: "between 3 000 and 5 000, most likely 3 900"."""
        between = f"between {number(self.low)} and {number(self.high)}"
        return f"{with_unit(between, unit)}, most likely {number(self.best)}"


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
        reached, share = 0.0, _share(p)
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


def with_unit(number: str, unit: str) -> str:
    """Return the number in words followed by its unit, if it has one."""
    return f"{number} {unit}" if unit else number


def set_fields(target: object, **fields: object) -> None:
    """Set fields of a frozen object while it is being made."""
    for name, value in fields.items():
        object.__setattr__(target, name, value)


def _require_order(low: float, high: float) -> None:
    if low < high:
        return
    if low == high:
        raise Problems.one(
            "the two ends of this range are equal",
            found=f"{format_number(low)} to {format_number(high)}",
            allowed="a low end below the high end",
            remedy=f"For one value that is certain, write {plain_number(low)} alone.",
        )
    raise Problems.one(
        "the two ends of this range are reversed",
        found=f"{format_number(low)} to {format_number(high)}",
        allowed="a low end below the high end",
        remedy=f"Write {plain_number(high)} to {plain_number(low)}.",
    )


def _share(p: float) -> float:
    if not 0 < p < 1:
        raise Problems.one(
            "a quantile is asked for by a share of the distribution",
            found=str(p),
            allowed="a number above 0 and below 1",
        )
    return p


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
    if not isinstance(given, str):
        return checked_number(given)
    label = " ".join(given.split())
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
