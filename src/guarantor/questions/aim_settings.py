"""What a reader may set of an aim: the strength to hold, and whose part is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from guarantor.case.words import Band
from guarantor.optimise.aim import STEP, Barred
from guarantor.problems import Problems, nearest
from guarantor.questions.question import ACTOR, MONTHS, Setting

if TYPE_CHECKING:
    from guarantor.case.case import Case

_HOLD = re.compile(r"(?P<people>[0-9][0-9 ]*)(?:\s+people)?(?:\s+for\s+(?P<months>.+))?")
PLACES = {
    "ground": frozenset({Band.LINE, Band.REAR, Band.NEIGHBOUR}),
    "air": frozenset({Band.AIR}),
    "sea": frozenset({Band.SEA}),
    "reach_back": frozenset({Band.REACH_BACK}),
}


@dataclass(frozen=True, slots=True)
class Hold:
    """A strength to be held, and for how many months; None for the usual ones."""

    people: float
    months: int | None


def _hold(words: str, case: Case) -> Hold:
    found = _HOLD.fullmatch(words.strip())
    people = float(found["people"].replace(" ", "")) if found else 0.0
    if found is None or people < STEP:
        raise Problems.one(
            "no strength to hold",
            found=words or "nothing",
            allowed=f"people, at least {STEP}, and a time: '15000 for 36 months'",
        )
    length = (found["months"] or "").removesuffix("months").removesuffix("month").strip()
    return Hold(people, MONTHS.read(length, case) if length else None)


def _without(words: str, case: Case) -> tuple[Barred, ...]:
    return tuple(_barred(each.strip(), case) for each in words.split(","))


def _barred(words: str, case: Case) -> Barred:
    actor, colon, what = words.partition(":")
    name = ACTOR.read(actor, case)
    nations = frozenset({name} if name in case.nations else case.members(name))
    if not colon or what == "all":
        return Barred(case.name_of(name), nations, None, None)
    if what in PLACES:
        return Barred(case.name_of(name), nations, None, PLACES[what])
    if what in case.capabilities:
        return Barred(case.name_of(name), nations, what, None)
    known = [*PLACES, "all", *case.capabilities]
    raise Problems.one(
        "nothing that a nation could be left out of",
        found=what or "nothing",
        allowed=", ".join(known),
        remedy=nearest(what, known),
    )


HOLD = Setting("hold", "the strength to hold, and for how long", _hold, "'15000 for 36 months'")
WITHOUT = Setting("without", "whose part is left out, and of what", _without, "USA:ground")
