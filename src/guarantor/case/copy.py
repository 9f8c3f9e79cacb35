"""Starts a case of one's own as a copy of another."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from guarantor.case.read import find_case, read_case
from guarantor.output import cannot_write
from guarantor.problems import Misuse

if TYPE_CHECKING:
    from collections.abc import Iterator


def copy_case(source: str, target: str) -> Path:
    """Copy a case that has no problem into a new folder and return it.

    Raises Misuse when the folder exists, and Problems when the source has problems or the place
    cannot be written; a copy is there as a whole or not at all.
    """
    path = Path(target)
    if os.path.lexists(path):
        raise Misuse.one(
            "the folder exists already",
            found=target,
            allowed="a name that is not taken",
            remedy="Choose another name, or move the folder away.",
        )
    folder = find_case(source)
    if folder.resolve() in path.resolve().parents:
        raise Misuse.one(
            "the new case would lie inside the one that it copies",
            found=target,
            allowed=f"a folder outside {source}",
            remedy="Choose a place beside it.",
        )
    read_case(source)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-case-", dir=path.parent) as draft:
            copied = Path(draft) / path.name
            for file in _files(folder):
                place = copied / file.relative_to(folder)
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(file, place)
            copied.rename(path)
    except OSError as error:
        raise cannot_write(path, error) from None
    return path


def _files(folder: Path) -> Iterator[Path]:
    """Yield the files of a case, without what an editor or git keeps hidden beside them."""
    for path in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden:
            yield path
