"""What a case is made of: one frozen record per row or block of its files.

The comments behind the attributes become the JSON Schemas, the form help and the reference page.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from pydantic import Field

from guarantor.case.record import Name, NationCode, Record, Sources, Words
from guarantor.case.statements import Statement
from guarantor.case.words import (
    Band,
    Binding,
    Consent,
    ForeignForces,
    GateRule,
    Grade,
    Quality,
    Rung,
    Stance,
    Standing,
    Topic,
)
from guarantor.quantity import UNDATED, AmountField, DurationField, Kind, PartialDateField


class Source(Record):
    """One publication that the case cites."""

    DATED: ClassVar[str | None] = "date"

    id: Words
    """Key that the other files cite."""
    publisher: Words
    """Who published it, and for whom when it is a copy."""
    title: Words
    """Title; in square brackets when it describes a page that has none."""
    date: PartialDateField = UNDATED
    """Day, month or year of publication; blank when unknown."""
    url: str = ""
    """Address; blank when there is none."""
    grade: Grade
    """What kind of publication it is."""
    origin: str = ""
    """The first publication of what it reports, when it is not itself the first."""


class Nation(Record):
    """A state that the case speaks of."""

    id: NationCode
    """ISO 3166 alpha-3 code."""
    name: Words
    """Short name in English."""
    active_personnel: AmountField | None = None
    """People in the active armed forces."""
    land_personnel: AmountField | None = None
    """People in the army."""
    population: AmountField | None = None
    """People in the country."""
    quality: Quality | None = None
    """How good the support of the figures is."""
    sources: Sources = ()
    """Sources of the figures."""
    note: str = ""
    """What a reader must know about the figures."""


class Group(Record):
    """A named list of states, or a body that speaks for several."""

    id: Name
    """Key that positions, options and shares use."""
    title: Words
    """Name in English."""
    meaning: Words
    """Who is in it and who is not, in one sentence."""
    complete: bool
    """Whether the list of members is known to be complete."""
    europe: bool = False
    """Whether shares of Europe are shown under this group as its definition."""
    sources: Sources = ()
    """Sources of the definition."""


class Membership(Record):
    """One state's membership of one group, with its dates."""

    DATED: ClassVar[str | None] = "since"

    group: Name
    """The group."""
    nation: NationCode
    """The member."""
    since: PartialDateField = UNDATED
    """First day of membership; blank when it is older than anything in the case."""
    until: PartialDateField = UNDATED
    """Day on which membership ended; blank while it lasts."""
    sources: Sources = ()
    """Where the membership is recorded."""


class Position(Record):
    """Who said what on which topic, in which office, when, where published, on which condition."""

    DATED: ClassVar[str | None] = "date"

    id: Name
    """Key of the position."""
    actor: Words
    """The nation (ISO code) or group whose position this is."""
    office: Words
    """Who spoke: a president and a prime minister may differ, and both stand."""
    standing: Standing
    """In what capacity."""
    topic: Topic
    """What it is about."""
    stance: Stance
    """Where the speaker stands."""
    quantity: AmountField | None = None
    """The number said, with its unit: `at most 7500 people deployed`; blank when none was."""
    in_words: str = ""
    """The size as it was said where no number was: `several thousand`."""
    statement: Words
    """What was said, in our own words."""
    band: Band | None = None
    """Where the contribution would serve, when the words say so."""
    condition: str = ""
    """What must happen first, in our own words; blank when nothing was said."""
    rung: Rung | None = None
    """How firm the contribution is; blank when the words promise none."""
    binding: Binding
    """How far the words bind the speaker."""
    date: PartialDateField = UNDATED
    """When it was said; blank when unknown."""
    quality: Quality
    """How good the support is."""
    sources: Sources = ()
    """Sources, the best first."""
    origin: Words
    """The first publication; positions that share an origin are one report."""
    note: str = ""
    """What a reader must know; never anything later than the date."""


class Gate(Record):
    """What a nation's parliament must do before its forces go, or the host's before they come."""

    DATED: ClassVar[str | None] = "as_of"

    nation: NationCode
    """Whose parliament."""
    rule: GateRule
    """When it must agree."""
    detail: Words
    """The rule in one or two sentences."""
    kind: Kind
    """Whether a source says so or an analyst judged it."""
    as_of: PartialDateField = UNDATED
    """Date of the rule or of the survey that lists it."""
    sources: Sources = ()
    """Sources; blank for a judgement."""
    note: str = ""
    """What a reader must know."""


class Deal(Record):
    """The political terms assumed."""

    DATED: ClassVar[str | None] = "since"

    id: Name
    """Key of the deal."""
    title: Words
    """Name in English."""
    meaning: Words
    """The terms in one or two sentences."""
    ceasefire: bool
    """Whether the fighting has stopped."""
    consent: Consent
    """Whether the parties accept foreign forces."""
    foreign_forces: ForeignForces
    """What the terms allow on the host's soil."""
    monitoring: Words
    """Who watches the line, as far as anyone has said."""
    kind: Kind
    """Whether a source describes these terms or an analyst assumed them."""
    since: PartialDateField = UNDATED
    """When such terms were first published; blank for an assumption."""
    sources: Sources = ()
    """Sources; blank for a judgement."""


class Place(Record):
    """A city to protect or a base to use."""

    id: Words
    """Key of the place."""
    name: Words
    """Name in English."""
    kind: Literal["city", "base"]
    """What it is."""
    latitude: float = Field(ge=-90, le=90)
    """Degrees north."""
    longitude: float = Field(ge=-180, le=180)
    """Degrees east."""
    population: AmountField | None = None
    """People, for a city."""
    sources: Sources = ()
    """Where the figures come from."""
    note: str = ""
    """What a reader must know."""


class About(Record):
    """What the case is and what decision makers are asked."""

    title: Words
    """Title of the case."""
    purpose: Words
    """What the planning is for."""
    question: Words
    """The question put to decision makers, in one sentence."""
    decide_by: PartialDateField = UNDATED
    """When they are asked to decide; blank when nobody has said."""
    as_of: PartialDateField
    """The last day that the record covers."""
    horizon: DurationField
    """How far ahead the options are tested."""
    host: NationCode
    """The nation protected."""
    version: Words
    """Version of the case, set by its authors."""
    authors: tuple[Words, ...]
    """Who stands behind its judgements."""
    marking: Words
    """Handling line printed on every product."""
    on_one_page: tuple[Name, ...]
    """Options for the one-pager, the first choice first; it has room for four and the baseline."""
    risks: tuple[Statement, ...]
    """What could go wrong with any option, the gravest first."""
    limits: tuple[Statement, ...]
    """What the record lacks, the gravest first; each with the date from which it can be known."""
    confidence: Statement | None = None
    """How sure the authors are of the record as a whole, as their own judgement."""
    case_against: tuple[Statement, ...] = ()
    """The strongest case against planning any of this, in at most sixty words."""
