"""Shows results as a table, and keeps the table of the README."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.measure import Result

RESULTS, FUTURES = "results", "results of futures"
"""Names of the tables of the page."""


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


def with_results(page: str, results: str, name: str = RESULTS) -> str:
    """Return the page with results between the marks of a name; raises ValueError without them."""
    opens, closes = f"<!-- {name} -->\n", f"<!-- end of {name} -->\n"
    before, start, rest = page.partition(opens)
    _, end, after = rest.partition(closes)
    if not start or not end:
        raise ValueError(f"the page has no lines {opens.strip()} and {closes.strip()}")
    return f"{before}{opens}\n{results}\n{closes}{after}"
