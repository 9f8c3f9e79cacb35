"""The closed lists of words that a case may use; their meanings stand in the glossary."""

from __future__ import annotations

from enum import StrEnum


class Topic(StrEnum):
    """What a position is about."""

    GROUND_TROOPS = "ground_troops"
    AIR_SUPPORT = "air_support"
    NO_FLY_ZONE = "no_fly_zone"
    AIR_DEFENCE = "air_defence"
    NAVAL = "naval"
    COMMAND = "command"
    MONITORING = "monitoring"
    TRAINING = "training"
    LOGISTICS = "logistics"
    FUNDING = "funding"
    GUARANTEE = "guarantee"


class Stance(StrEnum):
    """Where the speaker stands on the topic."""

    OPPOSES = "opposes"
    EXCLUDES = "excludes"
    CONDITIONAL = "conditional"
    OPEN = "open"
    SUPPORTS = "supports"
    OFFERS = "offers"


class Standing(StrEnum):
    """In what capacity the words were said."""

    OFFICIAL = "official"
    UNNAMED = "unnamed"
    OUTSIDE_GOVERNMENT = "outside_government"
    ABOUT_ANOTHER = "about_another"


class Binding(StrEnum):
    """How far the words bind whoever said them."""

    STATEMENT = "statement"
    LEAK = "leak"
    GOVERNMENT_DECISION = "government_decision"
    PARLIAMENT_DECISION = "parliament_decision"
    DECLARATION_SIGNED = "declaration_signed"


class Quality(StrEnum):
    """How good the support of a fact is."""

    PRIMARY = "primary"
    REPORTED = "reported"
    SECONDARY = "secondary"
    ESTIMATE = "estimate"
    UNVERIFIED = "unverified"


class Grade(StrEnum):
    """What kind of publication a source is."""

    OFFICIAL = "official"
    AGENCY = "agency"
    PRESS = "press"
    EXPERT = "expert"
    REFERENCE = "reference"
    DIGEST = "digest"
    STATE_LINKED = "state_linked"


class Rung(StrEnum):
    """How firm a contribution is, from a remark to a unit in place."""

    SIGNALLED = "signalled"
    INDICATED = "indicated"
    PLEDGED = "pledged"
    OFFERED = "offered"
    VERIFIED = "verified"
    CONFIRMED = "confirmed"
    ASSIGNED = "assigned"
    DEPLOYED = "deployed"

    @property
    def height(self) -> int:
        """Return the place on the ladder, counted from 0 at the bottom."""
        return list(Rung).index(self)


class Obligation(StrEnum):
    """What a guarantee obliges its giver to do, weakest first."""

    CONSULT = "consult"
    SUPPLY = "supply"
    SUPPORT = "support"
    DEFEND = "defend"


class Breach(StrEnum):
    """The kinds of violation of a deal, least grave first."""

    BELOW_ARMED_ATTACK = "below_armed_attack"
    LOCAL = "local"
    STRIKE_ON_FORCE = "strike_on_force"
    GENERAL = "general"


class Band(StrEnum):
    """Where a line serves."""

    LINE = "line"
    REAR = "rear"
    NEIGHBOUR = "neighbour"
    SEA = "sea"
    AIR = "air"
    REACH_BACK = "reach_back"


class GateRule(StrEnum):
    """When a nation's parliament must agree before its forces go."""

    PRIOR = "prior"
    AFTER_THE_FACT = "after_the_fact"
    LIMITED = "limited"
    CONVENTION = "convention"
    NONE = "none"


class OptionState(StrEnum):
    """How far an option has come on its way to a decision."""

    IDEA = "idea"
    DRAFT = "draft"
    SCREENED = "screened"
    ANALYSED = "analysed"
    COMPARED = "compared"
    PRESENTED = "presented"
    UNDER_CONSIDERATION = "under_consideration"
    SELECTED = "selected"
    RETURNED = "returned"
    DEFERRED = "deferred"
    REJECTED = "rejected"
    NOTED = "noted"
    CONCEPT_APPROVED = "concept_approved"
    FORCE_GENERATION = "force_generation"
    BALANCED = "balanced"
    PLAN_APPROVED = "plan_approved"
    ARMED = "armed"
    ACTIVATED = "activated"
    EXECUTING = "executing"
    TRANSITION = "transition"
    CLOSED = "closed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"


class Consent(StrEnum):
    """Whether the parties to the deal accept foreign forces."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


class ForeignForces(StrEnum):
    """What the deal lets foreign forces do on the host's soil."""

    ALLOWED = "allowed"
    NOT_SETTLED = "not_settled"
    CAPPED = "capped"
    BARRED = "barred"


class LineBasis(StrEnum):
    """Where a requirement line comes from."""

    STATED = "stated"
    DERIVED = "derived"
    JUDGED = "judged"


class Phase(StrEnum):
    """The part of a deal's life in which a need stands."""

    BEFORE_CEASEFIRE = "before_ceasefire"
    INITIAL = "initial"
    FULL = "full"
    BREACH = "breach"
    EXIT = "exit"


class ContributionKind(StrEnum):
    """What a contribution is: who moves, who gives, who pays."""

    DEPLOY = "deploy"
    TRANSFER = "transfer"
    FUND = "fund"
    BASE = "base"
    TRAIN = "train"
    SHARE = "share"


class Condition(StrEnum):
    """What must happen before a contribution counts."""

    CEASEFIRE = "ceasefire"
    PEACE_DEAL = "peace_deal"
    AMERICAN_SUPPORT = "american_support"
    EUROPEAN_FORCE = "european_force"
    PARLIAMENT = "parliament"
    MANDATE = "mandate"
    HOST_CONSENT = "host_consent"
    OTHER_PARTY_CONSENT = "other_party_consent"
    CLEAR_MISSION = "clear_mission"
    PAYMENT = "payment"
