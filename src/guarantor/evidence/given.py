"""Reads published cases from CSV: what goes in, what was printed, how near we must come."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from math import isfinite
from typing import TYPE_CHECKING, TypeGuard

from guarantor.problems import Misuse, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

REQUIRED = (
    "case",
    "model",
    "inputs",
    "output",
    "expected_output",
    "tolerance",
    "tol_type",
    "basis",
)
"""Columns without which a row cannot be run."""

OPTIONAL = ("unit", "source", "status", "notes")
"""Columns that a file may leave out or a row may leave blank."""

STATUSES = ("seen", "quoted")
TOLERANCES = ("abs", "rel")

_DEEPEST = 20
_QUOTING = 'put JSON in double quotes and double the quotes inside it: "{""months"": 12}"'


class Basis(StrEnum):
    """What an expected value is, and so what it means to have met it."""

    PUBLISHED = "published"
    DERIVED = "derived-from-published-parameters"
    COMPUTED = "computed-from-published-data"
    OWN_EXAMPLE = "own-example-of-published-formula"


REPRODUCED = (Basis.PUBLISHED, Basis.DERIVED)
"""The only kinds of which one may say that a publication was reproduced."""

Numbers = float | list["Numbers"]


@dataclass(frozen=True, slots=True)
class Given:
    """One case: inputs by name, the outputs wanted, and what each has to be within a tolerance.

    expected: a number, a list of them, or a list for several outputs. relative: the tolerance is a
    share of the expected value.
    """

    file: str
    line: int
    case: str
    model: str
    inputs: Mapping[str, object]
    output: str
    expected: Numbers
    unit: str
    tolerance: float
    relative: bool
    source: str
    status: str
    basis: Basis
    bundled: bool


@dataclass(frozen=True, slots=True)
class Malformed:
    """A row that cannot be run, with each reason; what could be read of it is kept."""

    file: str
    line: int
    fields: Mapping[str, str]
    reasons: tuple[str, ...]
    bundled: bool


def bundled_cases() -> list[Given | Malformed]:
    """Return the published cases that come with the program, topic by topic."""
    folder = files("guarantor") / "evidence" / "cases"
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".csv"))
    return [
        row
        for name in names
        for row in _rows((folder / name).read_text(encoding="utf-8"), name, bundled=True)
    ]


def cases_of(path: Path) -> list[Given | Malformed]:
    """Return the rows of a file in the bundled files' format, good and bad, in their order.

    Raises Misuse when there is no such file; a file that is not text gives one malformed row.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Misuse.one(
            "the file of cases cannot be read",
            found=f"{path}: {error.strerror}",
            allowed=f"a CSV file with the columns {', '.join(REQUIRED)}",
        ) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        return [Malformed(str(path), line, {}, ("not a text in UTF-8",), bundled=False)]
    return list(_rows(text, str(path), bundled=False))


def _rows(text: str, file: str, *, bundled: bool) -> Iterator[Given | Malformed]:
    records = _records(text)
    _, header, fault = next(records, (1, [], ""))
    columns = [name.strip() for name in header]
    missing = [name for name in REQUIRED if name not in columns]
    reasons = [fault] if fault else []
    if missing:
        reasons.append(f"no column {', '.join(missing)}; found {', '.join(columns) or 'none'}")
    twice = sorted({name for name in columns if columns.count(name) > 1})
    if twice:
        reasons.append(f"more than one column {', '.join(twice)}")
    empty = True
    for line, record, fault in records:
        empty = False
        fields = dict(zip(columns, record, strict=False))
        faults = [*reasons, *([fault] if fault else [])]
        if not faults and len(record) != len(columns):
            faults.append(f"{len(record)} fields under {len(columns)} columns; {_QUOTING}")
        if faults:
            yield Malformed(file, line, fields, tuple(faults), bundled)
        else:
            yield _row(file, line, fields, bundled=bundled)
    if empty:
        yield Malformed(file, 1, {}, (*reasons, "no rows"), bundled)


