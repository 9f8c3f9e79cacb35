"""What a model says about itself, and the one way to call it by name with checked inputs.

A model body never raises, so that it can be compiled; whatever has to be refused is refused here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import inf, isfinite
from typing import TYPE_CHECKING, Literal, TypeGuard

from guarantor.models._mathematics import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

Basis = Literal["published", "ours"]
Kind = Literal[
    "number",
    "whole number",
    "numbers",
    "whole numbers",
    "table",
    "mapping",
    "date",
    "text",
    "truth",
    "other",
]

_SCALARS = ("number", "whole number", "date")
_LISTS = ("numbers", "whole numbers", "table", "mapping")
_COUNTED = ("whole number", "whole numbers")
_LONGEST = 80
_WANTED = {
    "date": "a date such as 2025-08-22",
    "whole number": "a whole number",
    "numbers": "a list of numbers",
    "whole numbers": "a list of whole numbers",
    "table": "rows of numbers, all of one length",
    "mapping": "numbers by name",
    "text": "a text",
    "truth": "true or false",
}


@dataclass(frozen=True, slots=True)
class Range:
    """An interval whose ends are numbers or the names of other inputs, each end open or closed."""

    low: float | str = -inf
    high: float | str = inf
    low_open: bool = False
    high_open: bool = False

    def holds(self, value: float, others: Mapping[str, float]) -> bool:
        """Return whether `value` lies inside; an end that names an unknown input binds nothing."""
        low = others.get(self.low, -inf) if isinstance(self.low, str) else self.low
        high = others.get(self.high, inf) if isinstance(self.high, str) else self.high
        above = value > low if self.low_open else value >= low
        below = value < high if self.high_open else value <= high
        return above and below

    def named(self, names: Mapping[str, str]) -> Range:
        """Return the range with the inputs it names called by other names."""
        low = names.get(self.low, self.low) if isinstance(self.low, str) else self.low
        high = names.get(self.high, self.high) if isinstance(self.high, str) else self.high
        return Range(low, high, self.low_open, self.high_open)

    def words(self) -> str:
        """Return the range as people say it: `above 0, up to 1`."""
        parts = []
        if self.low != -inf:
            parts.append(f"{'above' if self.low_open else 'from'} {_plain(self.low)}")
        if self.high != inf:
            parts.append(f"{'below' if self.high_open else 'up to'} {_plain(self.high)}")
        return ", ".join(parts) or "any number"


@dataclass(frozen=True, slots=True)
class Symbol:
    """One input of a model.

    name: as callers and case files write it; parameter: as the function writes it. notation:
    Typst mathematics. domain: where the equation has a meaning; outside it the model refuses.
    validity: where its source, or a stated judgement, supports it; outside it the result carries
    a mark. flat: why a small change may leave every output as it was, or empty.
    """

    name: str
    parameter: str
    notation: str
    unit: str
    meaning: str
    kind: Kind
    domain: Range = Range()
    validity: Range = Range()
    flat: str = ""

    @property
    def plain_notation(self) -> str:
        """Return the notation as plain text."""
        return plain(self.notation)

    def numbers(self, value: object) -> list[float] | None:
        """Return the numbers to check in `value`, or None when it is not of this symbol's kind."""
        if self.kind == "other":
            return []
        if self.kind in ("text", "truth"):
            return [] if isinstance(value, str if self.kind == "text" else bool) else None
        if self.kind == "date":
            return _day_number(value)
        members: Iterable[object] = (value,)
        if self.kind == "mapping":
            if not isinstance(value, Mapping) or not value:
                return None
            members = value.values()
        elif self.kind == "table":
            if not _table(value):
                return None
            members = [member for row in value for member in row]
        elif self.kind in _LISTS:
            if not _listed(value) or not value:
                return None
            members = value
        found = [_number(member, whole=self.kind in _COUNTED) for member in members]
        return None if None in found else [number for number in found if number is not None]

    def allowed(self) -> str:
        """Return what may stand for this symbol, in words with its unit."""
        wanted = _WANTED.get(self.kind, "a number")
        if self.domain == Range():
            return wanted
        unit = "" if self.kind == "date" else self.unit
        return f"{wanted}, {self.domain.words()} {unit}".strip()


