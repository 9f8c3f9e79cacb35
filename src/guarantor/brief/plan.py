"""The plain table of a brief: which section takes which parts of which Answer, in which edition.

A new question is one more Take in SECTIONS; a new edition is one more row in EDITIONS. A Take
whose parts this case does not have prints what the Answer says is not known instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.brief import closing, comparison, opening

if TYPE_CHECKING:
    from collections.abc import Callable

    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

HEADLINE = "headline"
"""Stands among parts for the headline of an Answer."""


@dataclass(frozen=True)
class Take:
    """Parts of one Answer, as they are; columns keeps those named of each table."""

    question: str
    parts: tuple[str, ...] = (HEADLINE,)
    columns: tuple[str, ...] = ()
    listed: bool = False
    small: bool = False


@dataclass(frozen=True)
class Made:
    """Blocks put together from several Answers."""

    blocks: Callable[[Matter], tuple[Block, ...]]


@dataclass(frozen=True)
class Plan:
    """One section: its title and what it takes; spreads adds a section for each option."""

    title: str
    takes: tuple[Take | Made, ...]
    spreads: bool = False
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
    "breaks": Plan("What breaks it first", (Made(comparison.weakest),)),
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
    "unknown": Plan("What is not known", (Made(closing.unknown),)),
    "unknown-first": Plan("What is not known", (Made(closing.unknown_first),)),
    "absent": Plan("Not in this brief", (Made(lambda _: closing.absent(taken())),)),
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
            "breaks",
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
            "unknown",
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


def taken() -> set[str]:
    """Return every question that some section takes parts of."""
    return {
        take.question for plan in SECTIONS.values() for take in plan.takes if isinstance(take, Take)
    }
