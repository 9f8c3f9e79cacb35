"""An answer on need and supply over every option: the case is read, asked and printed."""

from benchmarks.benchmark import CASE, Benchmark, guarantor

BENCHMARK = Benchmark(guarantor("ask", "feasible", CASE))
