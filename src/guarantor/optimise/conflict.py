"""Why a line cannot be filled: the statements that together exclude it, and none to spare."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from guarantor.optimise.burden import running_cost
from guarantor.optimise.gather import ask_of, room_of, uncounted_kinds
from guarantor.optimise.solver import Ending, Search
from guarantor.optimise.statements import backing, model, most_present
from guarantor.optimise.tables import WHOLE, Reach
from guarantor.quantity import Money
from guarantor.supply.feasibility import counts_people
from guarantor.supply.offers import bars
from guarantor.supply.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.optimise.tables import Line, PoolRoom, Source, Tables
    from guarantor.quantity import Prices
    from guarantor.supply.feasibility import Means


class Clash(StrEnum):
    """What a statement of a conflict says; the softest first."""

    OFFERS = "has offered no more"
    REFUSES = "refuses"
    BARS = "the deal bars it"
    UNKNOWN = "nobody has counted its units"
    OWNS = "owns no more"
    ENABLER = "does not work without"
    NEED = "is asked"

    @property
    def side(self) -> str:
        """Return the side on which it stands: means, will, knowledge or need."""
        return {
            Clash.OFFERS: "will not, as far as is said",
            Clash.REFUSES: "will not",
            Clash.BARS: "will not",
            Clash.UNKNOWN: "not known",
            Clash.OWNS: "cannot",
            Clash.ENABLER: "judged need",
            Clash.NEED: "need",
        }[self]


WORDS = frozenset({Clash.OFFERS, Clash.REFUSES, Clash.BARS, Clash.UNKNOWN})
"""Statements that hold back what an owner could be asked for."""
TOLERATED = 1e-6
"""What a line may lack and still be filled, as solvers count."""


@dataclass(frozen=True, slots=True)
class Element:
    """One statement of a conflict: about an owner's units, its word, a need or an enabler.

    owner is blank for a need; other names the enabler. room is what the owner has, where counted.
    """

    clash: Clash
    owner: str
    capability: str
    other: str = ""
    room: PoolRoom | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A single change that would fill the line, how many units it takes, and what they cost.

    units: more units kept out, or fewer asked. held: units owned for that, rotation included.
    yearly and once: money to run, and to buy where the units do not exist.
    """

    element: Element
    units: float
    held: float
    yearly: tuple[Prices, Span] | None
    once: tuple[Prices, Span] | None

    @property
    def price(self) -> tuple[bool, float, float]:
        """Return what puts changes in order: nothing to buy first, then money, then units."""
        money = self.yearly[1].best if self.yearly is not None else 0.0
        return self.element.clash is Clash.OWNS, money, self.units


@dataclass(frozen=True)
class Conflict:
    """Why one line is not filled: the statements, each needed, and what would dissolve them.

    reach: OWNED when not even all that nations own and do not refuse fills it, else POSSIBLE.
    reachable: the most that can be on the line with everything as it is.
    """

    line: Line
    reach: Reach
    elements: tuple[Element, ...]
    changes: tuple[Change, ...]
    reachable: float

    @property
    def cheapest(self) -> Change | None:
        """Return the change that buys nothing, costs least and takes the fewest units.

        Asking for less is counted only where no other single change fills the line.
        """
        more = [change for change in self.changes if change.element.clash is not Clash.NEED]
        return min(more or self.changes, key=lambda c: c.price, default=None)


def conflict(tables: Tables, line: Line, means: Means) -> Conflict | None:
    """Return why a line is not filled in the end; None when what is possible fills it."""
    stand = _around(tables, line, means)
    trial = _Trial(stand)
    if trial.fills(stand.possible()):
        return None
    reach = Reach.POSSIBLE if trial.fills(stand.owned()) else Reach.OWNED
    active = stand.possible() if reach is Reach.POSSIBLE else stand.owned()
    found = trial.irreducible(active)
    reachable = trial.most(active)
    changes = [
        change
        for element in sorted(active, key=_hardness)
        if (change := _change(tables, trial, active, element, line.asked - reachable)) is not None
    ]
    return Conflict(line, reach, found, tuple(changes), reachable)


