"""What a study refuses, before it runs a block, and what it leaves as it was."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from small_study import LEAD, contents, stopping_after

from guarantor.problems import Misuse, Problems
from guarantor.questions.studies import Wish
from guarantor.questions.studies import run_study as wished
from guarantor.simulate.study import run_study
from guarantor.supply.shares import Level


def test_another_recipe_is_refused_with_both_sides_of_each_difference(plan, whole, lead):
    other = replace(
        plan,
        case=replace(lead, digest="0" * 64),
        seed=8,
        months=6,
        options=("reassurance-brigade",),
        level=Level.SAID,
        what_if="capabilities/medical/tour=4",
    )
    before = contents(whole)
    with pytest.raises(Problems) as refused:
        run_study(other, whole)
    sides = {problem.field: (problem.found, problem.allowed) for problem in refused.value.problems}
    assert sides["seed"] == ("7", "8")
    assert sides["months"] == ("7", "6")
    assert sides["options"] == ("reassurance-brigade, status-quo", "reassurance-brigade")
    assert sides["case_digest"] == (lead.digest, "0" * 64)
    assert sides["count"] == ("possible", "said")
    assert sides["what_if"] == ("nothing", "capabilities/medical/tour=4")
    assert contents(whole) == before


@pytest.mark.parametrize("fact", ["guarantor", "program", "numpy", "python", "platform"])
def test_another_version_or_platform_is_refused(plan, whole, tmp_path, fact):
    folder = tmp_path / "study"
    shutil.copytree(whole, folder)
    recipe = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
    now = recipe[fact]
    recipe[fact] = "another"
    (folder / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
    with pytest.raises(Problems) as refused:
        run_study(plan, folder)
    (problem,) = refused.value.problems
    assert (problem.field, problem.found, problem.allowed) == (fact, "another", now)


@pytest.mark.parametrize("there", ["notes.txt", "recipe.json"])
def test_a_folder_that_holds_something_else_is_refused_and_left_alone(plan, tmp_path, there):
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(Problems, match="the folder holds no study"):
        run_study(plan, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == [there]


def test_a_place_that_cannot_be_written_is_refused(plan, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "study"):
        with pytest.raises(Problems, match=r"holds no study|cannot be written"):
            run_study(plan, place)


def test_a_disk_without_room_is_refused_before_anything_is_written(plan, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=1_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)
    with pytest.raises(Problems, match=r"no room for the study; found: 0\.0 GB free"):
        run_study(replace(plan, futures=1_000_000), tmp_path / "study")
    assert not (tmp_path / "study").exists()


def test_what_a_study_takes_on_the_disk_is_not_more_than_was_estimated(
    plan, whole, tmp_path, monkeypatch
):
    taken = sum(path.stat().st_size for path in whole.rglob("*") if path.is_file())
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=taken * 9 // 10))
    with pytest.raises(Problems, match="no room"):
        run_study(plan, tmp_path / "study")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage._replace(free=taken * 2))
    assert run_study(plan, tmp_path / "study", tell=stopping_after(1)).blocks == 1


def test_more_futures_than_the_file_can_hold_are_refused(plan, tmp_path):
    with pytest.raises(Misuse, match=r"does not fit into outcomes\.nc"):
        run_study(replace(plan, futures=10**12), tmp_path / "study")
    assert not (tmp_path / "study").exists()


def test_a_full_disk_on_the_way_keeps_the_blocks_before(plan, whole, tmp_path, monkeypatch):
    folder, replaced = tmp_path / "study", Path.replace

    def full(self, target):
        if target.name == "00001.npz":
            raise OSError(28, "No space left on device")
        return replaced(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Problems, match="No space left on device") as refused:
        run_study(plan, folder)
    assert "2 of 5 blocks are kept" in str(refused.value)
    monkeypatch.undo()
    run_study(plan, folder)
    assert contents(folder) == contents(whole)


def test_everything_that_is_wrong_with_a_wish_is_said_at_once(tmp_path):
    wish = Wish(
        LEAD,
        futures=0,
        options=("reassurance-divison",),
        deals=("ceasefire-with-consnt",),
        months=121,
        seed=-1,
        count="certain",
        threads=0,
    )
    with pytest.raises(Misuse) as refused:
        wished(wish, tmp_path / "study")
    by_field = {problem.field: problem for problem in refused.value.problems}
    assert by_field.keys() == {
        *("--futures", "--option", "--deal", "--months", "--seed", "--count", "--threads")
    }
    assert by_field["--option"].remedy == "Did you mean 'reassurance-division'?"
    assert by_field["--deal"].remedy == "Did you mean 'ceasefire-with-consent'?"
    assert "1 to 120 months" in str(by_field["--months"])
    assert not (tmp_path / "study").exists()
