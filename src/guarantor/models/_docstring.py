"""Reads a model's card from its docstring, so that an equation is written down once.

A docstring has, in this order, one sentence; one or more lines `$ … $` of Typst mathematics; and
sections that begin at the margin with their name and a colon:

    Symbols:      name, $notation$ [unit]: meaning; domain; valid range; flat because …
    Outputs:      name, $notation$ [unit]: meaning
    Labels:       name: what it says, for an input that case files carry and no equation reads
    Also:         published name for parameter, published name for output
    Validity:     where the equation holds, and whose judgement that is
    Traps:        one entry for each way to misread the model
    Unconfirmed:  what has not been read in the primary text
    Basis:        published | ours
    Source:       citation

Entries are indented by four columns, their further lines by more. A domain is `any`, or an end
from `from X` and `above X` and an end from `to X` and `below X`, where X is a number or the name
of another input. `valid throughout` means as far as the domain reaches. Each line of `Also` makes
one more variant of the same function under other names.
"""

from __future__ import annotations

import inspect
import re
from dataclasses import replace
from math import inf
from typing import TYPE_CHECKING

from guarantor.models._card import Basis, Card, Kind, Output, Range, Symbol, Variant

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SECTIONS = (
    "Symbols",
    "Outputs",
    "Labels",
    "Also",
    "Validity",
    "Traps",
    "Unconfirmed",
    "Basis",
    "Source",
)
_HEAD = re.compile(rf"^({'|'.join(_SECTIONS)}):\s*(.*)$")
_EQUATION = re.compile(r"^\$ (.+?) \$$", re.MULTILINE | re.DOTALL)
_ENTRY = re.compile(r"^(?P<name>\w+), \$(?P<notation>[^$]+)\$ \[(?P<unit>[^\]]*)\]: (?P<rest>.+)$")
_RANGE = re.compile(r"^(?:(above|from) (\S+))?\s?(?:(below|to) (\S+))?$")
_RENAMING = re.compile(r"^(.+) for (\w+)$")
_KINDS: dict[str, Kind] = {
    "float": "number",
    "int": "whole number",
    "Sequence[float]": "numbers",
    "Sequence[int]": "whole numbers",
    "Sequence[Sequence[float]]": "table",
    "Mapping[str, float]": "mapping",
    "str": "text",
    "bool": "truth",
}


def card_from(*functions: Callable[..., object], name: str = "") -> Card:
    """Return the card of a model from the docstrings of its functions, one for each equation.

    The model is called after the first function unless `name` says otherwise. Raises ValueError
    where a docstring does not follow the form, disagrees with the function's own signature, or
    mixes published equations with ours under one name.
    """
    model = name or functions[0].__name__
    variants = tuple(variant for each in functions for variant in _variants(model, each))
    if len({variant.basis for variant in variants}) > 1:
        raise ValueError(f"{model}: published equations and ours cannot share a name")
    return Card(model, variants)


def _variants(model: str, function: Callable[..., object]) -> Iterator[Variant]:
    where = function.__qualname__
    text = inspect.getdoc(function)
    if text is None:
        raise ValueError(f"{where} has no docstring; models cannot run under python -OO")
    head, sections = _split(text)
    equations = [" ".join(each.split()) for each in _EQUATION.findall(head)]
    missing = [each for each in ("Outputs", "Validity", "Basis", "Source") if each not in sections]
    if missing or not equations:
        lacks = missing if equations else ["an equation", *missing]
        raise ValueError(f"{where}: its docstring lacks {', '.join(lacks)}")
    stated = _joined(sections["Basis"])
    if stated not in ("published", "ours"):
        raise ValueError(f"{where}: basis {stated!r} is neither published nor ours")
    basis: Basis = "published" if stated == "published" else "ours"
    parameters = inspect.signature(function).parameters
    kinds = {each: str(parameter.annotation) for each, parameter in parameters.items()}
    symbols = tuple(_symbol(where, line, kinds) for line in sections.get("Symbols", []))
    if tuple(symbol.name for symbol in symbols) != tuple(parameters):
        raise ValueError(f"{where}: symbols and parameters differ or are in another order")
    variant = Variant(
        model=model,
        function=function,
        title=" ".join(head.split("\n\n")[0].split()),
        equation=" \\ ".join(equations),
        symbols=symbols,
        outputs=tuple(_output(where, line) for line in sections["Outputs"]),
        basis=basis,
        citation=_joined(sections["Source"]),
        validity=_joined(sections["Validity"]),
        labels=tuple(line.partition(":")[0] for line in sections.get("Labels", [])),
        traps=tuple(sections.get("Traps", [])),
        unconfirmed=_joined(sections.get("Unconfirmed", [])),
    )
    yield variant
    for line in sections.get("Also", []):
        yield _renamed(where, variant, line)


