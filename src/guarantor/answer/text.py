"""Sentences with numbers in them: a template whose every number is a Figure or a cited passage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field, model_validator

from guarantor.answer.trace import Part
from guarantor.quantity import Kind, format_number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SLOT = re.compile(r"\{([a-z][a-z0-9_]*)\}")

NOT_KNOWN = "not known"

MARK = "†"
"""Stands behind a number that rests on a model used outside its validity."""


class Figure(Part):
    """A number that somebody could dispute, with what is needed to judge it.

    value alone is a number; low and high a range; all three a best value with its ends; one of low
    and high a bound; none of them an unknown, which is not zero.
    """

    type: Literal["figure"] = "figure"
    """Tells it from a cited passage in JSON."""
    value: float | None = None
    """Best value."""
    low: float | None = None
    """Lower end or bound."""
    high: float | None = None
    """Upper end or bound."""
    unit: str
    """What it counts."""
    digits: int | None = None
    """Significant digits to show; None shows all."""
    kind: Kind
    """Reported, derived, judged or absent."""
    rung: str = ""
    """Rung of the contribution that it counts, when it counts one."""
    condition: str = ""
    """What must happen before it holds."""
    as_of: str = ""
    """Date of the fact."""
    outside: bool = False
    """Whether it rests on a model used outside its validity."""
    trace: str
    """Id of the trace record."""

    def words(self, thin: str = " ") -> str:
        """Return the number as a person reads it, thousands set apart by `thin`, with its mark."""
        return f"{self._number(thin)}{MARK if self.outside else ''}"

    def _number(self, thin: str) -> str:
        show = [
            format_number(number, self.digits, thin) if number is not None else ""
            for number in (self.low, self.value, self.high)
        ]
        match show:
            case [low, "", high] if low and high:
                return f"{low} to {high}"
            case ["", "", high] if high:
                return f"at most {high}"
            case [low, "", ""] if low:
                return f"at least {low}"
            case ["", "", ""]:
                return NOT_KNOWN
            case [low, value, high] if low and high and low != high:
                return f"{value} ({low} to {high})"
            case [_, value, _]:
                return value
        raise AssertionError(show)


class Cited(Part):
    """A passage that may hold numerals of its own: a date, a statement, a name."""

    type: Literal["cited"] = "cited"
    """Tells it from a figure in JSON."""
    text: str
    """The passage."""
    trace: str
    """Id of the trace record."""

    def words(self, thin: str = " ") -> str:  # noqa: ARG002  # the same call as a Figure's
        """Return the passage."""
        return self.text


Slot = Annotated[Figure | Cited, Field(discriminator="type")]


class Text(Part):
    """A template with slots in braces; outside the slots there is no numeral.

    Raises ValueError when a numeral stands outside a slot or slots and braces do not match.
    """

    template: str
    """Words with `{slot}` where a figure or passage goes."""
    slots: dict[str, Slot] = Field(default_factory=dict)
    """What fills the braces."""

    @model_validator(mode="after")
    def _whole(self) -> Text:
        names = set(_SLOT.findall(self.template))
        if names != set(self.slots):
            raise ValueError(f"slots {sorted(self.slots)} do not fit {self.template!r}")
        bare = _SLOT.sub("", self.template)
        if any(character.isdigit() for character in bare):
            raise ValueError(f"a numeral without a trace in {self.template!r}")
        return self

    def pieces(self) -> Iterator[str | Figure | Cited]:
        """Return the text piece by piece: words, figures and cited passages, in order."""
        for index, piece in enumerate(_SLOT.split(self.template)):
            if index % 2:
                yield self.slots[piece]
            elif piece:
                yield piece

    def plain(self, thin: str = " ") -> str:
        """Return the text without its traces."""
        return "".join(p if isinstance(p, str) else p.words(thin) for p in self.pieces())


def text(template: str, **slots: Figure | Cited) -> Text:
    """Return the Text of a template and its slots."""
    return Text(template=template, slots=slots)


def join(parts: list[Text], between: str = "; ") -> Text:
    """Return several texts as one, their slots renamed apart."""
    template, slots = [], {}
    for number, part in enumerate(parts):
        letters = _letters(number)
        template.append(_SLOT.sub(lambda m, a=letters: f"{{{a}_{m[1]}}}", part.template))  # type: ignore[misc]
        slots.update({f"{letters}_{name}": slot for name, slot in part.slots.items()})
    return Text(template=between.join(template), slots=slots)


def _letters(number: int) -> str:
    letters = ""
    while True:
        number, rest = divmod(number, 26)
        letters = chr(ord("a") + rest) + letters
        if not number:
            return letters
