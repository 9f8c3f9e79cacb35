"""The one way to see a case otherwise than it is written: as-of views, what-ifs and versions.

An overlay replaces or hides whole records; the case below it stays as it was.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from guarantor.case.case import COLLECTIONS, Case, Key, View
from guarantor.case.records import About

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.record import Record


@dataclass(frozen=True)
class Overlay:
    """Changes by record, None for a record that is hidden, and the view they amount to."""

    view: View
    changes: Mapping[Key, Record | None]


def apply(case: Case, overlay: Overlay) -> Case:
    """Return the case as the overlay shows it; raises KeyError for a table that does not exist."""
    tables = {collection: dict(case.table(collection)) for collection in COLLECTIONS}
    about = case.about
    for (collection, key), record in overlay.changes.items():
        if isinstance(record, About):
            about = record
        elif record is None:
            tables[collection].pop(key, None)
        else:
            tables[collection][key] = record
    seen = {"view": overlay.view, "about": about, "whole": None, **tables}
    return replace(case, **seen)  # type: ignore[arg-type]  # each is of the type of its field


def difference(before: Case, after: Case) -> Overlay:
    """Return the overlay that turns one case into the other: the changes between two versions."""
    changes: dict[Key, Record | None] = {}
    old, new = dict(before.records()), dict(after.records())
    for key in [*old, *(key for key in new if key not in old)]:
        if old.get(key) != new.get(key):
            changes[key] = new.get(key)
    return Overlay(after.view, changes)