@dataclass(frozen=True, slots=True)
class Output:
    """One result of a model: its name in case files, Typst notation, unit and meaning."""

    name: str
    notation: str
    unit: str
    meaning: str

    @property
    def plain_notation(self) -> str:
        """Return the notation as plain text."""
        return plain(self.notation)


@dataclass(frozen=True, slots=True)
class Finding:
    """One input outside a range: refused when it has no meaning there, marked otherwise."""

    model: str
    symbol: str
    found: str
    allowed: str
    equation: str
    refused: bool

    def __str__(self) -> str:
        """Return the finding as one sentence without a full stop."""
        verdict = "has no meaning in" if self.refused else "is outside the validity of"
        place = f"{self.model}, {self.equation}"
        return f"{self.symbol} = {self.found} {verdict} {place}; allowed: {self.allowed}"


class ModelDomainError(ValueError):
    """Inputs for which a model has no meaning; `findings` holds every one of them."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("; ".join(str(finding) for finding in self.findings))


@dataclass(frozen=True, slots=True)
class Result:
    """What a call gave: outputs by name, the equation used, and each input outside validity."""

    variant: Variant
    outputs: Mapping[str, object]
    marks: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """One equation under a model's name, with everything its docstring states.

    equation: Typst mathematics without the dollar signs; `plain_equation` is the same as a line of
    text. labels: inputs that case files carry and
    no equation reads. unconfirmed: what nobody has yet read in the primary text, or empty.
    """

    model: str
    function: Callable[..., object]
    title: str
    equation: str
    symbols: tuple[Symbol, ...]
    outputs: tuple[Output, ...]
    basis: Basis
    citation: str
    validity: str
    labels: tuple[str, ...] = ()
    traps: tuple[str, ...] = ()
    unconfirmed: str = ""

    @property
    def plain_equation(self) -> str:
        """Return the equation as one line of plain text."""
        return plain(self.equation)

    def signature(self) -> str:
        """Return the input names in order, as a person would list them."""
        return ", ".join((*(symbol.name for symbol in self.symbols), *self.labels))

    def check(self, inputs: Mapping[str, object]) -> tuple[Finding, ...]:
        """Return what is wrong with one set of inputs (no broadcasting), refusals and marks."""
        found = {symbol.name: symbol.numbers(inputs[symbol.name]) for symbol in self.symbols}
        others = {name: values[0] for name, values in found.items() if values}
        findings = []
        for symbol in self.symbols:
            values = found[symbol.name]
            allowed, refused = symbol.allowed(), True
            outside = [each for each in values or () if not symbol.domain.holds(each, others)]
            if not outside and values is not None:
                allowed, refused = f"{symbol.validity.words()} {symbol.unit}", False
                outside = [each for each in values if not symbol.validity.holds(each, others)]
            if outside or values is None:
                shown = symbol.kind in _LISTS and outside
                text = ", ".join(map(_plain, outside)) if shown else repr(inputs[symbol.name])
                text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
                finding = Finding(
                    self.model, symbol.name, text, allowed, self.plain_equation, refused
                )
                findings.append(finding)
        return tuple(findings)

    def call(self, inputs: Mapping[str, object]) -> Result:
        """Return the outputs for inputs by name.

        A list given for a single number is run through element by element, several such lists
        together, and each output is then a list. Raises ModelDomainError with every input that
        has no meaning.
        """
        runs = list(self._runs(inputs))
        findings = list(dict.fromkeys(finding for run in runs for finding in self.check(run)))
        if any(finding.refused for finding in findings):
            raise ModelDomainError(finding for finding in findings if finding.refused)
        results = [self._run(run) for run in runs]
        if self._broadcast(inputs):
            outputs: dict[str, object] = {
                output.name: [result[output.name] for result in results] for output in self.outputs
            }
        else:
            outputs = results[0]
        return Result(self, outputs, tuple(findings))

    def _broadcast(self, inputs: Mapping[str, object]) -> dict[str, Sequence[object]]:
        lists: dict[str, Sequence[object]] = {}
        for symbol in self.symbols:
            value = inputs[symbol.name]
            if symbol.kind in _SCALARS and _listed(value):
                lists[symbol.name] = value
        return lists

    def _runs(self, inputs: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
        lists = self._broadcast(inputs)
        if not lists:
            yield inputs
            return
        lengths = {name: len(values) for name, values in lists.items()}
        if len(set(lengths.values())) > 1 or 0 in lengths.values():
            found = ", ".join(f"{name} of {length}" for name, length in lengths.items())
            raise ModelDomainError([self._whole_call(found, "lists of one length, at least 1")])
        for place in range(next(iter(lengths.values()))):
            yield {**inputs, **{name: values[place] for name, values in lists.items()}}

    def _run(self, inputs: Mapping[str, object]) -> dict[str, object]:
        arguments: dict[str, object] = {}
        for symbol in self.symbols:
            value = inputs[symbol.name]
            numbers = symbol.numbers(value)
            if symbol.kind in ("number", "whole number") and numbers:
                value = int(numbers[0]) if symbol.kind == "whole number" else numbers[0]
            arguments[symbol.parameter] = value
        try:
            given = self.function(**arguments)
        except ArithmeticError as error:
            raise ModelDomainError(
                [self._whole_call(str(error), "inputs with a finite result")]
            ) from error
        values = given if len(self.outputs) > 1 and isinstance(given, tuple) else (given,)
        named = dict(zip((output.name for output in self.outputs), values, strict=True))
        for name, value in named.items():
            if not _finite(value):
                raise ModelDomainError([self._whole_call(f"{name} = {value}", "a finite result")])
        return named

    def _whole_call(self, found: str, allowed: str) -> Finding:
        return Finding(self.model, "inputs", found, allowed, self.plain_equation, refused=True)


@dataclass(frozen=True, slots=True)
class Card:
    """A model by the name that case files use: one or more variants told apart by their inputs."""

    name: str
    variants: tuple[Variant, ...]

    @property
    def title(self) -> str:
        """Return the first variant's sentence."""
        return self.variants[0].title

    @property
    def basis(self) -> Basis:
        """Return whose equation it is; all variants of a model share it."""
        return self.variants[0].basis

    @property
    def plain_equation(self) -> str:
        """Return the first variant's equation as one line of plain text."""
        return self.variants[0].plain_equation

    @property
    def functions(self) -> tuple[Callable[..., object], ...]:
        """Return the functions behind the name, each once."""
        return tuple(dict.fromkeys(variant.function for variant in self.variants))

    def variants_for(self, names: Iterable[str]) -> tuple[Variant, ...]:
        """Return the variants whose input names are exactly `names`; they differ in outputs."""
        wanted = frozenset(names)
        return tuple(
            variant
            for variant in self.variants
            if wanted == {symbol.name for symbol in variant.symbols} | set(variant.labels)
        )

    def variant_for(self, names: Iterable[str]) -> Variant | None:
        """Return the first variant whose input names are exactly `names`, or None."""
        return next(iter(self.variants_for(names)), None)

    def call(self, inputs: Mapping[str, object]) -> Result:
        """Return the outputs of the variant that takes these inputs; raises ModelDomainError."""
        variant = self.variant_for(inputs)
        if variant is None:
            allowed = " or ".join(f"({variant.signature()})" for variant in self.variants)
            found = f"({', '.join(inputs)})"
            raise ModelDomainError(
                [Finding(self.name, "inputs", found, allowed, self.plain_equation, refused=True)]
            )
        return variant.call(inputs)


def _listed(value: object) -> TypeGuard[Sequence[object]]:
    return isinstance(value, Sequence) and not isinstance(value, str | bytes)


def _table(value: object) -> TypeGuard[Sequence[Sequence[object]]]:
    if not _listed(value) or not value or not all(_listed(row) and row for row in value):
        return False
    return len({len(row) for row in value if _listed(row)}) == 1


def _finite(value: object) -> bool:
    if _listed(value):
        return all(_finite(member) for member in value)
    return not isinstance(value, float) or isfinite(value)


def _number(value: object, *, whole: bool) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        number = float(value)
    except OverflowError:
        return None
    if not isfinite(number) or (whole and not number.is_integer()):
        return None
    return number


def _day_number(value: object) -> list[float] | None:
    try:
        return [float(date.fromisoformat(value).toordinal())] if isinstance(value, str) else None
    except ValueError:
        return None


def _plain(end: float | str) -> str:
    return end if isinstance(end, str) else f"{end:.15g}"
