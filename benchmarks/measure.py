"""Runs commands as processes of their own and takes their time and peak memory."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.benchmark import Benchmark

_BYTES_PER_UNIT = 1 if sys.platform == "darwin" else 1024
"""What one unit of ru_maxrss is: macOS counts bytes, Linux kibibytes."""


class CommandFailed(Exception):
    """A command could not be measured; the text says why."""


@dataclass(frozen=True)
class Run:
    """One run of a command."""

    seconds: float
    peak_bytes: int


@dataclass(frozen=True)
class Result:
    """All counted runs of one command."""

    name: str
    runs: tuple[Run, ...]

    @property
    def best(self) -> float:
        return min(run.seconds for run in self.runs)

    @property
    def median(self) -> float:
        return median(run.seconds for run in self.runs)

    @property
    def peak_bytes(self) -> int:
        return max(run.peak_bytes for run in self.runs)


def run(words: Sequence[str]) -> Run:
    """Run a command to its end; raises CommandFailed with the last line that it wrote.

    The usage is that of this one process and what it waited for: getrusage of all children would
    give the largest of all that ever ran. A process starts with the peak of the one that starts it,
    so a peak no higher than our own tells nothing and is refused; this package imports little.
    """
    with tempfile.TemporaryFile() as errors:
        start = time.perf_counter()
        process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip().splitlines()
            raise CommandFailed(said[-1] if said else f"it exited with {process.returncode}")
    if usage.ru_maxrss <= resource.getrusage(resource.RUSAGE_SELF).ru_maxrss:
        raise CommandFailed("its memory is hidden by that of the process that measures")
    return Run(seconds, usage.ru_maxrss * _BYTES_PER_UNIT)


def measure(benchmark: Benchmark, runs: int) -> tuple[Result, ...]:
    """Return the results of a benchmark and its peer, measured in turn.

    Each command runs once before, uncounted, so that its files are in memory and its bytecode is
    written. Raises CommandFailed.
    """
    counted: dict[str, list[Run]] = {command.name: [] for command in benchmark.commands}
    with tempfile.TemporaryDirectory() as scratch:
        lines = {}
        for number, command in enumerate(benchmark.commands):
            folder = Path(scratch) / str(number)
            folder.mkdir()
            lines[command.name] = command.words(folder)
        for turn in range(runs + 1):
            for name, words in lines.items():
                done = run(words)
                if turn:
                    counted[name].append(done)
    return tuple(Result(name, tuple(done)) for name, done in counted.items())
