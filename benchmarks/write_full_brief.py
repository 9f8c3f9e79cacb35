"""The full brief as HTML, PDF and trace records, warm and cold, beside its futures alone.

Warm finds the month compiled by an earlier run; cold may keep nothing and compiles it each time.
"""

from __future__ import annotations

import sys

from benchmarks.benchmark import CASE, Benchmark, Command, guarantor

FUTURES = f"""
from guarantor.case.read import read_case
from guarantor.questions import answer_for
case = read_case({CASE!r})
for question in ("robust", "break", "hold", "breach"):
    answer_for(question, case)
"""
"""What the brief asks of futures, and nothing else of it."""

_program = guarantor("brief", CASE, "--edition", "full")
_warm = Command(_program.name, lambda folder: [*_program.words(folder), "-o", str(folder)])
_cold = Command(
    f"{_program.name}, nothing compiled",
    lambda folder: ["env", "XDG_CACHE_HOME=/dev/null", *_warm.words(folder)],
)
_futures = Command("its futures alone", lambda _: [sys.executable, "-c", FUTURES])

BENCHMARK = Benchmark(_warm, _futures)
COLD = Benchmark(_cold)
