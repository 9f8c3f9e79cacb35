"""Which option holds up over all futures, what being wrong costs, and what makes each one break."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.answer import Chart, Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.quantity import Kind
from guarantor.questions.balances import deal_title
from guarantor.questions.fewer_by_design import fewer_by_design
from guarantor.questions.futures import OF_FUTURES, what_the_run_rests_on
from guarantor.questions.needs import EUROPE, NEED
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.priorities import WEIGHTS, priorities_section
from guarantor.questions.question import EVERY_DEAL, OPTION, Asked, Draft, Question
from guarantor.questions.regrets import regret_section, rules_section, shortly, verdicts
from guarantor.questions.tracing import cited
from guarantor.questions.trials import in_order, ink, shares_held, trials
from guarantor.questions.vulnerable import breaks_sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.answer.text import Cited
    from guarantor.questions.needs import Need
    from guarantor.questions.regrets import Verdict
    from guarantor.questions.trials import Trial, Trials

FUTURES_BY_DEAL = 2048
"""Two blocks for each deal beside the one asked about: enough to see the error."""


def answer(asked: Asked) -> Draft:
    """Return how often each option holds, the price of being wrong, and what breaks each one."""
    book = asked.book
    title = text("Which option holds up, as of {day}: {title}", day=book.day(), title=book.title())
    if not asked.case.options:
        return Draft(title, text("No option is on record, so that nothing can hold up."), ())
    found = trials(asked)
    panel = {measure.name: verdicts(found, measure) for measure in found.ranking}
    several = len(found.by_option) > 1
    breaking = breaks_sections(found)
    return Draft(
        title=title,
        headline=_headline(found, panel) if several else _of_one(found, breaking),
        sections=(
            _holds(found),
            *(_by_deal(asked, found) if asked.get("every-deal") else ()),
            *breaking,
            *(regret_section(found, m) for m in found.ranking if several),
            *(rules_section(found, m, panel[m.name]) for m in found.ranking if several),
            *(priorities_section(found) if several else ()),
        ),
        not_known=(
            text(
                "Whether these needs are the right ones: {needs}. Another need is set with --need.",
                needs=cited("as set here", found.needs_trace),
            ),
            what_the_run_rests_on(
                book,
                next(iter(found.by_option.values())).found,
                {
                    "comes-unsaid": "how much comes of what nobody has offered",
                    "comes-said": "how much comes of what was signalled",
                    "will-in-common": "and how far nations decide alike",
                },
            ),
        ),
    )


def holds_words(found: Trials, option: str) -> Text:
    """Return in how many of twenty futures an option holds."""
    trial = found.by_option[option]
    held = trial.held if trial.held is not None else np.zeros(trial.found.futures, np.bool_)
    return text("{n}", n=found.in_twenty(option, f"holds: {option}", held))


def _headline(found: Trials, panel: Mapping[str, list[Verdict]]) -> Text:
    shares = shares_held(found)
    if not shares:
        return text("No option on record has a number for every need, so that none can be tested.")
    parts = [text("If the deal is ‘{deal}’, ", deal=_deal(found))]
    if max(shares.values()) == 0:
        parts.append(_never(found))
    elif min(shares.values()) == 1:
        every = [text("every option holds in every future: "), found.needs_words(), text(".")]
        parts += every
    else:
        parts.append(_leading(found, shares))
    if found.ranking:
        parts += [text(" "), shortly(found, panel[found.ranking[0].name])]
    return join(parts, "")


def _leading(found: Trials, shares: Mapping[str, float]) -> Text:
    first, *rest = [name for name in in_order(found) if shares.get(name)]
    none = [name for name, share in shares.items() if share == 0]
    parts = [
        found.named(first),
        text(" holds most often: in "),
        holds_words(found, first),
        text(" of these ranges"),
    ]
    if rest:
        parts += [text("; then "), found.named(rest[0]), text(", in ")]
        parts.append(holds_words(found, rest[0]))
    parts += [text(". To hold is to have "), found.needs_words(), text(".")]
    if none:
        count = found.asked.book.count(
            "options that never hold", [found.title(name).trace for name in none]
        )
        parts.append(text(" Of the options, {n} never hold.", n=count))
    return join(parts, "")


def _never(found: Trials) -> Text:
    """Return that no option ever holds, which need nobody ever meets, and the most there is."""
    dead = [
        need
        for need in found.counted
        if not any(_met(trial, need) for trial in found.by_option.values())
    ]
    if not dead:
        return join(
            [
                text("no option meets all needs in any future: "),
                found.needs_words(),
                text(". Each is met by some option, and never all by one."),
            ],
            "",
        )
    need = dead[0]
    measure = found.measures[need.measure]
    upward = need.sign.startswith(">")
    ends = {
        name: float(values.max() if upward else values.min())
        for name, trial in found.by_option.items()
        if (values := measure.values(trial.found)) is not None
    }
    parts = [text("no option ever has "), found.need_words(need), text(".")]
    if ends:
        name = (max if upward else min)(ends, key=lambda each: ends[each])
        word = "most" if upward else "least"
        figure = found.figure(
            measure,
            f"the {word} in any future, {measure.title}: {name}",
            ends[name],
            f"the {word} of all futures and options",
            found.runs,
        )
        parts += [
            text(f" The {word} in any future is "),
            found.in_unit(measure, figure),
            text(", with "),
            found.named(name),
            text("."),
        ]
    if fewer := fewer_by_design(found, need):
        parts += [text(" "), fewer]
    return join(parts, "")


def _met(trial: Trial, need: Need) -> bool:
    met = trial.tests[need]
    return met is not None and bool(met.any())


def _of_one(found: Trials, breaking: Sequence[Section]) -> Text:
    """Return how often one option holds, and when, if a part of the ranges tells it."""
    (name,) = found.by_option
    if found.by_option[name].held is None:
        return text(
            "{option} asks for nothing with a number, so that a need on it cannot be tested.",
            option=found.title(name),
        )
    return join(
        [
            text("If the deal is ‘{deal}’, ", deal=_deal(found)),
            found.named(name),
            text(" holds in "),
            holds_words(found, name),
            text(" of these ranges. To hold is to have "),
            found.needs_words(),
            text("."),
            *_when(name, breaking),
        ],
        "",
    )


def _when(name: str, breaking: Sequence[Section]) -> list[Text]:
    """Return the sentence of the box, where there is one: then its conditions are told, too."""
    table = breaking[0].table
    if len(breaking) == 1 or table is None:
        return []
    return [text(" And "), table.cell(name, "when")]


def _deal(found: Trials) -> Cited:
    return deal_title(found.asked.book, found.asked.case.deals[found.deal])


def _holds(found: Trials) -> Section:
    """Return how often each option holds, need by need, and what it reaches in the middle."""
    listed = in_order(found)
    rows = []
    for name in listed:
        trial = found.by_option[name]
        cells = [found.named(name)]
        if trial.held is None:
            cells += [text("cannot be tested"), text("–")]
        else:
            cells += [holds_words(found, name), text("{n}", n=_percent(found, trial))]
        for need in found.needs:
            met = trial.tests[need]
            measure = found.measures[need.measure]
            if met is None:
                cells.append(text("asks for nothing"))
                continue
            share = text("{n}", n=found.in_twenty(name, f"meets {need.words}: {name}", met))
            cells.append(join([share, found.middle(name, measure)], "; "))
        rows.append(tuple(cells))
    columns = [_column(found, need) for need in found.needs]
    titles = ("Option", "Holds in", "Per cent of futures", *columns)
    return Section(
        id="holds",
        title=text("How often each option holds"),
        paragraphs=tuple(_explained(found)),
        table=plain_table(
            "How often each option holds", titles, rows, listed, {"Per cent of futures"}
        ),
        chart=_holds_chart(found),
    )


def _column(found: Trials, need: Need) -> str:
    title = found.measures[need.measure].title
    alike = [n for n in found.needs if n.measure == need.measure]
    return title if len(alike) == 1 else f"{title}: {need.said}"


def _percent(found: Trials, trial: Trial) -> Figure:
    """Return the per cent of futures in which an option holds, with the error of chance."""
    assert trial.held is not None  # noqa: S101  # the caller has looked
    share, error = trial.found.mean(np.where(trial.held, 1.0, 0.0))
    value = 100 * share
    wide = 1.645 * 100 * error if error else None
    bare = Figure(
        value=value,
        low=None if wide is None else max(0.0, value - wide),
        high=None if wide is None else min(100.0, value + wide),
        unit="per cent of futures",
        digits=2,
        kind=Kind.DERIVED,
        trace="",
    )
    return found.asked.book.made(
        f"holds, per cent: {trial.option}",
        "share of the futures; the ends are the Monte Carlo error, from the spread of blocks of "
        "futures, nine in ten",
        [found.shown(trial.option).run, found.needs_trace],
        bare,
    )


def _explained(found: Trials) -> list[Text]:
    given = found.asked.get("need") is not None
    start = "" if given else "Nobody set a need, so the usual ones stand. "
    opening = text(f"{start}An option holds in a future in which it has ")
    told = [join([opening, found.needs_words(), text(".")], "")]
    if not given:
        told.append(
            text(
                "They are {judged}: a part of what each option itself asks for, because little is "
                "confirmed and few futures hold more; and Europe's lion's share, which was the "
                "premise of these options.",
                judged=cited("judged", found.needs_trace),
            )
        )
    told.append(
        text(
            "Per cent of futures stands with the error that chance leaves. After each need: how "
            "often it is met, then what the option reaches in half of the futures, with the ends "
            "between which nine in ten lie."
        )
    )
    for need in found.needs:
        told += _always_or_never(found, need)
    return told


def _always_or_never(found: Trials, need: Need) -> list[Text]:
    """Return a sentence for a need that tells no option apart, or that cannot count."""
    measure = found.measures[need.measure]
    words = found.need_words(need)
    tests = [t.tests[need] for t in found.by_option.values() if t.tests[need] is not None]
    told = []
    if measure.outside:
        note = text(". It is shown and does not count: its model is used beyond its evidence.")
        told.append(join([text("Outside the evidence: "), words, note], ""))
    if tests and not any(met.any() for met in tests if met is not None):
        told.append(join([text("Nobody ever meets this need: "), words, text(".")], ""))
    if tests and all(met.all() for met in tests if met is not None):
        told.append(
            join([text("Every option always meets this need, so it tells none apart: "), words], "")
        )
    return told


def _holds_chart(found: Trials) -> Chart:
    """Return twenty dots for each option, as many of them full as it holds in of twenty futures."""
    y = {"field": "option_text", "type": "nominal", "sort": None, "title": None}
    x = {
        "field": "dot",
        "type": "quantitative",
        "title": "of twenty futures of these ranges",
        "axis": {"grid": False, "values": [1, 5, 10, 15, 20]},
    }
    full = {"test": "datum.dot <= round(datum.per_cent_of_futures / 5)", "value": 1}
    return Chart(
        description=(
            "Twenty dots in a row for each option, one for each twentieth of the futures; a full "
            "dot is one in which it meets every need, an empty one is one in which it does not. "
            "The order is that of the table, most often first. An option that cannot be tested "
            "has no dots."
        ),
        spec={
            "transform": [
                {"filter": "isValid(datum.per_cent_of_futures)"},
                {"calculate": "sequence(1, 21)", "as": "dot"},
                {"flatten": ["dot"]},
            ],
            "mark": {"type": "point", "filled": True, "size": 60, "strokeWidth": 1},
            "encoding": {
                "y": y,
                "x": x,
                "fill": ink(found),
                "stroke": ink(found),
                "fillOpacity": {"condition": full, "value": 0},
            },
        },
        trace=found.asked.book.derived("chart: holds", "drawn from its table", found.runs),
    )


def _by_deal(asked: Asked, found: Trials) -> tuple[Section, ...]:
    """Return how often each option holds under each deal; deals are never pooled."""
    deals = list(asked.case.deals)
    by_deal = {
        deal: found if deal == found.deal else trials(asked, deal, FUTURES_BY_DEAL)
        for deal in deals
    }
    rows = []
    for name in in_order(found):
        cells = [found.named(name)]
        for other in by_deal.values():
            tried = other.by_option[name].held is not None
            cells.append(holds_words(other, name) if tried else text("cannot be tested"))
        rows.append(tuple(cells))
    columns = (
        Column(key="option", title="Option"),
        *(
            Column(
                key=deal, title=text("{deal}", deal=deal_title(asked.book, asked.case.deals[deal]))
            )
            for deal in deals
        ),
    )
    return (
        Section(
            id="by-deal",
            title=text("Under each deal"),
            paragraphs=(
                text(
                    "Each column is one deal by itself. They are not added up: that would take "
                    "weights for the deals, which nobody has stated."
                ),
            ),
            table=Table(
                title="Under each deal",
                columns=columns,
                rows=tuple(rows),
                keys=tuple(in_order(found)),
            ),
        ),
    )


QUESTION = Question(
    "robust",
    "Which option holds up, what being wrong costs, and when each one breaks",
    answer,
    (OPTION, NEED, EUROPE, *OF_FUTURES, EVERY_DEAL, WEIGHTS),
)
