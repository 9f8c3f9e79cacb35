"""Runs a study: many futures of several options and deals, into a folder, to stop and to resume.

The folder holds `recipe.json`, which says what makes the study what it is; `blocks/`, files of
whole blocks; and, after a run that was finished or stopped, `outcomes.nc` and `summary.json`. The
same recipe again goes on where the folder stands. The number of threads, the stops on the way and
the time it took change nothing in what it gives.
"""

from __future__ import annotations

import json
import math
import shutil
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np

from guarantor.output import write_all
from guarantor.problems import Misuse, Problem, Problems
from guarantor.simulate.block import Measure
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.estimates import error
from guarantor.simulate.netcdf import MOST_BYTES
from guarantor.simulate.run import blocks_of, check_months, draws_of, each_block, job
from guarantor.simulate.study_export import OUTCOMES, SUMMARY, export, sketch
from guarantor.simulate.study_files import BlockFiles, alone
from guarantor.simulate.study_layout import FUTURE, MEANS, Layout
from guarantor.simulate.study_recipe import RECIPE, holds, recipe_of, written

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path
    from typing import TypeAlias

    from guarantor.simulate.run import Job
    from guarantor.simulate.setup import Numbers
    from guarantor.simulate.study_export import Recipe
    from guarantor.simulate.study_layout import Results
    from guarantor.simulate.study_recipe import Plan

    Running: TypeAlias = Generator[Results, None, None]

WATCHED = Measure.MEAN_FILL
"""The measure whose Monte Carlo error is told on the way."""


@dataclass(frozen=True)
class Progress:
    """How far a study is: blocks held of blocks asked for, and option-futures run just now.

    error is the largest Monte Carlo error of the mean of `watched`, over options and deals; None
    while there is but one block. writing: all is run, and the outcomes are being written.
    """

    held: int
    asked: int
    run: int
    left: int
    watched: str
    error: float | None
    writing: bool = False


@dataclass(frozen=True)
class Held:
    """What a study holds after a run; paths are those of the outcomes and the summary."""

    blocks: int
    asked: int
    paths: tuple[Path, ...]

    @property
    def futures(self) -> int:
        """Return the futures of each option under each deal."""
        return self.blocks * BLOCK

    @property
    def complete(self) -> bool:
        """Return whether all blocks are held."""
        return self.blocks == self.asked


def run_study(
    plan: Plan,
    folder: Path,
    *,
    threads: int | None = None,
    tell: Callable[[Progress], bool] | None = None,
) -> Held:
    """Run what a study lacks, and write its outcomes; a complete study is left as it is.

    tell hears of each block, in order, and stops the run by returning False: what is held then is
    written, and the same plan goes on there. Raises Problems, before anything is run, when the plan
    cannot be run, the folder holds something else or cannot be written, or the disk has no room.
    """
    blocks = blocks_of(plan.futures)
    check_months(plan.case, plan.months)
    jobs = [
        job(plan.case, option, deal, plan.level, plan.months)
        for option in plan.options
        for deal in plan.deals
    ]
    layout = Layout(jobs, plan.options, plan.deals)
    recipe = recipe_of(plan, layout)
    files = BlockFiles(folder, blocks, plan.blocks_in_a_file)
    begun = holds(folder, recipe)
    _check_room(folder, files, layout, recipe)
    if begun and _complete(folder):
        return Held(blocks, blocks, (folder / OUTCOMES, folder / SUMMARY))
    if not begun:
        write_all(folder, {RECIPE: written(recipe)})
    try:
        files.folder.mkdir(exist_ok=True)
        with alone(files.folder):
            _run(jobs, plan, files, layout, threads, tell)
            paths = export(folder, files, layout, recipe)
    except OSError as error_:
        raise _no_room(folder, files, error_) from None
    return Held(files.blocks_held(), blocks, tuple(paths))


