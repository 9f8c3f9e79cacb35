"""What must hold in any month of any future, shown on the month in plain Python."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_cases import FAR, SmallCase, seeded_cases, small_cases

from guarantor.models.rotation import person_tours
from guarantor.simulate.block import Measure
from guarantor.simulate.setup import NO_MONTH, Futures, PhaseCode, Reason, Structure, WhatIf
from oracle import run_block, run_future

MANY = 100
SMALL = 1e-9


def futures_of(case: SmallCase):
    for f in range(case.futures.quantity.shape[-1]):
        yield f, run_future(case.structure, case.futures, case.what_if, f)


def months_of(case: SmallCase):
    for f, outcome in futures_of(case):
        for m, table in enumerate(outcome.lines):
            yield f, m, table, outcome


def leaving_months(outcome) -> list[int | None]:
    return [
        next((m for m, left in enumerate(column) if left), None)
        for column in zip(*outcome.left, strict=True)
    ]


def left_to_themselves(case: SmallCase) -> WhatIf:
    """Nobody is made to leave, and nobody follows."""
    return WhatIf(exit_month=np.full(len(case.structure.leaves), NO_MONTH), followers=False)


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_what_is_offered_works_or_is_lost_for_a_reason_or_is_not_needed(case):
    for _, _, table, _ in months_of(case):
        for now in table:
            offered = sum(now.offers.values())
            assert now.filled + sum(now.lost.values()) == pytest.approx(offered, rel=SMALL)
            assert min(now.lost.values()) >= -SMALL * offered
            assert 0.0 <= now.filled <= now.placed


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_no_line_exceeds_its_need_and_one_that_is_not_active_has_nothing(case):
    for f, _, table, _ in months_of(case):
        for line, now in enumerate(table):
            assert now.placed <= case.futures.need[line, f] * (1.0 + SMALL)
            assert now.active or not now.offers


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_a_unit_is_in_one_place_and_a_pool_gives_no_more_than_its_room(case):
    structure, futures = case.structure, case.futures
    for f, m, table, outcome in months_of(case):
        out = [0.0] * len(structure.rotates)
        for c, pool in enumerate(structure.pool):
            placed = sum(now.places.get(c, 0.0) for now in table)
            assert 0.0 <= placed <= futures.delivered[c, f] * (1.0 + SMALL)
            if pool != NO_MONTH:
                out[pool] += placed
        for room, placed in zip(outcome.room[m], out, strict=True):
            assert placed <= room * (1.0 + SMALL)


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_people_on_the_hosts_soil_never_outrun_the_lift(case):
    structure, futures = case.structure, case.futures
    for f, m, table, _ in months_of(case):
        brought = sum(
            placed * futures.people_per_unit[c, f]
            for line, now in enumerate(table)
            for c, placed in now.places.items()
            if structure.host_soil[line] and structure.moves[c]
        )
        assert brought <= futures.lift[f] * (m + 1) * (1.0 + SMALL)


def test_an_exit_never_raises_what_other_nations_offer():
    """Each contribution offers all that it has to its first line, and to the next what is left.

    Others may place more after an exit, but of what they had offered already. (To a later line a
    contribution can offer more, when an earlier one took less of it.)
    """
    compared = 0
    for case in seeded_cases(seed=11, count=100, most_futures=2):
        structure, futures = case.structure, case.futures
        first: dict[int, int] = {}
        for line, (start, end) in enumerate(pairwise(structure.pair_start)):
            for c in structure.pair[start:end]:
                first.setdefault(c, line)
        stay = left_to_themselves(case)
        for n in np.flatnonzero(structure.leaves):
            forced = stay.exit_month.copy()
            forced[n] = structure.months // 2
            for f in range(futures.quantity.shape[-1]):
                before = run_future(structure, futures, stay, f).lines
                after = run_future(structure, futures, stay._replace(exit_month=forced), f).lines
                for one, other in zip(before, after, strict=True):
                    for c, line in first.items():
                        if one[line].active == other[line].active:
                            assert other[line].offers.get(c) == one[line].offers.get(c)
                            compared += structure.nation[c] != n
    assert compared > 1000


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_a_nation_that_left_has_nothing_in_place_but_what_it_gave_before(case):
    structure, futures = case.structure, case.futures
    for f, m, table, outcome in months_of(case):
        left = leaving_months(outcome)
        for c, n in enumerate(structure.nation):
            given_before = structure.transfer[c] and futures.arrives[c, f] < (left[n] or 0)
            if outcome.left[m][n] and not given_before:
                assert not any(now.places.get(c, 0.0) for now in table)


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_without_followers_a_nation_leaves_when_made_to_or_at_its_own_rate(case):
    structure, futures = case.structure, case.futures
    what_if = case.what_if._replace(followers=False)
    for f in range(futures.quantity.shape[-1]):
        found = leaving_months(run_future(structure, futures, what_if, f))
        for n, left in enumerate(found):
            pressed, expected = 0.0, None
            for m in range(structure.months):
                pressed += futures.leave_rate[f]
                own = pressed >= futures.leave_threshold[n, f]
                if structure.leaves[n] and (own or m == what_if.exit_month[n]):
                    expected = m
                    break
            assert left == expected


@settings(max_examples=MANY, deadline=None)
@given(small_cases())
def test_followers_never_make_a_nation_stay_longer(case):
    for f in range(case.futures.quantity.shape[-1]):
        alone, followed = (
            leaving_months(
                run_future(
                    case.structure, case.futures, case.what_if._replace(followers=followers), f
                )
            )
            for followers in (False, True)
        )
        for own, with_others in zip(alone, followed, strict=True):
            assert own is None or (with_others is not None and with_others <= own)


def one_line(count: int, pools: int, months: int) -> tuple[Structure, Futures, WhatIf]:
    """One line always needed, served by contributions of one nation that stays, in one future."""

    def no(size: int = count) -> np.ndarray:
        return np.zeros(size, np.bool_)

    def of(value: float, *shape: int) -> np.ndarray:
        return np.full((*shape, 1), value, np.float64)

    def month(value: int, *shape: int) -> np.ndarray:
        return np.full(shape, value, np.int64)

    structure = Structure(
        months=months, ceasefire=False, people_bin=1000.0,
        leaves=no(1), weight=np.zeros(1), gated_nation=no(1),
        commander=NO_MONTH, supporter=NO_MONTH,
        nation=month(0, count), pool=np.arange(count) % pools, ends=month(FAR, count),
        transfer=no(), moves=~no(), gated=no(), needs_support=no(), needs_ceasefire=no(),
        counted=~no(), rotates=~no(pools),
        capability=month(0, 1), starts=month(0, 1), line_ends=month(FAR, 1),
        phase=month(PhaseCode.ALWAYS, 1), host_soil=~no(1), has_number=~no(1),
        pair_start=np.array([0, count]), pair=np.arange(count), pair_reason=month(NO_MONTH, count),
        need_by=month(0, 0), need_of=month(0, 0), stand_for=month(0, 0), stand_by=month(0, 0),
    )  # fmt: skip
    futures = Futures(
        quantity=of(0, count), delivered=of(0, count), arrives=month(0, count, 1),
        blocked=np.zeros((count, 1), np.bool_), people_per_unit=of(1, count),
        gate_month=month(0, 1, 1), leave_threshold=of(1, 1), lapse_threshold=of(1, 1),
        lapse_step=of(0, 1), leave_rate=of(0), follow_rate=of(0), follow_months=month(0, 1),
        renew_every=month(12, 1),
        usable=of(np.inf, pools), tour=of(6, pools), rest=of(24, pools), overlap=of(0),
        lift=of(1e9),
        need=of(0, 1), per_unit=of(0, 0), factor=of(0, 0), handover=month(0, 1), unled=of(1),
        fail_rate=of(0), effect=of(0), fail_draw=of(0),
    )  # fmt: skip
    return structure, futures, WhatIf(exit_month=month(NO_MONTH, 1))


def test_25_000_over_60_months_on_six_month_tours_are_250_000_person_tours():
    structure, futures, what_if = one_line(count=2, pools=1, months=60)
    futures = futures._replace(
        quantity=np.array([[15_000.0], [20_000.0]]),
        delivered=np.array([[15_000.0], [20_000.0]]),
        need=np.array([[25_000.0]]),
    )
    block = run_block(structure, futures, what_if)
    tours = block.unit_months.sum() / futures.tour[0, 0]
    assert tours == person_tours(25_000, 60, 6) == 250_000.0
    assert block.measures[Measure.MONTHS_MET, 0] == 60


amounts = st.floats(0.0, 40.0)


@settings(max_examples=MANY, deadline=None)
@given(
    st.lists(st.tuples(amounts, st.integers(0, 20)), min_size=1, max_size=6),
    st.lists(
        st.tuples(amounts, st.floats(2.0, 15.0), st.floats(2.0, 40.0)), min_size=1, max_size=3
    ),
    amounts,
    st.floats(0.0, 3.0),
    st.integers(0, 2),
)
def test_doubling_a_pool_never_lowers_the_fill_of_the_one_line_it_serves(
    offers, pools, need, overlap, which
):
    """Month by month, where nothing but the pools and the need limits the line.

    It takes tours and rests of two months and more (then what can go next month never falls with
    what could go this month), lift without limit (else people-heavy units may take it from others)
    and no ceasefire (whose failure hangs on the people present).
    """
    structure, futures, what_if = one_line(len(offers), len(pools), months=24)
    quantity = np.array([[quantity] for quantity, _ in offers])
    futures = futures._replace(
        quantity=quantity,
        delivered=quantity,
        arrives=np.array([[arrives] for _, arrives in offers]),
        usable=np.array([[usable] for usable, _, _ in pools]),
        tour=np.array([[tour] for _, tour, _ in pools]),
        rest=np.array([[rest] for _, _, rest in pools]),
        overlap=np.array([overlap]),
        need=np.array([[need]]),
    )
    double = futures.usable.copy()
    double[which % len(pools)] *= 2.0
    less = run_future(structure, futures, what_if, 0)
    more = run_future(structure, futures._replace(usable=double), what_if, 0)
    for before, after in zip(less.lines, more.lines, strict=True):
        assert after[0].filled >= before[0].filled - SMALL * need


def test_a_pool_in_use_settles_at_what_its_rotation_ratio_keeps_out():
    """Twenty units on six-month tours with 24 months of rest keep four out: one in five."""
    structure, futures, what_if = one_line(count=1, pools=1, months=600)
    futures = futures._replace(
        quantity=np.array([[20.0]]),
        delivered=np.array([[20.0]]),
        usable=np.array([[20.0]]),
        need=np.array([[20.0]]),
    )
    last = run_future(structure, futures, what_if, 0).lines[-1][0]
    assert last.filled == pytest.approx(4.0)
    assert last.lost[Reason.POOL_EMPTY] == pytest.approx(16.0)
