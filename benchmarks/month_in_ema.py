"""The oracle of the tests, unchanged, through EMA Workbench's sequential evaluator.

Run by the Python of `.venv-oracle`: python -m benchmarks.month_in_ema FILE FUTURES. FILE holds an
option and a block of its futures, as `benchmarks.futures` writes it. Each number that is uncertain
and differs from all others is a parameter, uniform between 0 and 1, that picks from the values of
the block in their order, so that its distribution is the one of the block. Prints seconds, the
number of parameters and one measure, sampling included and building the model left out.
"""

from __future__ import annotations

import json
import pickle
import sys
import time
import warnings
from pathlib import Path
from typing import Any

import numpy as np

from guarantor.simulate.block import Measure
from guarantor.simulate.setup import Futures, Structure, WhatIf

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "simulate"))
warnings.filterwarnings("ignore", message="ipyparallel not installed")


class OneFuture:
    """An option as a function of numbers between 0 and 1, by the name of the parameter."""

    def __init__(self, structure: Structure, futures: Futures, what_if: WhatIf) -> None:
        from oracle import run_future

        self.play, self.structure, self.what_if = run_future, structure, what_if
        self.futures = Futures(*(np.array(row[..., :1]) for row in futures))
        self.places: dict[str, list[tuple[Any, int]]] = {}
        self.values: dict[str, list[Any]] = {}
        known: dict[bytes, str] = {}
        for name, rows, one in zip(futures._fields, futures, self.futures, strict=True):
            for number, row in enumerate(np.atleast_2d(rows)):
                if not (row != row[0]).any():
                    continue
                parameter = known.setdefault(row.tobytes(), f"{name} {number}")
                self.values[parameter] = np.sort(row).tolist()
                self.places.setdefault(parameter, []).append((np.atleast_2d(one)[number], 0))

    def __call__(self, **shares: float) -> dict[str, float]:
        for parameter, share in shares.items():
            values = self.values[parameter]
            value = values[min(len(values) - 1, int(share * len(values)))]
            for row, place in self.places[parameter]:
                row[place] = value
        outcome = self.play(self.structure, self.futures, self.what_if, 0)
        return {measure.name: outcome.measures[measure] for measure in Measure}


def main() -> None:
    """Run the experiments and print what they took."""
    from ema_workbench import (
        Model,
        RealParameter,
        ScalarOutcome,
        SequentialEvaluator,
    )

    with Path(sys.argv[1]).open("rb") as file:
        structure, futures, what_if = pickle.load(file)
    one = OneFuture(Structure(*structure), Futures(*futures), WhatIf(*what_if))
    model = Model("month", function=one)
    model.uncertainties = [RealParameter(name, 0.0, 1.0) for name in one.values]
    model.outcomes = [ScalarOutcome(measure.name) for measure in Measure]
    wanted = int(sys.argv[2])
    with SequentialEvaluator([model]) as evaluator:
        evaluator.perform_experiments(1)
        start, processor = time.perf_counter(), time.process_time()
        _, found = evaluator.perform_experiments(wanted)
        took, worked = time.perf_counter() - start, time.process_time() - processor
    present = float(np.mean(found[Measure.PRESENT_MEAN.name]))
    print(
        json.dumps(
            {
                "seconds": took,
                "processor": worked,
                "parameters": len(one.values),
                "present": present,
            }
        )
    )


if __name__ == "__main__":
    main()
