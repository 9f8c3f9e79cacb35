"""Asks futures: what a reader may set, the run, and figures that say how they were got.

Every question about what happens over time uses this and nothing else of the simulation.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.text import Cited, Figure, Text, text
from guarantor.problems import Problems
from guarantor.quantity import Kind
from guarantor.questions.balances import deal_of
from guarantor.questions.question import DEAL, Setting
from guarantor.questions.tracing import cited
from guarantor.simulate.assumptions import NEEDED
from guarantor.simulate.estimates import of_twenty
from guarantor.simulate.setup import NO_MONTH
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guarantor.case.case import Case
    from guarantor.questions.question import Asked
    from guarantor.questions.tracing import Book
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

USUAL_SEED = 7
USUAL_FUTURES = 8192
"""Eight blocks: a second's work for an option, and enough to see the Monte Carlo error."""

DIGITS = 2
"""Significant digits of what futures say."""


def _length(text_: str, case: Case) -> int:
    last = case.about.horizon.months
    if text_.isdecimal() and 1 <= int(text_) <= last:
        return int(text_)
    raise Problems.one(
        "the run is not within what the case looks ahead",
        found=text_,
        allowed=f"1 to {last} months, the horizon in case.yaml",
        remedy="Ask for fewer months, or lengthen the horizon in case.yaml.",
    )


def _futures(text_: str, _case: Case) -> int:
    digits = text_.replace("_", "").replace(" ", "")
    if digits.isdecimal() and 1 <= int(digits) <= MOST_FUTURES:
        return int(digits)
    raise Problems.one(
        "no number of futures that an answer can wait for",
        found=text_,
        allowed=f"1 to {MOST_FUTURES:_}",
        remedy="For more, use `guarantor run`, which can be stopped and resumed.",
    )


def _seed(text_: str, _case: Case) -> int:
    if text_.isdecimal():
        return int(text_)
    raise Problems.one("no seed", found=text_, allowed="a whole number from 0")


def _level(text_: str, _case: Case) -> Level:
    found = next((level for level in Level if level.value == text_), None)
    if found is None:
        raise Problems.one(
            "no such firmness", found=text_, allowed=", ".join(level.value for level in Level)
        )
    return found


MOST_FUTURES = 1_000_000
LENGTH = Setting("months", "months from the start of the deal", _length, "60")
FUTURES = Setting("futures", "how many futures to run", _futures, "100000")
SEED = Setting("seed", "which draws; the same seed gives the same answer", _seed, "7")
COUNT = Setting("count", "contributions counted, at least so firm", _level, "said")
OF_FUTURES = (DEAL, LENGTH, FUTURES, SEED, COUNT)
"""The settings of every question about futures."""


class Terms(NamedTuple):
    """How an option is run."""

    option: str
    deal: str
    level: Level
    months: int
    futures: int
    seed: int


class WhatHappens(NamedTuple):
    """What a question makes happen; months are counted from 0."""

    exits: tuple[tuple[str, int], ...] = ()
    followers: bool = True
    breach_month: int = NO_MONTH


AS_IT_COMES = WhatHappens()


def terms(asked: Asked, option: str) -> Terms:
    """Return how an option is run, as the reader set it or as usual."""
    return Terms(
        option,
        deal_of(asked, option).id,
        asked.get("count") or Level.POSSIBLE,
        asked.get("months") or asked.case.about.horizon.months,
        asked.get("futures") or USUAL_FUTURES,
        USUAL_SEED if asked.get("seed") is None else asked.get("seed"),
    )


_KEPT: OrderedDict[tuple[int, Terms, WhatHappens], tuple[Case, Outcome]] = OrderedDict()
_MOST_KEPT = 64
_LOCK = Lock()


def outcomes(
    case: Case, wanted: Sequence[tuple[Terms, WhatHappens]]
) -> dict[tuple[Terms, WhatHappens], Outcome]:
    """Return the outcome of each thing wanted; those that were run lately are not run again.

    All of one seed and number of futures face the same draws, so that differences between them are
    exact. Raises Problems when the case lacks what futures need.
    """
    # the compiler loads in half a second, which questions about today need not wait for
    from guarantor.simulate.run import blocks_of, draws_of, job, made_to_happen, run

    found: dict[tuple[Terms, WhatHappens], Outcome] = {}
    missing = []
    for one in dict.fromkeys(wanted):
        key = (id(case), *one)
        with _LOCK:
            # the case stands in the entry, so that its id cannot pass to another one
            if key in _KEPT:
                _KEPT.move_to_end(key)
                found[one] = _KEPT[key][1]
                continue
        missing.append(one)
    for seed, number in dict.fromkeys((t.seed, t.futures) for t, _ in missing):
        batch = [one for one in missing if (one[0].seed, one[0].futures) == (seed, number)]
        plain = {t: job(case, t.option, t.deal, t.level, t.months) for t, _ in batch}
        jobs = [
            made_to_happen(
                plain[t],
                dict(what.exits),
                followers=what.followers,
                breach_month=what.breach_month,
            )
            for t, what in batch
        ]
        results = run(jobs, draws_of(case, seed), blocks_of(number))
        for one, outcome in zip(batch, results, strict=True):
            found[one] = outcome
            _keep(case, one, outcome)
    return found


