"""Writes files so that nothing is ever half written: all of them, or none."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Mapping


def write_all(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Write the files into the folder, which is made when absent, and return their paths.

    Each is written beside its place and moved into it when all are complete. Raises Problems when
    the folder cannot be written or the disk is full; what stood there before still stands.
    """
    waiting: list[tuple[Path, Path]] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            handle, draft = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
            waiting.append((Path(draft), folder / name))
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).chmod(0o644)
        for draft_path, path in waiting:
            draft_path.replace(path)
    except OSError as error:
        for draft_path, _ in waiting:
            draft_path.unlink(missing_ok=True)
        raise cannot_write(folder, error) from None
    return [path for _, path in waiting]


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
