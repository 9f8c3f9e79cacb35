"""Runs options over many blocks of futures, on several threads, with the same bytes on any number.

A block is drawn once for all options, so that all face the same futures. Blocks are merged in their
order, whatever order they end in.
"""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Problems, nearest
from guarantor.quantity import Amount
from guarantor.simulate.assumptions import check_assumptions
from guarantor.simulate.consequences import Consequences, consequences
from guarantor.simulate.drawing import futures
from guarantor.simulate.draws import BLOCK, Draws
from guarantor.simulate.month import run_block
from guarantor.simulate.outcome import Outcome, merged
from guarantor.simulate.setup import NO_MONTH, WhatIf
from guarantor.simulate.tables import table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from guarantor.case.case import Case
    from guarantor.simulate.block import Block
    from guarantor.simulate.setup import Futures
    from guarantor.simulate.tables import Table
    from guarantor.supply.shares import Level


PREVIEW = BLOCK
"""Futures of a first look: one block."""


@dataclass(frozen=True)
class Job:
    """One option under one deal, and what a question makes happen in it."""

    table: Table
    what_if: WhatIf


def job(
    case: Case,
    option: str,
    deal: str,
    level: Level,
    months: int,
) -> Job:
    """Return what is to be run for an option under a deal, with nothing made to happen.

    Raises Problems when the case lacks what futures need or the run is longer than the case looks
    ahead.
    """
    check_assumptions(case)
    check_months(case, months)
    numbered = table(case, option, case.deals[deal], level, months)
    nobody = np.full(len(numbered.nations), NO_MONTH, np.int64)
    return Job(numbered, WhatIf(nobody, True, NO_MONTH))


def made_to_happen(
    as_it_comes: Job,
    exits: Mapping[str, int] | None = None,
    *,
    followers: bool = True,
    breach_month: int = NO_MONTH,
) -> Job:
    """Return the same option with what a question makes happen; it shares the draws of its table.

    exits names nations and the month, from 0, in which each leaves; a nation without a part in the
    option changes nothing when it leaves. Raises Problems when a nation is unknown.
    """
    numbered = as_it_comes.table
    case = numbered.case
    for nation in exits or ():
        if nation not in case.nations:
            raise Problems.one(
                "no nation of this name in the case",
                found=nation,
                allowed="the code of a nation of the case, such as USA",
                remedy=nearest(nation, case.nations),
            )
    leaving = np.array([(exits or {}).get(name, NO_MONTH) for name in numbered.nations], np.int64)
    return Job(numbered, WhatIf(leaving, followers, breach_month))


def check_months(case: Case, months: int) -> None:
    """Raise Problems when a run has no month, or more than the case looks ahead."""
    horizon = case.about.horizon.months
    if not 1 <= months <= horizon:
        raise Problems.one(
            "the run is not within what the case looks ahead",
            found=f"{months} months",
            allowed=f"1 to {horizon} months, the horizon in case.yaml",
            remedy="Ask for fewer months, or lengthen the horizon in case.yaml.",
        )


def blocks_of(wanted: int) -> int:
    """Return the blocks that hold so many futures; raises Problems for none."""
    if wanted < 1:
        raise Problems.one(
            "a run needs futures",
            found=str(wanted),
            allowed="1 or more; they come in blocks of 1 024",
            remedy="Ask for 1 024 for a first look, 100 000 for a figure to print.",
        )
    return -(-wanted // BLOCK)


def draws_of(case: Case, seed: int) -> Draws:
    """Return the draws of a case under a seed, with the correlations that it declares."""
    groups = {
        name: (each.members, each.strength.shape.best or 0.0)
        for name, each in case.correlations.items()
        if isinstance(each.strength, Amount)
    }
    return Draws(seed, groups)


def threads_at_hand() -> int:
    """Return the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run(
    jobs: Sequence[Job],
    draws: Draws,
    blocks: int,
    *,
    threads: int | None = None,
    tell: Callable[[int, int], bool] | None = None,
) -> list[Outcome]:
    """Return the outcome of each job over so many blocks, counted from the first.

    tell hears how many blocks of how many are done, in order, and stops the run by returning False;
    the outcomes then hold the blocks done so far, of which there is always one. Memory grows with
    jobs times futures: about 1 kB each.
    """
    kept: list[list[tuple[Block, Consequences]]] = [[] for _ in jobs]
    for done, results in enumerate(each_block(jobs, draws, range(blocks), threads=threads), 1):
        for one, result in zip(kept, results, strict=True):
            one.append(result)
        if tell is not None and not tell(done, blocks):
            break
    return [
        merged(job.table, job.what_if, draws.seed, blocks, found)
        for job, found in zip(jobs, kept, strict=True)
    ]


def each_block(
    jobs: Sequence[Job], draws: Draws, numbers: Sequence[int], *, threads: int | None = None
) -> Iterator[list[tuple[Block, Consequences]]]:
    """Yield what each of the blocks gives for each job, in the order of their numbers."""

    def one(number: int) -> list[tuple[Block, Consequences]]:
        drawn = draws.block(number)
        found = []
        numbers_of: dict[int, Futures] = {}
        for each in jobs:
            table_of = id(each.table)
            if table_of not in numbers_of:
                numbers_of[table_of] = futures(each.table, drawn)
            taken = numbers_of[table_of]
            block = run_block(each.table.structure, taken, each.what_if)
            found.append((_slim(block), consequences(each.table, drawn, taken, block)))
        return found

    workers = threads or threads_at_hand()
    waiting: deque[Future[list[tuple[Block, Consequences]]]] = deque()
    left = iter(numbers)
    with ThreadPoolExecutor(workers) as pool:
        try:
            for number in left:
                waiting.append(pool.submit(one, number))
                if len(waiting) > workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for each in waiting:
                each.cancel()


def _slim(block: Block) -> Block:
    """Return a block without what its consequences have been drawn from."""
    nothing = np.empty((0, 0, 0))
    return block._replace(unit_months=nothing, arrivals=nothing)
