"""Every benchmark, in the order of the table."""

from benchmarks import (
    ask_at_a_glance,
    ask_feasible,
    ask_share,
    check_case,
    help_page,
    write_full_brief,
    write_one_page,
)

BENCHMARKS = (
    help_page.BENCHMARK,
    check_case.BENCHMARK,
    ask_at_a_glance.BENCHMARK,
    ask_feasible.BENCHMARK,
    ask_share.BENCHMARK,
    write_one_page.BENCHMARK,
    write_full_brief.BENCHMARK,
)
