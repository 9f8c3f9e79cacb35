"""Presence over time: what rests, what can be kept out, what works, who leaves.

These are our own derivations, made to agree with the published ratios in the long run. They are the
equations of the simulated month.
"""

from __future__ import annotations

from guarantor.models._docstring import card_from


def units_kept_out(
    usable: float, resting: float, tour_months: float, overlap_months: float
) -> float:
    """Units that a pool can have out this month, those who hand over and take over counted twice.

    $ D = max(0, P - R) / (1 + h / t) $

    Symbols:
        usable, $P$ [units]: units that can be used at all; from 0; valid throughout
        resting, $R$ [units]: units that rest or train after a tour; from 0; valid throughout
        tour_months, $t$ [months]: length of a tour; above 0; valid from 3 to 15
        overlap_months, $h$ [months]: time for which those who go and those who come are both
            there; from 0; valid to 3
    Outputs:
        kept_out, $D$ [units]: units that can be present
    Validity: Units of one kind that relieve each other without end.
    Traps:
        In the first months nothing rests, so that more can go than can be kept up.
    Basis: ours
    Source: Our own derivation. With the rest of units_resting it settles at the pool over its
        rotation ratio and overlap share, P / (r + h / t).
    """
    return max(0.0, usable - resting) / (1.0 + overlap_months / tour_months)


def units_resting(resting: float, deployed: float, tour_months: float, rest_months: float) -> float:
    """Units at rest a month later: those who come home are added, those who are ready again go.

    $ R' = R + D / t - R / d $

    Symbols:
        resting, $R$ [units]: units at rest now; from 0; valid throughout
        deployed, $D$ [units]: units present this month; from 0; valid throughout
        tour_months, $t$ [months]: length of a tour; above 0; valid from 3 to 15
        rest_months, $d$ [months]: time between two tours; from 1; valid from 3 to 60
    Outputs:
        resting_next, $R'$ [units]: units at rest next month
    Validity: Many units out of step with each other, a part of which comes home each month. A
        single brigade that goes and comes as a whole moves in steps.
    Traps:
        The published ratio of a pool is reached after some rests, not in the first month.
    Basis: ours
    Source: Our own derivation: a stock with a mean stay of d months. At rest R = D d / t, so that
        R + D is the rotation ratio times D.
    """
    return resting + deployed / tour_months - resting / rest_months


def working_degree(have: float, want: float) -> float:
    """Part of a line that works when it needs another one that is filled only in part.

    $ g = min(1, H / W) $

    Symbols:
        have, $H$ [units]: units of the enabler that work, stand-ins at their factor; from 0;
            valid throughout
        want, $W$ [units]: units of it that the line would need; from 0; valid throughout
    Outputs:
        degree, $g$ [fraction]: part that works; 1 when nothing is needed
    Validity: Work that can be cut in proportion; a force without any command or eyes is worth
        less than its part.
    Traps:
        With several enablers the scarcest decides; the parts are not multiplied.
    Basis: ours
    Source: Our own derivation: fixed proportions.
    """
    return 1.0 if want <= 0.0 else min(1.0, have / want)


def leaving_hazard(leave_rate: float, follow_rate: float, pressure: float) -> float:
    """What presses on a nation to leave in one month.

    $ h = l + f p $

    Symbols:
        leave_rate, $l$ [1/month]: rate of leaving when nobody else has; from 0; valid to 0.1
        follow_rate, $f$ [1/month]: what the exit of a leader adds; from 0; valid to 1
        pressure, $p$ [fraction]: weight of those who left of late, 1 for a leader; from 0 to 1;
            valid throughout
    Outputs:
        hazard, $h$ [1/month]: rate in this month
    Validity: An exit that is announced and not undone. Planned cuts are not yet exits.
    Traps:
        A rate is not a chance: over n months the chance is 1 - exp(-n h).
    Basis: ours
    Source: Our own derivation: a level rate with an added one while a leader's exit is fresh.
    """
    return leave_rate + follow_rate * pressure


def leaver_pull(weight: float, leave_rate: float, hazard: float) -> float:
    """What the exit of a nation weighs on others: only the part that was its own decision.

    $ w' = w l / h $

    Symbols:
        weight, $w$ [fraction]: what its exit would weigh, 1 for a leader; from 0 to 1;
            valid throughout
        leave_rate, $l$ [1/month]: rate of leaving when nobody else has; from 0; valid to 0.1
        hazard, $h$ [1/month]: rate in the month in which it left; from leave_rate;
            valid throughout
    Outputs:
        pull, $w'$ [fraction]: what its exit weighs
    Validity: The share that follows a leader, as it was counted, holds who followed followers.
    Traps:
        With its whole weight, each follower would start the count anew, and all would leave.
    Basis: ours
    Source: Our own derivation: the part of a sum of rates that is one of them.
    """
    return weight * leave_rate / hazard if hazard > 0.0 else weight


CARDS = (
    card_from(units_kept_out),
    card_from(units_resting),
    card_from(working_degree),
    card_from(leaving_hazard),
    card_from(leaver_pull),
)
