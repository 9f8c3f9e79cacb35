"""Runs all benchmarks and prints a table: python -m benchmarks [--runs N] [--write]."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from benchmarks.measure import CommandFailed, measure
from benchmarks.registry import BENCHMARKS
from benchmarks.report import FUTURES, machine, table, with_results

README = Path(__file__).with_name("README.md")


def main() -> int:
    """Return 0 when every command was measured, 1 when one failed; then nothing is written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--runs", type=int, default=7, help="counted runs of each command")
    parser.add_argument("--write", action="store_true", help="renew the table of the README")
    parser.add_argument("--most", type=int, default=1_000_000, help="futures of the longest run")
    chosen = parser.parse_args()
    if chosen.runs < 1:
        parser.error("at least one run")
    measured, failed = [], []
    for benchmark in BENCHMARKS:
        print(f"{benchmark.command.name} …", file=sys.stderr)
        try:
            measured.append(measure(benchmark, chosen.runs))
        except (CommandFailed, OSError) as error:
            failed.append(f"{benchmark.command.name} could not be measured: {error}")
    results = f"{machine(chosen.runs)}\n{table(measured)}"
    print(results, end="")
    print("futures …", file=sys.stderr)
    # in a process of its own: what it imports would hide the memory of the commands
    words = [sys.executable, "-m", "benchmarks.futures", "--most", str(chosen.most)]
    futures = subprocess.run(words, stdout=subprocess.PIPE, text=True, check=False)
    print(f"\n{futures.stdout}", end="")
    if futures.returncode:
        failed.append("futures could not be measured")
    for sentence in failed:
        print(sentence, file=sys.stderr)
    if failed:
        return 1
    if chosen.write:
        page = README.read_text(encoding="utf-8")
        page = with_results(with_results(page, results), futures.stdout, FUTURES)
        README.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
