"""What is said about an option: statements with their dates and sources, row by row."""

from __future__ import annotations

from typing import ClassVar

from guarantor.case.record import Name, Record, Said, Sources, Words
from guarantor.case.supply import Parameter
from guarantor.case.words import Band, Breach, LineBasis, Obligation, OptionState, Phase, Quality
from guarantor.quantity import UNDATED, AmountField, DurationField, Kind, PartialDateField


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
    whole: bool = True
    """Whether it is the size of the whole force, and not of a part of it."""


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


class Derivation(Record):
    """How a model gives the number of a line."""

    model: Words
    """Name of a published model, as `guarantor models` lists it."""
    inputs: dict[str, Parameter]
    """The model's inputs by name, each with its range and source."""
    output: Words
    """Which output of the model is the number."""


class Sizing(Derivation):
    """A force that the purpose of an option would take, by a published model."""

    text: Words
    """What is sized, in our own words: which line, which population, which watch."""


class RequirementLine(Record):
    """One numbered need of an option."""

    DATED: ClassVar[str | None] = "since"

    id: Name
    """Key of the line within its option."""
    capability: Name
    """What is needed."""
    quantity: AmountField | None = None
    """How many; `absent` when no source says; blank when a model gives the number."""
    derivation: Derivation | None = None
    """The model that gives the number, for a line derived from the purpose."""
    phase: Phase = Phase.FULL
    """The part of the deal's life in which it is needed."""
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
    sizing: tuple[Sizing, ...] = ()
    """The force that its purpose would take, by each published model that fits the purpose."""
