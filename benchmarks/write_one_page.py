"""The one-pager as HTML, PDF and trace records, with its chart drawn."""

from __future__ import annotations

from benchmarks.benchmark import CASE, Benchmark, Command, guarantor

_program = guarantor("brief", CASE, "--edition", "one-page")

BENCHMARK = Benchmark(
    Command(_program.name, lambda folder: [*_program.words(folder), "-o", str(folder)])
)
