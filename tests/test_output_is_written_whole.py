"""Output is written as a whole or not at all, whatever the disk does."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from guarantor.output import write_all
from guarantor.problems import Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

BEFORE = {"one.html": b"old page", "two.json": b"old records"}
AFTER = {"one.html": b"new page", "two.json": b"new records", "three.pdf": b"new print"}


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write_all(tmp_path / "out", BEFORE)
    return tmp_path / "out"


def failing(monkeypatch: pytest.MonkeyPatch, owner: object, name: str, at: int, error: Exception):
    """Let the n-th call of a function fail, and the others do what they do."""
    real, calls = getattr(owner, name), iter(range(100))

    def fail(*given: object, **named: object) -> object:
        if next(calls) == at:
            raise error
        return real(*given, **named)

    monkeypatch.setattr(owner, name, fail)


@contextmanager
def small_disk(at: Path, options: str) -> Iterator[Path]:
    """Mount a disk of its own, where the system lets us."""
    at.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)]
    try:
        mounted = subprocess.run(mount, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("no right to mount a disk here")
    try:
        yield at
    finally:
        subprocess.run(["umount", str(at)], check=True)


def test_files_are_written_and_their_paths_come_back(tmp_path: Path):
    paths = write_all(tmp_path / "a" / "b", AFTER)
    assert paths == [tmp_path / "a" / "b" / name for name in AFTER]
    assert held(tmp_path / "a" / "b") == AFTER


def test_files_that_were_there_are_replaced_and_others_left_alone(folder: Path):
    (folder / "mine.txt").write_bytes(b"mine")
    write_all(folder, AFTER)
    assert held(folder) == AFTER | {"mine.txt": b"mine"}


def test_files_get_the_rights_that_the_user_gives_new_files(tmp_path: Path):
    before = os.umask(0o027)
    try:
        (path,) = write_all(tmp_path / "out", {"a": b""})
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize("at", range(len(AFTER)))
@pytest.mark.parametrize(
    ("owner", "name"), [(os, "fsync"), (Path, "open"), (Path, "replace"), (Path, "exists")]
)
def test_a_full_disk_at_any_moment_leaves_what_was_there(
    owner: object, name: str, at: int, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, owner, name, at, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(Problems) as raised:
        write_all(folder, AFTER)
    monkeypatch.undo()
    (problem,) = raised.value.problems
    assert problem.found == "No space left on device"
    assert problem.file == str(folder)
    assert "nothing was changed" in str(problem.remedy)
    assert held(folder) == BEFORE


@pytest.fixture
def no_second_names(monkeypatch: pytest.MonkeyPatch):
    """Let the disk know one name for each file, as those of cameras and sticks do."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)


@pytest.mark.usefixtures("no_second_names")
def test_a_disk_without_second_names_is_written_whole_too(folder: Path):
    write_all(folder, AFTER)
    assert held(folder) == AFTER


@pytest.mark.usefixtures("no_second_names")
@pytest.mark.parametrize("at", range(len(AFTER)))
def test_a_disk_without_second_names_that_fails_leaves_what_was_there(
    at: int, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, Path, "replace", at, OSError(errno.EIO, "Input/output error"))
    with pytest.raises(Problems):
        write_all(folder, AFTER)
    assert held(folder) == BEFORE


def test_an_interruption_leaves_what_was_there(folder: Path, monkeypatch: pytest.MonkeyPatch):
    failing(monkeypatch, Path, "replace", 2, KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        write_all(folder, AFTER)
    monkeypatch.undo()
    assert held(folder) == BEFORE


def test_a_folder_in_the_place_of_a_file_is_left_alone(folder: Path):
    (folder / "three.pdf").mkdir()
    (folder / "three.pdf" / "mine.txt").write_bytes(b"mine")
    with pytest.raises(Problems, match=r"three\.pdf is a folder"):
        write_all(folder, AFTER)
    assert held(folder) == BEFORE
    assert held(folder / "three.pdf") == {"mine.txt": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_left_alone(tmp_path: Path):
    (tmp_path / "out").write_bytes(b"mine")
    with pytest.raises(Problems, match="the output cannot be written"):
        write_all(tmp_path / "out", AFTER)
    assert held(tmp_path) == {"out": b"mine"}


def test_a_folder_that_was_made_for_nothing_is_gone_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    failing(monkeypatch, os, "fsync", 1, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(Problems):
        write_all(tmp_path / "a" / "b", AFTER)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="a folder that nobody can write is needed")
@pytest.mark.parametrize("place", ["/sys/guarantor", "/proc/guarantor"])
def test_a_read_only_place_is_a_problem(place: str):
    with pytest.raises(Problems) as raised:
        write_all(Path(place), AFTER)
    assert raised.value.problems[0].file == place


def test_a_read_only_disk_leaves_what_was_there(tmp_path: Path):
    with small_disk(tmp_path / "disk", "size=1m") as disk:
        write_all(disk, BEFORE)
        remount = ["mount", "-o", "remount,ro", str(disk)]
        subprocess.run(remount, check=True)
        with pytest.raises(Problems, match="Read-only file system"):
            write_all(disk, AFTER)
        assert held(disk) == BEFORE


def test_a_disk_that_runs_full_leaves_what_was_there(tmp_path: Path):
    with small_disk(tmp_path / "disk", "size=64k") as disk:
        write_all(disk, BEFORE)
        with pytest.raises(Problems, match="No space left on device"):
            write_all(disk, {"one.html": b"x" * 30_000, "two.json": b"y" * 60_000})
        assert held(disk) == BEFORE
        write_all(disk, AFTER)
        assert held(disk) == AFTER
