"""What one option under one deal takes into its first month: fixed parts, and numbers by future.

Arrays by future have the futures last, so that the compiled month runs along them. The words are
those of docs/the-month.md.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]
    Counts: TypeAlias = NDArray[np.int64]
    Flags: TypeAlias = NDArray[np.bool_]

NO_MONTH = -1
"""Stands for never, where a month is asked for, and for none, where a number of a thing is."""


class Reason(IntEnum):
    """Why units that were offered do not work on a line, in the order in which they are lost.

    `NOT_NEEDED` is no loss: the line has what it asks for.
    """

    CAVEAT = 0
    CONDITION = 1
    LEFT = 2
    LATE = 3
    UNDER_DELIVERED = 4
    POOL_EMPTY = 5
    COMMAND = 6
    ENABLER = 7
    NOT_NEEDED = 8


class PhaseCode(IntEnum):
    """The part of the deal's life in which a line is needed."""

    ALWAYS = 0
    BREACH = 1
    BEFORE_CEASEFIRE = 2
    NEVER = 3


class Structure(NamedTuple):
    """What is the same in all futures; n counts nations, c contributions, l lines, p pools.

    Lines stand in the order in which they are filled, and the pairs of a line in the order in which
    its contributions are taken.
    """

    months: int
    """Months of the run."""
    ceasefire: bool
    """Whether the deal has a ceasefire."""
    people_bin: float
    """People in one bin of the histograms of people; the last bin has no end."""

    leaves: Flags
    """[n] Whether the nation can leave; a group that owns a fleet cannot."""
    weight: Numbers
    """[n] What its leaving weighs on the others, 0 to 1."""
    gated_nation: Flags
    """[n] Whether its rule calls for a gate, and so for renewals."""
    commander: int
    """The nation in command, or NO_MONTH."""
    supporter: int
    """The nation whose support contributions may need (the United States), or NO_MONTH."""

    nation: Counts
    """[c] Who provides it."""
    pool: Counts
    """[c] The pool that it is drawn from, or NO_MONTH where none holds it back."""
    ends: Counts
    """[c] The first month in which it is gone by its own terms."""
    transfer: Flags
    """[c] Whether it is given for good."""
    moves: Flags
    """[c] Whether it deploys or trains: only that waits for lift."""
    gated: Flags
    """[c] Whether it needs its nation's mandate."""
    needs_support: Flags
    """[c] Whether it depends on American support."""
    needs_ceasefire: Flags
    """[c] Whether it depends on the ceasefire (also on a peace deal or on the parties' consent)."""
    counted: Flags
    """[c] Whether its people are counted, and not another entry's that holds them."""

    rotates: Flags
    """[p] Whether its units rest between tours; a headcount is a share that can be kept out."""

    capability: Counts
    """[l] The capability of the line."""
    starts: Counts
    """[l] First month of need."""
    line_ends: Counts
    """[l] First month after the need."""
    phase: Counts
    """[l] A PhaseCode."""
    host_soil: Flags
    """[l] Whether it serves on the host's soil."""
    has_number: Flags
    """[l] Whether the need has a number; else it takes all that comes."""

    pair_start: Counts
    """[l + 1] Where the pairs of each line begin in `pair_*`, and the end of the last."""
    pair: Counts
    """[pairs] The contribution."""
    pair_reason: Counts
    """[pairs] The Reason (CAVEAT or CONDITION) for which it never counts here, or NO_MONTH."""

    need_by: Counts
    """[needs] The capability that needs another."""
    need_of: Counts
    """[needs] The capability that it needs, which has a line in the option."""
    stand_for: Counts
    """[stand-ins] The capability that is missing."""
    stand_by: Counts
    """[stand-ins] The capability that stands in for it, which has a line in the option."""


class Futures(NamedTuple):
    """What differs between futures. F futures; the other letters as in `Structure`."""

    quantity: Numbers
    """[c, F] What a contribution offers."""
    delivered: Numbers
    """[c, F] What it delivers when it is in place; 0 where it does not come."""
    arrives: Counts
    """[c, F] The month of its arrival."""
    blocked: Flags
    """[c, F] Whether a condition that is settled before the first month is unmet."""
    people_per_unit: Numbers
    """[c, F] People in one unit and behind it; 1 for a headcount, 0 where nobody has said."""

    gate_month: Counts
    """[n, F] The month in which the nation's gate is passed."""
    leave_threshold: Numbers
    """[n, F] What must press on a nation before it leaves."""
    lapse_threshold: Numbers
    """[n, F] What renewals must add up to before the mandate lapses."""
    lapse_step: Numbers
    """[n, F] What one renewal adds."""
    leave_rate: Numbers
    """[F] Rate of leaving in a month without pressure."""
    follow_rate: Numbers
    """[F] What full pressure adds to it."""
    follow_months: Counts
    """[F] Months for which a leaver presses on the others."""
    renew_every: Counts
    """[F] Months of one mandate."""

    usable: Numbers
    """[p, F] Units or people of a pool that can be used at all, after commitments and reserve;
    infinite where nobody has counted them."""
    tour: Numbers
    """[p, F] Months of one tour."""
    rest: Numbers
    """[p, F] Months of rest after it, at least 1."""
    overlap: Numbers
    """[F] Months for which those who go and those who come are both there."""
    lift: Numbers
    """[F] People who can be brought to the host's soil in a month."""

    need: Numbers
    """[l, F] What a line asks for; infinite where nobody has said."""
    per_unit: Numbers
    """[needs, F] Units needed for one unit of the capability that needs them."""
    factor: Numbers
    """[stand-ins, F] Part of a unit's work that one stand-in does."""

    handover: Counts
    """[F] Months for which command changes hands."""
    unled: Numbers
    """[F] What a unit counts for meanwhile."""

    fail_rate: Numbers
    """[F] Failures of the ceasefire in a year without a force."""
    effect: Numbers
    """[F] Coefficient of a thousand people on that rate; 0 where the theory says none."""
    fail_draw: Numbers
    """[F] The ceasefire fails when its chance to hold falls below this."""


class WhatIf(NamedTuple):
    """What a question makes happen, whatever the futures say.

    `exit_month` is [n], `NO_MONTH` for a nation that is left to itself. Without followers nobody
    leaves because others did.
    """

    exit_month: Counts
    followers: bool = True
    breach_month: int = NO_MONTH
