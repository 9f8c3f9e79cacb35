"""A copy of the lead case whose lines can be changed, and which remembers where each went."""

from __future__ import annotations

import csv
import io
import os
import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from guarantor.case.read import TABLES, bundled_cases

if TYPE_CHECKING:
    from pathlib import Path

LEAD = bundled_cases()["ukraine-2025-08"]
TABLE_OF = {"case.yaml": "about", **{table.file: name for name, table in TABLES.items()}}
OPTIONAL = {table.file for table in TABLES.values() if table.optional}
KEYS_OF = {table.file: table.key for table in TABLES.values()}
LARGER_THAN_ALLOWED = 10_000_001
INVALID_BYTE = "\udcff"
"""Stands for the byte FF when the text is written with `surrogateescape`."""


class Line:
    """One line of a file, which keeps its identity when others are put before it."""

    def __init__(self, text: str) -> None:
        self.text = text


@dataclass(frozen=True)
class Planted:
    """One error: where it stands and what must be named.

    lines: any of these must be named, or none where the whole file is at fault. also: further
    lines that the same error is bound to bring up. breaks: tables that can no longer be read.
    relies: tables without which it cannot be found.
    """

    file: str
    lines: tuple[Line, ...] = ()
    field: str | None = None
    also: tuple[Line, ...] = ()
    breaks: tuple[str, ...] = ()
    relies: tuple[str, ...] = ()
    kind: str = ""


@dataclass
class Copy:
    """The text files of the lead case, line by line."""

    files: dict[str, list[Line]]
    taken: set[Line] = field(default_factory=set)
    closed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    swollen: set[str] = field(default_factory=set)

    def number(self, file: str, line: Line) -> int:
        return self.files[file].index(line) + 1

    def open_files(self, ending: str = "") -> list[str]:
        """Return the files in which something can still be planted."""
        return [name for name in self.files if name not in self.closed and name.endswith(ending)]

    def untouched(self, ending: str) -> list[str]:
        """Return the files in which nothing is planted yet."""
        return [n for n in self.open_files(ending) if not self.taken.intersection(self.files[n])]

    def take(self, *lines: Line) -> None:
        self.taken.update(lines)

    def insert(self, file: str, after: Line, text: str) -> Line:
        line = Line(text)
        self.files[file].insert(self.files[file].index(after) + 1, line)
        return line

    def write(self, folder: Path) -> Path:
        for name, lines in self.files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if name in self.removed:
                continue
            text = "".join(f"{line.text}\n" for line in lines)
            path.write_bytes(text.encode("utf-8", "surrogateescape"))
            if name in self.swollen:
                os.truncate(path, LARGER_THAN_ALLOWED)
        return folder


@cache
def _original() -> dict[str, tuple[str, ...]]:
    return {
        path.relative_to(LEAD).as_posix(): tuple(path.read_text(encoding="utf-8").splitlines())
        for path in sorted(LEAD.rglob("*"))
        if path.suffix in {".csv", ".yaml"}
    }


def fresh() -> Copy:
    return Copy({name: [Line(text) for text in lines] for name, lines in _original().items()})


def cells(line: Line) -> list[str]:
    return next(csv.reader([line.text]))


def set_cells(line: Line, values: list[str]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values)
    line.text = text.getvalue()


def columns(copy: Copy, file: str) -> list[str]:
    return cells(copy.files[file][0])


def row(copy: Copy, file: str, line: Line) -> dict[str, str]:
    return dict(zip(columns(copy, file), cells(line), strict=False))


def rows(copy: Copy, file: str, **wanted: str) -> list[Line]:
    """Return the free rows of an open CSV file whose cells match the patterns."""
    if file in copy.closed or not set(wanted) <= set(columns(copy, file)):
        return []
    return [
        line
        for line in copy.files[file][1:]
        if line not in copy.taken
        and len(cells(line)) == len(columns(copy, file))
        and all(re.fullmatch(p, row(copy, file, line)[c]) for c, p in wanted.items())
    ]


def set_cell(copy: Copy, file: str, line: Line, column: str, value: str) -> None:
    values = cells(line)
    values[columns(copy, file).index(column)] = value
    set_cells(line, values)


def yaml_lines(copy: Copy, file: str, pattern: str) -> list[Line]:
    """Return the free lines of an open YAML file that match the pattern as a whole.

    The lines of a text that is folded over several are none of them.
    """
    found = []
    text_deeper_than: int | None = None
    for line in copy.files[file] if file not in copy.closed else ():
        depth = _depth(line)
        if text_deeper_than is not None and (depth > text_deeper_than or not line.text.strip()):
            continue
        text_deeper_than = depth if re.search(r": [>|]-?$", line.text) else None
        if line not in copy.taken and re.fullmatch(pattern, line.text):
            found.append(line)
    return found


def _depth(line: Line) -> int:
    return len(line.text) - len(line.text.lstrip())


def section(copy: Copy, file: str, line: Line) -> str:
    """Return the outermost field that a line of YAML belongs to."""
    lines = copy.files[file]
    for above in reversed(lines[: lines.index(line) + 1]):
        if found := re.match(r"(\w+):", above.text):
            return found[1]
    return ""


def entry(copy: Copy, file: str, line: Line) -> Line:
    """Return the first line of the entry of a list that the line belongs to, or of the file."""
    lines = copy.files[file]
    depth = _depth(line)
    if line.text.lstrip().startswith("- "):
        return line
    for above in reversed(lines[: lines.index(line)]):
        indent = _depth(above)
        if above.text.lstrip().startswith("- ") and indent == depth - 2:
            return above
        if indent < depth and above.text.strip():
            return above if depth else lines[0]
    return lines[0]


def entry_lines(copy: Copy, file: str, start: Line) -> list[Line]:
    """Return the lines of the entry of a list that begins with `start`."""
    lines = copy.files[file]
    depth = _depth(start)
    found = [start]
    for line in lines[lines.index(start) + 1 :]:
        if _depth(line) <= depth:
            break
        found.append(line)
    return found
