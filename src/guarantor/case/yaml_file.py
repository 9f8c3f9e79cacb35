"""Reads YAML into plain values that remember the line each came from."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from guarantor.case.files import UNSEEN
from guarantor.case.tree import Path, Tree, shown
from guarantor.problems import Collector, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.files import CaseFile

DEEPEST = 20
"""Levels of nesting above which a YAML file is refused: the deepest record has eight."""

_LONGEST_NUMBER = 40
_NULL = re.compile("|~|null|Null|NULL")
_TRUTH = re.compile("(?P<true>true|True|TRUE)|false|False|FALSE")
_WHOLE = re.compile("[-+]?[0-9]+")
_DECIMAL = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_NOT_FINITE = re.compile(r"(?P<sign>[-+]?)\.(?P<name>inf|Inf|INF)|\.(nan|NaN|NAN)")


def read_yaml(file: CaseFile, problems: Collector) -> Tree | None:
    """Return the file as a tree, or None after noting why it is no YAML of ours.

    Aliases are refused, so that a small file cannot unfold into a huge one, and so are tags, which
    make values of anything but text, numbers and truth values.
    """
    tree, found = _read(file)
    problems.extend(found)
    return tree


@lru_cache(maxsize=64)
def _read(file: CaseFile) -> tuple[Tree | None, tuple[Problem, ...]]:
    """Return the tree and the problems of a file, kept for when its case is read again."""
    problems = Collector()
    tree = _tree(file, problems)
    return tree, tuple(problems)


def _tree(file: CaseFile, problems: Collector) -> Tree | None:
    reader = _Reader(file, problems)
    try:
        value = reader.document()
    except Problems as refusal:
        problems.extend(refusal.problems)
        return None
    except (YAMLError, ValueError, OverflowError) as error:  # the two last: impossible characters
        problems.add(
            Problem(
                "the file is not valid YAML",
                file=file.name,
                line=reader.line_of_error(error),
                found=shown(getattr(error, "problem", None) or str(error).split("\n", 1)[0]),
                remedy="Compare the indentation and the quotes with the lines around it.",
            )
        )
        return None
    if not isinstance(value, dict):
        problems.add(
            Problem(
                "the file holds no fields",
                file=file.name,
                line=1,
                found="nothing" if value is None else shown(value),
                allowed="lines of the form 'field: value'",
            )
        )
        return None
    return Tree(file.name, value, reader.lines.get((), 1), reader.lines)


@dataclass
class _Reader:
    """Turns the events of one file into values in a single pass, and stops at the first harm."""

    file: CaseFile
    problems: Collector
    lines: dict[Path, int] = field(default_factory=dict)
    last: Event | None = None

    def document(self) -> Any:
        """Return the value of the only document; raises Problems, YAMLError and ValueError."""
        events = self._events()
        value: Any = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise self._refused(
                        "the file holds more than one document", event, "---", "one document"
                    )
                value = self._value(next(events), (), events)
        return value

    def line_of_error(self, error: Exception) -> int:
        """Return the line to look at: where a quote opens when the error follows its text."""
        last = self.last
        if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
            return 1 if last is None else int(last.end_mark.line) + 1
        mark = error.problem_mark
        if error.context_mark is not None and "quoted" in str(error.context):
            mark = error.context_mark
        if isinstance(last, ScalarEvent) and last.style in ("'", '"'):
            mark = last.start_mark if last.end_mark.line == mark.line else mark
        return int(mark.line) + 1

    def _events(self) -> Iterator[Event]:
        for event in YAML(typ="safe", pure=True).parse(self.file.text):
            self.last = event
            yield event

    def _value(self, event: Event, path: Path, events: Iterator[Event]) -> Any:
        self.lines.setdefault(path, event.start_mark.line + 1)
        if isinstance(event, AliasEvent):
            raise self._refused(
                "an alias repeats another part of the file", event, f"*{event.anchor}", "no aliases"
            )
        if len(path) > DEEPEST:
            raise self._refused(
                "nested too deeply",
                event,
                f"more than {DEEPEST} levels",
                f"at most {DEEPEST} levels",
            )
        if tag := getattr(event, "tag", None):
            refusal = self._refused("a tag stands before a value", event, str(tag), "no tags")
            self.problems.extend(refusal.problems)
        if isinstance(event, MappingStartEvent):
            return dict(self._fields(path, events))
        if isinstance(event, SequenceStartEvent):
            return list(self._items(path, events))
        return self._scalar(event) if isinstance(event, ScalarEvent) else None

    def _items(self, path: Path, events: Iterator[Event]) -> Iterator[Any]:
        index = 0
        while not isinstance(event := next(events), SequenceEndEvent):
            yield self._value(event, (*path, index), events)
            index += 1

    def _fields(self, path: Path, events: Iterator[Event]) -> Iterator[tuple[str, Any]]:
        seen: dict[str, int] = {}
        while not isinstance(event := next(events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._refused(
                    "the name of a field is not a word", event, "a list, fields or an alias", "text"
                )
            key = self._seen(event, event.value, "")
            line = event.start_mark.line + 1
            if first := seen.get(key):
                self.problems.add(
                    Problem(
                        "the field stands twice",
                        file=self.file.name,
                        line=line,
                        field=".".join(str(step) for step in (*path, key)),
                        found=f"lines {first} and {line}",
                        allowed="each field once",
                        remedy="Delete one of them.",
                    )
                )
            else:
                seen[key] = self.lines[(*path, key)] = line
            value = self._value(next(events), (*path, key), events)
            if value is not None and not first:  # without a value it is absent, as a blank cell is
                yield key, value

    def _scalar(self, event: ScalarEvent) -> Any:
        """Return numbers and truth values as such and everything else, dates too, as text."""
        if event.implicit[0] and event.tag is None:
            return _plain(event.value)
        return self._seen(event, event.value, "\t\n")

    def _seen(self, event: ScalarEvent, text: str, breaks: str) -> str:
        """Return the text without what cannot be seen, which escapes can bring into it."""
        if text.isprintable():
            return text
        kept = "".join(c for c in text if c in breaks or not (UNSEEN.match(c) or c in "\t\n\r"))
        if kept != text:
            bad = next(c for c in text if c not in kept)
            self.problems.add(
                Problem(
                    "a control character is written into the text",
                    file=self.file.name,
                    line=event.start_mark.line + 1,
                    found=f"U+{ord(bad):04X}",
                    allowed="letters, digits, punctuation and spaces",
                    remedy="Delete the character.",
                )
            )
        return kept

    def _refused(self, what: str, event: Event, found: str, allowed: str) -> Problems:
        return Problems(
            [
                Problem(
                    what,
                    file=self.file.name,
                    line=event.start_mark.line + 1,
                    found=shown(found),
                    allowed=allowed,
                    remedy="Write the values out, as the other entries do.",
                )
            ]
        )


def _plain(text: str) -> Any:
    """Return what an unquoted word means by the core schema of YAML 1.2."""
    if _NULL.fullmatch(text):
        return None
    if truth := _TRUTH.fullmatch(text):
        return truth["true"] is not None
    if len(text) <= _LONGEST_NUMBER:
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
        if found := _NOT_FINITE.fullmatch(text):
            return float(f"{found['sign']}inf" if found["name"] else "nan")
    return text
