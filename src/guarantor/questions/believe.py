"""What one would have to believe to prefer one option over another, and what is worth knowing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart, Section
from guarantor.answer.text import Figure, Text, join, text
from guarantor.problems import Misuse
from guarantor.quantity import Kind
from guarantor.questions.balances import deal_title
from guarantor.questions.beliefs import RUN_AGAIN, beliefs_of
from guarantor.questions.factors import COMES, PLACE, Factors, both, factor_named
from guarantor.questions.futures import OF_FUTURES, what_the_run_rests_on
from guarantor.questions.guarantee import ordered
from guarantor.questions.measures import lowered
from guarantor.questions.needs import EUROPE, MEASURE
from guarantor.questions.plain_tables import plain_table
from guarantor.questions.question import Asked, Draft, Question
from guarantor.questions.rivals import OVER, PREFER, pair
from guarantor.questions.tracing import cited
from guarantor.questions.trials import NEXT_TO, in_twenty_words

if TYPE_CHECKING:
    from guarantor.questions.beliefs import Belief, Beliefs, Found
    from guarantor.questions.rivals import Pair
    from guarantor.simulate.setup import Flags

MOST_WORTH = 10
HOW = (
    "searched on the futures at hand, in which the quantity lies at that end of its range, then "
    "run again with it held there, all else drawn as before"
)


def answer(asked: Asked) -> Draft:
    """Return the smallest set of beliefs that turns the order of two options."""
    prefer, over = asked.get("prefer"), asked.get("over")
    if prefer is None or over is None:
        raise Misuse.one(
            "a preference has two sides, and one was not named",
            found=f"--prefer {prefer or 'nothing'} --over {over or 'nothing'}",
            allowed=", ".join(ordered(asked)),
        )
    book = asked.book
    found = pair(asked, prefer, over)
    title = text(
        "What one would have to believe to prefer {a} over {b}, as of {day}: {title}",
        a=book.option_title(prefer),
        b=book.option_title(over),
        day=book.day(),
        title=book.title(),
    )
    if found.measure.outside or not found.measure.ranks:
        return Draft(title, _cannot_rank(found), ())
    lead = found.lead()
    if lead is None:
        return Draft(title, _no_number(found), ())
    if float((lead != 0).mean()) < NEXT_TO:
        return Draft(title, _alike(found, lead == 0), ())
    ahead = float(lead.mean()) > 0
    turned = pair(asked, over, prefer) if ahead else found
    beliefs = beliefs_of(turned)
    assert beliefs is not None  # noqa: S101  # the lead has a number
    factors = Factors(book)
    sets = beliefs.smallest(beliefs.candidates())
    return Draft(
        title=title,
        headline=_headline(turned, factors, sets, already=ahead),
        sections=(
            _smallest(turned, factors, sets),
            _strongest(turned, factors, beliefs),
            _worth(turned, factors, beliefs),
        ),
        not_known=(
            text(
                "Whether smaller changes within the ranges would do: each belief is tried at the "
                "end of its range, and what it takes between is not searched."
            ),
            what_the_run_rests_on(
                book,
                found.first.found,
                {
                    "comes-said": "how much comes of what was signalled",
                    "will-in-common": "and how far nations decide alike",
                },
            ),
        ),
    )


def _cannot_rank(found: Pair) -> Text:
    what = cited(lowered(found.measure.title), found.run)
    why = (
        "its model is used beyond its evidence"
        if found.measure.outside
        else "neither more nor less of it is better by itself"
    )
    return text(
        f"Options cannot be ranked by {{what}}, since {why}. Set another --measure.", what=what
    )


def _no_number(found: Pair) -> Text:
    trials = [trial for trial in (found.first, found.second) if trial is not None]
    without = next(t for t in trials if found.measure.values(t.found) is None)
    return text(
        "{option} asks for nothing with a number, so that it has no such measure. Set another "
        "with --measure, such as present.",
        option=found.asked.book.option_title(without.option),
    )


def _alike(found: Pair, same: Flags) -> Text:
    assert found.second is not None  # noqa: S101  # the lead was made of both
    book = found.asked.book
    return text(
        "Nothing to believe can decide it: {a} and {b} are alike on {measure} in {share}.",
        a=book.option_title(found.first.option),
        b=book.option_title(found.second.option),
        measure=cited(lowered(found.measure.title), found.run),
        share=found.share("futures in which both are alike", same).slots["n"],
    )


def _headline(found: Pair, factors: Factors, sets: list[Found], *, already: bool) -> Text:
    assert found.second is not None  # noqa: S101  # the lead was made of both
    book = found.asked.book
    own = book.option_title(found.first.option)
    other = book.option_title(found.second.option)
    parts = [text("If the deal is ‘{deal}’: ", deal=deal_title(book, found.deal))]
    if already:
        parts.append(text("it takes no new belief. {b} leads already. ", b=other))
    if not sets:
        within = "Within" if already else "within"
        parts.append(
            text(
                f"{within} the ranges put in, no set of changes that was tried makes "
                "{a} overtake {b} on {measure}.",
                a=own,
                b=other,
                measure=cited(lowered(found.measure.title), found.run),
            )
        )
        return join(parts, "")
    best = sets[0]
    clauses = [_clause(factors, belief) for belief in best.beliefs]
    parts += [
        text("To prefer {a} over {b} instead, one would have to believe " if already else
             "to prefer {a} over {b}, one would have to believe ", a=own, b=other),
        both(clauses),
        text(". "),
        text(
            "It would then have {n} {what} on average, against {m}.",
            n=found.number("own, all believed", best.runs[-1].own, HOW),
            m=found.number("other, all believed", best.runs[-1].other, HOW),
            what=cited(found.measure.phrase, found.run),
        ),
    ]  # fmt: skip
    return join(parts, "")


def _clause(factors: Factors, belief: Belief) -> Text:
    """Return one belief as it stands after `believe`."""
    factor = factor_named(factors, belief.name)
    what = cited(factor.words, factor.trace)
    if belief.name.startswith(COMES):
        away = factors.stays_away(belief.name.removeprefix(COMES))
        return join([text("that "), factor.named if belief.side == "comes" else away], "")
    if belief.side not in {"low", "high"}:
        return text(f"that {{what}} is {belief.side.replace('-', ' ')}", what=what)
    end = "lowest" if belief.side == "low" else "highest"
    if factor.unit == PLACE or belief.value is None:
        return text(f"that {{what}} is near its {end}", what=what)
    return text(
        f"that {{what}} is at the {end} end of its range, {{n}} {{unit}}",
        what=what,
        n=factors.number(belief.name, belief.value),
        unit=cited(factor.unit, factor.trace),
    )


def _smallest(found: Pair, factors: Factors, sets: list[Found]) -> Section:
    opening = found.who_leads()
    if not sets:
        none = text(
            "Every single change, every pair of the strongest, and the strongest added up were "
            "tried: none turns the order."
        )
        return Section(
            id="smallest", title=text("The smallest set of changes"), paragraphs=(opening, none)
        )
    rows, keys = [], []
    for number, each in enumerate(sets):
        name = cited(f"{number + 1}", found.run)
        for place, (belief, run) in enumerate(zip(each.beliefs, each.runs, strict=True)):
            label = f"set {number + 1}, after change {place + 1}"
            rows.append(
                (
                    text("{n}", n=name),
                    _clause(factors, belief),
                    *(
                        text("{n}", n=found.number(f"{label}: {what}", value, HOW))
                        for what, value in (("own", run.own), ("other", run.other))
                    ),
                    _share(found, label, run.ahead),
                )
            )
            keys.append(f"set-{number + 1}-{place + 1}")
    assert found.second is not None  # noqa: S101  # the lead was made of both
    case = found.asked.case
    titles = (
        "Set",
        "Believe",
        case.options[found.first.option].title,
        case.options[found.second.option].title,
        "Ahead in",
    )
    blocks = min(found.first.found.blocks, RUN_AGAIN)
    count = found.asked.book.number("blocks run again", blocks, "counted", found.runs)
    return Section(
        id="smallest",
        title=text("The smallest set of changes"),
        paragraphs=(
            opening,
            text(
                "Each set by itself turns the order; the columns show both options after each "
                "change is added to those above it, in {unit}. Where both are then small, little "
                "is won by being ahead.",
                unit=cited(found.measure.unit, found.run),
            ),
            text(
                "How it was found: every single change and every pair of the strongest was read "
                "off the futures at hand, at the ends of the ranges. What looked as if it would "
                "turn the order was run again in {n} blocks of futures with just those "
                "quantities held.",
                n=count,
            ),
        ),
        table=plain_table("The smallest set of changes", titles, rows, keys, set(titles[2:4])),
    )


def _share(found: Pair, label: str, share: float) -> Text:
    words = in_twenty_words(share, "futures")
    says = f"{words}: {100 * share:.3g} %"
    trace = found.asked.book.derived(f"{label}: ahead", HOW, found.runs, says=says)
    return text("{n}", n=cited(words, trace))


def _strongest(found: Pair, factors: Factors, beliefs: Beliefs) -> Section:
    """Return what each single belief would add to the lead, strongest first."""
    rows, keys = [], []
    for belief in beliefs.candidates()[:MOST_WORTH]:
        factor = factor_named(factors, belief.name)
        bare = Figure(
            value=belief.gain, unit=found.measure.unit, digits=2, kind=Kind.DERIVED, trace=""
        )
        gain = found.asked.book.made(
            f"added to the lead: {factor.words}, {belief.side}",
            "mean lead in the tenth of the futures at that end less the mean of all; for a "
            "decision, over how much more often it then falls so",
            [*found.runs, factor.trace],
            bare,
        )
        rows.append((_clause(factors, belief), text("{n}", n=gain)))
        keys.append(f"{belief.name}/{belief.side}")
    return Section(
        id="strongest",
        title=text("What each belief by itself would add"),
        paragraphs=(
            text(
                "To the lead of {option}, in {unit}, on the futures at hand. Quantities that move "
                "together move along here, and not in the runs above.",
                option=found.asked.book.option_title(found.first.option),
                unit=cited(found.measure.unit, found.run),
            ),
        ),
        table=plain_table("Single beliefs", ("Believe", "Adds"), rows, keys, {"Adds"}),
        chart=_bars(found, "adds", "believe_text", "added to the lead") if rows else None,
    )


def _worth(found: Pair, factors: Factors, beliefs: Beliefs) -> Section:
    """Return what it would add to know each quantity before choosing."""
    told = beliefs.worth_knowing()[:MOST_WORTH]
    title = text("What to find out first")
    if not told:
        return Section(
            id="worth",
            title=title,
            paragraphs=(
                text(
                    "Knowing any one quantity before choosing between the two would not change "
                    "the choice often enough to tell it from chance."
                ),
            ),
        )
    rows = []
    for name, estimate in told:
        factor = factor_named(factors, name)
        words = f"whether {factor.words}" if name.startswith(COMES) else factor.words
        bare = Figure(
            value=estimate.value,
            low=max(0.0, estimate.low),
            high=estimate.high,
            unit=found.measure.unit,
            digits=2,
            kind=Kind.DERIVED,
            trace="",
        )
        worth = found.asked.book.made(
            f"value of knowing: {words}",
            "expected value of partial perfect information by sorting (Strong, Oakley and Brennan "
            "2014), the choice made on other futures than those it is judged on",
            [*found.runs, factor.trace],
            bare,
        )
        rows.append((text("{what}", what=cited(words, factor.trace)), text("{n}", n=worth)))
    return Section(
        id="worth",
        title=title,
        paragraphs=(
            text(
                "What it would add on average, in {unit}, to know the quantity before choosing "
                "between the two: the ends are the error of chance. Knowing is worth something "
                "only where it would change the choice.",
                unit=cited(found.measure.unit, found.run),
            ),
        ),
        table=plain_table(
            "Value of knowing", ("Quantity", "Adds"), rows, [name for name, _ in told], {"Adds"}
        ),
        chart=_bars(found, "adds", "quantity_text", "added by knowing"),
    )


def _bars(found: Pair, column: str, label: str, title: str) -> Chart:
    return Chart(
        description=(
            f"One bar for each row of the table above, longest first: {title}, in "
            f"{found.measure.unit}."
        ),
        spec={
            "mark": {"type": "bar", "height": {"band": 0.5}, "opacity": 0.55},
            "encoding": {
                "y": {
                    "field": label,
                    "type": "nominal",
                    "sort": None,
                    "title": None,
                    "axis": {"labelLimit": 320},
                },
                "x": {"field": column, "type": "quantitative", "title": title},
                "color": {"value": "#0b3d63"},
            },
        },
        trace=found.asked.book.derived(f"chart: {title}", "drawn from its table", found.runs),
    )


QUESTION = Question(
    "believe",
    "What one would have to believe to prefer one option over another, and what to find out first",
    answer,
    (PREFER, OVER, MEASURE, EUROPE, *OF_FUTURES),
)
