"""An overlay shows a case otherwise and leaves it as it is; a difference is such an overlay."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guarantor.case.as_of import seen_from
from guarantor.case.case import COLLECTIONS, Case, Key, View
from guarantor.case.overlay import Overlay, apply, difference
from guarantor.case.read import read_case

if TYPE_CHECKING:
    from guarantor.case.record import Record

LEAD = read_case("ukraine-2025-08")
STEADY = settings(deadline=None, max_examples=60)
KEYS = [key for key, _ in LEAD.records() if key[0] != "about"]


def tables(case: Case) -> dict[str, object]:
    return {"about": case.about} | {name: dict(case.table(name)) for name in COLLECTIONS}


def retitled(record: Record, words: str) -> Record:
    """Return the record with another text in the first of its fields that holds one."""
    name = next(n for n in ("title", "name", "statement", "detail", "note") if hasattr(record, n))
    return record.model_copy(update={name: words})


def _edited(edits: list[tuple[Key, str]], title: str | None) -> Overlay:
    changes: dict[Key, Record | None] = {}
    for (collection, key), words in edits:
        record = LEAD.table(collection)[key]
        if words == "hide":
            changes[collection, key] = None
        elif words == "add":
            changes[collection, f"{key}-more"] = record
        elif collection != "memberships":
            changes[collection, key] = retitled(record, words)
    if title is not None:
        changes["about", "case"] = LEAD.about.model_copy(update={"title": title})
    return Overlay(View(LEAD.view.as_of), changes)


overlays = st.builds(
    _edited,
    st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(["hide", "add", "other words"]))),
    st.none() | st.just("Another title"),
)


@given(first=overlays, second=overlays)
@STEADY
def test_the_difference_of_two_versions_turns_one_into_the_other(first: Overlay, second: Overlay):
    before, after = apply(LEAD, first), apply(LEAD, second)
    turned = apply(before, difference(before, after))
    assert tables(turned) == tables(after)
    assert turned.view == after.view


@given(overlay=overlays)
@STEADY
def test_the_difference_names_what_changed_and_nothing_else(overlay: Overlay):
    after = apply(LEAD, overlay)
    before, now = dict(LEAD.records()), dict(after.records())
    changed = {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}
    assert difference(LEAD, after).changes.keys() == changed
    assert difference(after, after).changes == {}


@given(overlay=overlays)
@STEADY
def test_a_case_stays_as_it_was_below_an_overlay(overlay: Overlay):
    before = tables(LEAD)
    after = apply(LEAD, overlay)
    assert tables(LEAD) == before
    for (collection, key), record in overlay.changes.items():
        if collection != "about":
            assert after.table(collection).get(key) == record


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 8, 22), date(2026, 2, 1)])
def test_two_dates_of_a_case_differ_by_an_overlay_too(day: date):
    seen = seen_from(LEAD, day)
    assert tables(apply(seen, difference(seen, LEAD))) == tables(LEAD)
    assert tables(apply(LEAD, difference(LEAD, seen))) == tables(seen)


def test_an_overlay_keeps_the_order_of_the_case_and_puts_what_is_new_last():
    first, second, *_ = LEAD.deals
    changes: dict[Key, Record | None] = {
        ("deals", "new"): LEAD.deals[first],
        ("deals", second): retitled(LEAD.deals[second], "Other words"),
    }
    after = apply(LEAD, Overlay(LEAD.view, changes))
    assert list(after.deals) == [*LEAD.deals, "new"]


def test_an_overlay_on_a_table_that_does_not_exist_is_refused():
    with pytest.raises(KeyError, match="pets"):
        apply(LEAD, Overlay(LEAD.view, {("pets", "dog"): None}))


def test_a_case_and_its_records_are_frozen():
    with pytest.raises(AttributeError):
        LEAD.name = "other"  # type: ignore[misc]
    with pytest.raises(TypeError):
        LEAD.deals["new"] = next(iter(LEAD.deals.values()))  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        next(iter(LEAD.deals.values())).title = "other"
