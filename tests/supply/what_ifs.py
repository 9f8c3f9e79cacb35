"""Changes to the lead case by overlay, as the tests of supply need them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from guarantor.case.overlay import Overlay, apply
from guarantor.quantity import parse_amount

if TYPE_CHECKING:
    from guarantor.case.case import Case


def changed(case: Case, table: str, key: str, **fields: Any) -> Case:
    """Return the case with fields of one record changed; quantities may be given as text."""
    if isinstance(fields.get("quantity"), str):
        fields["quantity"] = parse_amount(fields["quantity"])
    record = case.table(table)[key].model_copy(update=fields)
    return apply(case, Overlay(case.view, {(table, key): record}))


def added(case: Case, table: str, like: str, key: str, **fields: Any) -> Case:
    """Return the case with a record more, which is like another but for the fields given."""
    if isinstance(fields.get("quantity"), str):
        fields["quantity"] = parse_amount(fields["quantity"])
    record = case.table(table)[like].model_copy(update=fields)
    return apply(case, Overlay(case.view, {(table, key): record}))


def only(case: Case, option: str, *lines: str) -> Case:
    """Return the case with an option cut down to some of its lines."""
    kept = tuple(line for line in case.options[option].lines or () if line.id in lines)
    return changed(case, "options", option, lines=kept)
