"""The statements of the programme, one function each, as a staff paper would put them.

Variables: `present` whole units of a source on its line; `unfilled` what a line lacks of what it
asks; `spare` what stands on a line beyond what it asks; `full` whether a line lacks nothing.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import linopy
import numpy as np
import xarray as xr

from guarantor.case.words import Condition, ContributionKind
from guarantor.optimise.tables import american, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from linopy import LinearExpression, Model, Variable
    from numpy.typing import NDArray

    from guarantor.case.case import Case
    from guarantor.optimise.burden import Counted
    from guarantor.optimise.tables import Line, Source, Tables

# the older arithmetic of linopy fills what is missing without a word
linopy.options["semantics"] = "v1"


def model(tables: Tables) -> Model:
    """Return the programme of the tables with all its statements and no objective."""
    m = variables(tables)
    fill_each_line(m, tables)
    stay_within_pools(m, tables)
    put_a_unit_in_one_place(m, tables)
    respect_conditions(m, tables)
    bring_what_units_need(m, tables)
    send_no_idle_units(m, tables)
    keep_what_has_come(m, tables)
    return m


def variables(tables: Tables) -> Model:
    """Return a model with the variables: what is not there, or not asked, is held at zero."""
    m = linopy.Model()
    sources, lines, periods = _axes(tables)
    m.add_variables(
        lower=0,
        upper=_array(most_present(tables), source=sources, period=periods),
        name="present",
        integer=True,
    )
    asked = _array(asked_by_period(tables), line=lines, period=periods)
    m.add_variables(lower=0, upper=asked, name="unfilled")
    most = _array(most_on_lines(tables), line=lines, period=periods)
    m.add_variables(lower=0, upper=most, name="spare")
    if watched := [line.id for line in tables.lines if _watched(tables, line)]:
        m.add_variables(coords={"line": watched, "period": periods}, name="full", binary=True)
    return m


def fill_each_line(m: Model, tables: Tables) -> None:
    """What is present, less what is spare, and what is unfilled make up what a line asks."""
    _, lines, periods = _axes(tables)
    asked = _array(asked_by_period(tables), line=lines, period=periods)
    rest = m["unfilled"] - m["spare"]
    served = [tables.lines[n].id for n in sorted({s.line for s in tables.sources})]
    alone = [line.id for line in tables.lines if line.id not in served]
    if served:
        line_of = [tables.lines[source.line].id for source in tables.sources]
        stands = _grouped(m, tables, range(len(line_of)), line_of, "line").sel(line=served)
        m.add_constraints(
            stands + rest.sel(line=served) == asked.sel(line=served), name="fill-line"
        )
    if alone:
        m.add_constraints(rest.sel(line=alone) == asked.sel(line=alone), name="nobody-for-line")


def stay_within_pools(m: Model, tables: Tables) -> None:
    """Units out, times the units held for each, and units given are at most those free."""
    rooms = {(room.provider, room.kind): room for room in tables.pools}
    drawn = _where(tables.sources, lambda s: s.draws and tables.pool_of(s) in rooms)
    if not drawn:
        return
    pool_of = [tables.pool_of(tables.sources[n]) for n in drawn]
    held = [
        1.0 if tables.sources[n].given else rooms[pool].slots
        for n, pool in zip(drawn, pool_of, strict=True)
    ]
    names = [" ".join(pool) for pool in pool_of]
    free = {" ".join(pool): max(rooms[pool].free, 0.0) for pool in pool_of}
    m.add_constraints(
        _grouped(m, tables, drawn, names, "pool", held).sel(pool=list(free))
        <= _array(list(free.values()), pool=list(free)),
        name="pool",
    )


def put_a_unit_in_one_place(m: Model, tables: Tables) -> None:
    """What several lines take of one contribution is at most what it offers."""
    places: dict[str, list[int]] = defaultdict(list)
    for number, source in enumerate(tables.sources):
        if source.contribution is not None:
            places[source.key].append(number)
    shared = {key: numbers for key, numbers in places.items() if len(numbers) > 1}
    if not shared:
        return
    every = [number for numbers in shared.values() for number in numbers]
    amounts = [tables.sources[numbers[0]].amount for numbers in shared.values()]
    m.add_constraints(
        _grouped(m, tables, every, [tables.sources[n].key for n in every], "offer").sel(
            offer=list(shared)
        )
        <= _array(amounts, offer=list(shared)),
        name="offer",
    )


def respect_conditions(m: Model, tables: Tables) -> None:
    """What waits for American support, or for a European force, comes only where these come."""
    _, _, periods = _axes(tables)
    for condition, backers in backing(tables).items():
        waiting = _where(tables.sources, lambda s, c=condition: c in s.conditions)  # type: ignore[misc]
        if not waiting:
            continue
        backed = m.add_variables(
            coords={"period": periods}, name=f"backed-{condition}", binary=True
        )
        if not backers:
            m.add_constraints(backed <= 0, name=f"condition-{condition}")
        else:
            m.add_constraints(
                backed - _chosen(m, tables, backers).sum("source") <= 0,
                name=f"condition-{condition}",
            )
        sources, _, _ = _axes(tables)
        most = _array(most_present(tables), source=sources, period=periods)
        names = [_name(tables, number) for number in waiting]
        m.add_constraints(
            _chosen(m, tables, waiting) - backed * most.sel(source=names) <= 0,
            name=f"waits-{condition}",
        )


def bring_what_units_need(m: Model, tables: Tables) -> None:
    """Units that work come with the enablers they need, or with spare units that stand in.

    A need for which the option has no line in a period does not limit.
    """
    enablers = sorted({needed for _, needed in tables.per_unit})
    if not enablers:
        return
    short: list[tuple[str, str, float]] = []
    spare: list[tuple[str, str, float]] = []
    for enabler in enablers:
        for line in tables.lines:
            wants = tables.per_unit.get((line.capability, enabler), 0.0)
            # what works on a line is what it asks, less what is unfilled
            works = wants - (1.0 if line.capability == enabler else 0.0)
            if works:
                short.append((enabler, line.id, -works))
            if (part := spare_counts(tables, line, enabler)) > 0:
                spare.append((enabler, line.id, -part))
    balance = _by_enabler(m["unfilled"], short)
    if spare:
        balance = balance + _by_enabler(m["spare"], spare)
    asked = {line.id: row for line, row in zip(tables.lines, asked_by_period(tables), strict=True)}
    most = np.zeros((len(enablers), len(tables.periods)))
    for enabler, name, weight in short:
        most[enablers.index(enabler)] += weight * asked[name]
    stands = [
        [
            any(tables.active(ln, p) for ln in tables.lines if ln.capability == enabler)
            for p in range(len(tables.periods))
        ]
        for enabler in enablers
    ]
    _, _, periods = _axes(tables)
    m.add_constraints(
        balance.sel(enabler=enablers) <= _array(most, enabler=enablers, period=periods),
        name="need",
        mask=_array(stands, enabler=enablers, period=periods),
    )


def send_no_idle_units(m: Model, tables: Tables) -> None:
    """A line has spare units only when it lacks nothing."""
    if "full" not in m.variables:
        return
    _, lines, periods = _axes(tables)
    asked = _array(asked_by_period(tables), line=lines, period=periods)
    most = _array(most_on_lines(tables), line=lines, period=periods)
    full = m["full"]
    names = list(full.coords["line"].values)
    m.add_constraints(
        m["spare"].sel(line=names) - full * most.sel(line=names) <= 0, name="spare-when-full"
    )
    m.add_constraints(
        m["unfilled"].sel(line=names) + full * asked.sel(line=names) <= asked.sel(line=names),
        name="full-when-filled",
    )


def keep_what_has_come(m: Model, tables: Tables) -> None:
    """What has come stays until its own end or its line's; what is given is never taken back."""
    staying = [
        (number, period)
        for number in range(len(tables.sources))
        for period in stays_after(tables, number)
    ]
    for period in range(len(tables.periods) - 1):
        numbers = [number for number, before in staying if before == period]
        if numbers:
            chosen = _chosen(m, tables, numbers)
            m.add_constraints(
                chosen.sel(period=period, drop=True) - chosen.sel(period=period + 1, drop=True)
                <= 0,
                name=f"stay-after-{period}",
            )


