"""Each statement of the programme, as it stands in the file that any solver reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import SUPPORT, line, pool, source, tables

from guarantor.optimise import statements
from guarantor.optimise.burden import Counted

GOLDEN = Path(__file__).parent / "golden"


def tiny():
    """Return two nations, two lines, one need and one unit that either line could have."""
    lines = [line("fight", "p", 2), line("help", "q", 1.5)]
    sources = [
        source("fights", "AAA", 0, "p", 2, waits=(SUPPORT,)),
        source("helps", "USA", 1, "q", 1),
        source("gives", "BBB", 1, "q", 1, arrives=6, given=True),
        source("either", "BBB", 0, "p", 1),
        source("either", "BBB", 1, "q", 1),
    ]
    pools = [pool("AAA", "p", 4, 3), pool("BBB", "q", 2, 2)]
    return tables(lines, sources, pools, (0, 6, 12), {("p", "q"): 0.5}, {("q", "p"): 0.25})


def unfair(m, made):
    people = {Counted.UNITS: [10.0, 5.0, 0.0, 10.0, 5.0]}
    statements.measure_unfairness(m, made, {"AAA": 0.75, "BBB": 0.25}, people)


STATEMENTS = {
    "fill-each-line": statements.fill_each_line,
    "stay-within-pools": statements.stay_within_pools,
    "put-a-unit-in-one-place": statements.put_a_unit_in_one_place,
    "respect-conditions": statements.respect_conditions,
    "bring-what-units-need": statements.bring_what_units_need,
    "send-no-idle-units": statements.send_no_idle_units,
    "keep-what-has-come": statements.keep_what_has_come,
    "measure-unfairness": unfair,
}


def written(name: str, folder: Path) -> str:
    made = tiny()
    m = statements.variables(made)
    STATEMENTS[name](m, made)
    m.add_objective(1 * m["unfilled"].sum())
    path = folder / f"{name}.lp"
    m.to_file(path, explicit_coordinate_names=True, progress=False)
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", STATEMENTS)
def test_a_statement_is_written_as_it_was_read_and_approved(name, tmp_path):
    golden = GOLDEN / f"{name}.lp"
    assert written(name, tmp_path) == golden.read_text(encoding="utf-8")


def test_the_whole_programme_has_every_statement():
    m = statements.model(tiny())
    names = set(m.constraints)
    assert {"fill-line", "pool", "offer", f"condition-{SUPPORT}", "need"} <= names
    assert {"spare-when-full", "full-when-filled", "stay-after-0"} <= names
