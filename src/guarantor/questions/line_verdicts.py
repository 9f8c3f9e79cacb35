"""Each line of an option with its verdict: the figure that decides it, and who stands behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table
from guarantor.answer.text import Figure, Text, join, text
from guarantor.quantity import Kind
from guarantor.questions.balances import (
    DIGITS,
    contribution_trace,
    entry,
    filled,
    need_figure,
    need_trace,
    spanned,
)
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.feasibility import Verdict

if TYPE_CHECKING:
    from guarantor.answer.text import Cited
    from guarantor.supply.feasibility import Decider, LineVerdict

COLUMNS = ("Line", "Needed", "Possible", "Nations own", "Would allow", "Verdict", "Why")
NUMBERS = frozenset({"Needed", "Possible", "Nations own", "Would allow"})
FEW = 6
"""Nations named in a sentence before the rest are counted."""


def table(book: Book, found: list[LineVerdict], title: str) -> Table:
    """Return the lines with their verdicts, the option before the line where there are several."""
    several = len({line.line.need.option for line in found}) > 1
    return Table(
        title=title,
        columns=tuple(
            Column(key=t.lower(), title=t, align="right" if t in NUMBERS else "left")
            for t in (*(("Option",) if several else ()), *COLUMNS)
        ),
        rows=tuple(_row(book, line, several=several) for line in found),
        keys=tuple(
            f"{line.line.need.option}/{line.line.need.line.id}"
            if several
            else line.line.need.line.id
            for line in found
        ),
    )


def _row(book: Book, found: LineVerdict, *, several: bool) -> tuple[Text, ...]:
    need = found.line.need
    kind = book.case.capabilities[need.line.capability].title
    option = text("{option}", option=book.option_title(need.option))
    return (
        *((option,) if several else ()),
        text(
            f"{{line}}, {spoken(need.line.phase)}, {spoken(need.line.band)}",
            line=cited(kind, need_trace(book, need)),
        ),
        text("{n}", n=need_figure(book, need)),
        text("{n}", n=filled(book, found.line, "possible")),
        text("{n}", n=owned(book, found)),
        text("{n}", n=owned(book, found, willing=True)),
        text(found.verdict.value),
        why(book, found),
    )


def owned(book: Book, found: LineVerdict, *, willing: bool = False) -> Figure:
    """Return what nations could keep out for a line: all of them, or those that do not refuse."""
    need = found.line.need
    kind = book.case.capabilities[need.line.capability]
    readings = {
        owner: reading
        for owner, reading in found.everyone.items()
        if not (willing and owner in found.refusing)
    }
    who = "nations that do not refuse" if willing else "all nations"
    label = f"{kind.title.lower()}: what {who} could keep out, {need.line.band.value}"
    names = ", ".join(book.case.name_of(owner) for owner in found.unknown)
    method = f"sum over {len(readings)} owners" + (
        f"; nobody has counted: {names}" if names else ""
    )
    if not readings:
        return spanned(
            book, label, None, "no pool is on record", [need_trace(book, need)], kind.unit
        )
    keys = dict.fromkeys(key for reading in readings.values() for key in reading.rests_on)
    inputs = [entry(book, key) for key in keys]
    words = found.refusing.values() if willing else ()
    inputs += [book.position(word) for word in words]
    span = found.willing if willing else found.all_nations
    return spanned(book, label, span, method, inputs, kind.unit)


def why(book: Book, found: LineVerdict) -> Text:
    """Return the reason for a verdict: a pool, a position, the deal, or what is not known."""
    need = found.line.need
    if found.verdict is Verdict.PASSES:
        return text("what is offered reaches the need even at its low end")
    if found.verdict is Verdict.CANNOT:
        return text("even the high end of what all nations own is below the low end of the need")
    if found.verdict is Verdict.WILL_NOT:
        reasons = [text(f"ruled out: {spoken(reason)}") for reason in found.barred]
        return join([*reasons, *_refusing(book, found)])
    if need.span is None:
        return text("nobody has said how many")
    parts = [*_refusing(book, found)]
    if not found.line.taken:
        parts.append(text("nobody on record has offered any, and nobody is judged to"))
    if found.decider is not None:
        parts.append(decides(book, found, found.decider))
    return join(parts) if parts else text("the offers on record fall short, and no range is open")


def _refusing(book: Book, found: LineVerdict) -> list[Text]:
    """Return the nations that own such units and refuse, the largest owners first."""
    owners = sorted(found.refusing, key=lambda n: (-found.everyone[n].span.high, n))
    if not owners:
        return []
    named = [
        text("{n}", n=cited(book.case.name_of(n), book.position(found.refusing[n])))
        for n in owners[:FEW]
    ]
    rest = [book.position(found.refusing[n]) for n in owners[FEW:]]
    if rest:
        named.append(text("{n} more", n=book.count("further nations that refuse", rest)))
    return [join([text("will not:"), join(named, ", ")], " ")]


def decides(book: Book, found: LineVerdict, decider: Decider) -> Text:
    """Return the quantity that decides a line, its range, and the value at which it is filled."""
    need = found.line.need
    unit = book.case.capabilities[need.line.capability].unit
    if decider.taken is None:
        what, source = "the need itself", need_trace(book, need)
        verb = "is filled if it is at most"
    else:
        contribution = decider.taken.offer.contribution
        what = f"what {book.case.name_of(contribution.provider)} brings"
        source = contribution_trace(book, contribution)
        verb = "is filled if it is at least"
    label = f"{book.case.options[need.option].title}: {need.line.id}"
    span = spanned(book, f"{label}, range of {what}", decider.span, "its range", [source], unit)
    slots: dict[str, Figure | Cited] = {"what": cited(what, source), "range": span}
    judged = "judged" if decider.judged else "reported"
    if decider.taken is not None and decider.flip <= decider.span.low:
        return text(
            f"filled at best values without {{what}}, {judged} at {{range}}; undecided because no "
            "low end is sure",
            **slots,
        )
    flip = book.made(
        f"{label}, value at which the answer flips",
        "need at best − everything else at best"
        if decider.taken
        else "everything possible at best",
        [need_trace(book, need), filled(book, found.line, "possible").trace],
        Figure(value=decider.flip, unit=unit, digits=DIGITS, kind=Kind.DERIVED, trace=""),
    )
    if decider.within:
        return text(
            f"decided by {{what}}, {judged} at {{range}}: at best values the line {verb} {{flip}}",
            **slots,
            flip=flip,
        )
    return text(
        f"no quantity alone decides it: {{what}}, {judged} at {{range}}, would have to be {{flip}}",
        **slots,
        flip=flip,
    )
