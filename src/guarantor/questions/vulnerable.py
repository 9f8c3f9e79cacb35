"""When each option breaks: boxes in what was drawn, told as a sentence, with a second opinion."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Cited, Figure, Text, join, text
from guarantor.methods.cart import leaves
from guarantor.methods.prim import box_of, trajectory
from guarantor.methods.prim_quality import quasi_p_values, reproducibility
from guarantor.quantity import Kind
from guarantor.questions.factors import Factors, both, factor_named
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.searched import limit_words, search
from guarantor.questions.tracing import cited
from guarantor.questions.trials import in_order, in_twenty_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.methods.prim import Box
    from guarantor.questions.searched import Search
    from guarantor.questions.trials import Trials

FEWEST = 50
"""Futures of the rarer kind that a box needs to be more than chance."""

MOST_LIMITS = 4
"""Limits that a sentence can hold."""

PURE = 0.5
"""How much coverage counts for density: a sentence that is seldom true helps nobody."""

CHANCE = 0.05
RESAMPLES = 10
METHOD = (
    "PRIM (Friedman and Fisher 1999; Bryant and Lempert 2010): slices are peeled off the ranges "
    "while the share of such futures rises; of the boxes on the way, the one of the best balance "
    "between what it covers and how pure it is; limits that chance would do as well without are "
    "dropped"
)


class Broken(NamedTuple):
    """A box that tells an option's rarer futures, and the path to it."""

    search: Search
    box: Box
    path: list[Box]
    tree: Box


def breaks_sections(trials: Trials) -> tuple[Section, ...]:
    """Return when each option holds or breaks; for one option, also how sure that is."""
    factors = Factors(trials.asked.book)
    found: dict[str, Broken] = {}
    untold: dict[str, Text] = {}
    for name in in_order(trials):
        trial = trials.by_option[name]
        if trial.held is None:
            untold[name] = text("cannot be tested: it asks for nothing with a number")
            continue
        fewer = int(min(trial.held.sum(), (~trial.held).sum()))
        if fewer < FEWEST:
            untold[name] = _too_few(trials, name, fewer)
            continue
        searched = search(trial, trial.held)
        box = broken(searched)
        if box is None:
            untold[name] = text("no part of the ranges tells its futures apart")
        else:
            found[name] = box
    sections = [_table(trials, factors, found, untold)]
    if len(trials.by_option) == 1:
        for name, each in found.items():
            sections += [_limits(trials, factors, name, each), _path(trials, name, each)]
    return tuple(sections)


def broken(searched: Search) -> Broken | None:
    """Return the box of best balance, without limits that chance would do as well without."""
    path = trajectory(searched.sample, mass_min=min(0.05, searched.share / 2))
    allowed = [box for box in path[1:] if len(box.limits) <= MOST_LIMITS]
    if not allowed:
        return None
    limits = dict(max(allowed, key=_balance).limits)
    while len(limits) > 1:
        values = quasi_p_values(searched.sample, limits)
        worst = {name: min(v for (n, _), v in values.items() if n == name) for name in limits}
        name = max(worst, key=lambda each: worst[each])
        if worst[name] <= CHANCE:
            break
        del limits[name]
    box = box_of(searched.sample, limits)
    if box.density <= searched.share:
        return None
    tree = max(leaves(searched.sample), key=_balance)
    return Broken(searched, box, path, tree)


def _balance(box: Box) -> float:
    """Return the mean of coverage and density, harmonic, in which density counts twice as much."""
    both = PURE**2 * box.density + box.coverage
    return (1 + PURE**2) * box.coverage * box.density / both if both else 0.0


def _too_few(trials: Trials, name: str, fewer: int) -> Text:
    held = trials.by_option[name].held
    seldom = "holds" if held is not None and held.mean() < 0.5 else "breaks"
    if not fewer:
        always = "never" if seldom == "holds" else "always"
        return text(f"it {always} holds in these ranges, so that nothing tells its futures apart")
    count = trials.asked.book.number(
        f"futures in which it {seldom}: {name}", fewer, "counted", [trials.shown(name).run]
    )
    return text(f"it {seldom} in only {{n}} futures, too few to say when", n=count)


def sentence(trials: Trials, factors: Factors, name: str, each: Broken) -> Text:
    """Return a box as a sentence in the case's words."""
    clauses = [limit_words(factors, factor, limit) for factor, limit in each.box.limits.items()]
    verb = "holds" if each.search.holds else "breaks"
    return join(
        [
            text(f"it {verb} above all when "),
            both(clauses),
            text(". "),
            text(
                f"Of all the futures in which it {verb}, {{coverage}} are like that; of all the "
                f"futures like that, it {verb} in {{density}}.",
                coverage=_of_twenty(trials, f"covered: {name}", name, each.box.coverage),
                density=_of_twenty(trials, f"pure: {name}", name, each.box.density),
            ),
        ],
        "",
    )


def _of_twenty(trials: Trials, label: str, name: str, share: float) -> Cited:
    words = in_twenty_words(share, "").strip()
    trace = trials.asked.book.derived(
        label,
        f"counted over the futures of these ranges; {METHOD}",
        [trials.shown(name).run, trials.needs_trace],
        says=f"{words}: {100 * share:.3g} %",
    )
    return cited(words, trace)


def _table(
    trials: Trials,
    factors: Factors,
    found: dict[str, Broken],
    untold: dict[str, Text],
) -> Section:
    rows, keys = [], []
    for name in in_order(trials):
        if name in found:
            each = found[name]
            rows.append(
                (
                    trials.named(name),
                    sentence(trials, factors, name, each),
                    _second(factors, each),
                )
            )
        else:
            rows.append((trials.named(name), untold[name], text("–")))
        keys.append(name)
    return Section(
        id="breaks",
        title=text("When each option holds, and when it breaks"),
        paragraphs=(
            text(
                "Told is whichever is rarer: where an option seldom holds, when it holds; where it "
                "mostly holds, when it breaks. A condition is one part of the ranges put in, and "
                "says nothing of whether it will come about."
            ),
        ),
        table=plain_table(
            "When each option breaks", ("Option", "When", "A second method"), rows, keys, set()
        ),
    )


