"""Two options on the same futures and one measure: who leads, by how much, in how many futures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import Figure, Text, text
from guarantor.problems import Misuse
from guarantor.quantity import Kind
from guarantor.questions.futures import AS_IT_COMES, DIGITS, Shown, outcomes
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.guarantee import ordered
from guarantor.questions.measures import measures
from guarantor.questions.question import OPTION, Setting
from guarantor.questions.searched import points_of
from guarantor.questions.tracing import cited
from guarantor.questions.trials import Trial, in_twenty_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.case.records import Deal
    from guarantor.questions.measures import Measure
    from guarantor.questions.question import Asked
    from guarantor.simulate.drawn import Drawn
    from guarantor.simulate.setup import Flags, Numbers

OVER = Setting("over", "the option it is held against", OPTION.read, "sky-guarantee")
PREFER = Setting("prefer", "the option to be preferred", OPTION.read, "reassurance-division")
USUAL_MEASURE = "mean_fill"
FIRST_LOOK = 1024


@dataclass
class Pair:
    """An option and the one it is held against, under one deal, on one measure."""

    asked: Asked
    measure: Measure
    first: Trial
    second: Trial | None
    _run: str = ""
    _drawn: Drawn | None = field(default=None)

    @property
    def run(self) -> str:
        """Return the record of the run of the first option."""
        if not self._run:
            trial = self.first
            self._run = Shown(self.asked.book, trial.found, trial.terms).run
        return self._run

    @property
    def runs(self) -> list[str]:
        """Return the records of both runs."""
        if self.second is None:
            return [self.run]
        other = Shown(self.asked.book, self.second.found, self.second.terms)
        return [self.run, other.run]

    @property
    def deal(self) -> Deal:
        """Return the deal under which both are run."""
        return self.asked.case.deals[self.first.terms.deal]

    def drawn(self, name: str) -> Numbers:
        """Return the draws of a quantity of the first option."""
        if self._drawn is None:
            self._drawn = points_of(self.first)
        return self._drawn.numbers[name]

    def lead(self) -> Numbers | None:
        """Return by how much the first is better, by future; None where the two do not compare."""
        if self.second is None or not self.measure.ranks:
            return None
        own, other = self.measure.gain(self.first.found), self.measure.gain(self.second.found)
        return None if own is None or other is None else own - other

    def marked(self, label: str, inputs: Sequence[str]) -> list[str]:
        """Return the records that a figure rests on, with the mark that the measure may carry."""
        if not self.measure.outside:
            return list(inputs)
        return [
            self.asked.book.derived(
                f"{label}: the model behind it",
                self.measure.meaning,
                inputs,
                model="negbin_rate_ratio",
                outside=[self.measure.outside],
            )
        ]

    def number(self, label: str, value: float, method: str, also: Sequence[str] = ()) -> Figure:
        """Return a number in the measure's unit."""
        bare = Figure(
            value=value, unit=self.measure.unit, digits=DIGITS, kind=Kind.DERIVED, trace=""
        )
        inputs = self.marked(label, [*self.runs, *also])
        return self.asked.book.made(label, method, inputs, bare)

    def middle(self) -> Text:
        """Return what the first option has at most in half of the futures, and what it counts."""
        values = self.measure.values(self.first.found)
        assert values is not None  # noqa: S101  # whoever asks has looked
        figure = self.number(
            f"{self.measure.title}, in half of the futures at most: {self.first.option}",
            float(np.median(values)),
            "median over the futures",
        )
        return text("{n} {what}", n=figure, what=cited(self.measure.phrase, figure.trace))

    def share(self, label: str, held: Flags) -> Text:
        """Return a share of futures as words."""
        words = in_twenty_words(float(held.mean()), "futures")
        trace = self.asked.book.derived(
            label,
            "counted over the futures of these ranges; a share, not a likelihood",
            self.runs,
            says=f"{words}: {100 * float(held.mean()):.3g} %",
        )
        return text("{n}", n=cited(words, trace))

    def who_leads(self) -> Text:
        """Return who leads on the average of all futures, by how much, and in how many."""
        lead = self.lead()
        assert lead is not None  # noqa: S101  # whoever asks has looked
        assert self.second is not None  # noqa: S101
        mean = float(lead.mean())
        ahead, behind = (self.first, self.second) if mean >= 0 else (self.second, self.first)
        book = self.asked.book
        figure = self.number(
            f"lead of {ahead.option} over {behind.option}", abs(mean), "mean over the futures"
        )
        better = lead > 0 if mean >= 0 else lead < 0
        share = self.share(f"{ahead.option} ahead of {behind.option}", better)
        return text(
            "On average over the futures {ahead} leads {behind} by {n} {what}. It is ahead in "
            "{share}.",
            ahead=book.option_title(ahead.option),
            behind=book.option_title(behind.option),
            n=figure,
            what=cited(self.measure.phrase, figure.trace),
            share=share.slots["n"],
        )


def pair(asked: Asked, option: str, over: str | None) -> Pair:
    """Return an option beside another one: the one named, else that of the nearest average.

    Both are run under the deal of the first. Raises Misuse when they are the same.
    """
    if option == over:
        raise Misuse.one(
            "an option cannot be held against itself",
            found=option,
            allowed=", ".join(name for name in ordered(asked) if name != option),
        )
    known = measures(asked.case, asked.get("europe"))
    measure = known[asked.get("measure") or USUAL_MEASURE]
    other = over or _nearest(asked, option, measure)
    deal = terms_of(asked, option).deal
    wanted = [option] if other is None else [option, other]
    all_terms = {name: terms_of(asked, name)._replace(deal=deal) for name in wanted}
    results = outcomes(asked.case, [(terms, AS_IT_COMES) for terms in all_terms.values()])
    tried = [
        Trial(name, terms, results[terms, AS_IT_COMES], {}, None)
        for name, terms in all_terms.items()
    ]
    return Pair(asked, measure, tried[0], tried[1] if len(tried) > 1 else None)


def _nearest(asked: Asked, option: str, measure: Measure) -> str | None:
    """Return the other option whose average is nearest on a first look; None without any."""
    if not measure.ranks:
        return None
    deal = terms_of(asked, option).deal
    looked = {
        name: terms_of(asked, name)._replace(deal=deal, futures=FIRST_LOOK)
        for name in ordered(asked)
    }
    results = outcomes(asked.case, [(terms, AS_IT_COMES) for terms in looked.values()])
    means = {
        name: float(gain.mean())
        for name, terms in looked.items()
        if (gain := measure.gain(results[terms, AS_IT_COMES])) is not None
    }
    if option not in means:
        return None
    others = [name for name in means if name != option]
    return min(others, key=lambda name: abs(means[name] - means[option]), default=None)
