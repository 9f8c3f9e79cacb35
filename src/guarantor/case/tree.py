"""Reads YAML and CSV into plain values that remember the line each came from."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from guarantor.problems import Collector, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guarantor.case.files import CaseFile

DEEPEST = 20
"""Levels of nesting above which a YAML file is refused: the deepest record has eight."""

Path = tuple[str | int, ...]


@dataclass
class Tree:
    """Plain values of one block or row, and the line of each value by its path."""

    file: str
    value: Any
    line: int
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Iterable[str | int]) -> int:
        """Return the line of the value at `path`, or of the nearest thing around it."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, self.line)

    def at(self, *steps: str | int) -> Tree:
        """Return the part of the tree below the given steps."""
        value = self.value
        for step in steps:
            value = value[step]
        depth = len(steps)
        below = {path[depth:]: at for path, at in self.lines.items() if path[:depth] == steps}
        return Tree(self.file, value, self.line_of(steps), below)


def read_yaml(file: CaseFile, problems: Collector) -> Tree | None:
    """Return the file as a tree, or None after noting why it is no YAML of ours.

    Aliases are refused, so that a small file cannot unfold into a huge one.
    """
    try:
        if not _harmless(file, problems):
            return None
        root = YAML(typ="safe", pure=True).compose(file.text)
    except YAMLError as error:
        mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
        problems.add(
            Problem(
                "the file is not valid YAML",
                file=file.name,
                line=mark.line + 1 if mark else None,
                found=getattr(error, "problem", None) or str(error).split("\n", 1)[0],
                remedy="Compare the indentation and the quotes with the lines around it.",
            )
        )
        return None
    if not isinstance(root, MappingNode):
        problems.add(
            Problem(
                "the file holds no fields",
                file=file.name,
                line=1,
                found="nothing" if root is None else f"a {root.id}",
                allowed="lines of the form 'field: value'",
            )
        )
        return None
    tree = Tree(file.name, None, 1)
    tree.value = _plain(root, (), tree, problems)
    return tree


def _harmless(file: CaseFile, problems: Collector) -> bool:
    depth = 0
    for event in YAML(typ="safe", pure=True).parse(file.text):
        name = type(event).__name__
        depth += name.endswith("StartEvent") - name.endswith("EndEvent")
        alias = isinstance(event, AliasEvent)
        if alias or depth > DEEPEST + 2:  # the stream and the document are levels of their own
            problems.add(
                Problem(
                    "an alias repeats another part of the file" if alias else "nested too deeply",
                    file=file.name,
                    line=event.start_mark.line + 1,
                    found=f"*{event.anchor}" if alias else f"more than {DEEPEST} levels",
                    allowed="no aliases" if alias else f"at most {DEEPEST} levels",
                    remedy="Write the values out.",
                )
            )
            return False
    return True


def _plain(node: Node, path: Path, tree: Tree, problems: Collector) -> Any:
    tree.lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, MappingNode):
        return dict(_fields(node, path, tree, problems))
    if isinstance(node, SequenceNode):
        return [_plain(item, (*path, i), tree, problems) for i, item in enumerate(node.value)]
    return _scalar(node)


def _fields(
    node: MappingNode, path: Path, tree: Tree, problems: Collector
) -> Iterator[tuple[str, Any]]:
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value)
        line = key_node.start_mark.line + 1
        if key in seen:
            problems.add(
                Problem(
                    "the field stands twice",
                    file=tree.file,
                    line=line,
                    field=".".join(str(step) for step in (*path, key)),
                    found=f"lines {seen[key]} and {line}",
                    allowed="each field once",
                    remedy="Delete one of them.",
                )
            )
            continue
        seen[key] = line
        tree.lines[(*path, key)] = line
        value = _plain(value_node, (*path, key), tree, problems)
        if value is not None:  # a field without a value is absent, as a blank cell is
            yield key, value


def _scalar(node: ScalarNode) -> Any:
    """Return numbers and truth values as such and everything else, dates too, as text."""
    match str(node.tag).rpartition(":")[2]:
        case "int":
            digits = node.value.replace("_", "")
            return int(digits, 0) if digits[:2] in ("0x", "0o") else int(digits)
        case "float":
            return float(node.value.replace("_", ""))
        case "bool":
            return node.value.lower() == "true"
        case "null":
            return None
        case _:
            return node.value


def read_csv(file: CaseFile, columns: Iterable[str], problems: Collector) -> list[Tree]:
    """Return the rows as trees of text, blank cells left out.

    Notes a header that is not `columns` and rows whose number of cells differs from the header's.
    """
    expected = list(columns)
    reader = csv.reader(io.StringIO(file.text, newline=""), strict=True)
    rows: list[Tree] = []
    header: list[str] | None = None
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if header is None:
                header = [cell.strip() for cell in cells]
                _check_header(file, header, expected, line, problems)
                continue
            if len(cells) != len(header):
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
                continue
            value = {
                key: cell.strip() for key, cell in zip(header, cells, strict=True) if cell.strip()
            }
            rows.append(Tree(file.name, {k: v for k, v in value.items() if k in expected}, line))
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
    if header is None:
        problems.add(
            Problem(
                "the file has no header",
                file=file.name,
                line=1,
                found="nothing",
                allowed=",".join(expected),
            )
        )
    return rows


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
                    field=column,
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
                    field=column,
                    found=column,
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
                    found=", ".join(header),
                    allowed=", ".join(expected),
                )
            )
