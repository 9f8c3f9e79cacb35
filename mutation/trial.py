"""Runs the tests of the models against each mutant, in a process forked once they are collected."""

from __future__ import annotations

import importlib
import io
import os
import signal
import tempfile
from contextlib import redirect_stdout
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

import pytest

from guarantor import models

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mutation.mutants import Mutant

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "src" / "guarantor" / "models"
TESTS = (
    "tests/models",
    "tests/evidence/test_given_cases.py",
    "tests/evidence/test_nudges.py",
    "tests/evidence/test_interfaces.py",
    "tests/evidence/test_bad_rows.py",
)
"""What may notice a mutant: no page that is merely compared with what it was."""

PATIENCE = 60
"""Seconds after which a mutant that still runs counts as noticed."""

READS_CARDS = "_docstring.py"
"""What it does is done while the models load, so they are read again with the mutant in place."""


def survivors(mutants: Iterable[Mutant], tell: Callable[[Mutant, bool], None]) -> list[Mutant]:
    """Return the mutants that no test notices; tell hears of each as it is tried.

    Raises RuntimeError when the tests fail before anything is changed. Needs Linux or macOS.
    """
    trial = _Trial(list(mutants), tell)
    with tempfile.TemporaryDirectory() as nowhere:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = nowhere
        os.environ["GUARANTOR_PUBLISHED_DATA"] = f"{nowhere}/none"  # methods alone read data sets
        os.chdir(ROOT)
        words = ["-x", "-p", "no:cacheprovider", "--hypothesis-seed=0", *TESTS]
        said = io.StringIO()
        with redirect_stdout(said):
            status = pytest.main(words, plugins=[trial])
    if status != pytest.ExitCode.OK:
        raise RuntimeError(f"the tests fail before anything is changed:\n{said.getvalue()}")
    return trial.left


@dataclass
class _Trial:
    """A pytest plugin that runs the collected tests once for each mutant instead of once."""

    mutants: list[Mutant]
    tell: Callable[[Mutant, bool], None]
    left: list[Mutant] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Try the tests unchanged, then with each mutant."""
        if session.testsfailed or not _passes(session, None):
            session.testsfailed += 1
            return True
        for mutant in self.mutants:
            survives = _passes(session, mutant)
            if survives:
                self.left.append(mutant)
            self.tell(mutant, survives)
        return True


def _passes(session: pytest.Session, mutant: Mutant | None) -> bool:
    """Return whether all tests pass in a child process in which the mutant is in place."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        return status == 0
    try:
        signal.alarm(PATIENCE)
        if mutant is not None:
            put_in_place(mutant)
        items = _likeliest_first(session.items, mutant)
        for item, after in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                break
        os._exit(1 if session.testsfailed else 0)
    except BaseException:  # noqa: BLE001  # whatever a mutant does, it must not run on as the parent
        os._exit(1)


def _likeliest_first(items: list[pytest.Item], mutant: Mutant | None) -> list[pytest.Item]:
    """Return the tests whose names hold the function's name before the others."""
    if mutant is None:
        return items
    name = mutant.function.rpartition(".")[2]
    return sorted(items, key=lambda item: name not in item.nodeid)


def put_in_place(mutant: Mutant) -> None:
    """Give the function of the running program the code of its mutant."""
    name = f"guarantor.models.{mutant.file.removesuffix('.py')}"
    module = importlib.import_module(name.removesuffix(".__init__"))
    wanted = _code(compile(mutant.text, mutant.file, "exec"), mutant.function)
    _function(module, mutant.function).__code__ = wanted
    if mutant.file == READS_CARDS:
        models.CARDS.clear()
        for topic in models._TOPICS:
            models.CARDS.update({card.name: card for card in importlib.reload(topic).CARDS})


def _function(module: object, qualified: str) -> FunctionType:
    found = module
    for part in qualified.split("."):
        found = vars(found)[part]
    found = getattr(found, "fget", getattr(found, "__func__", found))
    if not isinstance(found, FunctionType):
        raise TypeError(f"{qualified} is no function")
    return found


def _code(code: CodeType, qualified: str) -> CodeType:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            if part.co_qualname == qualified:
                return part
            if qualified.startswith(f"{part.co_qualname}."):
                return _code(part, qualified)
    raise KeyError(qualified)
