"""Sustaining over time: person-tours, pools that run dry, and what a surge does to rotation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import text
from guarantor.models.presence import units_kept_out, units_resting
from guarantor.questions.assumed_numbers import AssumedNumbers, middle
from guarantor.questions.balances import need_trace
from guarantor.questions.bringing import Records
from guarantor.questions.line_years import matters, mean_cell
from guarantor.questions.over_time import runs, sheet, terms_told, year_heads, years_of
from guarantor.questions.tracing import cited
from guarantor.simulate.block import Measure
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Cited
    from guarantor.questions.futures import Shown
    from guarantor.questions.question import Asked
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

SURGE_MONTHS = (1, 6, 12, 24, 48)
"""Months after which it is shown what a pool that sends all it can still has out."""


def sections(asked: Asked, names: Sequence[str]) -> Iterator[Section]:
    """Yield the people over the run, the pools that run dry, and what a surge does."""
    listed = list(runs(asked, names))
    if not listed:
        return
    yield _people(asked, listed)
    for name, found, shown in listed:
        dry = _dry(name, found, shown)
        if dry is not None:
            yield dry
    kinds = dict.fromkeys(
        kind
        for _, found, _ in listed
        for (_, kind), turns in zip(found.table.pools, found.table.structure.rotates, strict=True)
        if turns
    )
    if kinds:
        yield _surge(asked, listed[0][1], tuple(kinds))


def _people(asked: Asked, listed: list[tuple[str, Outcome, Shown]]) -> Section:
    rows = []
    for name, found, shown in listed:
        cells = [text("{option}", option=asked.book.option_title(name))]
        for label, values, unit in (
            ("people present, mean over the months", Measure.PRESENT_MEAN, "people deployed"),
            ("people present, most in a month", Measure.PRESENT_PEAK, "people deployed"),
            ("usable people in the last month", Measure.USABLE_END, "people deployed"),
        ):
            figure = shown.middle(f"{name}: {label}", found.measure(values), unit)
            cells.append(text("{n}", n=figure))
        tours = shown.middle(f"{name}: person-tours", found.person_tours, "person-tours")
        rows.append((name, [*cells, text("{n}", n=tours)]))
    return sheet(
        "people-over-time",
        text("People and tours over the months that were run"),
        [terms_told(asked, name, shown) for name, _, shown in listed],
        (
            ("option", "Option", False),
            ("mean", "Present, mean", True),
            ("peak", "Present, most", True),
            ("end", "Usable at the end", True),
            ("tours", "Person-tours", True),
        ),
        rows,
    )


def _dry(name: str, found: Outcome, shown: Shown) -> Section | None:
    """Return what lines lose by year because a pool is empty; None where none does."""
    spans = years_of(found.table.structure.months)
    rows = []
    for place, need in enumerate(found.table.lines):
        by_month = found.lost(place, Reason.POOL_EMPTY)
        if not matters(shown, place, by_month):
            continue
        kind = shown.book.case.capabilities[need.line.capability]
        line = cited(f"{kind.title} ({need.line.id})", need_trace(shown.book, need))
        cells = [
            mean_cell(shown, place, year, "lost to an empty pool", by_month[months])
            for year, months in enumerate(spans, 1)
        ]
        rows.append((need.line.id, [text("{line}", line=line), text(kind.unit), *cells]))
    if not rows:
        return None
    return sheet(
        f"dry-{name}",
        text("Pools that run dry, by year: {option}", option=shown.book.option_title(name)),
        (
            text(
                "Offered, willing and in time, but not there: nobody is left who is not resting, "
                "committed elsewhere or out already. Mean of a month over the futures; lines that "
                "never lose a hundredth of what is offered are left out."
            ),
        ),
        (("line", "Line", False), ("unit", "Unit", False), *year_heads(shown, len(spans))),
        rows,
    )


def _surge(asked: Asked, found: Outcome, kinds: tuple[str, ...]) -> Section:
    """Return what a pool has out when it sends all it can from the first month on."""
    book = asked.book
    # the first block is enough: tours, rests and overlaps are few numbers without tails
    numbers = AssumedNumbers(book, found.seed, 1)
    records = Records(asked)
    overlap, overlap_trace = numbers.assumption("overlap-months"), numbers.trace("overlap-months")
    rows = []
    for kind in kinds:
        record = asked.case.capabilities[kind]
        if record.tour is None or record.slots is None:
            raise TypeError(kind)
        tour = numbers.value(f"capabilities/{kind}/tour", record.tour.quantity.shape)
        slots = numbers.value(f"capabilities/{kind}/slots", record.slots.quantity.shape)
        out = all_out(tour, slots, overlap, max(SURGE_MONTHS))
        traces = (
            *records.parameter(kind, "tour"),
            *records.parameter(kind, "slots"),
            overlap_trace,
        )
        cells = [
            middle(
                book,
                f"{kind}: part of the pool out in month {month} of a surge",
                100 * out[month - 1],
                "per cent",
                traces,
                "all that does not rest goes each month",
                model="units_kept_out",
            )
            for month in SURGE_MONTHS
        ]
        rows.append((kind, [text(record.title), *(text("{n}", n=each) for each in cells)]))
    return sheet(
        "surge",
        text("What a surge does to rotation afterwards"),
        (
            text(
                "A pool that sends everything it can has so much of itself out, per cent of what "
                "is usable. The first tours look full; those who come home then rest, and what is "
                "left is what can be kept up."
            ),
        ),
        (
            ("kind", "Kind of unit", False),
            *((f"m{month}", text("{m}", m=_month(asked, month)), True) for month in SURGE_MONTHS),
        ),
        rows,
    )


def _month(asked: Asked, month: int) -> Cited:
    trace = asked.book.asked("months after the start", f"month {month}", by_reader=False)
    return cited(f"month {month}", trace)


def all_out(tour: Numbers, slots: Numbers, overlap: Numbers, months: int) -> list[Numbers]:
    """Return the part of a usable pool that is out in each month when all that can go does.

    tour and overlap: months; slots: units held for one deployed. The equations are those of the
    simulated month, run on a pool of one that nothing else draws on.
    """
    keep = np.frompyfunc(units_kept_out, 4, 1)
    rest_on = np.frompyfunc(units_resting, 4, 1)
    rest = np.maximum(1.0, (slots - 1.0) * tour)
    resting = np.zeros_like(tour)
    found = []
    for _ in range(months):
        out = np.asarray(keep(1.0, resting, tour, overlap), dtype=np.float64)
        found.append(out)
        resting = np.asarray(rest_on(resting, out, tour, rest), dtype=np.float64)
    return found
