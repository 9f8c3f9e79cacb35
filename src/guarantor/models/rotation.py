"""Rotation and force generation: how many units keep one deployed, and what a pool sustains."""

from __future__ import annotations

from guarantor.models._docstring import card_from


def rotation_ratio(deploy_months: float, dwell_months: float) -> float:
    """Units to hold for each unit kept deployed without limit of time.

    $ n = (d + h) / d $

    Symbols:
        deploy_months, $d$ [months]: length of a tour; above 0; valid from 4 to 15
        dwell_months, $h$ [months]: time at home between two tours; from 0; valid from 6 to 60
    Outputs:
        units_per_deployed, $n$ [units]: units held for each one deployed, that one included
    Validity: A count in the steady state, for units that rotate whole. The ranges are our
        judgement: shorter tours lose to hand-over and travel, which the equation leaves out, a
        share that cannot be neglected, and the source has no case with longer tours or dwell.
    Traps:
        The count includes the deployed unit. Footnote 84 of the source says "at home", but its
            own arithmetic gives the total: a force that spends two months at home for each month
            away needs three units, not two.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 73 and
        footnote 84, p. 95; https://yumpu.com/en/document/view/25663925. The form of the equation
        is inferred from the printed parameters and gives every printed result that was read.
    """
    return (deploy_months + dwell_months) / deploy_months


CARDS = (card_from(rotation_ratio),)