def _keep(case: Case, one: tuple[Terms, WhatHappens], outcome: Outcome) -> None:
    with _LOCK:
        _KEPT[(id(case), *one)] = (case, outcome)
        while len(_KEPT) > _MOST_KEPT:
            _KEPT.popitem(last=False)


def forget_outcomes() -> None:
    """Let go of the outcomes kept for the next question; each is some megabytes."""
    with _LOCK:
        _KEPT.clear()


def outcome(asked: Asked, option: str, what: WhatHappens = AS_IT_COMES) -> Outcome:
    """Return the outcome of one option under the reader's terms."""
    one = (terms(asked, option), what)
    return outcomes(asked.case, [one])[one]


def run_trace(book: Book, found: Outcome, terms_: Terms) -> str:
    """Keep the record of a run: what was run, and every assumption that it rests on."""
    inputs = [assumption_trace(book, name) for name in NEEDED]
    option, deal = book.case.options[terms_.option], book.case.deals[terms_.deal]
    inputs.append(book.entry(("deals", deal.id), "deal assumed", deal.meaning))
    return book.derived(
        f"{found.futures} futures of {option.title}",
        "the simulation month by month: every uncertain number is drawn from its range in the "
        "case, and the months follow from them",
        inputs,
        says=f"{found.futures} futures in {found.blocks} blocks, seed {found.seed}, "
        f"{terms_.months} months, deal: {deal.title}; contributions counted: at least "
        f"{terms_.level.value}.{_made_to(found)}",
    )


def assumption_trace(book: Book, name: str) -> str:
    """Keep the record of one assumption: what it says and its range."""
    assumption = book.case.assumptions[name]
    says = f"{assumption.text} {assumption.quantity.text()}"
    return book.entry(("assumptions", name), f"assumption: {assumption.title}", says)


def _made_to(found: Outcome) -> str:
    exits = [
        f"{nation} leaves at the start of month {month + 1}"
        for nation, month in zip(found.table.nations, found.what_if.exit_month, strict=True)
        if month != NO_MONTH
    ]
    if found.what_if.breach_month != NO_MONTH:
        exits.append(f"the ceasefire fails in month {found.what_if.breach_month + 1}")
    followers = "" if found.what_if.followers else " Nobody follows a leaver."
    return f" Made to happen: {'; '.join(exits)}.{followers}" if exits else followers


class Shown:
    """Makes figures of one outcome, each with a record that leads to the run."""

    def __init__(self, book: Book, found: Outcome, terms_: Terms) -> None:
        self.book = book
        self.found = found
        self.run = run_trace(book, found, terms_)

    def in_twenty(self, label: str, holds: Numbers, also: Iterable[str] = ()) -> Cited:
        """Return a share of futures as words, `13 of 20 futures`; holds is by future, 0 or 1.

        also: ids of the records that it rests on beside the run.
        """
        share, error = self.found.mean(holds * 1.0)
        words = f"{of_twenty(min(1.0, max(0.0, share)))} of 20 futures"
        exact = f"{words}: {100 * share:.4g} % of {self.found.futures}"
        exact += f", Monte Carlo error {100 * error:.2g} points" if error is not None else ""
        method = "counted over the futures of these ranges; a share, not a likelihood"
        return cited(words, self.book.derived(label, method, [self.run, *also], says=exact))

    def mean(self, label: str, values: Numbers, unit: str) -> Figure:
        """Return the mean of a number by future, with the ends between which nine in ten lie.

        The record says the Monte Carlo error of the mean.
        """
        mean, error = self.found.mean(values)
        low, high = _quantiles(values, (0.05, 0.95))
        method = "mean over the futures; nine in ten lie between the ends"
        method += f"; Monte Carlo error of the mean {error:.2g}" if error is not None else ""
        return self.banded(label, mean, low, high, unit, method)

    def middle(self, label: str, values: Numbers, unit: str) -> Figure:
        """Return the median of a number by future, with the ends of nine in ten futures."""
        low, median, high = _quantiles(values, (0.05, 0.5, 0.95))
        method = "median over the futures; nine in ten lie between the ends"
        return self.banded(label, median, low, high, unit, method)

    def banded(
        self, label: str, value: float, low: float, high: float, unit: str, method: str
    ) -> Figure:
        """Return a number with its ends from the run, by the method named."""
        bare = Figure(
            value=value,
            low=None if low == high else low,
            high=None if low == high else high,
            unit=unit,
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        )
        return self.book.made(label, method, [self.run], bare)

    def number(self, label: str, value: float, unit: str, method: str) -> Figure:
        """Return a number from the run, by the method named."""
        bare = Figure(value=value, unit=unit, digits=DIGITS, kind=Kind.DERIVED, trace="")
        return self.book.made(label, method, [self.run], bare)


def _quantiles(values: Numbers, shares: Iterable[float]) -> list[float]:
    return [float(end) for end in np.quantile(values, list(shares))]


def what_the_run_rests_on(book: Book, found: Outcome, assumed: Mapping[str, str]) -> Text:
    """Return the sentence that stands under every answer from futures.

    assumed: words for the assumptions that matter most here, by name.
    """
    count = book.number("futures run", found.futures, "counted", [book.day().trace], unit="futures")
    named = ", ".join(assumed.values())
    return text(
        "A share of the {n} futures says how the answer hangs on the ranges put in; it is no "
        f"likelihood. It rests most on {named}.",
        n=count,
    )
