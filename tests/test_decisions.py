"""Each decision is recorded in one short page of the same form."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "docs" / "decisions"
RECORDS = sorted(FOLDER.glob("*.md"))


def test_records_are_numbered_without_a_gap():
    assert RECORDS
    assert [record.name[:4] for record in RECORDS] == [
        f"{number:04d}" for number in range(1, len(RECORDS) + 1)
    ]


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.name[:4])
def test_a_record_says_why_what_follows_and_what_was_rejected_in_under_forty_lines(record):
    lines = record.read_text(encoding="utf-8").splitlines()
    assert len(lines) < 40
    assert lines[0].startswith(f"# {int(record.name[:4])}. ")
    headings = [line for line in lines if re.match("## ", line)]
    assert headings == ["## Why", "## Consequences", "## Rejected"]
