"""What a measure of one option hangs on: from the same futures, no run made again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Cited, Figure, Text, join, text
from guarantor.problems import Misuse
from guarantor.quantity import Kind
from guarantor.questions.balances import deal_title
from guarantor.questions.factors import PLACE, SHARED, Factors
from guarantor.questions.futures import OF_FUTURES, what_the_run_rests_on
from guarantor.questions.guarantee import ordered
from guarantor.questions.measures import lowered
from guarantor.questions.needs import EUROPE, MEASURE
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import OPTION, Asked, Draft, Question
from guarantor.questions.rivals import OVER, pair
from guarantor.questions.searched import MOST_BLOCKS, futures_searched, points_of
from guarantor.questions.swings import Swing, folds_of, swings, telling
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.questions.rivals import Pair
    from guarantor.simulate.drawn import Drawn
    from guarantor.simulate.setup import Numbers

MOST_ROWS = 15
HOW = (
    "given-data estimate on the futures at hand: the variance between bins of the quantity over "
    "the whole variance, less what bins show by chance (Plischke, Borgonovo and Smith 2013); the "
    "error by leaving out one run of futures at a time"
)


@dataclass(frozen=True)
class Study:
    """One measure of one option beside its rival, and how each hangs on what was drawn.

    own: of the measure itself; against: of the lead over the rival, for the flip points.
    """

    asked: Asked
    pair: Pair
    factors: Factors
    values: Numbers
    own: list[Swing]
    against: list[Swing]


def answer(asked: Asked) -> Draft:
    """Return what a measure of an option hangs on, and where the order of two options flips."""
    option = asked.get("option")
    if option is None:
        raise Misuse.one(
            "a measure is that of one option, and none was named with --option",
            found="nothing",
            allowed=", ".join(ordered(asked)),
        )
    book = asked.book
    found = pair(asked, option, asked.get("over"))
    title = text(
        "What {option} hangs on, as of {day}: {title}",
        option=book.option_title(option),
        day=book.day(),
        title=book.title(),
    )
    values = found.measure.values(found.first.found)
    if values is None:
        words = text(
            "{option} asks for nothing with a number, so that there is no such measure of it.",
            option=book.option_title(option),
        )
        return Draft(title, words, ())
    if float(values.min()) == float(values.max()):
        return Draft(title, _always_the_same(asked, found, float(values[0])), ())
    study = _study(asked, found, values)
    return Draft(
        title=title,
        headline=_headline(study),
        sections=(_hangs_on(study), *_flips(study)),
        not_known=(
            text(
                "How quantities work together: each share is that of one quantity by itself, and "
                "what only several do at once is in none of them."
            ),
            what_the_run_rests_on(
                book,
                found.first.found,
                {"comes-said": "how much comes of what was signalled", "will-in-common": "and how "
                 "far nations decide alike"},
            ),
        ),
    )  # fmt: skip


def _study(asked: Asked, found: Pair, values: Numbers) -> Study:
    from guarantor.simulate.drawn import common_factor
    from guarantor.simulate.run import draws_of

    factors = Factors(asked.book)
    points = points_of(found.first)
    blocks = range(min(found.first.found.blocks, MOST_BLOCKS))
    size = futures_searched(found.first)
    folds = folds_of(len(blocks))
    draws = draws_of(asked.case, found.first.terms.seed)
    grouped = {m for each in asked.case.correlations.values() for m in each.members}
    heard = set(points.numbers)
    numbers = {name: v for name, v in points.numbers.items() if name not in grouped}
    for name, each in asked.case.correlations.items():
        if heard & set(each.members):
            numbers[f"{SHARED}{name}"] = common_factor(draws, name, blocks)
    own = swings(factors, numbers, points.theories, values[:size], folds)
    lead = found.lead()
    against = [] if lead is None else _against(factors, points, lead[:size], folds)
    return Study(asked, found, factors, values, own, against)


def _against(factors: Factors, points: Drawn, lead: Numbers, folds: int) -> list[Swing]:
    """Return what has a flip point: numbers with a unit, correlated or not."""
    numbers = {
        name: values
        for name, values in points.numbers.items()
        if factors.of(name).unit not in (PLACE, "")
    }
    found = swings(factors, numbers, {}, lead, folds)
    return [each for each in found if each.flip is not None]


def _always_the_same(asked: Asked, found: Pair, value: float) -> Text:
    trial = found.first
    figure = found.number(
        f"{found.measure.title}, every future: {trial.option}", value, "the same in every future"
    )
    return text(
        "In every future {option} has {n} {what}, so that nothing put in here moves it. Another "
        "measure is set with --measure, such as mean_fill or usable.",
        option=asked.book.option_title(trial.option),
        n=figure,
        what=cited(found.measure.phrase, figure.trace),
    )


def _headline(study: Study) -> Text:
    told = telling(study.own)
    asked, found = study.asked, study.pair
    start = [
        text("If the deal is ‘{deal}’, ", deal=deal_title(asked.book, found.deal)),
        text(
            "{option} has at most ",
            option=asked.book.option_title(found.first.option),
        ),
        found.middle(),
        text(" in half of the futures."),
    ]
    if not told:
        return join(
            [*start, text(" No single quantity explains a share of it that chance could not.")], ""
        )
    parts = [*start, text(" That hangs most on "), told[0].factor.named]
    parts.append(text(", which explains {n} per cent of the spread", n=_share(study, told[0])))
    if len(told) > 1:
        names = join([each.factor.named for each in told[1:3]], " and on ")
        parts += [text("; then on "), names]
    return join([*parts, text(".")], "")


def _share(study: Study, swing: Swing) -> Figure:
    """Return the per cent of the spread that a quantity explains, with its interval."""
    index = swing.index
    bare = Figure(
        value=100 * index.value,
        low=100 * max(0.0, index.low),
        high=100 * min(1.0, index.high),
        unit="per cent of the spread",
        digits=2,
        kind=Kind.DERIVED,
        trace="",
    )
    label = f"share of the spread: {swing.factor.words}"
    inputs = [study.pair.run, swing.factor.trace]
    return study.asked.book.made(label, HOW, study.pair.marked(label, inputs), bare)


def _hangs_on(study: Study) -> Section:
    told = telling(study.own)
    rows = []
    for each in told[:MOST_ROWS]:
        low, high = _end(study, each, upper=False), _end(study, each, upper=True)
        rows.append((each.factor.named, text("{n}", n=_share(study, each)), low, high))
    title = lowered(study.pair.measure.title)
    columns = ("Quantity", "Per cent of the spread", "Where it is low", "Where it is high")
    return Section(
        id="hangs-on",
        title=text("What it hangs on: {measure}", measure=cited(title, study.pair.run)),
        paragraphs=(
            text(
                "The share of the spread over the futures that would go if the quantity were "
                "known. Low and high: the mean in the tenth of the futures in which the quantity "
                "is lowest and highest, in {unit}.",
                unit=cited(study.pair.measure.unit, study.pair.run),
            ),
            text(
                "Quantities that move together are told as one, by what they share. For a decision "
                "low means unwilling and high means willing."
            ),
            *_untold(study, told),
        ),
        table=plain_table(
            "What it hangs on",
            columns,
            rows,
            [each.name for each in told[:MOST_ROWS]],
            set(columns[1:]),
        ),
        chart=_tornado(study) if rows else None,
    )


def _untold(study: Study, told: list[Swing]) -> list[Text]:
    book, run = study.asked.book, [study.pair.run]
    left = len(study.own) - len(told)
    further = max(0, len(told) - MOST_ROWS)
    sentences = []
    if further:
        n = book.number("quantities told that are not shown", further, "counted", run)
        sentences.append(text("Further {n} explain less than the last one shown.", n=n))
    if left:
        n = book.number("quantities not told", left, "counted", run)
        sentences.append(
            text("For {n} more quantities the share cannot be told from chance: not shown.", n=n)
        )
    return sentences


def _end(study: Study, swing: Swing, *, upper: bool) -> Text:
    mean = swing.high if upper else swing.low
    side = "highest" if upper else "lowest"
    figure = study.pair.number(
        f"mean where {swing.factor.words} is {side}",
        mean.value,
        f"mean over the futures at that end; Monte Carlo error {mean.error:.2g}",
        also=[swing.factor.trace],
    )
    word = swing.high_word if upper else swing.low_word
    return (
        text("{n} ({word})", n=figure, word=cited(word, swing.factor.trace))
        if word
        else text("{n}", n=figure)
    )


def _tornado(study: Study) -> Chart:
    y = {"field": "quantity_text", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": study.pair.measure.unit, "scale": {"zero": False}}
    middle = float(study.values.mean())
    ends = {"color": {"value": "#0b3d63"}}
    return Chart(
        description=(
            "One bar for each quantity, longest share of the spread first, from the mean where it "
            "is low, a hollow point, to the mean where it is high, a filled point; a line marks "
            "the mean over all futures. The table above it holds the same numbers."
        ),
        spec={
            "layer": [
                {
                    "mark": {"type": "bar", "height": {"band": 0.4}, "opacity": 0.55},
                    "encoding": {
                        "y": {**y, "axis": {"labelLimit": 320}},
                        "x": {**x, "field": "where_it_is_low"},
                        "x2": {"field": "where_it_is_high"},
                        **ends,
                    },
                },
                {
                    "mark": {"type": "point", "filled": False, "size": 36},
                    "encoding": {"y": y, "x": {**x, "field": "where_it_is_low"}, **ends},
                },
                {
                    "mark": {"type": "point", "filled": True, "size": 36},
                    "encoding": {"y": y, "x": {**x, "field": "where_it_is_high"}, **ends},
                },
                {
                    "mark": {"type": "rule", "strokeDash": [4, 3], "color": "#16202b"},
                    "encoding": {"x": {"datum": middle, "type": "quantitative"}},
                },
            ]
        },
        trace=study.asked.book.derived("chart: tornado", "drawn from its table", [study.pair.run]),
    )


def _flips(study: Study) -> tuple[Section, ...]:
    """Return for each quantity the value at which the order of the two options flips."""
    found = study.pair
    if found.second is None:
        return ()
    other = study.asked.book.option_title(found.second.option)
    title = text("Where the order flips against {other}", other=other)
    opening = found.who_leads()
    if not study.against:
        none = text(
            "No single quantity with a unit turns that within its range, more clearly than chance."
        )
        return (Section(id="flips", title=title, paragraphs=(opening, none)),)
    rows = []
    for each in study.against[:MOST_ROWS]:
        assert each.flip is not None  # noqa: S101  # only such are kept
        rising = each.high.value > each.low.value
        side = text(
            "above it {option} leads" if rising else "below it {option} leads", option=_own(study)
        )
        rows.append(
            (
                each.factor.named,
                _range(study, each.name),
                text(
                    "{n} {unit}",
                    n=study.factors.number(each.name, each.flip),
                    unit=cited(each.factor.unit, each.factor.trace),
                ),
                side,
            )
        )
    columns = ("Quantity", "Range put in", "Flips at", "Which way")
    return (
        Section(
            id="flips",
            title=title,
            paragraphs=(
                opening,
                text(
                    "The value of one quantity at which the mean lead is nothing, all else drawn "
                    "as before; what moves together with it moves along."
                ),
            ),
            table=plain_table(
                "Flip points",
                columns,
                rows,
                [each.name for each in study.against[:MOST_ROWS]],
                {"Range put in", "Flips at"},
            ),
        ),
    )


def _own(study: Study) -> Cited:
    return study.asked.book.option_title(study.pair.first.option)


def _range(study: Study, name: str) -> Text:
    low, high = (float(end) for end in np.quantile(study.pair.drawn(name), (0.05, 0.95)))
    factor = study.factors.of(name)
    bare = Figure(low=low, high=high, unit=factor.unit, digits=2, kind=Kind.DERIVED, trace="")
    figure = study.asked.book.made(
        f"{factor.words}: its range", "nine in ten of its draws", [factor.trace], bare
    )
    return text("{n}", n=figure)


QUESTION = Question(
    "sensitivity",
    "What a measure of one option hangs on, and where the order of two options flips",
    answer,
    (OPTION, MEASURE, OVER, EUROPE, *OF_FUTURES),
)
