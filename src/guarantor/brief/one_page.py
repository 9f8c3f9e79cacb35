"""The one-page brief: what each part of it is, picked from Answers and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.marks import notes_on
from guarantor.answer.text import Text, join, text
from guarantor.case.record import NOT_STATED
from guarantor.questions import answer_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.answer.answer import Answer, Section
    from guarantor.answer.trace import Trace
    from guarantor.case.case import Case

RISKS, GAPS = 3, 2
"""How many of each a page has room for; the gravest stand first in the case."""

COLUMNS = 4
"""How many options stand beside the baseline."""

EUROPE = "europe-european-nato"
"""The definition of Europe that the page shows; the answer `share` has every one."""

NOT_YET = text("Not assessed here: what breaks an option over time.")
NO_RECOMMENDATION = text("No recommendation: options only.")


@dataclass(frozen=True)
class Block:
    """A heading and the sentences under it; `listed` sentences get a mark each."""

    title: str
    sentences: tuple[Text, ...]


@dataclass(frozen=True)
class OnePage:
    """Everything on the page, in reading order."""

    title: Text
    headline: Text
    decision: Block
    offers: Block
    chart: Section
    options: Table
    struck: Block
    risks: Block
    dissent: Block
    unknown: Block
    marking: Text
    day: Text
    record: Text
    command: str
    traces: dict[str, Trace] = field(default_factory=dict)

    @property
    def blocks(self) -> tuple[Block, ...]:
        """Return the blocks, in reading order."""
        return (self.decision, self.offers, self.struck, self.risks, self.dissent, self.unknown)

    @property
    def notes(self) -> tuple[Text, ...]:
        """Return what the marks on the page mean."""
        marked = (*self.prose(), *self.options.texts(), *self.chart.texts())
        return notes_on(marked, self.traces)

    def prose(self) -> Iterator[Text]:
        """Return the running text: all but title, table, chart and record line."""
        yield self.headline
        for block in self.blocks:
            yield from block.sentences

    def texts(self) -> Iterator[Text]:
        """Return every text of the page, in reading order."""
        yield self.title
        yield from self.prose()
        yield from self.options.texts()
        yield from self.chart.texts()
        yield from (self.marking, self.day, self.record)
        yield from self.notes


def one_page(case: Case, called: str, as_of: str | None) -> OnePage:
    """Return the page for a case that has been read, seen from a day."""
    dated = {"as-of": as_of} if as_of else {}
    glance = answer_for("at-a-glance", case, dated, called)
    claims = answer_for("claims", case, dated, called)
    sustain = answer_for("sustain", case, dated, called)
    options = glance.section("options").table
    known = options.keys if options else ()
    baseline = known[:1]  # options come in their order, and the baseline is the first
    chosen = [name for name in case.about.on_one_page if name in known and name not in baseline]
    shown = [*baseline, *chosen[:COLUMNS]]
    promises = {
        name: answer_for("guarantee", case, {"option": name, **dated}, called) for name in shown
    }
    gaps = {name: answer_for("gaps", case, {"option": name, **dated}, called) for name in shown}
    feasible = answer_for("feasible", case, dated, called)
    share = answer_for("share", case, dated, called)
    cost = answer_for("cost", case, dated, called)
    breach = answer_for("breach", case, dated, called)
    traces: dict[str, Trace] = {}
    for answer in (
        glance,
        claims,
        sustain,
        feasible,
        share,
        cost,
        breach,
        *promises.values(),
        *gaps.values(),
    ):
        traces.update(answer.traces)
    question, by_when = glance.section("decision").paragraphs
    return OnePage(
        title=text("{title}", title=glance.title.slots["title"]),
        headline=glance.headline,
        decision=Block(
            "Question (authors' wording)",
            (question, join([by_when, NO_RECOMMENDATION], ". ")),
        ),
        offers=Block("Soldiers: who said what, on which condition", _offers(glance)),
        chart=glance.section("said-and-asked"),
        options=_with_rows(
            _options(shown, glance, sustain, feasible, promises, gaps),
            {
                "European NATO's people, %": [_share(share, name) for name in shown],
                "Cost over five years": [_cost(cost, name) for name in shown],
            },
        ),
        struck=Block("If the force is struck", _struck(breach)),
        risks=Block("What could go wrong", glance.section("risks").paragraphs[:RISKS]),
        dissent=Block("Disagreement inside states", _dissent(claims)),
        unknown=Block("What is not known", (*glance.not_known[:GAPS], NOT_YET)),
        marking=text("{m}", m=glance.section("record").paragraphs[0].slots["a_marking"]),
        day=text("{d}", d=glance.title.slots["day"]),
        record=glance.section("record").paragraphs[0],
        command=f"guarantor brief {called}" + (f" --as-of {as_of}" if as_of else ""),
        traces=traces,
    )


def _offers(glance: Answer) -> tuple[Text, ...]:
    """Return one sentence per rung, and one on all that is offered besides soldiers."""
    table = glance.section("soldiers").table
    lines = [
        join([rung, join([number, who], " – ")], ": ")
        for rung, number, who in (table.rows if table else ())
    ]
    without = glance.section("without").table
    lines += [join([word, nations], ": ") for word, nations in (without.rows if without else ())]
    others = glance.section("others").table
    if others:
        besides = [join([topic, number], " ") for topic, number, *_ in others.rows]
        lines.append(
            join([text("Besides soldiers, nations that offer – "), join(besides, ", ")], "")
        )
    return tuple(lines)


def _options(
    shown: list[str],
    glance: Answer,
    sustain: Answer,
    feasible: Answer,
    promises: dict[str, Answer],
    gaps: dict[str, Answer],
) -> Table:
    """Return the options side by side, one column each, the baseline first."""
    options, forces = glance.section("options").table, sustain.section("three-numbers").table
    if options is None or forces is None:
        raise ValueError("a case without options has no page")
    rows = [
        ("Purpose", [_first(promises[name], "Purpose") for name in shown]),
        ("Deployed", [options.cell(name, "deployed") for name in shown]),
        ("Pool at a third, fourth, fifth", [_pools(forces, name) for name in shown]),
        ("Feasible", [_feasible(name, feasible, gaps[name]) for name in shown]),
        ("Commander", [_first(promises[name], "Commander") for name in shown]),
        ("Obligation", [_first(promises[name], "Obligation") for name in shown]),
        ("Trigger", [_first(promises[name], "Trigger") for name in shown]),
        ("If force is struck", [_first(promises[name], STRUCK) for name in shown]),
    ]
    return Table(
        title="Options",
        columns=(
            Column(key="row", title="Options"),
            *(Column(key=name, title=options.cell(name, "option")) for name in shown),
        ),
        rows=tuple((text(title), *cells) for title, cells in rows),
    )


def _with_rows(table: Table, rows: dict[str, list[Text]]) -> Table:
    """Return the table with more rows at its end."""
    more = tuple((text(title), *cells) for title, cells in rows.items())
    return table.model_copy(update={"rows": (*table.rows, *more)})


def _share(share: Answer, name: str) -> Text:
    """Return European NATO's share of the people who might come to an option."""
    key, known = f"{name}-provider-possible", {section.id for section in share.sections}
    table = share.section(EUROPE).table if EUROPE in known else None
    return table.cell(key, "people") if table and key in table.keys else text("cannot be said")


