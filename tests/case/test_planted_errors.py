"""Every error that is planted anywhere in the lead case is named with its file and line."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from random import Random
from typing import TYPE_CHECKING

import pytest
from planters_of_files import PLANTERS
from planting import LEAD, Copy, Planted, fresh

from guarantor.case.read import read_case
from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = 200
SEEDS_PER_TEST = 10
ALONE = 3


def plant(kinds: list[str], random: Random) -> tuple[Copy, list[Planted]] | None:
    """Plant one error of each kind, or none at all when they would hide each other."""
    copy = fresh()
    planted = [PLANTERS[kind](copy, random) for kind in kinds]
    found = [error for error in planted if error is not None]
    broken = {table for error in found for table in error.breaks}
    if len(found) < len(kinds) or any(broken & set(error.relies) for error in found):
        return None
    return copy, found


def plant_several(seed: int) -> tuple[Copy, list[Planted]]:
    random = Random(seed)
    while True:
        kinds = random.sample(sorted(PLANTERS), random.randint(2, 5))
        if (planted := plant(kinds, random)) is not None:
            return planted


def problems_of(copy: Copy, folder: Path) -> tuple[Problem, ...]:
    with pytest.raises(Problems) as raised:
        read_case(str(copy.write(folder)))
    assert type(raised.value) is Problems
    return raised.value.problems


def names(problem: Problem, error: Planted, copy: Copy) -> bool:
    """Return whether the problem names file, line and field of the error, and what to do."""
    numbers = {copy.number(error.file, line) for line in error.lines}
    return (
        problem.file == error.file
        and (not numbers or bool(numbers & _told(problem)))
        and (error.field is None or error.field in {problem.field, _last(problem.field)})
        and bool(problem.found and (problem.allowed or problem.remedy))
    )


def _told(problem: Problem) -> set[int | None]:
    """Return the line of a problem, and those that it lists."""
    return {problem.line, *map(int, re.findall(r"\(line (\d+)\)", problem.found or ""))}


def _last(field: str | None) -> str | None:
    return field.rpartition(".")[2] if field else None


def explains(error: Planted, problem: Problem, copy: Copy) -> bool:
    """Return whether the problem is what the error is bound to bring up."""
    numbers = {copy.number(error.file, line) for line in (*error.lines, *error.also)}
    return problem.file == error.file and (not numbers or bool(numbers & _told(problem)))


def check(copy: Copy, planted: list[Planted], folder: Path) -> None:
    problems = problems_of(copy, folder)
    listing = "\n".join(str(problem) for problem in problems)
    for error in planted:
        places = [copy.number(error.file, line) for line in error.lines]
        assert any(names(problem, error, copy) for problem in problems), (
            f"not named: {error.kind} in {error.file}, line {places}, {error.field}\n{listing}"
        )
    for problem in problems:
        assert any(explains(error, problem, copy) for error in planted), (
            f"nobody planted: {problem}\n{[(error.kind, error.file) for error in planted]}"
        )
    assert len(problems) <= 3 * len(planted), listing
    for line in listing.splitlines():
        assert line.startswith(tuple(error.file for error in planted)), listing


@pytest.mark.parametrize("first", range(0, SEEDS, SEEDS_PER_TEST))
def test_several_errors_at_once_are_all_named(first: int, tmp_path: Path):
    for seed in range(first, first + SEEDS_PER_TEST):
        copy, planted = plant_several(seed)
        check(copy, planted, tmp_path / str(seed))


@pytest.mark.parametrize("kind", sorted(PLANTERS))
def test_an_error_is_named_wherever_it_stands(kind: str, tmp_path: Path):
    random = Random(kind)
    done = 0
    for attempt in range(100 * ALONE):
        if (planted := plant([kind], random)) is not None:
            check(*planted, tmp_path / str(attempt))
            done += 1
        if done == ALONE:
            return
    pytest.fail(f"{kind} cannot be planted in the lead case")


@cache
def _kinds_planted() -> Counter[str]:
    return Counter(error.kind for seed in range(SEEDS) for error in plant_several(seed)[1])


def test_the_seeds_plant_every_kind_of_error_and_three_on_average():
    planted = _kinds_planted()
    assert set(planted) == set(PLANTERS)
    assert planted.total() >= 3 * SEEDS


def test_the_copy_without_an_error_has_no_problem(tmp_path: Path):
    case = read_case(str(fresh().write(tmp_path / LEAD.name)))
    assert case.digest == read_case(LEAD.name).digest
