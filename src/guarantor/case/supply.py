"""What nations own, have committed, would allow and offer: the supply side of a case."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator

from guarantor.case.record import Name, NationCode, Record, Sources, Words, split
from guarantor.case.words import Band, Condition, ContributionKind, Quality, Rung
from guarantor.quantity import UNDATED, AmountField, DurationField, Kind, PartialDateField

Names = Annotated[tuple[Words, ...], BeforeValidator(split)]
Bands = Annotated[tuple[Band, ...], BeforeValidator(split)]
Conditions = Annotated[tuple[Condition, ...], BeforeValidator(split)]


class Parameter(Record):
    """One number about a kind of unit, with where it comes from."""

    quantity: AmountField
    """The number, mostly a range: `4 to 9, best 6 months`."""
    kind: Kind
    """Reported, derived or judged."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""
    note: str = ""
    """What a reader must know."""


class Need(Record):
    """Another capability without which this one works only in part."""

    capability: Name
    """What is needed."""
    per_unit: Parameter
    """How many of it for one unit, as a ratio."""


class StandIn(Record):
    """Another capability that can do part of the work of this one."""

    capability: Name
    """What stands in."""
    factor: Parameter
    """How much of one unit's work it does, as a ratio."""


class Capability(Record):
    """A kind of unit."""

    id: Name
    """Key that lines, pools and contributions use."""
    title: Words
    """Name in English."""
    meaning: Words
    """What one unit of it is."""
    unit: Words
    """What it is counted in: units, aircraft, ships, posts, people deployed."""
    enabler: bool
    """Whether others cannot work without it."""
    people: Parameter | None = None
    """People in one unit."""
    support: Parameter | None = None
    """People behind one unit: logistics, medical, signals, guards."""
    tour: Parameter | None = None
    """Months of one tour."""
    slots: Parameter | None = None
    """Units held for each one kept deployed, that one included."""
    notice: Parameter | None = None
    """Days from the order to arrival."""
    available: Parameter | None = None
    """Share of the units owned that can be used at all."""
    running_cost: Parameter | None = None
    """Money for one unit deployed for a year, without its people's home pay."""
    buying_cost: Parameter | None = None
    """Money to buy one unit."""
    delivery: Parameter | None = None
    """Months from the decision to give a unit to its use by the host."""
    needs: tuple[Need, ...] = ()
    """Capabilities without which it works only in part."""
    stood_in_by: tuple[StandIn, ...] = ()
    """Capabilities that can stand in for it."""


class Pool(Record):
    """The units of one kind that a nation, or a group together, owns."""

    DATED: ClassVar[str | None] = "as_of"
    COARSE_DATES_COUNT: ClassVar[bool] = True

    owner: Words
    """The nation, or the group that owns a shared fleet, which stands once."""
    capability: Name
    """What kind."""
    quantity: AmountField
    """How many: `7 to 9, best 8 units`; `absent units` when nobody knows."""
    kind: Kind
    """Reported or judged."""
    as_of: PartialDateField = UNDATED
    """When they were counted."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""
    note: str = ""
    """What a reader must know."""


class Commitment(Record):
    """People or units that a nation already has elsewhere, which count against its pool."""

    DATED: ClassVar[str | None] = "as_of"
    COARSE_DATES_COUNT: ClassVar[bool] = True

    id: Name
    """Key of the commitment."""
    nation: NationCode
    """Whose."""
    capability: Name | None = None
    """What kind of unit; blank for people of any kind."""
    quantity: AmountField
    """How many: `300 people deployed`, or units of the capability."""
    what: Words
    """The mission or place."""
    permanent: bool = False
    """Whether it is a garrison that stays, and not an operation that nations rotate."""
    as_of: PartialDateField = UNDATED
    """When it was counted."""
    kind: Kind
    """Reported or judged."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""
    note: str = ""
    """What a reader must know."""


class DeployedShare(Record):
    """The part of a strength that is, or is meant to be, out at one time."""

    DATED: ClassVar[str | None] = "as_of"
    COARSE_DATES_COUNT: ClassVar[bool] = True

    id: Name
    """Key of the statement."""
    actor: Words | None = None
    """The nation or group it speaks of; blank for nations in general."""
    basis: Literal["record", "ambition", "pledge", "judgement"]
    """What was really kept out, what was aimed at, or what is held ready for a time."""
    of: Literal["active", "land", "people", "units"]
    """The strength that the number is a share of; people or units for an absolute number."""
    quantity: AmountField
    """The share as a per cent, or the absolute number."""
    statement: Words
    """What it says, in our own words."""
    as_of: PartialDateField = UNDATED
    """When it held or was said."""
    kind: Kind
    """Reported, derived or judged."""
    quality: Quality | None = None
    """How good the support is; absent for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""


class KeyShare(Record):
    """One nation's share under a named cost key."""

    DATED: ClassVar[str | None] = "as_of"
    COARSE_DATES_COUNT: ClassVar[bool] = True

    key: Name
    """The key, such as nato-common-funding."""
    nation: NationCode
    """Whose share."""
    quantity: AmountField
    """The share, as a per cent."""
    as_of: PartialDateField = UNDATED
    """The year it holds for."""
    kind: Kind
    """Reported or judged."""
    quality: Quality | None = None
    """How good the support is."""
    sources: Sources = ()
    """Sources."""
    note: str = ""
    """What a reader must know."""


class Contribution(Record):
    """What a nation brings, or could bring, to the lines of options."""

    DATED: ClassVar[str | None] = "since"

    id: Name
    """Key of the contribution."""
    provider: Words
    """Who provides it: a nation, or the group that owns a shared fleet."""
    payer: Words
    """Who pays for it: a nation or a group; not always the provider."""
    kind: ContributionKind
    """Deploy, transfer, fund, base, train or share."""
    capability: Name
    """The kind of unit; lines of this capability can take it."""
    quantity: AmountField
    """How many, zero included where nobody has named a number: `0 to 2, best 1 units`."""
    rung: Rung | None = None
    """How firm it is; blank when nobody has offered it and an analyst judges what could be."""
    basis: Kind
    """Reported when the number was said, judged when an analyst puts it."""
    position: Name | None = None
    """The position on which it rests; blank when there is none."""
    conditions: Conditions = ()
    """What must happen first."""
    bands: Bands
    """Where it may serve: a caveat excludes the others."""
    options: Names = ()
    """The options that it is meant for; blank for any that has such a line."""
    caveat: str = ""
    """The nation's limits in words: where, which task, until when."""
    units: Names = ()
    """Names of the units, where they are known; one unit serves in one place at a time."""
    starts: DurationField
    """Time from the start of the deal to its arrival."""
    ends: DurationField | None = None
    """Time from the start of the deal to its end; absent for as long as asked."""
    since: PartialDateField = UNDATED
    """When it was first said; blank for a judgement."""
    sources: Sources = ()
    """Sources; blank for a judgement."""
    note: str = ""
    """What a reader must know."""
