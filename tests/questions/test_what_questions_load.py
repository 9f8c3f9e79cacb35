"""A question about today does not wait for the compiler, nor for the solver."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("highspy", "linopy", "numba", "xarray")
OF_TODAY = (
    "at-a-glance",
    "breach",
    "changed",
    "claims",
    "cost",
    "feasible",
    "gaps",
    "guarantee",
    "purpose",
    "share",
    "sustain",
)


@pytest.mark.parametrize("name", OF_TODAY)
def test_a_question_about_today_loads_neither_compiler_nor_solver(name):
    code = (
        "import sys; from guarantor.questions import question_named; "
        f"question_named({name!r}); print(*({HEAVY!r} & sys.modules.keys()))"
    ).replace(repr(HEAVY), repr(set(HEAVY)))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
