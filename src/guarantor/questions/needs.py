"""Needs: what a reader wants of any option, as thresholds on measures with units."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from guarantor.problems import Collector, Problem, Problems, nearest
from guarantor.questions.measures import MILLION, MONTHS, PEOPLE, SHARE, measure_named, measures
from guarantor.questions.question import AGAIN, Setting
from guarantor.supply.shares import definitions

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from guarantor.case.case import Case
    from guarantor.questions.measures import Measure
    from guarantor.simulate.outcome import Outcome
    from guarantor.simulate.setup import Flags, Numbers

_COMPARE: Mapping[str, tuple[Callable[[Numbers, float], Flags], str]] = {
    ">=": (np.greater_equal, "at least"),
    "<=": (np.less_equal, "at most"),
    ">": (np.greater, "more than"),
    "<": (np.less, "less than"),
}
_FORM = re.compile(
    r"(?P<name>[A-Za-z][\w-]*)\s*(?P<sign>[<>]=?)\s*"
    r"(?P<number>\d[\d_ ]*(?:\.\d+)?)\s*(?P<unit>.*)"
)
_ALLOWED = "a measure, then >=, <=, > or <, then a number with or without its unit"
_EXAMPLE = "Write it as in 'present >= 20000 people' or 'europe_share_money >= 50%'."
_UNITS: Mapping[str, Mapping[str, float]] = {
    PEOPLE: {"people": 1.0, "person": 1.0, "thousand people": 1000.0, "thousand": 1000.0},
    MONTHS: {"months": 1.0, "month": 1.0, "years": 12.0, "year": 12.0},
    SHARE: {"per cent": 1.0, "percent": 1.0, "%": 1.0},
}
_OF_MONEY = {"million": 1.0, "billion": 1000.0}


@dataclass(frozen=True)
class Need:
    """One threshold on one measure, in the measure's unit."""

    measure: str
    sign: str
    threshold: float
    words: str

    @property
    def said(self) -> str:
        """Return the comparison in words, such as `at least`."""
        return _COMPARE[self.sign][1]

    def met(self, values: Numbers) -> Flags:
        """Return the futures in which it is met."""
        return _COMPARE[self.sign][0](values, self.threshold)


def read_needs(text: str, case: Case) -> tuple[Need, ...]:
    """Return the needs written one after the other, with `;` between them.

    Raises Problems for all that cannot be read: measures, units, numbers.
    """
    problems = Collector()
    found = []
    for part in filter(str.strip, text.split(AGAIN["need"])):
        try:
            found.append(_read(part.strip(), case))
        except Problems as error:
            problems.extend(error.problems)
    if not found and not problems:
        problems.add(
            Problem("no need is given", found="nothing", allowed=_ALLOWED, remedy=_EXAMPLE)
        )
    problems.raise_if_any()
    return tuple(dict.fromkeys(found))


def _read(part: str, case: Case) -> Need:
    form = _FORM.fullmatch(part)
    if form is None:
        raise Problems.one("this is no need", found=part, allowed=_ALLOWED, remedy=_EXAMPLE)
    measure = measure_named(form["name"], case)
    number = float(form["number"].replace("_", "").replace(" ", ""))
    number *= _factor(form["unit"], measure)
    return Need(measure.name, form["sign"], number, " ".join(part.split()))


def _factor(unit: str, measure: Measure) -> float:
    """Return what a number in the unit given is multiplied by to be in the measure's own."""
    if not unit:
        return 1.0
    known = {measure.unit: 1.0, **_UNITS.get(measure.unit, {})}
    if measure.unit.startswith("million "):
        code = measure.unit.split()[1]
        known |= {f"{word} {code}": size for word, size in _OF_MONEY.items()} | _OF_MONEY
        known |= {code: 1 / MILLION}
    by_folded = {name.casefold(): size for name, size in known.items()}
    folded = " ".join(unit.split()).casefold()
    if folded in by_folded:
        return by_folded[folded]
    raise Problems.one(
        f"the measure '{measure.name}' is not counted in this unit",
        found=unit,
        allowed=", ".join(known),
        remedy=nearest(unit, known),
    )


def tested(
    needs: Sequence[Need], known: Mapping[str, Measure], found: Outcome
) -> dict[Need, Flags | None]:
    """Return for each need the futures in which it is met; None where there is nothing to test."""
    tests: dict[Need, Flags | None] = {}
    for need in needs:
        values = known[need.measure].values(found)
        tests[need] = None if values is None else need.met(values)
    return tests


def counting(needs: Sequence[Need], known: Mapping[str, Measure]) -> list[Need]:
    """Return the needs on which an option may stand or fall: those inside their evidence."""
    return [need for need in needs if not known[need.measure].outside]


def holds(tests: Mapping[Need, Flags | None], counted: Sequence[Need], size: int) -> Flags | None:
    """Return the futures in which every need that counts is met; None where one has no number."""
    held = np.ones(size, dtype=np.bool_)
    for need in counted:
        met = tests[need]
        if met is None:
            return None
        held &= met
    return held


def _measure(text: str, case: Case) -> str:
    return measure_named(text, case).name


def _europe(text: str, case: Case) -> str:
    groups = definitions(case)
    if text in groups:
        return text
    raise Problems.one(
        "no group of the case that is a definition of Europe",
        found=text or "nothing",
        allowed=", ".join(groups),
        remedy=nearest(text, groups),
    )


NEED = Setting(
    "need",
    "what an option has to reach; may be given again, or with ; between needs",
    read_needs,
    "'present >= 20000 people'",
)
MEASURE = Setting("measure", "the measure that is looked at", _measure, "present")
EUROPE = Setting("europe", "the group that counts as Europe", _europe, "european-nato")


def known_measures(case: Case, europe: str | None) -> dict[str, Measure]:
    """Return the measures of a case with Europe as the reader set it."""
    return measures(case, europe)
