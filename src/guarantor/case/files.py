"""Reads the bytes of a case's files and refuses what no honest case file contains."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from stat import S_ISREG
from typing import TYPE_CHECKING

from guarantor.problems import Collector, Problem

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes above which a file is refused unread: no case file of ours comes near it."""

UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]"
)
"""Characters that a reader cannot see, or that change the lines or the order of what is seen."""

_MARK = b"\xef\xbb\xbf"
_LONE_RETURN = re.compile("\r(?!\n)")


@dataclass(frozen=True)
class CaseFile:
    """One readable file: its path inside the case folder, with slashes, and its text."""

    name: str
    text: str


def read_file(folder: Path, name: str, problems: Collector) -> CaseFile | None:
    """Return the file as text, or None after noting why it cannot be read.

    A byte-order mark and characters that cannot be seen are noted and left out of the text, so
    that the rest of the file is looked over as well.
    """
    data = _read_bytes(folder / name, name, problems)
    return None if data is None else _decode(name, data, problems)


def _read_bytes(path: Path, name: str, problems: Collector) -> bytes | None:
    try:
        status = path.stat()
        if S_ISREG(status.st_mode) and status.st_size <= LARGEST:
            return path.read_bytes()
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
    if not S_ISREG(status.st_mode):
        problems.add(
            Problem(
                "this is not a file and was not read",
                file=name,
                found="a folder, a device or a pipe",
                allowed="a file",
                remedy="Put a plain file in its place.",
            )
        )
        return None
    problems.add(
        Problem(
            "the file is too large and was not read",
            file=name,
            found=f"{status.st_size} bytes",
            allowed=f"at most {LARGEST} bytes",
            remedy="Keep raw data outside the case and cite it as a source.",
        )
    )
    return None


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
    if "\0" in text:
        problems.add(_unseen(name, text.count("\n", 0, text.index("\0")) + 1, "\0"))
        return None
    if lone := _LONE_RETURN.search(text):
        problems.add(
            Problem(
                "a line ends with a carriage return alone",
                file=name,
                line=text.count("\n", 0, lone.start()) + 1,
                found="U+000D",
                allowed="lines that end as on Linux or Windows",
                remedy="Save it with the line ends of Linux or Windows.",
            )
        )
        return None
    if UNSEEN.search(text):
        for number, line in enumerate(text.split("\n"), start=1):
            if found := UNSEEN.search(line):
                problems.add(_unseen(name, number, found[0]))
        text = UNSEEN.sub("", text)
    return CaseFile(name, text)


def _unseen(name: str, line: int, character: str) -> Problem:
    return Problem(
        "a control character stands in the text",
        file=name,
        line=line,
        found=f"U+{ord(character):04X}",
        allowed="letters, digits, punctuation, tabs and line ends",
        remedy="Delete the character.",
    )


def digest(files: list[CaseFile]) -> str:
    """Return the SHA-256 of the files' names and texts, the same in whatever order they came."""
    total = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.name):
        for part in (file.name, file.text):
            data = part.encode()
            total.update(len(data).to_bytes(8, "big"))
            total.update(data)
    return total.hexdigest()
