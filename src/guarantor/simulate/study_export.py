"""Merges the blocks of a study, in their order, into one netCDF file and a summary.

Blocks pass through memory one file at a time. Sums of one file's blocks are added in block order,
and those of the files in the order of the files, so that the result is the same bytes however the
blocks came to be.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import numpy as np

from guarantor.output import write_all
from guarantor.simulate import study_layout
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.estimates import error
from guarantor.simulate.netcdf import CHARACTER, FLOAT, WHOLE, Netcdf, Variable, characters
from guarantor.simulate.study_files import write_whole
from guarantor.simulate.study_layout import BY_BLOCK, MEANS, add

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import BinaryIO

    from guarantor.simulate.setup import Counts
    from guarantor.simulate.study_files import BlockFiles
    from guarantor.simulate.study_layout import Arrays, Layout

OUTCOMES, SUMMARY = "outcomes.nc", "summary.json"

Recipe = dict[str, Any]


def sketch(layout: Layout, recipe: Recipe, blocks: int) -> Netcdf:
    """Return the netCDF file that so many blocks of a study make, without its values."""
    labels = {name: characters(names) for name, names in layout.labels.items() if names}
    letters = {f"letters.{name}": rows.shape[1] for name, rows in labels.items()}
    dims = {name: length for name, length in layout.lengths(blocks).items() if length}
    names = [
        Variable(name, (name, f"letters.{name}"), CHARACTER, {"_Encoding": "utf-8"})
        for name in labels
    ]
    fixed = [
        Variable(
            "people_bin_width",
            ("option", "deal"),
            FLOAT,
            {"units": "people", "long_name": "people in one bin of the counts by people"},
        ),
        Variable(
            BY_BLOCK, (BY_BLOCK,), WHOLE, {"units": "block", "long_name": "number of the block"}
        ),
    ]
    return Netcdf(
        {**dims, **letters}, _facts(recipe, blocks), [*names, *fixed, *layout.variables.values()]
    )


def export(folder: Path, files: BlockFiles, layout: Layout, recipe: Recipe) -> list[Path]:
    """Write what the blocks held give together, and return the paths; of 0 or more blocks.

    Raises OSError when the disk refuses; what stood there before still stands then.
    """
    held = [files.held(number) for number in range(files.count)]
    blocks = sum(held)
    file_ = sketch(layout, recipe, blocks)
    merged: Arrays = {}

    def write(file: BinaryIO) -> None:
        file_.begin(file)
        for name, names in layout.labels.items():
            if names:
                file_.put(file, name, characters(names))
        file_.put(file, "people_bin_width", layout.people_bins)
        file_.put(file, BY_BLOCK, _numbers(files, held))
        merged.update(_stream(file, file_, files, layout, held))
        for name, values in merged.items():
            file_.put(file, name, values)

    write_whole(folder / OUTCOMES, write)
    summary = _summary(layout, recipe, blocks, merged)
    written = json.dumps(summary, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    return [folder / OUTCOMES, *write_all(folder, {SUMMARY: written.encode()})]


def _stream(
    file: BinaryIO, file_: Netcdf, files: BlockFiles, layout: Layout, held: list[int]
) -> Arrays:
    """Write the numbers by future, and return the sums and the means by block."""
    merged = layout.empty(0)
    first = 0
    for number, blocks in enumerate(held):
        if not blocks:
            continue
        for name, part in files.arrays(number):
            match layout.variables[name].dims[-1]:
                case study_layout.FUTURE:
                    file_.put(file, name, part, first * BLOCK)
                case study_layout.BY_BLOCK:
                    merged[name] = np.concatenate([merged[name], part], axis=-1)
                case _:
                    add(merged[name], part)
        first += blocks
    return {name: values for name, values in merged.items() if values.shape[-1]}


def _numbers(files: BlockFiles, held: list[int]) -> Counts:
    return np.concatenate(
        [number * files.each + np.arange(blocks) for number, blocks in enumerate(held)]
    ).astype(np.int64)


def _facts(recipe: Recipe, blocks: int) -> dict[str, str | int | float]:
    """Return the attributes of the file: the plain facts of the recipe, and the whole of it."""
    plain = {key: value for key, value in recipe.items() if isinstance(value, str | int)}
    return {
        **plain,
        "blocks_held": blocks,
        "futures_held": blocks * BLOCK,
        "recipe": json.dumps(recipe, ensure_ascii=False),
    }


def _summary(layout: Layout, recipe: Recipe, blocks: int, merged: Arrays) -> Recipe:
    """Return how much is held, and each measure's mean with its Monte Carlo error."""
    found: dict[str, Any] = {}
    for i, option in enumerate(layout.options):
        for j, deal in enumerate(layout.deals):
            found.setdefault(option, {})[deal] = _means(layout, merged, i, j)
    return {
        "recipe": recipe,
        "blocks_asked": recipe["blocks"],
        "blocks_held": blocks,
        "futures_held": blocks * BLOCK,
        "complete": blocks == recipe["blocks"],
        "means": found,
    }


def _means(layout: Layout, merged: Arrays, option: int, deal: int) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for each in layout.of(BY_BLOCK):
        name = each.name.removeprefix(MEANS)
        if each.dims[0] == "option":
            found[name] = _mean(merged[each.name][option, deal], str(each.attributes["units"]))
        elif name == f"money.{layout.options[option]}":
            prices = layout.labels[f"price.{layout.options[option]}"]
            for price, values in zip(prices, merged[each.name][deal], strict=True):
                if not np.isnan(values).any():
                    found[f"money, {price}"] = _mean(values, price)
    return found


def _mean(by_block: np.ndarray[Any, Any], unit: str) -> dict[str, Any]:
    return {"mean": float(by_block.mean()), "error": error(by_block), "unit": unit}
