"""A small study that is run once for all tests of studies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_study import BLOCKS, DEALS, EACH, LEAD, MONTHS, OPTIONS

from guarantor.simulate.draws import BLOCK
from guarantor.simulate.study import run_study
from guarantor.simulate.study_recipe import Plan
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def plan(lead) -> Plan:
    return Plan(
        case=lead,
        called=LEAD,
        options=OPTIONS,
        deals=DEALS,
        level=Level.POSSIBLE,
        months=MONTHS,
        futures=BLOCKS * BLOCK - 3,
        seed=7,
        blocks_in_a_file=EACH,
    )


@pytest.fixture(scope="session")
def whole(plan, tmp_path_factory) -> Path:
    """A study that was run in one go on one thread."""
    folder = tmp_path_factory.mktemp("whole") / "study"
    held = run_study(plan, folder, threads=1)
    assert held.complete
    assert held.futures == BLOCKS * BLOCK
    return folder
