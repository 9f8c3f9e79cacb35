"""Boxes, weightings and the question robust, each against what it is to be held to.

`python -m benchmarks.deep WHAT` does one of them alone: prim, prim-ema, smaa, smaa-numpy, simulate.
prim and prim-ema print the box that they find, which is the same.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.benchmark import CASE, Benchmark, Command, guarantor

if TYPE_CHECKING:
    import numpy as np

OTHERS = Path(__file__).parents[1] / ".venv-oracle" / "bin" / "python"
"""The environment of other people's programs, which `make oracle` makes."""

POINTS, INPUTS, SEED = 100_000, 9, 3
DRAWS, OPTIONS, CRITERIA = 10_000, 10, 5
FUTURES = 10_000


def _alone(name: str, what: str, python: Path | str = sys.executable) -> Command:
    return Command(name, lambda _: [str(python), "-m", "benchmarks.deep", what])


BOXES = Benchmark(
    _alone("PRIM, one search in 100 000 points", "prim"),
    _alone("the same in EMA Workbench", "prim-ema", OTHERS) if OTHERS.exists() else None,
)
WEIGHTINGS = Benchmark(
    _alone("SMAA, 10 000 weightings of 10 options", "smaa"),
    _alone("the same in NumPy, weighting by weighting", "smaa-numpy"),
)
ROBUST = Benchmark(
    guarantor("ask", "robust", CASE, "--futures", str(FUTURES)),
    _alone("its simulation alone", "simulate"),
)


def points() -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Return made-up points of which those in one corner are mostly cases."""
    import numpy as np  # imported here, so that it hides the memory of no command

    draw = np.random.default_rng(SEED)
    numbers = {f"input-{n}": draw.uniform(size=POINTS) for n in range(INPUTS)}
    corner = (numbers["input-2"] > 0.6) & (numbers["input-5"] < 0.4)
    cases = draw.uniform(size=POINTS) < np.where(corner, 0.9, 0.05)
    return numbers, cases


def prim() -> None:
    from guarantor.methods.prim import Sample, trajectory

    numbers, cases = points()
    last = trajectory(Sample(numbers, cases))[-1]
    print(f"{last.coverage:.6f} {last.density:.6f} {last.mass:.6f} {len(last.limits)}")


def prim_ema() -> None:
    import pandas
    from ema_workbench.analysis.prim import Prim

    numbers, cases = points()
    search = Prim(pandas.DataFrame(numbers), cases.astype(int), threshold=0.1, peel_alpha=0.05)
    last = search.find_box().peeling_trajectory.iloc[-1]
    print(f"{last.coverage:.6f} {last.density:.6f} {last.mass:.6f} {last.res_dim:.0f}")


def table() -> tuple[np.ndarray, np.ndarray]:
    """Return made-up values, (draws, options, criteria), and weightings, (draws, criteria)."""
    import numpy as np  # imported here, so that it hides the memory of no command

    draw = np.random.default_rng(SEED)
    values = draw.uniform(size=(DRAWS, OPTIONS, CRITERIA))
    return values, draw.dirichlet(np.ones(CRITERIA), size=DRAWS)


def smaa() -> None:
    from guarantor.methods.smaa import acceptability

    print(acceptability(*table()).ranks[:, 0].round(6))


def smaa_numpy() -> None:
    import numpy as np  # imported here, so that it hides the memory of no command

    values, weights = table()
    first = np.zeros(OPTIONS)
    ranks = np.zeros((OPTIONS, OPTIONS))
    central = np.zeros((OPTIONS, CRITERIA))
    for value, weight in zip(values, weights, strict=True):
        order = np.argsort(-(value @ weight))
        for rank, option in enumerate(order):
            ranks[option, rank] += 1
        first[order[0]] += 1
        central[order[0]] += weight
    central /= first[:, np.newaxis]
    confident = np.zeros(OPTIONS)
    for value in values:
        for option in range(OPTIONS):
            confident[option] += int(np.argmax(value @ central[option]) == option)
    print((ranks[:, 0] / DRAWS).round(6))


def simulate() -> None:
    from guarantor.case.read import read_case
    from guarantor.questions.question import Asked
    from guarantor.questions.trials import trials

    trials(Asked(read_case(CASE), {"futures": FUTURES}))


if __name__ == "__main__":
    {
        "prim": prim,
        "prim-ema": prim_ema,
        "smaa": smaa,
        "smaa-numpy": smaa_numpy,
        "simulate": simulate,
    }[sys.argv[1]]()
