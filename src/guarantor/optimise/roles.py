"""Every smallest set of what one nation brings under which an option does as well as with all."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from guarantor.case.words import Condition, ContributionKind
from guarantor.optimise.programme import line_weights
from guarantor.optimise.solver import Ending, Search
from guarantor.optimise.statements import backing, model, most_present
from guarantor.problems import Problem, Problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from numpy.typing import NDArray

    from guarantor.optimise.tables import Source, Tables

MOST_ITEMS = 12
"""Most kinds of contribution of which every set is settled; the least used beyond it stay in."""
TOLERATED = 1e-6
"""By how much the parts of lines left unfilled may differ and still be the same."""


@dataclass(frozen=True, slots=True)
class Item:
    """One kind of contribution of a nation: what it is, and how it is brought."""

    capability: str
    how: ContributionKind


@dataclass(frozen=True)
class Smallest:
    """One smallest set, the fewest whole units of each kind that it takes, and by source."""

    units: dict[Item, float]
    sent: dict[int, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Role:
    """What an option needs of one nation once everything has arrived, command left free.

    best: parts of lines left unfilled with all that the nation could bring; without: with nothing
    of it. sets: every smallest set that leaves no more than best unfilled. worth: by item, what
    more stays unfilled without it, the rest of the nation's items there. alone: what less stays
    unfilled with it alone. left_in: items beyond the limit, taken as there in every set.
    """

    tables: Tables
    nation: str
    items: tuple[Item, ...]
    best: float
    without: float
    sets: tuple[Smallest, ...]
    worth: dict[Item, float]
    alone: dict[Item, float]
    left_in: tuple[Item, ...]
    short: tuple[str, ...]


def arrived(tables: Tables) -> Tables:
    """Return the tables as they are once everybody who could come has come."""
    sources = tuple(replace(source, arrives=0) for source in tables.sources)
    cuts = {0, tables.horizon}
    for line in tables.lines:
        cuts |= {line.starts, line.ends}
    for source in sources:
        cuts.add(source.ends)
    inside = sorted(cut for cut in cuts if 0 <= cut <= tables.horizon)
    return replace(tables, sources=sources, periods=tuple(pairwise(inside)))


def item_of(source: Source) -> Item:
    """Return the kind of contribution that a source is; what is asked for is sent."""
    contribution = source.contribution
    kind = ContributionKind.DEPLOY if contribution is None else contribution.kind
    return Item(source.capability, kind)


def role(tables: Tables, nation: str) -> Role:
    """Return every smallest role of a nation; the sources of all others are taken as they are."""
    made = arrived(tables)
    if not made.lines:
        return Role(made, nation, (), 0.0, 0.0, (Smallest({}),), {}, {}, (), ())
    trial = _Trial(made, nation)
    every = frozenset(trial.items)
    best, without = trial.unfilled(every), trial.unfilled(frozenset())
    worth = {item: trial.unfilled(every - {item}) - best for item in trial.items}
    alone = {item: without - trial.unfilled(frozenset({item})) for item in trial.items}
    order = sorted(trial.items, key=lambda item: (-worth[item], -alone[item], str(item)))
    settled, left_in = order[:MOST_ITEMS], frozenset(order[MOST_ITEMS:])
    sets = [
        trial.fewest(found | left_in, best)
        for found in _smallest(
            settled, lambda chosen: trial.unfilled(chosen | left_in) <= best + TOLERATED
        )
    ]
    sets.sort(key=lambda each: (len(each.units), sorted(map(str, each.units))))
    return Role(
        made,
        nation,
        tuple(order),
        best,
        without,
        tuple(sets),
        worth,
        alone,
        tuple(order[MOST_ITEMS:]),
        trial.short(every),
    )


def _smallest(
    items: list[Item], works: Callable[[frozenset[Item]], bool]
) -> Iterator[frozenset[Item]]:
    """Yield every set that works and of which no smaller part does.

    What works keeps working with more. Sets that nothing is known of are tried from the largest;
    one that works is cut down to a smallest set, one that fails is filled up to a largest one that
    does (Liffiton et al. 2016, Constraints 21).
    """
    count = len(items)
    open_ = np.ones(1 << count, dtype=bool)
    index = np.arange(1 << count)
    size = np.array([bin(number).count("1") for number in index])

    def chosen(number: int) -> frozenset[Item]:
        return frozenset(items[bit] for bit in range(count) if number >> bit & 1)

    while open_.any():
        free = index[open_]
        number = int(free[np.argmax(size[free])])
        if works(chosen(number)):
            for bit in range(count):
                if number >> bit & 1 and works(chosen(number & ~(1 << bit))):
                    number &= ~(1 << bit)
            open_[(index & number) == number] = False
            yield chosen(number)
        else:
            for bit in range(count):
                if not number >> bit & 1 and not works(chosen(number | 1 << bit)):
                    number |= 1 << bit
            open_[(index | number) == number] = False


class _Trial:
    """The programme, tried with some of a nation's items and without the others."""

    def __init__(self, tables: Tables, nation: str) -> None:
        self._tables = tables
        self._nation = nation
        self._search = Search(model(tables))
        self._goal = np.zeros(self._search.columns)
        self._goal[self._search.places("unfilled")] = line_weights(tables)
        self._known: dict[frozenset[Item], float] = {}
        self._columns: dict[Item, list[int]] = {}
        self._most: dict[Item, list[float]] = {}
        present = self._search.places("present") if tables.sources else np.zeros((0, 0))
        most = most_present(tables)
        for number, source in enumerate(tables.sources):
            if source.provider == nation and most[number].any():
                item = item_of(source)
                self._columns.setdefault(item, []).extend(int(c) for c in present[number])
                self._most.setdefault(item, []).extend(most[number])
        self.items = tuple(self._columns)

    def unfilled(self, there: frozenset[Item]) -> float:
        """Return the least that stays unfilled with those items of the nation."""
        if there not in self._known:
            self._known[there] = self._least(there, self._goal)[0]
        return self._known[there]

    def fewest(self, there: frozenset[Item], best: float) -> Smallest:
        """Return the fewest units of each item that leave no more unfilled, with those items."""
        row = np.zeros(self._search.columns)
        for item in there:
            row[self._columns[item]] = 1.0
        search = Search(model(self._tables))
        search.limit(self._goal, best + TOLERATED)
        for item, columns in self._columns.items():
            most = np.array(self._most[item]) if item in there else np.zeros(len(columns))
            search.bound(np.array(columns), most)
        found = search.least(row)
        if found.ending not in {Ending.PROVED, Ending.STOPPED}:
            raise Problems([Problem("a set that works has no assignment", found=found.ending)])
        if not self._tables.sources:
            return Smallest({})
        present = np.rint(found.values[search.places("present")])
        units: dict[Item, float] = {}
        sent: dict[int, float] = {}
        for number, source in enumerate(self._tables.sources):
            if source.provider == self._nation and (item := item_of(source)) in there:
                sent[number] = float(present[number].max(initial=0.0))
        for item in sorted(there, key=str):
            own = [number for number in sent if item_of(self._tables.sources[number]) == item]
            units[item] = float(present[own].sum(axis=0).max(initial=0.0))
        return Smallest(units, sent)

    def short(self, there: frozenset[Item]) -> tuple[str, ...]:
        """Return the lines that stay open with those items."""
        values = self._least(there, self._goal)[1]
        unfilled = values[self._search.places("unfilled")]
        return tuple(
            line.id
            for line, lacks in zip(self._tables.lines, unfilled, strict=True)
            if max(lacks) > line.asked * TOLERATED
        )

    def _least(
        self, there: Iterable[Item], row: NDArray[np.float64]
    ) -> tuple[float, NDArray[np.float64]]:
        kept = frozenset(there)
        for item, columns in self._columns.items():
            most = np.array(self._most[item]) if item in kept else np.zeros(len(columns))
            self._search.bound(np.array(columns), most)
        found = self._search.least(row)
        if found.ending is not Ending.PROVED:
            raise Problems(
                [Problem("the search for the smallest role ended early", found=found.ending)]
            )
        return found.objective, found.values


