"""Reading and checking the lead case."""

from benchmarks.benchmark import CASE, Benchmark, guarantor

BENCHMARK = Benchmark(guarantor("check", CASE))
