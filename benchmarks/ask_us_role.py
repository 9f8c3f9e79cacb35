"""Every smallest role of the United States in one option, at best values and at both ends."""

from benchmarks.benchmark import CASE, Benchmark, guarantor

BENCHMARK = Benchmark(guarantor("ask", "us-role", CASE, "--option", "sky-guarantee"))
