"""Every benchmark, in the order of the table."""

from benchmarks import (
    ask_at_a_glance,
    ask_feasible,
    ask_generate,
    ask_share,
    ask_us_role,
    check_case,
    deep,
    help_page,
    large_programme,
    write_full_brief,
    write_one_page,
)

BENCHMARKS = (
    help_page.BENCHMARK,
    check_case.BENCHMARK,
    ask_at_a_glance.BENCHMARK,
    ask_feasible.BENCHMARK,
    ask_share.BENCHMARK,
    ask_generate.BENCHMARK,
    ask_us_role.BENCHMARK,
    large_programme.BENCHMARK,
    deep.BOXES,
    deep.WEIGHTINGS,
    deep.ROBUST,
    write_one_page.BENCHMARK,
    write_full_brief.BENCHMARK,
    write_full_brief.COLD,
)
