"""What a run of many blocks gives, merged in the order of the blocks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.simulate.block import FILL_BINS, Measure, Sum
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.estimates import error, fill_quantile, people_quantile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.simulate.block import Block
    from guarantor.simulate.consequences import Consequences
    from guarantor.simulate.setup import Counts, Numbers, Reason, WhatIf
    from guarantor.simulate.tables import Table

HISTOGRAMS = ("sums", "fill", "present", "usable", "left", "failed")
BY_FUTURE = ("measures", "line_fill")


@dataclass(frozen=True)
class Outcome:
    """One option under one deal over all futures that were run; N = 1 024 × blocks.

    Arrays by future have the futures last, in the order of the blocks. Sums and histograms are as
    in `Block`, over all futures. asked is the number of blocks asked for; a run that was stopped
    has fewer.
    """

    table: Table
    what_if: WhatIf
    seed: int
    blocks: int
    asked: int
    measures: Numbers
    line_fill: Numbers
    sums: Numbers
    fill: Counts
    present: Counts
    usable: Counts
    left: Counts
    failed: Counts
    person_months: Numbers
    person_tours: Numbers
    provided: Numbers
    paid: Numbers
    yearly: Numbers
    units: Numbers

    @property
    def futures(self) -> int:
        """Return the number of futures."""
        return self.blocks * BLOCK

    def measure(self, measure: Measure) -> Numbers:
        """Return a measure of all futures, [N]."""
        found: Numbers = self.measures[measure]
        return found

    def mean(self, values: Numbers) -> tuple[float, float | None]:
        """Return the mean of one number by future and its Monte Carlo error.

        The error is None for a single block.
        """
        by_block = values.reshape(self.blocks, BLOCK).mean(axis=1)
        return float(by_block.mean()), error(by_block)

    def fill_band(self, line: int, share: float) -> Numbers:
        """Return the fill of a line that a share of futures lies at or below, by month."""
        return fill_quantile(self.fill[:, line], share)

    def people_band(self, share: float, *, usable: bool = False) -> Numbers:
        """Return the people that a share of futures lies at or below, by month."""
        counts = self.usable if usable else self.present
        return people_quantile(counts, share, self.table.structure.people_bin)

    def met(self, line: int) -> Numbers:
        """Return the share of futures in which a line is met, by month.

        Not a number in months in which the line is not active.
        """
        counted = self.fill[:, line].sum(axis=-1)
        with np.errstate(invalid="ignore"):
            found: Numbers = self.fill[:, line, FILL_BINS - 1] / counted
        return found

    def offered(self, line: int) -> Numbers:
        """Return the units offered to a line, mean over futures, by month."""
        found: Numbers = self.sums[:, line, Sum.OFFERED] / self.futures
        return found

    def filled(self, line: int) -> Numbers:
        """Return the units that work on a line, mean over futures, by month."""
        found: Numbers = self.sums[:, line, Sum.FILLED] / self.futures
        return found

    def lost(self, line: int, reason: Reason) -> Numbers:
        """Return the units that a line loses for a reason, mean over futures, by month."""
        found: Numbers = self.sums[:, line, Sum.FIRST_REASON + reason] / self.futures
        return found


def merged(
    table: Table,
    what_if: WhatIf,
    seed: int,
    asked: int,
    found: Sequence[tuple[Block, Consequences]],
) -> Outcome:
    """Return the outcome of blocks in their order; raises ValueError without a block."""
    blocks = [block for block, _ in found]
    after = [consequences for _, consequences in found]
    added = {name: sum(getattr(block, name) for block in blocks) for name in HISTOGRAMS}
    joined = {
        name: np.concatenate([getattr(part, name) for part in parts], axis=-1)
        for parts, names in ((blocks, BY_FUTURE), (after, after[0]._fields))
        for name in names
    }
    return Outcome(
        table=table, what_if=what_if, seed=seed, blocks=len(found), asked=asked, **added, **joined
    )
