"""What a study keeps of each block, named: measures by future, means by block, sums and counts.

Names, dimensions, units and meanings stand here once, for the files of blocks and for what is
exported. Lines belong to an option, so that what is counted by line is a variable for each option.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS, Measure
from guarantor.simulate.consequences import MONTHS_IN_A_YEAR, capabilities, payers, prices
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.netcdf import FLOAT, WHOLE, Variable
from guarantor.simulate.setup import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from guarantor.simulate.block import Block
    from guarantor.simulate.consequences import Consequences
    from guarantor.simulate.run import Job
    from guarantor.simulate.setup import Numbers
    from guarantor.simulate.tables import Table

    Arrays: TypeAlias = dict[str, np.ndarray[Any, Any]]
    Results: TypeAlias = Sequence[tuple[Block, Consequences]]

SINGLE = "f4"
"""Numbers by future: seven digits are far finer than what futures can say, at half the room."""

FUTURE, BY_BLOCK = "future", "block"
MEANS = "block_mean."


class Meaning(NamedTuple):
    """The unit of a number and what it says."""

    unit: str
    words: str


MEASURES = {
    Measure.MONTHS_MET: Meaning("months", "months in which every active line with a number is met"),
    Measure.MONTHS_ASKED: Meaning("months", "months in which a line with a number is active"),
    Measure.FIRST_MET: Meaning(
        "month", "first month in which every active line is met; the number of months when none"
    ),
    Measure.FIRST_BREAK: Meaning(
        "month", "first month in which a line that was met is not; the number of months when none"
    ),
    Measure.FIRST_BREAK_LINE: Meaning(
        "place of a line", "the first such line, as a place in the list of lines; -1 when none"
    ),
    Measure.MEAN_FILL: Meaning("part of 1", "fill, mean over months and active lines"),
    Measure.PRESENT_MEAN: Meaning("people", "people present, mean over the months"),
    Measure.PRESENT_PEAK: Meaning("people", "people present, most in a month"),
    Measure.USABLE_MEAN: Meaning("people", "usable people, mean over the months"),
    Measure.USABLE_END: Meaning("people", "usable people in the last month"),
    Measure.HOST_SOIL_MEAN: Meaning("people", "people present on the host's soil, mean"),
    Measure.FAILED_MONTH: Meaning(
        "month", "month in which the ceasefire fails; the number of months when it does not"
    ),
    Measure.LEFT_END: Meaning("nations", "nations that have left by the end"),
    Measure.COMMAND_MONTHS: Meaning("months", "months in which command changes hands"),
}
"""What the measures are, for a reader who has only the file."""

WHOLE_MEASURES = frozenset(
    {
        Measure.MONTHS_MET,
        Measure.MONTHS_ASKED,
        Measure.FIRST_MET,
        Measure.FIRST_BREAK,
        Measure.FIRST_BREAK_LINE,
        Measure.FAILED_MONTH,
        Measure.LEFT_END,
        Measure.COMMAND_MONTHS,
    }
)

AFTER = {
    "person_months": Meaning("person-months", "people present who count, times months"),
    "person_tours": Meaning("person-tours", "tours served, where the length of a tour is known"),
}
"""What follows from units present, one number by future."""

MONEY = Meaning("money as in price", "cost of what is provided; no number where none is known")

ADDED = {
    "failed": (("month",), WHOLE, "futures", "futures in which the ceasefire has failed"),
    "present": (("month", "people_bin"), WHOLE, "futures", "futures by people present"),
    "usable": (("month", "people_bin"), WHOLE, "futures", "futures by usable people"),
    "left": (("month", "nation"), FLOAT, "futures", "futures in which a nation has left"),
    "person_months_by_nation": (("nation",), FLOAT, "person-months", "sum over futures"),
    "units": (("capability",), FLOAT, "units", "units placed, mean of months, sum over futures"),
    "provided": (("price", "nation"), FLOAT, "money as in price", "by provider, sum over futures"),
    "paid": (("price", "payer"), FLOAT, "money as in price", "by payer, sum over futures"),
    "money_by_year": (("price", "year"), FLOAT, "money as in price", "sum over futures"),
}
"""Sums and counts over futures for each option under each deal: dimensions, type, unit, words."""

SUMS = ("offered", "filled", *(f"lost: {r.name.lower().replace('_', ' ')}" for r in Reason))
"""What is summed by month and line; what was not needed stands among the losses and is none."""

FILL_LABELS = ("nothing", *(f"from {i / 20:.2f}" for i in range(FILL_BINS - 2)), "met")
"""The bins of fill, as parts of the need: those between nothing and met by their lower end."""

PEOPLE_LABELS = ("nobody", *(f"from {i} widths" for i in range(PEOPLE_BINS - 1)))
"""The bins of people by their lower end, in widths of `people_bin_width`; the last is open."""


class Layout:
    """The variables of a study of options × deals, and where the results of a block go.

    jobs stand option by option, the deals of each in one order.
    """

    def __init__(self, jobs: Sequence[Job], options: Sequence[str], deals: Sequence[str]) -> None:
        tables = [job.table for job in jobs]
        months = tables[0].structure.months
        self.options, self.deals = tuple(options), tuple(deals)
        self.tables = {
            (option, deal): table
            for (option, deal), table in zip(_pairs(options, deals), tables, strict=True)
        }
        self.labels: dict[str, tuple[str, ...]] = {
            "option": self.options,
            "deal": self.deals,
            "nation": _union(table.nations for table in tables),
            "payer": _union(payers(table) for table in tables),
            "price": _union(map(_prices, tables)),
            "capability": _union(capabilities(table) for table in tables),
            "fill_bin": FILL_LABELS,
            "people_bin": PEOPLE_LABELS,
            "sum": SUMS,
        }
        for option in options:
            lines = self.tables[option, deals[0]].lines
            self.labels[f"line.{option}"] = tuple(need.line.id for need in lines)
            known = (_prices(self.tables[option, deal]) for deal in deals)
            self.labels[f"price.{option}"] = _union(known)
        self.dims = {name: len(labels) for name, labels in self.labels.items()} | {
            "month": months,
            "year": -(-months // MONTHS_IN_A_YEAR),
        }
        self.people_bins = np.array(
            [
                [self.tables[option, deal].structure.people_bin for deal in self.deals]
                for option in self.options
            ]
        )
        # a dimension without members, such as the payers of an option that costs nothing
        empty = {name for name, length in self.dims.items() if length == 0}
        declared = [each for each in self._declared(months) if not empty & {*each.dims}]
        self.variables = {each.name: each for each in declared}

    def of(self, last: str) -> list[Variable]:
        """Return the variables whose last dimension is the future, or the block."""
        return [each for each in self.variables.values() if each.dims[-1] == last]

    def lengths(self, blocks: int) -> dict[str, int]:
        """Return the length of every dimension over so many blocks."""
        return {**self.dims, FUTURE: blocks * BLOCK, BY_BLOCK: blocks}

    def empty(self, blocks: int) -> Arrays:
        """Return arrays for so many blocks, in which nothing has been kept yet."""
        lengths = self.lengths(blocks)
        return {
            each.name: np.full(
                [lengths[dim] for dim in each.dims],
                np.nan if each.type in (FLOAT, SINGLE) else 0,
                each.type,
            )
            for each in self.variables.values()
        }

    def keep(self, kept: Arrays, place: int, results: Results) -> None:
        """Put what a block gives for each job at its place among the blocks of the arrays."""
        here = slice(place * BLOCK, (place + 1) * BLOCK)
        for ((option, deal), table), (block, after) in zip(
            self.tables.items(), results, strict=True
        ):
            pair = (self.options.index(option), self.deals.index(deal))
            for name, key, values in self._by_future(table, block, after):
                kept[name][(*key, here)] = values
                if MEANS + name in kept:
                    kept[MEANS + name][(*key, place)] = values.mean(axis=-1)
            for name, key, values in self._added(table, block, after):
                add(kept[name][pair], values, key)
            if f"fill.{option}" in kept:
                fill = np.where(block.line_fill < 0, np.nan, block.line_fill)
                kept[f"line_fill.{option}"][pair[1], :, here] = fill
                add(kept[f"fill.{option}"][pair[1]], block.fill)
                add(kept[f"sums.{option}"][pair[1]], block.sums)

    def _declared(self, months: int) -> Iterator[Variable]:
        pair = ("option", "deal")
        whole = "i2" if months < 2**15 else WHOLE
        for measure, meaning in MEASURES.items():
            kind = whole if measure in WHOLE_MEASURES else SINGLE
            name = measure.name.lower()
            yield _variable(name, (*pair, FUTURE), kind, *meaning)
            if measure is not Measure.FIRST_BREAK_LINE:  # the mean of places says nothing
                yield _mean(name, (*pair, BY_BLOCK), meaning)
        for name, meaning in AFTER.items():
            yield _variable(name, (*pair, FUTURE), SINGLE, *meaning)
            yield _mean(name, (*pair, BY_BLOCK), meaning)
        for name, (dims, kind, unit, words) in ADDED.items():
            yield _variable(name, (*pair, *dims), kind, unit, words)
        for option in self.options:
            priced = ("deal", f"price.{option}")
            yield _variable(f"money.{option}", (*priced, FUTURE), SINGLE, *MONEY)
            yield _mean(f"money.{option}", (*priced, BY_BLOCK), MONEY)
            line = f"line.{option}"
            words = f"fill of a line of {option}, mean over its active months"
            yield _variable(
                f"line_fill.{option}", ("deal", line, FUTURE), SINGLE, "part of 1", words
            )
            words = f"futures by fill of an active line of {option}"
            by_line = ("deal", "month", line)
            yield _variable(f"fill.{option}", (*by_line, "fill_bin"), WHOLE, "futures", words)
            words = f"units on a line of {option}, sum over futures"
            yield _variable(f"sums.{option}", (*by_line, "sum"), FLOAT, "units", words)

    def _by_future(
        self, table: Table, block: Block, after: Consequences
    ) -> Iterator[tuple[str, tuple[Any, ...], Numbers]]:
        pair = (self.options.index(table.option), self.deals.index(table.deal.id))
        for measure in MEASURES:
            yield measure.name.lower(), pair, block.measures[measure]
        yield "person_months", pair, after.person_months.sum(axis=0)
        yield "person_tours", pair, after.person_tours
        known = self._places(f"price.{table.option}", _prices(table))
        for place, cost in zip(known, after.yearly, strict=True):
            yield f"money.{table.option}", (pair[1], place), cost.sum(axis=0)

    def _added(
        self, table: Table, block: Block, after: Consequences
    ) -> Iterator[tuple[str, tuple[Any, ...], np.ndarray[Any, Any]]]:
        nation = self._places("nation", table.nations)
        price = self._places("price", _prices(table))
        payer = self._places("payer", payers(table))
        every = slice(None)
        yield "failed", (), block.failed
        yield "present", (), block.present
        yield "usable", (), block.usable
        if nation:
            yield "left", (every, nation), block.left
            yield "person_months_by_nation", (nation,), after.person_months.sum(axis=-1)
        if kinds := capabilities(table):
            yield "units", (self._places("capability", kinds),), after.units.sum(axis=-1)
        if price:
            yield "provided", np.ix_(price, nation), after.provided.sum(axis=-1)
            yield "paid", np.ix_(price, payer), after.paid.sum(axis=-1)
            yield "money_by_year", (price,), after.yearly.sum(axis=-1)

    def _places(self, dim: str, names: Iterable[str]) -> list[int]:
        return [self.labels[dim].index(name) for name in names]


def add(
    total: np.ndarray[Any, Any], values: np.ndarray[Any, Any], key: tuple[Any, ...] = ()
) -> None:
    """Add values at some places of a total; where there was no number, they are the first."""
    now = total[key]
    total[key] = np.where(np.isnan(now), values, np.where(np.isnan(values), now, now + values))


def meanings(layout: Layout) -> list[Mapping[str, str | int | float]]:
    """Return name, unit and meaning of every number that is kept by future."""
    return [{"name": each.name, **each.attributes} for each in layout.of(FUTURE)]


def _variable(name: str, dims: tuple[str, ...], kind: str, unit: str, words: str) -> Variable:
    return Variable(name, dims, kind, {"units": unit, "long_name": words})


def _mean(name: str, dims: tuple[str, ...], meaning: Meaning) -> Variable:
    words = f"mean over the futures of a block: {meaning.words}"
    return _variable(MEANS + name, dims, FLOAT, meaning.unit, words)


def _prices(table: Table) -> tuple[str, ...]:
    return tuple(price.text() for price in prices(table))


def _union(listed: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in listed for name in names))


def _pairs(options: Sequence[str], deals: Sequence[str]) -> list[tuple[str, str]]:
    return [(option, deal) for option in options for deal in deals]