def _records(text: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, fields and what is wrong with the record's quotes, if anything.

    A quote that is never closed would swallow all rows after it: a record of several lines that
    does not have as many fields as the first is taken for one broken line, and the next line is
    read afresh.
    """
    lines = io.StringIO(text, newline="").readlines()
    width = 0
    place = 0
    while place < len(lines):
        reader = csv.reader((lines[each] for each in range(place, len(lines))), strict=True)
        fault = ""
        try:
            record = next(reader, [])
        except csv.Error as error:
            record, fault = [], f"{error}; {_QUOTING}"
        taken = max(reader.line_num, 1)
        if fault or (taken > 1 and width and len(record) != width):
            record, taken = _one_line(lines[place]), 1
            fault = fault or f"a quote is left open; {_QUOTING}"
        if record or fault:
            width = width or len(record)
            yield place + 1, record, fault
        place += taken


def _one_line(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:
        return []


def _row(file: str, line: int, fields: Mapping[str, str], *, bundled: bool) -> Given | Malformed:
    text = {name: fields.get(name, "").strip() for name in (*REQUIRED, *OPTIONAL)}
    reasons = [f"{name} is blank" for name in REQUIRED if not text[name]]
    inputs, expected, tolerance = None, None, None
    if text["inputs"]:
        inputs = _json("inputs", text["inputs"], reasons)
        if inputs is not None and not isinstance(inputs, dict):
            reasons.append(f"inputs {_short(text['inputs'])} is not an object of names and values")
    if text["expected_output"]:
        expected = _json("expected_output", text["expected_output"], reasons)
        if expected is not None and not _numeric(expected):
            shown = _short(text["expected_output"])
            reasons.append(f"expected_output {shown} is neither a number nor a list of them")
    if text["tolerance"]:
        tolerance = _tolerance(text["tolerance"], reasons)
    _one_of("tol_type", text["tol_type"], TOLERANCES, reasons)
    _one_of("basis", text["basis"], [str(each) for each in Basis], reasons)
    _one_of("status", text["status"], STATUSES, reasons)
    if reasons or not isinstance(inputs, dict) or not _numeric(expected) or tolerance is None:
        return Malformed(file, line, text, tuple(reasons), bundled)
    return Given(
        file,
        line,
        text["case"],
        text["model"],
        inputs,
        text["output"],
        expected,
        text["unit"],
        tolerance,
        text["tol_type"] == "rel",
        text["source"],
        text["status"],
        Basis(text["basis"]),
        bundled,
    )


def _json(name: str, text: str, reasons: list[str]) -> object:
    def no_constant(constant: str) -> object:
        raise ValueError(f"{constant} is not a finite number")

    def once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        twice = sorted({key for key in keys if keys.count(key) > 1})
        if twice:
            raise ValueError(f"{', '.join(twice)} given more than once")
        return dict(pairs)

    try:
        value = json.loads(text, parse_constant=no_constant, object_pairs_hook=once)
    except (ValueError, RecursionError) as error:
        reasons.append(f"{name} {_short(text)} is not JSON: {error}")
        return None
    if not _usable(value):
        reasons.append(
            f"{name} {_short(text)} holds a number that is not finite, or is nested too deeply"
        )
        return None
    if value is None:
        reasons.append(f"{name} is null")
    return value


def _tolerance(text: str, reasons: list[str]) -> float | None:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not (isfinite(value) and value >= 0):
        reasons.append(f"tolerance {_short(text)} is not a number from 0")
        return None
    return value


def _one_of(name: str, value: str, valid: Sequence[str], reasons: list[str]) -> None:
    if value and value not in valid:
        near = nearest(value, valid)
        hint = f". {near}" if near else ""
        reasons.append(f"{name} {_short(value)} is none of {', '.join(valid)}{hint}")


def _numeric(value: object) -> TypeGuard[Numbers]:
    if isinstance(value, list):
        return bool(value) and all(_numeric(member) for member in value)
    return isinstance(value, int | float) and not isinstance(value, bool)


def _usable(value: object, depth: int = 0) -> bool:
    """Return whether every number is finite as a float and nothing is nested past reading."""
    if isinstance(value, list | dict):
        members = value.values() if isinstance(value, dict) else value
        return depth < _DEEPEST and all(_usable(member, depth + 1) for member in members)
    if isinstance(value, int):
        return abs(value) < 10**308
    return not isinstance(value, float) or isfinite(value)


def _short(text: str) -> str:
    return repr(text if len(text) <= 60 else f"{text[:60]}…")
