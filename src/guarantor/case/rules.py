"""The rules of single entries: what contradicts itself, or says less than the record must say.

A rule is looked at as soon as the fields that it needs can be read, whatever is wrong with others.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from guarantor.case.assumptions import Assumption, Correlation
from guarantor.case.record import Record
from guarantor.case.records import About, Gate, Membership, Nation, Place, Position
from guarantor.case.statements import Guarantee, RequirementLine, Statement, StrengthStatement
from guarantor.case.supply import Commitment, DeployedShare, KeyShare, Parameter, Pool
from guarantor.case.words import Binding, Breach, LineBasis, Rung, Stance, Topic
from guarantor.problems import Problem, Problems
from guarantor.quantity import Amount, Duration, Interval, Kind, Money, Unit

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet


UNITS_OF_LINES = ("people deployed", "posts", "units", "aircraft", "ships", "systems", "hours")
"""What a requirement line may be counted in: pool people and person-tours are no requirement."""

LONGEST_CASE_AGAINST = 60
"""Words that the strongest counter-argument may take."""

_NO_PROMISE = frozenset({Stance.OPPOSES, Stance.EXCLUDES, Stance.OPEN, Stance.SUPPORTS})
_DECISIONS = frozenset({Binding.GOVERNMENT_DECISION, Binding.PARLIAMENT_DECISION})


Broken = Iterable[Problem]


class Rule(NamedTuple):
    """What must hold of one kind of record, and the fields that it takes to say so."""

    record: type[Record]
    needs: frozenset[str]
    broken: Callable[[Any], Broken]


RULES: list[Rule] = []


def _rule(
    *records: type[Record], needs: tuple[str, ...] = ()
) -> Callable[[Callable[[Any], Broken]], Callable[[Any], Broken]]:
    def keep(broken: Callable[[Any], Broken]) -> Callable[[Any], Broken]:
        RULES.extend(Rule(record, frozenset(needs), broken) for record in records)
        return broken

    return keep


def broken_rules(record: Record, unread: AbstractSet[str]) -> Iterable[Problem]:
    """Return what is wrong with one record by itself, each with the field that it is about.

    unread: fields of it that could not be read.
    """
    for rule in _rules_of(type(record)):
        if not rule.needs & unread:
            yield from rule.broken(record)


@cache
def _rules_of(record: type[Record]) -> tuple[Rule, ...]:
    return tuple(rule for rule in RULES if issubclass(record, rule.record))


@_rule(Record)
def _below_zero(record: Record) -> Broken:
    for name in type(record).model_fields:
        amount = getattr(record, name, None)
        if not isinstance(amount, Amount | Money) or _signed(record, amount):
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


def _signed(record: Record, amount: Amount | Money) -> bool:
    """Return whether the number may lie below zero: a published coefficient may."""
    return isinstance(record, Assumption) and amount.measure is Unit.RATIO


@_rule(Correlation)
def _a_strength_lies_between_nothing_and_all(correlation: Correlation) -> Broken:
    strength = getattr(correlation, "strength", None)
    if strength is None:
        return
    low, high = strength.shape.low, strength.shape.high
    ends = low is not None and high is not None and low >= 0 and high < 1
    if strength.measure is not Unit.RATIO or not ends or isinstance(strength.shape, Interval):
        yield Problem(
            "the strength of a correlation is no ratio from 0 to below 1",
            field="strength",
            found=strength.text(),
            allowed='a ratio with ends, such as "0.5 ratio" or "0.3 to 0.8, best 0.5 ratio"',
            remedy="What moves against each other, or as one, is no case of this.",
        )


@_rule(Correlation, needs=("members",))
def _what_moves_together_is_two(correlation: Correlation) -> Broken:
    if len(set(correlation.members)) < 2:
        yield Problem(
            "a correlation of fewer than two quantities",
            field="members",
            found=", ".join(correlation.members) or "nothing",
            allowed="at least two names",
        )


@_rule(Nation)
def _people_of_a_nation(nation: Nation) -> Broken:
    for name in ("active_personnel", "land_personnel", "population"):
        yield from _unit(nation, name, ("people",))


@_rule(Place)
def _people_of_a_place(place: Place) -> Broken:
    yield from _unit(place, "population", ("people",))


@_rule(StrengthStatement)
def _strength_in_people_deployed(strength: StrengthStatement) -> Broken:
    yield from _unit(strength, "quantity", ("people deployed",))


@_rule(RequirementLine)
def _line_in_what_can_be_required(line: RequirementLine) -> Broken:
    yield from _unit(line, "quantity", UNITS_OF_LINES)


@_rule(Position, needs=("topic",))
def _ground_troops_in_people(position: Position) -> Broken:
    if position.topic is Topic.GROUND_TROOPS:
        yield from _unit(position, "quantity", ("people deployed", "units", "nations"))


def _unit(record: Record, name: str, allowed: tuple[str, ...]) -> Broken:
    amount = getattr(record, name, None)
    if amount is None or (isinstance(amount, Amount) and amount.unit in allowed):
        return
    yield Problem(
        "the number is in a unit that does not fit here",
        field=name,
        found=str(amount.measure),
        allowed=", ".join(allowed),
        remedy="People present, people in the pool and person-tours are three units.",
    )


@_rule(Statement, Gate, needs=("kind", "sources"))
def _what_is_reported_has_a_source(record: Statement | Gate) -> Broken:
    if record.kind is not Kind.JUDGED and not record.sources:
        yield _no_source(f"what is {record.kind.value}")


_FIGURES = (Parameter, Pool, Commitment, DeployedShare, KeyShare, Assumption, Correlation)


@_rule(*_FIGURES, needs=("kind", "sources"))
def _a_figure_that_is_not_judged_has_a_source(
    record: Parameter | Pool | Commitment | DeployedShare | KeyShare | Assumption | Correlation,
) -> Broken:
    if record.kind in {Kind.REPORTED, Kind.DERIVED} and not record.sources:
        yield _no_source(f"what is {record.kind.value}")


@_rule(RequirementLine, needs=("basis", "sources"))
def _what_is_stated_has_a_source(line: RequirementLine) -> Broken:
    if line.basis is LineBasis.STATED and not line.sources:
        yield _no_source("a stated line")


@_rule(Position, Membership, Place, needs=("sources",))
def _every_row_has_a_source(record: Position | Membership | Place) -> Broken:
    if not record.sources:
        yield _no_source("an entry of this table")


def _no_source(what: str) -> Problem:
    return Problem(
        f"{what} has no source",
        field="sources",
        found="nothing",
        allowed="at least one key of sources.csv",
        remedy="Name the publication; what an analyst judges is marked 'judged' instead.",
    )


@_rule(Position, needs=("stance", "rung"))
def _an_offer_has_a_rung(position: Position) -> Broken:
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


@_rule(Position, needs=("rung", "binding"))
def _confirmed_by_a_decision(position: Position) -> Broken:
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


@_rule(RequirementLine, needs=("starts", "ends"))
def _a_need_ends_after_it_begins(line: RequirementLine) -> Broken:
    starts, ends = _months(line.starts), _months(line.ends)
    if line.ends is not None and starts is not None and ends is not None and ends <= starts:
        yield Problem(
            "the need ends before it begins",
            field="ends",
            found=f"{line.starts.text()} to {line.ends.text()}",
            allowed="an end after the start",
            remedy="Both count from the start of the deal; leave the end out when it lasts.",
        )


@_rule(RequirementLine, needs=("quantity", "derivation", "basis"))
def _a_line_has_one_number(line: RequirementLine) -> Broken:
    if line.quantity is None and line.derivation is None:
        yield Problem(
            "a line has neither a number nor a model that gives one",
            field="quantity",
            found="nothing",
            allowed="a number, or a derivation",
            remedy='Where the number is not known, write "absent units".',
        )
    if line.quantity is not None and line.derivation is not None:
        yield Problem(
            "a line has both a number and a model that gives one",
            field="quantity",
            found=f"{line.quantity.text()} and {line.derivation.model}",
            allowed="one of the two",
            remedy="Delete the one that is not meant.",
        )
    if (line.derivation is not None) != (line.basis is LineBasis.DERIVED):
        yield Problem(
            "the basis of the line does not say where its number comes from",
            field="basis",
            found=f"{line.basis.value} {'with' if line.derivation else 'without'} a derivation",
            allowed="derived with a derivation; stated or judged without one",
            remedy="Correct the basis, or add the model and its inputs.",
        )


def _months(duration: Duration | None) -> int | None:
    """Return whole calendar months, or None where there are none to compare."""
    try:
        return None if duration is None else duration.months
    except Problems:
        return None


@_rule(Membership, needs=("since", "until"))
def _a_membership_ends_after_it_begins(membership: Membership) -> Broken:
    if membership.until.latest < membership.since.earliest:
        yield Problem(
            "the membership ends before it begins",
            field="until",
            found=f"{membership.since.text()} to {membership.until.text()}",
            allowed="an end that is not before the beginning",
            remedy="See whether the two dates are in each other's place.",
        )


@_rule(About, needs=("as_of",))
def _the_record_ends_on_a_day(about: About) -> Broken:
    if about.as_of.precision != "day":
        yield Problem(
            "the last day of the record is no day",
            field="as_of",
            found=about.as_of.text() or "nothing",
            allowed="a date such as 2025-08-22",
        )


@_rule(About, needs=("horizon",))
def _the_horizon_has_months(about: About) -> Broken:
    try:
        months = about.horizon.months
    except Problems as error:
        yield from (problem.at(None, None, "horizon") for problem in error.problems)
        return
    if months == 0:
        yield Problem(
            "the horizon is empty",
            field="horizon",
            found=about.horizon.text(),
            allowed="at least one month, such as P10Y",
        )


@_rule(About, needs=("case_against",))
def _the_case_against_is_short(about: About) -> Broken:
    words = sum(len(statement.text.split()) for statement in about.case_against)
    if words > LONGEST_CASE_AGAINST:
        yield Problem(
            "the case against is too long to be read aloud",
            field="case_against",
            found=f"{words} words",
            allowed=f"at most {LONGEST_CASE_AGAINST} words in all its statements together",
        )


@_rule(Guarantee, needs=("breach",))
def _every_breach_has_a_row(guarantee: Guarantee) -> Broken:
    missing = [kind.value for kind in Breach if kind not in guarantee.breach]
    if missing:
        yield Problem(
            "a kind of breach has no row",
            field="breach",
            found=", ".join(kind.value for kind in guarantee.breach) or "none",
            allowed=", ".join(Breach),
            remedy=f"Add {', '.join(missing)}; write 'not stated' where nobody has said.",
        )
