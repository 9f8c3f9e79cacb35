"""What a nation can keep out at one time: read from its people and read from its units.

The two readings are shown side by side. The first takes a share of its strength that the record
supports; the second takes the units it owns, those that can be used, and the rotation behind each.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.quantity import Amount, Unit
from guarantor.supply.span import Span, total

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guarantor.case.case import Case, Key
    from guarantor.case.supply import DeployedShare, Pool

WHOLE = Span.exactly(1)
BASES = ("judgement", "record", "ambition")
"""The shares of strength that a nation's people are read by."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A span, what it was made of, and the records it rests on."""

    span: Span
    method: str
    rests_on: tuple[Key, ...]


def committed_people(case: Case, nation: str) -> Reading:
    """Return the people whom a nation has on operations already, garrisons abroad left out.

    The record of shares counts operations only, so garrisons do not count against it.
    """
    found = [
        (("commitments", key), span)
        for key, c in case.commitments.items()
        if c.nation == nation
        and not c.permanent
        and isinstance(c.quantity, Amount)
        and c.quantity.unit is Unit.PEOPLE_DEPLOYED
        and (span := Span.of(c.quantity)) is not None
    ]
    return Reading(
        total(span for _, span in found),
        "sum of the people already out",
        tuple(key for key, _ in found),
    )


def shares(case: Case, nation: str, basis: str) -> Iterator[tuple[str, DeployedShare]]:
    """Return the shares of a strength that hold for a nation: its own, its groups', the general."""
    for key, share in case.shares.items():
        if share.basis != basis:
            continue
        in_group = share.actor in case.groups and nation in case.members(str(share.actor))
        if share.actor in {nation, None} or in_group:
            yield key, share


def people(case: Case, nation: str, basis: str) -> Reading | None:
    """Return how many more people a nation can keep out, by the record or by stated ambition.

    The strength the share is of (active or land) times the first share in the file that holds for
    nations in general or for a group that the nation is in, less what is out already; None when the
    strength or the share is not known.
    """
    record = case.nations[nation]
    out = committed_people(case, nation)
    strengths = {"active": record.active_personnel, "land": record.land_personnel}
    for key, share in shares(case, nation, basis):
        strength = strengths.get(share.of)
        part = Span.of(share.quantity)
        whole = Span.of(strength) if strength is not None else None
        if share.actor == nation or part is None or whole is None:
            continue
        span = (whole * part.map(lambda percent: percent / 100) - out.span).at_least(0)
        return Reading(
            span,
            f"{share.of} strength × share kept out ({basis}) − people already out",
            (("nations", nation), ("shares", key), *out.rests_on),
        )
    return None


def committed_units(case: Case, nation: str, capability: str) -> Reading:
    """Return the units of one kind that a nation has elsewhere already."""
    found = [
        (("commitments", key), span)
        for key, c in case.commitments.items()
        if c.nation == nation
        and c.capability == capability
        and isinstance(c.quantity, Amount)
        and c.quantity.unit is not Unit.PEOPLE_DEPLOYED
        and (span := Span.of(c.quantity)) is not None
    ]
    return Reading(
        total(span for _, span in found), "units already elsewhere", tuple(k for k, _ in found)
    )


def latest_pool(case: Case, owner: str, capability: str) -> tuple[str, Pool] | None:
    """Return the last count of an owner's units of a kind, with its key."""
    counts = [
        (key, pool)
        for key, pool in case.pools.items()
        if pool.owner == owner and pool.capability == capability
    ]
    return max(counts, key=lambda entry: entry[1].as_of.latest, default=None)


def general_range(case: Case, nation: str) -> Reading | None:
    """Return the widest range of people that the shares on record give for a nation.

    Low and high are the extremes of the record, the ambition and the judgement; best is that of
    the judgement. None when none of them can be read.
    """
    found = [r for basis in BASES if (r := people(case, nation, basis)) is not None]
    if not found:
        return None
    return Reading(
        Span(min(r.span.low for r in found), found[0].span.best, max(r.span.high for r in found)),
        "the widest of: " + "; ".join(r.method for r in found),
        tuple(dict.fromkeys(key for r in found for key in r.rests_on)),
    )


def units(case: Case, nation: str, capability: str, *, rotating: bool = True) -> Reading | None:
    """Return how many units of one kind a nation can keep deployed without end.

    Units owned × share that can be used − units elsewhere, ÷ units held for each one deployed;
    None when nobody knows what the nation owns. What is given for good does not rotate and is not
    divided.
    """
    found = latest_pool(case, nation, capability)
    owned = Span.of(found[1].quantity) if found is not None else None
    if found is None or owned is None:
        return None
    kind = case.capabilities[capability]
    usable = Span.of(kind.available.quantity) if kind.available else None
    slots = Span.of(kind.slots.quantity) if kind.slots and rotating else None
    share = usable.map(lambda percent: percent / 100) if usable else WHOLE
    away = committed_units(case, nation, capability)
    free = (owned * share - away.span).at_least(0)
    return Reading(
        free / (slots or WHOLE),
        "units owned × share usable − units elsewhere"
        + (", ÷ units held for each one deployed" if rotating else ""),
        (("pools", found[0]), ("capabilities", capability), *away.rests_on),
    )
