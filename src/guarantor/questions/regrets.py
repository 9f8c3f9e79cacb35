"""The price of being wrong on common futures, and whether the rules of choice agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Text, join, text
from guarantor.methods.decision_rules import laplace, maximin, regret, savage
from guarantor.methods.robustness import (
    robustness_hurwicz,
    robustness_maximax,
    robustness_percentile_regret,
    robustness_undesirable_deviations,
)
from guarantor.questions.measures import lowered
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.tracing import cited
from guarantor.questions.trials import in_order, ink

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.questions.measures import Measure
    from guarantor.questions.trials import Trials
    from guarantor.simulate.setup import Numbers

NEAR = 1e-9
"""Part of the span of a rule's values below which options count as equal."""

MOST_NAMED = 3


class Rule(NamedTuple):
    """One rule of choice: what counts by it, and its value for each option, more being better."""

    name: str
    counts: str
    values: Callable[[Numbers], list[float]]
    model: str


def _table(rule: Callable[..., list[float]], **fixed: float) -> Callable[[Numbers], list[float]]:
    return lambda table: rule(table, **fixed)


RULES = (
    Rule("mean", "the average over the futures", _table(laplace), "laplace"),
    Rule("worst", "the worst future", _table(maximin), "maximin"),
    Rule("best", "the best future", _table(robustness_maximax), "robustness_maximax"),
    Rule(
        "between",
        "halfway between the worst and the best future",
        _table(robustness_hurwicz, pessimism=0.5),
        "robustness_hurwicz",
    ),
    Rule(
        "regret",
        "the largest price of being wrong",
        lambda table: [-each for each in savage(table)],  # type: ignore[arg-type]  # as above
        "savage",
    ),
    Rule(
        "regret-but-one",
        "the price of being wrong, but for the worst twentieth of the futures",
        _table(robustness_percentile_regret, percentile=0.05),
        "robustness_percentile_regret",
    ),
    Rule(
        "disappointment",
        "how far the worse half falls below the option's own middle",
        lambda table: robustness_undesirable_deviations(table, "worse half"),  # type: ignore[arg-type]  # as above
        "robustness_undesirable_deviations",
    ),
)
"""The published rules; each card says its source."""

LEADING = ("mean", "worst", "best", "between", "regret", "regret-but-one")
"""The rules that the panel compares: disappointment favours who never promised anything."""


class Verdict(NamedTuple):
    """What one rule says: the options that lead, and the value of each option."""

    rule: Rule
    leaders: tuple[str, ...]
    values: dict[str, float]
    decides: bool


def verdicts(trials: Trials, measure: Measure) -> list[Verdict]:
    """Return what each rule says of the options that have a measure."""
    names, table = trials.table(measure)
    found = []
    for rule in RULES:
        values = dict(zip(names, rule.values(table), strict=True)) if names else {}
        most = max(values.values(), default=0.0)
        width = most - min(values.values(), default=0.0)
        leaders = tuple(n for n, value in values.items() if most - value <= NEAR * max(width, 1e-9))
        found.append(Verdict(rule, leaders, values, len(leaders) < len(values)))
    return found


def agreement(found: Iterable[Verdict]) -> dict[tuple[str, ...], list[Rule]]:
    """Return the rules by the options that lead under them; those that tell nothing apart left out.

    Options that lead together agree with whichever of them leads alone elsewhere; where several do,
    the rule does not choose between them.
    """
    deciding = [v for v in found if v.decides and v.rule.name in LEADING]
    alone = dict.fromkeys(v.leaders for v in deciding if len(v.leaders) == 1)
    by_leader: dict[tuple[str, ...], list[Rule]] = {}
    for verdict in deciding:
        within = [leaders for leaders in alone if leaders[0] in verdict.leaders]
        if len(within) > 1:
            continue
        by_leader.setdefault(within[0] if within else verdict.leaders, []).append(verdict.rule)
    return by_leader


def turns_on(trials: Trials, measure: Measure, found: list[Verdict]) -> Text:
    """Return whether the rules agree on one option, and else on what the choice turns."""
    groups = agreement(found)
    title = cited(lowered(measure.title), trials.needs_trace)
    if not groups:
        return text("On {measure} no rule tells the options apart.", measure=title)
    if len(groups) == 1:
        (leaders,) = groups
        start = text("On {measure} all rules that tell options apart name ", measure=title)
        return join([start, _names(trials, leaders), text(".")], "")
    parts = [text("On {measure} the rules disagree: ", measure=title)]
    told = []
    for leaders, rules in sorted(groups.items(), key=lambda entry: -len(entry[1])):
        what = " or ".join(rule.counts for rule in rules[:2])
        told.append(join([_names(trials, leaders), text(f" leads where {what} counts")], ""))
    return join([*parts, join(told, "; "), text(".")], "")


