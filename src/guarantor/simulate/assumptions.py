"""The assumptions that futures need: a closed list of names, with their units and limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from guarantor.case.words import GateRule
from guarantor.problems import Collector, Problem, nearest
from guarantor.quantity import Absent, Amount, AtLeast, AtMost, Choice, Interval, Money, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guarantor.case.assumptions import Assumption
    from guarantor.case.case import Case
    from guarantor.quantity import Shape

FILE = "assumptions.yaml"


class Needed(NamedTuple):
    """What futures ask of one assumption.

    unit: None for a choice between the words. low and high: what no draw may pass; None for no
    limit. words: the theories to choose from.
    """

    unit: Unit | None
    meaning: str
    low: float | None = 0
    high: float | None = None
    words: tuple[str, ...] = ()


FIRMNESS = ("unsaid", "said", "pledged", "confirmed")
"""How firm a contribution is, coarsely, as `comes-…` and `delivers-…` have it."""

GATED = tuple(rule for rule in GateRule if rule is not GateRule.NONE)
RANGES = ("long", "medium")
"""The ranges of air-defence batteries: capabilities `air-defence-…`."""


def of_rule(name: str, rule: GateRule) -> str:
    """Return the name of an assumption for one rule of a gate: `refused-after-the-fact`."""
    return f"{name}-{rule.value.replace('_', '-')}"


def _share(meaning: str) -> Needed:
    return Needed(Unit.PERCENT, meaning, high=100)


def _months(meaning: str) -> Needed:
    return Needed(Unit.MONTHS, meaning)


def _needed() -> Iterator[tuple[str, Needed]]:
    yield "will-in-common", Needed(Unit.RATIO, "part of a decision that all nations share", high=1)
    yield "will-of-nation", Needed(Unit.RATIO, "part of a decision that is its nation's", high=1)
    for firm in FIRMNESS:
        yield f"comes-{firm}", _share(f"contributions, {firm}, that come at all")
        yield f"delivers-{firm}", _share(f"the number, {firm}, that is delivered when it comes")
    for rule in GATED:
        yield of_rule("gate-months", rule), _months("months from the start to the mandate")
        yield of_rule("refused", rule), _share("mandates that are refused")
        yield of_rule("lapses", rule), _share("mandates that are not renewed at a renewal")
    yield "mandate-months", _months("months of one mandate")
    yield "leaves-a-year", _share("contributors that leave in a year by themselves")
    yield "follows", _share("the others that follow a leader's exit")
    yield "follow-months", _months("months for which a leaver draws others")
    yield "handover-months", _months("months of a change of command without a stated delay")
    yield "unnamed-successor-months", _months("months to a new command when nobody is named")
    yield "unled", _share("work that is done while command changes hands")
    yield "overlap-months", _months("months for which both are there at a relief")
    yield "reserve", _share("usable units that a nation keeps at home")
    lift = "people brought to the host's soil in a month"
    yield "lift-people", Needed(Unit.PEOPLE_DEPLOYED, lift)
    strength = "which reading of the share of its strength a nation can keep out"
    readings = ("record", "ambition", "judgement")
    yield "strength-basis", Needed(None, strength, words=readings)
    yield "fails-a-year", Needed(Unit.RATIO, "failures of a ceasefire in a year without a force")
    effect = "coefficient of a thousand people on the rate of failure"
    yield "force-effect", Needed(Unit.RATIO, effect, low=None)
    theory = "whether a force present makes failure rarer"
    yield "effect-theory", Needed(None, theory, words=("none", "peacekeeping"))
    yield "met-clear-mission", _share("futures in which there is a clear mission")
    yield "met-mandate", _share("futures in which there is an international mandate")
    yield "met-payment", _share("futures in which others pay")
    for reach in RANGES:
        yield f"interceptors-{reach}", Needed(Unit.MISSILES, "missiles with one battery at first")
        yield f"output-{reach}", Needed(Unit.MISSILES, "missiles built in a year by all suppliers")
        yield f"competing-{reach}", _share("that output that goes to other customers")
        arrivals = "targets of such a battery in a month of fighting"
        yield f"arrivals-{reach}", Needed(Unit.MISSILES_PER_MONTH, arrivals)
        yield f"shots-{reach}", Needed(Unit.MISSILES, "missiles fired at one target")
    yield "crews-per-aircraft", Needed(Unit.RATIO, "crews for one fighter")
    yield "flying-hours", Needed(Unit.HOURS, "hours that a crew can fly in a month")
    yield "policing-aircraft", Needed(Unit.AIRCRAFT, "aircraft of one air-policing detachment")
    yield "tanker-share", _share("sorties of an enforcement patrol that need a tanker")


NEEDED: Mapping[str, Needed] = dict(_needed())
"""Every assumption that futures ask for, by name."""


def check_assumptions(case: Case) -> None:
    """Raise Problems with every assumption that futures need and the case lacks or has otherwise.

    Each problem names what is asked for and the line to write.
    """
    problems = Collector()
    unasked = [name for name in case.assumptions if name not in NEEDED]
    for name, needed in NEEDED.items():
        assumption = case.assumptions.get(name)
        if assumption is None:
            problems.add(_missing(name, needed, unasked))
        else:
            problems.extend(_wrong(case, name, needed, assumption))
    problems.extend(_wills(case))
    problems.raise_if_any()


def _missing(name: str, needed: Needed, unasked: Iterable[str]) -> Problem:
    near = nearest(name, unasked)
    return Problem(
        f"the futures need an assumption that the case lacks: {needed.meaning}",
        file=FILE,
        field=name,
        found=f"nothing; {near}" if near else "nothing",
        allowed=_allowed(needed),
        remedy=f"Add an entry with 'id: {name}' and '{_line(needed)}'.",
    )


def _line(needed: Needed) -> str:
    """Return the line that an author has to write, with gaps for what only an author can say."""
    if needed.unit is None:
        return f"quantity: choice of {', '.join(f'{word}: WEIGHT' for word in needed.words)}"
    return f"quantity: LOW to HIGH, best BEST {needed.unit.plural}"


def _allowed(needed: Needed) -> str:
    if needed.unit is None:
        return f"a choice between {', '.join(needed.words)}"
    ends = ""
    if needed.low is not None:
        ends = f" from {needed.low:g}" + ("" if needed.high is None else f" to {needed.high:g}")
    return f"{needed.unit.plural}{ends}"


def _wrong(case: Case, name: str, needed: Needed, assumption: Assumption) -> Iterator[Problem]:
    """Yield what keeps futures from drawing an assumption as it stands."""
    quantity = assumption.quantity
    what = _fault(needed, quantity)
    if what:
        place = case.where("assumptions", name, "quantity")
        yield Problem(
            what,
            file=place.file,
            line=place.line,
            field=name,
            found=quantity.text(),
            allowed=_allowed(needed),
            remedy=f"Write '{_line(needed)}'.",
        )


def _fault(needed: Needed, quantity: Amount | Money | Choice) -> str | None:
    if isinstance(quantity, Choice):
        known = needed.unit is None and {word for word, _ in quantity.weights} <= set(needed.words)
        return None if known else "not a choice that the futures know"
    if quantity.measure is not needed.unit:
        return "the assumption is in another unit than the futures ask for"
    if isinstance(quantity.shape, Absent | AtMost | AtLeast):
        return "nothing can be drawn from this"
    if not _inside(needed, quantity.shape):
        return "a draw could lie outside what can be"
    return None


def _inside(needed: Needed, shape: Shape) -> bool:
    """Return whether no draw passes the limits; an interval has tails beyond its ends."""
    low, high = shape.low, shape.high
    assert low is not None  # noqa: S101  # shapes without ends were told apart above
    assert high is not None  # noqa: S101
    tails = isinstance(shape, Interval)
    below = needed.low is not None and (low < needed.low or (tails and low <= needed.low))
    above = needed.high is not None and (high > needed.high or tails)
    return not below and not above


def _wills(case: Case) -> Iterator[Problem]:
    """Yield a problem when the shares of will could add up to more than the whole."""
    names = ("will-in-common", "will-of-nation")
    found = [case.assumptions[name] for name in names if name in case.assumptions]
    highs = [entry.quantity.shape.high for entry in found if isinstance(entry.quantity, Amount)]
    known = [high for high in highs if high is not None]
    if len(known) == len(names) and sum(known) > 1:
        place = case.where("assumptions", names[1], "quantity")
        yield Problem(
            "the parts of political will can add up to more than the whole",
            file=place.file,
            line=place.line,
            field=" + ".join(names),
            found=f"up to {sum(known):g}",
            allowed="at most 1",
            remedy="Lower the upper end of one of them; the rest is each decision's own.",
        )
