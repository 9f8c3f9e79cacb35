"""Reads a case folder: every problem is collected; a case comes back only when there is none."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.assumptions import Assumption, Correlation, check_correlations
from guarantor.case.build import Part, build, parts
from guarantor.case.case import COLLECTIONS, Case, Key, View
from guarantor.case.check import check_references, check_rules
from guarantor.case.csv_file import read_csv
from guarantor.case.files import CaseFile, digest, read_file
from guarantor.case.records import (
    About,
    Deal,
    Gate,
    Group,
    Membership,
    Nation,
    Place,
    Position,
    Source,
)
from guarantor.case.statements import Option
from guarantor.case.supply import (
    Capability,
    Commitment,
    Contribution,
    DeployedShare,
    KeyShare,
    Pool,
)
from guarantor.case.tree import Tree, shown
from guarantor.case.yaml_file import read_yaml
from guarantor.problems import Collector, Misuse, Problem, Problems, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.record import Record

ABOUT = "case.yaml"
OPTIONS = "options"


class Table(NamedTuple):
    """One file of the case folder: what its rows or blocks are, and what makes their key.

    A case without an optional file has no entry of its kind.
    """

    file: str
    record: type[Record]
    key: tuple[str, ...]
    optional: bool = False


TABLES = {
    "nations": Table("nations.csv", Nation, ("id",)),
    "groups": Table("groups.yaml", Group, ("id",)),
    "memberships": Table("memberships.csv", Membership, ("group", "nation", "since")),
    "positions": Table("positions.csv", Position, ("id",)),
    "gates": Table("gates.csv", Gate, ("nation",)),
    "capabilities": Table("capabilities.yaml", Capability, ("id",)),
    "pools": Table("pools.csv", Pool, ("owner", "capability", "as_of")),
    "commitments": Table("commitments.csv", Commitment, ("id",)),
    "shares": Table("deployed_shares.csv", DeployedShare, ("id",)),
    "keys": Table("keys.csv", KeyShare, ("key", "nation", "as_of")),
    "contributions": Table("contributions.csv", Contribution, ("id",)),
    "assumptions": Table("assumptions.yaml", Assumption, ("id",), optional=True),
    "correlations": Table("correlations.yaml", Correlation, ("id",), optional=True),
    "deals": Table("deals.yaml", Deal, ("id",)),
    "sources": Table("sources.csv", Source, ("id",)),
    "places": Table("theatre/places.csv", Place, ("id",)),
}
"""Every file of a case but `case.yaml` and the options, which are a file each."""


def bundled_cases() -> dict[str, Path]:
    """Return the cases that come with the program, by name."""
    root = Path(str(resources.files("guarantor") / "cases"))
    return {folder.name: folder for folder in sorted(root.iterdir()) if (folder / ABOUT).is_file()}


def find_case(name: str) -> Path:
    """Return the folder of a case named by its path or by the name of one that comes along.

    Raises Misuse when there is no such folder, and Problems when it is no case.
    """
    path = Path(name)
    bundled = bundled_cases()
    there = os.path.isdir(name)  # noqa: PTH112  # Path raises for names too long, and takes '' for '.'
    if not there and name in bundled:
        return bundled[name]
    if not there:
        raise Misuse.one(
            "there is no such case",
            found=shown(name),
            allowed=f"a folder, or one of: {', '.join(bundled)}",
            remedy=nearest(name, bundled),
        )
    if not (path / ABOUT).is_file():
        raise Problems.one(
            "the folder is no case",
            found=f"{shown(name)} without {ABOUT}",
            allowed=f"a folder that holds {ABOUT}",
            remedy=f"Start one with: guarantor new my-case --from {next(iter(bundled))}",
        )
    return path


@dataclass
class _Reading:
    """What has been read so far, good or bad."""

    folder: Path
    problems: Collector = field(default_factory=Collector)
    files: list[CaseFile] = field(default_factory=list)
    trees: dict[Key, Tree] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    records: dict[str, dict[str, Record]] = field(default_factory=dict)
    declared: dict[str, set[str]] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    partial: set[str] = field(default_factory=set)

    def open(self, name: str, collection: str) -> CaseFile | None:
        file = read_file(self.folder, name, self.problems)
        if file is None:
            self.unread.add(collection)
        else:
            self.files.append(file)
        return file

    def declare(self, collection: str, key: str) -> None:
        """Let other entries refer to this key, be the entry itself good or bad."""
        self.declared.setdefault(collection, set()).add(key)

    def keep(self, collection: str, key: str | None, table: Table, tree: Tree) -> None:
        """Keep one row or block under its key, once; without a key, others cannot refer to it."""
        if key is None:
            self.unread.add(collection)
            key = f"line {tree.line}"
        self.declare(collection, key)
        if not tree.legible:
            self.partial.add(collection)
            return
        first = self.trees.setdefault((collection, key), tree)
        if first is not tree:
            line = tree.line_of(table.key[:1])
            self.problems.add(
                Problem(
                    "two entries have the same key",
                    file=tree.file,
                    line=line,
                    field=", ".join(table.key),
                    found=f"{shown(key)}, in {first.file}:{first.line_of(table.key[:1])} already",
                    allowed="each key once",
                    remedy="Rename or delete one of them.",
                )
            )
        built = build(table.record, tree, self.problems)
        self.parts.extend(parts(table.record, tree, built))
        if built is not None and first is tree:
            self.records.setdefault(collection, {})[key] = built


def read_case(name: str) -> Case:
    """Return the checked case of a folder, seen from its own last day.

    Raises Problems with everything that is wrong in any file.
    """
    folder = find_case(name)
    reading = _Reading(folder)
    _read_about(reading)
    for collection, table in TABLES.items():
        for tree in _entries(reading, collection, table):
            reading.keep(collection, _key(tree, table), table, tree)
    _read_options(reading)
    _check_strays(reading)
    check_references(reading.parts, reading.declared, reading.unread, reading.problems)
    check_correlations(reading.parts, reading.declared, reading.unread, reading.problems)
    check_rules(reading.parts, reading.unread | reading.partial, reading.problems)
    reading.problems.raise_if_any()
    about = reading.records["about"]["case"]
    assert isinstance(about, About)  # noqa: S101  # it was built by that class above
    tables = {name: dict(reading.records.get(name, {})) for name in COLLECTIONS}
    return Case(
        name=folder.resolve().name,
        digest=digest(reading.files),
        view=View(about.as_of.latest),
        about=about,
        trees=dict(reading.trees),
        **tables,  # type: ignore[arg-type]  # each table was built by the class of its field
    )


def _read_about(reading: _Reading) -> None:
    file = reading.open(ABOUT, "about")
    if file and (tree := read_yaml(file, reading.problems)):
        reading.keep("about", "case", Table(ABOUT, About, ()), tree)


def _entries(reading: _Reading, collection: str, table: Table) -> Iterator[Tree]:
    if table.optional and not os.path.lexists(reading.folder / table.file):
        return
    file = reading.open(table.file, collection)
    if file is None:
        return
    if table.file.endswith(".csv"):
        rows = read_csv(file, table.record.model_fields, reading.problems)
        if not rows.complete:
            reading.unread.add(collection)
        yield from rows
        return
    tree = read_yaml(file, reading.problems)
    entries = tree.value.get(collection) if tree else None
    if tree is None or not isinstance(entries, list):
        reading.unread.add(collection)
        if tree is not None:
            reading.problems.add(
                Problem(
                    "the file holds no list of entries",
                    file=file.name,
                    line=tree.line_of((collection,)),
                    field=collection,
                    found=shown(", ".join(tree.value)) if tree.value else "nothing",
                    allowed=f"'{collection}:' and below it one entry after another",
                )
            )
        return
    for name in tree.value:
        if name != collection:
            reading.problems.add(
                Problem(
                    "unknown field",
                    file=file.name,
                    line=tree.line_of((name,)),
                    field=name,
                    found=name,
                    allowed=collection,
                )
            )
    for index in range(len(entries)):
        yield tree.at(collection, index)


def _key(tree: Tree, table: Table) -> str | None:
    """Return the key of a row or block, or None when it has none."""
    if tree.absent.intersection(table.key):
        return None
    value = tree.value if isinstance(tree.value, dict) else {}
    named = [str(value.get(part, "")) for part in table.key]
    return "/".join(named) if named[0] else None


def _read_options(reading: _Reading) -> None:
    names = sorted(path.name for path in (reading.folder / OPTIONS).glob("*.yaml"))
    names = [name for name in names if not name.startswith(".")]
    if not names:
        reading.unread.add("options")
        reading.problems.add(
            Problem(
                "the case has no options",
                file=OPTIONS,
                found="no file",
                allowed=f"one file per option, such as {OPTIONS}/status-quo.yaml",
            )
        )
    for name in names:
        reading.declare("options", name.removesuffix(".yaml"))
        file = read_file(reading.folder, f"{OPTIONS}/{name}", reading.problems)
        tree = read_yaml(file, reading.problems) if file else None
        if file is None or tree is None:
            continue
        reading.files.append(file)
        stem = name.removesuffix(".yaml")
        stated = str(tree.value.get("id", stem))
        if stated != stem:
            reading.declare("options", stated)
            reading.problems.add(
                Problem(
                    "the option's id is not the name of its file",
                    file=tree.file,
                    line=tree.line_of(("id",)),
                    field="id",
                    found=shown(stated),
                    allowed=stem,
                    remedy=f"Write {stem}, or rename the file.",
                )
            )
        reading.keep("options", stem, Table(tree.file, Option, ("id",)), tree)


def _check_strays(reading: _Reading) -> None:
    """Note data files that nothing reads, which a person may believe to be part of the case."""
    known = {ABOUT, *(table.file for table in TABLES.values())}
    for path in sorted(reading.folder.rglob("*")):
        inside = path.relative_to(reading.folder)
        name = inside.as_posix()
        if any(part.startswith(".") for part in inside.parts):
            continue  # hidden: kept by an editor or by git
        if path.suffix.lower() not in {".csv", ".yaml", ".yml", ".json"} or name in known:
            continue
        if path.parent == reading.folder / OPTIONS and path.suffix == ".yaml":
            continue
        reading.problems.add(
            Problem(
                "the file is no part of a case",
                file=name,
                found=name,
                allowed=", ".join([*sorted(known), f"{OPTIONS}/*.yaml"]),
                remedy=nearest(name, known),
            )
        )
