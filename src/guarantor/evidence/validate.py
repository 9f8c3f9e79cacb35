"""Runs published cases and says, row by row, whether the models give what was printed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.evidence.catalogue import basis_of, catalogue, run
from guarantor.evidence.given import REPRODUCED, Basis, Given, Malformed
from guarantor.methods.datasets import DATA_SET_UNIT, NotAtHand, read_dataset
from guarantor.problems import Misuse, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from guarantor.evidence.given import Numbers
    from guarantor.methods.datasets import Dataset
    from guarantor.models import Card, Variant


class Outcome(StrEnum):
    """What became of a row."""

    WITHIN = "within"
    OUTSIDE = "outside"
    REFUSED = "refused"
    UNKNOWN_MODEL = "unknown model"
    MALFORMED = "malformed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One row and what became of it.

    computed: the outputs asked for, None when there are none. equation: whose it is. marks: each
    input outside the validity of the model. message: why the row is not within, or what is to be
    known about it.
    """

    file: str
    line: int
    case: str
    model: str
    outcome: Outcome
    inputs: Mapping[str, object] = field(default_factory=dict)
    output: str = ""
    unit: str = ""
    expected: Numbers | str | None = None
    computed: object = None
    tolerance: float | None = None
    relative: bool = False
    basis: Basis | None = None
    status: str = ""
    source: str = ""
    equation: str = ""
    marks: tuple[str, ...] = ()
    message: str = ""
    bundled: bool = True

    @property
    def reproduced(self) -> bool:
        """Return whether one may say that a publication's own number came out."""
        return self.outcome is Outcome.WITHIN and self.basis in REPRODUCED and bool(self.source)

    @property
    def fails(self) -> bool:
        """Return whether the row makes the exit code 1.

        A data set that is not at hand fails only a row of somebody's own file: the program brings
        no data sets along, and its own cases have to pass without them.
        """
        if self.outcome is Outcome.NOT_RUN:
            return not self.bundled
        return self.outcome is not Outcome.WITHIN

    def to_json(self) -> dict[str, object]:
        """Return the row as JSON holds it; within is null when the row was not run."""
        return {
            "file": self.file,
            "line": self.line,
            "case": self.case,
            "model": self.model,
            "inputs": dict(self.inputs),
            "output": self.output,
            "unit": self.unit,
            "expected": self.expected,
            "computed": self.computed,
            "tolerance": self.tolerance,
            "tol_type": "rel" if self.relative else "abs",
            "within": None if self.outcome is Outcome.NOT_RUN else self.outcome is Outcome.WITHIN,
            "basis": self.basis,
            "status": self.status,
            "source": self.source,
            "equation": self.equation,
            "outcome": self.outcome,
            "marks": list(self.marks),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows of one kind of basis: all, those within, and of these the ones read second hand."""

    rows: int
    within: int
    second_hand: int


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts in the order of the rows, and their totals."""

    verdicts: tuple[Verdict, ...]

    @property
    def outcomes(self) -> dict[Outcome, int]:
        """Return how many rows came to each end."""
        counted = Counter(verdict.outcome for verdict in self.verdicts)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def by_basis(self) -> dict[Basis, Tally]:
        """Return a tally of each kind of basis, none of them added to another."""
        found = {}
        for basis in Basis:
            rows = [verdict for verdict in self.verdicts if verdict.basis is basis]
            within = [verdict for verdict in rows if verdict.outcome is Outcome.WITHIN]
            quoted = [verdict for verdict in within if verdict.status == "quoted"]
            found[basis] = Tally(len(rows), len(within), len(quoted))
        return found

    @property
    def reproduced(self) -> int:
        """Return how many rows reproduce a publication."""
        return sum(verdict.reproduced for verdict in self.verdicts)

    @property
    def failures(self) -> int:
        """Return how many rows make the exit code 1."""
        return sum(verdict.fails for verdict in self.verdicts)

    def to_json(self) -> dict[str, object]:
        """Return the whole report as one JSON document."""
        return {
            "rows": [verdict.to_json() for verdict in self.verdicts],
            "totals": {
                "rows": len(self.verdicts),
                "reproduced": self.reproduced,
                "failures": self.failures,
                "outcomes": {str(name): count for name, count in self.outcomes.items()},
                "basis": {
                    str(name): {
                        "rows": tally.rows,
                        "within": tally.within,
                        "second_hand": tally.second_hand,
                        "called_reproduced": name in REPRODUCED,
                    }
                    for name, tally in self.by_basis.items()
                },
                "basis_unknown": sum(verdict.basis is None for verdict in self.verdicts),
            },
        }


class Data:
    """The data sets in a folder, each read once; without a folder none is at hand."""

    def __init__(self, folder: Path | None) -> None:
        """Raise Misuse when the folder is none."""
        if folder is not None and not folder.is_dir():
            raise Misuse.one(
                "there is no such folder of data sets", found=str(folder), allowed="a folder"
            )
        self._folder = folder
        self._read: dict[str, Dataset] = {}

    def get(self, name: str) -> Dataset:
        """Return a data set by name; raises NotAtHand, and Problems when it cannot be used."""
        if self._folder is None:
            raise NotAtHand.one(
                f"The data set {name!r} is not at hand",
                remedy="Name the folder that holds it with --data.",
            )
        if name not in self._read:
            self._read[name] = read_dataset(name, self._folder)
        return self._read[name]


def validate(rows: Iterable[Given | Malformed], data: Data) -> Report:
    """Return a verdict on every row; no row, however bad, keeps the others from being run."""
    return Report(tuple(_verdict(row, data) for row in rows))


def _verdict(row: Given | Malformed, data: Data) -> Verdict:
    if isinstance(row, Malformed):
        return _malformed(row)
    verdict = Verdict(
        row.file,
        row.line,
        row.case,
        row.model,
        Outcome.UNKNOWN_MODEL,
        row.inputs,
        row.output,
        row.unit,
        row.expected,
        tolerance=row.tolerance,
        relative=row.relative,
        basis=row.basis,
        status=row.status,
        source=row.source,
        bundled=row.bundled,
    )
    card = catalogue().get(row.model)
    if card is None:
        near = nearest(row.model, catalogue()) or "See: guarantor models"
        return replace(verdict, message=f"there is no model {row.model!r}. {near}")
    verdict = replace(verdict, equation=basis_of(card))
    try:
        return _compared(row, card, verdict, data)
    except NotAtHand as error:
        return replace(verdict, outcome=Outcome.NOT_RUN, message=_joined(error))
    except Problems as error:
        return replace(verdict, outcome=Outcome.REFUSED, message=_joined(error))
    except Exception as error:  # noqa: BLE001  # a row nobody foresaw must not stop the rest
        message = f"the model failed: {type(error).__name__}: {error}"
        return replace(verdict, outcome=Outcome.REFUSED, message=message)


def _malformed(row: Malformed) -> Verdict:
    known = {str(basis): basis for basis in Basis}
    return Verdict(
        row.file,
        row.line,
        row.fields.get("case", ""),
        row.fields.get("model", ""),
        Outcome.MALFORMED,
        expected=row.fields.get("expected_output"),
        basis=known.get(row.fields.get("basis", "")),
        status=row.fields.get("status", ""),
        source=row.fields.get("source", ""),
        message="; ".join(row.reasons),
        bundled=row.bundled,
    )


def _compared(row: Given, card: Card, verdict: Verdict, data: Data) -> Verdict:
    variant = _variant(card, row)
    if variant is None:
        run(card, row.inputs)  # refuses inputs that no equation of this name takes
        return replace(
            verdict,
            outcome=Outcome.MALFORMED,
            message=f"no output {row.output!r}; the outputs are {_output_names(card, row)}",
        )
    inputs = {**row.inputs, **_data_sets(variant, row.inputs, data)}
    result = run(variant, inputs)
    names = asked(variant, row.output) or ()
    values = [_plain(result.outputs[name]) for name in names]
    computed = values if len(names) > 1 else values[0]
    marks = tuple(str(mark) for mark in result.marks)
    verdict = replace(verdict, computed=computed, marks=marks)
    wrong = _difference(row, computed)
    if wrong:
        return replace(verdict, outcome=Outcome.OUTSIDE, message=wrong)
    unsourced = "" if row.source else "names no source, so it is not counted as reproduced"
    return replace(verdict, outcome=Outcome.WITHIN, message=unsourced)


def asked(variant: Variant, cell: str) -> tuple[str, ...] | None:
    """Return the outputs that a cell names: one by its full name, or several parted by `;`.

    None when the equation does not have them all.
    """
    known = {output.name for output in variant.outputs}
    if cell in known:
        return (cell,)
    names = tuple(name.strip() for name in cell.split(";"))
    return names if set(names) <= known else None


def _variant(card: Card, row: Given) -> Variant | None:
    fitting = card.variants_for(row.inputs)
    return next((variant for variant in fitting if asked(variant, row.output)), None)


def _output_names(card: Card, row: Given) -> str:
    return " or ".join(
        ";".join(output.name for output in variant.outputs)
        for variant in card.variants_for(row.inputs)
    )


def _data_sets(variant: Variant, inputs: Mapping[str, object], data: Data) -> dict[str, object]:
    found: dict[str, object] = {}
    for symbol in variant.symbols:
        name = inputs[symbol.name]
        if symbol.unit == DATA_SET_UNIT:
            if not isinstance(name, str):
                raise Problems.one(
                    f"{variant.model} cannot use this {symbol.name}, {variant.plain_equation}",
                    found=repr(name),
                    allowed="the name of a data set",
                )
            found[symbol.name] = data.get(name)
    return found


def _difference(row: Given, computed: object) -> str:
    """Return how far off the numbers are, or nothing when all are within the tolerance.

    Expected numbers stand as the outputs do, or in one list, output after output.
    """
    ours, theirs = _flat(computed), _flat(row.expected)
    flat_list = isinstance(row.expected, list) and not any(
        isinstance(member, list) for member in row.expected
    )
    if len(ours) != len(theirs):
        return f"the model gives {len(ours)} numbers, the case expects {len(theirs)}"
    if not (flat_list or _shape(computed) == _shape(row.expected)):
        return "the case arranges its numbers in other lists than the model does"
    worst = ""
    excess = 0.0
    for place, (our, their) in enumerate(zip(ours, theirs, strict=True), 1):
        allowed = row.tolerance * (abs(their) if row.relative else 1.0)
        off = abs(our - their)
        if off > allowed and off - allowed >= excess:
            excess = off - allowed
            where = f"number {place}: " if len(ours) > 1 else ""
            worst = f"{where}off by {off:.6g}, {allowed:.6g} allowed"
    return worst


def _flat(value: object) -> list[float]:
    if isinstance(value, list):
        return [number for member in value for number in _flat(member)]
    return [float(value)]  # type: ignore[arg-type]  # a number, as the card and the reader checked


def _shape(value: object) -> object:
    return [_shape(member) for member in value] if isinstance(value, list) else None


def _plain(value: object) -> object:
    return [_plain(member) for member in value] if isinstance(value, list | tuple) else value


def _joined(error: Problems) -> str:
    return " ".join(str(problem) for problem in error.problems)
