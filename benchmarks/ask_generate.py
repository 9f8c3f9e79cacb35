"""The balanced force of one option at every reach: eleven programmes are built and solved."""

from benchmarks.benchmark import CASE, Benchmark, guarantor

BENCHMARK = Benchmark(guarantor("ask", "generate", CASE, "--option", "reassurance-division"))
