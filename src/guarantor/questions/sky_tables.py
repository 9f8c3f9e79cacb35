"""The tables of the question about the sky: what the tasks take, what is there, what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import Figure, Text, join, text
from guarantor.quantity import Money
from guarantor.questions.air_tasks import (
    AIRCRAFT,
    CREWS,
    EARLY_WARNING,
    FIGHTER,
    PATROL,
    RADAR,
    TANKER,
    TANKERS,
    Kept,
    Patrol,
    kept,
    patrol,
    patrol_line,
    policing,
)
from guarantor.questions.assumed_numbers import AssumedNumbers, middle
from guarantor.questions.balances import need_figure
from guarantor.questions.bringing import DASH, MILLION, Records, deals_told
from guarantor.questions.futures import Shown
from guarantor.questions.over_time import sheet
from guarantor.questions.tracing import cited
from guarantor.supply.needs import needs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Cited
    from guarantor.questions.in_a_month import InAMonth
    from guarantor.questions.question import Asked
    from guarantor.simulate.setup import Numbers

UNCONTESTED = text("Computed for uncontested air: nobody shoots at these aircraft.")
"""Stands in every part of the answer."""

PARTS = {
    AIRCRAFT: "fighters",
    CREWS: "hours of crews",
    TANKERS: "tankers",
    RADAR: "early-warning aircraft",
}
NOT_ASKED = text("not asked for")


class Sky:
    """Both tasks over the same futures, and what each option has in place in one month."""

    def __init__(self, asked: Asked, there: Mapping[str, InAMonth]) -> None:
        self.asked = asked
        self.book = asked.book
        self.there_in = there
        first = next(iter(there.values()))
        self.month = cited(
            str(first.month),
            self.book.asked(
                "month looked at", f"month {first.month}", by_reader=bool(asked.get("month"))
            ),
        )
        self.numbers = AssumedNumbers(self.book, first.terms.seed, first.run.blocks)
        self.policing = policing(self.numbers)
        self.shown = {name: Shown(self.book, each.run, each.terms) for name, each in there.items()}
        self.patrols: dict[str, Patrol] = {}
        self.kept: dict[str, Kept] = {}
        for name, each in there.items():
            need = patrol_line(asked.case, name)
            if need is not None:
                self.patrols[name] = patrol(self.numbers, need)
                self.kept[name] = kept(self.numbers, self.patrols[name], each.units)

    def units(self, name: str, kind: str) -> Figure:
        """Return the units of a capability that an option has in place in the month."""
        each = self.there_in[name]
        unit = self.asked.case.capabilities[kind].unit
        label = f"{self._title(name)}: {kind} in month {each.month}"
        return self.shown[name].middle(label, each.units[kind], unit)

    def need(self, name: str, kind: str) -> Figure | None:
        """Return what the first line with a number asks of a capability."""
        for need in needs(self.asked.case, name):
            if need.line.capability == kind and need.span is not None:
                return need_figure(self.book, need)
        return None

    def turns(self, name: str) -> Figure:
        """Return how many turns of air policing the fighters in place make."""
        there = self.there_in[name].units[FIGHTER]
        return self._made(
            name,
            "turns of air policing that the fighters make",
            there / self.policing.aircraft,
            "count",
            "fighters there ÷ aircraft of one turn",
            self.policing.inputs[:1],
        )

    def enough(self, name: str) -> Cited | None:
        """Return in how many futures a patrol of one pair can be kept day and night."""
        if name not in self.kept:
            return None
        label = f"{self._title(name)}: one patrol kept day and night"
        enough = (self.kept[name].patrols >= 1).astype(np.float64)
        return self.shown[name].in_twenty(label, enough, self._behind(name))

    def scarcest(self, name: str) -> Text | None:
        """Return a sentence on what most often binds a patrol; None where no fighter comes."""
        binds = self.kept[name].binds
        part = max(binds, key=lambda each: float(binds[each].mean()))
        if not binds[part].any():
            return None
        share = self._binding(name, part)
        words = PARTS[part]
        words = words[0].upper() + words[1:]
        return text(f" {words} bind most often: in {{share}}.", share=share)

    def unasked(self, name: str) -> Text | None:
        """Return a sentence on what a patrol takes and the option does not ask for."""
        asked_for = self.kept[name].by_part
        missing = [words for part, words in PARTS.items() if part not in asked_for]
        if not missing:
            return None
        return text(f" It asks for no {' and no '.join(missing)}, which a patrol takes as well.")

    def best(self) -> str | None:
        """Return the option that keeps a patrol in the most futures, the first of equals.

        Options that ask for all that a patrol takes come before those that leave some of it out.
        """

        def merit(name: str) -> tuple[int, float]:
            each = self.kept[name]
            return len(each.by_part), float((each.patrols >= 1).mean())

        return max(self.kept, key=merit) if self.kept else None

    def never(self, name: str) -> bool:
        """Return whether no future keeps one patrol."""
        return not (self.kept[name].patrols >= 1).any()

    def takes(self, chosen: str | None) -> Section:
        """Return what a turn of air policing and a standing patrol take, beside an option's lines.

        Without one option the patrol is flown as the first line on record says.
        """
        name = chosen or next(iter(self.there_in))
        one, alert = self.patrols.get(name), self.policing
        rows: list[tuple[str, list[Text]]] = []
        listed = (
            ("aircraft", "Fighters", alert.aircraft, one and one.aircraft, FIGHTER, "aircraft"),
            ("crews", "Crews of fighters", alert.crews, one and one.crews, None, "crews"),
            ("hours", "Flying hours a month", alert.hours, one and one.hours, None, "hours"),
            ("tankers", "Tankers", None, one and one.tankers, TANKER, "aircraft"),
            ("radar", "Early warning", None, one and one.early_warning, EARLY_WARNING, "aircraft"),
        )
        for key, title, policing_, patrol_, kind, unit in listed:
            cells = [text(title), self._policing_cell(key, policing_, unit)]
            cells.append(self._patrol_cell(name, key, patrol_, unit))
            if chosen:
                need = self.need(name, kind) if kind else None
                cells.append(text("{n}", n=need) if need else DASH)
            rows.append((key, cells))
        heads: list[tuple[str, Text | str, bool]] = [
            ("what", "What", False),
            ("policing", "One turn of air policing", True),
            ("patrol", "One pair over Ukraine, day and night", True),
        ]
        if chosen:
            heads.append(("line", "What the option asks for", True))
        told = [UNCONTESTED, *self._flown_as(name)]
        return sheet("takes", text("What each task takes"), told, heads, rows)

    def _flown_as(self, name: str) -> list[Text]:
        one = self.patrols.get(name)
        if one is None:
            return [text("How a patrol would be flown is on no line of the case.")]
        line = cited(one.need.line.id, one.inputs[0])
        option = self.book.option_title(one.need.option)
        return [
            text(
                "The patrol is flown as the line {line} of {option} says. On alert the hours are "
                "those that the crews can fly; on patrol they are those that have to be flown.",
                line=line,
                option=option,
            ),
            text(
                "Tankers count for the share of sorties that need one. Crews are those whose hours "
                "a month add up to the patrol."
            ),
        ]

    def _policing_cell(self, key: str, values: Numbers | None, unit: str) -> Text:
        if values is None:
            return text("none of its own: it starts from the ground")
        how = {
            "aircraft": "aircraft of one turn",
            "crews": "aircraft × crews for one",
            "hours": "crews × hours that a crew can fly",
        }[key]
        made = middle(
            self.book, f"one turn of air policing: {key}", values, unit, self.policing.inputs, how
        )
        return text("{n}", n=made)

    def _patrol_cell(self, name: str, key: str, values: Numbers | None, unit: str) -> Text:
        if values is None:
            return text("not known")
        one = self.patrols[name]
        how = {
            "aircraft": "stations × aircraft on each ÷ (share of the cycle on station × available)",
            "crews": "hours flown in a month ÷ hours that a crew can fly",
            "hours": "sorties a day × hours of a sortie × days of a month",
            "tankers": "fighters × tankers for one × share of sorties that need one",
            "radar": "fighters × early-warning aircraft for one",
        }[key]
        made = middle(
            self.book,
            f"one pair over Ukraine day and night: {key}",
            values,
            unit,
            one.inputs,
            how,
            model=PATROL,
            outside=one.need.marks,
        )
        return text("{n}", n=made)

    def there(self) -> Section:
        """Return what each option has in place in the month, and what binds a patrol."""
        rows = []
        for name in self.there_in:
            cells = [
                text("{option}", option=self.book.option_title(name)),
                text("{n}", n=self.units(name, FIGHTER)),
                text("{n}", n=self.turns(name)),
                *(self._kept_cell(name, part) for part in PARTS),
                text("{n}", n=share) if (share := self.enough(name)) else text("not known"),
                self._binds(name),
            ]
            rows.append((name, cells))
        return sheet(
            "there",
            text("What is there in month {month}, and what binds", month=self.month),
            (
                UNCONTESTED,
                text(
                    "In place: before what they need is weighed. Patrols that each part alone "
                    "could keep up, day and night; the scarcest part binds. Several bind together "
                    "where none of them is there. What an option does not ask for does not limit "
                    "it here, though a patrol would need it."
                ),
                *deals_told(Records(self.asked), self.there_in),
            ),
            (
                ("option", "Option", False),
                ("fighters", "Fighters in place", True),
                ("turns", "Turns of air policing", True),
                *((p.replace(" ", "-"), f"Patrols by {PARTS[p]}", True) for p in PARTS),
                ("kept", "One patrol kept in", True),
                ("binds", "What binds", False),
            ),
            rows,
        )

    def _kept_cell(self, name: str, part: str) -> Text:
        if name not in self.kept:
            return text("not known")
        patrols = self.kept[name].by_part.get(part)
        if patrols is None:
            return NOT_ASKED
        counted = patrols[np.isfinite(patrols)]
        if not counted.size:
            return text("no limit")
        figure = self._made(
            name,
            f"patrols that its {PARTS[part]} could keep",
            counted,
            "count",
            f"{PARTS[part]} there ÷ what one patrol takes",
            self._behind(name),
        )
        return text("{n}", n=figure)

    def _binds(self, name: str) -> Text:
        if name not in self.kept:
            return DASH
        told = [
            text(f"{PARTS[part]} in {{share}}", share=self._binding(name, part))
            for part, held in self.kept[name].binds.items()
            if held.any()
        ]
        return join(told) if told else text("no fighter is there")

    def _binding(self, name: str, part: str) -> Cited:
        label = f"{self._title(name)}: {PARTS[part]} bind a patrol"
        held = self.kept[name].binds[part]
        return self.shown[name].in_twenty(label, held, self._behind(name))

    def costs(self) -> Section | None:
        """Return what a year of each costs, for the kinds of aircraft with a cost on record."""
        name = next(iter(self.there_in))
        one = self.patrols.get(name)
        takes: dict[str, tuple[Numbers | None, Numbers | None]] = {
            FIGHTER: (self.policing.aircraft, one.aircraft if one else None),
            TANKER: (None, one.tankers if one else None),
            EARLY_WARNING: (None, one.early_warning if one else None),
        }
        records = Records(self.asked)
        rows = []
        for kind, (turn, station) in takes.items():
            found = self.asked.case.capabilities.get(kind)
            cost = found.running_cost if found else None
            if found is None or cost is None or not isinstance(cost.quantity, Money):
                continue
            each = self.numbers.value(f"capabilities/{kind}/running_cost", cost.quantity.shape)
            prices = cost.quantity.measure
            traces = records.parameter(kind, "running_cost")
            unit = f"million {prices.currency} at {prices.year} prices"

            def cell(what: str, many: Numbers | None, behind: tuple[str, ...]) -> Text:
                if many is None:
                    return DASH
                values = many * each / MILLION  # noqa: B023  # called before the next kind
                inputs = (*traces, *behind)  # noqa: B023
                label = f"{what} for a year: {kind}"  # noqa: B023
                how = "aircraft × running cost of one a year"
                made = middle(self.book, label, values, unit, inputs, how)  # noqa: B023
                return text("{n}", n=made)

            rows.append(
                (
                    kind,
                    [
                        text(found.title),
                        text("{p}", p=cited(str(prices), traces[0])),
                        cell("one aircraft", np.ones_like(each), ()),
                        cell("one turn of air policing", turn, self.policing.inputs[:1]),
                        cell("one pair day and night", station, one.inputs if one else ()),
                    ],
                )
            )
        if not rows:
            return None
        return sheet(
            "cost",
            text("What a year costs, where a cost is on record"),
            (
                UNCONTESTED,
                text(
                    "In millions, running cost at peacetime hours; a patrol flies more, so that it "
                    "costs more. Rows of different currency or price year do not add."
                ),
            ),
            (
                ("kind", "Kind", False),
                ("prices", "Currency and price year", False),
                ("one", "One aircraft, million", True),
                ("turn", "One turn of air policing, million", True),
                ("patrol", "One pair day and night, million", True),
            ),
            rows,
        )

    def _behind(self, name: str) -> tuple[str, ...]:
        return (*self.patrols[name].inputs, *self.policing.inputs[1:])

    def _title(self, name: str) -> str:
        return self.asked.case.options[name].title

    def _made(
        self, name: str, what: str, values: Numbers, unit: str, how: str, inputs: tuple[str, ...]
    ) -> Figure:
        label = f"{self._title(name)}: {what}"
        return middle(self.book, label, values, unit, (self.shown[name].run, *inputs), how)