def stays_after(tables: Tables, number: int) -> list[int]:
    """Return the periods after which a source has to be there in the next one, too."""
    source = tables.sources[number]
    return [
        period
        for period in range(len(tables.periods) - 1)
        if tables.there(source, period) and tables.there(source, period + 1)
    ]


def measure_unfairness(
    m: Model,
    tables: Tables,
    fair: Mapping[str, float],
    people: Mapping[Counted, NDArray[np.float64]],
) -> None:
    """How far what each nation carries lies from its part of what all of them carry.

    fair: the part of each nation, summing to one; people: of one unit of each source, by the way
    in which they are counted.
    """
    nations = list(fair)
    deviation = m.add_variables(
        lower=0,
        coords={"counted": [str(counted) for counted in people], "nation": nations},
        name="deviation",
    )
    sources, _, periods = _axes(tables)
    months = np.array([tables.months(p) for p in range(len(tables.periods))]) / tables.horizon
    parts = _array(list(fair.values()), nation=nations)
    for counted, row in people.items():
        weight = _array(np.outer(row, months), source=sources, period=periods)
        held = _where(tables.sources, lambda s: s.provider in fair)
        names = [_name(tables, number) for number in held]
        key = _array([tables.sources[n].provider for n in held], source=names).rename("nation")
        each = (_chosen(m, tables, held) * weight.sel(source=names)).sum("period")
        carried = each.groupby(key).sum()
        here = list(dict.fromkeys(str(name) for name in key.values))
        whole_part = each.sum("source") * parts
        apart = deviation.sel(counted=str(counted), drop=True)
        away = [name for name in fair if name not in here]
        over = carried.sel(nation=here) - whole_part.sel(nation=here)
        m.add_constraints(apart.sel(nation=here) - over >= 0, name=f"more-{counted}")
        m.add_constraints(apart.sel(nation=here) + over >= 0, name=f"less-{counted}")
        if away:
            short = apart.sel(nation=away) - whole_part.sel(nation=away)
            m.add_constraints(short >= 0, name=f"none-{counted}")


