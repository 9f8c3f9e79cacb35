"""Studies: the one way from a command to a run of many futures into a folder."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.case.what_if import imagined, read_what_if
from guarantor.problems import Collector, Misuse, Problem, Problems
from guarantor.questions.futures import COUNT, LENGTH, SEED
from guarantor.questions.question import DEAL, OPTION, read_day

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from guarantor.case.case import Case
    from guarantor.questions.question import Setting
    from guarantor.simulate.study import Held, Progress


@dataclass(frozen=True)
class Wish:
    """What a person asks a study to be of; all options and deals, and the horizon, when not said.

    Numbers come as they were given; `run_study` says what is wrong with them.
    """

    case: str
    futures: int
    options: tuple[str, ...] = ()
    deals: tuple[str, ...] = ()
    months: int | None = None
    seed: int = 7
    count: str = "possible"
    as_of: str | None = None
    what_if: str | None = None
    threads: int | None = None

    def command(self, folder: Path) -> str:
        """Return the command that runs or resumes the study in a folder."""
        words = ["guarantor", "run", self.case, "--output", str(folder)]
        words += ["--futures", str(self.futures)]
        for option in self.options:
            words += ["--option", option]
        for deal in self.deals:
            words += ["--deal", deal]
        words += ["--months", str(self.months)] if self.months is not None else []
        words += ["--seed", str(self.seed), "--count", self.count]
        for name, value in (("--as-of", self.as_of), ("--what-if", self.what_if)):
            words += [name, value] if value else []
        words += ["--threads", str(self.threads)] if self.threads is not None else []
        return shlex.join(words)


def run_study(wish: Wish, folder: Path, tell: Callable[[Progress], bool] | None = None) -> Held:
    """Run or resume a study in a folder; tell hears of each block, and stops it by returning False.

    Raises Misuse with everything that is wrong with the wish, and Problems when the case, the
    folder or the disk stands against it; all before the first block.
    """
    case = _seen(wish)
    read = _Reading(case)
    options = read.each("--option", wish.options, OPTION, case.options)
    deals = read.each("--deal", wish.deals, DEAL, case.deals)
    level = read.one("--count", wish.count, COUNT)
    seed = read.one("--seed", str(wish.seed), SEED)
    months = case.about.horizon.months
    if wish.months is not None:
        months = read.one("--months", str(wish.months), LENGTH)
    read.at_least_one("--futures", wish.futures, "a study needs futures")
    if wish.threads is not None:
        read.at_least_one("--threads", wish.threads, "a study needs a thread")
    if read.problems:
        raise Misuse(read.problems)
    # the compiler loads in half a second, which a refusal need not wait for
    from guarantor.simulate.study import run_study
    from guarantor.simulate.study_recipe import Plan

    plan = Plan(
        case, wish.case, options, deals, level, months, wish.futures, seed, wish.what_if or None
    )
    return run_study(plan, folder, threads=wish.threads, tell=tell)


def summed_up(held: Held, wish: Wish, folder: Path) -> str:
    """Return how much a study holds, and how to go on where it is not complete."""
    if held.complete:
        return f"The study is complete: {held.futures} futures of each option under each deal."
    return (
        f"Stopped: {held.blocks} of {held.asked} blocks are held, {held.futures} futures of each "
        f"option under each deal, and the outcomes are of those. "
        f"Resume with: {wish.command(folder)}"
    )


def _seen(wish: Wish) -> Case:
    case = read_case(wish.case)
    if wish.as_of is not None:
        try:
            case = seen_from(case, read_day(wish.as_of))
        except Problems as error:
            raise Misuse(p.at(None, None, "--as-of") for p in error.problems) from None
    return imagined(case, read_what_if(wish.what_if)) if wish.what_if else case


class _Reading:
    """Reads settings, and keeps what is wrong with them until all are read."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self.problems = Collector()

    def one(self, name: str, text: str, setting: Setting) -> Any:
        """Return a setting as a value, or None when it cannot be read."""
        try:
            return setting.read(text, self._case)
        except Problems as error:
            self.problems.extend(p.at(None, None, name) for p in error.problems)
            return None

    def each(
        self, name: str, texts: Iterable[str], setting: Setting, known: Mapping[str, object]
    ) -> tuple[str, ...]:
        """Return those named, in the order of the case, so that their order decides nothing."""
        named = {self.one(name, text, setting) for text in texts}
        return tuple(each for each in known if each in named or not named)

    def at_least_one(self, name: str, number: int, what: str) -> None:
        """Keep a problem when a number is not 1 or more."""
        if number < 1:
            self.problems.add(
                Problem(what, field=name, found=str(number), allowed="a whole number from 1")
            )
