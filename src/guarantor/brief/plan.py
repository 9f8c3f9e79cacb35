"""The plain table of a brief: which section takes which parts of which Answer, in which edition.

A new question is one more Take in SECTIONS; a new edition is one more row in EDITIONS. A Take
whose parts this case does not have prints what the Answer says is not known instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.brief import closing, comparison, opening

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

HEADLINE = "headline"
"""Stands among parts for the headline of an Answer."""


@dataclass(frozen=True)
class Take:
    """Parts of one Answer, as they are.

    columns keeps those named of each table; titled sets the title of the part over its table.
    """

    question: str
    parts: tuple[str, ...] = (HEADLINE,)
    columns: tuple[str, ...] = ()
    listed: bool = False
    small: bool = False
    titled: bool = False


@dataclass(frozen=True)
class Made:
    """Blocks put together from several Answers; of: the questions that only they take up."""

    blocks: Callable[[Matter], tuple[Block, ...]]
    of: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """One section: its title and what it takes.

    spreads adds a section for each option; lacks adds what no section of the edition takes.
    """

    title: str
    takes: tuple[Take | Made, ...]
    spreads: bool = False
    lacks: bool = False
    page: bool = False


OTHERS = ("topic", "number", "nations")

SECTIONS: dict[str, Plan] = {
    "decision": Plan("Decision requested", (Made(opening.decision),)),
    "situation": Plan(
        "Situation and guidance", (Take("situation", ("guidance", "confidence", "deals")),)
    ),
    "facts": Plan(
        "Facts: what is confirmed, and what is only said",
        (
            Take("at-a-glance", ("soldiers",)),
            Made(opening.sizes),
            Take("at-a-glance", ("without",)),
            Take("at-a-glance", ("others",), OTHERS),
        ),
    ),
    "assumptions": Plan(
        "Assumptions, each with what follows if it is wrong",
        (Take("assumptions", (HEADLINE, "general", "deciding"), small=True),),
    ),
    "screening": Plan("Screening", (Made(opening.screening),)),
    "options": Plan("The options that survive screening", (), spreads=True),
    "comparison": Plan(
        "Comparison", (Made(comparison.raw_figures), Made(comparison.by_deal)), page=True
    ),
    "shares": Plan("Who carries which share", (Made(comparison.shares),)),
    "cost": Plan("What it costs", (Made(comparison.costs),)),
    "robust": Plan(
        "In how many futures each option holds",
        (
            Take("robust", (HEADLINE, "holds"), small=True),
            Take("robust", ("breaks",), ("option", "when"), small=True, titled=True),
            Take("robust", ("regret-mean_fill",), small=True, titled=True),
        ),
    ),
    "breaks": Plan(
        "What breaks it first",
        (
            Take("break", (HEADLINE, "options"), small=True, titled=True),
            Made(comparison.weakest),
        ),
    ),
    "role": Plan(
        "Every smallest American role",
        (Take("us-role", (HEADLINE, "sets"), small=True, titled=True),),
    ),
    "hold": Plan(
        "Does the ceasefire last", (Take("hold", (HEADLINE, "holds"), small=True, titled=True),)
    ),
    "breach": Plan(
        "If the deal is broken",
        (Take("breach", (HEADLINE, "parliaments")),),
    ),
    "promises": Plan(
        "What is promised, and what is not stated",
        (Take("guarantee", (HEADLINE, "promises"), small=True),),
    ),
    "risks": Plan("Risks", (Take("at-a-glance", ("risks",), listed=True),)),
    "against": Plan("The strongest case against", (Take("dissent", ("case-against",)),)),
    "dissent": Plan(
        "Dissent and reservations",
        (Take("dissent", (HEADLINE, "refusals", "reservations"), small=True),),
    ),
    "refusals": Plan(
        "Who refuses, and who contradicts whom",
        (Take("dissent"), Take("claims", ("offices",), small=True)),
    ),
    "unknown": Plan("What is not known", (Made(closing.unknown_over_time),)),
    "unknown-today": Plan("What is not known", (Made(closing.unknown),)),
    "unknown-first": Plan("What is not known", (Made(closing.unknown_first),)),
    "absent": Plan("Not in this brief", (), lacks=True),
    "timeline": Plan("Claims in time", (Made(closing.drift),)),
    "record-changes": Plan(
        "What changed in the record lately", (Take("changed", (HEADLINE, "effects")),)
    ),
    "quality": Plan("Sources and their quality", (Take("sources", (HEADLINE, "grades")),)),
    "words": Plan(
        "Scale of words",
        (Take("words", (HEADLINE, "likelihood", "rungs", "obligations")),),
    ),
}


@dataclass(frozen=True)
class Edition:
    """One edition: what it is called, whom it is for, its sections in order, and its annexes."""

    kind: str
    sections: tuple[str, ...]
    annexes: tuple[str, ...]
    equations: bool = False
    publications: bool = False


EDITIONS: dict[str, Edition] = {
    "full": Edition(
        "Full brief, for advisers",
        (
            "decision",
            "situation",
            "facts",
            "assumptions",
            "screening",
            "options",
            "comparison",
            "shares",
            "cost",
            "robust",
            "breaks",
            "role",
            "hold",
            "breach",
            "risks",
            "against",
            "dissent",
            "unknown",
            "absent",
            "timeline",
            "record-changes",
            "quality",
        ),
        ("words",),
        equations=True,
        publications=True,
    ),
    "parliament": Edition(
        "Edition for parliament",
        (
            "decision",
            "facts",
            "breach",
            "promises",
            "shares",
            "cost",
            "comparison",
            "risks",
            "against",
            "refusals",
            "unknown-today",
            "absent",
            "quality",
        ),
        ("words",),
    ),
    "press": Edition(
        "Edition for the press",
        ("facts", "refusals", "shares", "cost", "against", "unknown-first", "absent"),
        (),
    ),
}


def taken(sections: Iterable[str]) -> set[str]:
    """Return every question that these sections take up."""
    found: set[str] = set()
    for take in (take for name in sections for take in SECTIONS[name].takes):
        found.update((take.question,) if isinstance(take, Take) else take.of)
    return found
