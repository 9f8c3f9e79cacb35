"""On bad input the commands name the trouble, one line each, and change nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from planting import LEAD, Copy, fresh, rows, set_cell

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "from guarantor.cli import main; main()"
SMALL_DISK = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000)); "


def guarantor(
    *words: str, at: Path, before: str = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", before + MAIN, *words],
        cwd=at,
        env={**os.environ, "COLUMNS": "200", **environment},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def listing(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()
    }


def broken() -> Copy:
    copy = fresh()
    first, second = rows(copy, "positions.csv")[:2]
    set_cell(copy, "positions.csv", first, "topic", "weather")
    set_cell(copy, "positions.csv", second, "date", "2025-02-30")
    copy.files["case.yaml"].append(copy.files["case.yaml"][0])
    return copy


def test_a_clean_case_is_exit_zero(tmp_path: Path):
    done = guarantor("check", LEAD.name, at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no problems" in done.stdout


def test_a_case_with_problems_is_exit_one_with_a_line_for_each(tmp_path: Path):
    copy = broken()
    copy.write(tmp_path / "case")
    done = guarantor("check", "case", at=tmp_path)
    assert done.returncode == 1
    assert done.stdout == ""
    assert [line.split(" ")[0] for line in done.stderr.splitlines()] == [
        f"case.yaml:{len(copy.files['case.yaml'])}",
        "positions.csv:2",
        "positions.csv:3",
    ]


@pytest.mark.parametrize("words", [["ask", "claims"], ["brief", "-o", "out"], ["trace", "--all"]])
def test_no_command_works_on_a_case_with_problems(words: list[str], tmp_path: Path):
    broken().write(tmp_path / "case")
    command, *rest = words
    given = [command, *rest, "case"] if command == "ask" else [command, "case", *rest]
    done = guarantor(*given, at=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_text_outside_ascii_is_named_on_a_terminal_that_knows_none(tmp_path: Path):
    copy = fresh()
    set_cell(copy, "positions.csv", rows(copy, "positions.csv")[0], "topic", "Türkiye\u202f→")
    copy.write(tmp_path / "case")
    done = guarantor("check", "case", at=tmp_path, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 1
    assert "positions.csv:2 topic" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "code", "said"),
    [
        ("ukraine-2025-8", 2, "Did you mean 'ukraine-2025-08'?"),
        ("nothing/like/it", 2, "there is no such case"),
        ("x" * 5000, 2, "there is no such case"),
        (".", 1, "the folder is no case"),
        ("a-file.yaml", 2, "there is no such case"),
    ],
)
def test_what_is_no_case_is_one_line(name: str, code: int, said: str, tmp_path: Path):
    (tmp_path / "a-file.yaml").write_text("title: a\n")
    done = guarantor("check", name, at=tmp_path)
    assert done.returncode == code
    (line,) = done.stderr.splitlines()
    assert said in line


def test_a_new_case_is_a_copy_without_what_is_hidden(tmp_path: Path):
    fresh().write(tmp_path / "old")
    (tmp_path / "old" / ".git").mkdir()
    (tmp_path / "old" / ".git" / "a.yaml").write_text("a: b\n")
    os.chmod(tmp_path / "old", 0o555)  # noqa: PTH101
    done = guarantor("new", "new", "--from", "old", at=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert listing(tmp_path / "new") == {
        name: data for name, data in listing(tmp_path / "old").items() if ".git" not in name
    }
    assert (tmp_path / "new").stat().st_mode & 0o700 == 0o700
    assert guarantor("check", "new", at=tmp_path).returncode == 0


def test_a_new_case_comes_from_a_bundled_one_too(tmp_path: Path):
    done = guarantor("new", "a/b/mine", "--from", LEAD.name, at=tmp_path)
    assert done.returncode == 0
    assert (tmp_path / "a/b/mine/theatre/outline.geojson").is_file()
    assert [path.name for path in (tmp_path / "a/b").iterdir()] == ["mine"]


@pytest.mark.parametrize("kind", ["folder", "file", "broken link"])
def test_a_new_case_takes_nobodys_place(kind: str, tmp_path: Path):
    place = tmp_path / "mine"
    if kind == "folder":
        place.mkdir()
        (place / "kept.txt").write_text("kept")
    elif kind == "file":
        place.write_text("kept")
    else:
        place.symlink_to(tmp_path / "nowhere")
    done = guarantor("new", "mine", "--from", LEAD.name, at=tmp_path)
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert "the folder exists already" in line
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert not (tmp_path / "nowhere").exists()


def test_a_new_case_cannot_lie_inside_the_one_it_copies(tmp_path: Path):
    fresh().write(tmp_path / "old")
    before = listing(tmp_path)
    done = guarantor("new", "old/options/new", "--from", "old", at=tmp_path)
    assert done.returncode == 2
    assert "inside the one that it copies" in done.stderr
    assert listing(tmp_path) == before


def test_a_broken_case_is_not_copied(tmp_path: Path):
    broken().write(tmp_path / "old")
    done = guarantor("new", "new", "--from", "old", at=tmp_path)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 3
    assert [path.name for path in tmp_path.iterdir()] == ["old"]


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write is needed")
@pytest.mark.parametrize(
    "words",
    [
        ["new", "/sys/mine", "--from", LEAD.name],
        ["schemas", "-o", "/sys/schemas"],
        ["brief", LEAD.name, "-o", "/proc/out"],
    ],
)
def test_a_read_only_place_is_one_line(words: list[str], tmp_path: Path):
    done = guarantor(*words, at=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "the output cannot be written" in line
    assert "nothing was changed" in line


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on the size of files is needed")
def test_a_disk_that_runs_full_leaves_the_files_of_before(tmp_path: Path):
    assert guarantor("schemas", "-o", "out", at=tmp_path).returncode == 0
    (tmp_path / "out" / "deals.schema.json").write_text("mine")
    before = listing(tmp_path)
    done = guarantor("schemas", "-o", "out", at=tmp_path, before=SMALL_DISK)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert "the output cannot be written" in line
    assert listing(tmp_path) == before
    copied = guarantor("new", "mine", "--from", LEAD.name, at=tmp_path, before=SMALL_DISK)
    assert copied.returncode == 1
    assert listing(tmp_path) == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
