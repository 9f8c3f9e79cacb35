"""The compiled month and the month in plain Python give the same block, case after case.

Whole numbers agree exactly. Other numbers agree within a part in 10⁹, since the two may add in
another order.
"""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from small_cases import SmallCase, seeded_cases, small_cases

from guarantor.simulate.block import Block, Measure
from guarantor.simulate.month import run_block
from oracle import run_block as plain_block

WHOLE = ("fill", "present", "usable", "left", "failed")
WHOLE_MEASURES = [
    Measure.MONTHS_MET,
    Measure.MONTHS_ASKED,
    Measure.FIRST_MET,
    Measure.FIRST_BREAK,
    Measure.FIRST_BREAK_LINE,
    Measure.FAILED_MONTH,
    Measure.LEFT_END,
    Measure.COMMAND_MONTHS,
]


def departures(case: SmallCase) -> list[str]:
    """Names of the parts of the compiled block that are not those of the plain one."""
    found = run_block(case.structure, case.futures, case.what_if)
    expected = plain_block(case.structure, case.futures, case.what_if)
    # What is left over when a sum is taken apart is small beside what was put in, not beside zero.
    largest = max(1.0, float(case.futures.quantity.max()))
    different = [
        name
        for name, one, other in zip(Block._fields, found, expected, strict=True)
        if one.shape != other.shape
        or (name in WHOLE and not np.array_equal(one, other))
        or not np.allclose(one, other, rtol=1e-9, atol=1e-11 * largest)
    ]
    measures = [
        each.name
        for each in WHOLE_MEASURES
        if not np.array_equal(found.measures[each], expected.measures[each])
    ]
    return different + measures


def test_they_agree_on_thousands_of_random_cases():
    cases = seeded_cases(seed=4, count=3000, most_futures=3)
    assert {i: found for i, case in enumerate(cases) if (found := departures(case))} == {}


def test_they_agree_on_blocks_of_more_futures():
    cases = seeded_cases(seed=5, count=100, most_futures=16)
    assert {i: found for i, case in enumerate(cases) if (found := departures(case))} == {}


@settings(max_examples=200, deadline=None)
@given(small_cases())
def test_they_agree_on_cases_that_can_be_made_smaller(case):
    assert departures(case) == []
