"""Durability of a peace: what published studies say troops and police do to violence.

All of them are about civil wars and the peacekeepers of the United Nations. A guarantee between
states is outside that evidence, and whatever rests on these equations has to say so.
"""

from __future__ import annotations

import math

from guarantor.models._docstring import card_from


def negbin_rate_ratio(beta_per_1000: float, troops_thousand: float) -> float:
    """Factor by which expected violence changes when troops are added.

    $ R = exp(beta x) $

    Symbols:
        beta_per_1000, $beta$ [1/1000 people]: coefficient for a thousand people more;
            from -100 to 100; valid from -10 to 0
        troops_thousand, $x$ [thousand people]: troops added, in thousands; from 0; valid to 8
    Outputs:
        expected_ratio, $R$ [ratio]: expected count with them over expected count without
    Validity: Killings of civilians in a month of civil war, with United Nations troops up to the
        eight thousand for which the authors quote the effect. A guarantee between states is an
        extrapolation.
    Traps:
        The effect multiplies and does not add: twice the troops square the factor.
        Personnel is counted in thousands; with people the factor becomes zero.
        Poisson and negative binomial fits of the same data differ in size; this is the latter.
    Unconfirmed: Coefficients come from a fit to the authors' data; the printed table was not read.
    Basis: published
    Source: Hultman, Kathman and Shannon 2013, American Journal of Political Science, table 1,
        model 1, p. 884; data in carlislerainey/crdata.
    """
    return math.exp(beta_per_1000 * troops_thousand)


def negbin_police_ratio(beta_per_1000: float, police_thousand: float) -> float:
    """Factor by which expected violence changes when police are added.

    $ R = exp(beta x) $

    Symbols:
        beta_per_1000, $beta$ [1/1000 people]: coefficient for a thousand people more;
            from -100 to 100; valid from -10 to 0
        police_thousand, $x$ [thousand people]: police added, in thousands; from 0;
            valid to 0.2
    Outputs:
        expected_ratio, $R$ [ratio]: expected count with them over expected count without
    Validity: As for troops, with United Nations police up to the two hundred for which the
        authors quote the effect. The coefficient for a thousand lies far outside that.
    Traps:
        The factor from the fit, 0.138, and the one from the quoted counts 96 and 14, 0.146, differ
            by rounding in the quotation.
    Unconfirmed: Coefficients come from a fit to the authors' data; the printed table was not read.
    Basis: published
    Source: Hultman, Kathman and Shannon 2013, American Journal of Political Science, table 1,
        model 1, p. 884; data in carlislerainey/crdata.
    """
    return negbin_rate_ratio(beta_per_1000, police_thousand)


def battle_death_effect(
    troops_before: float, troops_after: float, deaths_before: float, deaths_after: float
) -> float:
    """Relative change of battle deaths for each thousand troops, from two quoted points.

    $ c = (y_2 / y_1)^(1000 / (x_2 - x_1)) - 1 $

    Symbols:
        troops_before, $x_1$ [people]: troops at the first point; from 0; valid throughout
        troops_after, $x_2$ [people]: troops at the second point; above troops_before;
            valid to 10000
        deaths_before, $y_1$ [deaths/month]: expected deaths at the first point; above 0;
            valid throughout
        deaths_after, $y_2$ [deaths/month]: expected deaths at the second point; above 0;
            valid throughout
    Outputs:
        per_1000_change, $c$ [fraction]: change for each thousand troops; below 0 is fewer deaths
    Validity: Battle deaths in a month of civil war, between none and ten thousand troops of the
        United Nations. A guarantee between states is an extrapolation.
    Traps:
        The change compounds; ten times it is not the effect of ten thousand troops.
    Unconfirmed: The two points were read in summaries of the article.
    Basis: published
    Source: Hultman, Kathman and Shannon 2014, American Political Science Review, as restated in
        secondary summaries.
    """
    return math.pow(deaths_after / deaths_before, 1000.0 / (troops_after - troops_before)) - 1.0


def failure_probability(hazard_per_year: float, hazard_ratio: float, months: float) -> float:
    """Chance that a ceasefire fails within some months, when its hazard is changed by a factor.

    $ F = 1 - exp(-h rho t / 12) $

    Symbols:
        hazard_per_year, $h$ [1/year]: failures expected in a year of peace without the factor;
            from 0; valid throughout
        hazard_ratio, $rho$ [ratio]: factor on the hazard, as a Cox model reports it; from 0;
            valid throughout
        months, $t$ [months]: time at peace; from 0; valid to 120
    Outputs:
        probability, $F$ [fraction]: chance of at least one failure in that time
    Validity: A hazard that stays level and a factor that stays in proportion. Published hazards
        fall with the years of peace, so that a level one is right only over short spans.
    Traps:
        A hazard is a rate and may exceed one; a chance may not.
        A factor of 0.4 does not leave 0.4 of the chance unless the chance is small.
    Basis: ours
    Source: Our own derivation: the survival function of a proportional hazard that is constant.
    """
    return 1.0 - math.exp(-hazard_per_year * hazard_ratio * months / 12.0)


CARDS = (
    card_from(negbin_rate_ratio, negbin_police_ratio),
    card_from(battle_death_effect),
    card_from(failure_probability),
)