@dataclass(frozen=True)
class _Stand:
    """A line with the lines of its enablers, every owner as a source, and each statement."""

    tables: Tables
    elements: tuple[Element, ...]
    source_of: dict[Element, tuple[int, ...]]

    def possible(self) -> frozenset[Element]:
        """Return the statements that hold while nobody brings more than it has offered."""
        return frozenset(self.elements)

    def owned(self) -> frozenset[Element]:
        """Return the statements that hold once nations bring what they own and do not refuse."""
        return frozenset(e for e in self.elements if e.clash is not Clash.OFFERS)


def _around(tables: Tables, line: Line, means: Means) -> _Stand:
    """Return the line's last months, the lines of what its units need, and every owner."""
    kinds = {line.capability}
    while more := {j for k, j in tables.per_unit if k in kinds} - kinds:
        kinds |= more
    others = (each for each in tables.lines if each is not line and each.capability in kinds)
    lines = (line, *others)
    place = {each.id: number for number, each in enumerate(lines)}
    stands = [p for p in range(len(tables.periods)) if tables.active(line, p)]
    period = tables.periods[stands[-1]]
    # the rest of the option is not looked at here, and meets what it could meet
    met = {condition for condition, backers in backing(tables).items() if backers}
    offered = [
        replace(
            source,
            line=place[tables.lines[source.line].id],
            conditions=source.conditions - met,
        )
        for source in tables.sources
        if source.contribution is not None and tables.lines[source.line].id in place
    ]
    asks: list[Source] = []
    marks: dict[Element, list[int]] = {}
    rooms = {(room.provider, room.kind): room for room in tables.pools}
    for number, each in enumerate(lines):
        for owner in means.owners():
            room = room_of(means, owner, each.capability, tables.end)
            known = means.case.pools.values()
            named = any(p.owner == owner and p.capability == each.capability for p in known)
            people = counts_people(means.case, each.capability)
            if room is None and not (owner in means.case.nations and (named or people)):
                continue
            ask = ask_of(means.case, owner, number, each, period[0])
            asks.append(replace(ask, conditions=ask.conditions - met))
            at = len(offered) + len(asks) - 1
            said = [n for n, s in enumerate(offered) if s.line == number and s.provider == owner]
            if room is None:
                marks[Element(Clash.UNKNOWN, owner, each.capability)] = [at]
            else:
                room = rooms.setdefault((owner, room.kind), room)
                drawn = [n for n in said if offered[n].draws]
                pool = Element(Clash.OWNS, owner, each.capability, room=room)
                marks.setdefault(pool, []).extend([at, *drawn])
            band = each.need.line.band
            held_back = False
            if owner in means.refusing(band):
                marks.setdefault(Element(Clash.REFUSES, owner, each.capability), []).append(at)
                held_back = True
            if bars(tables.deal, band):
                marks.setdefault(Element(Clash.BARS, "", each.capability), []).append(at)
                held_back = True
            if not held_back:
                marks.setdefault(Element(Clash.OFFERS, owner, each.capability), []).append(at)
        if each.capability in uncounted_kinds(tables):
            asks.append(ask_of(means.case, "", number, each, period[0]))
            nobody = Element(Clash.UNKNOWN, "", each.capability)
            marks.setdefault(nobody, []).append(len(offered) + len(asks) - 1)
            if bars(tables.deal, each.need.line.band):
                barred = Element(Clash.BARS, "", each.capability)
                marks.setdefault(barred, []).append(len(offered) + len(asks) - 1)
    for kind in sorted(kinds):
        for needed in sorted(j for k, j in tables.per_unit if k == kind):
            marks[Element(Clash.ENABLER, "", kind, needed)] = []
    marks[Element(Clash.NEED, "", line.capability)] = []
    made = replace(
        tables,
        lines=tuple(replace(each, starts=period[0], ends=period[1]) for each in lines),
        sources=(*offered, *asks),
        pools=tuple(rooms.values()),
        periods=(period,),
        per_unit={pair: n for pair, n in tables.per_unit.items() if pair[0] in kinds},
    )
    return _Stand(made, tuple(marks), {e: tuple(n) for e, n in marks.items()})


