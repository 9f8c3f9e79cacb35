"""Holds the case, read once for each state of its files, and the Answers that were asked for."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future
from contextlib import suppress
from threading import Lock
from typing import TYPE_CHECKING

from guarantor.case.as_of import seen_from
from guarantor.case.read import find_case, read_case
from guarantor.case.what_if import imagined, read_what_if
from guarantor.problems import Misuse, Problems
from guarantor.questions import answer_for
from guarantor.questions.question import read_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.answer import Answer
    from guarantor.case.case import Case
    from guarantor.problems import Problem

    Key = tuple[str, str, tuple[tuple[str, str], ...]]

KEPT = 96
"""Answers kept; the one not asked for the longest goes first."""


WARMING = {"month": "2", "months": "6", "futures": "64"}
"""A small question that runs what the larger ones run."""


class Desk:
    """One case and the Answers about it; safe for several readers at once.

    Raises Problems for everything that is wrong with the case.
    """

    def __init__(self, called: str) -> None:
        self.called = called
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the files as they now stand; the last good case is shown meanwhile."""
        self._folder = find_case(called)
        self._files = self._stamp()
        self._case = read_case(called)
        self._answers: OrderedDict[Key, Future[Answer]] = OrderedDict()
        self._lock = Lock()
        self._reading = Lock()

    def case(self) -> Case:
        """Return the case as its files have it, or as they last had it without a problem."""
        with self._reading:
            stamp = self._stamp()
            if stamp != self._files:
                self._files = stamp
                try:
                    self._case = read_case(self.called)
                    self.problems = ()
                except Problems as error:
                    self.problems = error.problems
            return self._case

    def ask(self, case: Case, question: str, settings: Mapping[str, str]) -> Answer:
        """Return the answer; whoever asks the same meanwhile waits for the same work.

        Raises Misuse for an unknown question or setting, and Problems for what is wrong with the
        case as it is seen.
        """
        key = (question, case.digest, tuple(sorted(settings.items())))
        with self._lock:
            found = self._answers.get(key)
            mine = found is None
            if found is None:
                found = self._answers[key] = Future()
                while len(self._answers) > KEPT:
                    self._answers.popitem(last=False)
            self._answers.move_to_end(key)
        if mine:
            try:
                found.set_result(answer_for(question, case, settings, self.called))
            except BaseException as error:
                found.set_exception(error)
                with self._lock:
                    self._answers.pop(key, None)
                raise
        return found.result()

    def warm(self) -> None:
        """Ask one small question of futures, so that no reader waits while it is compiled."""
        case = self.case()
        for option, nation in [*zip(case.options, case.nations, strict=False)][:1]:
            with suppress(Problems):
                self.ask(case, "exit", {**WARMING, "option": option, "nation": nation})

    def _stamp(self) -> tuple[tuple[str, int, int], ...]:
        """Return names, times and sizes of the files: other ones mean that somebody edited."""
        found = []
        for path in sorted(self._folder.rglob("*")):
            with suppress(OSError):  # moved away while being looked at: the next look sees it
                status = path.stat()
                found.append((str(path), status.st_mtime_ns, status.st_size))
        return tuple(found)


def seen(case: Case, everywhere: Mapping[str, str]) -> Case:
    """Return the case as the reader sees it; raises Misuse for no day and no what-if."""
    if (day := everywhere.get("as-of")) is not None:
        try:
            case = seen_from(case, read_day(day))
        except Problems as error:
            raise Misuse(p.at(None, None, "--as-of") for p in error.problems) from None
    if (changes := everywhere.get("what-if")) is not None:
        case = imagined(case, read_what_if(changes))
    return case