def others_offer(tables: Tables, nation: str) -> Tables:
    """Return the tables in which others bring what is possible, and a nation all that it owns."""
    return tables.without(
        source.provider == nation or source.contribution is not None for source in tables.sources
    )


def others_have(tables: Tables, nation: str, capability: str) -> float:
    """Return the whole units of a kind that all others could have on the option's lines at most."""
    most = most_present(tables)
    by_pool: dict[tuple[str, str], float] = {}
    sum_ = 0.0
    rooms = {(room.provider, room.kind): room for room in tables.pools}
    for number, source in enumerate(tables.sources):
        if source.provider == nation or source.capability != capability:
            continue
        units = float(most[number].max(initial=0.0))
        pool = tables.pool_of(source)
        if source.draws and pool in rooms and not source.given:
            by_pool[pool] = by_pool.get(pool, 0.0) + units
        else:
            sum_ += units
    for pool, units in by_pool.items():
        room = rooms[pool]
        sum_ += min(units, float(np.floor(max(room.free, 0.0) / room.slots + 1e-9)))
    return sum_


def waiting_for(tables: Tables, nation: str) -> tuple[Source, ...]:
    """Return what others bring only if something American is there, when the nation is America."""
    american = backing(tables)[Condition.AMERICAN_SUPPORT.value]
    if not any(tables.sources[number].provider == nation for number in american):
        return ()
    condition = Condition.AMERICAN_SUPPORT.value
    return tuple(
        source
        for source in tables.sources
        if condition in source.conditions and source.contribution is not None
    )
