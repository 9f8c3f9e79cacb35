"""Sees a case with some of its entries otherwise than they are written: a what-if, not a record.

A what-if is text, so that an address or a command can hold it:
`contributions/fra-ground-force-2026-01/quantity=3000 to 5000 | capabilities/medical/tour=4`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from guarantor.case.build import build
from guarantor.case.overlay import Overlay, apply
from guarantor.case.supply import Parameter
from guarantor.case.tree import Tree
from guarantor.problems import Collector, Misuse, Problem, nearest
from guarantor.quantity import Amount, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.case.case import Case, Key
    from guarantor.case.record import Record

CHANGEABLE: Mapping[str, tuple[str, ...]] = {
    "contributions": ("quantity", "rung", "conditions", "bands", "starts", "ends"),
    "pools": ("quantity",),
    "capabilities": (
        "people",
        "support",
        "tour",
        "slots",
        "notice",
        "available",
        "running_cost",
        "buying_cost",
        "delivery",
    ),
}
"""What a reader may see otherwise: what nations bring and own, and numbers of kinds of unit."""

BETWEEN = " | "
"""Stands between two changes."""

FORM = "table/entry/field=value, such as contributions/fra-ground-force-2026-01/quantity=3000"


@dataclass(frozen=True)
class Change:
    """One field of one entry, and what it is to be; a blank text leaves it out."""

    collection: str
    entry: str
    field: str
    text: str

    @property
    def key(self) -> Key:
        """Return the key of the entry."""
        return self.collection, self.entry

    @property
    def place(self) -> str:
        """Return the field as it is named in a what-if."""
        return f"{self.collection}/{self.entry}/{self.field}"

    def __str__(self) -> str:
        """Return the change as it stands in a what-if."""
        return f"{self.place}={self.text}"


def read_what_if(words: str) -> tuple[Change, ...]:
    """Return the changes of a what-if, the last word on each field; raises Misuse for no form."""
    problems = Collector()
    found: dict[str, Change] = {}
    for part in filter(None, (part.strip() for part in words.split(BETWEEN.strip()))):
        place, equals, value = part.partition("=")
        collection, _, rest = place.strip().partition("/")
        entry, _, field = rest.rpartition("/")
        if not equals or not entry or not field:
            problems.add(Problem("no change of a case", found=part, allowed=FORM))
            continue
        change = Change(collection, entry, field, value.strip())
        found.pop(change.place, None)
        found[change.place] = change
    if problems:
        raise Misuse(problems)
    return tuple(found.values())


def as_text(changes: Iterable[Change]) -> str:
    """Return the what-if that `read_what_if` reads back."""
    return BETWEEN.join(map(str, changes))


def imagined(case: Case, changes: Iterable[Change]) -> Case:
    """Return the case with the changes, each marked as nobody's statement; its digest is its own.

    Raises Misuse with everything that is wrong with them, each at its place.
    """
    changes = tuple(changes)
    problems = Collector()
    changed: dict[Key, Record | None] = {}
    for change in changes:
        before = changed.get(change.key) or _record(case, change, problems)
        after = before and _changed(case, change, before, problems)
        if after:
            changed[change.key] = after
    if problems:
        raise Misuse(problems)
    if not changes:
        return case
    seen = apply(case, Overlay(case.view, changed))
    mark = sha256(f"{case.digest} {as_text(changes)}".encode()).hexdigest()
    return replace(seen, digest=mark, whole=case.whole)


def written(case: Case, change: Change) -> str:
    """Return a field as the case has it written; blank where it has nothing."""
    value = case.trees[change.key].value.get(change.field)
    if isinstance(value, dict):
        value = value.get("quantity")
    return "" if value is None else str(value)


def _record(case: Case, change: Change, problems: Collector) -> Record | None:
    """Return the entry that a change speaks of, or None after noting that there is none."""
    if change.collection not in CHANGEABLE:
        allowed: Iterable[str] = CHANGEABLE
        found, what = change.collection, "no table that a reader can see otherwise"
    elif change.entry not in (table := case.table(change.collection)):
        allowed, found = table, change.entry
        what = f"no entry of this table, seen as of {case.view.as_of.isoformat()}"
    elif change.field not in CHANGEABLE[change.collection]:
        allowed, found = CHANGEABLE[change.collection], change.field
        what = "no field that a reader can see otherwise"
    else:
        return table[change.entry]
    names = list(allowed)
    few = ", ".join(names[:12]) + (", …" if len(names) > 12 else "")
    problems.add(
        Problem(what, field=change.place, found=found, allowed=few, remedy=nearest(found, names))
    )
    return None


def _changed(case: Case, change: Change, before: Record, problems: Collector) -> Record | None:
    """Return the entry with one field changed, or None after noting what is wrong with it."""
    tree, name = case.trees[change.key], change.field
    former = getattr(before, name)
    text = _with_unit(change.text, former)
    value: Any = text
    if change.collection == "capabilities":
        value = {**(tree.value.get(name) or {}), "quantity": text}
    plain = {**tree.value, name: value}
    if not text:
        plain.pop(name)
    found = Collector()
    built = build(type(before), Tree(tree.file, plain, tree.line, tree.lines), found)
    problems.extend(replace(p, file=None, line=None, field=change.place) for p in found)
    if built is None:
        return None
    after = getattr(built, name)
    if isinstance(_amount(former), Amount) and not _same_unit(former, after):
        problems.add(
            Problem(
                "another unit than the entry has",
                field=change.place,
                found=text or "nothing",
                allowed=f"a number of {_unit(former)}",
            )
        )
        return None
    says = f"What-if, in no record: {name.replace('_', ' ')} is '{text or 'left out'}'"
    says += f", where the case has '{written(case, change) or 'nothing'}'."
    return before.model_copy(update=_marked(before, name, after, says))


def _marked(before: Record, name: str, after: Any, says: str) -> dict[str, Any]:
    """Return the changed field with what keeps it from standing under somebody else's name."""
    if isinstance(after, Parameter):
        own = {"kind": Kind.JUDGED, "sources": (), "quality": None, "note": says}
        return {name: after.model_copy(update=own)}
    note = " ".join(filter(None, (says, getattr(before, "note", ""))))
    return {name: after, "sources": (), "note": note}


def _amount(value: object) -> object:
    return value.quantity if isinstance(value, Parameter) else value


def _unit(value: object) -> str:
    amount = _amount(value)
    return amount.unit.plural if isinstance(amount, Amount) else ""


def _same_unit(former: object, after: object) -> bool:
    one, other = _amount(former), _amount(after)
    return isinstance(one, Amount) and isinstance(other, Amount) and one.unit is other.unit


def _with_unit(text: str, former: object) -> str:
    """Return the text with the unit that the entry has, where the reader wrote none."""
    amount = _amount(former)
    return (
        f"{text} {amount.unit.plural}"
        if text[-1:].isdigit() and isinstance(amount, Amount)
        else text
    )
