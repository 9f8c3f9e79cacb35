"""A made-up programme of full size: 35 nations, 15 kinds, 40 lines, a change in each year of five.

Run alone, it prints how long building and solving took: python -m benchmarks.large_programme
"""

from __future__ import annotations

import resource
import sys
import time
from itertools import pairwise
from types import SimpleNamespace
from typing import TYPE_CHECKING

from benchmarks.benchmark import Benchmark, Command

if TYPE_CHECKING:
    from guarantor.optimise.tables import Tables

NATIONS, KINDS, LINES, MONTHS = 35, 15, 40, 60
SEED = 2025

BENCHMARK = Benchmark(
    Command(
        "a programme of 35 nations, 15 kinds, 40 lines and 60 months",
        lambda _: [sys.executable, "-m", "benchmarks.large_programme"],
    )
)


def made_up() -> Tables:
    """Return tables: every nation offers to a third of the lines and owns some of each kind."""
    import numpy as np  # imported here, so that it hides the memory of no command

    from guarantor.case.words import Band, ContributionKind
    from guarantor.optimise.tables import Line, PoolRoom, Reach, Source
    from guarantor.optimise.tables import Tables as Made

    chance = np.random.default_rng(SEED)
    kinds = [f"kind-{n}" for n in range(KINDS)]
    nations = [f"N{n:02d}" for n in range(NATIONS)]
    capability = SimpleNamespace(unit="units", people=None, support=None, running_cost=None)
    case = SimpleNamespace(
        capabilities=dict.fromkeys(kinds, capability),
        nations=dict.fromkeys(nations),
        groups={},
        about=SimpleNamespace(host="HHH"),
    )
    lines = []
    for number in range(LINES):
        held = SimpleNamespace(
            id=f"line-{number}", capability=kinds[number % KINDS], band=Band.REAR
        )
        need = SimpleNamespace(option="made-up", number=number, line=held, span=None)
        lines.append(Line(need, float(chance.integers(2, 30)), True, 0, MONTHS))
    sources = []
    for nation in nations:
        for number in np.flatnonzero(chance.random(LINES) < 1 / 3):
            key = f"{nation}-{number}"
            contribution = SimpleNamespace(id=key, kind=ContributionKind.DEPLOY)
            arrives = int(chance.choice([0, 12, 24]))
            ends = int(chance.choice([36, 48, 60]))
            amount = float(chance.integers(1, 6))
            loss = int(chance.integers(0, 9))
            sources.append(
                Source(
                    key,
                    nation,
                    int(number),
                    lines[number].capability,
                    contribution,
                    amount,
                    arrives,
                    ends,
                    loss,
                    frozenset(),
                )
            )
    pools = [
        PoolRoom(nation, kind, float(chance.integers(0, 24)), 3.0, None)
        for nation in nations
        for kind in kinds
    ]
    cuts = list(range(0, MONTHS + 1, 12))
    return Made(
        case,
        "made-up",
        None,
        Reach.POSSIBLE,
        "best",
        MONTHS,
        tuple(lines),
        tuple(sources),
        tuple(pools),
        tuple(pairwise(cuts)),
        {("kind-0", "kind-1"): 0.5, ("kind-2", "kind-1"): 0.25, ("kind-3", "kind-4"): 0.3},
        {},
        (),
        (),
    )


def main() -> int:
    """Print the size, the seconds of building and of solving, and the peak memory."""
    import numpy as np

    from guarantor.optimise.programme import line_weights
    from guarantor.optimise.solver import Search
    from guarantor.optimise.statements import model

    made = made_up()
    begun = time.perf_counter()
    search = Search(model(made))
    built = time.perf_counter() - begun
    goal = np.zeros(search.columns)
    goal[search.places("unfilled")] = line_weights(made)
    search.allow(100_000, 0.01)
    begun = time.perf_counter()
    found = search.least(goal)
    solved = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{search.columns} columns, {len(made.sources)} sources, {len(made.periods)} periods")
    print(f"built in {built:.2f} s, solved in {solved:.2f} s, at most {peak:.0f} MB")
    print(f"unfilled need: {found.objective:.4f}, {found.ending.value}, gap {found.gap:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
