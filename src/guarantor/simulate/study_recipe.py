"""What makes a study what it is, as plain values, and whether a folder holds that same study."""

from __future__ import annotations

import hashlib
import json
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import scipy  # type: ignore[import-untyped]  # scipy has no types

import guarantor
from guarantor.problems import Problem, Problems
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.run import blocks_of
from guarantor.simulate.study_layout import FILL_LABELS, PEOPLE_LABELS, SUMS, meanings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.case import Case
    from guarantor.simulate.study_export import Recipe
    from guarantor.simulate.study_layout import Layout
    from guarantor.supply.shares import Level

RECIPE = "recipe.json"
BLOCKS_IN_A_FILE = 16
"""At most so many blocks are lost when a run is killed; a file of one option is about 2 MB."""

_DECIDES = ("case", "models", "quantity", "simulate", "supply")
"""Packages whose sources decide what a future gives."""


@dataclass(frozen=True)
class Plan:
    """What a study is of: the case as seen, and how it is run.

    called is the name under which the case was asked for, what_if the change of it in words.
    """

    case: Case
    called: str
    options: tuple[str, ...]
    deals: tuple[str, ...]
    level: Level
    months: int
    futures: int
    seed: int
    what_if: str | None = None
    blocks_in_a_file: int = BLOCKS_IN_A_FILE


def recipe_of(plan: Plan, layout: Layout) -> Recipe:
    """Return all that decides what a study gives, as plain values."""
    return {
        "study_of": plan.case.name,
        "case": plan.called,
        "case_digest": plan.case.digest,
        "as_of": plan.case.view.as_of.isoformat(),
        "what_if": plan.what_if or "",
        "options": list(plan.options),
        "deals": list(plan.deals),
        "count": plan.level.value,
        "months": plan.months,
        "futures_asked": plan.futures,
        "blocks": blocks_of(plan.futures),
        "futures_in_a_block": BLOCK,
        "blocks_in_a_file": plan.blocks_in_a_file,
        "seed": plan.seed,
        "guarantor": guarantor.__version__,
        "program": _program(),
        "python": platform.python_version(),
        "numpy": np.__version__,
        "numba": numba.__version__,
        "scipy": scipy.__version__,
        "platform": f"{sys.platform} {platform.machine()}",
        "fill_bins": list(FILL_LABELS),
        "people_bins": list(PEOPLE_LABELS),
        "sums": list(SUMS),
        "measures": meanings(layout),
    }


def holds(folder: Path, recipe: Recipe) -> bool:
    """Return whether a folder holds this study already; raises Problems for anything else."""
    try:
        there = sorted(path.name for path in folder.iterdir())
    except FileNotFoundError:
        return False
    except OSError as error_:
        raise _no_study(folder, error_.strerror or str(error_)) from None
    if not there:
        return False
    try:
        before = json.loads((folder / RECIPE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise _no_study(folder, ", ".join(there[:3])) from None
    if not isinstance(before, dict):
        raise _no_study(folder, f"{RECIPE} of another kind")
    problems = [
        Problem(
            "the study in the folder is another one",
            file=str(folder / RECIPE),
            field=name,
            found=_shown(before.get(name)),
            allowed=_shown(recipe.get(name)),
            remedy="Give the settings of the folder to resume it, or name another folder with -o.",
        )
        for name in dict.fromkeys([*recipe, *before])
        if before.get(name) != recipe.get(name)
    ]
    if problems:
        raise Problems(problems)
    return True


def _no_study(folder: Path, found: str) -> Problems:
    return Problems(
        [
            Problem(
                "the folder holds no study",
                file=str(folder),
                found=found,
                allowed=f"a folder that is new or empty, or one with a {RECIPE} of a study",
                remedy="Name another folder with -o; nothing was changed.",
            )
        ]
    )


def _program() -> str:
    """Return a hash of the sources that decide what a future gives."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    root = Path(str(guarantor.__file__)).parent
    for package in _DECIDES:
        yield from sorted((root / package).rglob("*.py"))


def written(recipe: Recipe) -> bytes:
    """Return the recipe as it stands in its file."""
    return (json.dumps(recipe, indent=1, ensure_ascii=False) + "\n").encode()


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "nothing"
    text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= 200 else f"{text[:200]} …"
