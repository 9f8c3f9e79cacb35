"""The benchmarks measure what they say, and a figure that cannot be trusted is refused."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("the benchmarks need Linux or macOS", allow_module_level=True)

import resource

from benchmarks.benchmark import Benchmark, Command
from benchmarks.measure import CommandFailed, Result, Run, measure, run
from benchmarks.registry import BENCHMARKS
from benchmarks.report import table, with_results

README = Path(__file__).parents[1] / "benchmarks" / "README.md"

SPARE = 100_000_000


def python(code):
    return [sys.executable, "-c", code]


def more_than_we_hold():
    """Bytes that are well above the peak of the process that runs the tests."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit + SPARE


def holds_much(then="pass"):
    return python(f"held = bytearray({more_than_we_hold()}); {then}")


def test_time_and_peak_memory_are_those_of_the_process():
    held = more_than_we_hold()
    found = run(python(f"import time; held = bytearray({held}); time.sleep(0.3)"))
    assert held < found.peak_bytes < held + SPARE
    assert 0.3 < found.seconds < 30


def test_a_peak_that_the_measuring_process_hides_is_refused():
    with pytest.raises(CommandFailed, match="hidden"):
        run(python("pass"))


def test_a_command_that_fails_is_refused_with_its_last_words():
    with pytest.raises(CommandFailed, match=r"^no such case$"):
        run(python("import sys; sys.exit('first\\nno such case')"))


def test_command_and_peer_take_turns_and_the_first_turn_is_not_counted(tmp_path):
    log = tmp_path / "log"

    def logs(name):
        return Command(name, lambda _: holds_much(f"open({str(log)!r}, 'a').write('{name}')"))

    ours, peer = measure(Benchmark(logs("a"), logs("b")), 2)
    assert log.read_text() == "ababab"
    assert (ours.name, len(ours.runs), peer.name, len(peer.runs)) == ("a", 2, "b", 2)


def test_a_command_has_a_scratch_folder_of_its_own():
    given = []

    def words(folder):
        assert not any(folder.iterdir())
        given.append(folder)
        return holds_much()

    measure(Benchmark(Command("a", words), Command("b", words)), 1)
    assert len(set(given)) == 2


def test_best_median_and_largest_peak_are_taken_over_the_runs():
    result = Result("x", (Run(3.0, 10), Run(1.0, 30), Run(2.5, 20)))
    assert (result.best, result.median, result.peak_bytes) == (1.0, 2.5, 30)


def test_the_table_gives_a_command_its_ratio_to_its_peer_by_their_best_runs():
    ours = Result("ours", (Run(0.3, 25_000_000), Run(0.9, 25_000_000)))
    peer = Result("peer", (Run(0.2, 20_000_000), Run(0.2, 20_000_000)))
    rows = table([(ours, peer), (peer,)]).splitlines()[2:]
    assert rows == [
        "| ours | 0.30 | 0.60 | 25 | 1.50 |",
        "| peer | 0.20 | 0.20 | 20 |  |",
        "| peer | 0.20 | 0.20 | 20 |  |",
    ]


def test_results_are_written_between_the_marks_and_nowhere_else():
    page = "before\n<!-- results -->\nold\n<!-- end of results -->\nafter\n"
    renewed = with_results(page, "new\n")
    assert renewed == "before\n<!-- results -->\n\nnew\n\n<!-- end of results -->\nafter\n"
    assert with_results(renewed, "new\n") == renewed


def test_a_page_without_marks_is_refused():
    with pytest.raises(ValueError, match="no lines"):
        with_results("a page\n", "new\n")


def test_the_published_table_has_every_command_and_no_path():
    page = README.read_text(encoding="utf-8")
    for benchmark in BENCHMARKS:
        for command in benchmark.commands:
            assert f"| {command.name} |" in page
    assert "/usr" not in page
    assert "/home" not in page
