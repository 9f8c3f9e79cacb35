"""Shows results as a table, and keeps the table of the README."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Result

START, END = "<!-- results -->\n", "<!-- end of results -->\n"


def table(measured: Sequence[Sequence[Result]]) -> str:
    """Return a Markdown table; a command stands above the peer that it is held against."""
    rows = [("command", "best, s", "median, s", "peak memory, MB", "times its peer")]
    rows.append(("---", "--:", "--:", "--:", "--:"))
    for results in measured:
        first, *peers = results
        ratios = [f"{first.best / peer.best:.2f}" for peer in peers]
        for result, ratio in zip(results, [*ratios, ""], strict=False):
            peak = f"{result.peak_bytes / 1e6:.0f}"
            rows.append((result.name, f"{result.best:.2f}", f"{result.median:.2f}", peak, ratio))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def machine(runs: int) -> str:
    """Return what the figures were taken on: nothing that names a person or a place."""
    return (
        f"guarantor {version('guarantor')}, {platform.python_implementation()} "
        f"{platform.python_version()} on {platform.system()}, {os.cpu_count()} cores, {runs} runs "
        "of each command.\n"
    )


def with_results(page: str, results: str) -> str:
    """Return the page with the results between its marks; raises ValueError when it has none."""
    before, start, rest = page.partition(START)
    _, end, after = rest.partition(END)
    if not start or not end:
        raise ValueError(f"the page has no lines {START.strip()} and {END.strip()}")
    return f"{before}{START}\n{results}\n{END}{after}"
