"""What no honest case file is or contains is refused, and what it is refused for is said."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

import pytest
from planting import fresh

from guarantor.case.files import LARGEST, read_file
from guarantor.case.read import read_case
from guarantor.problems import Collector, Misuse, Problem, Problems

if TYPE_CHECKING:
    from pathlib import Path

TERABYTE = 2**40


def read(folder: Path, name: str) -> tuple[str | None, list[Problem]]:
    problems = Collector()
    file = read_file(folder, name, problems)
    return (None if file is None else file.text), list(problems)


def problems_of(folder: Path) -> list[Problem]:
    with pytest.raises(Problems) as raised:
        read_case(str(folder))
    return list(raised.value.problems)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return fresh().write(tmp_path / "case")


def test_a_file_over_ten_megabytes_is_not_read(tmp_path: Path):
    (tmp_path / "a.csv").touch()
    os.truncate(tmp_path / "a.csv", TERABYTE)
    text, (problem,) = read(tmp_path, "a.csv")
    assert text is None
    assert problem.what == "the file is too large and was not read"
    assert (problem.found, problem.allowed) == (f"{TERABYTE} bytes", "at most 10000000 bytes")


def test_a_file_of_just_ten_megabytes_is_read(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(b"x" * LARGEST)
    text, problems = read(tmp_path, "a.csv")
    assert text is not None
    assert len(text) == LARGEST
    assert problems == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_or_a_device_is_not_read(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "endless.csv").symlink_to("/dev/zero")
    (tmp_path / "folder.csv").mkdir()
    done: list[Problem] = []

    def look() -> None:
        for name in ("pipe.csv", "endless.csv", "folder.csv"):
            done.extend(read(tmp_path, name)[1])

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    thread.join(timeout=20)
    assert [p.file for p in done] == ["pipe.csv", "endless.csv", "folder.csv"]
    assert {p.what for p in done} == {"this is not a file and was not read"}


@pytest.mark.parametrize(
    ("data", "what", "line"),
    [
        (b"id\nKoln\nK\xf6ln\n", "the file is not UTF-8", 3),
        ("id\n".encode("utf-16"), "the file is not UTF-8", 1),
        ("id\nx\n".encode("utf-16-le"), "a control character stands in the text", 1),
        (b"id\nab\rcd\n", "a line ends with a carriage return alone", 2),
    ],
)
def test_bytes_that_are_no_text_are_refused(data: bytes, what: str, line: int, tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(data)
    text, (problem,) = read(tmp_path, "a.csv")
    assert text is None
    assert (problem.what, problem.line) == (what, line)
    assert problem.remedy


def test_line_ends_of_windows_are_no_problem(case: Path):
    for path in (case / "positions.csv", case / "case.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_case(str(case)).positions) > 100


@pytest.mark.parametrize("bad", ["\x07", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\ufeff"])
def test_what_cannot_be_seen_is_named_line_by_line_and_left_out(bad: str, tmp_path: Path):
    (tmp_path / "a.csv").write_text(f"id\na{bad}b\nc\nd{bad}\n", encoding="utf-8")
    text, problems = read(tmp_path, "a.csv")
    assert text == "id\nab\nc\nd\n"
    assert [p.line for p in problems] == [2, 4]
    assert {p.found for p in problems} == {f"U+{ord(bad):04X}"}


def test_a_byte_order_mark_hides_no_other_error(case: Path):
    path = case / "positions.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b",ground_troops,", b",mud,", 1))
    assert [(p.file, p.line, p.field) for p in problems_of(case)] == [
        ("positions.csv", 1, None),
        ("positions.csv", 2, "topic"),
    ]


def test_what_is_hidden_beside_a_case_is_no_part_of_it(case: Path):
    (case / ".git").mkdir()
    (case / ".git" / "config.yaml").write_text("a: b\n")
    (case / "options" / "._status-quo.yaml").write_bytes(b"\x00\x05\x16")
    (case / ".positions.csv.swp").write_bytes(b"\x00")
    assert len(read_case(str(case)).options) == len(list((case / "options").glob("[a-z]*.yaml")))


@pytest.mark.parametrize("name", ["stocks.csv", "options/plan.yml", "options/a/b.yaml", "X.JSON"])
def test_a_data_file_that_nothing_reads_is_named(name: str, case: Path):
    (case / name).parent.mkdir(exist_ok=True)
    (case / name).write_text("id\n")
    (problem,) = problems_of(case)
    assert (problem.what, problem.file) == ("the file is no part of a case", name)
    assert "options/*.yaml" in str(problem.allowed)


def test_an_empty_folder_is_no_case(tmp_path: Path):
    with pytest.raises(Problems, match="the folder is no case") as raised:
        read_case(str(tmp_path))
    assert not isinstance(raised.value, Misuse)


@pytest.mark.parametrize("name", ["ukraine-2025-80", "no/such/folder", "x" * 5000, ""])
def test_a_name_of_no_case_is_misuse(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Misuse, match="there is no such case") as raised:
        read_case(name)
    assert "ukraine-2025-08" in str(raised.value.problems[0].allowed)


def test_a_misspelt_name_of_a_case_brings_up_the_nearest():
    with pytest.raises(Misuse, match="Did you mean 'ukraine-2025-08'"):
        read_case("ukrain-2025-8")


def test_an_empty_case_lists_every_missing_file(tmp_path: Path):
    (tmp_path / "case.yaml").write_text("")
    problems = problems_of(tmp_path)
    assert {p.file for p in problems} >= {
        "case.yaml",
        "nations.csv",
        "positions.csv",
        "groups.yaml",
        "theatre/places.csv",
        "options",
    }
    assert all(p.remedy or p.allowed for p in problems)
