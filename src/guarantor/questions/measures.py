"""The measures of a run by the names that a reader uses: one number for each option and future."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Problems, nearest
from guarantor.quantity import Prices
from guarantor.simulate.block import Measure as Kept
from guarantor.simulate.consequences import payers, prices
from guarantor.supply.shares import UNITED_STATES, Party, definitions, party

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from guarantor.case.case import Case
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Numbers

MORE, LESS, NEITHER = "more", "less", "neither"
MILLION = 1_000_000
PER_CENT = 100.0


@dataclass(frozen=True)
class Measure:
    """One number for each option and future.

    unit: as it is said behind a number; phrase: what stands behind the number in a sentence, with
    its unit; better: which way is better, or neither, and then it cannot rank options; values: of
    an outcome, [N], or None where the option has no such number; outside: why the model behind it
    is used beyond its evidence, and then it cannot rank either.
    """

    name: str
    title: str
    unit: str
    phrase: str
    meaning: str
    better: str
    values: Callable[[Outcome], Numbers | None]
    outside: str = ""

    @property
    def ranks(self) -> bool:
        """Return whether options may be ranked by it."""
        return self.better != NEITHER and not self.outside

    def gain(self, found: Outcome) -> Numbers | None:
        """Return its values turned so that more is better, or None without any."""
        values = self.values(found)
        return -values if values is not None and self.better == LESS else values


PEOPLE, MONTHS, SHARE = "people", "months", "per cent"
OUTSIDE_CEASEFIRE = (
    "the rate at which ceasefires fail was measured in civil wars with peacekeepers, and a "
    "guarantee between states lies outside that evidence"
)


def _kept(measure: Kept) -> Callable[[Outcome], Numbers | None]:
    return lambda found: found.measure(measure)


def asks_for_something(found: Outcome) -> bool:
    """Return whether a line of the option asks for a number above zero."""
    return any(need.span is not None and need.span.high > 0 for need in found.table.lines)


def _of_lines(measure: Kept, scale: float = 1.0) -> Callable[[Outcome], Numbers | None]:
    def values(found: Outcome) -> Numbers | None:
        return found.measure(measure) * scale if asks_for_something(found) else None

    return values


def _person_tours(found: Outcome) -> Numbers | None:
    return found.person_tours


def _us_people(found: Outcome) -> Numbers | None:
    return _share_of(found.person_months, found.table.nations, {UNITED_STATES}.__contains__)


def fixed_measures() -> tuple[Measure, ...]:
    """Return the measures that every case has."""
    return (
        Measure(
            "present", "People present", PEOPLE, "people present",
            "everyone of the force, wherever the option puts them; mean over the months", MORE,
            _kept(Kept.PRESENT_MEAN),
        ),
        Measure(
            "present_peak", "People present at the peak", PEOPLE, "people present at the peak",
            "the month with most people present", MORE, _kept(Kept.PRESENT_PEAK),
        ),
        Measure(
            "usable", "Usable people", PEOPLE, "usable people",
            "people present who have the command and enablers they need; mean over the months",
            MORE, _kept(Kept.USABLE_MEAN),
        ),
        Measure(
            "usable_end", "Usable people at the end", PEOPLE, "usable people at the end",
            "usable people in the last month", MORE, _kept(Kept.USABLE_END),
        ),
        Measure(
            "host_soil", "People on the host's soil", PEOPLE, "people on the host's soil",
            "people present on the line and in the rear; mean over the months", MORE,
            _kept(Kept.HOST_SOIL_MEAN),
        ),
        Measure(
            "mean_fill", "Part of what the option asks for", SHARE,
            "per cent of what the option asks for",
            "what works on a line as a part of what the line asks for, mean over lines and months",
            MORE, _of_lines(Kept.MEAN_FILL, PER_CENT),
        ),
        Measure(
            "months_filled", "Months with every line met", MONTHS, "months with every line met",
            "months in which each line with a number has all that it asks for", MORE,
            _of_lines(Kept.MONTHS_MET),
        ),
        Measure(
            "first_filled", "Months until every line is met", MONTHS,
            "months until every line is met",
            "months that pass until each line is met at once; the whole run where that never comes",
            LESS, _of_lines(Kept.FIRST_MET),
        ),
        Measure(
            "first_break", "Months until a line falls short", MONTHS,
            "months until a line falls short",
            "months that pass until a line that was met is not; the whole run where none was met",
            NEITHER, _of_lines(Kept.FIRST_BREAK),
        ),
        Measure(
            "nations_left", "Nations that left", "nations", "nations that left",
            "contributors that have left by the end; an option that few join can lose few", NEITHER,
            _kept(Kept.LEFT_END),
        ),
        Measure(
            "command_months", "Months of changing command", MONTHS, "months of changing command",
            "months in which command changes hands; none where nobody commands", NEITHER,
            _kept(Kept.COMMAND_MONTHS),
        ),
        Measure(
            "person_tours", "Person-tours", "person-tours", "person-tours",
            "people who pass through, once a tour", NEITHER, _person_tours,
        ),
        Measure(
            "us_share_people", "American share of the people", SHARE,
            "per cent of the people from the United States",
            "of the people present, those whom the United States sends; nothing where nobody comes",
            NEITHER, _us_people,
        ),
        Measure(
            "ceasefire_holds", "Months for which the ceasefire holds", MONTHS,
            "months for which the ceasefire holds",
            "months until the ceasefire fails; the whole run where it does not", MORE,
            _kept(Kept.FAILED_MONTH), OUTSIDE_CEASEFIRE,
        ),
    )  # fmt: skip


def measures(case: Case, europe: str | None = None) -> dict[str, Measure]:
    """Return every measure of a case by name; europe: the group that is Europe."""
    found = list(fixed_measures())
    groups = definitions(case)
    if groups:
        group = europe or groups[0]
        title = case.groups[group].title
        members = frozenset(case.members(group))

        def of_europe(actor: str) -> bool:
            return party(case, actor, members) is Party.EUROPE

        found.append(
            Measure(
                "europe_share_people",
                "Europe's share of the people",
                SHARE,
                "per cent of the people from Europe",
                f"of the people present, those whom {title} sends; nothing where nobody comes",
                MORE,
                lambda outcome: _share_of(outcome.person_months, outcome.table.nations, of_europe),
            )
        )
        found.append(
            Measure(
                "europe_share_money",
                "Europe's share of the money",
                SHARE,
                "per cent of the money from Europe",
                f"of what is paid, the part that {title} pays; money of different currencies and "
                "price years does not add, and the lowest of their shares counts; nothing where "
                "nothing is paid",
                MORE,
                lambda outcome: _europe_money(outcome, of_europe),
            )
        )
    found += [_money(sort) for sort in _sorts(case)]
    return {measure.name: measure for measure in found}


def measure_named(name: str, case: Case, europe: str | None = None) -> Measure:
    """Return a measure by its name; raises Problems with the nearest."""
    known = measures(case, europe)
    tried = name.strip().replace("-", "_").casefold()
    if tried in known:
        return known[tried]
    raise Problems.one(
        "there is no such measure",
        found=name or "nothing",
        allowed=", ".join(known),
        remedy=nearest(tried, known),
    )


def _sorts(case: Case) -> list[Prices]:
    """Return the currencies and price years of all costs on record."""
    costs = [
        cost.quantity.measure
        for kind in case.capabilities.values()
        for cost in (kind.running_cost, kind.buying_cost)
        if cost is not None and isinstance(cost.quantity.measure, Prices)
    ]
    return sorted(dict.fromkeys(costs), key=lambda sort: (sort.currency.value, str(sort.year)))


def _money(sort: Prices) -> Measure:
    def values(found: Outcome) -> Numbers | None:
        sorts = prices(found.table)
        if sort not in sorts:
            return None
        total: Numbers = found.paid[sorts.index(sort)].sum(axis=0) / MILLION
        return total

    return Measure(
        f"money_{sort.currency.value.lower()}_{sort.year}",
        f"Money in {sort.currency.value} of one price year",
        f"million {sort.currency.value} at {sort.year} prices",
        f"million {sort.currency.value} at {sort.year} prices",
        "what is paid over the run for what is priced in this currency and year, and for nothing "
        "else: it is a part of the bill",
        NEITHER,
        values,
    )


def _share_of(amounts: Numbers, actors: Sequence[str], mine: Callable[[str], bool]) -> Numbers:
    """Return the per cent that some actors have, by future; 0 where there is nothing."""
    if not len(amounts):
        return np.zeros(amounts.shape[-1])
    own = amounts[[place for place, actor in enumerate(actors) if mine(actor)]].sum(axis=0)
    whole = amounts.sum(axis=0)
    found: Numbers = PER_CENT * np.divide(own, whole, out=np.zeros_like(whole), where=whole > 0)
    return found


def _europe_money(found: Outcome, of_europe: Callable[[str], bool]) -> Numbers:
    """Return the lowest of Europe's shares in the sorts of money that are paid in a future."""
    size = found.measures.shape[-1]
    lowest = np.full(size, np.inf)
    who = payers(found.table)
    for paid in found.paid:
        share = _share_of(paid, who, of_europe)
        lowest = np.where(paid.sum(axis=0) > 0, np.minimum(lowest, share), lowest)
    return np.where(np.isinf(lowest), 0.0, lowest)


def lowered(title: str) -> str:
    """Return a title as it stands inside a sentence; proper names keep their capital."""
    proper = title.startswith(("Europe", "American"))
    return title if proper else title[:1].lower() + title[1:]
