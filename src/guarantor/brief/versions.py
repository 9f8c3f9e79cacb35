"""What a folder holds of earlier briefs, and which version the next one is.

`brief.json` says for each edition its version, the hash of its content, what it replaced and what
changed, and the hash of each file. A version that was written is never written over: its files go
to `earlier/` as they are, and the new version names the hash of the old one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from difflib import SequenceMatcher
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import Field, ValidationError

from guarantor.answer.answer import Column, Table
from guarantor.answer.text import Cited, text
from guarantor.answer.trace import Part, Trace
from guarantor.brief.matter import DOCUMENT
from guarantor.output import cannot_write
from guarantor.problems import Problem, Problems
from guarantor.quantity import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from guarantor.answer.text import Text

RECORD = "brief.json"
EARLIER = "earlier"
SHORT = 12
"""Characters of a hash that are printed; the record has all of them."""

MOST = 80
"""Changes that are printed; the rest are counted."""

Lines = tuple[tuple[str, str], ...]


class Replaced(Part):
    """The version that a version replaces."""

    version: int
    content: str


class Edition(Part):
    """One edition as it was written: its version, its content, and the hash of each file."""

    version: int
    content: str
    replaces: Replaced | None = None
    changes: tuple[tuple[str, str, str], ...] = ()
    lines: Lines
    files: dict[str, str]


class Released(Part):
    """Everything that was written to a folder, by edition."""

    case: str
    editions: dict[str, Edition] = Field(default_factory=dict)

    def to_json(self) -> bytes:
        """Return the record as JSON with one layout."""
        data = self.model_dump(mode="json")
        return (json.dumps(data, indent=1, ensure_ascii=False) + "\n").encode()


def read_released(folder: Path, case: str) -> Released:
    """Return what the folder holds; raises Problems when it is another case's or was altered."""
    path = folder / RECORD
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return Released(case=case)
    except OSError as error:
        raise cannot_write(folder, error) from None
    try:
        released = Released.model_validate_json(data)
    except ValidationError:
        raise Problems(
            [
                Problem(
                    "the record of earlier briefs cannot be read",
                    file=str(path),
                    found="a file that this program did not write",
                    allowed=f"{RECORD} as it was written",
                    remedy="Put it back, or name another folder with -o.",
                )
            ]
        ) from None
    if released.case != case:
        raise Problems(
            [
                Problem(
                    "the folder holds the brief of another case",
                    file=str(path),
                    found=released.case,
                    allowed=case,
                    remedy="Name another folder with -o.",
                )
            ]
        )
    altered = [
        name
        for edition in released.editions.values()
        for name, digest in edition.files.items()
        if (folder / name).is_file() and hash_of((folder / name).read_bytes()) != digest
    ]
    if altered:
        raise Problems(
            [
                Problem(
                    "a released brief was altered after it was written",
                    file=str(folder / altered[0]),
                    found=", ".join(altered),
                    allowed="the files as they were written",
                    remedy="Move what you altered elsewhere, or name another folder with -o.",
                )
            ]
        )
    return released


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of a file's bytes."""
    return sha256(data).hexdigest()


@dataclass(frozen=True)
class Version:
    """Which version an edition is, which one it replaces, and what changed since."""

    number: int
    content: str
    replaces: Replaced | None = None
    changes: tuple[tuple[str, str, str], ...] = ()

    @classmethod
    def after(cls, old: Edition | None, content: str, lines: Lines) -> Version:
        """Return the version of a content: the one that is there when nothing changed."""
        if old is None:
            return cls(1, content)
        if old.content == content:
            return cls(old.version, content, old.replaces, old.changes)
        return cls(
            old.version + 1,
            content,
            Replaced(version=old.version, content=old.content),
            tuple(differences(old.lines, lines)),
        )

    def reset(self, old: Edition) -> Version:
        """Return the next version of the same content, which is set otherwise than before."""
        replaced = Replaced(version=old.version, content=old.content)
        return Version(old.version + 1, self.content, replaced)

    def stamp(self) -> tuple[tuple[Text, ...], dict[str, Trace]]:
        """Return the words that name the version and the one it replaces, with their records."""
        says = f"Version {self.number} of this edition, content {self.content[:SHORT]}"
        own = _own("version of this edition", f"{says}; in full {self.content}")
        found = [text("{v}", v=Cited(text=f"{says}.", trace=own.id))]
        traces = {own.id: own}
        if self.replaces:
            says = f"version {self.replaces.version}, content {self.replaces.content[:SHORT]}"
            old = _own("version replaced", f"{says}; in full {self.replaces.content}")
            found.append(text("It replaces {v}.", v=Cited(text=says, trace=old.id)))
            traces[old.id] = old
        return tuple(found), traces

    def page(self) -> tuple[Text, Table | None, dict[str, Trace]]:
        """Return what changed since the version replaced: a sentence, a table, their records."""
        if not self.changes:
            same = "Every word and figure is as it was; only the way it is set has changed."
            return text(same), None, {}
        count = _own("lines that changed", f"{len(self.changes)} lines changed")
        told = text(
            "Lines that changed since the version replaced: {n}"
            + ("; the first of them stand below." if len(self.changes) > MOST else "."),
            n=Cited(text=str(len(self.changes)), trace=count.id),
        )
        traces, rows = {count.id: count}, []
        for change in self.changes[:MOST]:
            record = _own("a line that changed", " → ".join(change))
            traces[record.id] = record
            where, before, now = (Cited(text=w or "–", trace=record.id) for w in change)
            rows.append((text("{w}", w=where), text("{b}", b=before), text("{n}", n=now)))
        titles = (("where", "Section"), ("before", "Before"), ("now", "Now"))
        table = Table(
            title="What changed",
            columns=tuple(Column(key=key, title=title) for key, title in titles),
            rows=tuple(rows),
        )
        return told, table, traces


def _own(label: str, says: str) -> Trace:
    return Trace.of(label=label, kind=Kind.JUDGED, says=says, judged_by=DOCUMENT)


def differences(
    before: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    """Return each line that changed: its section, the line before, and the line now."""
    old, new = list(before), list(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, left, left_end, right, right_end in matcher.get_opcodes():
        if what == "equal":
            continue
        gone, come = old[left:left_end], new[right:right_end]
        for place in range(max(len(gone), len(come))):
            was = gone[place] if place < len(gone) else ("", "")
            is_now = come[place] if place < len(come) else ("", "")
            yield is_now[0] or was[0], was[1], is_now[1]


def earlier(folder: Path, old: Mapping[str, Edition]) -> Iterator[tuple[Path, dict[str, bytes]]]:
    """Return, for each version that is replaced, the folder it goes to and its files."""
    for name, edition in old.items():
        held = {
            file: (folder / file).read_bytes()
            for file in edition.files
            if (folder / file).is_file()
        }
        if held:
            yield folder / EARLIER / f"{name}-version-{edition.version}", held
