"""The rules of single entries: what contradicts itself, or says less than the record must say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.case.records import About, Gate, Membership, Nation, Place, Position
from guarantor.case.statements import Guarantee, RequirementLine, Statement, StrengthStatement
from guarantor.case.words import Binding, Breach, LineBasis, Rung, Stance, Topic
from guarantor.problems import Problem, Problems
from guarantor.quantity import Amount, Duration, Kind, Money

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.case.record import Record

UNITS_OF_LINES = ("people deployed", "posts", "units", "aircraft", "ships", "systems", "hours")
"""What a requirement line may be counted in: pool people and person-tours are no requirement."""

_NO_PROMISE = frozenset({Stance.OPPOSES, Stance.EXCLUDES, Stance.OPEN, Stance.SUPPORTS})
_DECISIONS = frozenset({Binding.GOVERNMENT_DECISION, Binding.PARLIAMENT_DECISION})


def broken_rules(record: Record) -> Iterable[Problem]:
    """Return what is wrong with one record by itself, each with the field that it is about."""
    yield from _below_zero(record)
    match record:
        case Position():
            yield from _position(record)
        case StrengthStatement():
            yield from _unit(record, "quantity", ("people deployed",))
            yield from _source(record)
        case RequirementLine():
            yield from _line(record)
        case Statement() | Gate():
            yield from _source(record)
        case Membership():
            yield from _membership(record)
        case Nation():
            for name in ("active_personnel", "land_personnel", "population"):
                yield from _unit(record, name, ("people",))
        case Place():
            yield from _unit(record, "population", ("people",))
            if not record.sources:
                yield _no_source("an entry of this table")
        case About():
            yield from _about(record)
        case Guarantee():
            yield from _breaches(record)


def _below_zero(record: Record) -> Iterable[Problem]:
    for name in type(record).model_fields:
        amount = getattr(record, name)
        if not isinstance(amount, Amount | Money):
            continue
        ends = [end for end in (amount.shape.low, amount.shape.high) if end is not None]
        if any(end < 0 for end in ends):
            yield Problem(
                "the number is below zero",
                field=name,
                found=amount.text(),
                allowed="zero or more",
                remedy="Delete the minus sign, or leave the field blank when nothing is known.",
            )


def _unit(record: Record, name: str, allowed: tuple[str, ...]) -> Iterable[Problem]:
    amount = getattr(record, name)
    if amount is None or (isinstance(amount, Amount) and amount.unit in allowed):
        return
    yield Problem(
        "the number is in a unit that does not fit here",
        field=name,
        found=str(amount.measure),
        allowed=", ".join(allowed),
        remedy="People present, people in the pool and person-tours are three units.",
    )


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
            remedy="Leave the rung blank, or correct the stance.",
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
    if position.topic is Topic.GROUND_TROOPS:
        yield from _unit(position, "quantity", ("people deployed", "units", "nations"))


def _line(line: RequirementLine) -> Iterable[Problem]:
    yield from _unit(line, "quantity", UNITS_OF_LINES)
    if line.basis is LineBasis.STATED and not line.sources:
        yield _no_source("a stated line")
    starts, ends = _months(line.starts), _months(line.ends)
    if starts is not None and ends is not None and ends <= starts:
        yield Problem(
            "the need ends before it begins",
            field="ends",
            found=f"{line.starts.text()} to {line.ends.text() if line.ends else ''}",
            allowed="an end after the start",
            remedy="Both count from the start of the deal; leave the end out when it lasts.",
        )


def _months(duration: Duration | None) -> int | None:
    """Return whole calendar months, or None where there are none to compare."""
    try:
        return None if duration is None else duration.months
    except Problems:
        return None


def _membership(membership: Membership) -> Iterable[Problem]:
    if not membership.sources:
        yield _no_source("an entry of this table")
    if membership.until.latest < membership.since.earliest:
        yield Problem(
            "the membership ends before it begins",
            field="until",
            found=f"{membership.since.text()} to {membership.until.text()}",
            allowed="an end that is not before the beginning",
            remedy="See whether the two dates are in each other's place.",
        )


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


def _breaches(guarantee: Guarantee) -> Iterable[Problem]:
    missing = [kind.value for kind in Breach if kind not in guarantee.breach]
    if missing:
        yield Problem(
            "a kind of breach has no row",
            field="breach",
            found=", ".join(kind.value for kind in guarantee.breach) or "none",
            allowed=", ".join(Breach),
            remedy=f"Add {', '.join(missing)}; write 'not stated' where nobody has said.",
        )
