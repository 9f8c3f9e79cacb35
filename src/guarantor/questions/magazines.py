"""Missiles for air-defence batteries when fighting resumes, future by future.

Two layers: batteries against ballistic missiles, and those against cruise missiles and drones. No
chance of a hit is used anywhere: what is engaged need not be stopped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from guarantor.questions.assumed_numbers import through

if TYPE_CHECKING:
    from guarantor.questions.assumed_numbers import AssumedNumbers
    from guarantor.simulate.setup import Numbers

MONTHS_IN_A_YEAR = 12
_PART = 1e-6
"""What rounding leaves of a battery."""

OF_A_LAYER = ("interceptors", "output", "competing", "arrivals", "shots")
"""The assumptions that each layer has: `interceptors-long`."""

SERVED = "share_served"
"""The model of the part of the arrivals that a stock can engage."""


class Layer(NamedTuple):
    """One layer of air defence in words."""

    reach: str
    """The end of the names of its capability and its assumptions."""
    title: str
    targets: str

    @property
    def capability(self) -> str:
        """Return the capability of its batteries."""
        return f"air-defence-{self.reach}"


LAYERS = (
    Layer("long", "Long-range", "ballistic missiles"),
    Layer("medium", "Medium-range", "cruise missiles and drones"),
)


class Magazine(NamedTuple):
    """Missiles of one layer in one option when fighting resumes, [N] each."""

    batteries: Numbers
    """Whole batteries in place; a part of one guards nothing."""
    stock: Numbers
    """Missiles that came with them."""
    inflow: Numbers
    """Missiles a month that are built and do not go to others; 0 where no battery is."""
    arrivals: Numbers
    """Targets of the layer in a month of fighting."""
    shots: Numbers
    """Missiles fired at one of them."""

    @property
    def there(self) -> Numbers:
        """Return 1 where a battery is in place, [N]."""
        return (self.batteries >= 1).astype(np.float64)

    def empty_after(self) -> Numbers:
        """Return the months of fighting after which the magazine is empty.

        Infinite where new missiles keep up with the arrivals, 0 where no battery is in place.
        """
        spent = self.arrivals * self.shots - self.inflow
        with np.errstate(divide="ignore", invalid="ignore"):
            lasts = np.where(spent > 0, self.stock / spent, np.inf)
        return np.where(self.batteries >= 1, lasts, 0.0)

    def engaged(self, months: int) -> Numbers:
        """Return the part of the arrivals of so many months of fighting that can be engaged.

        Stock and inflow of these months over their arrivals, in whole salvoes.
        """
        found = through(
            SERVED,
            {
                "n": self.arrivals * months,
                "interceptors": self.stock + self.inflow * months,
                "shots_per_target": self.shots,
            },
        )
        return found["share"]


def magazine(numbers: AssumedNumbers, layer: Layer, placed: Numbers) -> Magazine:
    """Return the magazine of a layer with so many batteries placed, [N]."""
    drawn = {name: numbers.assumption(f"{name}-{layer.reach}") for name in OF_A_LAYER}
    batteries = np.floor(placed + _PART)
    left = drawn["output"] * (1.0 - drawn["competing"] / 100.0) / MONTHS_IN_A_YEAR
    return Magazine(
        batteries,
        batteries * drawn["interceptors"],
        np.where(batteries >= 1, left, 0.0),
        drawn["arrivals"],
        drawn["shots"],
    )


def behind(numbers: AssumedNumbers, layer: Layer) -> tuple[str, ...]:
    """Return the records of the assumptions of a layer."""
    return tuple(numbers.trace(f"{name}-{layer.reach}") for name in OF_A_LAYER)