def asked_by_period(tables: Tables) -> NDArray[np.float64]:
    """Return what each line asks in each period: (lines, periods)."""
    return np.array(
        [
            [line.asked if tables.active(line, p) else 0.0 for p in range(len(tables.periods))]
            for line in tables.lines
        ]
    ).reshape(len(tables.lines), len(tables.periods))


def most_present(tables: Tables) -> NDArray[np.float64]:
    """Return the whole units of each source that could be there in each period."""
    free = {(room.provider, room.kind): room for room in tables.pools}
    found = np.zeros((len(tables.sources), len(tables.periods)))
    for number, source in enumerate(tables.sources):
        room = free.get(tables.pool_of(source)) if source.draws else None
        most = source.amount
        if room is not None:
            each = 1.0 if source.given else room.slots
            most = min(most, whole(max(room.free, 0.0) / each))
        for period in range(len(tables.periods)):
            if tables.there(source, period):
                found[number, period] = most
    return found


def most_on_lines(tables: Tables) -> NDArray[np.float64]:
    """Return the most units that could stand on each line in each period."""
    found = np.zeros((len(tables.lines), len(tables.periods)))
    for number, most in enumerate(most_present(tables)):
        found[tables.sources[number].line] += most
    return found


def backing(tables: Tables) -> dict[str, list[int]]:
    """Return the sources that meet each linked condition by being there."""
    europe = european(tables.case)
    deploys = ContributionKind.DEPLOY
    return {
        Condition.AMERICAN_SUPPORT.value: _where(tables.sources, american),
        Condition.EUROPEAN_FORCE.value: _where(
            tables.sources,
            lambda s: (
                s.provider in europe and (s.contribution is None or s.contribution.kind is deploys)
            ),
        ),
    }


def european(case: Case) -> frozenset[str]:
    """Return the nations that any definition of Europe holds, the host left out."""
    members = {
        nation
        for name, group in case.groups.items()
        if group.europe
        for nation in case.members(name)
    }
    return frozenset(members - {case.about.host})


def spare_counts(tables: Tables, line: Line, enabler: str) -> float:
    """Return what one spare unit of a line does of an enabler's work."""
    if line.capability == enabler:
        return 1.0
    return tables.factor.get((enabler, line.capability), 0.0)


def _watched(tables: Tables, line: Line) -> bool:
    needing = {kind for kind, _ in tables.per_unit}
    needed = {kind for _, kind in tables.per_unit}
    standing = {by for kind, by in tables.factor if kind in needed}
    return line.capability in needing | standing


def _axes(tables: Tables) -> tuple[list[str], list[str], list[int]]:
    return (
        [_name(tables, n) for n in range(len(tables.sources))],
        [line.id for line in tables.lines],
        list(range(len(tables.periods))),
    )


def _array(values: object, **axes: list[Any]) -> xr.DataArray:
    """Return an array with its axes named, outermost first."""
    return xr.DataArray(values, coords=axes, dims=list(axes))


def _name(tables: Tables, number: int) -> str:
    source = tables.sources[number]
    return f"{source.key}@{tables.lines[source.line].id}"


def _where(sources: Iterable[Source], holds: Callable[[Source], bool]) -> list[int]:
    return [number for number, source in enumerate(sources) if holds(source)]


def _chosen(m: Model, tables: Tables, numbers: list[int]) -> Variable:
    names = [_name(tables, number) for number in numbers]
    chosen: Variable = m["present"].sel(source=names)
    return chosen


def _grouped(
    m: Model,
    tables: Tables,
    numbers: Iterable[int],
    groups: list[str],
    dimension: str,
    weights: list[float] | None = None,
) -> LinearExpression:
    """Return the weighed sum of what is present, by group and period."""
    chosen = list(numbers)
    names = [_name(tables, number) for number in chosen]
    each = _array(weights or [1.0] * len(chosen), source=names)
    key = _array(groups, source=names).rename(dimension)
    return (_chosen(m, tables, chosen) * each).groupby(key).sum()


def _by_enabler(variable: Variable, parts: list[tuple[str, str, float]]) -> LinearExpression:
    """Return the weighed sum of a variable of lines by enabler; parts: enabler, line, weight."""
    number = list(range(len(parts)))
    lines = _array([line for _, line, _ in parts], part=number)
    chosen = (1 * variable).sel(line=lines).drop_vars("line")
    weights = _array([weight for _, _, weight in parts], part=number)
    enabler = _array([each for each, _, _ in parts], part=number).rename("enabler")
    found: LinearExpression = (chosen * weights).groupby(enabler).sum()
    return found
