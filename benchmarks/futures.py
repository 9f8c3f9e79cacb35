"""How quickly futures run, against peers and against themselves: python -m benchmarks.futures.

Everything is measured in one run, on one option of the lead case under one deal. Times are those of
the processor wherever only one thread works, so that other work on the machine counts as little as
can be; the rate on two threads has to be taken from the clock.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from benchmarks.benchmark import CASE
from benchmarks.measure import run as run_command
from benchmarks.month_in_numpy import run_block as numpy_block

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from guarantor.simulate.run import Job

OPTION, DEAL, MONTHS, SEED = "european-force-us-command", "ceasefire-with-consent", 120, 7
CHUNKS = (256, 512, 1024)
OTHERS = Path(__file__).parents[1] / ".venv-oracle" / "bin" / "python"
EMA_FUTURES = 100
MEMORY_BLOCKS = 98
"""Blocks that hold 100 000 futures."""


class Row(NamedTuple):
    """One line of the table."""

    what: str
    found: str
    wanted: str


def job_of_the_lead_case() -> Job:
    """Return the option that all is measured on, every contribution counted."""
    from guarantor.case.read import read_case
    from guarantor.simulate.run import job
    from guarantor.supply.shares import Level

    return job(read_case(CASE), OPTION, DEAL, Level.POSSIBLE, MONTHS)


def quickest(work: Callable[[], object], turns: int = 5) -> float:
    """Return the least processor seconds of this thread that a piece of work takes."""
    found = []
    for _ in range(turns):
        start = time.thread_time()
        work()
        found.append(time.thread_time() - start)
    return min(found)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Run before all other work of the machine, where the system allows it."""
    try:
        before, priority = os.sched_getscheduler(0), os.sched_getparam(0)
        os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
    except (AttributeError, OSError):
        yield
        return
    try:
        yield
    finally:
        os.sched_setscheduler(0, before, priority)


