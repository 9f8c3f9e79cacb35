"""The tests an option must pass before it is compared: each with a verdict and its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.answer.text import Text, join, text
from guarantor.case.words import Consent, ContributionKind, GateRule, Standing, Topic
from guarantor.questions.balances import (
    asks_for_nothing,
    deal_title,
    gap_figure,
    need_figure,
    need_trace,
)
from guarantor.questions.guarantee import promise, trace
from guarantor.questions.sizing import size_figure
from guarantor.questions.sustain import size, strength
from guarantor.questions.tracing import Book, cited, spoken
from guarantor.supply.feasibility import Verdict, worst
from guarantor.supply.offers import ON_HOST_SOIL, bars
from guarantor.supply.sizes import latest_size, suitable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.case.records import Deal, Position
    from guarantor.case.statements import Option
    from guarantor.supply.feasibility import LineVerdict

ASKED_FIRST = frozenset({GateRule.PRIOR, GateRule.CONVENTION})
"""Rules under which a parliament is asked before forces go."""


class Check(NamedTuple):
    """What one test says of an option, and why."""

    test: str
    verdict: Verdict
    why: Text
    note: str = ""


def suitability(book: Book, name: str) -> Check:
    """Return whether the force that the option brings is as large as its purpose would take."""
    test, option = "Suitability", book.case.options[name]
    row = next(row for row in promise(option) if row.steps == ("purpose",))
    if row.said is None:
        return Check(test, Verdict.OPEN, text("nobody has stated what it is for"))
    purpose = cited("the stated purpose", trace(book, name, row, 0))
    asked, brings = latest_size(book.case, name), strength(book, name)
    if asked is None or asked.span is None:
        return Check(
            test, Verdict.OPEN, text("no published model sizes {purpose}", purpose=purpose)
        )
    needed = size_figure(book, name, asked)
    found = suitable(book.case, name)
    if brings is None or found.brings is None:
        return Check(
            test,
            Verdict.OPEN,
            text("{purpose} would take {n}; no size is on record", purpose=purpose, n=needed),
        )
    why = text("{purpose} would take {n} people; it brings", purpose=purpose, n=needed)
    return Check(test, found.verdict, join([why, size(book, name)], " "))


def feasibility(book: Book, found: list[LineVerdict]) -> Check:
    """Return the gravest verdict on the lines, with those lines and their figures."""
    test = "Feasibility"
    if not found:
        return Check(test, Verdict.OPEN, text("no line is on record"))
    asking = [line for line in found if not asks_for_nothing(line.line.need)]
    if not asking:
        return _nothing_asked(book, test, found)
    verdict = worst(line.verdict for line in asking)
    here = [line for line in asking if line.verdict is verdict]
    traces = {line.line.need.line.id: need_trace(book, line.line.need) for line in asking}
    counted = text(
        f"{{n}} of {{all}} lines {_of(verdict)}:",
        n=book.count("lines", [traces[line.line.need.line.id] for line in here]),
        all=book.count("lines that ask for something", traces.values()),
    )
    named = [
        text(
            "{line}",
            line=cited(
                book.case.capabilities[line.line.need.line.capability].title.lower(),
                traces[line.line.need.line.id],
            ),
        )
        for line in here
    ]
    why = join([counted, join(named, ", ")], " ")
    numbered = [line for line in here if line.line.need.span is not None]
    if verdict is not Verdict.PASSES and numbered:
        largest = max(numbered, key=_relative_gap)
        kind = book.case.capabilities[largest.line.need.line.capability].title.lower()
        figures = text(
            "the widest is {kind}, with {gap} of {need} unfilled",
            kind=cited(kind, traces[largest.line.need.line.id]),
            gap=gap_figure(book, largest.line),
            need=need_figure(book, largest.line.need),
        )
        why = join([why, figures])
    return Check(test, verdict, why)


def _nothing_asked(book: Book, test: str, found: list[LineVerdict]) -> Check:
    """Return that an option passes because it takes nothing, and not because anybody came."""
    lines = [need_trace(book, line.line.need) for line in found]
    why = text(
        "it asks for nothing, so that nothing is to be filled: lines with a need of zero: {n}",
        n=book.count("lines that ask for nothing", lines),
    )
    return Check(test, Verdict.PASSES, why)


def _of(verdict: Verdict) -> str:
    return {
        Verdict.PASSES: "are filled",
        Verdict.CANNOT: "fail because no nations together have the units",
        Verdict.WILL_NOT: "fail because nations refuse or the deal rules it out",
    }.get(verdict, "cannot be decided from public data")


def _relative_gap(found: LineVerdict) -> float:
    need, gap = found.line.need.span, found.line.gap
    return gap.best / need.best if need and gap and need.best else 0.0


def acceptability(book: Book, found: list[LineVerdict], deal: Deal) -> Check:
    """Return who stands against the option: the deal, nations, the other party, parliaments."""
    sent = [line for line in found if _sends(line)]
    barred = [line for line in sent if bars(deal, line.line.need.line.band)]
    on_soil = [line for line in sent if line.line.need.line.band in ON_HOST_SOIL]
    reasons = []
    verdict = Verdict.PASSES
    if barred:
        verdict = Verdict.FAILS
        reasons.append(text("the deal bars it: {deal}", deal=deal_title(book, deal)))
    refusing = {n: word for line in on_soil for n, word in line.refusing.items()}
    if refusing:
        reasons.append(join([text("refuse soldiers there:"), _named(book, refusing.values())], " "))
    words = against(book) if on_soil else []
    if words:
        reasons.append(join([text("against foreign forces:"), _named(book, words)], " "))
        if deal.consent is not Consent.FULL:
            verdict = worst((verdict, Verdict.OPEN))
    gates = to_ask(book, sent, with_host=bool(on_soil))
    if gates:
        verdict = worst((verdict, Verdict.OPEN))
        number = book.count("parliaments to ask", gates.values())
        nations = [text("{n}", n=cited(book.case.name_of(n), t)) for n, t in gates.items()]
        asked = text("{n} parliaments are asked first:", n=number)
        reasons.append(join([asked, join(nations, ", ")], " "))
    if not reasons:
        reasons.append(text("nobody on record is against it, and no parliament is to be asked"))
    return Check("Acceptability", verdict, join(reasons))


def _sends(found: LineVerdict) -> bool:
    """Return whether a line sends anybody: it asks for more than nothing and is not given."""
    need, line = found.line.need.span, found.line
    offered = [*(t.offer for t in line.taken), *line.ruled_out]
    given = any(o.contribution.kind is ContributionKind.TRANSFER for o in offered)
    return not given and (need is None or need.high > 0)


def _named(book: Book, words: Iterable[Position]) -> Text:
    return join(
        [text("{n}", n=cited(book.case.name_of(p.actor), book.position(p))) for p in words], ", "
    )


def against(book: Book) -> list[Position]:
    """Return the latest word on forces of states outside every group that could provide nothing.

    These are the other party to the deal.
    """
    case = book.case
    inside = {m.nation for m in case.memberships.values()} | {case.about.host}
    inside |= {pool.owner for pool in case.pools.values()}
    inside |= {c.provider for c in case.contributions.values()}
    latest: dict[str, Position] = {}
    for position in sorted(case.positions.values(), key=lambda p: (p.date.latest, p.id)):
        about_forces = position.topic is Topic.GROUND_TROOPS
        official = position.standing is Standing.OFFICIAL
        if about_forces and official and position.actor in case.nations.keys() - inside:
            latest[position.actor] = position
    return [p for p in latest.values() if p.stance in {"opposes", "excludes"}]


def to_ask(book: Book, sent: list[LineVerdict], *, with_host: bool) -> dict[str, str]:
    """Return the nations whose parliament is asked before their units go, with the gate's record.

    The host's own is asked before foreign forces come.
    """
    case = book.case
    providers = {
        taken.offer.contribution.provider
        for line in sent
        for taken in line.line.taken
        if not taken.offer.firm and taken.span.high > 0
    }
    if with_host:
        providers.add(case.about.host)
    return {
        nation: book.entry(("gates", nation), f"{case.name_of(nation)}: parliament", gate.detail)
        for nation, gate in case.gates.items()
        if nation in providers and gate.rule in ASKED_FIRST
    }


AXES = ("size", "place", "commander", "obligation", "kinds of unit", "sent or given")


def axes(option: Option, found: list[LineVerdict]) -> dict[str, object]:
    """Return where an option stands on each axis on which options are told apart."""
    command, duty = option.command.commander, option.guarantee.obligation
    size = next((s.quantity.text() for s in option.strength or () if s.whole), None)
    values = (
        size,
        frozenset(line.line.need.line.band for line in found),
        frozenset(c.by for c in command) if command else None,
        frozenset(d.duty for d in duty) if duty else None,
        frozenset(line.line.need.line.capability for line in found),
        frozenset(
            "given" if not _sends(line) else "sent"
            for line in found
            if line.line.need.span is None or line.line.need.span.high > 0
        ),
    )
    return dict(zip(AXES, values, strict=True))


def distinctness(book: Book, name: str, all_axes: dict[str, dict[str, object]]) -> Check:
    """Return the nearest other option and on which axes the two differ."""
    mine = all_axes[name]
    apart = {
        other: [axis for axis in AXES if theirs[axis] != mine[axis]]
        for other, theirs in all_axes.items()
        if other != name
    }
    if not apart:
        return Check("Distinctness", Verdict.OPEN, text("there is no other option on record"))
    nearest = min(apart, key=lambda other: (len(apart[other]), book.case.options[other].order))
    other = book.option_title(nearest)
    if not apart[nearest]:
        why = text("does not differ from {other} on any axis", other=other)
        return Check("Distinctness", Verdict.FAILS, why)
    differs = ", ".join(apart[nearest])
    warning = apart[nearest] == ["size"]
    words = f"nearest is {{other}}, which differs in: {differs}"
    words += "; warning: only the number differs" if warning else ""
    return Check(
        "Distinctness",
        Verdict.PASSES,
        text(words, other=other),
        "only the number differs" if warning else "",
    )


def completeness(book: Book, name: str) -> Check:
    """Return the rows of the promise that nobody has stated."""
    option = book.case.options[name]
    rows = list(promise(option))
    blank = [row for row in rows if row.said is None]
    if not blank:
        return Check("Completeness", Verdict.PASSES, text("every row of the promise is stated"))
    whole = book.written(
        "rows of a promise",
        "; ".join(row.name for row in rows),
        book.case.where("options", name),
    )
    why = text(
        "{n} of {all} rows of the promise are not stated: "
        + ", ".join(spoken(row.name).lower() for row in blank),
        n=book.number("rows not stated", len(blank), "counted in the option's file", [whole]),
        all=book.number("rows of a promise", len(rows), "counted in the option's file", [whole]),
    )
    return Check("Completeness", Verdict.FAILS, why)
