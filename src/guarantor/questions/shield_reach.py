"""What batteries have in reach, and whether launchers or magazines bind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.answer.text import text
from guarantor.quantity import Amount
from guarantor.questions.assumed_numbers import middle
from guarantor.questions.balances import entry
from guarantor.questions.bringing import MILLION
from guarantor.questions.over_time import sheet
from guarantor.questions.shielded import COVER
from guarantor.questions.tracing import cited
from guarantor.supply.capacity import latest_pool

if TYPE_CHECKING:
    from guarantor.answer.answer import Section
    from guarantor.answer.text import Figure, Text
    from guarantor.questions.magazines import Layer
    from guarantor.questions.shielded import Shield
    from guarantor.simulate.setup import Numbers


def reach_section(shield: Shield, name: str) -> Section:
    """Return cities and people in reach of the batteries, by radius."""
    rows = []
    for layer in shield.layers(name):
        batteries = shield.of(name, layer).batteries
        counted: list[tuple[str, Text, Numbers, tuple[str, ...]]] = [
            ("", text(layer.title), batteries, ())
        ]
        if (own := _own(shield, layer)) is not None:
            number, trace = own
            host = cited(shield.asked.case.name_of(shield.asked.case.about.host), trace)
            label = text(f"{layer.title}, with what {{host}} holds", host=host)
            counted.append(("-own", label, batteries + number, (trace,)))
        for mark, title, sites, also in counted:
            for radius in shield.radii:
                people, cities = shield.map.in_reach(radius, sites)
                part = people / shield.map.people.sum()
                cells = [title, text("{r}", r=shield.radius_word(radius))]
                for what, values, unit in (
                    ("cities", cities, "cities"),
                    ("people, million", people / MILLION, "million people"),
                    ("part of the people, %", 100 * part, "per cent"),
                ):
                    figure = _covered(shield, name, layer, what, values, unit, radius, also)
                    cells.append(text("{n}", n=figure))
                rows.append((f"{layer.reach}{mark}-{radius:g}", cells))
    whole = shield.book.number(
        "people of the cities on record",
        round(float(shield.map.people.sum()) / MILLION, 1),
        "added up",
        [entry(shield.book, ("places", city.id)) for city in shield.map.cities],
        unit="million people",
    )
    return sheet(
        "reach",
        text("Launchers: cities and people in reach"),
        (
            text(
                "Batteries stand where most people are in reach, each in a city. The radius is an "
                "input that a reader sets; the sweep is of round numbers. It describes no system."
            ),
            text(
                "Counted are the cities on record, of {whole} million people, by numbers of "
                "different age. In reach is not safe: cities far from a battery have no defence by "
                "it, those near have one while missiles last.",
                whole=whole,
            ),
        ),
        (
            ("layer", "Layer", False),
            ("radius", "Radius, km", True),
            ("cities", "Cities", True),
            ("people", "People, million", True),
            ("part", "Part of the people, %", True),
        ),
        rows,
    )


def _covered(
    shield: Shield,
    name: str,
    layer: Layer,
    what: str,
    values: Numbers,
    unit: str,
    radius: float,
    also: tuple[str, ...],
) -> Figure:
    how = "most people within the radius of as many cities as there are whole batteries"
    inputs = (shield.shown[name].run, shield.radius_word(radius).trace, *also)
    label = f"{layer.title}, {radius:g} km: {what}"
    return middle(shield.book, label, values, unit, inputs, how, model=COVER)


def _own(shield: Shield, layer: Layer) -> tuple[Numbers, str] | None:
    """Return the whole batteries that the host holds itself; None where nobody has said."""
    case = shield.asked.case
    found = latest_pool(case, case.about.host, layer.capability)
    if found is None:
        return None
    key, pool = found
    if not isinstance(pool.quantity, Amount) or pool.quantity.shape.best is None:
        return None
    name = f"pools/{case.about.host}/{layer.capability}"
    drawn = shield.numbers.value(name, pool.quantity.shape)
    return np.floor(np.maximum(0.0, drawn)), entry(shield.book, ("pools", key))


def binds_section(shield: Shield, name: str) -> Section:
    """Return launchers beside magazines, and which of the two is the smaller."""
    rows = []
    for layer in shield.layers(name):
        each = shield.of(name, layer)
        magazines = each.engaged(shield.fighting)
        for radius in shield.radii:
            launchers = shield.people_part(name, layer, radius)
            first, second = shield.binding(name, layer, radius)
            also = (shield.radius_word(radius).trace,)
            cells = [text(layer.title), text("{r}", r=shield.radius_word(radius))]
            for what, values, how in (
                ("people in reach", launchers, "people in reach ÷ people of the cities on record"),
                ("arrivals engaged", magazines, "whole salvoes ÷ arrivals"),
                (
                    "the smaller of the two",
                    np.minimum(launchers, magazines),
                    "the smaller of people in reach and arrivals engaged, in each future",
                ),
            ):
                label = f"radius {radius:g} km: {what}"
                figure = shield.figure(name, layer, label, 100 * values, "per cent", how, also=also)
                cells.append(text("{n}", n=figure))
            cells += [text("{s}", s=first), text("{s}", s=second)]
            nothing = shield.share(name, layer, "no battery in place", 1.0 - each.there)
            rows.append((f"{layer.reach}-{radius:g}", [*cells, text("{s}", s=nothing)]))
    return sheet(
        "binds",
        text("Launchers or magazines: the smaller binds"),
        (
            text(
                "Over {months} months of fighting. The part of the people in reach stands beside "
                "the part of the arrivals that can be engaged, as if arrivals were spread like "
                "people: a rough measure that compares the two and forecasts neither.",
                months=shield.fighting_word,
            ),
        ),
        (
            ("layer", "Layer", False),
            ("radius", "Radius, km", True),
            ("launchers", "Launchers: people in reach, %", True),
            ("magazines", "Magazines: arrivals engaged, %", True),
            ("smaller", "The smaller, %", True),
            ("launchers-bind", "Launchers bind in", True),
            ("magazines-bind", "Magazines bind in", True),
            ("nothing", "No battery in", True),
        ),
        rows,
    )
