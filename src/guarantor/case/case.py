"""A case as the rest of the program sees it: frozen records by key, each with its place."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from guarantor.case.assumptions import Assumption, Correlation
    from guarantor.case.record import Record
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
    from guarantor.case.tree import Tree

COLLECTIONS = (
    "nations",
    "groups",
    "memberships",
    "positions",
    "gates",
    "capabilities",
    "pools",
    "commitments",
    "shares",
    "keys",
    "contributions",
    "assumptions",
    "correlations",
    "deals",
    "options",
    "sources",
    "places",
)
"""The tables of a case, in the order in which they are read and compared."""

Key = tuple[str, str]
"""A collection and the key of a record in it; `("about", "case")` is the case itself."""


class Where(NamedTuple):
    """A place in the case folder."""

    file: str
    line: int


class LeftOut(NamedTuple):
    """A record that a view leaves out although it may have been known, and why."""

    key: Key
    label: str
    dated: str
    reason: str


@dataclass(frozen=True)
class View:
    """The date from which a case is seen, and what that date leaves undecided."""

    as_of: date
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True)
class Case:
    """One planning problem, read and checked.

    Tables are mappings from key to record, in the order of the file. digest is the SHA-256 of the
    files; view says from which date the case is seen, and whole is the case that is seen so, None
    for that case itself.
    """

    name: str
    digest: str
    view: View
    about: About
    nations: Mapping[str, Nation]
    groups: Mapping[str, Group]
    memberships: Mapping[str, Membership]
    positions: Mapping[str, Position]
    gates: Mapping[str, Gate]
    capabilities: Mapping[str, Capability]
    pools: Mapping[str, Pool]
    commitments: Mapping[str, Commitment]
    shares: Mapping[str, DeployedShare]
    keys: Mapping[str, KeyShare]
    contributions: Mapping[str, Contribution]
    assumptions: Mapping[str, Assumption]
    correlations: Mapping[str, Correlation]
    deals: Mapping[str, Deal]
    options: Mapping[str, Option]
    sources: Mapping[str, Source]
    places: Mapping[str, Place]
    trees: Mapping[Key, Tree] = field(repr=False, compare=False)
    whole: Case | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Freeze the tables."""
        for item in fields(self):
            value = getattr(self, item.name)
            if isinstance(value, dict):
                object.__setattr__(self, item.name, MappingProxyType(value))

    def table(self, collection: str) -> Mapping[str, Record]:
        """Return one of COLLECTIONS by name."""
        found: Mapping[str, Record] = getattr(self, collection)
        return found

    def records(self) -> Iterator[tuple[Key, Record]]:
        """Return every record with its key, the case's own first."""
        yield ("about", "case"), self.about
        for collection in COLLECTIONS:
            for key, record in self.table(collection).items():
                yield (collection, key), record

    def where(self, collection: str, key: str, *steps: str | int) -> Where:
        """Return file and line of a record, or of the part of it that `steps` lead to."""
        tree = self.trees[collection, key]
        return Where(tree.file, tree.line_of(steps))

    def members(self, group: str, on: date | None = None) -> tuple[str, ...]:
        """Return the nations in a group on a day; on the view's own day when none is given."""
        day = on or self.view.as_of
        return tuple(
            m.nation
            for m in self.memberships.values()
            if m.group == group
            and (m.since.precision == "undated" or m.since.earliest <= day)
            and (m.until.precision == "undated" or m.until.latest > day)
        )

    def name_of(self, actor: str) -> str:
        """Return the English name of a nation or group."""
        if actor in self.nations:
            return self.nations[actor].name
        return self.groups[actor].title
