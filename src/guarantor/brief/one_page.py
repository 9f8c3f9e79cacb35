"""The one-page brief: what each part of it is, picked from Answers and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.marks import notes_on
from guarantor.answer.text import Text, join, text
from guarantor.brief.cells import (
    STRUCK,
    cost_of,
    first,
    lines_filled,
    pools,
    share_of,
    struck,
    two_voices,
    verdict,
)
from guarantor.brief.document import Picture, content_hash
from guarantor.brief.matter import Matter
from guarantor.brief.opening import said_and_asked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.answer.answer import Answer, Section
    from guarantor.answer.trace import Trace
    from guarantor.brief.versions import Version
    from guarantor.case.case import Case

RISKS, GAPS = 3, 2
"""How many of each a page has room for; the gravest stand first in the case."""

COLUMNS = 4
"""How many options stand beside the baseline."""

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
    stamp: tuple[Text, ...] = ()
    since: tuple[Text, ...] = ()
    changes: Table | None = None

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

    @property
    def stamped(self) -> Text:
        """Return the line that says which record and which version this is."""
        return join([self.record, *self.stamp], " ")

    def texts(self) -> Iterator[Text]:
        """Return every text of the page, in reading order."""
        yield self.title
        yield from self.prose()
        yield from self.options.texts()
        yield from self.chart.texts()
        yield from (self.marking, self.day, self.stamped)
        yield from self.notes
        yield from self.since
        if self.changes:
            yield from self.changes.texts()

    def pictures(self) -> Iterator[Picture]:
        """Return the one chart of the page."""
        yield Picture(self.chart, wide=False)

    def marks(self) -> Iterator[str]:
        """Return the id of each record that something shown leads to, in reading order."""
        for words in self.texts():
            yield from (slot.trace for slot in words.slots.values())
        if self.chart.chart is not None:
            yield self.chart.chart.trace

    def lines(self) -> Iterator[tuple[str, str]]:
        """Return the page as lines of words, each under the title of its block."""
        yield "", self.record.plain()
        yield "", self.headline.plain()
        for block in self.blocks:
            for sentence in block.sentences:
                yield block.title, sentence.plain()
        for table in (self.options, self.chart.table):
            for row in table.rows if table else ():
                yield table.title.plain() if table else "", " | ".join(c.plain() for c in row)

    @property
    def digest(self) -> str:
        """Return the hash of all that the page says and of the records behind it."""
        return content_hash(self.texts(), self.pictures(), ())

    def released(self, version: Version) -> OnePage:
        """Return the page with its version, and with what changed if it replaces another."""
        stamp, traces = version.stamp()
        told, table, more = version.page() if version.replaces else (None, None, {})
        return replace(
            self,
            stamp=stamp,
            since=(told,) if told else (),
            changes=table,
            traces={**self.traces, **traces, **more},
        )


def one_page(case: Case, called: str, as_of: str | None) -> OnePage:
    """Return the page for a case that has been read, seen from a day."""
    return page_of(Matter(case, called, as_of))


def page_of(matter: Matter) -> OnePage:
    """Return the page made from Answers that other editions of the same run are made from, too."""
    case, called, as_of = matter.case, matter.called, matter.as_of
    glance, claims = matter.ask("at-a-glance"), matter.ask("claims")
    sustain, feasible = matter.ask("sustain"), matter.feasible
    share, cost, breach = matter.ask("share"), matter.ask("cost"), matter.ask("breach")
    options = glance.section("options").table
    known = options.keys if options else ()
    baseline = known[:1]  # options come in their order, and the baseline is the first
    chosen = [name for name in case.about.on_one_page if name in known and name not in baseline]
    shown = [*baseline, *chosen[:COLUMNS]]
    promises = {name: matter.ask("guarantee", option=name) for name in shown}
    gaps = {name: matter.ask("gaps", option=name) for name in shown}
    asked = (glance, claims, sustain, feasible, share, cost, breach)
    traces: dict[str, Trace] = {}
    for answer in (*asked, *promises.values(), *gaps.values()):
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
        chart=said_and_asked(matter) or glance.section("said-and-asked"),
        options=_with_rows(
            _options(shown, glance, sustain, feasible, promises, gaps),
            {
                "European NATO's people, %": [share_of(share, name) for name in shown],
                "Cost of what might come, five years": [cost_of(cost, name) for name in shown],
            },
        ),
        struck=Block("If the force is struck", struck(breach)),
        risks=Block("What could go wrong", glance.section("risks").paragraphs[:RISKS]),
        dissent=Block("Disagreement inside states", two_voices(claims)),
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
        ("Purpose", [first(promises[name], "Purpose") for name in shown]),
        ("Deployed", [options.cell(name, "deployed") for name in shown]),
        ("Pool at a third, fourth, fifth", [pools(forces, name) for name in shown]),
        ("Feasible", [_feasible(name, feasible, gaps[name]) for name in shown]),
        ("Commander", [first(promises[name], "Commander") for name in shown]),
        ("Obligation", [first(promises[name], "Obligation") for name in shown]),
        ("Trigger", [first(promises[name], "Trigger") for name in shown]),
        ("If force is struck", [first(promises[name], STRUCK) for name in shown]),
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


def _feasible(name: str, feasible: Answer, gaps: Answer) -> Text:
    """Return the verdict, and how many numbered lines are filled firmly or could be."""
    found = verdict(feasible, name)
    if "all" not in gaps.headline.slots:
        return found
    return join([found, join([text("lines:"), lines_filled(gaps)], " ")])
