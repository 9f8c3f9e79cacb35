"""Shows a case as it could be known on an earlier day: whatever is dated later is hidden.

A statement dated only by month or year, or not at all, is left out of a view inside that time, and
listed; so is one whose every source was published later. A nation's or city's figures are hidden
with the last of their sources. A source whose own date is too coarse to decide is cited only where
there is none better. An end that lies ahead is not known yet, and nothing refers to what is hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Annotated, Any, get_args, get_origin

from guarantor.case.assumptions import Correlation, among, names_of
from guarantor.case.case import Case, Key, LeftOut, View
from guarantor.case.check import REFERENCES
from guarantor.case.overlay import Overlay, apply
from guarantor.case.record import Record
from guarantor.case.records import Membership, Nation, Place, Position, Source
from guarantor.case.statements import RequirementLine
from guarantor.case.supply import Contribution
from guarantor.case.words import LineBasis
from guarantor.problems import Problems
from guarantor.quantity import UNDATED, Amount, Kind, Money, PartialDate, Visibility

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from datetime import date

LATER_SOURCE = "every source of it was published later"
COARSE_DATE = "its date is too coarse to say whether it was known"
NO_DATE = "it has no date"

_GONE: Any = object()


def seen_from(case: Case, day: date) -> Case:
    """Return the case as of a day.

    Raises Problems when the day is after the last day that the case, as it is seen, reaches.
    """
    last = case.view.as_of
    if day > last:
        raise Problems.one(
            "the record does not reach that day",
            found=day.isoformat(),
            allowed=f"at most {last.isoformat()}, the last day that the case covers",
            remedy="Bring the case up to date first, and move its as_of.",
        )
    if day == last:
        return case
    whole = case.whole or case
    look = _Look(day, {key: _visibility(s, day) for key, s in whole.sources.items()})
    pruned = {key: (record, look.prune(key, record)) for key, record in whole.records()}
    hidden = {key for key, (_, after) in pruned.items() if after is None}
    shown_of = {key: after and _without(after, hidden) for key, (_, after) in pruned.items()}
    names = {name for shown in shown_of.values() if shown for name in names_of(shown)}
    changes: dict[Key, Record | None] = {}
    for key, (before, _) in pruned.items():
        shown = shown_of[key]
        if isinstance(shown, Correlation):
            shown = among(shown, names)
        if shown is not before:
            changes[key] = shown
    seen = apply(whole, Overlay(View(day, tuple(look.left_out)), changes))
    return replace(seen, whole=whole)


def _without(record: Record, hidden: AbstractSet[Key]) -> Record | None:
    """Return the record with no word in its lists that is the key of a hidden one.

    None for a record that rests on a hidden one altogether: a contribution whose position, or whose
    every option, is not known yet.
    """
    changes: dict[str, Any] = {}
    for reference in REFERENCES:
        names = getattr(record, reference.field, None)
        if not isinstance(record, reference.record):
            continue
        if isinstance(names, str) and any((t, names) in hidden for t in reference.targets):
            return None
        if isinstance(names, tuple):
            kept = tuple(n for n in names if not any((t, n) in hidden for t in reference.targets))
            if (
                isinstance(record, Contribution)
                and reference.field == "options"
                and names
                and not kept
            ):
                return None
            if kept != names:
                changes[reference.field] = kept
    return record.model_copy(update=changes) if changes else record


def _visibility(record: Record, day: date) -> Visibility:
    if record.DATED is None:
        return Visibility.SHOWN
    dated = getattr(record, record.DATED)
    assert isinstance(dated, PartialDate)  # noqa: S101  # DATED names a field of that type
    if dated.precision == "undated" and not _needs_a_date(record):
        return Visibility.SHOWN
    seen = dated.visible(day)
    if seen is Visibility.AMBIGUOUS and record.COARSE_DATES_COUNT:
        return Visibility.SHOWN
    return seen


def _needs_a_date(record: Record) -> bool:
    """Return whether a blank date leaves doubt: it does for what somebody published."""
    return isinstance(record, Position | Source) or _is_published(record)


def _needs_a_source(record: Record) -> bool:
    derived = getattr(record, "kind", None) is Kind.DERIVED
    return isinstance(record, Position | Membership) or derived or _is_published(record)


def _is_published(record: Record) -> bool:
    if isinstance(record, RequirementLine):
        return record.basis is LineBasis.STATED
    said = record.basis if isinstance(record, Contribution) else getattr(record, "kind", None)
    return said is Kind.REPORTED


@dataclass
class _Look:
    """One pass over a case from one day."""

    day: date
    sources: Mapping[str, Visibility]
    left_out: list[LeftOut] = field(default_factory=list)

    def prune(self, key: Key, record: Record) -> Record | None:
        """Return the record without what is later, or None when it is hidden or left out."""
        visibility = _visibility(record, self.day)
        if visibility is Visibility.LATER:
            return None
        if visibility is Visibility.AMBIGUOUS:
            if isinstance(record, Source):
                return record
            dated: PartialDate = getattr(record, str(record.DATED))
            self._leave_out(key, record, COARSE_DATE if dated.text() else NO_DATE)
            return None
        changes: dict[str, Any] = {}
        for name, described in type(record).model_fields.items():
            value = getattr(record, name)
            if name == "sources":
                seen = self._sources(value)
            elif (seen := self._value(key, value, described.annotation)) is _GONE:
                return None
            if seen is not value:
                changes[name] = seen
        if changes.get("sources") == ():
            if _needs_a_source(record):
                self._leave_out(key, record, LATER_SOURCE)
                return None
            changes |= _figures(record)
        if isinstance(record, Membership):
            changes |= self._end(key, record)
        return record.model_copy(update=changes) if changes else record

    def _end(self, key: Key, membership: Membership) -> dict[str, Any]:
        """Return the end of a membership as a blank when it lies ahead or may do so."""
        if membership.until.precision == "undated":
            return {}
        visibility = membership.until.visible(self.day)
        if visibility is Visibility.AMBIGUOUS:
            self._leave_out(key, membership, COARSE_DATE)
        return {} if visibility is Visibility.SHOWN else {"until": UNDATED}

    def _sources(self, names: tuple[str, ...]) -> tuple[str, ...]:
        known = tuple(n for n in names if self.sources[n] is Visibility.SHOWN)
        known = known or tuple(n for n in names if self.sources[n] is Visibility.AMBIGUOUS)
        return names if known == names else known

    def _value(self, key: Key, value: Any, annotation: Any) -> Any:
        """Return the value without what is later; _GONE when its record cannot be without it."""
        kinds = _kinds(annotation)
        if isinstance(value, Record):
            seen = self.prune(key, value)
            return seen if seen is not None or type(None) in kinds else _GONE
        if isinstance(value, dict):
            inside = get_args(annotation)[1] if value else None
            items = {name: self._value(key, item, inside) for name, item in value.items()}
            if any(item is _GONE for item in items.values()):
                return _GONE
            return items if any(items[name] is not value[name] for name in value) else value
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            kept = tuple(p for p in (self.prune(key, item) for item in value) if p is not None)
            if len(kept) == len(value) and all(a is b for a, b in zip(kept, value, strict=True)):
                return value
            return kept or (None if type(None) in kinds else ())
        return value

    def _leave_out(self, key: Key, record: Record, reason: str) -> None:
        named = (getattr(record, name, None) for name in ("statement", "text", "title"))
        label = next((str(words) for words in named if words), key[1])
        dated = getattr(record, str(record.DATED)).text() if record.DATED else ""
        self.left_out.append(LeftOut(key, label, dated, reason))


def _figures(record: Record) -> dict[str, None]:
    """Return blanks for the figures of a nation or place, since all their sources came later."""
    names = type(record).model_fields if isinstance(record, Nation | Place) else ()
    return {name: None for name in names if isinstance(getattr(record, name), Amount | Money)}


def _kinds(annotation: Any) -> tuple[Any, ...]:
    """Return the alternatives of an annotation, itself when it has none."""
    if get_origin(annotation) is Annotated:
        return _kinds(get_args(annotation)[0])
    return get_args(annotation) if type(None) in get_args(annotation) else (annotation,)
