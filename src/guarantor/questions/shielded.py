"""Launchers and magazines of options over the same futures, and the figures of them."""

from __future__ import annotations

from math import floor
from typing import TYPE_CHECKING

import numpy as np

from guarantor.questions.assumed_numbers import AssumedNumbers, middle
from guarantor.questions.futures import Shown
from guarantor.questions.magazines import (
    LAYERS,
    MONTHS_IN_A_YEAR,
    SERVED,
    Layer,
    Magazine,
    behind,
    magazine,
)
from guarantor.questions.reach import Map, radii
from guarantor.questions.tracing import cited
from guarantor.simulate.estimates import of_twenty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from guarantor.answer.text import Cited, Figure
    from guarantor.questions.in_a_month import InAMonth
    from guarantor.questions.question import Asked
    from guarantor.simulate.setup import Numbers

USUAL_FIGHTING = 3
"""Months: long enough to empty what came with the batteries."""

HALF = 0.5

COVER = "mclp"
"""The model of the most people within a radius of a number of sites."""


def parts_of_twenty(shares: Sequence[float], total: int) -> list[int]:
    """Return shares of futures as whole parts of twenty that add up to a total.

    Rounded by the largest remainder. total: `of_twenty` of the sum of the shares.
    """
    parts = [floor(20 * share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda n: (parts[n] - 20 * shares[n], n))
    for place in by_remainder[: total - sum(parts)]:
        parts[place] += 1
    return parts


class Shield:
    """Air defence of each option in the month in which fighting begins."""

    def __init__(self, asked: Asked, there: Mapping[str, InAMonth]) -> None:
        self.asked = asked
        self.book = asked.book
        self.runs = there
        first = next(iter(there.values()))
        self.month = cited(
            str(first.month),
            self.book.asked(
                "month in which fighting begins",
                f"month {first.month}",
                by_reader=bool(asked.get("month")),
            ),
        )
        self.fighting = int(asked.get("fighting") or USUAL_FIGHTING)
        self.fighting_word = cited(
            str(self.fighting),
            self.book.asked(
                "months of fighting looked at",
                f"{self.fighting} months",
                by_reader=bool(asked.get("fighting")),
            ),
        )
        self.radii = radii(asked.get("radius"))
        self.radius = self.radii[len(self.radii) // 2]
        self.map = Map(asked.case)
        self.numbers = AssumedNumbers(self.book, first.terms.seed, first.run.blocks)
        self.shown = {name: Shown(self.book, each.run, each.terms) for name, each in there.items()}
        self.magazines: dict[tuple[str, str], Magazine] = {
            (name, layer.reach): magazine(self.numbers, layer, there[name].units[layer.capability])
            for name in there
            for layer in self.layers(name)
        }

    def opening(self, name: str) -> str:
        """Return how a sentence on an option begins: a deal without ceasefire has no breach."""
        ceasefire = self.runs[name].run.table.deal.ceasefire
        return "If fighting resumes" if ceasefire else "With the fighting that goes on"

    def layers(self, name: str) -> tuple[Layer, ...]:
        """Return the layers for which an option has a line on the host's soil."""
        return tuple(layer for layer in LAYERS if any(self._soil(name, layer)))

    def with_elsewhere(self) -> list[str]:
        """Return the options that also ask for batteries elsewhere."""
        return [
            name
            for name in self.runs
            if any(not on_soil for layer in LAYERS for on_soil in self._soil(name, layer))
        ]

    def _soil(self, name: str, layer: Layer) -> list[bool]:
        table = self.runs[name].run.table
        return [
            bool(on_soil)
            for need, on_soil in zip(table.lines, table.structure.host_soil, strict=True)
            if need.line.capability == layer.capability
        ]

    def best(self) -> tuple[str, Layer] | None:
        """Return the option and layer with a battery in the most futures; None without any."""
        found = {key: float(each.there.mean()) for key, each in self.magazines.items()}
        if not any(found.values()):
            return None
        name, reach = max(found, key=lambda key: found[key])
        return name, next(layer for layer in LAYERS if layer.reach == reach)

    def radius_word(self, radius: float) -> Cited:
        """Return a radius with its record: whose input it is."""
        by_reader = bool(self.asked.get("radius"))
        says = f"{radius:g} km: an input of the reader, of no system"
        return cited(f"{radius:g}", self.book.asked("radius", says, by_reader=by_reader))

    def of(self, name: str, layer: Layer) -> Magazine:
        """Return the magazine of a layer in an option."""
        return self.magazines[name, layer.reach]

    def there(self, name: str, layer: Layer) -> Cited:
        """Return in how many futures a battery of the layer is in place."""
        label = f"{self._label(name, layer)}: a battery in place"
        return self.shown[name].in_twenty(label, self.of(name, layer).there)

    def lasts(self, name: str, layer: Layer) -> Figure | None:
        """Return the months until the magazine is empty, where a battery is in place.

        What lasts longer than a year counts as a year. None where no future has a battery.
        """
        each = self.of(name, layer)
        months = each.empty_after()[each.batteries >= 1]
        if not months.size:
            return None
        return self.figure(
            name,
            layer,
            "months until the magazine is empty",
            np.minimum(months, float(MONTHS_IN_A_YEAR)),
            "months",
            "missiles with the batteries ÷ (arrivals × shots − missiles that come), in futures "
            "with a battery; a year or more counts as a year",
        )

    def engaged(self, name: str, layer: Layer, months: int) -> Figure:
        """Return the part of the arrivals that can be engaged, in per cent."""
        return self.figure(
            name,
            layer,
            f"part of the arrivals of {months} months that can be engaged",
            100 * self.of(name, layer).engaged(months),
            "per cent",
            "whole salvoes in stock and inflow ÷ arrivals; none where no battery is in place",
            model=SERVED,
        )

    def people_part(self, name: str, layer: Layer, radius: float) -> Numbers:
        """Return the part of the people of the cities on record in reach, [N]."""
        people, _ = self.map.in_reach(radius, self.of(name, layer).batteries)
        found: Numbers = people / self.map.people.sum()
        return found

    def binding(self, name: str, layer: Layer, radius: float) -> tuple[Cited, Cited]:
        """Return in how many futures launchers bind, and in how many magazines do.

        Where no battery is in place, neither binds. Of twenty, the two add up to those with one.
        """
        each = self.of(name, layer)
        launchers = self.people_part(name, layer, radius)
        magazines = each.engaged(self.fighting)
        label = f"{self._label(name, layer)}, radius {radius:g} km"
        also = (*behind(self.numbers, layer), self.radius_word(radius).trace)
        equal = launchers == magazines
        shares = [
            float((each.there * np.where(equal, HALF, smaller)).mean())
            for smaller in (launchers < magazines, magazines < launchers)
        ]
        counts = parts_of_twenty(shares, of_twenty(float(each.there.mean())))
        shown = self.shown[name]
        first, second = (
            self._in_parts(shown, f"{label}: {what}", share, count, also)
            for what, share, count in zip(
                ("launchers bind", "magazines bind"), shares, counts, strict=True
            )
        )
        return first, second

    def _in_parts(
        self, shown: Shown, label: str, share: float, count: int, also: tuple[str, ...]
    ) -> Cited:
        none_shown = share > 0 and not count
        words = f"{'fewer than 1' if none_shown else count} of 20 futures"
        trace = self.book.derived(
            label,
            "counted over the futures of these ranges; a share, not a likelihood. A future in "
            "which both are equal counts half to each. Rounded by the largest remainder, so that "
            "launchers, magazines and no battery add up to twenty",
            [shown.run, *also],
            says=f"{words}: {100 * share:.4g} % of {shown.found.futures}",
        )
        return cited(words, trace)

    def seldom(self, name: str, layer: Layer) -> bool:
        """Return whether a battery is in place in fewer than half of the futures."""
        return float(self.of(name, layer).there.mean()) < HALF

    def share(self, name: str, layer: Layer, what: str, holds: Numbers) -> Cited:
        """Return in how many futures something holds of a magazine."""
        label = f"{self._label(name, layer)}: {what}"
        return self.shown[name].in_twenty(label, holds, behind(self.numbers, layer))

    def figure(
        self,
        name: str,
        layer: Layer,
        what: str,
        values: Numbers,
        unit: str,
        how: str,
        *,
        model: str = "",
        also: tuple[str, ...] = (),
    ) -> Figure:
        """Return the median of a number of a layer with its ends."""
        inputs = (self.shown[name].run, *behind(self.numbers, layer), *also)
        label = f"{self._label(name, layer)}: {what}"
        return middle(self.book, label, values, unit, inputs, how, model=model)

    def _label(self, name: str, layer: Layer) -> str:
        return f"{self.asked.case.options[name].title}, {layer.title.lower()}"
