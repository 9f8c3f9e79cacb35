"""Under which priorities which option comes first, when nobody has agreed the priorities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.methods.smaa import Acceptability, acceptability, uniform_weights
from guarantor.problems import Collector, Problem, Problems
from guarantor.quantity import Kind
from guarantor.questions.measures import lowered, measure_named
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import Setting
from guarantor.questions.tracing import cited
from guarantor.questions.trials import in_order, in_twenty_words, ink

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.case import Case
    from guarantor.questions.measures import Measure
    from guarantor.questions.trials import Trials
    from guarantor.simulate.setup import Numbers

USUAL = ("mean_fill", "usable", "host_soil", "europe_share_people")
"""What is weighed when nobody says: what is there, what of it works, where it is, who bears it."""

WEIGHTINGS = 10_000
_FORM = re.compile(r"(?P<name>[A-Za-z][\w-]*)\s+(?P<weight>\d+(?:\.\d+)?)\s*%?")


def _weights(given: str, case: Case) -> dict[str, float]:
    """Read `present 3; host_soil 1`; raises Problems for what cannot be weighed."""
    problems = Collector()
    found: dict[str, float] = {}
    for part in filter(str.strip, given.split(";")):
        form = _FORM.fullmatch(part.strip())
        try:
            if form is None:
                raise Problems.one(
                    "this is no weight",
                    found=part.strip(),
                    allowed="a measure and a number, such as 'present 3; host_soil 1'",
                )
            measure = measure_named(form["name"], case)
        except Problems as error:
            problems.extend(error.problems)
            continue
        if not measure.ranks:
            problems.add(
                Problem(
                    "options cannot be ranked by this measure, so that it cannot be weighed",
                    found=measure.name,
                    allowed="a measure of which more or less is better, inside its evidence",
                )
            )
        found[measure.name] = float(form["weight"])
    if not problems and (len(found) < 2 or sum(found.values()) <= 0):
        problems.add(
            Problem(
                "weights are for two measures or more, and not all of them nothing",
                found=given or "nothing",
                allowed="such as 'present 3; host_soil 1'",
            )
        )
    problems.raise_if_any()
    whole = sum(found.values())
    return {name: weight / whole for name, weight in found.items()}


WEIGHTS = Setting(
    "weights", "weights of measures, for one total", _weights, "'mean_fill 3; host_soil 1'"
)


class Weighed(NamedTuple):
    """Options by criteria, with what the weightings say of them.

    raw: (options, criteria), means in their units; scaled: (options, criteria), 0 for the worst
    and 1 for the best of all options and futures; first: (options,), share of weightings under
    which an option is first on the means.
    """

    options: list[str]
    criteria: list[Measure]
    raw: Numbers
    scaled: Numbers
    said: Acceptability
    first: Numbers


def weighed(trials: Trials, wanted: Mapping[str, float] | None) -> Weighed | None:
    """Return the options that have every criterion, weighed; None when fewer than two have."""
    names = list(wanted) if wanted else list(dict.fromkeys((*USUAL, *_needed(trials))))
    criteria = [trials.measures[n] for n in names if n in trials.measures]
    gains = {
        option: [measure.gain(trial.found) for measure in criteria]
        for option, trial in trials.by_option.items()
    }
    kept = {o: np.array(row) for o, row in gains.items() if all(g is not None for g in row)}
    if len(kept) < 2 or len(criteria) < 2:
        return None
    table = np.stack(list(kept.values()))  # options, criteria, futures
    low = table.min(axis=(0, 2))[:, np.newaxis]
    width = table.max(axis=(0, 2))[:, np.newaxis] - low
    scaled = np.divide(table - low, width, out=np.zeros_like(table), where=width > 0)
    seed = next(iter(trials.by_option.values())).terms.seed
    generator = np.random.default_rng(seed)
    futures = np.arange(WEIGHTINGS) % table.shape[2]
    weights = uniform_weights(len(criteria), WEIGHTINGS, generator)
    said = acceptability(np.moveaxis(scaled, 2, 0)[futures], weights)
    means = scaled.mean(axis=2)
    leaders = (weights @ means.T).argmax(axis=1)
    first = np.bincount(leaders, minlength=len(kept)) / WEIGHTINGS
    signs = np.array([-1.0 if m.better == "less" else 1.0 for m in criteria])
    return Weighed(list(kept), criteria, table.mean(axis=2) * signs, means, said, first)


def _needed(trials: Trials) -> list[str]:
    return [measure.name for measure in trials.ranking]


def priorities_section(trials: Trials) -> tuple[Section, ...]:
    """Return which option comes first under how many weightings, beside the raw data."""
    wanted = trials.asked.get("weights")
    found = weighed(trials, wanted)
    if found is None:
        return ()
    rows = [_row(trials, found, place, wanted) for place in _places(trials, found)]
    columns = [measure.title for measure in found.criteria]
    titles = ("Option", *columns, "First under", "Best when this counts most")
    right = set(columns)
    if wanted:
        titles = (*titles, "Total")
        right.add("Total")
    return (
        Section(
            id="priorities",
            title=text("Under which priorities which option comes first"),
            paragraphs=(*_explained(trials, found, wanted),),
            table=plain_table(
                "Priorities",
                titles,
                rows,
                [found.options[place] for place in _places(trials, found)],
                right,
            ),
            chart=_chart(trials),
        ),
    )


def _places(trials: Trials, found: Weighed) -> list[int]:
    """Return the places of the options in the order of the other tables."""
    return [found.options.index(name) for name in in_order(trials) if name in found.options]


def _row(
    trials: Trials, found: Weighed, place: int, wanted: Mapping[str, float] | None
) -> tuple[Text, ...]:
    option = found.options[place]
    cells = [trials.named(option)]
    for measure, value in zip(found.criteria, found.raw[place], strict=True):
        label = f"mean over the futures, {measure.title}: {option}"
        figure = trials.figure(
            measure, label, float(value), "mean over the futures", [trials.shown(option).run]
        )
        cells.append(text("{n}", n=figure))
    share = float(found.said.ranks[place, 0])
    cells += [_in_twenty(trials, f"first under: {option}", share), _central(found, place)]
    if wanted:
        weights = np.array([wanted[measure.name] for measure in found.criteria])
        bare = Figure(
            value=100 * float(found.scaled[place] @ weights),
            unit="of 100",
            digits=2,
            kind=Kind.DERIVED,
            trace="",
        )
        total = trials.asked.book.made(
            f"total: {option}",
            "each mean from 0 for the worst to 100 for the best of all options and futures, times "
            "the weights given",
            [_weights_trace(trials, wanted), *trials.runs],
            bare,
        )
        cells.append(text("{n}", n=total))
    return tuple(cells)


def _in_twenty(trials: Trials, label: str, share: float) -> Text:
    words = in_twenty_words(share, "weightings")
    trace = trials.asked.book.derived(
        label,
        "weightings drawn evenly, each with one future, as SMAA-2 does (Lahdelma and Salminen "
        "2001); equal options share the better place",
        trials.runs,
        says=f"{words}: {100 * share:.3g} % of {WEIGHTINGS}",
    )
    return text("{n}", n=cited(words, trace))


def _central(found: Weighed, place: int) -> Text:
    """Return the criteria that weigh most where an option is first."""
    central = found.said.central_weights[place]
    if np.isnan(central).any():
        return text("never first")
    even = 1 / len(found.criteria)
    most = [
        lowered(found.criteria[each].title)
        for each in np.argsort(-central)
        if central[each] > 1.15 * even
    ]
    return text(" and ".join(most[:2]) if most else "no one thing in particular")


def _weights_trace(trials: Trials, wanted: Mapping[str, float]) -> str:
    says = "; ".join(f"{name} {100 * weight:.3g} %" for name, weight in wanted.items())
    return trials.asked.book.asked("weights", says)


def _explained(
    trials: Trials, found: Weighed, wanted: Mapping[str, float] | None
) -> tuple[Text, ...]:
    left = [n for n in trials.by_option if n not in found.options]
    told = [
        text(
            "The columns are the raw data: means over the futures. A weighting says how much each "
            "column counts; all weightings are tried alike, because nobody has agreed one. ‘First "
            "under’ says under how many of them an option comes first."
        )
    ]
    if left:
        names = join([trials.named(name) for name in left], ", ")
        told.append(
            join([text("Left out, since they lack one of the columns: "), names, text(".")], "")
        )
    if wanted:
        weights = np.array([wanted[measure.name] for measure in found.criteria])
        first = int((found.scaled @ weights).argmax())
        trace = _weights_trace(trials, wanted)
        listed = ", ".join(
            f"{lowered(m.title)} {100 * wanted[m.name]:.3g} %" for m in found.criteria
        )
        share = _in_twenty(
            trials,
            f"stays first on the means: {found.options[first]}",
            float(found.first[first]),
        )
        told.append(
            join(
                [
                    text("With the weights given ({listed}) ", listed=cited(listed, trace)),
                    trials.named(found.options[first]),
                    text(" has the largest total. On the same means it stays first under "),
                    share,
                    text("; the total alone would hide that."),
                ],
                "",
            )
        )
    return tuple(told)


def _chart(trials: Trials) -> Chart:
    said = "split(datum.first_under_text, ' of ')[0]"
    first = f"toNumber(replace(replace({said}, 'fewer than ', ''), 'more than ', ''))"
    return Chart(
        description=(
            "One bar for each option: under how many of twenty weightings it comes first. The "
            "table above it holds the same numbers and the raw data."
        ),
        spec={
            "transform": [{"calculate": first, "as": "share"}],
            "mark": {"type": "bar", "height": {"band": 0.5}, "opacity": 0.55},
            "encoding": {
                "y": {"field": "option_text", "type": "nominal", "sort": None, "title": None},
                "x": {
                    "field": "share",
                    "type": "quantitative",
                    "title": "of twenty weightings",
                    "scale": {"domain": [0, 20]},
                },
                "color": ink(trials),
            },
        },
        trace=trials.asked.book.derived("chart: priorities", "drawn from its table", trials.runs),
    )
