"""Puts a document together from the plan: sections from Answers, annexes, records."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from guarantor.answer.text import text
from guarantor.answer.trace import Citation, with_inputs
from guarantor.brief import closing
from guarantor.brief.document import Chapter, Document, Grid, Prose
from guarantor.brief.matter import chosen, section
from guarantor.brief.plan import EDITIONS, HEADLINE, SECTIONS, Plan, Take, taken
from guarantor.brief.spread import spreads
from guarantor.evidence.catalogue import basis_of, find, foundations
from guarantor.quantity import Kind
from guarantor.questions.sources import PUBLICATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.answer.answer import Answer
    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter


def compose(matter: Matter, edition: str) -> Document:
    """Return one edition of the brief; editions of one matter are made from the same Answers."""
    plan = EDITIONS[edition]
    glance = matter.ask("at-a-glance")
    chapters = tuple(_chapter(matter, name, plan.sections) for name in plan.sections)
    record = glance.section("record").paragraphs[0]
    command = shlex.join(
        [
            *("guarantor", "brief", matter.called, "-o", "out", "--edition", edition),
            *(("--as-of", matter.as_of) if matter.as_of else ()),
        ]
    )
    draft = Document(
        edition=edition,
        kind=plan.kind,
        title=text("{title}", title=glance.title.slots["title"]),
        headline=glance.headline,
        marking=text("{m}", m=record.slots["a_marking"]),
        day=text("{d}", d=glance.title.slots["day"]),
        record=record,
        chapters=chapters,
        annexes=(),
        models=(),
        command=matter.said("command that writes this document again", command),
        traces=matter.traces,
    )
    used = [slot.trace for each in draft.texts() for slot in each.slots.values()]
    behind = with_inputs(matter.traces, used)
    annexes = [_chapter(matter, name, plan.annexes) for name in plan.annexes]
    if plan.publications:
        keys = {
            citation.id
            for name in behind
            if matter.traces[name].label != PUBLICATION  # the list of sources cites nothing
            for citation in matter.traces[name].citations
        }
        annexes.append(
            Chapter(
                "publications",
                text("The publications that this document cites"),
                closing.cited_sources(matter, keys),
            )
        )
    tables = closing.pictures_as_tables(draft.pictures())
    if tables:
        annexes.append(Chapter("pictures", text("The pictures as tables"), tables))
    named = {matter.traces[name].model for name in behind} - {""}
    models = sorted({each for name in named for each in foundations(name)})
    equations = tuple((each, model_record(matter, each)) for each in models)
    return Document(
        **{
            **vars(draft),
            "annexes": tuple(annexes),
            "models": equations if plan.equations else (),
        }
    )


def model_record(matter: Matter, name: str) -> str:
    """Keep the record of a model, which says its equation and names its publication."""
    card = find(name)
    return matter.keep(
        label=f"model {name}",
        kind=Kind.REPORTED,
        says=card.plain_equation,
        model=name,
        citations=(
            Citation(
                id=name,
                publisher=basis_of(card),
                title=card.variants[0].citation,
                date="",
                url="",
            ),
        ),
    )


def _chapter(matter: Matter, name: str, beside: tuple[str, ...]) -> Chapter:
    plan = SECTIONS[name]
    lacking = closing.absent(taken(beside)) if plan.lacks else ()
    return Chapter(
        name=name,
        title=text(plan.title),
        blocks=(*_blocks(matter, plan), *lacking),
        chapters=spreads(matter) if plan.spreads else (),
        page=plan.page,
    )


def _blocks(matter: Matter, plan: Plan) -> Iterator[Block]:
    for take in plan.takes:
        if isinstance(take, Take):
            yield from _parts(take, matter.ask(take.question))
        else:
            yield from take.blocks(matter)


def _parts(take: Take, answer: Answer) -> Iterator[Block]:
    if not answer.sections:  # it could not be given, and its headline says why
        yield Prose((answer.headline,))
        return
    for name in take.parts:
        if name == HEADLINE:
            yield Prose((answer.headline,))
            continue
        part = section(answer, name)
        if part is None:
            why = answer.not_known or (text("Nothing of it is on record."),)
            yield Prose((text(f"Missing: the answer ‘{take.question}’ has no such part."), *why))
            continue
        if part.paragraphs:
            yield Prose(part.paragraphs, listed=take.listed)
        if part.table is not None:
            table = chosen(part.table, take.columns) if take.columns else part.table
            if take.titled:
                table = table.model_copy(update={"title": part.title})
            yield Grid(table, small=take.small)
