"""Small programmes without a case behind them, built by hand or drawn by hypothesis."""

from __future__ import annotations

from itertools import pairwise, product
from types import SimpleNamespace

import numpy as np
from hypothesis import strategies as some

from guarantor.case.words import Band, Condition, ContributionKind
from guarantor.optimise.check import broken, unfilled_after
from guarantor.optimise.programme import line_weights
from guarantor.optimise.statements import most_present
from guarantor.optimise.tables import Line, PoolRoom, Reach, Source, Tables
from guarantor.supply.span import Span

SUPPORT = Condition.AMERICAN_SUPPORT.value


def line(name, kind, asked, starts=0, ends=12):
    held = SimpleNamespace(id=name, capability=kind, band=Band.REAR)
    need = SimpleNamespace(option="made-up", number=0, line=held, span=Span.exactly(asked))
    return Line(need, asked, True, starts, ends)


def source(
    key, provider, place, kind, amount, *, arrives=0, ends=12, loss=3, given=False, waits=()
):
    sort = ContributionKind.TRANSFER if given else ContributionKind.DEPLOY
    contribution = SimpleNamespace(id=key, kind=sort)
    return Source(
        key,
        provider,
        place,
        kind,
        contribution,
        float(amount),
        arrives,
        ends,
        loss,
        frozenset(waits),
    )


def pool(provider, kind, free, slots=1.0):
    return PoolRoom(provider, kind, float(free), float(slots), None)


def case(nations=("AAA", "BBB", "CCC", "USA"), europe=("AAA", "BBB", "CCC")):
    kinds = {
        name: SimpleNamespace(unit="units", people=None, support=None, running_cost=None)
        for name in "pqrs"
    }
    group = SimpleNamespace(europe=True)
    return SimpleNamespace(
        capabilities=kinds,
        nations=dict.fromkeys(nations),
        groups={"europe": group},
        members=lambda _: europe,
        about=SimpleNamespace(host="HHH"),
    )


def tables(lines, sources, pools=(), cuts=(0, 12), per_unit=None, factor=None):
    return Tables(
        case(),
        "made-up",
        None,
        Reach.POSSIBLE,
        "best",
        cuts[-1],
        tuple(lines),
        tuple(sources),
        tuple(pools),
        tuple(pairwise(cuts)),
        per_unit or {},
        factor or {},
        (),
        (),
    )


def every_assignment(made):
    """Yield all whole units by source and period that satisfy every statement."""
    most = most_present(made).astype(int)
    ranges = [range(number + 1) for number in most.ravel()]
    for values in product(*ranges):
        present = np.array(values, dtype=float).reshape(most.shape)
        if not broken(made, present):
            yield present


def best_by_trying(made):
    """Return the least unfilled, and the least firmness lost with it, over every assignment."""
    weights = line_weights(made)
    losses = np.array([s.loss for s in made.sources], dtype=float)
    lines = [s.line for s in made.sources]
    found = (np.inf, np.inf)
    for present in every_assignment(made):
        lacking = float((weights * unfilled_after(made, present)).sum())
        lost = float((losses[:, np.newaxis] * weights[lines] * present).sum()) if lines else 0.0
        if lacking < found[0] - 1e-9 or (lacking < found[0] + 1e-9 and lost < found[1]):
            found = (lacking, lost)
    return found


@some.composite
def small_programmes(draw):
    """Return a programme of a few whole units, with pools, needs, stand-ins and conditions."""
    kinds = draw(some.lists(some.sampled_from("pq"), min_size=1, max_size=2))
    lines = [
        line(f"line-{n}", kind, draw(some.sampled_from([0.5, 1.0, 1.4, 2.0])))
        for n, kind in enumerate(kinds)
    ]
    count = draw(some.integers(1, 4))
    nations = ["AAA", "BBB", "USA"]
    sources = []
    for n in range(count):
        place = draw(some.integers(0, len(lines) - 1))
        provider = draw(some.sampled_from(nations))
        waits = (SUPPORT,) if provider != "USA" and draw(some.booleans()) else ()
        sources.append(
            source(
                f"offer-{n}",
                provider,
                place,
                lines[place].capability,
                draw(some.integers(1, 2)),
                arrives=draw(some.sampled_from([0, 6])),
                loss=draw(some.integers(0, 8)),
                given=draw(some.booleans()),
                waits=waits,
            )
        )
    pools = [
        pool(nation, kind, draw(some.sampled_from([0, 1, 2.5, 4])), draw(some.sampled_from([1, 2])))
        for nation in nations
        for kind in sorted(set(kinds))
        if draw(some.booleans())
    ]
    per_unit = {("p", "q"): 0.5} if len(set(kinds)) == 2 and draw(some.booleans()) else {}
    factor = {("q", "p"): 0.3} if per_unit and draw(some.booleans()) else {}
    return tables(lines, sources, pools, (0, 6, 12), per_unit, factor)
