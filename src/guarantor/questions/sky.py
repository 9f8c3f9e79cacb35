"""Air policing and no-fly enforcement: what each takes, what is there, and what binds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.text import Text, join, text
from guarantor.quantity import Kind
from guarantor.questions.air_tasks import FIGHTER, has_fighters
from guarantor.questions.futures import OF_FUTURES, outcome, terms
from guarantor.questions.guarantee import ordered
from guarantor.questions.in_a_month import in_a_month, month_of
from guarantor.questions.over_time import sheet
from guarantor.questions.question import MONTH, OPTION, Asked, Draft, Question
from guarantor.questions.sky_tables import UNCONTESTED, Sky
from guarantor.questions.sky_years import in_the_air
from guarantor.questions.tracing import cited

if TYPE_CHECKING:
    from guarantor.answer.answer import Section

RULES = (
    (
        "What is done",
        "Aircraft on alert take off to meet, identify and escort what flies without leave.",
        "Pairs stay over an area day and night and turn back or shoot down what may not fly there.",
    ),
    (
        "Who is met",
        "Aircraft that can be seen, called and accompanied, one at a time.",
        "Whatever enters the area: it has to be met within minutes, also by night.",
    ),
    (
        "Who decides to shoot",
        "A nation, case by case; the usual order is to watch and to report.",
        "A command in the air or on the ground, by rules agreed beforehand.",
    ),
    (
        "What it stops",
        "Straying, probing and quarrels over who flew where.",
        "Crewed aircraft over the area; some cruise missiles and drones that pass a patrol.",
    ),
    (
        "What it does not stop",
        "Missiles, drones, artillery, or an attack that is meant.",
        "Ballistic missiles, artillery, bombs let go from outside the area, large waves of drones.",
    ),
)
"""What is asked of each task: words of our own, a judgement."""


def answer(asked: Asked) -> Draft:
    """Return the two tasks for one option, or side by side for all that have fighters."""
    book = asked.book
    chosen = asked.get("option")
    able = [name for name in ordered(asked) if has_fighters(asked.case, name)]
    names = [name for name in able if chosen in (None, name)]
    title = text(
        "Air policing and no-fly enforcement, as of {day}: {title}",
        day=book.day(),
        title=book.title(),
    )
    rules = _rules(asked, [chosen] if chosen else [])
    if not names:
        return Draft(title=title, headline=_nothing(asked, chosen), sections=(rules,))
    sky = Sky(asked, in_a_month(asked, names, month_of(asked)))
    sections = [rules, sky.takes(chosen), sky.there()]
    if chosen:
        found = outcome(asked, chosen)
        if (section := in_the_air(asked, found, terms(asked, chosen))) is not None:
            sections.append(section)
    if (costs := sky.costs()) is not None:
        sections.append(costs)
    return Draft(
        title=title,
        headline=_of_one(sky, chosen) if chosen else _of_all(sky),
        sections=tuple(sections),
        not_known=_not_known(),
    )


def _nothing(asked: Asked, chosen: str | None) -> Text:
    if chosen is None:
        return text(
            "Neither task can be measured: no option on record has a line of fighters. All of it "
            "would be for uncontested air."
        )
    return text(
        "Neither task can be measured for {option}: no line of fighters is on record for it.",
        option=asked.book.option_title(chosen),
    )


def _rules(asked: Asked, names: list[str]) -> Section:
    """Return what each task does and does not stop, and what the option's authors say."""
    book = asked.book
    judged = book.keep(
        label="what the two tasks do and do not stop",
        kind=Kind.JUDGED,
        says="; ".join(f"{what}: policing: {one} Enforcement: {two}" for what, one, two in RULES),
        judged_by="guarantor, from the public meaning of the two words",
    )
    said = [
        text("{said}", said=cited(each.text, book.statement(label, each, where)))
        for name in names
        for label, statements, field in (
            ("posture of the force", asked.case.options[name].guarantee.posture, "guarantee"),
        )
        for each in statements or ()
        for where in (asked.case.where("options", name, field),)
    ]
    authors = [join([text("What its authors say of the patrols:"), *said], " ")] if said else []
    return sheet(
        "rules",
        text("Two tasks with different rules"),
        (
            UNCONTESTED,
            text("What the words mean here is {j}.", j=cited("a judgement of ours", judged)),
            *authors,
        ),
        (
            ("what", "", False),
            ("policing", "Air policing", False),
            ("enforcement", "No-fly enforcement", False),
        ),
        [(f"rule-{'abcde'[n]}", [text(w) for w in row]) for n, row in enumerate(RULES)],
    )


def _of_one(sky: Sky, name: str) -> Text:
    book = sky.asked.book
    parts = [
        text(
            "In month {month}, under {option}, {n} fighters are in place",
            month=sky.month,
            option=book.option_title(name),
            n=sky.units(name, FIGHTER),
        )
    ]
    need = sky.need(name, FIGHTER)
    parts.append(text(", where {need} are asked for.", need=need) if need else text("."))
    parts.append(text(" They make {n} turns of air policing.", n=sky.turns(name)))
    patrols = sky.enough(name)
    if patrols is None:
        parts.append(text(" What a patrol takes is on no line, so that enforcement is not known."))
    else:
        parts.append(
            text(
                " One pair over Ukraine day and night, in air that nobody contests, can be kept in "
                "{share}.",
                share=patrols,
            )
        )
        if (scarce := sky.scarcest(name)) is not None:
            parts.append(scarce)
        if (unasked := sky.unasked(name)) is not None:
            parts.append(unasked)
    return join(parts, "")


def _of_all(sky: Sky) -> Text:
    book = sky.asked.book
    best = sky.best()
    count = book.count(
        "options with a line of fighters", [book.option_title(name).trace for name in sky.there_in]
    )
    if best is None:
        return text(
            "{n} options have fighters; what a patrol takes is on no line, so that enforcement "
            "cannot be measured.",
            n=count,
        )
    if sky.never(best):
        return text(
            "Of {n} options with fighters, none that asks for all it takes keeps a pair over "
            "Ukraine day and night in month {month} in any future, even in air that nobody "
            "contests.",
            n=count,
            month=sky.month,
        )
    share = sky.enough(best)
    if share is None:
        raise TypeError(best)
    return text(
        "Of {n} options with fighters, none keeps a pair over Ukraine day and night more often "
        "than {option}: in month {month}, in {share}, and in air that nobody contests.",
        n=count,
        option=book.option_title(best),
        month=sky.month,
        share=share,
    )


def _not_known() -> tuple[Text, ...]:
    return (
        text("What would be left if the air were contested: nothing here says it."),
        text("Losses, weather, spare parts and weapons: in no number here."),
        text("The host's own fighters: not counted."),
    )


QUESTION = Question(
    "sky",
    "Air policing and no-fly enforcement: what each takes, what is there and what binds",
    answer,
    (OPTION, MONTH, *OF_FUTURES),
)
