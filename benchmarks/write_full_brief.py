"""The full brief as HTML, PDF and trace records: every option, every deal, every chart."""

from __future__ import annotations

from benchmarks.benchmark import CASE, Benchmark, Command, guarantor

_program = guarantor("brief", CASE, "--edition", "full")

BENCHMARK = Benchmark(
    Command(_program.name, lambda folder: [*_program.words(folder), "-o", str(folder)])
)
