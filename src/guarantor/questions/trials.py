"""Options tried on common futures: what was asked, what was run, and which needs were met."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import Cited, Figure, Text, join, text
from guarantor.problems import Misuse
from guarantor.quantity import Kind
from guarantor.questions.futures import AS_IT_COMES, DIGITS, Shown, outcomes
from guarantor.questions.futures import terms as terms_of
from guarantor.questions.guarantee import ordered
from guarantor.questions.measures import measures
from guarantor.questions.needs import Need, counting, holds, read_needs, tested
from guarantor.questions.tracing import cited
from guarantor.simulate.estimates import of_twenty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.questions.futures import Terms
    from guarantor.questions.measures import Measure
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Flags, Numbers

USUAL_NEEDS = "mean_fill >= 25 per cent; europe_share_people >= 50 per cent"
WHY_USUAL = (
    "judged: a quarter of what an option itself asks for, because nothing is confirmed and few "
    "futures hold more; and Europe's lion's share, which the case's question takes for granted"
)


NEXT_TO = 1 / 40
"""Share of futures below which one in twenty would be too much said."""


@dataclass(frozen=True)
class Trial:
    """One option that was tried: its outcome, and in which futures it held."""

    option: str
    terms: Terms
    found: Outcome
    tests: Mapping[Need, Flags | None]
    held: Flags | None


@dataclass
class Trials:
    """All options on the same futures under one deal."""

    asked: Asked
    deal: str
    measures: Mapping[str, Measure]
    needs: tuple[Need, ...]
    needs_trace: str
    by_option: dict[str, Trial]
    _shown: dict[str, Shown] = field(default_factory=dict)

    @property
    def counted(self) -> list[Need]:
        """Return the needs that an option stands or falls by."""
        return counting(self.needs, self.measures)

    @property
    def ranking(self) -> list[Measure]:
        """Return the measures of the needs that options may be ranked by, each once."""
        named = dict.fromkeys(need.measure for need in self.counted)
        return [self.measures[name] for name in named if self.measures[name].ranks]

    @property
    def runs(self) -> list[str]:
        """Return the records of all the runs."""
        return [self.shown(name).run for name in self.by_option]

    def shown(self, option: str) -> Shown:
        """Return the maker of figures of an option's outcome."""
        if option not in self._shown:
            trial = self.by_option[option]
            self._shown[option] = Shown(self.asked.book, trial.found, trial.terms)
        return self._shown[option]

    def title(self, option: str) -> Cited:
        """Return the title of an option."""
        return self.asked.book.option_title(option)

    def named(self, option: str) -> Text:
        """Return the title of an option as a text."""
        return text("{option}", option=self.title(option))

    def table(self, measure: Measure) -> tuple[list[str], Numbers]:
        """Return the options that have a measure, and its gains, (options, futures)."""
        rows = {name: measure.gain(trial.found) for name, trial in self.by_option.items()}
        kept = {name: row for name, row in rows.items() if row is not None}
        size = next(iter(self.by_option.values())).found.futures
        return list(kept), np.array(list(kept.values())).reshape(len(kept), size)

    def marked(self, measure: Measure, label: str, inputs: Sequence[str]) -> list[str]:
        """Return the records that a figure of a measure rests on, with the mark it may carry."""
        if not measure.outside:
            return list(inputs)
        trace = self.asked.book.derived(
            f"{label}: the model behind it",
            measure.meaning,
            inputs,
            model="negbin_rate_ratio",
            outside=[measure.outside],
        )
        return [trace]

    def middle(self, option: str, measure: Measure) -> Text:
        """Return what an option reaches on a measure in half of the futures, with nine in ten."""
        values = measure.values(self.by_option[option].found)
        if values is None:
            return text("asks for nothing")
        return self.spread(option, measure, values, f"{measure.title}, {option}")

    def spread(self, option: str, measure: Measure, values: Numbers, label: str) -> Text:
        """Return the median of numbers in a measure's unit, with the ends of nine in ten."""
        low, middle, high = (float(end) for end in np.quantile(values, (0.05, 0.5, 0.95)))
        bare = Figure(
            value=middle,
            low=None if low == high else low,
            high=None if low == high else high,
            unit=measure.unit,
            digits=DIGITS,
            kind=Kind.DERIVED,
            trace="",
        )
        made = self.asked.book.made(
            label,
            "median over the futures; nine in ten lie between the ends",
            self.marked(measure, label, [self.shown(option).run]),
            bare,
        )
        return text("{n}", n=made)

    def figure(
        self, measure: Measure, label: str, value: float, method: str, inputs: Sequence[str]
    ) -> Figure:
        """Return a number in a measure's unit, by the method named."""
        bare = Figure(value=value, unit=measure.unit, digits=DIGITS, kind=Kind.DERIVED, trace="")
        return self.asked.book.made(label, method, self.marked(measure, label, inputs), bare)

    def in_twenty(self, option: str, label: str, held: Flags) -> Cited:
        """Return a share of futures as words, as `in_twenty_words` says it."""
        shown = self.shown(option).in_twenty(label, np.where(held, 1.0, 0.0), [self.needs_trace])
        return shown.model_copy(update={"text": in_twenty_words(float(held.mean()), "futures")})

    def in_unit(self, measure: Measure, figure: Figure) -> Text:
        """Return a number and its unit, as they are read aloud."""
        return text("{n} {unit}", n=figure, unit=cited(measure.unit, figure.trace))

    def need_words(self, need: Need) -> Text:
        """Return a need as it is read aloud: at least so much of what."""
        measure = self.measures[need.measure]
        bare = Figure(value=need.threshold, unit=measure.unit, kind=Kind.JUDGED, trace="")
        return text(
            f"{need.said} {{n}} {{what}}",
            n=bare.model_copy(update={"trace": self.needs_trace}),
            what=cited(measure.phrase, self.needs_trace),
        )

    def needs_words(self) -> Text:
        """Return the needs that count as they are read aloud."""
        return join([self.need_words(need) for need in self.counted], " and ")


