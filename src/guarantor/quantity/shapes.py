"""The shape of a number: reading and typing what is known about it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, TypeAlias

from guarantor.problems import Collector, Problem, Problems, nearest
from guarantor.quantity.choice import Choice
from guarantor.quantity.distributions import Exactly, Interval, Pert
from guarantor.quantity.incomplete import Absent, AtLeast, AtMost
from guarantor.quantity.numerals import read_number, read_numbers, to_number
from guarantor.quantity.textform import TextForm

Shape: TypeAlias = Exactly | Interval | Pert | Choice | AtMost | AtLeast | Absent
"""What is known about a number. Every shape has low, best, high, quantile, text and words."""

ALLOWED_SHAPES = (
    '3000, "3000 to 5000" (90 % interval), "3000 to 5000, best 3900", '
    '"choice of a: 0.5, b: 0.5", "at most 7500", "at least 10000" or "absent"'
)

_BOUND = re.compile(r"at\s+(?P<side>most|least)\b(?P<number>.*)", re.IGNORECASE | re.DOTALL)
_CHOICE = re.compile(r"choice\s+of\b(?P<pairs>.*)", re.IGNORECASE | re.DOTALL)
_BEST = re.compile(r"\s*,?\s*\bbest\b", re.IGNORECASE)
_LOOSE = re.compile(
    r"(?P<upper>(?:up to|fewer than|less than|under|no more than|not more than|below)\b)"
    r"|(?P<lower>(?:more than|over|no fewer than|no less than|above)\b)"
    r"|(?P<vague>(?:about|around|some|roughly|nearly|almost|circa|several)\b|[~≈])",
    re.IGNORECASE,
)
_LOOSE_REMEDIES = {
    "upper": 'For an upper bound, write "at most 7500".',
    "lower": 'For a lower bound, write "at least 10000".',
    "vague": 'Write the range that is meant, "3000 to 5000", and mark it as judged.',
}
_TO = re.compile(r"\bto\b", re.IGNORECASE)


def parse_shape(given: str | float | Mapping[str, object] | Shape) -> Shape:
    """Return the shape that a text, a number or a mapping describes.

    A mapping is {low, best, high} (PERT) or {choice: {label: weight}}. A shape is returned as it
    is. Raises Problems that name what was found, the forms that are allowed and the remedy.
    """
    if isinstance(given, Shape):
        return given
    if isinstance(given, str):
        return _from_text(given.strip())
    if isinstance(given, Mapping):
        return _from_mapping(given)
    if isinstance(given, int | float) and not isinstance(given, bool):
        return Exactly(given)
    raise Problems.one(
        "this does not describe a number",
        found=f"{given!r} ({type(given).__name__})",
        allowed=ALLOWED_SHAPES,
    )


def _from_text(text: str) -> Shape:
    if not text:
        raise Problems.one(
            "no number is given",
            found="empty text",
            allowed=ALLOWED_SHAPES,
            remedy='Where the number is not known, write "absent".',
        )
    if text.casefold() == "absent":
        return Absent()
    if bound := _BOUND.fullmatch(text):
        value = read_number(bound["number"])
        return AtMost(value) if bound["side"].casefold() == "most" else AtLeast(value)
    if choice := _CHOICE.fullmatch(text):
        return Choice(_pair(part) for part in choice["pairs"].split(","))
    return _range_or_number(text)


def _range_or_number(text: str) -> Shape:
    if loose := _LOOSE.match(text):
        raise Problems.one(
            "these words do not say what is known about the number",
            found=repr(text),
            allowed=ALLOWED_SHAPES,
            remedy=_LOOSE_REMEDIES[str(loose.lastgroup)],
        )
    ends, *best = _BEST.split(text)
    parts = [part.strip() for part in (*_TO.split(ends), *best)]
    with_best = bool(best)
    if len(parts) == 1:
        return Exactly(read_numbers(parts)[0])
    if len(best) > 1 or len(parts) != 2 + with_best or not all(parts):
        raise Problems.one(
            "this range is not complete" if not all(parts) else "this is not one range",
            found=repr(text),
            allowed='"3000 to 5000" or "3000 to 5000, best 3900"',
            remedy='With one end only, write "at least 3000" or "at most 5000".',
        )
    low, high, *middle = read_numbers(parts)
    return Pert(low, middle[0], high) if middle else Interval(low, high)


def _pair(part: str) -> tuple[str, str]:
    label, colon, weight = part.rpartition(":")
    if not colon:
        raise Problems.one(
            "an alternative has no weight",
            found=repr(part.strip()),
            allowed='"choice of a: 0.5, b: 0.5"',
            remedy="Give each alternative a weight after a colon.",
        )
    return label, weight


def _from_mapping(given: Mapping[str, object]) -> Shape:
    if set(given) == {"choice"}:
        alternatives = given["choice"]
        if not isinstance(alternatives, Mapping):
            raise Problems.one(
                "a choice needs its alternatives with their weights",
                found=repr(alternatives),
                allowed="{choice: {a: 0.5, b: 0.5}}",
            )
        return Choice(alternatives)
    return _pert_from_mapping(given)


def _pert_from_mapping(given: Mapping[str, object]) -> Pert:
    collector = Collector()
    names = ("low", "best", "high")
    for name in given:
        if name not in names:
            collector.add(
                Problem(
                    "this is not part of a range or a choice",
                    found=repr(name),
                    allowed="{low, best, high} or {choice: {a: 0.5, b: 0.5}}",
                    remedy=nearest(str(name), (*names, "choice")),
                )
            )
    numbers = {}
    for name in names:
        if name not in given:
            collector.add(
                Problem(
                    f"the range has no {name}",
                    found=f"{{{', '.join(map(str, given))}}}",
                    allowed="{low, best, high}",
                    remedy='Without a best estimate, write "3000 to 5000".',
                )
            )
            continue
        try:
            numbers[name] = to_number(given[name])
        except Problems as error:
            collector.extend(replace(p, found=f"{name}: {p.found}") for p in error.problems)
    collector.raise_if_any()
    return Pert(numbers["low"], numbers["best"], numbers["high"])


ShapeField = Annotated[
    Shape,
    TextForm(
        parse_shape,
        lambda shape: shape.text(),
        {
            "title": "Number",
            "description": f"A value, a range, a choice, one bound, or absent: {ALLOWED_SHAPES}.",
            "anyOf": [
                {"type": "number"},
                {"type": "string", "minLength": 1},
                {
                    "type": "object",
                    "properties": {
                        name: {"type": ["number", "string"]} for name in ("low", "best", "high")
                    },
                    "required": ["low", "best", "high"],
                    "additionalProperties": False,
                },
                {
                    "type": "object",
                    "properties": {
                        "choice": {"type": "object", "additionalProperties": {"type": "number"}}
                    },
                    "required": ["choice"],
                    "additionalProperties": False,
                },
            ],
        },
    ),
]
"""A Shape as a field of a pydantic model: from text, number or mapping; to text."""