def _cost(cost: Answer, name: str) -> Text:
    """Return the first sum of what might come to an option; sums at other prices stand apart."""
    table = cost.section("sums").table if "sums" in {s.id for s in cost.sections} else None
    keys = [key for key in (table.keys if table else ()) if key.startswith(f"{name}-")]
    if table is None or not keys:
        return text("no cost on record")
    usual = f"{name}-eur-2024"
    key = usual if usual in keys else keys[0]
    found = join([table.cell(key, "possible"), table.cell(key, "prices")], " million ")
    return join([found, text("more at other prices")]) if len(keys) > 1 else found


def _pools(forces: Table, name: str) -> Text:
    """Return the pool at one in three, four and five, or that it cannot be said."""
    cells = [forces.cell(name, f"pool_{rule}") for rule in ("three", "four", "five")]
    return join(cells, " / ") if cells[0].slots else cells[0]


def _feasible(name: str, feasible: Answer, gaps: Answer) -> Text:
    """Return the verdict, and how many numbered lines are filled firmly or could be."""
    table, slots = feasible.section("screening").table, gaps.headline.slots
    verdict = table.cell(f"{name}/feasibility", "verdict") if table else text("cannot be said")
    if "all" not in slots:
        return verdict
    lines = text(
        "lines: {firm} confirmed, {able} of {all} possible",
        **{slot: slots[slot] for slot in ("firm", "able", "all")},
    )
    return join([verdict, lines])


STRUCK = "If broken: strike on force"


def _first(promise: Answer, row: str) -> Text:
    """Return the first thing published in a row of a promise, or `not stated`."""
    table = promise.section("promise").table
    return next(r[1] for r in (table.rows if table else ()) if r[0].plain() == row)


def _struck(breach: Answer) -> tuple[Text, ...]:
    """Return whether anyone is bound to act, each published answer, and whose parliament counts."""
    responses = breach.section("responses").table
    answers = [
        join([option, does], ": ")
        for option, kind, who, _, does, *_ in (responses.rows if responses else ())
        if kind.plain() == "strike on force" and who.plain() != NOT_STATED
    ]
    gates = breach.section("parliaments").table
    rules = [join([nation, rule], ": ") for nation, rule, *_ in (gates.rows if gates else ())]
    parliaments = [join([text("Parliaments – "), join(rules, "; ")], "")] if rules else []
    return (breach.headline, *answers, *parliaments)


def _dissent(claims: Answer) -> tuple[Text, ...]:
    """Return, per state, an office that refuses soldiers beside one that does not."""
    table = claims.section("offices").table
    sides: dict[str, dict[bool, Text]] = {}
    names: dict[str, Text] = {}
    for actor, topic, office, stance, _ in table.rows if table else ():
        if topic.plain() == "ground troops":
            names[actor.plain()] = actor
            refuses = stance.plain().startswith(("excludes", "opposes"))
            sides.setdefault(actor.plain(), {})[refuses] = join([office, stance], " ")
    return tuple(
        join([names[state], join(list(both.values()), "; ")], ": ") for state, both in sides.items()
    ) or (text("In no state does one office refuse soldiers and another not."),)