def _second(factors: Factors, each: Broken) -> Text:
    """Return whether a tree restricts the same quantities."""
    both = [name for name in each.box.limits if name in each.tree.limits]
    only = [name for name in each.tree.limits if name not in each.box.limits][:3]
    parts = [
        text(
            "a tree agrees on all of it"
            if len(both) == len(each.box.limits)
            else "a tree agrees on part of it"
            if both
            else "a tree tells it otherwise"
        )
    ]
    if only:
        names = [factor_named(factors, name).named for name in only]
        parts.append(join([text("it also turns on "), join(names, ", ")], ""))
    return join(parts, "; ")


def _limits(trials: Trials, factors: Factors, name: str, each: Broken) -> Section:
    """Return each limit of a box, how chance would do without it, and how often it returns."""
    p_values = quasi_p_values(each.search.sample, each.box.limits)
    seed = trials.by_option[name].terms.seed
    again = reproducibility(
        each.search.sample, each.box, np.random.default_rng(seed), draws=RESAMPLES
    )
    rows = []
    for factor, limit in each.box.limits.items():
        chance = min(value for (n, _), value in p_values.items() if n == factor)
        share = min(again[factor])
        rows.append(
            (
                limit_words(factors, factor, limit),
                text("{n}", n=_chance(trials, name, factor, chance)),
                text(
                    "{n}",
                    n=cited(
                        f"{round(share * RESAMPLES)} of {RESAMPLES} halves",
                        trials.asked.book.derived(
                            f"found again: {factor}",
                            "the search repeated on halves of the futures drawn at random; the "
                            "lower of the counts at like coverage and at like density",
                            [trials.shown(name).run],
                        ),
                    ),
                ),
            )
        )
    titles = ("Condition", "Chance without it", "Found again in")
    return Section(
        id=f"limits-{name}",
        title=text("How firm each condition is: {option}", option=trials.title(name)),
        paragraphs=(
            text(
                "Chance without it: how easily as many such futures would be found with the "
                "condition left off. Futures that were searched with the box in hand make it too "
                "small: it orders the conditions and proves nothing."
            ),
        ),
        table=plain_table("Conditions", titles, rows, list(each.box.limits), set(titles[1:])),
    )


def _chance(trials: Trials, name: str, factor: str, value: float) -> Cited:
    shown = "below 1 in 1 000" if value < 0.001 else f"about 1 in {max(1, round(1 / value))}"
    trace = trials.asked.book.derived(
        f"chance without the condition: {factor}",
        "quasi p-value of Bryant and Lempert 2010: a binomial with the density of the box without "
        "this limit",
        [trials.shown(name).run],
        says=f"{value:.2g}",
    )
    return cited(shown, trace)


def _path(trials: Trials, name: str, each: Broken) -> Section:
    """Return the boxes on the way, from covering all to being pure: the choice between them."""
    run = [trials.shown(name).run, trials.needs_trace]
    kept = _thinned(each.path)
    rows = []
    for place, box in enumerate(kept):
        label = f"box {place} of {name}"
        count = trials.asked.book.number(f"{label}, conditions", len(box.limits), "counted", run)
        cells = [text("{n}", n=count)]
        cells += [
            text("{n}", n=_number(trials, f"{label}, {what}", 100 * value, run))
            for what, value in (("covers", box.coverage), ("pure", box.density))
        ]
        rows.append(tuple(cells))
    titles = ("Conditions", "Covers", "Pure")
    verb = "holds" if each.search.holds else "breaks"
    return Section(
        id=f"path-{name}",
        title=text("Covering more, or being surer: {option}", option=trials.title(name)),
        paragraphs=(
            text(
                f"Covers: per cent of the futures in which it {verb} that meet the conditions. "
                f"Pure: per cent of the futures that meet them in which it {verb}. Another row is "
                "another fair way to tell the same thing."
            ),
        ),
        table=plain_table(
            "From all futures to the surest part",
            titles,
            rows,
            [f"box-{place}" for place in range(len(kept))],
            set(titles),
        ),
        chart=Chart(
            description=(
                "Points from lower right, where every such future is covered and few of the "
                "futures told are such, to upper left, where nearly all are and few are covered. "
                "The table above it holds the same numbers."
            ),
            spec={
                "height": 180,
                "mark": {"type": "line", "point": True, "color": "#0b3d63"},
                "encoding": {
                    "x": {
                        "field": "covers",
                        "type": "quantitative",
                        "title": "per cent covered",
                        "scale": {"domain": [0, 100]},
                    },
                    "y": {
                        "field": "pure",
                        "type": "quantitative",
                        "title": "per cent pure",
                        "scale": {"domain": [0, 100]},
                    },
                },
            },
            trace=trials.asked.book.derived(f"chart: boxes, {name}", "drawn from its table", run),
        ),
    )  # fmt: skip


def _number(trials: Trials, label: str, value: float, inputs: Sequence[str]) -> Figure:
    bare = Figure(value=value, unit="per cent", digits=2, kind=Kind.DERIVED, trace="")
    return trials.asked.book.made(label, METHOD, inputs, bare)


def _thinned(path: list[Box]) -> list[Box]:
    """Return at most eight boxes of the way, the ends among them, no two alike."""
    step = max(1, (len(path) - 1) // 7)
    return list({(b.points, b.cases): b for b in [*path[::step], path[-1]]}.values())
