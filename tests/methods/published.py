"""Published cases of the project, and the data sets that some of them name, if they are at hand."""

from __future__ import annotations

import csv
import json
import os
from functools import cache
from importlib.resources import files
from pathlib import Path

import pytest

from guarantor.methods import CARDS as METHODS
from guarantor.methods.datasets import DATA_SET_UNIT, read_dataset
from guarantor.models import CARDS as MODELS

CASES = files("guarantor") / "evidence" / "cases"
TOPICS = ("E_air_defence", "F_burden_sharing", "G_peace_durability", "H_deep_uncertainty")
CARDS = {**MODELS, **METHODS}
BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "published" / "data"


def folder():
    return Path(os.environ.get("GUARANTOR_PUBLISHED_DATA", BESIDE_THE_REPOSITORY))


@cache
def data(name):
    if not folder().is_dir():
        pytest.skip(f"no folder {folder()}: name it in GUARANTOR_PUBLISHED_DATA")
    return read_dataset(name, folder())


def cases():
    for topic in TOPICS:
        text = (CASES / f"{topic}.csv").read_text(encoding="utf-8")
        yield from csv.DictReader(text.splitlines())


def variant_and_inputs(row):
    """The equation a row calls and its inputs, with each data set read from its files."""
    inputs = json.loads(row["inputs"])
    fitting = [
        variant
        for variant in CARDS[row["model"]].variants
        if {symbol.name for symbol in variant.symbols} | set(variant.labels) == inputs.keys()
        and asked(variant, row["output"])
    ]
    assert fitting, f"no equation of {row['model']} gives {row['output']} of {list(inputs)}"
    for symbol in fitting[0].symbols:
        if symbol.unit == DATA_SET_UNIT:
            inputs[symbol.name] = data(inputs[symbol.name])
    return fitting[0], inputs


def asked(variant, cell):
    """The outputs a cell names, one by its whole text or several parted by semicolons."""
    known = [output.name for output in variant.outputs]
    names = [cell] if cell in known else cell.split(";")
    return names if set(names) <= set(known) else []


def flattened(value):
    if isinstance(value, list | tuple):
        return [part for each in value for part in flattened(each)]
    return [value]
