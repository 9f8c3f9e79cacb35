"""Writes files so that nothing is ever half written: all of them, or none."""

from __future__ import annotations

import errno
import os
import secrets
from contextlib import suppress
from typing import TYPE_CHECKING

from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into the folder, which is made when absent, and return their paths.

    Each is written beside its place and moved into it when all are complete. Raises Problems when
    the folder cannot be written or the disk is full; what stood there before still stands.
    """
    mark = secrets.token_hex(4)
    drafts = {folder / name: folder / f".{name}.{mark}.draft" for name in files}
    made: list[Path] = []
    written = False
    try:
        made = [path for path in (folder, *folder.parents) if not path.exists()]
        folder.mkdir(parents=True, exist_ok=True)
        for draft, data in zip(drafts.values(), files.values(), strict=True):
            with draft.open("xb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        _move_all(drafts, mark)
        written = True
    except OSError as error:
        raise cannot_write(folder, error) from None
    finally:
        if not written:
            _remove(drafts.values(), made)
    return list(drafts)


def _move_all(drafts: Mapping[Path, Path], mark: str) -> None:
    """Move every draft into its place; when one cannot be moved, put back what stood there."""
    kept: dict[Path, Path | None] = {}
    try:
        for path, draft in drafts.items():
            former = path.with_name(f".{path.name}.{mark}.former") if path.exists() else None
            if former is not None:
                _keep(path, former)
            kept[path] = former
            draft.replace(path)
    except BaseException:
        for path, former in kept.items():
            with suppress(OSError):
                path.unlink(missing_ok=True) if former is None else former.replace(path)
            _remove(filter(None, [former]))  # it is there still where it names the same file
        raise
    _remove(filter(None, kept.values()))


def _keep(path: Path, former: Path) -> None:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{path.name} is a folder")
    try:
        os.link(path, former)  # the name stays taken until the new file has it
    except OSError:
        path.rename(former)  # a disk that knows no second names


def _remove(drafts: Iterable[Path], made: Iterable[Path] = ()) -> None:
    for draft in drafts:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()


def cannot_write(folder: Path, error: OSError) -> Problems:
    """Return the problem of a place that cannot be written, with its remedy."""
    return Problems(
        [
            Problem(
                "the output cannot be written",
                file=str(folder),
                found=error.strerror or str(error),
                allowed="a folder that can be written, on a disk with room",
                remedy="Name another folder with -o, or make room; nothing was changed.",
            )
        ]
    )