def _run(
    jobs: list[Job],
    plan: Plan,
    files: BlockFiles,
    layout: Layout,
    threads: int | None,
    tell: Callable[[Progress], bool] | None,
) -> None:
    """Run the missing blocks, and keep each group as it is full, or as far as it has come."""
    missing = files.missing()
    watched = _Watched(files, layout)
    blocks = cast(
        "Running", each_block(jobs, draws_of(plan.case, plan.seed), missing, threads=threads)
    )
    group = None
    with closing(blocks):
        for done, (number, results) in enumerate(zip(missing, blocks, strict=True), 1):
            if group is None or group.number != number // files.each:
                group = files.load(layout, number // files.each)
            group.add(layout, results)
            watched.add(group.arrays[_Watched.NAME][..., group.held - 1])
            if group.full:
                files.save(layout, group)
            left = len(missing) - done
            progress = Progress(
                held=files.blocks - left,
                asked=files.blocks,
                run=done * BLOCK * len(jobs),
                left=left * BLOCK * len(jobs),
                watched=WATCHED.name.lower().replace("_", " "),
                error=watched.error(),
                writing=not left,
            )
            if tell is not None and not tell(progress):
                break
    if group is not None and not group.full:
        files.save(layout, group)


class _Watched:
    """The block means of the measure that is watched, and the error of their mean."""

    NAME = MEANS + WATCHED.name.lower()

    def __init__(self, files: BlockFiles, layout: Layout) -> None:
        self._means = np.empty((files.blocks, len(layout.options), len(layout.deals)))
        self._count = 0
        for number in range(files.count):
            if files.held(number):
                for mean in np.moveaxis(files.column(number, self.NAME), -1, 0):
                    self.add(mean)

    def add(self, mean: Numbers) -> None:
        self._means[self._count] = mean
        self._count += 1

    def error(self) -> float | None:
        """Return the largest error over options and deals; None for a single block."""
        pairs = self._means[: self._count].reshape(self._count, -1).T
        errors = [found for pair in pairs if (found := error(pair)) is not None]
        return max(errors, default=None)


def _check_room(folder: Path, files: BlockFiles, layout: Layout, recipe: Recipe) -> None:
    """Raise Problems when the outcomes would not fit into their file, or all of it on the disk."""
    lengths = layout.lengths(files.blocks)
    largest = max(
        math.prod(lengths[dim] for dim in each.dims) * np.dtype(each.type).itemsize
        for each in layout.of(FUTURE)
    )
    if largest > MOST_BYTES:
        most = MOST_BYTES * files.blocks // largest * BLOCK
        raise Misuse.one(
            f"one measure of so many futures does not fit into {OUTCOMES}",
            found=f"{files.blocks * BLOCK} futures of {len(layout.tables)} options under deals",
            allowed=f"at most {most} futures of so many",
            remedy="Ask for fewer futures, or make a study for each deal with --deal.",
        )
    place = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    free = shutil.disk_usage(place).free + files.bytes_at_hand()
    # the counts and sums of a file of blocks, once for each file, beside what is kept by future
    once = sum(array.nbytes for array in layout.empty(0).values())
    needed = 2 * sketch(layout, recipe, files.blocks).size + files.count * once
    if needed > free:
        raise Problems(
            [
                Problem(
                    "the disk has no room for the study",
                    file=str(folder),
                    found=f"{free / 1e9:.1f} GB free",
                    allowed=f"{needed / 1e9:.1f} GB: the blocks, and the outcomes made from them",
                    remedy="Make room, or ask for fewer futures, options or deals.",
                )
            ]
        )


def _complete(folder: Path) -> bool:
    """Return whether the outcomes of all blocks have been written."""
    try:
        summary = json.loads((folder / SUMMARY).read_text(encoding="utf-8"))
        return (folder / OUTCOMES).exists() and summary["complete"] is True
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _no_room(folder: Path, files: BlockFiles, error_: OSError) -> Problems:
    return Problems(
        [
            Problem(
                "the study cannot be written further",
                file=str(folder),
                found=error_.strerror or str(error_),
                allowed="a folder that can be written, on a disk with room",
                remedy=f"{files.blocks_held()} of {files.blocks} blocks are kept; make room, and "
                "give the same command again to go on there.",
            )
        ]
    )
