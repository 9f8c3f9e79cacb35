"""What a benchmark is: a command that a user runs, and perhaps a peer to hold it against."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

CASE = "ukraine-2025-08"


@dataclass(frozen=True)
class Command:
    """A command line under the name that the table shows.

    words turns a scratch folder of its own, in which it may put files, into the command line.
    """

    name: str
    words: Callable[[Path], list[str]]


@dataclass(frozen=True)
class Benchmark:
    """One thing that is measured.

    peer is measured in turn with the command, run by run, so that both meet the same machine.
    """

    command: Command
    peer: Command | None = None

    @property
    def commands(self) -> tuple[Command, ...]:
        return (self.command,) if self.peer is None else (self.command, self.peer)


def guarantor(*arguments: str) -> Command:
    """Return a command of the program as it is installed beside the Python that runs this."""
    program = Path(sys.executable).with_name("guarantor")
    return Command(" ".join(("guarantor", *arguments)), lambda _: [str(program), *arguments])
