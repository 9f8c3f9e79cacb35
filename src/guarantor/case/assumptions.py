"""What the futures rest on: numbers that an author puts, and which of them move together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated

from pydantic import BeforeValidator

from guarantor.case.record import Name, Record, Sources, Words, split
from guarantor.case.supply import Capability, Contribution, Parameter, Pool
from guarantor.case.tree import shown
from guarantor.case.words import Quality
from guarantor.problems import Collector, Problem, nearest
from guarantor.quantity import Amount, AmountField, Choice, Kind, Money, parse_amount, parse_shape
from guarantor.quantity.textform import TextForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from guarantor.case.build import Part

_THEORIES = re.compile(r"choice\s+of\s+[^\W\d]", re.IGNORECASE)


def parse_assumed(given: str | Amount | Money | Choice) -> Amount | Money | Choice:
    """Return the number with its unit, or the choice between words, that a text gives.

    Raises Problems that name everything that is wrong with it.
    """
    if isinstance(given, Choice):
        return given
    if isinstance(given, str) and _THEORIES.match(given.strip()):
        shape = parse_shape(given)
        if isinstance(shape, Choice):
            return shape
    return parse_amount(given)


AssumedField = Annotated[
    Amount | Money | Choice,
    TextForm(
        parse_assumed,
        lambda assumed: assumed.text(),
        {
            "title": "Assumed",
            "description": 'A number with its unit, or "choice of one: 0.6, other: 0.4" in words.',
            "type": "string",
            "minLength": 1,
        },
    ),
]
"""An Amount, Money or a Choice between words as a field of a pydantic model, as one text."""


QuantityNames = Annotated[tuple[Words, ...], BeforeValidator(split), "names of quantities"]
"""Names of numbers of a case, as correlations use them."""


class Assumption(Record):
    """A number, or a choice between theories, on which the futures rest."""

    id: Name
    """Key by which the futures ask for it."""
    title: Words
    """Name in English."""
    text: Words
    """What it says, in one or two sentences."""
    quantity: AssumedField
    """The range: `10 to 60, best 30 percent`; between words: `choice of one: 0.6, other: 0.4`."""
    kind: Kind
    """Reported, derived or judged."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement that rests on none."""
    note: str = ""
    """What the range was taken or judged from, and what a reader must know."""
    if_wrong: Words
    """What changes if it is wrong."""


class Correlation(Record):
    """Quantities that move together from future to future."""

    id: Name
    """Key of the correlation."""
    text: Words
    """Why they move together."""
    members: QuantityNames
    """At least two, each in one correlation at most."""
    strength: AmountField
    """How closely, as a ratio: 0 not at all, near 1 almost as one; the same for each pair."""
    kind: Kind
    """Reported, derived or judged."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement that rests on none."""
    note: str = ""
    """What the strength was taken or judged from."""


FORMS = "an assumption's id, pools/OWNER/CAPABILITY, contributions/ID or capabilities/ID/FIELD"
_TABLES = ("pools", "contributions", "capabilities")
_PARAMETERS = tuple(
    name for name, field in Capability.model_fields.items() if field.annotation == Parameter | None
)


def names_of(record: Record) -> Iterator[str]:
    """Yield the names by which correlations can speak of the quantities of a record."""
    if isinstance(record, Assumption):
        yield record.id
    elif isinstance(record, Pool):
        yield f"pools/{record.owner}/{record.capability}"
    elif isinstance(record, Contribution):
        yield f"contributions/{record.id}"
    elif isinstance(record, Capability):
        for name in _PARAMETERS:
            if getattr(record, name, None) is not None:
                yield f"capabilities/{record.id}/{name}"


def among(correlation: Correlation, names: AbstractSet[str]) -> Correlation | None:
    """Return the correlation with only the members that are named; None when fewer than two are."""
    kept = tuple(member for member in correlation.members if member in names)
    if len(kept) < 2:
        return None
    if kept == correlation.members:
        return correlation
    return correlation.model_copy(update={"members": kept})


def check_correlations(
    parts: Sequence[Part],
    declared: Mapping[str, AbstractSet[str]],
    unread: AbstractSet[str],
    problems: Collector,
) -> None:
    """Note members that name no quantity of the case, and quantities in two correlations.

    A table that could not be read is not searched, so that one bad file makes no false problems.
    """
    known = _known(parts, declared)
    first: dict[str, Part] = {}
    for part in parts:
        if not isinstance(part.record, Correlation) or "members" in part.unread:
            continue
        for index, member in enumerate(getattr(part.record, "members", ())):
            line = part.tree.line_of(("members", index))
            if member not in known:
                if _table(member) not in unread:
                    problems.add(_unknown(part, line, member, known))
                continue
            other = first.setdefault(member, part)
            if other is not part or part.record.members.index(member) != index:
                problems.add(_twice(part, line, member, other))


def _table(member: str) -> str:
    """Return the table that a name speaks of."""
    return next((table for table in _TABLES if member.startswith(f"{table}/")), "assumptions")


def _known(parts: Iterable[Part], declared: Mapping[str, AbstractSet[str]]) -> set[str]:
    """Return the names of the quantities of all entries, be the entries themselves good or bad."""
    names = set(declared.get("assumptions", ()))
    names |= {f"contributions/{key}" for key in declared.get("contributions", ())}
    names |= {f"pools/{key.rpartition('/')[0]}" for key in declared.get("pools", ())}
    for part in parts:
        if not isinstance(part.record, Capability):
            continue
        name = part.tree.value.get("id")
        given = part.tree.value
        names |= {f"capabilities/{name}/{field}" for field in _PARAMETERS if field in given}
    return names


def _unknown(part: Part, line: int, member: str, known: AbstractSet[str]) -> Problem:
    return Problem(
        "no quantity of this name",
        file=part.tree.file,
        line=line,
        field="members",
        found=shown(member),
        allowed=FORMS,
        remedy=nearest(member, sorted(known)),
    )


def _twice(part: Part, line: int, member: str, other: Part) -> Problem:
    return Problem(
        "a quantity is correlated twice",
        file=part.tree.file,
        line=line,
        field="members",
        found=f"{member}, in {other.tree.file}:{other.tree.line} already",
        allowed="each quantity in one correlation",
        remedy="Put together what moves together, or take it out of one of them.",
    )
