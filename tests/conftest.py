"""What the tests share: the lead case, read once."""

from __future__ import annotations

import pytest

from guarantor.answer.answer import Answer
from guarantor.case.case import Case
from guarantor.case.read import read_case
from guarantor.questions import answer_for

LEAD = "ukraine-2025-08"
AUGUST = "2025-08-22"
"""The day after the options were presented: a view that must know nothing later."""


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