def shares_held(found: Trials) -> dict[str, float]:
    """Return the share of futures in which each option holds that can be tested."""
    return {
        name: float(trial.held.mean())
        for name, trial in found.by_option.items()
        if trial.held is not None
    }


def in_order(found: Trials) -> list[str]:
    """Return the options, most often held first; equals as in the case; the untested last."""
    shares = shares_held(found)
    return sorted(found.by_option, key=lambda name: -shares.get(name, -1.0))


def in_twenty_words(share: float, of: str) -> str:
    """Return a share in twenty as words; a share next to none or all is said so."""
    if 0 < share < NEXT_TO:
        return f"fewer than 1 of 20 {of}"
    if 1 - NEXT_TO < share < 1:
        return f"more than 19 of 20 {of}"
    return f"{of_twenty(min(1.0, max(0.0, share)))} of 20 {of}"


BLUE, GREY = "#0b3d63", "#8a8f98"


def ink(found: Trials) -> dict[str, object]:
    """Return the colour of a mark in a chart of options: blue, and grey for today's support."""
    baseline = found.asked.case.options[ordered(found.asked)[0]].title
    grey = {"test": f"datum.option_text === {json.dumps(baseline)}", "value": GREY}
    return {"condition": grey, "value": BLUE}


def trials(asked: Asked, deal: str | None = None, futures: int | None = None) -> Trials:
    """Return all options, or the one asked about, tried under one deal.

    deal: instead of the reader's or the usual one; futures: instead of the usual number. Raises
    Misuse when no need is inside the evidence of its model.
    """
    case = asked.case
    chosen = deal or _deal(asked)
    known = measures(case, asked.get("europe"))
    given = asked.get("need")
    needs = given or read_needs(USUAL_NEEDS, case)
    if not counting(needs, known):
        raise Misuse.one(
            "no option may stand or fall by these needs: their models are outside their evidence",
            found="; ".join(need.words for need in needs),
            allowed="at least one need on another measure",
            remedy=f"Add one, such as --need '{USUAL_NEEDS.split(';')[0]}'.",
        )
    one = asked.get("option")
    wanted = {}
    for name in [one] if one else ordered(asked):
        terms = terms_of(asked, name)._replace(deal=chosen)
        if futures is not None and asked.get("futures") is None:
            terms = terms._replace(futures=futures)
        wanted[name] = terms
    results = outcomes(case, [(terms, AS_IT_COMES) for terms in wanted.values()])
    by_option = {}
    for name, terms in wanted.items():
        found = results[terms, AS_IT_COMES]
        tests = tested(needs, known, found)
        held = holds(tests, counting(needs, known), found.futures)
        by_option[name] = Trial(name, terms, found, tests, held)
    says = "; ".join(need.words for need in needs)
    says += "" if given else f". {WHY_USUAL}"
    trace = asked.book.asked("needs", says, by_reader=given is not None)
    return Trials(asked, chosen, known, tuple(needs), trace, by_option)


def _deal(asked: Asked) -> str:
    """Return the deal that the reader chose, else the one that most options are meant for."""
    named = [terms_of(asked, name).deal for name in ordered(asked)]
    return max(dict.fromkeys(named), key=named.count)
