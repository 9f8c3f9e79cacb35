"""One slip makes one problem: what follows from it is not reported, and nothing else is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planting import Copy, Line, cells, fresh, row, rows, set_cell, set_cells

from guarantor.case.read import read_case
from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[Copy], list[Problem]]:
    def look(copy: Copy) -> list[Problem]:
        with pytest.raises(Problems) as raised:
            read_case(str(copy.write(tmp_path / "case")))
        return list(raised.value.problems)

    return look


def places(problems: list[Problem]) -> list[tuple[str | None, int | None, str | None]]:
    return [(problem.file, problem.line, problem.field) for problem in problems]


def find(copy: Copy, file: str, text: str) -> Line:
    return next(line for line in copy.files[file] if line.text == text)


def test_a_column_without_its_name_is_one_problem(problems):
    copy = fresh()
    header = copy.files["sources.csv"][0]
    header.text = header.text.replace("publisher", "pulisher")
    found = problems(copy)
    assert places(found) == [("sources.csv", 1, "publisher"), ("sources.csv", 1, "pulisher")]
    assert found[1].remedy == "Did you mean 'publisher'?"


def test_a_table_without_its_keys_is_one_problem_and_nothing_in_it_is_missed(problems):
    copy = fresh()
    for line in copy.files["sources.csv"]:
        set_cells(line, cells(line)[1:])
    assert places(problems(copy)) == [("sources.csv", 1, "id")]


def test_a_table_without_a_header_is_one_problem(problems):
    copy = fresh()
    copy.files["nations.csv"].pop(0)
    assert [p.what for p in problems(copy)] == ["the file has no header"]


def test_a_table_with_semicolons_is_one_problem(problems):
    copy = fresh()
    for line in copy.files["gates.csv"]:
        line.text = ";".join(cells(line))
    (problem,) = problems(copy)
    assert (problem.file, problem.line) == ("gates.csv", 1)
    assert problem.remedy
    assert "commas" in problem.remedy


def test_an_empty_table_is_one_problem(problems):
    copy = fresh()
    copy.files["nations.csv"] = []
    (problem,) = problems(copy)
    assert (problem.what, problem.found) == ("the file has no header", "nothing")


def test_a_row_with_a_cell_too_many_can_still_be_referred_to(problems):
    copy = fresh()
    line = rows(copy, "sources.csv", id="U002")[0]
    line.text += ",more"
    assert places(problems(copy)) == [
        ("sources.csv", copy.number("sources.csv", line), None),
    ]


def test_an_option_whose_file_cannot_be_read_can_still_be_referred_to(problems):
    copy = fresh()
    copy.files["options/sky-guarantee.yaml"][0].text = "id: [sky"
    found = problems(copy)
    assert {problem.file for problem in found} == {"options/sky-guarantee.yaml"}
    assert len(found) == 1


def test_an_option_under_another_id_is_one_problem(problems):
    copy = fresh()
    find(copy, "options/sky-guarantee.yaml", "id: sky-guarantee").text = "id: status-quo"
    (problem,) = problems(copy)
    assert (problem.file, problem.field) == ("options/sky-guarantee.yaml", "id")
    assert (problem.found, problem.allowed) == ("status-quo", "sky-guarantee")


def test_an_entry_without_its_key_hides_no_error_of_its_own(problems):
    copy = fresh()
    line = rows(copy, "nations.csv", id="FRA")[0]
    set_cell(copy, "nations.csv", line, "id", "")
    set_cell(copy, "nations.csv", line, "active_personnel", "-1 people")
    number = copy.number("nations.csv", line)
    assert places(problems(copy)) == [
        ("nations.csv", number, "active_personnel"),
        ("nations.csv", number, "id"),
    ]


def test_every_error_of_one_row_is_named(problems):
    copy = fresh()
    line = rows(copy, "positions.csv", stance="offers", topic="ground_troops")[0]
    wrong = {
        "actor": "XYZ",
        "standing": "oficial",
        "quantity": "5 km",
        "statement": "",
        "rung": "",
        "date": "2025-02-30",
        "sources": "S001;NONE",
    }
    for column, value in wrong.items():
        set_cell(copy, "positions.csv", line, column, value)
    number = copy.number("positions.csv", line)
    assert places(problems(copy)) == [("positions.csv", number, field) for field in sorted(wrong)]


def test_every_error_of_one_option_is_named(problems):
    copy = fresh()
    file = "options/european-force-us-command.yaml"
    find(copy, file, "strength: not stated").text = "strength: unknown"
    find(copy, file, "      by: USA").text = "      by: USX"
    find(copy, file, "    general: not stated").text = "    genral: not stated"
    find(copy, file, "    capability: headquarters").text = "    capability: headquarter"
    find(copy, file, "  - ceasefire-with-consent").text = "  - ceasefire-with-content"
    find(copy, file, "    quantity: absent units").text = "    quantity: absent km"
    fields = {problem.field for problem in problems(copy)}
    assert fields == {
        "strength",
        "command.commander.0.by",
        "guarantee.breach.genral",
        "lines.1.capability",
        "deals",
        "lines.1.quantity",
    }


def test_a_key_that_stands_twice_names_both_places_and_hides_no_error(problems):
    copy = fresh()
    first = rows(copy, "positions.csv")[0]
    second = copy.insert("positions.csv", copy.files["positions.csv"][-1], first.text)
    set_cell(copy, "positions.csv", second, "topic", "weather")
    found = problems(copy)
    number = copy.number("positions.csv", second)
    assert places(found) == [("positions.csv", number, "id"), ("positions.csv", number, "topic")]
    assert found[0].found
    assert f"positions.csv:{copy.number('positions.csv', first)}" in found[0].found


def capability(name: str, needed: str) -> list[Line]:
    return [
        Line(text)
        for text in (
            *(f"  - id: {name}", "    title: Link", "    meaning: Link", "    unit: units"),
            *("    enabler: false", "    needs:", f"      - capability: {needed}"),
            *("        per_unit:", "          quantity: 1 ratio", "          kind: judged"),
        )
    ]


def test_a_circle_of_three_names_each_line_of_it_once(problems):
    copy = fresh()
    blocks = [capability(f"link-{n}", f"link-{(n + 1) % 3}") for n in range(3)]
    for block in blocks:
        copy.files["capabilities.yaml"].extend(block)
    (problem,) = problems(copy)
    lines = [copy.number("capabilities.yaml", block[6]) for block in blocks]
    assert (problem.line, problem.field) == (lines[0], "needs")
    assert problem.found == (
        f"link-0 needs (line {lines[0]}) link-1 needs (line {lines[1]}) "
        f"link-2 needs (line {lines[2]}) link-0"
    )


def test_a_chain_of_needs_longer_than_python_can_nest_is_followed(problems):
    copy = fresh()
    for n in range(1200):
        copy.files["capabilities.yaml"] += capability(f"link-{n}", f"link-{(n + 1) % 1200}")
    (problem,) = problems(copy)
    assert problem.what == "capabilities need each other in a circle"


def test_a_circle_shows_beside_other_errors_of_its_capabilities(problems):
    copy = fresh()
    block = capability("link", "link")
    block[1].text = "    title:"
    block[8].text = "          quantity: 5 to 3 ratio"
    copy.files["capabilities.yaml"].extend(block)
    fields = [problem.field for problem in problems(copy)]
    index = len(read_case("ukraine-2025-08").capabilities)
    assert len(fields) == 3
    assert set(fields) == {"title", "needs", "needs.0.per_unit.quantity"}, index


@pytest.mark.parametrize(
    ("file", "column", "value", "remedy"),
    [
        ("memberships.csv", "nation", "GBX", "Did you mean 'GBR'?"),
        ("memberships.csv", "group", "coalitoin", "Did you mean 'coalition'?"),
        ("positions.csv", "topic", "ground_troop", "Did you mean 'ground_troops'?"),
        ("positions.csv", "stance", "ofers", "Did you mean 'offers'?"),
        ("positions.csv", "sources", "U00Z2", "Did you mean 'U002'?"),
    ],
)
def test_the_nearest_valid_name_is_offered(file, column, value, remedy, problems):
    copy = fresh()
    line = rows(copy, file)[0]
    assert row(copy, file, line)[column] != value
    set_cell(copy, file, line, column, value)
    (problem,) = problems(copy)
    assert (problem.field, problem.found, problem.remedy) == (column, value, remedy)
