"""One spread for each option: promise, lines, command, share and cost, what breaks it, breach."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.text import join, text
from guarantor.brief.cells import cost_of, lines_filled, pools, share_of, verdict
from guarantor.brief.charts import colours
from guarantor.brief.document import Beside, Chapter, Grid, Prose
from guarantor.brief.matter import chosen, part
from guarantor.brief.opening import surviving
from guarantor.case.record import NOT_STATED
from guarantor.case.words import Band

if TYPE_CHECKING:
    from guarantor.answer.answer import Answer
    from guarantor.answer.text import Text
    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

COMMAND = (
    "Command",
    "Commander",
    "Headquarters",
    "Powers nations keep",
    "Successor in command",
    "Hand-over time",
)
BROKEN = "If broken"
SHARE = "provider-european-nato"
DECIDING = 4
"""Lines hanging on one figure for which a spread has room; the assumptions have every one."""

NO_COMMAND = text(
    "Nobody has stated who commands, which powers nations keep, who takes over or how soon."
)
NO_LINES = text("Lines and gaps: missing, because no line is on record for this option.")


def spreads(matter: Matter) -> tuple[Chapter, ...]:
    """Return a section for each option that survives screening."""
    known = colours(matter.options)
    return tuple(
        Chapter(
            name=f"option-{name}",
            title=matter.option_title(name),
            blocks=_spread(matter, name),
            colour=known[name],
            sheet=name != matter.options[0],  # the baseline has little to say
        )
        for name in surviving(matter)
    )


def _spread(matter: Matter, name: str) -> tuple[Block, ...]:
    promise = matter.ask("guarantee", option=name)
    return (
        Prose((promise.headline,)),
        Beside(
            (_published(promise),),
            (_figures(matter, name), *_silent(promise), _command(promise)),
        ),
        *_lines(matter, name),
        Beside((_breach(matter, name),), (_weak(matter, name),)),
    )


def _pairs(title: str, rows: list[tuple[Text, Text]]) -> Grid:
    """Return rows of a name and what is said; a name that goes on is not printed again."""
    columns = (Column(key="row", title=title), Column(key="said", title=""))
    names = [row[0].plain() for row in rows]
    shown = tuple(
        (text("") if place and names[place - 1] == name.plain() else name, said)
        for place, (name, said) in enumerate(rows)
    )
    return Grid(Table(title=title, columns=columns, rows=shown), caption=False, small=True)


def _published(promise: Answer) -> Block:
    """Return the stated rows of the promise itself, each with its date and support."""
    table = part(promise, "promise")
    rows = [
        (row, join([said, join([since, support], ", ")], " – "))
        for row, said, since, support in (table.rows if table else ())
        if said.plain() != NOT_STATED
        and row.plain() not in COMMAND
        and not row.plain().startswith(BROKEN)
    ]
    if not rows:
        return Prose((text("Nothing of a promise is published."),), title="What is promised")
    return _pairs("What is promised", rows)


def _silent(promise: Answer) -> tuple[Block, ...]:
    return (Prose(promise.not_known, title="Not stated by anyone"),) if promise.not_known else ()


def _figures(matter: Matter, name: str) -> Block:
    """Return size, lines, verdict, shares and cost, as the answers give them."""
    sustain = part(matter.ask("sustain"), "three-numbers")
    gaps, cost = matter.ask("gaps", option=name), matter.ask("cost")
    shares = part(matter.ask("share", option=name), SHARE)
    rows: list[tuple[Text, Text]] = []
    if sustain and name in sustain.keys:
        rows.append((text("People deployed"), sustain.cell(name, "deployed")))
        rows.append((text("Pool at a third, fourth, fifth"), pools(sustain, name)))
    rows.append((text("Lines with a number"), lines_filled(gaps)))
    rows.append((text("Feasible"), verdict(matter.feasible, name)))
    for key, title in (
        ("people-possible", "European NATO's share of people, possible"),
        ("people-confirmed", "the same, confirmed"),
        ("enablers-possible", "of enablers, possible"),
        ("risk-possible", "of people on the host's soil, possible"),
    ):
        if shares and key in shares.keys:
            rows.append((text(title), shares.cell(key, "europe")))
    if not shares:
        rows.append((text("European NATO's share"), share_of(matter.ask("share"), name)))
    rows.append((text("Cost of what might come, five years"), cost_of(cost, name)))
    return _pairs("In figures", rows)


def _lines(matter: Matter, name: str) -> tuple[Block, ...]:
    """Return the laydown: the lines by band, what fills them and what does not."""
    gaps = matter.ask("gaps", option=name)
    table = part(gaps, f"gaps-{name}")
    if table is None:
        return (Prose((NO_LINES, *gaps.not_known), title="Laydown by band: lines and gaps"),)
    bands = [str(band.value).replace("_", " ") for band in Band]
    place = [column.key for column in table.columns].index("phase")

    def order(row: tuple[Text, ...]) -> int:
        band = row[place].plain().rsplit(", ", 1)[-1]
        return bands.index(band) if band in bands else len(bands)

    rows = tuple(sorted(table.rows, key=order))
    sorted_table = table.model_copy(
        update={"rows": rows, "keys": (), "title": text("Laydown by band: lines and gaps")}
    )
    wanted = ("line", "phase", "needed", "confirmed", "said", "possible", "gap", "why")
    return (Grid(chosen(sorted_table, wanted), small=True),)


def _command(promise: Answer) -> Block:
    """Return who commands and who takes over; when nobody has said anything, one sentence."""
    table, title = part(promise, "promise"), "Command and successor"
    rows = [(row[0], row[1]) for row in (table.rows if table else ()) if row[0].plain() in COMMAND]
    if all(said.plain() == NOT_STATED for _, said in rows):
        return Prose((NO_COMMAND,), title=title)
    return _pairs(title, rows)


def _breach(matter: Matter, name: str) -> Block:
    """Return who answers each kind of breach; four silent rows are one sentence."""
    breach = matter.ask("breach", option=name)
    table = part(breach, "responses")
    rows = [
        (kind, join([join([who, within], ", within "), does], ": "))
        for _, kind, who, within, does, *_ in (table.rows if table else ())
        if who.plain() != NOT_STATED
    ]
    if not rows:
        return Prose((breach.headline,), title="If the deal is broken")
    rows.append((text("strike on force"), breach.headline))
    return _pairs("If the deal is broken", rows)


def _exit(matter: Matter, name: str) -> tuple[Text, ...]:
    """Return whose exit costs the option most, and what it takes."""
    costs = part(matter.ask("break"), "options")
    if costs is None or name not in costs.keys or not costs.cell(name, "lost").slots:
        return ()
    cells = {key: costs.cell(name, key) for key in ("nation", "lost", "would_be_usable")}
    slots = {key: slot for key, cell in cells.items() for slot in cell.slots.values()}
    return (
        text(
            "Costliest exit: {nation}. It takes {lost} of {would_be_usable} usable people a year "
            "later, on the mean of all futures.",
            **slots,
        ),
    )


def _weak(matter: Matter, name: str) -> Block:
    """Return what is short first, who stands against it, and the figures that decide a line."""
    screened = part(matter.feasible, "screening")
    reasons = [
        join([text(f"{test.capitalize()}:"), screened.cell(f"{name}/{test}", "why")], " ")
        for test in ("feasibility", "acceptability")
        if screened and f"{name}/{test}" in screened.keys
    ]
    deciding = part(matter.ask("assumptions"), "deciding")
    hangs = (
        [
            join([row[0], row[2]], " ")
            for key, row in zip(deciding.keys, deciding.rows, strict=True)
            if key.startswith(f"{name}/")
        ][:DECIDING]
        if deciding
        else []
    )
    return Prose(
        (*reasons, *_exit(matter, name), *hangs),
        title="What is short, and what would break it first",
        listed=True,
    )
