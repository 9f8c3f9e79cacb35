"""The options side by side: raw figures first, then by deal, then what breaks each first."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.text import join, text
from guarantor.brief.cells import CANNOT_BE_SAID, cost_of, first, lines_filled, share_of, verdict
from guarantor.brief.charts import ranges
from guarantor.brief.document import Grid, Picture, Prose
from guarantor.brief.matter import part

if TYPE_CHECKING:
    from guarantor.brief.document import Block
    from guarantor.brief.matter import Matter

RAW = (
    "Raw figures, as the answers give them; nothing here is scored or weighed. Each option stands "
    "under the first deal that it is meant for; the table after it tells the other deals apart."
)
NOTHING = text("none on record")
NO_DEAL = (
    "No deal has been chosen, so that no single column is the result; results are never pooled "
    "over deals without weights that somebody states."
)


def raw_figures(matter: Matter) -> tuple[Block, ...]:
    """Return one row of figures for each option, the baseline first."""
    sustain = part(matter.ask("sustain"), "three-numbers")
    if not matter.options or sustain is None:
        return (Prose((text("No option is on record, so that there is nothing to compare."),)),)
    share, cost, feasible = matter.ask("share"), matter.ask("cost"), matter.feasible
    rows = [
        (
            matter.option_title(name),
            sustain.cell(name, "deployed"),
            sustain.cell(name, "pool_four"),
            lines_filled(matter.ask("gaps", option=name)),
            verdict(feasible, name),
            share_of(share, name),
            cost_of(cost, name),
        )
        for name in matter.options
    ]
    titles = (
        ("option", "Option"),
        ("deployed", "Deployed"),
        ("pool", "Pool at one in four"),
        ("lines", "Lines with a number"),
        ("feasible", "Feasible"),
        ("share", "European NATO's share of people, possible"),
        ("cost", "Cost of what might come, five years"),
    )
    return (
        Prose((text(RAW),)),
        Grid(
            Table(
                title="Raw figures",
                columns=tuple(Column(key=key, title=title) for key, title in titles),
                rows=tuple(rows),
                keys=matter.options,
            ),
            caption=False,
            small=True,
        ),
    )


def by_deal(matter: Matter) -> tuple[Block, ...]:
    """Return for each option and deal how many lines could be filled, and the verdict."""
    deals = matter.deals
    if not deals or not matter.options:
        return (
            Prose(
                (
                    text(
                        "By deal: missing, because no deal is on record under which options could "
                        "be compared."
                    ),
                )
            ),
        )
    known = part(matter.ask("situation"), "deals")
    feasible = part(matter.feasible, "by-deal")
    rows = []
    for name in matter.options:
        cells = []
        for deal in deals:
            gaps = matter.ask("gaps", option=name, deal=deal)
            tested = feasible.cell(name, deal) if feasible else CANNOT_BE_SAID
            cells.append(join([lines_filled(gaps), tested]))
        rows.append((matter.option_title(name), *cells))
    return (
        Prose((text(NO_DEAL),)),
        Grid(
            Table(
                title="Lines with a number, and feasibility, by deal",
                columns=(
                    Column(key="option", title="Option"),
                    *(
                        Column(key=deal, title=known.cell(deal, "deal") if known else deal)
                        for deal in deals
                    ),
                ),
                rows=tuple(rows),
                keys=matter.options,
            ),
            small=True,
        ),
    )


def shares(matter: Matter) -> tuple[Block, ...]:
    """Return the picture of Europe's share of the people, and what the answer says of it."""
    found = matter.ask("share")
    drawn = ranges(
        matter,
        "europes-share",
        text("European NATO's share of the people who might come"),
        "Per cent of the people who might come",
        {name: share_of(found, name) for name in matter.options},
        rule=50,
    )
    return (Prose((found.headline,)), *((Picture(drawn),) if drawn else ()))


def costs(matter: Matter) -> tuple[Block, ...]:
    """Return the picture of what might come, at the prices that most options have a sum at."""
    found = matter.ask("cost")
    table = part(found, "sums")
    keys = table.keys if table else ()
    held = {
        name: {key.removeprefix(f"{name}-"): key for key in keys if key.startswith(f"{name}-")}
        for name in matter.options
    }
    at = Counter(prices for sums in held.values() for prices in sums)
    if table is None or not at:
        return (Prose((found.headline, text("No cost is on record, so there is no picture."))),)
    ((usual, _),) = at.most_common(1)
    key = next(sums[usual] for sums in held.values() if usual in sums)
    prices = table.cell(key, "prices")
    drawn = ranges(
        matter,
        "costs",
        join([text("Cost of what might come over five years, in millions,"), prices], " "),
        f"Million {prices.plain()}",
        {
            name: table.cell(sums[usual], "possible") if usual in sums else NOTHING
            for name, sums in held.items()
        },
    )
    return (Prose((found.headline,)), *((Picture(drawn),) if drawn else ()))


def weakest(matter: Matter) -> tuple[Block, ...]:
    """Return for each option what is short first, by the answers there are."""
    screened = part(matter.feasible, "screening")
    if screened is None:
        return (Prose((text("No option is on record."),)),)
    rows = [
        (
            matter.option_title(name),
            screened.cell(f"{name}/feasibility", "why"),
            first(matter.ask("guarantee", option=name), "Successor in command"),
        )
        for name in matter.options
    ]
    return (
        Prose(
            (
                text(
                    "Before anybody leaves, this is what is short on the day of writing: the "
                    "lines, the widest gap, and who would take over."
                ),
            )
        ),
        Grid(
            Table(
                title="What is short first",
                columns=(
                    Column(key="option", title="Option"),
                    Column(key="short", title="Lines, and the widest gap"),
                    Column(key="successor", title="Successor in command"),
                ),
                rows=tuple(rows),
                keys=matter.options,
            ),
            caption=False,
            small=True,
        ),
    )
