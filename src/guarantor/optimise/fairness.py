"""Who should carry how much, by a named key; and what each carries beside it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from guarantor.optimise.games import claims, nucleolus_parts, shapley_parts
from guarantor.supply.money import spreading
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from guarantor.case.case import Case, Key
    from guarantor.optimise.tables import Tables


class Fair(StrEnum):
    """A key by which shares are called fair."""

    GDP = "gdp"
    ARMY = "army"
    NATO = "nato-key"
    UN = "un-scale"
    SHAPLEY = "shapley"
    NUCLEOLUS = "nucleolus"


IN_THE_CASE = {
    Fair.GDP: "gdp-allies",
    Fair.NATO: "nato-common-funding",
    Fair.UN: "un-regular",
}
MEANING = {
    Fair.GDP: "output of the economy, among the nations that the key lists",
    Fair.ARMY: "people in the army",
    Fair.NATO: "share of NATO's common funding, of which the record holds the largest payers only",
    Fair.UN: "share of the regular budget of the United Nations",
    Fair.SHAPLEY: "what falls on a nation in the mean over all orders in which nations could come, "
    "once those after it have brought what they can",
    Fair.NUCLEOLUS: "the division under which the worst-off coalition is as well off as it can be, "
    "each having to bring what all others together cannot",
}


@dataclass(frozen=True)
class FairShares:
    """The part of each nation under a key, summing to one.

    records: the entries of the case behind each part. lacking: nations of whom the key says
    nothing. error: standard error of a part where coalitions were drawn. together: nations that
    were taken as one.
    """

    key: Fair
    parts: dict[str, float]
    records: dict[str, tuple[Key, ...]]
    lacking: tuple[str, ...]
    error: dict[str, float]
    together: tuple[str, ...] = ()


def fair_shares(tables: Tables, key: Fair) -> FairShares:
    """Return the fair parts of the nations that could bring something to the option."""
    case = tables.case
    nations = sorted({s.provider for s in tables.sources if s.provider in case.nations})
    if key is Fair.ARMY:
        return _by_army(case, nations)
    if key in IN_THE_CASE:
        found = spreading(case, IN_THE_CASE[key], set(nations))
        records: dict[str, tuple[Key, ...]] = {
            nation: (("keys", name),) for nation, name in found.records.items()
        }
        return FairShares(key, found.parts, records, found.lacking, {})
    game = claims(tables)
    division = shapley_parts(game) if key is Fair.SHAPLEY else nucleolus_parts(game)
    behind: dict[str, tuple[Key, ...]] = {name: _behind(tables, name) for name in division.parts}
    lacking = tuple(n for n in nations if n not in division.parts)
    return FairShares(key, division.parts, behind, lacking, division.error, division.together)


def _by_army(case: Case, nations: list[str]) -> FairShares:
    strength = {
        nation: (Span.of(people) or NOTHING).best
        for nation in nations
        if (people := case.nations[nation].land_personnel) is not None
    }
    strength = {nation: people for nation, people in strength.items() if people > 0}
    all_ = sum(strength.values())
    records: dict[str, tuple[Key, ...]] = {nation: (("nations", nation),) for nation in strength}
    return FairShares(
        Fair.ARMY,
        {nation: people / all_ for nation, people in strength.items()},
        records,
        tuple(nation for nation in nations if nation not in strength),
        {},
    )


def _behind(tables: Tables, nation: str) -> tuple[Key, ...]:
    keys: list[Key] = [
        ("contributions", source.contribution.id)
        for source in tables.sources
        if source.provider == nation and source.contribution is not None
    ]
    for room in tables.pools:
        if room.provider == nation:
            keys += room.reading.rests_on
    return tuple(dict.fromkeys(keys))
