"""Every published case comes out within the tolerance that it states."""

from __future__ import annotations

import pytest

from guarantor.evidence.catalogue import catalogue
from guarantor.evidence.given import REPRODUCED, Basis, Given, bundled_cases
from guarantor.evidence.validate import Data, Outcome, validate

ROWS = bundled_cases()


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row.case}-{row.model}") for row in ROWS])
def test_the_published_result_comes_out_within_its_tolerance(row: Given, published_data):
    (verdict,) = validate([row], Data(published_data)).verdicts
    if verdict.outcome is Outcome.NOT_RUN:
        pytest.skip(verdict.message)
    assert verdict.outcome is Outcome.WITHIN, verdict.message
    assert verdict.marks == (), "published cases lie inside the validity of their models"


def test_every_bundled_row_can_be_run_and_cites_its_source():
    assert len(ROWS) > 100
    for row in ROWS:
        assert isinstance(row, Given), row
        assert row.source
        assert row.status
        assert row.bundled


def test_case_numbers_are_not_used_twice():
    numbers = [row.case for row in ROWS]
    assert len(numbers) == len(set(numbers))


def test_all_four_kinds_of_basis_are_there():
    assert {row.basis for row in ROWS} == set(Basis)


def test_equations_without_a_reproduced_case_are_known():
    reproduced = {row.model for row in ROWS if row.basis in REPRODUCED}
    without = {name: card for name, card in catalogue().items() if name not in reproduced}
    assert {name for name, card in without.items() if card.basis == "published"} == {
        "maintenance_time",  # its equation was recalled, not read
        "any_leak_probability",
        "layered_survival_moments",
        "mclp",  # a run on the authors' data
        "constrained_equal_awards",
        "constrained_equal_losses",
        "proportional",
        "talmud",
        "negbin_rate_ratio",
        "savage",
        "prim_trajectory",
    }
    assert {name for name, card in without.items() if card.basis == "ours"} == {
        "rotation_ratio_with_overlap",
        "pool_needed",
        "person_tours",
        "line_sizing",
        "monitor_sizing",
        "continuous_patrol",
        "share_served",
        "failure_probability",
        "units_kept_out",
        "units_resting",
        "working_degree",
        "leaving_hazard",
        "leaver_pull",
    }


def test_no_equation_of_ours_is_held_against_a_published_case():
    assert {row.model for row in ROWS if catalogue()[row.model].basis == "ours"} == set()