class Rates:
    """What is measured of one option, and what the table says of it."""

    def __init__(self, most: int) -> None:
        from guarantor.simulate.drawing import futures
        from guarantor.simulate.draws import BLOCK
        from guarantor.simulate.month import run_block
        from guarantor.simulate.run import draws_of

        self.most, self.block_size = most, BLOCK
        self.job = job_of_the_lead_case()
        self.draws = draws_of(self.job.table.case, SEED)
        for number in (0, 1):
            self.futures = futures(self.job.table, self.draws.block(number))
        self.compiled = lambda: run_block(self.job.table.structure, self.futures, self.job.what_if)
        self.drawn = lambda: futures(self.job.table, self.draws.block(2))
        self.compiled()

    def rows(self) -> list[Row]:
        """Measure everything."""
        month, drawing = quickest(self.compiled), quickest(self.drawn)
        one = self.processor_seconds(50 * self.block_size) / (50 * self.block_size)
        return [
            Row("compiled month alone, one thread", f"{self.block_size / month:,.0f} a second", ""),
            Row(
                "sampling of a block beside it",
                f"{drawing * 1e3:.0f} ms, the month {month * 1e3:.0f} ms",
                "",
            ),
            Row("all of it (sampling, month, money), one thread", f"{1 / one:,.0f} a second", ""),
            self.threads(),
            self.against_numpy(month),
            *self.against_ema(one),
            self.by_size(),
            self.preview(),
        ]

    def processor_seconds(self, wanted: int) -> float:
        """Return what so many futures take on one thread, nothing of them kept."""
        from guarantor.simulate.run import blocks_of, draws_of, each_block

        draws = draws_of(self.job.table.case, SEED)
        start = time.process_time()
        for _ in each_block([self.job], draws, range(blocks_of(wanted)), threads=1):
            pass
        return time.process_time() - start

    def threads(self) -> Row:
        """Hold two threads against one by the clock, in turn, the quickest of each.

        Where the system allows it, nothing else runs meanwhile: on a machine that does other work
        the clock would tell of that.
        """
        from guarantor.simulate.run import each_block

        took: dict[int, list[float]] = {1: [], 2: []}
        blocks = range(24)
        with undisturbed():
            for _ in range(5):
                for count, found in took.items():
                    start = time.perf_counter()
                    for _ in each_block([self.job], self.draws, blocks, threads=count):
                        pass
                    found.append(time.perf_counter() - start)
        one, two = min(took[1]), min(took[2])
        rate = len(blocks) * self.block_size / two
        return Row(
            "two threads against one, by the clock",
            f"{one / two:.2f} times, {rate:,.0f} a second",
            "1.7",
        )

    def against_numpy(self, month: float) -> Row:
        """Hold the month against the same month with NumPy, once both give the same numbers."""
        structure, what_if = self.job.table.structure, self.job.what_if
        ours, peer = self.compiled(), numpy_block(structure, self.futures, what_if, CHUNKS[0])
        for name, one, other in zip(ours._fields, ours, peer, strict=True):
            # what is left of sums that cancel is small beside the largest, not beside zero
            scale = 1e-9 * max(1.0, float(np.abs(one).max(initial=0.0)))
            if not np.allclose(one, other, rtol=1e-9, atol=scale):
                raise SystemExit(f"the month with NumPy gives other {name}; nothing was timed")
        took = {
            chunk: quickest(lambda c=chunk: numpy_block(structure, self.futures, what_if, c), 3)  # type: ignore[misc]
            for chunk in CHUNKS
        }
        best = min(took, key=lambda chunk: took[chunk])
        return Row(
            f"compiled month against NumPy at its best chunk ({best:,})",
            f"{took[best] / month:.1f} times",
            "5",
        )

    def against_ema(self, one: float) -> list[Row]:
        """Hold everything on one thread against the plain-Python month in EMA Workbench."""
        what = "against the plain month in EMA Workbench, one thread each"
        if not OTHERS.exists():
            return [
                Row(what, "not measured: there is no .venv-oracle; make oracle builds it", "400")
            ]
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "option.pickle"
            parts = (self.job.table.structure, self.futures, self.job.what_if)
            file.write_bytes(pickle.dumps([tuple(part) for part in parts]))
            words = [str(OTHERS), "-m", "benchmarks.month_in_ema", str(file), str(EMA_FUTURES)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(f"EMA Workbench could not be measured: {done.stderr.strip()[-300:]}")
        found = json.loads(done.stdout.strip().splitlines()[-1])
        theirs = found["processor"] / EMA_FUTURES
        return [
            Row(
                f"{what}; {found['parameters']} parameters there",
                f"{theirs / one:,.0f} times, {1 / theirs:.0f} a second there",
                "400; aim 1,000",
            )
        ]

    def by_size(self) -> Row:
        """Return how far the cost of one future lies apart for runs of different length."""
        sizes = [10**power for power in range(3, 8) if 10**power <= self.most]
        cost = {}
        for size in sizes:
            turns = 5 if size <= 10_000 else 1
            cost[size] = min(self.processor_seconds(size) for _ in range(turns)) / (
                -(-size // self.block_size) * self.block_size
            )
        shown = ", ".join(f"{cost[size] * 1e6:.0f} µs at {size:,}" for size in sizes)
        return Row(
            f"cost of a future from {sizes[0]:,} to {sizes[-1]:,}, largest to least",
            f"{max(cost.values()) / min(cost.values()):.2f} times ({shown})",
            "1.2 at most, to 10,000,000",
        )

    def preview(self) -> Row:
        """Hold 1 024 futures against the rendering of a page that shows them."""
        from guarantor.answer.html import notes_html, section_html, traces_html
        from guarantor.questions import answer_for

        settings = {"option": OPTION, "deal": DEAL, "months": str(MONTHS), "futures": "1024"}
        answer = answer_for("hold", self.job.table.case, settings)

        def page() -> None:
            for section in answer.sections:
                section_html(section)
            notes_html(answer.notes)
            traces_html(answer.traces, list(answer.traces))

        rendering = quickest(page)
        first = min(self.processor_seconds(self.block_size) for _ in range(5))
        return Row(
            "a preview of 1,024 futures against rendering its page (hold)",
            f"{first * 1e3:.0f} ms against {rendering * 1e3:.0f} ms",
            "",
        )


def memory() -> Row:
    """Return the peak memory of a process that runs 100 000 futures and keeps their outcome."""
    done = run_command([sys.executable, "-m", "benchmarks.futures", "--keep", str(MEMORY_BLOCKS)])
    return Row(
        f"peak memory, {MEMORY_BLOCKS * 1024:,} futures kept",
        f"{done.peak_bytes / 1e6:,.0f} MB",
        "1,000 MB at most",
    )


def keep(blocks: int) -> None:
    """Run so many blocks and keep what they give."""
    from guarantor.simulate.run import draws_of, run

    job = job_of_the_lead_case()
    run([job], draws_of(job.table.case, SEED), blocks)


def main() -> None:
    """Measure and print, or only run what another process measures the memory of."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.futures", description=__doc__)
    parser.add_argument("--most", type=int, default=1_000_000, help="futures of the longest run")
    parser.add_argument("--keep", type=int, help="only run so many blocks and keep them")
    chosen = parser.parse_args()
    if chosen.keep:
        keep(chosen.keep)
        return
    before = os.getloadavg()[0]
    # First, since a process starts with the peak of the one that starts it.
    peak = memory()
    rows = [*Rates(chosen.most).rows(), peak]
    load = f"{before:.1f} before and {os.getloadavg()[0]:.1f} after"
    print(f"{OPTION} under {DEAL}, {MONTHS} months, all contributions; load {load} on")
    print(f"{os.cpu_count()} processors.\n")
    print("| futures | measured | wanted |\n| --- | --: | --: |")
    for row in rows:
        print(f"| {' | '.join(row)} |")


if __name__ == "__main__":
    main()
