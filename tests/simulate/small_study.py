"""One small study, and what tests of studies do to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LEAD = "ukraine-2025-08"
OPTIONS = ("reassurance-brigade", "status-quo")
DEALS = ("ceasefire-with-consent", "fighting-goes-on")
MONTHS = 7
BLOCKS = 5
EACH = 2
"""Three files of blocks: two of them full, the last with one."""

EXPORTS = ("outcomes.nc", "summary.json")


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in EXPORTS}


def stopping_after(blocks: int):
    left = iter(range(blocks - 1))
    return lambda _progress: next(left, None) is not None
