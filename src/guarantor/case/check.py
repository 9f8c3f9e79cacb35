"""Checks of a whole case: what one entry says against what the others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.record import Record
from guarantor.case.records import About, Gate, Membership, Position
from guarantor.case.rules import broken_rules
from guarantor.case.statements import CommandStatement, Option, RequirementLine, Response
from guarantor.case.supply import (
    Capability,
    Commitment,
    Contribution,
    DeployedShare,
    KeyShare,
    Need,
    Pool,
    StandIn,
)
from guarantor.case.supply_rules import check_supply
from guarantor.case.tree import shown
from guarantor.problems import Collector, Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guarantor.case.build import Part
    from guarantor.case.walk import Steps

ACTORS = ("nations", "groups")


class Reference(NamedTuple):
    """A field whose words must be keys of other tables."""

    record: type[Record]
    field: str
    targets: tuple[str, ...]


REFERENCES = (
    Reference(About, "host", ("nations",)),
    Reference(About, "on_one_page", ("options",)),
    Reference(Membership, "group", ("groups",)),
    Reference(Membership, "nation", ("nations",)),
    Reference(Position, "actor", ACTORS),
    Reference(Gate, "nation", ("nations",)),
    Reference(Need, "capability", ("capabilities",)),
    Reference(StandIn, "capability", ("capabilities",)),
    Reference(Pool, "owner", ACTORS),
    Reference(Pool, "capability", ("capabilities",)),
    Reference(Commitment, "nation", ("nations",)),
    Reference(Commitment, "capability", ("capabilities",)),
    Reference(DeployedShare, "actor", ACTORS),
    Reference(KeyShare, "nation", ("nations",)),
    Reference(Contribution, "provider", ACTORS),
    Reference(Contribution, "payer", ACTORS),
    Reference(Contribution, "capability", ("capabilities",)),
    Reference(Contribution, "position", ("positions",)),
    Reference(Contribution, "options", ("options",)),
    Reference(Option, "deals", ("deals",)),
    Reference(RequirementLine, "capability", ("capabilities",)),
    Reference(Response, "actors", ACTORS),
    Reference(CommandStatement, "by", ACTORS),
    Reference(Record, "sources", ("sources",)),
)


def check_references(
    parts: Sequence[Part],
    declared: Mapping[str, AbstractSet[str]],
    unread: AbstractSet[str],
    problems: Collector,
) -> None:
    """Note every word that should be a key of another table and is not.

    A table that could not be read is not searched, so that one bad file makes no false problems.
    """
    for reference in REFERENCES:
        if any(target in unread for target in reference.targets):
            continue
        valid = set().union(*(declared.get(target, set()) for target in reference.targets))
        kinds = " or ".join(reference.targets)
        for part in parts:
            for steps, name in _names(part, reference):
                if name not in valid:
                    problems.add(
                        Problem(
                            f"unknown {kinds} key",
                            file=part.tree.file,
                            line=part.tree.line_of((*part.steps, *steps)),
                            field=".".join(str(step) for step in (*part.steps, reference.field)),
                            found=shown(name),
                            allowed=f"a key of {kinds}",
                            remedy=nearest(name, sorted(valid)),
                        )
                    )


def _names(part: Part, reference: Reference) -> Iterator[tuple[Steps, str]]:
    if not isinstance(part.record, reference.record):
        return
    value = getattr(part.record, reference.field, ())
    if isinstance(value, str):
        yield (reference.field,), value
    if not isinstance(value, tuple):
        return
    for index, name in enumerate(value):
        yield (reference.field, index), name


def check_rules(parts: Sequence[Part], problems: Collector) -> None:
    """Note every entry that contradicts itself, the others or the rules of the record."""
    for part in parts:
        problems.extend(_placed(found, part) for found in broken_rules(part.record, part.unread))
    _check_cycles(parts, problems)
    check_supply(parts, problems)
    _check_last_day(parts, problems)


def _placed(problem: Problem, part: Part) -> Problem:
    at = (*part.steps, *([problem.field] if problem.field else []))
    return Problem(
        problem.what,
        part.tree.file,
        part.tree.line_of(at),
        ".".join(str(step) for step in at) or None,
        problem.found,
        problem.allowed,
        problem.remedy,
    )


def _check_cycles(parts: Sequence[Part], problems: Collector) -> None:
    """Note each chain of needs that comes back to where it began."""
    needs = {
        part.record.id: (part, _needed(part.record))
        for part in parts
        if isinstance(part.record, Capability) and hasattr(part.record, "id")
    }
    finished: set[str] = set()
    for start in needs:
        chain: dict[str, Iterator[str]] = {}
        ahead: str | None = start
        while ahead is not None or chain:
            if ahead is None:
                finished.add(chain.popitem()[0])
            elif ahead in chain:
                names = list(chain)
                loop = names[names.index(ahead) :]
                problems.add(_circle([(name, *needs[name]) for name in loop]))
            elif ahead in needs and ahead not in finished:
                chain[ahead] = iter(needs[ahead][1])
            ahead = next(next(reversed(chain.values())), None) if chain else None


def _needed(capability: Capability) -> tuple[str, ...]:
    """Return what a capability needs, as far as it could be read."""
    named = (getattr(need, "capability", None) for need in getattr(capability, "needs", ()))
    return tuple(name for name in named if name is not None)


def _circle(loop: Sequence[tuple[str, Part, Sequence[str]]]) -> Problem:
    """Return the problem of a circle, with the line of each need in it."""
    found = ""
    places = []
    for index, (name, part, needs) in enumerate(loop):
        following = loop[(index + 1) % len(loop)][0]
        places.append(part.tree.line_of((*part.steps, "needs", needs.index(following))))
        found += f"{name} needs (line {places[-1]}) "
    return Problem(
        "capabilities need each other in a circle",
        file=loop[0][1].tree.file,
        line=places[0],
        field="needs",
        found=found + loop[0][0],
        allowed="needs that end",
        remedy="Remove the weakest of these needs.",
    )


def _check_last_day(parts: Sequence[Part], problems: Collector) -> None:
    """Note what is dated after the last day of the record."""
    stated = (
        getattr(part.record, "as_of", None) for part in parts if isinstance(part.record, About)
    )
    last = next(stated, None)
    if last is None:
        return
    for part in parts:
        names = (part.record.DATED, "until" if isinstance(part.record, Membership) else None)
        for name in filter(None, names):
            dated = getattr(part.record, name, None)
            if dated is None or dated.precision == "undated" or dated.earliest <= last.latest:
                continue
            problems.add(
                _placed(
                    Problem(
                        "dated after the last day of the record",
                        field=name,
                        found=dated.text(),
                        allowed=f"at most {last.text()}, the as_of of the case",
                        remedy="Correct the date, or move the as_of of the case.",
                    ),
                    part,
                )
            )
