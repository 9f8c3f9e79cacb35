"""The methods by name, and the data sets that published cases name, if they are at hand."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from guarantor.methods import CARDS as METHODS
from guarantor.methods.datasets import read_dataset

__all__ = ["METHODS", "data"]

BESIDE_THE_REPOSITORY = Path(__file__).parents[3] / "shared" / "published" / "data"


def folder():
    return Path(os.environ.get("GUARANTOR_PUBLISHED_DATA", BESIDE_THE_REPOSITORY))


@cache
def data(name):
    if not folder().is_dir():
        pytest.skip(f"no folder {folder()}: name it in GUARANTOR_PUBLISHED_DATA")
    return read_dataset(name, folder())
