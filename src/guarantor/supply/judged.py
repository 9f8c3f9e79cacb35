"""The judged figures of a case, and what halving each of them alone changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from guarantor.case.overlay import Overlay, apply
from guarantor.case.statements import Option, RequirementLine, StrengthStatement
from guarantor.case.supply import (
    Capability,
    Commitment,
    Contribution,
    DeployedShare,
    KeyShare,
    Parameter,
    Pool,
)
from guarantor.case.walk import walk
from guarantor.case.words import LineBasis
from guarantor.quantity import (
    Absent,
    Amount,
    AtLeast,
    AtMost,
    Choice,
    Exactly,
    Interval,
    Kind,
    Money,
    Pert,
)
from guarantor.supply.feasibility import Means, Verdict, counts_people, lines, owners
from guarantor.supply.sizes import suitable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.case.case import Case, Key
    from guarantor.case.record import Record
    from guarantor.case.records import Deal
    from guarantor.case.walk import Steps
    from guarantor.quantity import Shape

COUNTED = (Parameter, Pool, Commitment, DeployedShare, KeyShare, StrengthStatement)
OF_CAPABILITIES = ("available", "slots")
"""The numbers of a capability on which what nations can keep out rests."""


OF_SIZES = ("sizing", "strength")
"""The parts of an option on which its size rests, and the size that its purpose would take."""


class Effect(StrEnum):
    """What halving a judged figure changes."""

    VERDICT = "a verdict"
    FIGURE = "a figure, no verdict"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class JudgedFigure:
    """One judged number: its record, and the steps inside it to the part that holds the number."""

    key: Key
    steps: Steps
    amount: Amount | Money

    @property
    def name(self) -> str:
        """Return the record and the part as one line, such as `tanker, notice`."""
        return ", ".join((self.key[1], *(str(step) for step in self.steps)))


def judged_figures(case: Case) -> Iterator[JudgedFigure]:
    """Return every number that an analyst judged, in the order of the case."""
    for key, record in case.records():
        for steps, part in walk(record):
            if not _is_judged(part):
                continue
            amount = part.quantity  # type: ignore[attr-defined]  # each judged kind has one
            if isinstance(amount, Amount | Money) and not isinstance(amount.shape, Absent):
                yield JudgedFigure(key, steps, amount)


def _is_judged(part: Record) -> bool:
    if isinstance(part, RequirementLine):
        return part.basis is LineBasis.JUDGED
    if isinstance(part, Contribution):
        return part.basis is Kind.JUDGED
    return isinstance(part, COUNTED) and part.kind is Kind.JUDGED


def halved(case: Case, figure: JudgedFigure) -> Case:
    """Return the case with one judged number halved, everything else as it is."""
    half = figure.amount.with_shape(_half(figure.amount.shape))
    record = case.table(figure.key[0])[figure.key[1]]
    changed = _with(record, (*figure.steps, "quantity"), half)
    return apply(case, Overlay(case.view, {figure.key: changed}))


def _half(shape: Shape) -> Shape:
    """Return the shape with each of its numbers halved; raises AssertionError for an unknown."""
    match shape:
        case Exactly(value):
            return Exactly(value / 2)
        case Interval(low, high):
            return Interval(low / 2, high / 2)
        case Pert(low, best, high):
            return Pert(low / 2, best / 2, high / 2)
        case Choice(weights):
            return Choice((float(label) / 2, weight) for label, weight in weights)
        case AtMost(value):
            return AtMost(value / 2)
        case AtLeast(value):
            return AtLeast(value / 2)
    raise AssertionError(shape)


def _with(part: Any, steps: Steps, value: object) -> Any:
    """Return a record, list or mapping with what the steps lead to replaced."""
    if not steps:
        return value
    step, rest = steps[0], steps[1:]
    if isinstance(part, dict):
        return {**part, step: _with(part[step], rest, value)}
    if isinstance(part, tuple):
        at = int(step)
        return (*part[:at], _with(part[at], rest, value), *part[at + 1 :])
    return part.model_copy(update={step: _with(getattr(part, str(step)), rest, value)})


Seen = list[tuple[Verdict, tuple[object, ...]]]
"""The verdict on each line of a capability, and every number behind it."""


@dataclass
class _Part:
    """A case cut down to the lines of one capability, and what they show as the case stands."""

    case: Case
    means: Means
    seen: Seen
    places: Mapping[tuple[str, int], int]
    """Where each line of each option stands after the cut."""


def effects(case: Case, deals: Mapping[str, Deal]) -> dict[JudgedFigure, Effect]:
    """Return what halving each judged figure changes in the lines and sizes of the options.

    deals gives the deal for each option. A figure reaches only the lines of its own capability, so
    that a case cut down to these shows all that it can change.
    """
    kinds = {line.capability for name in deals for line in case.options[name].lines or ()}
    parts = {kind: _part(case, kind, deals) for kind in kinds}
    found: dict[JudgedFigure, Effect] = {}
    for figure in judged_figures(case):
        if figure.key[0] == "options" and figure.steps[0] in OF_SIZES:
            found[figure] = _effect_on_size(case, figure, deals)
            continue
        reached = (_effect(parts[k], figure, deals) for k in _reach(case, figure) if k in parts)
        found[figure] = min(reached, key=list(Effect).index, default=Effect.NOTHING)
    return found


def _effect_on_size(case: Case, figure: JudgedFigure, deals: Mapping[str, Deal]) -> Effect:
    option = figure.key[1]
    if option not in deals:
        return Effect.NOTHING
    before, after = suitable(case, option), suitable(halved(case, figure), option)
    if before.verdict is not after.verdict:
        return Effect.VERDICT
    return Effect.FIGURE if before != after else Effect.NOTHING


def _part(case: Case, kind: str, deals: Mapping[str, Deal]) -> _Part:
    people = counts_people(case, kind)
    cut = replace(
        case,
        contributions={k: c for k, c in case.contributions.items() if c.capability == kind},
        pools={k: p for k, p in case.pools.items() if people or p.capability == kind},
        commitments={k: c for k, c in case.commitments.items() if people or c.capability == kind},
        options={
            name: case.options[name].model_copy(
                update={"lines": tuple(_of_kind(case.options[name].lines, kind))}
            )
            for name in deals
        },
        memberships=case.memberships if people else {},
        **{name: {} for name in ("sources", "gates", "keys", "places")},  # type: ignore[arg-type]
    )
    means = Means(cut, names=owners(case))
    places = {
        (name, number): place
        for name in deals
        for place, (number, _) in enumerate(
            (n, each)
            for n, each in enumerate(case.options[name].lines or ())
            if each.capability == kind
        )
    }
    return _Part(cut, means, _see(cut, deals, means), places)


def _of_kind(listed: tuple[RequirementLine, ...] | None, kind: str) -> Iterator[RequirementLine]:
    yield from (line for line in listed or () if line.capability == kind)


def _see(case: Case, deals: Mapping[str, Deal], means: Means) -> Seen:
    return [
        (found.verdict, found.numbers)
        for name, deal in deals.items()
        for found in lines(case, name, deal, means)
    ]


def _reach(case: Case, figure: JudgedFigure) -> Iterable[str]:
    """Return the capabilities whose lines a figure can reach."""
    table, key = figure.key
    record = case.table(table)[key]
    people = [kind for kind in case.capabilities if counts_people(case, kind)]
    match record:
        case Pool() | Contribution():
            return (record.capability,)
        case Commitment():
            return people if record.capability is None else (record.capability,)
        case DeployedShare():
            return people
        case Capability():
            return (record.id,) if figure.steps[0] in OF_CAPABILITIES else ()
        case Option() if figure.steps[0] == "lines" and record.lines:
            return (record.lines[int(figure.steps[1])].capability,)
    return ()


def _effect(part: _Part, figure: JudgedFigure, deals: Mapping[str, Deal]) -> Effect:
    table, key = figure.key
    if key not in part.case.table(table):
        return Effect.NOTHING
    if table == "options":
        field, number, *rest = figure.steps
        place = part.places[key, int(number)]
        figure = replace(figure, steps=(field, place, *rest))
    changed = halved(part.case, figure)
    after = _see(changed, deals, _fresh(part.means, changed, figure))
    if [verdict for verdict, _ in after] != [verdict for verdict, _ in part.seen]:
        return Effect.VERDICT
    return Effect.FIGURE if after != part.seen else Effect.NOTHING


def _fresh(means: Means, changed: Case, figure: JudgedFigure) -> Means:
    """Return what owners could keep out now, keeping the readings that the figure cannot touch."""
    record = changed.table(figure.key[0])[figure.key[1]]
    readings = means.readings
    if isinstance(record, Pool | Commitment):
        owner = record.owner if isinstance(record, Pool) else record.nation
        readings = {key: reading for key, reading in readings.items() if key[0] != owner}
    elif isinstance(record, DeployedShare | Capability):
        readings = {}
    return replace(means, case=changed, readings=readings)
