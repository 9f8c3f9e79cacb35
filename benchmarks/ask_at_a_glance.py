"""One answer with everything behind it: the case is read, asked and printed."""

from benchmarks.benchmark import CASE, Benchmark, guarantor

BENCHMARK = Benchmark(guarantor("ask", "at-a-glance", CASE))
