"""Reads CSV into plain values that remember the line each came from."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.case.tree import Tree, shown
from guarantor.problems import Collector, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guarantor.case.files import CaseFile


@dataclass(frozen=True)
class Rows:
    """The rows of a file, and whether these are all rows that it holds."""

    trees: list[Tree]
    complete: bool

    def __iter__(self) -> Iterator[Tree]:
        """Iterate over the rows."""
        return iter(self.trees)


def read_csv(file: CaseFile, columns: Iterable[str], problems: Collector) -> Rows:
    """Return the rows as trees of text, blank cells left out.

    Notes a header that is not `columns` and rows whose number of cells differs from the header's.
    """
    expected = list(columns)
    records = _records(file, problems)
    line, header = next(records, (1, []))
    if header is None:
        return Rows([], complete=False)
    if not set(header) & set(expected):
        problems.add(
            Problem(
                "the file has no header",
                file=file.name,
                line=line,
                found=shown(",".join(header)) if header else "nothing",
                allowed=",".join(expected),
                remedy="Put the names of the columns, with commas between them, on its first line.",
            )
        )
        return Rows([], complete=False)
    _check_header(file, header, expected, line, problems)
    absent = frozenset(expected) - frozenset(header)
    known = set(expected)
    trees: list[Tree] = []
    for line, cells in records:
        if cells is None:
            return Rows(trees, complete=False)
        legible = len(cells) == len(header)
        if not legible and not (absent and len(cells) == len(expected)):
            problems.add(
                Problem(
                    "the row has another number of cells than the header",
                    file=file.name,
                    line=line,
                    found=f"{len(cells)} cells",
                    allowed=f"{len(header)} cells",
                    remedy="Put text that contains a comma between double quotes.",
                )
            )
        value = {
            key: cell for key, cell in zip(header, cells, strict=False) if cell and key in known
        }
        trees.append(Tree(file.name, value, line, absent=absent, legible=legible))
    return Rows(trees, complete=True)


def _records(file: CaseFile, problems: Collector) -> Iterator[tuple[int, list[str] | None]]:
    """Yield each record that is not blank with its first line; None where the rest is lost."""
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield line, stripped
    except csv.Error as error:
        problems.add(
            Problem(
                "the file is not valid CSV",
                file=file.name,
                line=start,
                found=str(error),
                remedy="Look for a double quote that is opened and not closed.",
            )
        )
        yield start, None


def _check_header(
    file: CaseFile, header: list[str], expected: list[str], line: int, problems: Collector
) -> None:
    for column in sorted(set(header)):
        if header.count(column) > 1:
            problems.add(
                Problem(
                    "the column stands twice",
                    file=file.name,
                    line=line,
                    field=shown(column),
                    found=f"{header.count(column)} times",
                    allowed="each column once",
                )
            )
        if column not in expected:
            problems.add(
                Problem(
                    "unknown column",
                    file=file.name,
                    line=line,
                    field=shown(column),
                    found=shown(column),
                    allowed=", ".join(expected),
                    remedy=nearest(column, expected),
                )
            )
    for column in expected:
        if column not in header:
            problems.add(
                Problem(
                    "the column is missing",
                    file=file.name,
                    line=line,
                    field=column,
                    found=shown(", ".join(header)),
                    allowed=", ".join(expected),
                )
            )
