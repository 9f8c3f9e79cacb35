"""Which nation, or which pair of nations, an option can least do without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Text, join, text
from guarantor.questions.breaking import (
    MOST_IN_PAIRS,
    MOST_PEOPLE,
    Breaking,
    Cost,
    Pair,
    breaking,
    pairs_of,
)
from guarantor.questions.futures import OF_FUTURES, assumption_trace, what_the_run_rests_on
from guarantor.questions.guarantee import ordered
from guarantor.questions.leaving import (
    LEAVES,
    PEOPLE,
    legible,
    month_figure,
    spoken_names,
    terms_words,
)
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import OPTION, Asked, Draft, Question, Setting
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.text import Cited

USUAL_MONTH = 25
NOBODY = text("nobody can leave")
MEAN = "mean over the futures"


def answer(asked: Asked) -> Draft:
    """Return the nation whose exit costs each option most, or all nations and pairs of one."""
    month = asked.get("month") or USUAL_MONTH
    month = min(month, asked.case.about.horizon.months)
    option = asked.get("option")
    return _of_one(asked, option, month) if option else _of_all(asked, month)


def _when(asked: Asked, month: int) -> Cited:
    return cited(
        str(month),
        asked.book.asked(
            "month of the exit", f"month {month} of the deal", by_reader=bool(asked.get("month"))
        ),
    )


def _title(asked: Asked, month: int) -> Text:
    return text(
        "Whose exit in month {month} costs most, as of {day}: {title}",
        month=_when(asked, month),
        day=asked.book.day(),
        title=asked.book.title(),
    )


def _named(asked: Asked, nations: tuple[str, ...], traces: str) -> Cited:
    return cited(spoken_names(asked.case, nations), traces)


def _of_all(asked: Asked, month: int) -> Draft:
    book = asked.book
    found = {name: breaking(asked, name, month, every=False) for name in ordered(asked)}
    rows = [_row_of_option(asked, one) for one in found.values()]
    worst = {name: one.costs[0] for name, one in found.items() if one.costs}
    titles = ("Option", "Nation", "Would be usable", "Lost", "Fill lost", "Loses most", "Fails")
    section = Section(
        id="options",
        title=text("The costliest exit under each option"),
        paragraphs=(
            text(
                "Each option under the deal that is asked about, or the first that it is meant "
                "for. Contributions that nobody has offered count where an analyst judges them "
                "possible, unless count says otherwise."
            ),
            _measured(asked, next(iter(found.values())), month) if found else text("–"),
            text(
                "Tried for each option: the {n} nations that bring most people in the futures "
                "themselves, the nation in command, and the United States. Ask with one option "
                "for all nations and pairs.",
                n=cited(str(MOST_PEOPLE), _chosen(asked)),
            ),
        ),
        table=plain_table("Options", titles, rows, list(found), {*titles[2:5]}) if rows else None,
    )
    return Draft(
        title=_title(asked, month),
        headline=_headline_of_all(asked, found, worst, month),
        sections=(section,),
        not_known=(
            _never(asked),
            *(
                (what_the_run_rests_on(book, next(iter(found.values())).stays, _RESTS),)
                if found
                else ()
            ),
        ),
    )


_RESTS = {
    "comes-said": "which contributions come at all",
    "follows": "and how many follow a leaver",
}


def _never(asked: Asked) -> Text:
    return text(
        "Whether any nation would leave, and {who}: the exits are made to happen here.",
        who=cited("who would follow it", assumption_trace(asked.book, "follows")),
    )


def _chosen(asked: Asked) -> str:
    return asked.book.asked(
        "nations tried at a glance", f"the {MOST_PEOPLE} that bring most people", by_reader=False
    )


def _headline_of_all(
    asked: Asked, found: dict[str, Breaking], worst: dict[str, Cost], month: int
) -> Text:
    book = asked.book
    if not worst:
        return text("No option on record has a nation that could leave it.")
    names = [cost.nations[0] for cost in worst.values() if cost.lost > 0]
    if not names:
        return text("Under no option does the exit of one nation take usable people away.")
    often = max(dict.fromkeys(names), key=names.count)
    by = [found[name].run(book) for name, cost in worst.items() if cost.nations[0] == often]
    return text(
        "The exit of {who} in month {month} costs most usable people under {n} of {all} options "
        "that anybody could leave.",
        who=cited(spoken_names(asked.case, (often,)), by[0]),
        month=_when(asked, month),
        n=book.number("options that it costs most", names.count(often), "counted", by),
        all=book.number(
            "options with a nation that can leave",
            len(worst),
            "counted",
            [found[name].run(book) for name in worst],
        ),
    )


def _row_of_option(asked: Asked, found: Breaking) -> tuple[Text, ...]:
    head = text("{option}", option=asked.book.option_title(found.terms.option))
    if not found.costs:
        return (head, NOBODY, *(text("–"),) * 5)
    shown = found.shown(asked.book)
    would = shown.number("usable people", found.people.mean(), PEOPLE, MEAN)
    who, *rest = _cells(asked, found, found.costs[0])
    return (head, who, text("{n}", n=legible(asked.book, would)), *rest)


def _cells(asked: Asked, found: Breaking, cost: Cost) -> tuple[Text, ...]:
    """Return who leaves, what is lost, the line that suffers and the one that fails."""
    beside = found.beside(asked.book, cost)
    who = " and ".join(asked.case.name_of(nation) for nation in cost.nations)
    label = f"without {who}"
    return (
        text("{who}", who=cited(who, beside.run)),
        text(
            "{n}",
            n=legible(beside.book, beside.mean(f"usable people lost {label}", cost.loss, PEOPLE)),
        ),
        text(
            "{n}",
            n=legible(
                beside.book,
                beside.number(
                    f"fill lost {label}", cost.fill, "points", "see the sentence above the table"
                ),
            ),
        )
        if cost.fill is not None
        else text("–"),
        text("{line}", line=cited(cost.suffers, beside.run)) if cost.suffers else text("–"),
        _fails(asked, found, cost),
    )


def _fails(asked: Asked, found: Breaking, cost: Cost) -> Text:
    if cost.fails is None:
        return text("none was met before")
    beside = found.beside(asked.book, cost)
    line, month, new = cost.fails
    return text(
        "{line} in month {month}, in {n}",
        line=cited(line, beside.run),
        month=month_figure(asked.book, month, beside.run),
        n=beside.in_twenty(f"{line} fails after the exit of {', '.join(cost.nations)}", new),
    )


def _measured(asked: Asked, found: Breaking, month: int) -> Text:
    return text(
        "Each nation is made to leave at the start of month {month}, and whoever then follows "
        "leaves too. Lost: usable people in month {later} against the same futures without that "
        "exit, mean and the ends of nine in ten. Fill lost: points of the need of lines with a "
        "number, at the mean of all futures.",
        month=_when(asked, month),
        later=month_figure(asked.book, found.terms.months, _when(asked, month).trace),
    )


def _of_one(asked: Asked, option: str, month: int) -> Draft:
    book = asked.book
    found = breaking(asked, option, month, every=True)
    title = book.option_title(option)
    if not found.costs:
        return Draft(
            title=_title(asked, month),
            headline=text("Nobody can leave {option}: no nation has a part in it.", option=title),
            sections=(),
            not_known=(text("Who would take part in it: nobody has said."),),
        )
    pairs = pairs_of(asked, found, month)
    return Draft(
        title=_title(asked, month),
        headline=_headline(asked, found, month),
        sections=(_nations(asked, found, month), _pairs(asked, found, pairs)),
        not_known=(_never(asked), what_the_run_rests_on(book, found.stays, _RESTS)),
    )


def _headline(asked: Asked, found: Breaking, month: int) -> Text:
    book, worst = asked.book, found.costs[0]
    title = book.option_title(found.terms.option)
    shown, beside = found.shown(book), found.beside(book, worst)
    if worst.lost <= 0:
        return text("No single exit takes usable people away from {option}.", option=title)
    first = text(
        "{option} can least do without {who}: an exit in month {month} takes {lost} of the {all} "
        "people usable in month {later}, on the mean of all futures.",
        option=title,
        who=_named(asked, worst.nations, beside.run),
        month=_when(asked, month),
        later=month_figure(book, found.terms.months, _when(asked, month).trace),
        lost=legible(beside.book, beside.number("usable people lost", worst.lost, PEOPLE, MEAN)),
        all=legible(shown.book, shown.number("usable people", found.people.mean(), PEOPLE, MEAN)),
    )
    return join([first, _met_before(found)], " ")


def _met_before(found: Breaking) -> Text:
    if any(cost.fails for cost in found.costs):
        return text("What fails first stands beside each nation.")
    return text(
        "No line with a number is met before the exit in any future, so that none can fail by it."
    )


def _nations(asked: Asked, found: Breaking, month: int) -> Section:
    book = asked.book
    told = [cost for cost in found.costs if not cost.nothing]
    rows = [_cells(asked, found, cost) for cost in told]
    titles = ("Nation", "Lost", "Fill lost", "Loses most", "Fails")
    table = plain_table(
        "Nations, the costliest exit first",
        titles,
        rows,
        [cost.nations[0] for cost in told],
        set(titles[1:3]),
    )
    traces = [slot.trace for row in rows for cell in row for slot in cell.slots.values()]
    return Section(
        id="nations",
        title=text("Each nation made to leave"),
        paragraphs=(
            terms_words(asked, found.terms),
            _measured(asked, found, month),
            text(
                "Ranked by usable people lost, then by fill. Losses hold what goes with those who "
                "follow, so that even a small contributor can cost much when it draws others. An "
                "end below zero means that those who stay share what they need with fewer."
            ),
            *_the_rest(asked, found),
        ),
        table=table,
        chart=Chart(
            description=(
                "Horizontal bars, one for each nation, the costliest first: usable people lost "
                "by its exit, mean over the futures, with a thin line to the ends between "
                "which nine in ten futures lie."
            ),
            spec=_bars(),
            trace=book.derived("chart of losses", "drawn from the table beside it", traces),
        ),
    )


def _the_rest(asked: Asked, found: Breaking) -> tuple[Text, ...]:
    """Return the nations whose exit takes nothing that could be shown."""
    rest = [cost for cost in found.costs if cost.nothing]
    if not rest:
        return ()
    names = spoken_names(asked.case, [cost.nations[0] for cost in rest])
    return (
        text(
            "Next to nothing goes with {names}.",
            names=cited(names, found.run(asked.book)),
        ),
    )


def _bars() -> dict[str, object]:
    y = {"field": "nation_text", "type": "nominal", "sort": None, "title": None}
    x = {"type": "quantitative", "title": "Usable people lost"}
    low = "isValid(datum.lost_low) ? datum.lost_low : datum.lost"
    high = "isValid(datum.lost_high) ? datum.lost_high : datum.lost"
    return {
        "transform": [{"calculate": low, "as": "low"}, {"calculate": high, "as": "high"}],
        "layer": [
            {
                "mark": {"type": "bar", "color": "#0b3d63", "height": {"band": 0.62}},
                "encoding": {"y": y, "x": {**x, "field": "lost"}},
            },
            {
                "mark": {"type": "rule", "color": "#8a8f98"},
                "encoding": {"y": y, "x": {**x, "field": "low"}, "x2": {"field": "high"}},
            },
        ],
    }


def _pairs(asked: Asked, found: Breaking, pairs: list[Pair]) -> Section:
    book = asked.book
    worse = [pair for pair in pairs if pair.worse]
    rows, keys = [], []
    for pair in pairs:
        beside = found.beside(book, pair.cost)
        who = " and ".join(asked.case.name_of(nation) for nation in pair.cost.nations)
        lost = beside.mean(f"usable people lost, {who}", pair.cost.loss, PEOPLE)
        label, how = f"{who}: sum of the two exits alone", "loss of one and of the other, added"
        added = beside.number(label, pair.sum, PEOPLE, how)
        rows.append(
            (
                text("{who}", who=cited(who, beside.run)),
                text("{n}", n=legible(book, lost)),
                text("{n}", n=legible(book, added)),
                text("worse than the sum" if pair.worse else "no more than the sum"),
                _fails(asked, found, pair.cost),
            )
        )
        keys.append("+".join(pair.cost.nations))
    titles = ("Pair", "Lost", "Sum of the two", "Together", "Fails")
    tried = cited(str(MOST_IN_PAIRS), _tried(asked))
    count = book.number(
        "pairs worse than the sum", len(worse), "counted", [found.run(book)], "pairs"
    )
    return Section(
        id="pairs",
        title=text("Pairs made to leave in the same month"),
        paragraphs=(
            text(
                "Tried: each two of the {tried} nations whose exit costs most. {n} of these pairs "
                "cost more together than their two exits added. Most cost less, because those who "
                "follow the one have often followed the other already.",
                tried=tried,
                n=count,
            )
            if rows
            else text("There is no pair to try: fewer than two nations have a part in it."),
        ),
        table=plain_table("Pairs, the costliest first", titles, rows, keys, set(titles[1:3]))
        if rows
        else None,
    )


def _tried(asked: Asked) -> str:
    says = f"the {MOST_IN_PAIRS} nations whose single exit costs most"
    return asked.book.asked("nations tried in pairs", says, by_reader=False)


OF_BREAK = tuple(setting for setting in OF_FUTURES if setting.name != "months")
LEAVES_THEN = Setting(LEAVES.name, LEAVES.meaning, LEAVES.read, str(USUAL_MONTH))

QUESTION = Question(
    "break",
    "Which nation, or which pair, an option can least do without",
    answer,
    (OPTION, LEAVES_THEN, *OF_BREAK),
)
