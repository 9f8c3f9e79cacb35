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
        judgement: in shorter tours hand-over and travel, which the equation leaves out, take a
        share too large to neglect, and the source has no case with longer tours or dwell.
    Traps:
        The count includes the deployed unit. Footnote 84 of the source says "at home", but its
            own arithmetic gives the total: two months at home for each month away takes three
            units, not two.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 73 with
        footnote 84, and p. 95; https://yumpu.com/en/document/view/25663925. The form of the
        equation is inferred from printed parameters and gives every printed result that was read.
    """
    return (deploy_months + dwell_months) / deploy_months


def rotation_ratio_with_training(
    mobilisation_months: float, training_months: float, dwell_months: float
) -> float:
    """Reserve units to hold for each one kept deployed, when mobilisation begins with training.

    $ n = (m + h) / (m - p) $

    Symbols:
        mobilisation_months, $m$ [months]: mobilised in each cycle; above 0; valid from 6 to 24
        training_months, $p$ [months]: training after mobilisation and before deployment;
            from 0 below mobilisation_months; valid throughout
        dwell_months, $h$ [months]: time demobilised between two tours; from 0; valid from 12 to 72
    Outputs:
        units_per_deployed, $n$ [units]: units held for each one deployed, that one included
    Validity: A count in the steady state. The ranges are our judgement around the one set of
        parameters that the source uses (12 months with 4 of training, 60 months between).
    Traps:
        Divide by the months deployed, not by the months mobilised: a reserve on 12 months in 72
            takes nine units for each one deployed, not six.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), pp. 5-6, 27 and
        95; https://yumpu.com/en/document/view/25663925. The form of the equation is inferred from
        printed parameters and gives every printed result that was read.
    """
    return (mobilisation_months + dwell_months) / (mobilisation_months - training_months)


def rotation_ratio_with_overlap(
    mobilisation_months: float, deployed_months: float, dwell_months: float, overlap_months: float
) -> float:
    """Units to hold for each one kept deployed, when the old and the new unit overlap in theatre.

    $ n = (m + h) / (d - o) $

    Symbols:
        mobilisation_months, $m$ [months]: away from home in each cycle; above 0;
            valid from 4 to 24
        deployed_months, $d$ [months]: of these, in theatre; above 0 to mobilisation_months;
            valid from 4 to 15
        dwell_months, $h$ [months]: time at home between two tours; from 0; valid from 6 to 72
        overlap_months, $o$ [months]: two units in theatre at each hand-over;
            from 0 below deployed_months; valid from 0 to 2
    Outputs:
        units_per_deployed, $n$ [units]: units held for each one deployed, that one included
    Validity: A count in the steady state; without overlap it is the published ratio. No table
        with overlap was found to test it against; the ranges are our judgement.
    Traps:
        During a hand-over two units are in theatre and one of them counts towards the task.
    Basis: ours
    Source: Our extension of Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation),
        p. 95.
    """
    return (mobilisation_months + dwell_months) / (deployed_months - overlap_months)


def harmony_guideline(tour_months: float, interval_months: float) -> float:
    """Units to hold for each one kept deployed under a guideline on time between tours.

    $ n = (t + i) / t $

    Symbols:
        tour_months, $t$ [months]: length of a tour; above 0; valid from 4 to 15
        interval_months, $i$ [months]: time between two tours; from 0; valid from 6 to 60
    Outputs:
        units_per_deployed, $n$ [units]: units held for each one deployed, that one included
    Validity: The rotation ratio under the British guideline's own words, with the same ranges.
    Traps:
        The guideline is a limit on what soldiers are asked for, not a record of what was kept.
    Unconfirmed: The British planning assumptions themselves were not read; the six months away
        and 24 between come from a secondary page.
    Basis: published
    Source: UK harmony guidance as restated on the jedibeeftrix blog (secondary).
    """
    return rotation_ratio(tour_months, interval_months)


def sustained_force(active_units: float, active_ratio: float) -> float:
    """Units that can be kept deployed without limit of time from standing forces.

    $ S = N / n $

    Symbols:
        active_units, $N$ [units]: units held, less those committed elsewhere; from 0;
            valid throughout
        active_ratio, $n$ [units]: units held for each one deployed; from 1; valid from 2 to 6
    Outputs:
        sustained_units, $S$ [brigades]: units deployed at one time, without limit of time
    Validity: The steady state. A ratio below two can be kept up only for a time; ratios above six
        lie beyond the source's cases for standing forces. The range is our judgement.
    Traps:
        Not rounded: a pledge in whole units takes the whole number below; the source prints the
            nearest.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 5 footnote 12;
        https://yumpu.com/en/document/view/25663925.
    """
    return active_units / active_ratio


def sustained_force_with_reserve(
    active_units: float, active_ratio: float, reserve_units: float, reserve_ratio: float
) -> float:
    """Units that can be kept deployed without limit of time from standing forces and reserves.

    $ S = N_1 / n_1 + N_2 / n_2 $

    Symbols:
        active_units, $N_1$ [units]: standing units held, less those committed elsewhere; from 0;
            valid throughout
        active_ratio, $n_1$ [units]: standing units held for each one deployed; from 1;
            valid from 2 to 6
        reserve_units, $N_2$ [units]: reserve units held; from 0; valid throughout
        reserve_ratio, $n_2$ [units]: reserve units held for each one deployed; from 1;
            valid from 4 to 12
    Outputs:
        sustained_units, $S$ [brigades]: units deployed at one time, without limit of time
    Validity: The steady state; the ranges are our judgement around the source's 3 and 9.
    Traps:
        Not rounded: a pledge in whole units takes the whole number below; the source prints the
            nearest.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 5 footnote 12
        and p. 44; https://yumpu.com/en/document/view/25663925.
    """
    return active_units / active_ratio + reserve_units / reserve_ratio


def active_share_mobilised(deploy_months: float, dwell_months: float) -> float:
    """Share of a standing force that is on tour at any time in the long run.

    $ l = d / (d + h) $

    Symbols:
        deploy_months, $d$ [months]: length of a tour; above 0; valid from 4 to 15
        dwell_months, $h$ [months]: time at home between two tours; from 0; valid from 6 to 60
    Outputs:
        share, $l$ [fraction]: share of the units held
    Validity: The steady state, with the ranges of the rotation ratio.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 95, definition
        of the share mobilised; https://yumpu.com/en/document/view/25663925.
    """
    return deploy_months / (deploy_months + dwell_months)


def available_pool_share(mobilisation_months: float, dwell_months: float) -> float:
    """Share of a reserve that is mobilised or due for it at any time in the long run.

    $ l = m / (m + h) $

    Symbols:
        mobilisation_months, $m$ [months]: mobilised in each cycle; above 0; valid from 6 to 24
        dwell_months, $h$ [months]: time demobilised between two tours; from 0; valid from 12 to 72
    Outputs:
        share, $l$ [fraction]: share of the units held
    Validity: The steady state, with the ranges of the reserve's rotation ratio.
    Traps:
        The share available is larger than the share deployed, by the months spent in training.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 6 footnote 15
        and p. 95; https://yumpu.com/en/document/view/25663925.
    """
    return mobilisation_months / (mobilisation_months + dwell_months)


def reserve_mobilisation(
    mobilisation_months: float, post_mobilisation_training_months: float
) -> float:
    """Months in theatre that one mobilisation of a reserve unit yields.

    $ d = m - p $

    Symbols:
        mobilisation_months, $m$ [months]: mobilised in each cycle; above 0; valid from 6 to 24
        post_mobilisation_training_months, $p$ [months]: of these, training before deployment;
            from 0 below mobilisation_months; valid throughout
    Outputs:
        deployed_months, $d$ [months]: in theatre
    Validity: A difference; the range is our judgement around the source's 12 months.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 6;
        https://yumpu.com/en/document/view/25663925.
    """
    return mobilisation_months - post_mobilisation_training_months


def reserve_wave_times(
    first_arrival_month: float, deployed_months: float, waves: int
) -> list[float]:
    """Years after the start at which each wave of reserve units takes over.

    $ t_k = (t_1 + (k - 1) d) / 12, quad k = 1, ..., K $

    Symbols:
        first_arrival_month, $t_1$ [months]: first wave in theatre, after the start; from 0;
            valid throughout
        deployed_months, $d$ [months]: in theatre; above 0; valid from 4 to 15
        waves, $K$ [waves]: how many waves; from 1 to 1000; valid throughout
    Outputs:
        wave_start_years, $t_k$ [years after D-day]: one time for each wave
    Validity: Waves that relieve each other without gap or overlap; the range of months in theatre
        is our judgement around the source's eight.
    Traps:
        The source cuts its times after one decimal (1.0, 1.6, 2.3); they are not rounded here.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), p. 6;
        https://yumpu.com/en/document/view/25663925.
    """
    return [(first_arrival_month + wave * deployed_months) / 12.0 for wave in range(waves)]


def steady_state_distribution(
    active_units: float, deploy_months: float, home_months: float, step_months: float
) -> tuple[float, float, float, float]:
    """How a force spreads over the states of its cycle when units are evenly out of step.

    $ k = (d + h) / s $
    $ u = N / k $
    $ N_"deployed" = u d / s, quad N_"home" = u h / s $

    Symbols:
        active_units, $N$ [units]: units held; from 0; valid throughout
        deploy_months, $d$ [months]: length of a tour; above 0; valid from 4 to 15
        home_months, $h$ [months]: time at home between two tours; from 0; valid from 6 to 60
        step_months, $s$ [months]: length of one state; above 0 to deploy_months;
            valid throughout
    Outputs:
        n_states, $k$ [count]: states in the cycle
        units_per_state, $u$ [count]: units in each state
        deployed_total, $N_"deployed"$ [count]: units on tour
        home_total, $N_"home"$ [count]: units at home
    Validity: An even spread, as a force comes to in the steady state and as the source assumes at
        the start of a war in its appendix. The ranges are those of the rotation ratio.
    Traps:
        Table C.1 of the source is a peacetime commitment with 44 months at home, not its wartime
            rule of 24.
        Tour and time at home should both be whole numbers of steps; otherwise the number of
            states is not whole and no real force is spread so.
    Basis: published
    Source: Ordowich 2008, Considering a Cadre Augmented Army (RAND dissertation), pp. 120-121 and
        Table C.1, p. 132; https://yumpu.com/en/document/view/25663925.
    """
    states = (deploy_months + home_months) / step_months
    per_state = active_units / states
    deployed = per_state * deploy_months / step_months
    home = per_state * home_months / step_months
    return states, per_state, deployed, home


def pool_needed(
    deployed: float, tour_months: float, dwell_months: float, available_share: float
) -> float:
    """People or units a nation must own to keep a number deployed without limit of time.

    $ P = D n / a, quad n = (t + h) / t $

    Symbols:
        deployed, $D$ [deployed]: present at one time; from 0; valid throughout
        tour_months, $t$ [months]: length of a tour; above 0; valid from 4 to 15
        dwell_months, $h$ [months]: time at home between two tours; from 0; valid from 6 to 60
        available_share, $a$ [fraction]: share of the pool that can be sent; above 0 to 1;
            valid throughout
    Outputs:
        pool, $P$ [pool]: owned, of the same kind as deployed
    Validity: The published rotation ratio, divided by the share that is fit to go and not bound
        elsewhere; the ranges are those of the rotation ratio.
    Traps:
        A pool is not a deployment and not a number of people who pass through; never add them.
    Basis: ours
    Source: Our arithmetic on the rotation ratio of Ordowich 2008, Considering a Cadre Augmented
        Army (RAND dissertation), p. 73.
    """
    return deployed * rotation_ratio(tour_months, dwell_months) / available_share


def person_tours(deployed: float, months: float, tour_months: float) -> float:
    """Tours served when a number of people is kept deployed over a span of time.

    $ Q = D M / t $

    Symbols:
        deployed, $D$ [people deployed]: present at one time; from 0; valid throughout
        months, $M$ [months]: span of time; from 0; valid throughout
        tour_months, $t$ [months]: length of a tour; above 0; valid from 4 to 15
    Outputs:
        person_tours, $Q$ [person-tours]: tours, which are people only when nobody goes twice
    Validity: A count; a span that is not a whole number of tours gives a fraction of a tour.
    Traps:
        Reported as if it were an army's size, it overstates the pool several times.
    Basis: ours
    Source: Our arithmetic: 25 000 people over 60 months on six-month tours are 250 000 tours.
    """
    return deployed * months / tour_months


CARDS = (
    card_from(rotation_ratio, rotation_ratio_with_training),
    card_from(rotation_ratio_with_overlap),
    card_from(harmony_guideline),
    card_from(sustained_force, sustained_force_with_reserve),
    card_from(active_share_mobilised),
    card_from(available_pool_share),
    card_from(reserve_mobilisation),
    card_from(reserve_wave_times),
    card_from(steady_state_distribution),
    card_from(pool_needed),
    card_from(person_tours),
)
