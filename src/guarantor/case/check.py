"""Checks of a whole case: what one entry says against what the others say."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.case import Where
from guarantor.case.record import Record
from guarantor.case.records import About, Gate, Membership, Position
from guarantor.case.rules import broken_rules
from guarantor.case.statements import CommandStatement, Option, RequirementLine, Response
from guarantor.case.supply import (
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
    unread: set[str],
    problems: Collector,
) -> None:
    """Note every word that should be a key of another table and is not.

    A table that could not be read is not searched, so that one bad file makes no false problems.
    """
    valid = {
        reference.targets: set().union(*(declared.get(t, set()) for t in reference.targets))
        for reference in REFERENCES
        if not unread.intersection(reference.targets)
    }
    for part in parts:
        for reference in _references_of(type(part.record)):
            known = valid.get(reference.targets)
            for steps, name in _names(part, reference):
                if known is not None and name not in known:
                    problems.add(_unknown(part, reference, steps, name, known))


@cache
def _references_of(record: type[Record]) -> tuple[Reference, ...]:
    return tuple(reference for reference in REFERENCES if issubclass(record, reference.record))


def _unknown(
    part: Part, reference: Reference, steps: Steps, name: str, known: AbstractSet[str]
) -> Problem:
    kinds = " or ".join(reference.targets)
    return Problem(
        f"unknown {kinds} key",
        file=part.tree.file,
        line=part.tree.line_of((*part.steps, *steps)),
        field=".".join(str(step) for step in (*part.steps, reference.field)),
        found=shown(name),
        allowed=f"a key of {kinds}",
        remedy=nearest(name, sorted(known)),
    )


def _names(part: Part, reference: Reference) -> Iterator[tuple[Steps, str]]:
    value = getattr(part.record, reference.field, ())
    if isinstance(value, str):
        yield (reference.field,), value
    if not isinstance(value, tuple):
        return
    for index, name in enumerate(value):
        yield (reference.field, index), name


def check_rules(parts: Sequence[Part], partial: AbstractSet[str], problems: Collector) -> None:
    """Note every entry that contradicts itself, the others or the rules of the record.

    partial: tables of which some rows could not be read.
    """
    for part in parts:
        problems.extend(_placed(found, part) for found in broken_rules(part.record, part.unread))
    _check_cycles(parts, problems)
    check_supply(parts, partial, problems)
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
    needs: dict[str, dict[str, Where]] = {}
    for part in parts:
        if isinstance(part.record, Need) and hasattr(part.record, "capability"):
            line = part.tree.line_of((*part.steps, "capability"))
            place = Where(part.tree.file, line)
            needs.setdefault(str(part.tree.value.get("id")), {})[part.record.capability] = place
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
                around = zip(loop, [*loop[1:], loop[0]], strict=True)
                problems.add(_circle([(name, needs[name][then]) for name, then in around]))
            elif ahead in needs and ahead not in finished:
                chain[ahead] = iter(needs[ahead])
            ahead = next(next(reversed(chain.values())), None) if chain else None


def _circle(loop: Sequence[tuple[str, Where]]) -> Problem:
    """Return the problem of a circle, with the line of each need in it."""
    name, place = loop[0]
    return Problem(
        "capabilities need each other in a circle",
        file=place.file,
        line=place.line,
        field="needs",
        found="".join(f"{need} needs (line {at.line}) " for need, at in loop) + name,
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
