"""What a nation can keep out rises with what it owns and falls with what it has elsewhere."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from what_ifs import added, changed

from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.supply.capacity import (
    BASES,
    committed_people,
    general_range,
    latest_pool,
    people,
    units,
)

LEAD = read_case("ukraine-2025-08")
PAIRS = sorted(
    {
        (pool.owner, pool.capability)
        for pool in LEAD.pools.values()
        if units(LEAD, pool.owner, pool.capability) is not None
    }
)


def ends(reading):
    return (reading.span.low, reading.span.best, reading.span.high)


def test_brigades_are_divided_by_what_rotation_holds_for_each_one_deployed(lead):
    """France: seven brigades, less a part of one in Romania, over the slots of the kind."""
    found = units(lead, "FRA", "ground-brigade")
    kind = lead.capabilities["ground-brigade"]
    away = sum(
        c.quantity.shape.best
        for c in lead.commitments.values()
        if c.nation == "FRA" and c.capability == "ground-brigade"
    )
    assert found.span.best == pytest.approx((7 - away) / kind.slots.quantity.shape.best)
    assert any(key[0] == "pools" for key in found.rests_on)
    assert any(key[0] == "commitments" for key in found.rests_on)


def test_what_is_given_for_good_does_not_rotate(lead):
    kept, given_away = (
        units(lead, "DEU", "ground-brigade", rotating=rotating) for rotating in (True, False)
    )
    assert given_away.span.best > kept.span.best


@settings(max_examples=60)
@given(st.sampled_from(PAIRS))
def test_doubling_a_pool_never_lowers_what_can_be_kept_out(pair):
    key, pool = latest_pool(LEAD, *pair)
    shape = pool.quantity.shape
    doubled = changed(
        LEAD,
        "pools",
        key,
        quantity=f"{2 * shape.low:g} to {2 * shape.high:g}, best {2 * shape.best:g} "
        f"{pool.quantity.unit}"
        if shape.low < shape.high
        else f"{2 * shape.high:g} {pool.quantity.unit}",
    )
    before, after = units(LEAD, *pair), units(doubled, *pair)
    assert all(b <= a + 1e-9 for b, a in zip(ends(before), ends(after), strict=True))


@settings(max_examples=60)
@given(st.sampled_from(PAIRS), st.integers(1, 50))
def test_a_commitment_only_lowers_what_can_be_kept_out(pair, number):
    owner, capability = pair
    more = added(
        LEAD,
        "commitments",
        "fra-romania-brigade",
        "one-more",
        id="one-more",
        nation=owner,
        capability=capability,
        quantity=f"{number} units",
    )
    before, after = units(LEAD, *pair), units(more, *pair)
    assert all(a <= b for b, a in zip(ends(before), ends(after), strict=True))
    assert min(ends(after)) >= 0


def test_units_elsewhere_never_make_a_pool_negative(lead):
    swamped = added(
        lead,
        "commitments",
        "fra-romania-brigade",
        "all-away",
        id="all-away",
        quantity="500 units",
    )
    assert ends(units(swamped, "FRA", "ground-brigade")) == (0, 0, 0)


def test_garrisons_do_not_count_against_the_record_of_operations(lead):
    garrison = next(c for c in lead.commitments.values() if c.permanent and c.capability is None)
    key = next(k for k, c in lead.commitments.items() if c is garrison)
    rotating = changed(lead, "commitments", key, permanent=False)
    before, after = (committed_people(case, garrison.nation).span for case in (lead, rotating))
    assert after.best > before.best


@pytest.mark.parametrize("nation", ["FRA", "POL", "TUR"])
def test_people_out_are_the_share_of_strength_less_those_who_are_out(lead, nation: str):
    record = people(lead, nation, "record")
    strength = lead.nations[nation].active_personnel.shape.best
    share = lead.shares["any-record-median"].quantity.shape.best / 100
    out = committed_people(lead, nation).span.best
    assert record.span.best == pytest.approx(max(strength * share - out, 0))
    assert ("shares", "any-record-median") in record.rests_on


def test_the_ambition_of_an_alliance_binds_its_members_only(lead):
    assert people(lead, "FRA", "ambition").rests_on[1] == ("shares", "nato-land-ambition-2004")
    assert people(lead, "IRL", "ambition") is None


@pytest.mark.parametrize("basis", BASES)
def test_a_nation_without_a_strength_has_no_reading(lead, basis: str):
    assert people(lead, "NZL", basis) is None
    assert general_range(lead, "NZL") is None


def test_the_general_range_holds_each_reading(lead):
    for nation in ("FRA", "DEU", "POL"):
        found = general_range(lead, nation).span
        for basis in BASES:
            reading = people(lead, nation, basis)
            assert found.low <= reading.span.low
            assert reading.span.high <= found.high


def test_the_last_count_of_a_pool_is_the_one_that_holds(lead):
    older = added(
        lead,
        "pools",
        "FRA/ground-brigade/2025",
        "FRA/ground-brigade/1990",
        quantity="50 units",
        as_of=lead.shares["nato-land-ambition-2004"].as_of,
    )
    assert units(older, "FRA", "ground-brigade") == units(lead, "FRA", "ground-brigade")


def test_a_view_of_august_still_reads_what_it_can(lead):
    seen = seen_from(lead, date(2025, 8, 22))
    readings = [people(seen, nation, basis) for nation in seen.nations for basis in BASES]
    assert all(r is None or r.span.low <= r.span.high for r in readings)