def _split(text: str) -> tuple[str, dict[str, list[str]]]:
    head: list[str] = []
    sections: dict[str, list[str]] = {}
    entries: list[str] | None = None
    for line in text.splitlines():
        found = _HEAD.match(line)
        if found:
            entries = sections.setdefault(found[1], [])
            if found[2]:
                entries.append(found[2])
        elif entries is None:
            head.append(line)
        elif re.match(r"^ {4}\S", line) or not entries:
            entries.append(line.strip())
        else:
            entries[-1] = f"{entries[-1]} {line.strip()}".rstrip()
    return "\n".join(head), {name: list(filter(None, each)) for name, each in sections.items()}


def _joined(entries: list[str]) -> str:
    return " ".join(entries)


def _symbol(where: str, line: str, kinds: dict[str, str]) -> Symbol:
    entry = _ENTRY.match(line)
    if entry is None or entry["name"] not in kinds:
        raise ValueError(f"{where}: not a symbol of the function: {line!r}")
    meaning, *rest = (part.strip() for part in entry["rest"].split(";"))
    kind = "date" if entry["unit"] == "date" else _KINDS.get(kinds[entry["name"]], "other")
    symbol = Symbol(
        entry["name"], entry["name"], entry["notation"], entry["unit"], meaning, kind=kind
    )
    if kind in ("date", "text", "truth", "other") and not rest:
        return symbol
    domain, *rest = rest or [""]
    symbol = replace(symbol, domain=_range(where, domain))
    if kind == "date":
        return symbol
    validity, *rest = rest or [""]
    if not validity.startswith("valid "):
        raise ValueError(f"{where}: {symbol.name} states no validity")
    stated = validity.removeprefix("valid ")
    reach = symbol.domain if stated == "throughout" else _range(where, stated)
    return replace(symbol, validity=reach, flat="; ".join(rest).removeprefix("flat "))


def _output(where: str, line: str) -> Output:
    entry = _ENTRY.match(line)
    if entry is None:
        raise ValueError(f"{where}: not an output: {line!r}")
    return Output(entry["name"], entry["notation"], entry["unit"], entry["rest"])


def _range(where: str, text: str) -> Range:
    if text == "any":
        return Range()
    found = _RANGE.match(text)
    if not text or found is None:
        raise ValueError(f"{where}: not a range: {text!r}")
    low_word, low, high_word, high = found.groups()
    return Range(
        -inf if low is None else _end(low),
        inf if high is None else _end(high),
        low_open=low_word == "above",
        high_open=high_word == "below",
    )


def _end(text: str) -> float | str:
    return text if text.isidentifier() else float(text)


def _renamed(where: str, variant: Variant, line: str) -> Variant:
    names = {}
    for part in line.split(","):
        found = _RENAMING.match(part.strip())
        if found is None:
            raise ValueError(f"{where}: not a renaming: {part!r}")
        names[found[2]] = found[1]
    known = {symbol.name for symbol in variant.symbols}
    known |= {output.name for output in variant.outputs}
    if not names.keys() <= known:
        raise ValueError(f"{where}: renames what it does not have: {line!r}")
    return replace(
        variant,
        symbols=tuple(
            replace(
                symbol,
                name=names.get(symbol.name, symbol.name),
                domain=symbol.domain.named(names),
                validity=symbol.validity.named(names),
            )
            for symbol in variant.symbols
        ),
        outputs=tuple(
            replace(output, name=names.get(output.name, output.name)) for output in variant.outputs
        ),
    )
