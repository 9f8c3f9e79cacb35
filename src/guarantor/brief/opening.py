"""The sections that come before the options: the decision, what is said, screening."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.text import Text, join, text
from guarantor.brief.cells import verdict
from guarantor.brief.charts import in_option_colours, titles_in_colour
from guarantor.brief.document import Ballot, Grid, Picture, Prose
from guarantor.brief.matter import chosen, only, part, section

if TYPE_CHECKING:
    from guarantor.answer.answer import Section
    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

CHOICES = (
    ("Approve", "as presented"),
    ("Approve with changes", "the changes written below"),
    ("Return", "for more work, on the points written below"),
    ("Defer", "no decision now; take up again on the date below"),
    ("Reject", "with the reason below"),
    ("Noted", "received, without a decision"),
)
"""What a body can decide on a brief."""

LINES = ("Body and rule of decision", "Option, changes or points", "Date, names, who dissents")

TESTS = ("suitability", "feasibility", "acceptability", "distinctness", "completeness")
SCREENING = TESTS[:-1]
"""The tests that screen an option out; what is not stated can still be written."""

NO_RECOMMENDATION = text("No recommendation: options only.")


def decision(matter: Matter) -> tuple[Block, ...]:
    """Return the question, by when, the options before the body, and the block to decide in."""
    glance = matter.ask("at-a-glance")
    question, by_when = glance.section("decision").paragraphs
    options = part(glance, "options")
    listed = chosen(options, ("option", "deployed", "last_step", "commander")) if options else None
    none = Prose((text("No option is on record, so that there is nothing to decide on."),))
    return (
        Prose((question, join([by_when, NO_RECOMMENDATION], ". "))),
        Grid(listed.model_copy(update={"title": text("Options before the body")}))
        if listed
        else none,
        Ballot(CHOICES, LINES),
    )


def said_and_asked(matter: Matter) -> Section | None:
    """Return what is said beside what the options ask for, each option in its colour."""
    said = section(matter.ask("at-a-glance"), "said-and-asked")
    if said is None or said.chart is None:
        return None
    spec = in_option_colours(said.chart.spec, "what_text", titles_in_colour(matter))
    return said.model_copy(update={"chart": said.chart.model_copy(update={"spec": spec})})


def sizes(matter: Matter) -> tuple[Block, ...]:
    """Return the picture of what is said beside what the options ask for."""
    said = said_and_asked(matter)
    return (Picture(said),) if said else ()


def screened_out(matter: Matter) -> dict[str, tuple[str, ...]]:
    """Return the options that fail a test that screens, with those tests."""
    feasible = matter.feasible
    failed = {
        name: tuple(t for t in SCREENING if verdict(feasible, name, t).plain().startswith("fails"))
        for name in matter.options
    }
    return {name: tests for name, tests in failed.items() if tests}


def surviving(matter: Matter) -> tuple[str, ...]:
    """Return the options that no test screens out."""
    out = screened_out(matter)
    return tuple(name for name in matter.options if name not in out)


def screening(matter: Matter) -> tuple[Block, ...]:
    """Return the verdict on each option under each test, and those screened out with the figure."""
    feasible, out = matter.feasible, screened_out(matter)
    tests = section(feasible, "screening")
    if tests is None or tests.table is None:
        return (Prose((text("No option is on record, so that there is nothing to screen."),)),)
    rows = [
        (matter.option_title(name), *(verdict(feasible, name, test) for test in TESTS))
        for name in matter.options
    ]
    matrix = Table(
        title="Verdict by test",
        columns=(
            Column(key="option", title="Option"),
            *(Column(key=test, title=test.capitalize()) for test in TESTS),
        ),
        rows=tuple(rows),
        keys=matter.options,
    )
    keys = [f"{name}/{test}" for name, failed in out.items() for test in failed]
    found = only(tests.table, [tests.table.keys.index(key) for key in keys])
    rule = text(
        "An option is screened out when it fails on suitability, feasibility, acceptability or "
        "distinctness. Completeness does not screen: what nobody has stated can still be written."
    )
    return (
        Prose((feasible.headline, *tests.paragraphs, rule)),
        Grid(matrix, caption=False),
        Grid(
            found.model_copy(
                update={"title": text("Screened out, with the criterion and the figure")}
            )
        )
        if keys
        else Prose((text("No option is screened out."),)),
    )


def timeline(matter: Matter) -> tuple[tuple[Text, ...], ...]:
    """Return each dated statement on soldiers: nation, date, stance and office, by nation."""
    claims = part(matter.ask("claims"), "by-topic")
    rows: list[tuple[Text, ...]] = []
    for actor, *_ in claims.rows if claims else ():
        register = part(matter.ask("claims", actor=actor.plain()), "register")
        for date, office, topic, stance, *_ in register.rows if register else ():
            if topic.plain() == "ground troops" and date.plain() != "undated":
                rows.append((actor, date, stance, office))
    return tuple(rows)
