"""Other people's programs, if this environment has them: `make oracle` makes one that does."""

from __future__ import annotations

import importlib
import importlib.util
import warnings

import pytest


def other(name):
    """Import a module without its warnings, or skip."""
    package = name.partition(".")[0]
    if importlib.util.find_spec(package) is None:
        pytest.skip(f"{package} is not installed here; `make oracle` runs this where it is")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module(name)
