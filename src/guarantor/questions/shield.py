"""Air and missile defence when fighting resumes: launchers and magazines, the smaller binding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Text, join, text
from guarantor.problems import Problems
from guarantor.questions.futures import OF_FUTURES, outcome, terms
from guarantor.questions.guarantee import ordered
from guarantor.questions.in_a_month import in_a_month, month_of
from guarantor.questions.magazines import LAYERS
from guarantor.questions.question import MONTH, OPTION, Asked, Draft, Question, Setting
from guarantor.questions.reach import RADIUS
from guarantor.questions.shield_reach import binds_section, reach_section
from guarantor.questions.shield_tables import engaged_section, magazines_section, side_by_side
from guarantor.questions.shielded import Shield
from guarantor.questions.sky_years import of_capabilities
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.case.case import Case


def _fighting(text_: str, case: Case) -> int:
    last = case.about.horizon.months
    if text_.isdecimal() and 1 <= int(text_) <= last:
        return int(text_)
    raise Problems.one("no length of fighting", found=text_, allowed=f"1 to {last} months")


FIGHTING = Setting("fighting", "months of fighting looked at", _fighting, "3")

DEFENDED = text(
    "Shares of missiles shot down are the defender's own reports and are used nowhere: engaged "
    "means fired at, not stopped."
)
STANDS = text(
    "Batteries are counted as they stand when fighting begins, with or without what they need to "
    "work: none is lost in it and none comes. A part of one counts as none."
)


def answer(asked: Asked) -> Draft:
    """Return launchers and magazines of one option, or side by side of all with air defence."""
    book = asked.book
    chosen = asked.get("option")
    kinds = {layer.capability for layer in LAYERS}
    able = [
        name
        for name in ordered(asked)
        if any(line.capability in kinds for line in asked.case.options[name].lines or ())
    ]
    names = [name for name in able if chosen in (None, name)]
    title = text(
        "Air and missile defence, as of {day}: {title}", day=book.day(), title=book.title()
    )
    if not names:
        return Draft(title=title, headline=_nothing(asked, chosen), sections=())
    there = in_a_month(asked, names, month_of(asked), fighting=True)
    shield = Shield(asked, there)
    sections = []
    if chosen:
        found = outcome(asked, chosen)
        years = of_capabilities(
            asked,
            found,
            terms(asked, chosen),
            tuple(layer.capability for layer in LAYERS),
            text("Batteries, year by year, while the ceasefire is left to itself"),
            text(
                "In place: before what a battery needs, such as a lower layer, is weighed. Works: "
                "after it. Means over the futures and the months of a year. Filled: part of what "
                "the line asks, median and the ends of nine in ten."
            ),
        )
        sections += [years] if years is not None else []
    held = shield.layers(chosen) if chosen else ()
    if chosen and held:
        sections += [
            magazines_section(shield, chosen),
            engaged_section(shield, chosen),
            reach_section(shield, chosen),
            binds_section(shield, chosen),
        ]
    elif not chosen:
        sections.append(side_by_side(shield, names))
    return Draft(
        title=title,
        headline=_of_one(shield, chosen) if chosen else _of_all(shield, names),
        sections=tuple(sections),
        not_known=_not_known(shield),
    )


def _nothing(asked: Asked, chosen: str | None) -> Text:
    if chosen is None:
        return text("No option on record has a line of air defence.")
    return text(
        "Nothing can be said of {option}: no line of air defence is on record for it.",
        option=asked.book.option_title(chosen),
    )


def _of_one(shield: Shield, name: str) -> Text:
    option = shield.book.option_title(name)
    layers = shield.layers(name)
    if not layers:
        return text(
            "Under {option} no battery is to stand on the host's soil: what it asks for guards "
            "bases elsewhere.",
            option=option,
        )
    layer = layers[0]
    word = layer.title.lower()
    parts = [
        text(
            f"{shield.opening(name)} in month {{month}}, a {word} battery given or sent under "
            "{option} is in place in {share}.",
            month=shield.month,
            option=option,
            share=shield.there(name, layer),
        )
    ]
    lasts = shield.lasts(name, layer)
    where = text(" Where one is, the missiles last {lasts} months.", lasts=lasts) if lasts else None
    if where is None or shield.seldom(name, layer):
        otherwise = "Otherwise nothing" if where else "Nothing"
        none = text(f" {otherwise} that it brings has a city in reach or meets {layer.targets}.")
        return join([*parts, *([where] if where else []), none], "")
    parts.append(where)
    launchers, magazines = shield.binding(name, layer, shield.radius)
    parts.append(
        text(
            f" Over {{months}} months of fighting, {{part}} per cent of the {layer.targets} "
            "can be engaged.",
            months=shield.fighting_word,
            part=shield.engaged(name, layer, shield.fighting),
        )
    )
    parts.append(
        text(
            " The radius here is {radius} km: an input, and of no system. Launchers are then the "
            "tighter limit in {launchers}, and magazines in {magazines}.",
            radius=shield.radius_word(shield.radius),
            launchers=launchers,
            magazines=magazines,
        )
    )
    return join(parts, "")


def _of_all(shield: Shield, names: list[str]) -> Text:
    book = shield.book
    best = shield.best()
    count = book.count("options with air defence", [book.option_title(n).trace for n in names])
    if best is None:
        return text(
            "Of {n} options with air defence, none has a battery on the host's soil in month "
            "{month} in any future.",
            n=count,
            month=shield.month,
        )
    name, layer = best
    return text(
        "Of {n} options with air defence, {option} most often has a battery in place when fighting "
        f"begins in month {{month}}: a {layer.title.lower()} one, in {{share}}. Over {{months}} "
        f"months of fighting it can engage {{part}} per cent of the {layer.targets}.",
        n=count,
        option=book.option_title(name),
        month=shield.month,
        share=shield.there(name, layer),
        months=shield.fighting_word,
        part=shield.engaged(name, layer, shield.fighting),
    )


def _not_known(shield: Shield) -> tuple[Text, ...]:
    host = shield.asked.case.about.host
    record = shield.book.entry(("nations", host), "host", "the nation protected")
    named = cited(shield.asked.case.name_of(host), record)
    outside = [
        text(
            "{option}: batteries for bases outside the host's soil are in no number of missiles or "
            "people here.",
            option=shield.book.option_title(name),
        )
        for name in shield.with_elsewhere()
    ]
    return (
        DEFENDED,
        STANDS,
        text(
            "Missiles in the magazines that {host} holds today: not on record. Its own batteries "
            "would meet part of the arrivals, which here meet those of the option alone.",
            host=named,
        ),
        text("Short-range guns, jamming and small interceptors: in no number here."),
        *outside,
    )


QUESTION = Question(
    "shield",
    "Air and missile defence: launchers and magazines, of which the smaller binds",
    answer,
    (OPTION, MONTH, FIGHTING, RADIUS, *OF_FUTURES),
)
