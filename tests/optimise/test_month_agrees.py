"""The month, run on an assignment at best values, fills lines as the programme does."""

from __future__ import annotations

import numpy as np
import pytest

from guarantor.case.overlay import Overlay, apply
from guarantor.case.words import ContributionKind
from guarantor.optimise.gather import tables
from guarantor.optimise.programme import Objective, generate
from guarantor.optimise.tables import Reach
from guarantor.quantity import Duration, parse_amount
from guarantor.simulate.block import Sum
from guarantor.simulate.drawing import futures
from guarantor.simulate.month import run_block
from guarantor.simulate.run import draws_of
from guarantor.simulate.setup import NO_MONTH, WhatIf
from guarantor.simulate.tables import table
from guarantor.supply.shares import Level

MONTHS = 24
NEVER = 1e9


def increments(found):
    """Yield each source with the units that come of it, and the months from and to."""
    made = found.tables
    for number, source in enumerate(made.sources):
        before = 0.0
        there = [p for p in range(len(made.periods)) if made.there(source, p)]
        for period in there:
            more = found.present[number, period] - before
            if more > 0:
                end = made.periods[there[-1]][1]
                yield source, more, made.periods[period][0], end
                before = found.present[number, period]


def with_assignment(case, found):
    """Return the case with the assignment in the place of all contributions."""
    made = found.tables
    like = next(c for c in case.contributions.values() if c.kind is ContributionKind.DEPLOY)
    changes = {("contributions", key): None for key in case.contributions}
    arrivals = {}
    for number, (source, units, begin, end) in enumerate(increments(found)):
        line = made.lines[source.line].need.line
        unit = case.capabilities[source.capability].unit
        key = f"assigned-{number}"
        changes["contributions", key] = like.model_copy(
            update={
                "id": key,
                "provider": source.provider,
                "payer": source.provider,
                "kind": ContributionKind.TRANSFER if source.given else ContributionKind.DEPLOY,
                "capability": source.capability,
                "quantity": parse_amount(f"{units:g} {unit}"),
                "conditions": (),
                "bands": (line.band,),
                "options": (made.option,),
                "starts": Duration.parse(f"P{begin}M"),
                "ends": None if end >= made.horizon else Duration.parse(f"P{end}M"),
            }
        )
        arrivals[key] = begin
    return apply(case, Overlay(case.view, changes)), arrivals


@pytest.mark.parametrize("reach", [Reach.POSSIBLE, Reach.OWNED])
@pytest.mark.parametrize("option", ["reassurance-division", "reassurance-corps", "davos-200000"])
def test_the_month_fills_each_line_in_each_month_as_the_programme_does(lead, option, reach):
    deal = lead.deals["ceasefire-with-consent"]
    made = tables(lead, option, deal, reach, horizon=MONTHS)
    found = generate(made, objectives=(Objective.UNFILLED, Objective.FIRMNESS))
    assigned, arrivals = with_assignment(lead, found)
    numbered = table(assigned, option, deal, Level.POSSIBLE, MONTHS)
    drawn = futures(numbered, draws_of(assigned, 7).block(0))
    size = drawn.overlap.shape[0]

    def same(values):
        return np.repeat(np.asarray(values, dtype=float)[:, np.newaxis], size, axis=1)

    amounts = [c.quantity.shape.best for c in numbered.contributions]
    place = {line.id: number for number, line in enumerate(made.lines)}
    present = np.zeros(len(made.lines))
    for number, source in enumerate(made.sources):
        present[source.line] += found.present[number].max(initial=0.0)
    # a line of enablers that units want more of than it asks is asked for what they want
    asked = [
        max(made.lines[place[n.line.id]].asked, present[place[n.line.id]])
        if n.line.id in place and any(j == n.line.capability for _, j in made.per_unit)
        else made.lines[place[n.line.id]].asked
        if n.line.id in place
        else 0.0
        for n in numbered.lines
    ]
    per_unit = [made.per_unit[link.by, link.of] for link in numbered.needs]
    nations = len(numbered.nations)
    certain = drawn._replace(
        quantity=same(amounts),
        delivered=same(amounts),
        arrives=same([arrivals[c.id] for c in numbered.contributions]).astype(np.int64),
        blocked=np.zeros_like(drawn.blocked),
        usable=np.full_like(drawn.usable, np.inf),
        lift=np.full(size, np.inf),
        need=same(asked),
        per_unit=same(per_unit) if per_unit else drawn.per_unit,
        leave_threshold=np.full_like(drawn.leave_threshold, NEVER),
        lapse_threshold=np.full_like(drawn.lapse_threshold, NEVER),
        fail_rate=np.zeros(size),
        unled=np.ones(size),
    )
    what_if = WhatIf(np.full(nations, NO_MONTH, np.int64), True, NO_MONTH)
    block = run_block(numbered.structure, certain, what_if)
    for number, need in enumerate(numbered.lines):
        if need.line.id not in place:
            continue
        mine = place[need.line.id]
        for period, (begin, end) in enumerate(made.periods):
            simulated = block.sums[begin:end, number, Sum.FILLED] / size
            expected = found.filled[mine, period]
            got = np.minimum(simulated, made.lines[mine].asked)
            assert got == pytest.approx(expected, abs=1e-9 * max(1.0, expected)), need.line.id
