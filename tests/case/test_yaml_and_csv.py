"""YAML and CSV become plain values with lines, whatever is done to them."""

from __future__ import annotations

import csv
import io
import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from planting import LEAD

from guarantor.case.build import build, parts
from guarantor.case.csv_file import read_csv
from guarantor.case.files import CaseFile
from guarantor.case.records import Gate
from guarantor.case.statements import Option
from guarantor.case.yaml_file import read_yaml
from guarantor.problems import Collector, Problem

OPTION = (LEAD / "options" / "status-quo.yaml").read_text(encoding="utf-8")
GATES = "".join((LEAD / "gates.csv").read_text(encoding="utf-8").splitlines(keepends=True)[:6])
HARM = [
    *("&a ", "*a", "!!int ", "!!python/object:os.system ", "!", "- ", "? ", ": ", "<<: ", "\t"),
    *("{", "}", "[", "]", "'", '"', "|", ">-", "---\n", "...\n", "%YAML 1.1\n", "#", "\\", ","),
    *('"\\U00110000"', '"\\ud800"', '"\\x07"', "\\", "0x1F", "0b1", "0o8", "-_", ".nan", "-.inf"),
    *("1e999", "9" * 5000, "~", "null", "`", "@", "\n", "\n\n", "  ", "é", "\U0001f600", "\u202f"),
    *(
        "nan people",
        "EUR 5",
        "choice of a: 1",
        "absent",
        "2025-02-30",
        "P1Y",
        "{[a]: b}",
        "? [a]\n",
    ),
]


def yaml(text: str) -> tuple[object, list[Problem]]:
    problems = Collector()
    tree = read_yaml(CaseFile("a.yaml", text), problems)
    return (None if tree is None else tree.value), list(problems)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5", 5),
        ("-12", -12),
        ("007", 7),
        ("2.5", 2.5),
        ("1e3", 1000.0),
        (".inf", math.inf),
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("2025-08-22", "2025-08-22"),
        ("2025-08", "2025-08"),
        ("1_000", "1_000"),
        ("0b1", "0b1"),
        ("9" * 400, "9" * 400),
        ('"5"', "5"),
        ("'true'", "true"),
        ("PT72H", "PT72H"),
        ("[1, a]", [1, "a"]),
        ('"a\\tb"', "a\tb"),
    ],
)
def test_a_value_is_a_number_a_truth_value_or_text(text: str, value: object):
    assert yaml(f"field: {text}\n") == ({"field": value}, [])


@pytest.mark.parametrize("text", ["", "~", "null"])
def test_a_field_without_a_value_is_absent(text: str):
    assert yaml(f"a: 1\nfield: {text}\n") == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: &x [1]\nb: 2\nc: *x\n", 3),
        ("a: 1\nb: !!int 3\n", 2),
        ("a: 1\nb: !!python/object:os.system x\n", 2),
        ("a: 1\n? [b, c]\n: 2\n", 2),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a: 1\nb:\n\tc: 2\n", 3),
        ('a: 1\nb: "open\nc: 3\n', 2),
        ('a: 1\nb: "open\nc: "closed"\nd: 4\n', 2),
        ('a: 1\nb: "\\q"\n', 2),
        ('a: 1\nb: "\\x07"\n', 2),
        ('a: 1\nb: "\\U00110000"\n', 2),
        ("a: 1\nb: [1, 2\nc: 3\n", 3),
        ("a: 1\n" + "".join(f"{' ' * n}b:\n" for n in range(30)), 23),
        ("- a\n- b\n", 1),
        ("", 1),
        ("just words\n", 1),
    ],
)
def test_what_is_no_yaml_of_ours_is_named_with_its_line(text: str, line: int):
    _, problems = yaml(text)
    assert [problem.line for problem in problems] == [line]
    assert all(p.found and (p.allowed or p.remedy) for p in problems)


def test_a_bomb_of_aliases_is_refused_before_it_unfolds():
    bomb = "a0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
    )
    value, (problem,) = yaml(bomb)
    assert value is None
    assert (problem.line, problem.found) == (2, "*a0")


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "{? "])
def test_nesting_is_refused_at_once_however_deep(opening: str):
    value, problems = yaml(f"a:\n  {opening * 300_000}")
    assert value is None
    assert [problem.line for problem in problems] == [2]


def _harmed(text: str):
    """Return texts with up to three pieces of harm put somewhere into them."""
    place = st.tuples(st.integers(0, len(text)), st.sampled_from(HARM))

    def put(pieces: list[tuple[int, str]]) -> str:
        cuts = sorted(pieces)
        ends = [0, *(at for at, _ in cuts), len(text)]
        kept = [text[a:b] for a, b in pairwise(ends)]
        return kept[0] + "".join(
            harm + rest for (_, harm), rest in zip(cuts, kept[1:], strict=True)
        )

    return st.lists(place, min_size=1, max_size=3).map(put)


def _complete(problems: Collector, text: str) -> bool:
    return all(
        problem.line
        and problem.line <= text.count("\n") + 1
        and problem.found
        and (problem.allowed or problem.remedy)
        and "\n" not in str(problem)
        for problem in problems
    )


@given(text=_harmed(OPTION))
@settings(max_examples=150, deadline=None)
def test_harm_to_an_option_makes_problems_with_lines_and_nothing_else(text: str):
    problems = Collector()
    tree = read_yaml(CaseFile("a.yaml", text), problems)
    if tree is None:
        assert problems
    else:
        option = build(Option, tree, problems)
        assert option is not None or problems
        assert list(parts(Option, tree, option))
    assert _complete(problems, text)


@given(text=_harmed(GATES))
@settings(max_examples=150, deadline=None)
def test_harm_to_a_table_makes_problems_with_lines_and_nothing_else(text: str):
    problems = Collector()
    rows = read_csv(CaseFile("a.csv", text), Gate.model_fields, problems)
    for tree in rows:
        gate = build(Gate, tree, problems)
        assert gate is not None or problems
        assert list(parts(Gate, tree, gate))
    assert rows.complete or problems
    assert _complete(problems, text)


@given(
    rows=st.lists(st.lists(st.text("ab,\"'\n \té", max_size=6), min_size=3, max_size=3), max_size=6)
)
def test_a_table_that_was_written_as_csv_reads_back_with_its_lines(rows: list[list[str]]):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    lines = []
    for cells in [["a", "b", "c"], *rows]:
        lines.append(text.getvalue().count("\n") + 1)
        writer.writerow(cells)
    problems = Collector()
    found = read_csv(CaseFile("a.csv", text.getvalue()), "abc", problems)
    expected = [
        ({k: v.strip() for k, v in zip("abc", cells, strict=True) if v.strip()}, line)
        for cells, line in zip(rows, lines[1:], strict=True)
    ]
    assert [(tree.value, tree.line) for tree in found] == [e for e in expected if e[0]]
    assert list(problems) == []


def test_the_lines_of_a_block_are_found_by_their_path():
    problems = Collector()
    tree = read_yaml(CaseFile("a.yaml", "a: 1\nb:\n  - c: 2\n    d:\n      e: 3\n"), problems)
    assert tree is not None
    assert [tree.line_of(p) for p in [("a",), ("b",), ("b", 0, "c"), ("b", 0, "d", "e")]] == [
        *(1, 2, 3, 5)
    ]
    assert tree.line_of(("b", 0, "missing")) == 3
    assert tree.at("b", 0).line_of(("d",)) == 4