class _Trial:
    """The programme of a stand, tried with some statements and without the others."""

    def __init__(self, stand: _Stand) -> None:
        made = stand.tables
        self._stand = stand
        self._target = made.lines[0]
        enough = ceil(sum(line.asked for line in made.lines)) * 10 + 10
        loose = replace(
            made,
            sources=tuple(replace(s, amount=min(s.amount, enough)) for s in made.sources),
            pools=tuple(replace(room, free=enough * room.slots) for room in made.pools),
        )
        m = model(loose)
        self._search = Search(m)
        self._present = self._search.places("present")[:, 0]
        self._most = most_present(loose)[:, 0]
        self._goal = np.zeros(self._search.columns)
        self._goal[self._search.places("unfilled")[0, 0]] = 1.0
        self._pool_rows = self._search.rows_by("pool", "pool")
        self._need_rows = self._search.rows_by("need", "enabler")

    def fills(self, active: Iterable[Element]) -> bool:
        """Return whether the line can be filled with these statements."""
        held = frozenset(active)
        return all(e.clash is not Clash.NEED for e in held) or self._short(held) <= TOLERATED

    def most(self, active: frozenset[Element]) -> float:
        """Return the most that can be on the line."""
        return self._target.asked - self._short(active)

    def irreducible(self, active: frozenset[Element]) -> tuple[Element, ...]:
        """Return a conflict of which each statement is needed: one after the other is left out.

        The softest are tried first, so that what remains is as hard as it can be.
        """
        order = sorted(active, key=_hardness)
        kept = frozenset(order)
        for element in order:
            if not self.fills(kept - {element}):
                kept -= {element}
        return tuple(element for element in order if element in kept)

    def _short(self, active: frozenset[Element]) -> float:
        """Return the least that the line lacks."""
        barred = {
            source
            for element in active
            if element.clash in WORDS
            for source in self._stand.source_of[element]
        }
        most = np.array([0.0 if n in barred else each for n, each in enumerate(self._most)])
        self._search.bound(self._present, most)
        owned = {
            (e.owner, e.room.kind) for e in active if e.clash is Clash.OWNS and e.room is not None
        }
        for room in self._stand.tables.pools:
            for row in self._pool_rows.get(f"{room.provider} {room.kind}", ()):
                held = (room.provider, room.kind) in owned
                self._search.row_most(row, max(room.free, 0.0) if held else np.inf)
        needed = {e.other for e in active if e.clash is Clash.ENABLER}
        for enabler in {e.other for e in self._stand.elements if e.clash is Clash.ENABLER}:
            for row in self._need_rows.get(enabler, ()):
                self._search.hold(row, held=enabler in needed)
        found = self._search.least(self._goal)
        return found.objective if found.ending is Ending.PROVED else np.inf


def _hardness(element: Element) -> tuple[int, str, str, str]:
    return list(Clash).index(element.clash), element.capability, element.owner, element.other


def _change(
    tables: Tables,
    trial: _Trial,
    active: frozenset[Element],
    element: Element,
    missing: float,
) -> Change | None:
    """Return the change that gives way at one statement, when that alone fills the line."""
    if not trial.fills(active - {element}):
        return None
    kind = element.capability
    units = missing if counts_people(tables.case, kind) else float(ceil(missing - WHOLE))
    if element.clash is Clash.NEED:
        return Change(element, missing, 0.0, None, None)
    if element.clash is Clash.ENABLER:
        return Change(element, 0.0, 0.0, None, None)
    cost = running_cost(tables, kind)
    yearly = None if cost is None else (cost[0], cost[1] * Span.exactly(units))
    if element.clash is not Clash.OWNS or element.room is None:
        return Change(element, units, units, yearly, None)
    held = units * element.room.slots
    return Change(element, units, held, yearly, buying_cost(tables, kind, held))


def buying_cost(tables: Tables, capability: str, units: float) -> tuple[Prices, Span] | None:
    """Return what it costs to buy so many units, and its prices; None when that is not known."""
    cost = tables.case.capabilities[capability].buying_cost
    if cost is None or not isinstance(cost.quantity, Money):
        return None
    span = Span.of(cost.quantity)
    return None if span is None else (cost.quantity.measure, span * Span.exactly(units))
