"""Political will: the score of each decision, with a part that all nations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.simulate.draws import normal, share

if TYPE_CHECKING:
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Numbers


class Will:
    """The decisions of one block of futures; a high share is a willing one.

    in_common and of_nation are the parts of a decision's variance that all nations share, and that
    one nation's decisions share.
    """

    def __init__(self, draws: BlockDraws, in_common: Numbers, of_nation: Numbers) -> None:
        self._draws = draws
        self._common = np.sqrt(in_common) * normal(draws.uniform("will"))
        self._of_nation = np.sqrt(of_nation)
        self._own = np.sqrt(np.maximum(0.0, 1.0 - in_common - of_nation))

    def share(self, nation: str, decision: str) -> Numbers:
        """Return how willing a decision is: its place among all, uniform in (0, 1)."""
        nations = self._of_nation * normal(self._draws.uniform(f"will/{nation}"))
        own = self._own * normal(self._draws.uniform(f"will/{nation}/{decision}"))
        return share(self._common + nations + own)

    def endurance(self, nation: str, decision: str) -> Numbers:
        """Return what must add up before a nation gives in: exponential, longer for the willing."""
        found: Numbers = -np.log1p(-self.share(nation, decision))
        return found
