"""Holds the case, read once, and the Answers that readers have asked for."""

from __future__ import annotations

from collections import OrderedDict
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING

from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.case.what_if import imagined, read_what_if
from guarantor.problems import Misuse, Problems
from guarantor.questions import answer_for
from guarantor.questions.question import read_day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.answer import Answer
    from guarantor.case.case import Case

    Key = tuple[str, str, tuple[tuple[str, str], ...]]

KEPT = 96
"""Answers kept; the one not asked for the longest goes first."""


class Desk:
    """One case and the Answers about it; safe for several readers at once.

    Raises Problems for everything that is wrong with the case.
    """

    def __init__(self, called: str) -> None:
        self.called = called
        self.case = read_case(called)
        self._answers: OrderedDict[Key, Future[Answer]] = OrderedDict()
        self._lock = Lock()

    def ask(self, question: str, settings: Mapping[str, str]) -> Answer:
        """Return the answer; whoever asks the same meanwhile waits for the same work.

        Raises Misuse for an unknown question or setting, and Problems for what is wrong with the
        case as it is seen.
        """
        key = (question, self.case.digest, tuple(sorted(settings.items())))
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
                found.set_result(answer_for(question, self.case, settings, self.called))
            except BaseException as error:
                found.set_exception(error)
                with self._lock:
                    self._answers.pop(key, None)
                raise
        return found.result()

    def seen(self, everywhere: Mapping[str, str]) -> Case:
        """Return the case as the reader sees it; raises Misuse for no day and no what-if."""
        case = self.case
        if (day := everywhere.get("as-of")) is not None:
            try:
                case = seen_from(case, read_day(day))
            except Problems as error:
                raise Misuse(p.at(None, None, "--as-of") for p in error.problems) from None
        if (changes := everywhere.get("what-if")) is not None:
            case = imagined(case, read_what_if(changes))
        return case
