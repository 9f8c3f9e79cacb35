"""The report keeps the four kinds of basis apart and calls only two of them reproduced."""

from __future__ import annotations

import io
import json
import subprocess
import sys

import pytest
from rich.console import Console
from test_bad_rows import GOOD, lines

from guarantor.evidence.given import Basis, bundled_cases, cases_of
from guarantor.evidence.terminal import print_report, totals
from guarantor.evidence.validate import Data, Outcome, validate

COMMAND = [sys.executable, "-c", "from guarantor.cli import main; main()", "validate"]
KEYS = {"case", "model", "expected", "computed", "within", "basis", "message"}


def command(*words):
    return subprocess.run(
        [*COMMAND, *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def four_kinds(tmp_path):
    rows = [
        {**GOOD, "case": f"{basis.name}-{number}", "basis": str(basis), "status": status}
        for basis, count in zip(Basis, (4, 3, 2, 1), strict=True)
        for number in range(count)
        for status in ("seen" if number else "quoted",)
    ]
    wrong = {**GOOD, "case": "far", "expected_output": "5"}
    path = tmp_path / "mine.csv"
    path.write_text(lines(*rows, wrong, {**GOOD, "case": "bad", "basis": "hearsay"}))
    return path


def test_the_four_kinds_are_counted_apart(four_kinds):
    report = validate(cases_of(four_kinds), Data(None))
    counted = {basis: (tally.rows, tally.within) for basis, tally in report.by_basis.items()}
    assert list(counted.values()) == [(5, 4), (3, 3), (2, 2), (1, 1)]
    assert [tally.second_hand for tally in report.by_basis.values()] == [1, 1, 1, 1]
    assert report.reproduced == 7, "published and derived, and nothing else"
    assert report.failures == 2


def test_json_holds_one_object_a_row_and_totals(four_kinds):
    done = command("--cases", four_kinds, "--json")
    assert done.returncode == 1
    document = json.loads(done.stdout)
    assert set(document) == {"rows", "totals"}
    assert len(document["rows"]) == 12
    assert all(set(row) >= KEYS for row in document["rows"])
    far, bad = document["rows"][-2:]
    assert (far["within"], far["computed"], far["expected"]) == (False, 4.0, 5)
    assert far["message"] == "off by 1, 1e-09 allowed"
    assert (bad["within"], bad["computed"], bad["basis"]) == (False, None, None)
    assert all(row["within"] is True for row in document["rows"][:-2])
    totals = document["totals"]
    assert totals["rows"] == 12
    assert totals["reproduced"] == 7
    assert totals["failures"] == 2
    assert totals["basis_unknown"] == 1
    assert {name: kind["called_reproduced"] for name, kind in totals["basis"].items()} == {
        "published": True,
        "derived-from-published-parameters": True,
        "computed-from-published-data": False,
        "own-example-of-published-formula": False,
    }
    assert sum(kind["rows"] for kind in totals["basis"].values()) + 1 == totals["rows"]
    assert sum(totals["outcomes"].values()) == totals["rows"]


def test_json_is_strict(published_data):
    done = command("--json", *(["--data", published_data] if published_data else []))
    assert done.returncode == 0, done.stderr

    def refuse(constant):
        raise AssertionError(constant)

    assert json.loads(done.stdout, parse_constant=refuse)["totals"]["failures"] == 0


def test_words_say_which_kinds_are_called_reproduced(four_kinds):
    report = validate(cases_of(four_kinds), Data(None))
    told = list(totals(report))
    assert told[0] == "12 rows, 7 of them reproduced."
    assert told[1].startswith("  published: 4 of 5 within (1 read second hand);")
    assert [line.endswith("; called reproduced.") for line in told[1:5]] == [
        True,
        True,
        False,
        False,
    ]
    assert [line.endswith("not called reproduced.") for line in told[3:5]] == [True, True]
    assert told[5] == (
        "  Not within: 1 outside, 0 refused, 0 unknown model, 1 malformed, 0 not run."
    )


def printed(report, width=200):
    console = Console(width=width, file=io.StringIO(), record=True)
    print_report(report, console)
    return console.export_text()


def test_a_row_shows_published_computed_tolerance_basis_and_source(four_kinds):
    text = printed(validate(cases_of(four_kinds), Data(None)))
    row = next(line for line in text.splitlines() if line.startswith("far "))
    assert row.split() == [
        "far",
        "rotation_ratio",
        "5",
        "4",
        "±1e-09",
        "outside",
        "published",
        "[1]",
    ]
    assert "[1] A book, p. 1" in text
    assert "mine.csv:13: bad rotation_ratio: malformed: basis 'hearsay' is none of" in text


def test_equations_of_ours_are_labelled_ours_and_marks_are_printed(tmp_path):
    path = tmp_path / "mine.csv"
    row = {
        **GOOD,
        "model": "person_tours",
        "inputs": '{"deployed": 25000, "months": 60, "tour_months": 24}',
        "output": "person_tours",
        "expected_output": "62500",
    }
    path.write_text(lines(row))
    text = printed(validate(cases_of(path), Data(None)))
    assert "person_tours (ours)" in text
    assert "Outside validity †" in text
    assert "tour_months = 24 is outside the validity of person_tours" in text


def test_the_bundled_cases_pass_without_their_data_sets_and_say_what_was_not_run():
    report = validate(bundled_cases(), Data(None))
    assert report.failures == 0
    assert report.outcomes[Outcome.NOT_RUN] == 13
    assert "--data" in printed(report)
    done = command()
    assert done.returncode == 0
    assert "106 rows, 84 of them reproduced." in done.stdout


def test_several_files_are_run_one_after_the_other_and_a_bad_one_does_not_stop_them(tmp_path):
    paths = [tmp_path / f"{name}.csv" for name in "abc"]
    paths[0].write_text(lines(GOOD))
    paths[1].write_bytes(b"\xff")
    paths[2].write_text(lines(GOOD))
    done = command("--json", *(word for path in paths for word in ("--cases", path)))
    assert done.returncode == 1
    rows = json.loads(done.stdout)["rows"]
    assert [row["within"] for row in rows] == [True, False, True]
    assert [row["file"] for row in rows] == [str(path) for path in paths]


def test_a_good_file_of_ones_own_exits_0_and_misuse_2(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(lines(GOOD))
    assert command("--cases", path).returncode == 0
    for words in (["--cases", tmp_path / "none.csv"], ["--data", tmp_path / "none"]):
        done = command(*words)
        assert done.returncode == 2
        assert "Traceback" not in done.stderr
