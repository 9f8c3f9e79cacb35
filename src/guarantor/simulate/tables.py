"""One option under one deal as numbered things: lines, contributions, nations, pools and needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from guarantor.case.words import Condition, ContributionKind, Phase
from guarantor.simulate.gates import gated
from guarantor.simulate.pairs import in_order, links, pairs, stand_ins
from guarantor.simulate.readings import Readings, readings
from guarantor.simulate.setup import NO_MONTH, PhaseCode, Structure
from guarantor.simulate.weights import counted_people, people_bin, weights
from guarantor.supply.balance import balance
from guarantor.supply.feasibility import counts_people
from guarantor.supply.offers import ON_HOST_SOIL
from guarantor.supply.shares import UNITED_STATES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.case.case import Case
    from guarantor.case.records import Deal
    from guarantor.case.supply import Contribution
    from guarantor.simulate.pairs import Link
    from guarantor.simulate.setup import Counts, Flags
    from guarantor.supply.needs import Need
    from guarantor.supply.shares import Level

PEOPLE = "people"
"""Stands for the capability of a pool that is a nation's people of any kind."""

MOVES = frozenset({ContributionKind.DEPLOY, ContributionKind.TRAIN})
OF_THE_CEASEFIRE = frozenset(
    {Condition.CEASEFIRE, Condition.PEACE_DEAL, Condition.OTHER_PARTY_CONSENT}
)
PHASES = {
    Phase.BEFORE_CEASEFIRE: PhaseCode.BEFORE_CEASEFIRE,
    Phase.INITIAL: PhaseCode.ALWAYS,
    Phase.FULL: PhaseCode.ALWAYS,
    Phase.BREACH: PhaseCode.BREACH,
    Phase.EXIT: PhaseCode.NEVER,
}


@dataclass(frozen=True)
class Table:
    """An option under a deal, numbered: place in a tuple is the number in `structure`.

    not_asked names the needs for which the option has no line, as pairs of capabilities.
    """

    case: Case
    option: str
    deal: Deal
    structure: Structure
    nations: tuple[str, ...]
    contributions: tuple[Contribution, ...]
    lines: tuple[Need, ...]
    pools: tuple[tuple[str, str], ...]
    needs: tuple[Link, ...]
    stand_ins: tuple[Link, ...]
    not_asked: tuple[tuple[str, str], ...]

    @cached_property
    def readings(self) -> Readings:
        """What its draws rest on."""
        return readings(self)


def table(case: Case, option: str, deal: Deal, level: Level, months: int) -> Table:
    """Return an option under a deal with the contributions that are at least so firm.

    Raises Problems when capabilities need each other in a circle, or a model of a line is unknown.
    """
    balances = balance(case, option, deal)
    lines = in_order(case, [line.need for line in balances])
    capabilities = list(dict.fromkeys(need.line.capability for need in lines))
    taken = [pairs(case, need, deal, level) for need in lines]
    contributions = list({c.id: c for listed in taken for c, _ in listed}.values())
    commander = _commander(case, option)
    nations = list(dict.fromkeys(c.provider for c in contributions))
    nations += [commander] if commander is not None and commander not in nations else []
    pools = list(dict.fromkeys(pool for c in contributions if (pool := _pool(case, c))))
    needed, not_asked = links(case, capabilities)
    standing = stand_ins(case, capabilities)
    counted = counted_people(case, balances, contributions)
    place = {c.id: number for number, c in enumerate(contributions)}
    starts = np.cumsum([0, *(len(listed) for listed in taken)])
    structure = Structure(
        months=months,
        ceasefire=deal.ceasefire,
        people_bin=people_bin(case, contributions, counted),
        leaves=_flags(name in case.nations for name in nations),
        weight=weights(case, nations, contributions, counted, commander),
        gated_nation=_flags(
            any(c.provider == name and gated(case, c) for c in contributions) for name in nations
        ),
        commander=nations.index(commander) if commander is not None else NO_MONTH,
        supporter=nations.index(UNITED_STATES) if UNITED_STATES in nations else NO_MONTH,
        nation=_whole(nations.index(c.provider) for c in contributions),
        pool=_whole(
            pools.index(pool) if (pool := _pool(case, c)) else NO_MONTH for c in contributions
        ),
        ends=_whole(
            months if c.ends is None else int(np.ceil(c.ends.mean_months)) for c in contributions
        ),
        transfer=_flags(c.kind is ContributionKind.TRANSFER for c in contributions),
        moves=_flags(c.kind in MOVES for c in contributions),
        gated=_flags(gated(case, c) for c in contributions),
        needs_support=_flags(Condition.AMERICAN_SUPPORT in c.conditions for c in contributions),
        needs_ceasefire=_flags(bool(OF_THE_CEASEFIRE & {*c.conditions}) for c in contributions),
        counted=_flags(c.id in counted for c in contributions),
        rotates=_flags(_rotates(case, capability) for _, capability in pools),
        capability=_whole(capabilities.index(need.line.capability) for need in lines),
        starts=_whole(int(need.line.starts.mean_months) for need in lines),
        line_ends=_whole(
            months if need.line.ends is None else int(np.ceil(need.line.ends.mean_months))
            for need in lines
        ),
        phase=_whole(PHASES[need.line.phase] for need in lines),
        host_soil=_flags(need.line.band in ON_HOST_SOIL for need in lines),
        has_number=_flags(need.span is not None for need in lines),
        pair_start=_whole(starts),
        pair=_whole(place[c.id] for listed in taken for c, _ in listed),
        pair_reason=_whole(reason for listed in taken for _, reason in listed),
        need_by=_whole(capabilities.index(link.by) for link in needed),
        need_of=_whole(capabilities.index(link.of) for link in needed),
        stand_for=_whole(capabilities.index(link.of) for link in standing),
        stand_by=_whole(capabilities.index(link.by) for link in standing),
    )
    return Table(
        case,
        option,
        deal,
        structure,
        tuple(nations),
        tuple(contributions),
        tuple(lines),
        tuple(pools),
        needed,
        standing,
        not_asked,
    )


def _commander(case: Case, option: str) -> str | None:
    """Return the nation in command of the whole; a group in command cannot leave.

    The first statement is of the whole, those after it of parts.
    """
    said = case.options[option].command.commander
    first = said[0].by if said else None
    return first if first in case.nations else None


def _pool(case: Case, contribution: Contribution) -> tuple[str, str] | None:
    """Return the pool that a contribution is drawn from: owner, and capability or people."""
    if contribution.kind is not ContributionKind.DEPLOY:
        return None
    people = counts_people(case, contribution.capability)
    return contribution.provider, PEOPLE if people else contribution.capability


def _rotates(case: Case, capability: str) -> bool:
    kind = case.capabilities.get(capability)
    return kind is not None and kind.slots is not None and kind.tour is not None


def _flags(values: Iterable[bool]) -> Flags:
    return np.fromiter(values, np.bool_)


def _whole(values: Iterable[int]) -> Counts:
    return np.fromiter(values, np.int64)
