"""Reads the bytes of a case's files and refuses what no honest case file contains."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.problems import Collector, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes above which a file is refused unread: no case file of ours comes near it."""

_MARK = b"\xef\xbb\xbf"
_ALLOWED_CONTROLS = frozenset("\t\n\r")


@dataclass(frozen=True)
class CaseFile:
    """One readable file: its path inside the case folder, with slashes, and its text."""

    name: str
    text: str


def read_file(folder: Path, name: str, problems: Collector) -> CaseFile | None:
    """Return the file as text, or None after noting why it cannot be read."""
    path = folder / name
    try:
        size = path.stat().st_size
        if size > LARGEST:
            problems.add(
                Problem(
                    "the file is too large and was not read",
                    file=name,
                    found=f"{size} bytes",
                    allowed=f"at most {LARGEST} bytes",
                    remedy="Keep raw data outside the case and cite it as a source.",
                )
            )
            return None
        data = path.read_bytes()
    except OSError as error:
        problems.add(
            Problem(
                "the file cannot be read",
                file=name,
                found=error.strerror,
                remedy="Restore it from the case it was copied from, or mend its permissions.",
            )
        )
        return None
    return _decode(name, data, problems)


def _decode(name: str, data: bytes, problems: Collector) -> CaseFile | None:
    if data.startswith(_MARK):
        data = data.removeprefix(_MARK)
        problems.add(
            Problem(
                "the file starts with a byte-order mark",
                file=name,
                line=1,
                found="bytes EF BB BF",
                allowed="UTF-8 without a mark",
                remedy="Save it as 'UTF-8', not as 'UTF-8 with BOM'.",
            )
        )
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        problems.add(
            Problem(
                "the file is not UTF-8",
                file=name,
                line=data.count(b"\n", 0, error.start) + 1,
                found=f"byte {data[error.start]:02X}",
                allowed="UTF-8",
                remedy="Save it as UTF-8.",
            )
        )
        return None
    for number, line in enumerate(text.split("\n"), start=1):
        bad = next((c for c in line if c < " " and c not in _ALLOWED_CONTROLS), None)
        if bad is not None:
            problems.add(
                Problem(
                    "a control character stands in the text",
                    file=name,
                    line=number,
                    found=f"U+{ord(bad):04X}",
                    allowed="letters, digits, punctuation, tabs and line ends",
                    remedy="Delete the character.",
                )
            )
            return None
    return CaseFile(name, text)


def digest(files: list[CaseFile]) -> str:
    """Return the SHA-256 of the files' names and texts, the same in whatever order they came."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        for part in (file.name, file.text):
            data = part.encode()
            total.update(len(data).to_bytes(8, "big"))
            total.update(data)
    return total.hexdigest()
