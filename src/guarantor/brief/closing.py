"""The sections that come after the options: what is not known, what is not in it, the sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Text, text
from guarantor.brief.charts import stances
from guarantor.brief.document import Grid, Picture, Prose
from guarantor.brief.matter import only, part
from guarantor.brief.opening import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

UNKNOWN = ("at-a-glance", "sustain", "purpose", "feasible", "share", "cost", "breach", "claims")
"""The answers whose unknowns a brief lists, the gravest first."""

OVER_TIME = ("robust", "break", "hold")
"""Those whose unknowns it lists where it shows what happens over time."""

LATER = {
    "break": "What breaks an option over time: which nation, which pair.",
    "exit": "What happens when a nation leaves, and who follows.",
    "hold": "How long the ceasefire lasts, and what must be true for it.",
    "sky": "Air policing and the enforcement of a no-fly zone.",
    "shield": "Air and missile defence: launchers and magazines.",
    "robust": "In how many futures each option holds, and the price of being wrong.",
    "us-role": "Every smallest set of American contributions that still works.",
}
"""What a reader will look for and a brief does not hold until a section takes it."""

NEVER = (
    text("Targets, attack planning and any forecast of what an opponent does."),
    text("Anything that is not public."),
)


def unknown(matter: Matter) -> tuple[Block, ...]:
    """Return what the answers do not know, each sentence once."""
    return _unknown(matter, UNKNOWN)


def unknown_over_time(matter: Matter) -> tuple[Block, ...]:
    """Return what the answers do not know, those about futures among them."""
    return _unknown(matter, (*UNKNOWN, *OVER_TIME))


def _unknown(matter: Matter, questions: Iterable[str]) -> tuple[Block, ...]:
    listed: dict[str, Text] = {}
    for question in questions:
        answer = matter.feasible if question == "feasible" else matter.ask(question)
        for sentence in answer.not_known:
            listed.setdefault(sentence.plain(), sentence)
    return (Prose(tuple(listed.values()), listed=True),)


def unknown_first(matter: Matter) -> tuple[Block, ...]:
    """Return what the record as a whole lacks, which stands first in the case."""
    return (Prose(matter.ask("at-a-glance").not_known, listed=True),)


def absent(taken: Iterable[str]) -> tuple[Block, ...]:
    """Return what is not in this brief: questions that no section takes, and what never is."""
    asked = set(taken)
    missing = [text(words) for question, words in LATER.items() if question not in asked]
    return (Prose((*missing, *NEVER), listed=True),)


def drift(matter: Matter) -> tuple[Block, ...]:
    """Return each claim that changed, and who said what when as a picture."""
    drawn = stances(matter, timeline(matter))
    changed = part(matter.ask("claims"), "drift")
    return (
        Grid(changed, small=True) if changed else Prose((text("No claim on record changed."),)),
        *((Picture(drawn),) if drawn else ()),
    )


def cited_sources(matter: Matter, used: Iterable[str]) -> tuple[Block, ...]:
    """Return the publications that the document cites, with their grade."""
    table = part(matter.ask("sources"), "sources")
    if table is None:
        return (Prose((text("No source is on record."),)),)
    wanted = set(used)
    places = [place for place, key in enumerate(table.keys) if key in wanted]
    return (Grid(only(table, places), caption=False, small=True),)


def pictures_as_tables(pictures: Iterable[Picture]) -> tuple[Block, ...]:
    """Return the table behind each picture, with what the picture shows in words."""
    return tuple(
        Grid(picture.section.table, small=True)
        for picture in pictures
        if picture.section.table is not None
    )
