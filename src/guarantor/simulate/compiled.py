"""Compiles plain functions to machine code, and keeps the result where that is safe.

Numba's own cache does not see edits in other files, so the folder is named by a hash of all sources
that are compiled and of the versions of Python, NumPy and Numba. Where no folder can be written,
functions are compiled anew in each process.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import llvmlite.binding  # type: ignore[import-untyped]  # llvmlite has no types
import numba
import numpy as np

from guarantor import models, simulate

CONSTANTS = ("block.py", "compiled.py", "setup.py")
"""Files of simulate/ whose values are compiled into functions of other files."""

if TYPE_CHECKING:
    from collections.abc import Callable

    F = TypeVar("F", bound=Callable[..., Any])


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for package in (models, simulate):
        for path in sorted(Path(str(package.__file__)).parent.glob("*.py")):
            source = path.read_bytes()
            # constants of simulate/ that are compiled stand in setup.py and block.py
            if package is models or path.name in CONSTANTS or b"simulate.compiled" in source:
                digest.update(path.name.encode() + source)
    for version in (sys.version, np.__version__, numba.__version__):
        digest.update(version.encode())
    return digest.hexdigest()[:16]


def _folder() -> Path | None:
    """Return a folder that can be written and is named by what is compiled, or None."""
    home = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folder = Path(home) / "guarantor" / "compiled" / _fingerprint()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        return None


FOLDER = _folder()
if FOLDER is not None:
    numba.config.CACHE_DIR = str(FOLDER)  # type: ignore[attr-defined]  # set at run time


# Before a loop uses the vector units it must check that none of its rows overlaps another. LLVM
# gives up beyond eight such checks, and some loops of the month have more rows than that allows.
llvmlite.binding.set_option("guarantor", "-runtime-memory-check-threshold=128")


def compiled(function: F) -> F:
    """Return a function compiled for the types that it is called with; it lets other threads run.

    Division by zero gives an infinity, as in NumPy. Nothing is reordered, so that results are those
    of the same operations in plain Python.
    """
    options: dict[str, Any] = {
        "nogil": True,
        "error_model": "numpy",
        "cache": FOLDER is not None,
        # a wrapper for C, which nobody calls, would take long to make for so many arrays
        "no_cfunc_wrapper": True,
    }
    found: F = numba.njit(**options)(function)
    return found


def part(function: F) -> F:
    """Return a function compiled as a part of those that call it.

    It may not make arrays: views of those it is given are not counted, and nothing but compiled
    code can call it.
    """
    options: dict[str, Any] = {
        "nogil": True,
        "error_model": "numpy",
        "_nrt": False,
        "no_cpython_wrapper": True,
        "no_cfunc_wrapper": True,
    }
    found: F = numba.njit(**options)(function)
    return found
