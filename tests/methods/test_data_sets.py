"""Data sets are read as they are, and what is missing or uneven is said with its place."""

from __future__ import annotations

import pytest
from published import METHODS, data

from guarantor.methods.datasets import only_table, read_dataset
from guarantor.problems import Problems

HEADER = "deal,shelf,holds\n"
ROWS = "".join(f"{'open' if i % 3 else 'closed'},{i},{int(i > 10)}\n" for i in range(40))
STUDY = {"inputs": "columns 0-1", "outcome": "column 2", "peel_alpha": 0.1}


def written(folder, text, name="mine.csv"):
    (folder / name).write_text(text, encoding="utf-8")
    return read_dataset(name.removesuffix(".csv"), folder)


def call(model, dataset, **changed):
    return METHODS[model].call({"dataset": dataset, **STUDY, **changed}).outputs


def test_a_data_set_of_ones_own_is_found_by_its_file_name(tmp_path):
    dataset = written(tmp_path, HEADER + ROWS)
    assert only_table(dataset).columns == ("deal", "shelf", "holds")
    assert call("prim_dataset", dataset) == {"points": 40, "cases": 29}


def test_a_box_may_be_stated_in_three_ways_and_by_part_of_a_name(tmp_path):
    dataset = written(tmp_path, HEADER + ROWS)
    expected = {"coverage": 1.0, "density": 1.0, "mass": 29 / 40, "points": 29, "cases": 29}
    for limit in ([11, None], {"min": 11}, ">= 11"):
        assert call("prim_box", dataset, limits={"shelf": limit}) == expected
        assert call("prim_box", dataset, limits={"SHE": limit}) == expected
    half = call("prim_box", dataset, limits={"shelf": [11, 20]})
    assert (half["points"], half["cases"]) == (10, 10)
    assert call("prim_box", dataset, limits={"shelf": "<= 20"})["points"] == 21


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        ({"shell": [1, 2]}, "'shell'"),
        ({"shelf": [1]}, r"shelf: \[1\]"),
        ({"shelf": "about 3"}, "shelf: 'about 3'"),
        ({"shelf": [True, 2]}, r"shelf: \[True, 2\]"),
        ({"shelf": {"low": 3}}, "shelf: {'low': 3}"),
        ({"shelf": ["x", 2]}, r"shelf: \['x', 2\]"),
    ],
)
def test_a_limit_that_cannot_be_read_is_refused_as_it_was_written(tmp_path, limits, found):
    with pytest.raises(Problems, match=found):
        call("prim_box", written(tmp_path, HEADER + ROWS), limits=limits)


def test_a_name_that_fits_two_inputs_is_refused_with_both():
    limits = {"cellulosic": [0, 1]}
    inputs = {"inputs": "columns 2-10", "outcome": "column 15", "limits": limits}
    with pytest.raises(Problems, match="Cellulosic cost, Cellulosic yield"):
        call("prim_box", data("bryant et al 2010"), **inputs)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"inputs": "all"}, "inputs"),
        ({"inputs": "columns 0-9"}, "inputs"),
        ({"inputs": "columns 1-0"}, "inputs"),
        ({"outcome": "column 7"}, "outcome"),
        ({"outcome": 'column 2 "hold"'}, "outcome"),
        ({"outcome": "column 1"}, "outcome"),
    ],
)
def test_columns_that_are_not_there_are_refused_by_name(tmp_path, changed, field):
    with pytest.raises(Problems) as refused:
        call("prim_dataset", written(tmp_path, HEADER + ROWS), **changed)
    assert [problem.field for problem in refused.value.problems] == [field]


def test_a_box_beyond_the_last_is_refused_with_how_many_there_are(tmp_path):
    dataset = written(tmp_path, HEADER + ROWS)
    for box in ("99", "last"):
        with pytest.raises(Problems, match="allowed: 0 to"):
            call("prim_quasi_p", dataset, box=box)
    wanted = {"mass_min": 0.05, "objective": "lenient1"}
    with pytest.raises(Problems, match="boxes 0 to"):
        call("prim_trajectory", dataset, boxes="0..99", **wanted)
    for wrong in ({"boxes": "some"}, {"boxes": "0..1", "objective": "original"}):
        with pytest.raises(Problems):
            call("prim_trajectory", dataset, **(wanted | wrong))


def test_an_absent_file_is_named_with_its_folder(tmp_path):
    with pytest.raises(Problems) as refused:
        read_dataset("SF 205 tracts x 16 stores", tmp_path)
    assert [problem.allowed for problem in refused.value.problems] == [
        "sf_demand.csv",
        "sf_network_distance.csv",
    ]
    with pytest.raises(Problems, match="Did you mean 'bryant et al 2010'"):
        read_dataset("bryant et al", tmp_path)


def test_an_uneven_row_is_named_by_its_line(tmp_path):
    with pytest.raises(Problems) as refused:
        written(tmp_path, "a,b\n1,2\n3\n4,5,6\n")
    assert [problem.line for problem in refused.value.problems] == [3, 4]
    for empty in ("", "a,b\n"):
        with pytest.raises(Problems, match="no rows"):
            written(tmp_path, empty)


def test_a_method_that_wants_another_kind_of_data_set_says_which(tmp_path):
    with pytest.raises(Problems, match="DestinationName"):
        METHODS["lscp"].call(
            {"dataset": written(tmp_path, HEADER + ROWS), "service_radius_m": 5000}
        )
    with pytest.raises(Problems, match="one CSV file"):
        call("prim_dataset", data("SF 205 tracts x 16 stores"))
