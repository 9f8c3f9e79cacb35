"""Starts a case of one's own as a copy of another."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from guarantor.case.read import find_case, read_case
from guarantor.output import cannot_write
from guarantor.problems import Misuse


def copy_case(source: str, target: str) -> Path:
    """Copy a case that has no problem into a new folder and return it.

    Raises Misuse when the folder exists, and Problems when the source has problems or the place
    cannot be written; a copy is there as a whole or not at all.
    """
    path = Path(target)
    if path.exists():
        raise Misuse.one(
            "the folder exists already",
            found=target,
            allowed="a name that is not taken",
            remedy="Choose another name, or move the folder away.",
        )
    read_case(source)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".new-case-", dir=path.parent) as draft:
            copied = Path(draft) / path.name
            shutil.copytree(find_case(source), copied, copy_function=shutil.copyfile)
            copied.rename(path)
    except OSError as error:
        raise cannot_write(path, error) from None
    return path
