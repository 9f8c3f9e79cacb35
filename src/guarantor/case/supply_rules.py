"""The rules of supply that take two entries: each problem names both rows."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guarantor.case.records import Position
from guarantor.case.supply import Contribution, Pool
from guarantor.case.words import Band, ContributionKind, Stance, Standing, Topic
from guarantor.problems import Collector, Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet
    from datetime import date

    from guarantor.case.build import Part
    from guarantor.quantity import Duration

ON_HOST_SOIL = frozenset({Band.LINE, Band.REAR})
FOREVER = 10_000
"""Months that stand for a contribution without an end."""


def check_supply(parts: Sequence[Part], partial: AbstractSet[str], problems: Collector) -> None:
    """Note contributions that another row of the case makes impossible.

    partial: tables of which some rows could not be read. Where the row that decides may be among
    those, nothing is noted.
    """
    rows = [part for part in parts if not part.steps]
    whole = [part for part in rows if not part.unread]
    offers = [part for part in whole if isinstance(part.record, Contribution)]
    for part in offers:
        problems.extend(_given_for_good(part))
    problems.extend(_in_two_places(offers))
    unsure = [part.record for part in rows if part.unread]
    pools = {
        (getattr(record, "owner", None), getattr(record, "capability", None))
        for record in unsure
        if isinstance(record, Pool)
    }
    if "pools" not in partial and not any(None in key for key in pools):
        problems.extend(_more_than_the_pool(offers, whole, pools))
    speakers = {getattr(record, "actor", None) for record in unsure if isinstance(record, Position)}
    if "positions" not in partial and None not in speakers:
        problems.extend(_against_the_word(offers, whole, speakers))


def _given_for_good(part: Part) -> Iterator[Problem]:
    offer = part.record
    assert isinstance(offer, Contribution)  # noqa: S101  # the caller listed only these
    if offer.kind is ContributionKind.TRANSFER and offer.ends is not None:
        yield Problem(
            "a transfer has an end",
            file=part.tree.file,
            line=part.tree.line_of(("ends",)),
            field="ends",
            found=f"{offer.kind.value} until {offer.ends.text()}",
            allowed="no end: what is given is given for good and does not rotate",
            remedy="Delete the end, or make it a contribution of kind 'deploy'.",
        )


def _in_two_places(offers: Sequence[Part]) -> Iterator[Problem]:
    """Return the units that stand in two contributions of one option in the same months."""
    for first, second in combinations(offers, 2):
        one, two = first.record, second.record
        assert isinstance(one, Contribution)  # noqa: S101  # the caller listed only these
        assert isinstance(two, Contribution)  # noqa: S101
        shared = sorted(set(one.units) & set(two.units))
        apart = one.options and two.options and not set(one.options) & set(two.options)
        if not shared or apart or one.provider != two.provider or not _overlap(one, two):
            continue
        yield Problem(
            "a unit is in two places in the same month",
            file=second.tree.file,
            line=second.tree.line_of(("units",)),
            field="units",
            found=f"{', '.join(shared)} in {_row(first)} and in {_row(second)}",
            allowed="one place for one unit in one month",
            remedy="Take it out of one of the two, or let one end before the other starts.",
        )


def _overlap(one: Contribution, two: Contribution) -> bool:
    return _month(one.starts) < _month(two.ends) and _month(two.starts) < _month(one.ends)


def _month(duration: Duration | None) -> int:
    try:
        return FOREVER if duration is None else duration.months
    except Problems:
        return 0


def _more_than_the_pool(
    offers: Sequence[Part], whole: Sequence[Part], unsure: AbstractSet[tuple[str | None, ...]]
) -> Iterator[Problem]:
    """Return nations that are sure to send more units of a kind than they may own."""
    pools: dict[tuple[str, str], Part] = {}
    for part in whole:
        if isinstance(part.record, Pool):
            key = (part.record.owner, part.record.capability)
            held = pools.get(key)
            if held is None or _counted(held) <= _counted(part):
                pools[key] = part
    sums: dict[tuple[str, str], list[Part]] = {}
    for part in offers:
        offer = part.record
        assert isinstance(offer, Contribution)  # noqa: S101  # the caller listed only these
        if offer.kind in {ContributionKind.DEPLOY, ContributionKind.TRANSFER}:
            sums.setdefault((offer.provider, offer.capability), []).append(part)
    for key, listed in sums.items():
        pool = pools.get(key)
        if pool is None or not isinstance(pool.record, Pool) or key in unsure:
            continue
        owned = pool.record.quantity.shape.high
        together = max(_at_one_time(listed), key=lambda at: sum(map(_least, at)))
        sent = sum(map(_least, together))
        if owned is not None and sent > owned:
            last = together[-1]
            yield Problem(
                "a nation sends more units than it owns",
                file=last.tree.file,
                line=last.tree.line_of(("quantity",)),
                field="quantity",
                found=f"at least {sent:g} {key[1]} in {', '.join(map(_row, together))}; "
                f"at most {owned:g} owned by {_row(pool)}",
                allowed="no more than the pool in any month of any option",
                remedy="Correct the pool or the contributions.",
            )


def _at_one_time(offers: Sequence[Part]) -> Iterator[list[Part]]:
    """Return the contributions that stand together in one option in one month, each such set.

    A sum can only rise when one of them starts, so that the months in which one starts are enough.
    """
    records = [(part, part.record) for part in offers if isinstance(part.record, Contribution)]
    named = {option for _, offer in records for option in offer.options} or {""}
    for option in sorted(named):
        meant = [(p, o) for p, o in records if not o.options or option in o.options]
        for start in sorted({_month(offer.starts) for _, offer in meant}):
            yield [
                part for part, offer in meant if _month(offer.starts) <= start < _month(offer.ends)
            ]


def _against_the_word(
    offers: Sequence[Part], whole: Sequence[Part], unsure: AbstractSet[str | None]
) -> Iterator[Problem]:
    """Return units on the host's soil from nations whose latest word refuses soldiers there."""
    latest: dict[str, Part] = {}
    for part in sorted(
        (p for p in whole if isinstance(p.record, Position)),
        key=lambda p: (p.record.date.latest, p.record.id),  # type: ignore[attr-defined]
    ):
        position = part.record
        assert isinstance(position, Position)  # noqa: S101  # filtered above
        if position.topic is Topic.GROUND_TROOPS and position.standing is Standing.OFFICIAL:
            latest[position.actor] = part
    for part in offers:
        offer = part.record
        assert isinstance(offer, Contribution)  # noqa: S101  # the caller listed only these
        word = latest.get(offer.provider)
        if (
            word is None
            or offer.provider in unsure
            or not isinstance(word.record, Position)
            or word.record.stance is not Stance.EXCLUDES
            or offer.kind is not ContributionKind.DEPLOY
            or not ON_HOST_SOIL & set(offer.bands)
        ):
            continue
        yield Problem(
            "a band contradicts what the nation has excluded",
            file=part.tree.file,
            line=part.tree.line_of(("bands",)),
            field="bands",
            found=f"{', '.join(b.value for b in offer.bands)} in {_row(part)}, "
            f"against {_row(word)}",
            allowed="no soldiers on the host's soil from a nation that excludes them",
            remedy="Take out the bands line and rear, or record the newer position.",
        )


def _least(part: Part) -> float:
    """Return the fewest units that a contribution brings."""
    offer = part.record
    assert isinstance(offer, Contribution)  # noqa: S101  # the caller listed only these
    return offer.quantity.shape.low or 0


def _counted(part: Part) -> date:
    """Return when the units of a pool were counted."""
    pool = part.record
    assert isinstance(pool, Pool)  # noqa: S101  # the caller listed only these
    return pool.as_of.latest


def _row(part: Part) -> str:
    return f"{part.tree.file}:{part.tree.line}"