def shortly(trials: Trials, found: list[Verdict]) -> Text:
    """Return in one short sentence what the choice turns on, or that the rules agree."""
    groups = sorted(agreement(found).items(), key=lambda entry: -len(entry[1]))
    if not groups:
        return text("No rule of choice tells the options apart.")
    if len(groups) == 1:
        return join(
            [
                text("All rules of choice that decide name "),
                _names(trials, groups[0][0]),
                text("."),
            ],
            "",
        )
    told = [
        join([_names(trials, leaders), text(f" leads by {rules[0].counts}")], "")
        for leaders, rules in groups
    ]
    return join([text("The choice turns on what counts: "), join(told, "; "), text(".")], "")


def _names(trials: Trials, options: tuple[str, ...]) -> Text:
    shown = join([trials.named(name) for name in options[:MOST_NAMED]], " and ")
    rest = len(options) - MOST_NAMED
    if rest <= 0:
        return shown
    count = trials.asked.book.number("options more", rest, "counted", trials.runs)
    return join([shown, text(" and {n} more", n=count)], "")


def regret_section(trials: Trials, measure: Measure) -> Section:
    """Return how far each option falls short of the best one in each future."""
    names, table = trials.table(measure)
    short = regret(table)
    best = short <= NEAR
    title = lowered(measure.title)
    listed = [name for name in in_order(trials) if name in names]
    rows = []
    for name in listed:
        place = names.index(name)
        own = short[place]
        cells = [trials.named(name)]
        for label, value in (
            ("mean over the futures", own.mean()),
            ("exceeded in one of twenty futures", np.quantile(own, 0.95)),
            ("the largest", own.max()),
        ):
            figure = trials.figure(
                measure,
                f"price of being wrong, {title}: {name}, {label}",
                float(value),
                f"in each future the best of the options less this one; {label}",
                trials.runs,
            )
            cells.append(text("{n}", n=figure))
        first = trials.in_twenty(name, f"nothing better, {title}: {name}", best[place])
        rows.append((*cells, text("{n}", n=first)))
    titles = ("Option", "On average", "One future in twenty", "At most", "Nothing is better in")
    return Section(
        id=f"regret-{measure.name}",
        title=text("The price of being wrong: {measure}", measure=cited(title, trials.needs_trace)),
        paragraphs=(
            text(
                "In each future, how much the best option there has and this one has not, in "
                "{unit}. All options face the same futures, so that the difference is exact.",
                unit=cited(measure.unit, trials.needs_trace),
            ),
        ),
        table=plain_table("The price of being wrong", titles, rows, listed, set(titles[1:])),
        chart=_regret_chart(trials, measure) if names else None,
    )


def _regret_chart(trials: Trials, measure: Measure) -> Chart:
    y = {"field": "option_text", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": measure.unit, "scale": {"zero": True}}
    colour = ink(trials)
    return Chart(
        description=(
            "One bar for each option, from its price of being wrong on average, marked by a tick, "
            "to the price that one future in twenty exceeds. Shorter and further left is better. "
            "The table above it holds the same numbers."
        ),
        spec={
            "layer": [
                {
                    "mark": {"type": "bar", "height": {"band": 0.5}, "opacity": 0.55},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "on_average"},
                        "x2": {"field": "one_future_in_twenty"},
                        "color": colour,
                    },
                },
                {
                    "mark": {"type": "tick", "thickness": 2.5, "height": 13},
                    "encoding": {"y": y, "x": {**x, "field": "on_average"}, "color": colour},
                },
                {
                    "mark": {"type": "text", "align": "left", "dx": 6, "color": "#16202b"},
                    "encoding": {
                        "y": y,
                        "x": {**x, "field": "one_future_in_twenty"},
                        "text": {"field": "one_future_in_twenty_text", "type": "nominal"},
                    },
                },
            ],
        },
        trace=trials.asked.book.derived(
            f"chart: price of being wrong, {measure.name}", "drawn from its table", trials.runs
        ),
    )


def rules_section(trials: Trials, measure: Measure, found: list[Verdict]) -> Section:
    """Return who leads under each published rule, and whether they agree."""
    title = lowered(measure.title)
    rows, keys = [], []
    for verdict in found:
        best = verdict.values[verdict.leaders[0]] if verdict.leaders else 0.0
        shown = trials.figure(
            measure,
            f"{verdict.rule.counts}, {title}: the best",
            abs(best),
            f"{verdict.rule.model} over the futures of these ranges; the model page gives its "
            "equation and source",
            trials.runs,
        )
        leads = _names(trials, verdict.leaders) if verdict.decides else text("all are alike")
        rows.append((text(verdict.rule.counts), leads, trials.in_unit(measure, shown)))
        keys.append(verdict.rule.name)
    titles = ("What counts", "Who leads", "With")
    return Section(
        id=f"rules-{measure.name}",
        title=text(
            "Do the rules of choice agree? {measure}", measure=cited(title, trials.needs_trace)
        ),
        paragraphs=(
            turns_on(trials, measure, found),
            text(
                "Each rule is published and none is the right one: it says what whoever follows it "
                "cares for. The last one is shown and not counted, since an option that never "
                "promises anything never disappoints."
            ),
        ),
        table=plain_table("Rules of choice", titles, rows, keys, {"With"}),
    )
