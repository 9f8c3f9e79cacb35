"""Political will: the score of each decision, with a part that all nations share."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.simulate.draws import normal, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Numbers


class Will:
    """The decisions of one block of futures; a high share is a willing one.

    in_common and of_nation are the parts of a decision's variance that all nations share, and that
    one nation's decisions share. Decisions are asked for together, which is faster.
    """

    def __init__(self, draws: BlockDraws, in_common: Numbers, of_nation: Numbers) -> None:
        self._draws = draws
        self._common = np.sqrt(in_common) * draws.score("will")
        self._of_nation = np.sqrt(of_nation)
        self._own = np.sqrt(np.maximum(0.0, 1.0 - in_common - of_nation))

    def shares(self, nations: Sequence[str], decisions: Sequence[str]) -> Numbers:
        """Return how willing the decision of each nation is: its place among all, in (0, 1).

        The decisions are those of the nations in their places; [decisions, F].
        """
        if not nations:
            return np.empty((0, self._own.shape[0]))
        score = np.array([self._draws.score(f"will/{nation}") for nation in nations])
        score *= self._of_nation
        score += self._common
        own = self._draws.uniforms(
            f"will/{nation}/{decision}" for nation, decision in zip(nations, decisions, strict=True)
        )
        score += self._own * normal(own)
        return share(score)

    def endurance(self, nations: Sequence[str], decision: str) -> Numbers:
        """Return what must add up before each nation gives in: exponential, longer for the willing.

        [nations, F]
        """
        willing = self.shares(nations, [decision] * len(nations))
        found: Numbers = -np.log1p(-willing)
        return found
