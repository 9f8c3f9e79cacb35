"""What the tests share: the lead case, read once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guarantor.case.read import read_case
from guarantor.questions import answer_for
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.study_recipe import Plan
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer
    from guarantor.case.case import Case

LEAD = "ukraine-2025-08"
AUGUST = "2025-08-22"
"""The day after the options were presented: a view that must know nothing later."""


@pytest.fixture(scope="session")
def published_data() -> Path | None:
    """Return the folder of the data sets that published cases name, if it is at hand."""
    beside = Path(__file__).parents[2] / "shared" / "published" / "data"
    folder = Path(os.environ.get("GUARANTOR_PUBLISHED_DATA", beside))
    return folder if folder.is_dir() else None


@pytest.fixture(scope="session")
def lead() -> Case:
    return read_case(LEAD)


@pytest.fixture(scope="session")
def asked(lead: Case):
    """Ask a question of the lead case: asked("sustain", option="reassurance-division")."""

    def ask(question: str, **settings: str) -> Answer:
        return answer_for(
            question, lead, {name.replace("_", "-"): value for name, value in settings.items()}
        )

    return ask


@pytest.fixture(scope="session")
def plan(lead: Case) -> Plan:
    """Return the plan of a small study."""
    from small_study import BLOCKS, DEALS, EACH, MONTHS, OPTIONS

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
def whole(plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a small study that was run in one go on one thread."""
    from guarantor.simulate.study import run_study

    folder = tmp_path_factory.mktemp("whole") / "study"
    held = run_study(plan, folder, threads=1)
    assert held.complete
    assert held.futures == plan.futures + 3
    return folder
