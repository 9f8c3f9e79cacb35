"""The tables of the question about the shield."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Chart
from guarantor.answer.text import text
from guarantor.questions.assumed_numbers import middle
from guarantor.questions.bringing import DASH, Records, deals_told
from guarantor.questions.magazines import MONTHS_IN_A_YEAR
from guarantor.questions.over_time import sheet
from guarantor.questions.shielded import COVER
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.questions.magazines import Layer
    from guarantor.questions.shielded import Shield
    from guarantor.simulate.setup import Numbers

SPANS = (1, 3, 6, MONTHS_IN_A_YEAR)
"""Months of fighting for which the engaged part is shown."""


def magazines_section(shield: Shield, name: str) -> Section:
    """Return what is in the magazines, what comes, what is fired, and for how long it lasts."""
    layers = shield.layers(name)
    rows: list[tuple[str, list[Text]]] = []
    for key, title, cell in (
        ("batteries", "Whole batteries in place", _batteries),
        ("there", "At least one in place", _there),
        ("stock", "Missiles that come with them", _stock),
        ("output", "Built in a year, for all customers", _output),
        ("competing", "Of these to other customers, %", _competing),
        ("inflow", "Left in a month, where a battery is", _inflow),
        ("arrivals", "Arrivals in a month of fighting", _arrivals),
        ("shots", "Missiles fired at one arrival", _shots),
        ("lasts", "Months until empty, where a battery is", _lasts),
        ("first-month", "A battery, and empty within a month", _first_month),
        ("year", "A battery, and not empty after a year", _a_year),
    ):
        rows.append((key, [text(title), *(cell(shield, name, layer) for layer in layers)]))
    return sheet(
        "magazines",
        text("Magazines when fighting begins in month {month}", month=shield.month),
        (
            text(
                "Median over the futures and the ends of nine in ten. All that is built and does "
                "not go to other customers is taken to come here, which is the most that can come."
            ),
            *deals_told(Records(shield.asked), [name]),
        ),
        (
            ("what", "What", False),
            *((layer.reach, f"{layer.title}: {layer.targets}", True) for layer in layers),
        ),
        rows,
    )


def _batteries(shield: Shield, name: str, layer: Layer) -> Text:
    values = shield.of(name, layer).batteries
    how = "whole batteries placed; a part of one guards nothing"
    return _shown(shield, name, layer, "whole batteries in place", values, "units", how)


def _there(shield: Shield, name: str, layer: Layer) -> Text:
    return text("{share}", share=shield.there(name, layer))


def _stock(shield: Shield, name: str, layer: Layer) -> Text:
    values = shield.of(name, layer).stock
    how = "whole batteries × missiles that come with one"
    return _shown(shield, name, layer, "missiles with the batteries", values, "missiles", how)


def _inflow(shield: Shield, name: str, layer: Layer) -> Text:
    each = shield.of(name, layer)
    values = each.inflow[each.batteries >= 1]
    how = "built in a year × part that does not go to others ÷ months of a year"
    return _shown(shield, name, layer, "missiles that come in a month", values, "missiles", how)


def _output(shield: Shield, name: str, layer: Layer) -> Text:
    return _assumed(shield, name, f"output-{layer.reach}", "missiles")


def _competing(shield: Shield, name: str, layer: Layer) -> Text:
    return _assumed(shield, name, f"competing-{layer.reach}", "per cent")


def _arrivals(shield: Shield, name: str, layer: Layer) -> Text:
    return _assumed(shield, name, f"arrivals-{layer.reach}", "missiles per month")


def _shots(shield: Shield, name: str, layer: Layer) -> Text:
    return _assumed(shield, name, f"shots-{layer.reach}", "missiles")


def _assumed(shield: Shield, _name: str, assumption: str, unit: str) -> Text:
    numbers = shield.numbers
    made = middle(
        shield.book,
        shield.asked.case.assumptions[assumption].title,
        numbers.assumption(assumption),
        unit,
        [numbers.trace(assumption)],
        "as the futures draw it",
    )
    return text("{n}", n=made)


def _lasts(shield: Shield, name: str, layer: Layer) -> Text:
    found = shield.lasts(name, layer)
    return text("{n}", n=found) if found is not None else DASH


def _first_month(shield: Shield, name: str, layer: Layer) -> Text:
    each = shield.of(name, layer)
    holds = each.there * (each.empty_after() <= 1)
    return text("{s}", s=shield.share(name, layer, "empty within a month", holds))


def _a_year(shield: Shield, name: str, layer: Layer) -> Text:
    each = shield.of(name, layer)
    holds = each.there * (each.empty_after() > MONTHS_IN_A_YEAR)
    return text("{s}", s=shield.share(name, layer, "not empty after a year", holds))


def _shown(
    shield: Shield, name: str, layer: Layer, what: str, values: Numbers, unit: str, how: str
) -> Text:
    if not values.size:
        return DASH
    return text("{n}", n=shield.figure(name, layer, what, values, unit, how))


def engaged_section(shield: Shield, name: str) -> Section:
    """Return the part of the arrivals that can be engaged, by months of fighting."""
    rows = []
    for layer in shield.layers(name):
        for months in SPANS:
            said = f"{months} months of fighting" if months > 1 else "1 month of fighting"
            word = cited(said, shield.book.asked("months of fighting", said, by_reader=False))
            rows.append(
                (
                    f"{layer.reach}-{months}",
                    [
                        text(f"{layer.title}: {layer.targets}"),
                        text("{m}", m=word),
                        text("{n}", n=shield.engaged(name, layer, months)),
                    ],
                )
            )
    section = sheet(
        "engaged",
        text("Part of the arrivals that can be engaged"),
        (
            text(
                "Engaged is not stopped: a salvo is fired, and nothing is said of its effect. The "
                "rest meets no defence of the option at all."
            ),
        ),
        (
            ("layer", "Layer", False),
            ("months", "After", False),
            ("engaged", "Can be engaged, %", True),
        ),
        rows,
    )
    chart = Chart(
        description="Part of the arrivals that can be engaged after one, three, six and twelve "
        "months of fighting, a band that holds nine in ten futures and the median for each layer.",
        spec=_bands(),
        trace=shield.book.derived(
            "chart of arrivals engaged", "drawn from the table beside it", [shield.shown[name].run]
        ),
    )
    return section.model_copy(update={"chart": chart})


def _bands() -> dict[str, object]:
    x = {"field": "months_text", "type": "ordinal", "sort": None, "title": None}
    scale = {"domain": [0, 100]}
    colour = {"field": "layer_text", "type": "nominal", "title": None}
    title = "Can be engaged, per cent"
    y = {"field": "low", "type": "quantitative", "title": title, "scale": scale}
    line = {"field": "engaged", "type": "quantitative"}
    return {
        "transform": [
            {
                "calculate": f"isValid(datum.engaged_{e}) ? datum.engaged_{e} : datum.engaged",
                "as": e,
            }
            for e in ("low", "high")
        ],
        "height": 180,
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.25},
                "encoding": {"x": x, "y": y, "y2": {"field": "high"}, "color": colour},
            },
            {"mark": {"type": "line"}, "encoding": {"x": x, "y": line, "color": colour}},
        ],
    }


def side_by_side(shield: Shield, names: list[str]) -> Section:
    """Return every option with air defence on the host's soil, layer by layer."""
    rows = []
    for name in names:
        option = text("{option}", option=shield.book.option_title(name))
        for layer in shield.layers(name):
            values = 100 * shield.people_part(name, layer, shield.radius)
            people = shield.figure(
                name,
                layer,
                "part of the people in reach",
                values,
                "per cent",
                "people in reach ÷ people of the cities on record",
                model=COVER,
                also=(shield.radius_word(shield.radius).trace,),
            )
            rows.append(
                (
                    f"{name}-{layer.reach}",
                    [
                        option,
                        text(layer.title),
                        _batteries(shield, name, layer),
                        _there(shield, name, layer),
                        _lasts(shield, name, layer),
                        text("{n}", n=shield.engaged(name, layer, shield.fighting)),
                        text("{n}", n=people),
                    ],
                )
            )
    return sheet(
        "options",
        text("Options with air defence, fighting from month {month}", month=shield.month),
        (
            text(
                "Engaged: part of the arrivals of {months} months at which a salvo can be fired. "
                "In reach: part of the people of the cities on record within {radius} km, which is "
                "an input and of no system.",
                months=shield.fighting_word,
                radius=shield.radius_word(shield.radius),
            ),
            *deals_told(Records(shield.asked), names),
        ),
        (
            ("option", "Option", False),
            ("layer", "Layer", False),
            ("batteries", "Whole batteries", True),
            ("there", "One in place in", True),
            ("lasts", "Months until empty", True),
            ("engaged", "Engaged, %", True),
            ("reach", "In reach, %", True),
        ),
        rows,
    )
