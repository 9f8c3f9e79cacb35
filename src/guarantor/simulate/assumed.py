"""The assumptions of a case in one block of futures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.quantity import Choice
from guarantor.simulate.draws import choices

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.simulate.draws import BlockDraws
    from guarantor.simulate.setup import Counts, Flags, Numbers


class Assumed:
    """Draws of assumptions by name; the case was checked to hold all that futures need."""

    def __init__(self, case: Case, draws: BlockDraws) -> None:
        self._case = case
        self._draws = draws
        self._parts: dict[str, Numbers] = {}
        self._held: dict[tuple[str, str], Flags] = {}

    def number(self, name: str) -> Numbers:
        """Return the draws of a number, in its own unit."""
        quantity = self._case.assumptions[name].quantity
        if isinstance(quantity, Choice):
            raise TypeError(name)
        return self._draws.value(name, quantity.shape)

    def part(self, name: str) -> Numbers:
        """Return the draws of a per cent, as a part of 1."""
        if name not in self._parts:
            self._parts[name] = self.number(name) / 100.0
        return self._parts[name]

    def months(self, name: str) -> Counts:
        """Return the draws of a length of time in whole months, at least 1."""
        return np.maximum(1, np.rint(self.number(name))).astype(np.int64)

    def theory(self, name: str, word: str) -> Flags:
        """Return the futures in which a theory holds."""
        if (name, word) not in self._held:
            choice = self._case.assumptions[name].quantity
            if not isinstance(choice, Choice):
                raise TypeError(name)
            chosen = choices(choice, self._draws.uniform(name))
            held = [place for place, (label, _) in enumerate(choice.weights) if label == word]
            self._held[name, word] = np.isin(chosen, held)
        return self._held[name, word]
