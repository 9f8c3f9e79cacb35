"""What each nation could keep out, read from its people and from its pools, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.answer import Column, Section, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.questions.balances import contribution_trace, entry, spanned
from guarantor.questions.tracing import Book, cited
from guarantor.supply.capacity import general_range, people, units
from guarantor.supply.feasibility import said_by
from guarantor.supply.span import NOTHING, Span

if TYPE_CHECKING:
    from guarantor.supply.capacity import Reading
    from guarantor.supply.feasibility import LineVerdict

BRIGADE = "ground-brigade"
PRESENT = "people deployed"


class Offered(NamedTuple):
    """What a nation brings: the kinds of unit, what it said itself in people, and the records."""

    kinds: tuple[str, ...]
    said: Span
    traces: tuple[str, ...]


def section(book: Book, found: list[LineVerdict]) -> Section | None:
    """Return the nations of the contributions with both readings of what they could keep out."""
    offered = _offered(book, found)
    if not offered:
        return None
    rows = [_row(book, nation, offer) for nation, offer in offered.items()]
    titles = (
        "Nation",
        "Offers itself",
        "Record",
        "Ambition",
        "Judged range",
        "Brigades from its pool",
        "Units from its pools",
        "Reads",
    )
    words = {"Nation", "Units from its pools", "Reads"}
    return Section(
        id="readings",
        title=text("What each nation could keep out besides what is out already"),
        paragraphs=(
            text(
                "Two readings that need not agree. Deployed: a share of strength, less the people "
                "who are out; by the record of operations, by the ambition of the alliance, and as "
                "an analyst judges. Pool: the units owned and usable, less those elsewhere, after "
                "rotation where it is known."
            ),
        ),
        table=Table(
            title="Nations of the contributions",
            columns=tuple(
                Column(
                    key=t.lower().replace(" ", "_"),
                    title=t,
                    align="left" if t in words else "right",
                )
                for t in titles
            ),
            rows=tuple(rows),
            keys=tuple(offered),
        ),
    )


def _offered(book: Book, found: list[LineVerdict]) -> dict[str, Offered]:
    offered: dict[str, Offered] = {}
    for line in found:
        people_line = book.case.capabilities[line.line.need.line.capability].unit == PRESENT
        said = said_by(line.line) if people_line else {}
        for taken in line.line.taken:
            contribution = taken.offer.contribution
            nation = contribution.provider
            if nation not in book.case.nations:
                continue
            held = offered.get(nation, Offered((), NOTHING, ()))
            offered[nation] = Offered(
                tuple(dict.fromkeys((*held.kinds, contribution.capability))),
                _larger(held.said, said.get(nation, NOTHING)),
                tuple(dict.fromkeys((*held.traces, contribution_trace(book, contribution)))),
            )
    return dict(sorted(offered.items(), key=lambda item: (-item[1].said.high, item[0])))


def _larger(one: Span, two: Span) -> Span:
    return one if one.high >= two.high else two


def _row(book: Book, nation: str, offered: Offered) -> tuple[Text, ...]:
    case = book.case
    name = case.name_of(nation)
    general = general_range(case, nation)
    said = spanned(
        book,
        f"{name}: people it offers itself",
        offered.said,
        "the largest number it gave for one line" if offered.said.high else "it gave no number",
        offered.traces,
        PRESENT,
    )
    brigades = units(case, nation, BRIGADE) if BRIGADE in case.capabilities else None
    return (
        text("{n}", n=cited(name, offered.traces[0])),
        text("{n}", n=said),
        *(
            text("{n}", n=_read(book, f"{name}: {basis}", people(case, nation, basis), nation))
            for basis in ("record", "ambition", "judgement")
        ),
        text("{n}", n=_read(book, f"{name}: brigades", brigades, nation, "units")),
        _pools(book, nation, offered),
        _reads(offered, general),
    )


def _read(
    book: Book, label: str, reading: Reading | None, nation: str, unit: str = PRESENT
) -> Figure:
    keys = reading.rests_on if reading else (("nations", nation),)
    return spanned(
        book,
        label,
        reading.span if reading else None,
        reading.method if reading else "its strength, its pool or the share is not on record",
        [entry(book, key) for key in keys],
        unit,
    )


def _pools(book: Book, nation: str, offered: Offered) -> Text:
    """Return the units of the kinds offered that its pools could keep out."""
    parts = []
    for kind in offered.kinds:
        if kind == BRIGADE or book.case.capabilities[kind].unit == PRESENT:
            continue
        reading = units(book.case, nation, kind)
        title = book.case.capabilities[kind].title
        if reading is not None:
            shown = _read(book, f"{nation}: {title}", reading, nation, "units")
            parts.append(text("{kind} {n}", kind=cited(title.lower(), shown.trace), n=shown))
    return join(parts) if parts else text("–")


def _reads(offered: Offered, general: Reading | None) -> Text:
    """Return how a nation's own offer stands to the general range."""
    if not offered.said.high:
        return text("it gave no number of its own")
    if general is None:
        return text("no strength on record")
    if offered.said.best > general.span.high:
        return text("its own offer exceeds the whole general range: the two contradict each other")
    if offered.said.best > general.span.best:
        return text("its own offer is above the middle of the general range")
    return text("its own offer lies within the general range")
