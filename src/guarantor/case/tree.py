"""Plain values of a file that remember the line each came from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

Path = tuple[str | int, ...]


@dataclass
class Tree:
    """Plain values of one block or row, and the line of each value by its path.

    absent: fields that the whole file lacks, which its reader has noted. legible is False for a row
    whose cells cannot be told apart: nothing but its key is known.
    """

    file: str
    value: Any
    line: int
    lines: dict[Path, int] = field(default_factory=dict)
    absent: frozenset[str] = frozenset()
    legible: bool = True

    def line_of(self, path: Iterable[str | int]) -> int:
        """Return the line of the value at `path`, or of the nearest thing around it."""
        steps = tuple(path)
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return self.lines.get(steps, self.line)

    def at(self, *steps: str | int) -> Tree:
        """Return the part of the tree below the given steps."""
        value = self.value
        for step in steps:
            value = value[step]
        depth = len(steps)
        below = {path[depth:]: at for path, at in self.lines.items() if path[:depth] == steps}
        return Tree(self.file, value, self.line_of(steps), below)


def shown(value: object) -> str:
    """Return a value as it stands in a problem: on one line, and not longer than is of use."""
    text = value if isinstance(value, str) and value and value.isprintable() else repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
