"""Checks of a whole case: what one file says against what the others say."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.record import Record
from guarantor.case.records import About, Capability, Gate, Membership, Place, Position
from guarantor.case.statements import (
    CommandStatement,
    Option,
    RequirementLine,
    Response,
    Statement,
    StrengthStatement,
)
from guarantor.case.walk import Steps, walk
from guarantor.case.words import Binding, Breach, LineBasis, Rung, Stance, Topic
from guarantor.problems import Collector, Problem, nearest
from guarantor.quantity import Amount, Kind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.case.case import Key
    from guarantor.case.tree import Tree

Records = dict[str, dict[str, Record]]

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
    Reference(Capability, "needs", ("capabilities",)),
    Reference(Capability, "stood_in_by", ("capabilities",)),
    Reference(Option, "deals", ("deals",)),
    Reference(RequirementLine, "capability", ("capabilities",)),
    Reference(Response, "actors", ACTORS),
    Reference(CommandStatement, "by", ACTORS),
    Reference(Record, "sources", ("sources",)),
)

UNITS_OF_LINES = ("people deployed", "posts", "units", "aircraft", "ships", "systems", "hours")
"""What a requirement line may be counted in: pool people and person-tours are no requirement."""

_NO_PROMISE = frozenset({Stance.OPPOSES, Stance.EXCLUDES, Stance.OPEN, Stance.SUPPORTS})
_DECISIONS = frozenset({Binding.GOVERNMENT_DECISION, Binding.PARLIAMENT_DECISION})


def check_references(
    records: Records, trees: Mapping[Key, Tree], unread: set[str], problems: Collector
) -> None:
    """Note every word that should be a key of another table and is not.

    A table that could not be read is not searched, so that one bad file makes no false problems.
    """
    declared: dict[str, set[str]] = {}
    for collection, key in trees:
        declared.setdefault(collection, set()).add(key)
    for tree, steps, record in _parts(records, trees):
        for reference in REFERENCES:
            if not isinstance(record, reference.record) or not hasattr(record, reference.field):
                continue
            if any(target in unread for target in reference.targets):
                continue
            valid = set().union(*(declared.get(target, set()) for target in reference.targets))
            value = getattr(record, reference.field)
            for index, name in enumerate(value if isinstance(value, tuple) else (value,)):
                if name not in valid:
                    here = (*steps, reference.field)
                    at = (*here, index) if isinstance(value, tuple) else here
                    problems.add(
                        Problem(
                            f"unknown {' or '.join(reference.targets)} key",
                            file=tree.file,
                            line=tree.line_of(at),
                            field=".".join(str(step) for step in here),
                            found=name,
                            allowed=f"a key of {' or '.join(reference.targets)}",
                            remedy=nearest(name, sorted(valid)),
                        )
                    )


def check_rules(records: Records, trees: Mapping[Key, Tree], problems: Collector) -> None:
    """Note every entry that contradicts itself or the rules of the record."""
    for tree, steps, record in _parts(records, trees):
        for problem in _rules(record):
            at = (*steps, *(problem.field or "").split(".")) if problem.field else steps
            field = ".".join(str(step) for step in at) or None
            problems.add(
                Problem(
                    problem.what,
                    tree.file,
                    tree.line_of(at),
                    field,
                    problem.found,
                    problem.allowed,
                    problem.remedy,
                )
            )
    _check_cycles(records, trees, problems)
    _check_last_day(records, trees, problems)


def _parts(records: Records, trees: Mapping[Key, Tree]) -> Iterator[tuple[Tree, Steps, Record]]:
    for collection, table in records.items():
        for key, record in table.items():
            for steps, part in walk(record):
                yield trees[collection, key], steps, part


def _rules(record: Record) -> Iterable[Problem]:
    match record:
        case Position():
            yield from _position(record)
        case StrengthStatement():
            yield from _unit(record.quantity, ("people deployed",))
            yield from _source(record)
        case RequirementLine():
            yield from _unit(record.quantity, UNITS_OF_LINES)
            if record.basis is LineBasis.STATED and not record.sources:
                yield _no_source("a stated line")
        case Statement() | Gate():
            yield from _source(record)
        case Membership() | Place() if not record.sources:
            yield _no_source("an entry of this table")
        case About():
            yield from _about(record)
        case Option():
            yield from _option(record)


def _source(record: Statement | Gate) -> Iterable[Problem]:
    if record.kind is not Kind.JUDGED and not record.sources:
        yield _no_source(f"what is {record.kind.value}")


def _no_source(what: str) -> Problem:
    return Problem(
        f"{what} has no source",
        field="sources",
        found="nothing",
        allowed="at least one key of sources.csv",
        remedy="Name the publication; what an analyst judges is marked 'judged' instead.",
    )


def _unit(quantity: object, allowed: tuple[str, ...]) -> Iterable[Problem]:
    unit = quantity.unit if isinstance(quantity, Amount) else None
    if unit not in {Unit(name) for name in allowed}:
        yield Problem(
            "the number is in a unit that does not fit here",
            field="quantity",
            found=unit.value if unit else "money",
            allowed=", ".join(allowed),
            remedy="People present, people in the pool and person-tours are three units.",
        )


def _position(position: Position) -> Iterable[Problem]:
    if not position.sources:
        yield _no_source("a position")
    if position.stance is Stance.OFFERS and position.rung is None:
        yield Problem(
            "an offer has no rung",
            field="rung",
            found="nothing",
            allowed=", ".join(Rung),
            remedy="Say how firm it is; a remark by a minister is 'signalled'.",
        )
    if position.stance in _NO_PROMISE and position.rung is not None:
        yield Problem(
            "a stance that promises nothing has a rung",
            field="rung",
            found=f"{position.stance.value} with rung {position.rung.value}",
            allowed="a rung with the stances offers and conditional only",
        )
    if (
        position.rung is not None
        and position.rung.height >= Rung.CONFIRMED.height
        and position.binding not in _DECISIONS
    ):
        yield Problem(
            "a contribution is confirmed without a decision",
            field="rung",
            found=f"{position.rung.value} by {position.binding.value}",
            allowed="confirmed only by a decision of government or parliament",
            remedy="A signed declaration or a statement is at most 'pledged'.",
        )
    if position.topic is Topic.GROUND_TROOPS and position.quantity is not None:
        yield from _unit(position.quantity, ("people deployed", "units", "nations"))


def _about(about: About) -> Iterable[Problem]:
    if about.as_of.precision != "day":
        yield Problem(
            "the last day of the record is no day",
            field="as_of",
            found=about.as_of.text() or "nothing",
            allowed="a date such as 2025-08-22",
        )
    if about.horizon.months == 0:
        yield Problem(
            "the horizon is empty",
            field="horizon",
            found=about.horizon.text(),
            allowed="at least one month, such as P10Y",
        )


def _option(option: Option) -> Iterable[Problem]:
    missing = [kind.value for kind in Breach if kind not in option.guarantee.breach]
    if missing:
        yield Problem(
            "a kind of breach has no row",
            field="guarantee.breach",
            found=", ".join(kind.value for kind in option.guarantee.breach) or "none",
            allowed=", ".join(Breach),
            remedy=f"Add {', '.join(missing)}; write 'not stated' where nobody has said.",
        )


def _check_cycles(records: Records, trees: Mapping[Key, Tree], problems: Collector) -> None:
    """Note each chain of needs that comes back to where it began."""
    needs = {
        key: record.needs
        for key, record in records.get("capabilities", {}).items()
        if isinstance(record, Capability)
    }
    finished: set[str] = set()

    def follow(name: str, chain: tuple[str, ...]) -> None:
        if name in chain:
            loop = (*chain[chain.index(name) :], name)
            tree = trees["capabilities", loop[0]]
            problems.add(
                Problem(
                    "capabilities need each other in a circle",
                    file=tree.file,
                    line=tree.line_of(("needs",)),
                    field="needs",
                    found=" needs ".join(loop),
                    allowed="needs that end",
                    remedy="Remove the weakest of these needs.",
                )
            )
            return
        if name in finished:
            return
        for need in needs.get(name, ()):
            follow(need, (*chain, name))
        finished.add(name)

    for name in needs:
        follow(name, ())


def _check_last_day(records: Records, trees: Mapping[Key, Tree], problems: Collector) -> None:
    """Note what is dated after the last day of the record, and memberships that end too early."""
    about = records.get("about", {}).get("case")
    for tree, steps, record in _parts(records, trees):
        if isinstance(record, Membership) and record.until.latest < record.since.earliest:
            problems.add(
                Problem(
                    "the membership ends before it begins",
                    file=tree.file,
                    line=tree.line_of(("until",)),
                    field="until",
                    found=f"{record.since.text()} to {record.until.text()}",
                    allowed="a last day after the first",
                )
            )
        if not isinstance(about, About):
            continue
        for name in ("date", "since"):
            dated = getattr(record, name, None)
            if dated is None or dated.precision == "undated":
                continue
            if dated.earliest > about.as_of.latest:
                problems.add(
                    Problem(
                        "dated after the last day of the record",
                        file=tree.file,
                        line=tree.line_of((*steps, name)),
                        field=".".join(str(step) for step in (*steps, name)),
                        found=dated.text(),
                        allowed=f"at most {about.as_of.text()}, the as_of of the case",
                    )
                )
