"""What a case is made of: one frozen record per row or block of its files.

The comments behind the attributes become the JSON Schemas, the form help and the reference page.
"""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from guarantor.case.words import (
    Band,
    Binding,
    Breach,
    Consent,
    ForeignForces,
    GateRule,
    Grade,
    LineBasis,
    Obligation,
    OptionState,
    Quality,
    Rung,
    Stance,
    Standing,
    Topic,
)
from guarantor.problems import Problems
from guarantor.quantity import UNDATED, AmountField, DurationField, Kind, PartialDateField

NOT_STATED = "not stated"

Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]*$")]
NationCode = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]


def _split(value: object) -> object:
    """Read `S001;U002` as two source ids, the best first."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(";") if part.strip()]
    return value


Sources = Annotated[tuple[Words, ...], BeforeValidator(_split)]


class _Said:
    """Reads a list of statements, or the words `not stated`, which become None."""

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._read, handler(source))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        found = handler(schema)
        kept = [part for part in found.get("anyOf", ()) if part.get("type") != "null"]
        return {"anyOf": [*kept, {"const": NOT_STATED}]}

    @staticmethod
    def _read(value: object) -> object:
        if value == NOT_STATED:
            return None
        if isinstance(value, list) and value:
            return value
        raise Problems.one(
            "neither a list of statements nor the words 'not stated'",
            found=repr(value),
            allowed=f"a list with at least one statement, or {NOT_STATED}",
            remedy=f"Write {NOT_STATED} where nobody has published anything.",
        )


T = TypeVar("T")
Said = Annotated[tuple[T, ...] | None, _Said()]


class Record(BaseModel):
    """A frozen part of a case; an unknown field is a problem, not a guess."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    DATED: ClassVar[str | None] = None
    """The field that says from when the record can be known."""


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
    statement: Words
    """What was said, in our own words."""
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


class Capability(Record):
    """A kind of unit."""

    id: Name
    """Key that requirement lines use."""
    title: Words
    """Name in English."""
    meaning: Words
    """What one unit of it is."""
    needs: tuple[Name, ...] = ()
    """Capabilities without which it cannot work."""
    stood_in_by: tuple[Name, ...] = ()
    """Capabilities that can stand in for it."""


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


class Statement(Record):
    """One thing that somebody published, or that an analyst judged, about an option."""

    DATED: ClassVar[str | None] = "since"

    text: Words
    """What it says, in our own words."""
    kind: Kind
    """Reported or judged."""
    since: PartialDateField = UNDATED
    """When it was first published; blank only for a judgement."""
    sources: Sources = ()
    """Sources, the best first; blank only for a judgement."""
    quality: Quality | None = None
    """How good the support is; blank for a judgement."""


class ObligationStatement(Statement):
    """A statement of what the giver of a guarantee must do."""

    duty: Obligation
    """The rung of the obligation ladder that the words reach."""


class StrengthStatement(Statement):
    """A statement of how many people would be present at one time."""

    quantity: AmountField
    """The number, in people deployed."""


class CommandStatement(Statement):
    """A statement of who commands."""

    by: Words
    """The nation or group in command."""


class DelayStatement(Statement):
    """A statement of how long a hand-over takes."""

    delay: DurationField
    """Calendar time."""


class Response(Statement):
    """Who answers a breach, by when and under which text."""

    actors: tuple[Words, ...]
    """Nations or groups that act."""
    duty: Obligation
    """The rung of the obligation ladder that the words reach."""
    within: DurationField | None = None
    """How soon; absent when nobody has said."""
    under: Words
    """The text that calls for it, or `not stated`."""


class BandStatement(Statement):
    """A statement of where forces would serve."""

    band: Band
    """The band."""


class StateStatement(Statement):
    """A step of an option on its way to a decision."""

    state: OptionState
    """The state reached."""


class Guarantee(Record):
    """What an option promises, row by row; a row that nobody has published is `not stated`."""

    obligation: Said[ObligationStatement]
    """What the givers must do."""
    trigger: Said[Statement]
    """What sets the obligation off."""
    posture: Said[Statement]
    """What the force may do, in public words: its rules of engagement."""
    legal_basis: Said[Statement]
    """Host consent, mandate, treaty, status of forces."""
    end: Said[Statement]
    """When and how it ends."""
    breach: dict[Breach, Said[Response]]
    """Who answers which breach."""


class Command(Record):
    """Who commands what, which powers nations keep, and who takes over."""

    arrangement: Said[Statement]
    """The arrangement in words."""
    commander: Said[CommandStatement]
    """The nation or group in command."""
    headquarters: Said[Statement]
    """Where the headquarters is and who staffs it."""
    powers_kept: Said[Statement]
    """What nations do not hand over."""
    successor: Said[CommandStatement]
    """Who takes over when the commander leaves."""
    handover: Said[DelayStatement]
    """How long the change takes."""


class RequirementLine(Record):
    """One numbered need of an option."""

    DATED: ClassVar[str | None] = "since"

    id: Name
    """Key of the line within its option."""
    capability: Name
    """What is needed."""
    quantity: AmountField
    """How many; `absent` when no source says."""
    band: Band
    """Where it serves."""
    starts: DurationField
    """Time from the start of the deal to the first day of need."""
    ends: DurationField | None = None
    """Time from the start of the deal to the end of need; absent for the whole horizon."""
    basis: LineBasis
    """Stated by a source, derived by a model, or judged."""
    text: Words
    """The need in our own words."""
    since: PartialDateField = UNDATED
    """When it was first published; blank for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""


class Option(Record):
    """One complete way to do the task."""

    DATED: ClassVar[str | None] = "since"

    id: Name
    """Key of the option; also the name of its file."""
    title: Words
    """Name in English."""
    order: int
    """Place in lists: the baseline is 0."""
    proponent: Words
    """Who put it forward."""
    since: PartialDateField = UNDATED
    """When it was first published; blank for an option that the analyst adds."""
    purpose: Said[Statement]
    """What it is for."""
    states: tuple[StateStatement, ...]
    """Steps on its way to a decision."""
    strength: Said[StrengthStatement]
    """People present at one time."""
    guarantee: Guarantee
    """What it promises."""
    command: Command
    """Who commands."""
    bands: Said[BandStatement]
    """Where forces would serve."""
    deals: tuple[Name, ...]
    """The deals under which it is meant to work."""
    lines: Said[RequirementLine]
    """What it takes."""


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
    on_one_page: tuple[Name, ...] = Field(max_length=4)
    """Options shown on the one-pager beside the baseline, at most four."""
    risks: tuple[Statement, ...]
    """What could go wrong with any option, the gravest first."""
    limits: tuple[Statement, ...]
    """What the record lacks, the gravest first; each with the date from which it can be known."""
