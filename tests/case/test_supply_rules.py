"""Contributions that another row makes impossible are refused, with both rows named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from planting import Copy, Line, fresh, row, set_cell, set_cells

from guarantor.case.read import read_case
from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

OFFERS = "contributions.csv"
POOLS = "pools.csv"


@pytest.fixture
def problems(tmp_path: Path) -> Callable[[Copy], list[Problem]]:
    """Return what is wrong with a copy; nothing is an empty list."""

    def look(copy: Copy) -> list[Problem]:
        try:
            read_case(str(copy.write(tmp_path / "case")))
        except Problems as raised:
            return list(raised.problems)
        return []

    return look


def offer(copy: Copy, name: str) -> Line:
    return next(line for line in copy.files[OFFERS] if line.text.startswith(f"{name},"))


def change(copy: Copy, line: Line, **values: str) -> None:
    for column, value in values.items():
        set_cell(copy, OFFERS, line, column, value)


def another(copy: Copy, like: str, **values: str) -> Line:
    """Put a contribution below one that it is like but for the values given."""
    line = copy.insert(OFFERS, offer(copy, like), offer(copy, like).text)
    change(copy, line, **values)
    return line


def where(copy: Copy, file: str, line: Line) -> str:
    return f"{file}:{copy.number(file, line)}"


def test_one_unit_on_two_lines_in_a_month_is_refused_with_both_rows(problems):
    copy = fresh()
    first = offer(copy, "fra-engineers")
    change(copy, first, units="1st-engineers")
    second = another(copy, "fra-engineers", id="fra-engineers-again", units="1st-engineers;2nd")
    found = problems(copy)
    assert [p.what for p in found] == ["a unit is in two places in the same month"]
    assert where(copy, OFFERS, first) in found[0].found
    assert where(copy, OFFERS, second) in found[0].found
    assert "1st-engineers" in found[0].found
    assert "2nd" not in found[0].found
    assert (found[0].file, found[0].line, found[0].field) == (
        OFFERS,
        copy.number(OFFERS, second),
        "units",
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"starts": "P0M", "ends": "P6M"}, {"starts": "P6M"}),
        ({"options": "reassurance-corps"}, {"options": "reassurance-division"}),
        ({}, {"units": "2nd-engineers"}),
        ({}, {"provider": "GBR"}),
    ],
    ids=["one after the other", "other option", "other unit", "other nation's unit of that name"],
)
def test_a_unit_in_one_place_at_a_time_is_no_problem(problems, first, second):
    copy = fresh()
    change(copy, offer(copy, "fra-engineers"), units="1st-engineers", **first)
    again = {"id": "fra-engineers-again", "units": "1st-engineers", **second}
    another(copy, "fra-engineers", **again)
    assert problems(copy) == []


def test_one_month_in_common_is_enough_to_refuse(problems):
    copy = fresh()
    change(copy, offer(copy, "fra-engineers"), units="1st", starts="P0M", ends="P7M")
    another(copy, "fra-engineers", id="fra-engineers-again", starts="P6M", ends="")
    assert [p.field for p in problems(copy)] == ["units"]


def test_more_units_in_a_month_than_the_pool_are_refused_with_every_row(problems):
    copy = fresh()
    first = offer(copy, "fra-engineers")
    pool = next(line for line in copy.files[POOLS] if line.text.startswith("FRA,engineers,"))
    set_cell(copy, POOLS, pool, "quantity", "3 units")
    change(copy, first, quantity="2 units")
    second = another(copy, "fra-engineers", id="fra-engineers-again", quantity="2 units")
    found = problems(copy)
    assert [p.what for p in found] == ["a nation sends more units than it owns"]
    for line in (first, second):
        assert where(copy, OFFERS, line) in found[0].found
    assert where(copy, POOLS, pool) in found[0].found
    assert "at least 4 engineers" in found[0].found
    assert "at most 3" in found[0].found


@pytest.mark.parametrize(
    "second",
    [
        {"quantity": "1 units"},
        {"quantity": "0 to 2, best 2 units"},
        {"starts": "P6M"},
        {"options": "monitoring-mission"},
    ],
    ids=["just the pool", "at the high end only", "after the first has gone", "another option"],
)
def test_units_that_the_pool_can_bear_in_each_month_of_each_option_are_no_problem(problems, second):
    copy = fresh()
    pool = next(line for line in copy.files[POOLS] if line.text.startswith("FRA,engineers,"))
    set_cell(copy, POOLS, pool, "quantity", "3 units")
    change(copy, offer(copy, "fra-engineers"), quantity="2 units", starts="P0M", ends="P6M")
    again = {"id": "fra-engineers-again", "starts": "P0M", "quantity": "2 units", **second}
    another(copy, "fra-engineers", **again)
    assert problems(copy) == []


def test_units_given_away_count_against_the_same_pool(problems):
    copy = fresh()
    given = offer(copy, "deu-air-defence-long-given")
    change(copy, given, quantity="50 units")
    found = problems(copy)
    assert [p.field for p in found] == ["quantity"]
    assert where(copy, OFFERS, given) in found[0].found
    assert "pools.csv:" in found[0].found


def test_a_transfer_with_an_end_is_refused(problems):
    copy = fresh()
    given = offer(copy, "deu-air-defence-long-given")
    change(copy, given, ends="P24M")
    found = problems(copy)
    assert [p.what for p in found] == ["a transfer has an end"]
    assert (found[0].file, found[0].line, found[0].field) == (
        OFFERS,
        copy.number(OFFERS, given),
        "ends",
    )
    assert "P24M" in found[0].found
    assert "does not rotate" in found[0].allowed


def test_what_is_deployed_may_end(problems):
    copy = fresh()
    change(copy, offer(copy, "fra-engineers"), ends="P24M")
    assert problems(copy) == []


def test_an_unknown_payer_is_refused_with_the_nearest_name(problems):
    copy = fresh()
    paid = offer(copy, "usa-air-defence-long-given")
    change(copy, paid, payer="european-nat")
    found = problems(copy)
    assert [(p.line, p.field, p.found) for p in found] == [
        (copy.number(OFFERS, paid), "payer", "european-nat")
    ]
    assert "european-nato" in found[0].remedy


def refusal(copy: Copy, nation: str) -> Line:
    """Return the row of the latest official word of a nation on ground troops."""
    words = [
        line
        for line in copy.files["positions.csv"][1:]
        if row(copy, "positions.csv", line)["actor"] == nation
        and row(copy, "positions.csv", line)["topic"] == "ground_troops"
        and row(copy, "positions.csv", line)["standing"] == "official"
    ]
    return max(words, key=lambda line: row(copy, "positions.csv", line)["date"])


@pytest.mark.parametrize("bands", ["rear", "line", "neighbour;rear"])
def test_a_band_against_a_refusal_is_refused_with_both_rows(problems, bands: str):
    copy = fresh()
    sent = offer(copy, "pol-logistics")
    change(copy, sent, bands=bands)
    word = refusal(copy, "POL")
    assert row(copy, "positions.csv", word)["stance"] == "excludes"
    found = problems(copy)
    assert [p.what for p in found] == ["a band contradicts what the nation has excluded"]
    assert where(copy, OFFERS, sent) in found[0].found
    assert where(copy, "positions.csv", word) in found[0].found
    assert (found[0].line, found[0].field) == (copy.number(OFFERS, sent), "bands")


def test_soil_of_neighbours_and_gifts_contradict_no_refusal(problems):
    copy = fresh()
    change(copy, offer(copy, "pol-logistics"), bands="neighbour;sea;air;reach_back")
    given = another(copy, "pol-logistics", id="pol-logistics-given", kind="transfer", bands="rear")
    assert row(copy, OFFERS, given)["kind"] == "transfer"
    assert problems(copy) == []


def test_a_newer_word_lifts_a_refusal(problems):
    copy = fresh()
    change(copy, offer(copy, "pol-logistics"), bands="rear")
    word = refusal(copy, "POL")
    newer = dict(row(copy, "positions.csv", word))
    newer |= {"id": "pol-ground-troops-newer", "stance": "open", "date": "2026-10-01"}
    line = copy.insert("positions.csv", word, "")
    set_cells(line, list(newer.values()))
    assert problems(copy) == []
