"""Force sizing by population, by line, by monitors and by components."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.models._docstring import card_from

if TYPE_CHECKING:
    from collections.abc import Mapping


def density_sizing(population: float, ratio_per_1000: float) -> float:
    """Security personnel needed to hold a stated density among a population.

    $ F = rho P / 1000 $

    Symbols:
        population, $P$ [people]: inhabitants of the area to be secured; from 0; valid throughout
        ratio_per_1000, $rho$ [people per 1000 inhabitants]: soldiers and police together;
            from 0; valid from 1 to 25
    Outputs:
        force, $F$ [troops]: soldiers and police together
    Validity: Missions that secure a population. Published bands run from 1 to 4 (police of a
        peaceful society) over 4 to 10 (some resistance) to 20 and 25 (serious resistance).
    Traps:
        A guarantee that deters a state is not sized by density; size it by its line or by what
            it would have to do, and report both.
        The density counts police and local forces too, not only a mission's soldiers.
    Basis: published
    Source: Quinlivan 1995, Force Requirements in Stability Operations, Parameters 25; Quinlivan
        2003, Burden of Victory, RAND Review 27(2), opening pages.
    """
    return ratio_per_1000 * population / 1000.0


def inhabitants_per_soldier(ratio_per_1000: float) -> float:
    """Inhabitants for each member of the security forces at a stated density.

    $ i = 1000 / rho $

    Symbols:
        ratio_per_1000, $rho$ [people per 1000 inhabitants]: soldiers and police together;
            above 0; valid from 1 to 25
    Outputs:
        inhabitants_per_soldier, $i$ [people]: inhabitants for each soldier or police officer
    Validity: The same densities as the rule itself.
    Basis: published
    Source: McGrath 2006, Boots on the Ground, abstract, DTIC ADA456584 (20 to 25 per 1000 restated
        as one for 50 to one for 40).
    """
    return 1000.0 / ratio_per_1000


def density(troops: float, police: float, population: float) -> float:
    """Density of security forces among a population.

    $ rho = 1000 (F + C) / P $

    Symbols:
        troops, $F$ [people]: soldiers; from 0; valid throughout
        police, $C$ [people]: police; from 0; valid throughout
        population, $P$ [people]: inhabitants; above 0; valid throughout
    Outputs:
        per_1000, $rho$ [people per 1000 inhabitants]: soldiers and police together
    Validity: A quotient; compare it with the bands of the rule only where a population is secured.
    Basis: published
    Source: Quinlivan 1995, Force Requirements in Stability Operations, Parameters 25 (the rule
        solved for the density).
    """
    return 1000.0 * (troops + police) / population


def line_density(troops: float, line_km: float, rotation_ratio: float) -> float:
    """Soldiers present for each kilometre of a line, from a whole pool that rotates.

    $ q = F / (n L) $

    Symbols:
        troops, $F$ [pool people]: the whole pool; from 0; valid throughout
        line_km, $L$ [km]: length of the line; above 0; valid throughout
        rotation_ratio, $n$ [ratio]: people in the pool for each one deployed; from 1;
            valid from 2 to 6
    Outputs:
        on_line_per_km, $q$ [troops/km]: present at one time
    Validity: An average along the line: no depth, no reserve, no sectors. The range of the ratio
        is our judgement.
    Traps:
        Divide by the rotation ratio before spreading a pool along a line; without it the density
            comes out several times too high.
        No doctrinal density was found that could be read; compare with missions of record.
    Basis: published
    Source: Defence Express commentary on 100 000 people over 3 700 km (secondary).
    """
    return troops / (rotation_ratio * line_km)


def line_sizing(line_km: float, people_per_km: float, rotation_ratio: float) -> tuple[float, float]:
    """People present on a line at a stated density, and the pool that keeps them there.

    $ F = q L $
    $ P = n F $

    Symbols:
        line_km, $L$ [km]: length of the line; from 0; valid throughout
        people_per_km, $q$ [people per km]: present at one time; from 0; valid throughout
        rotation_ratio, $n$ [ratio]: people in the pool for each one deployed; from 1;
            valid from 2 to 6
    Outputs:
        on_line, $F$ [people deployed]: present at one time
        pool, $P$ [pool people]: owned
    Validity: The published density solved for people; the range of the ratio is our judgement.
    Traps:
        No doctrinal density was found that could be read: the density is the user's input.
    Basis: ours
    Source: Our inversion of the quotient in Defence Express's commentary (secondary).
    """
    on_line = people_per_km * line_km
    return on_line, rotation_ratio * on_line


def monitor_sizing(
    line_km: float,
    km_per_post: float,
    on_duty: float,
    watches: float,
    support_share: float,
    rotation_ratio: float,
) -> tuple[float, float, float]:
    """People who keep observation posts along a line manned, and the pool that keeps them there.

    $ K = L / s $
    $ F = K m w (1 + z), quad P = n F $

    Symbols:
        line_km, $L$ [km]: length of the line; from 0; valid throughout
        km_per_post, $s$ [km]: from one post to the next; above 0; valid from 2 to 20
        on_duty, $m$ [people]: on duty at one post at one time; from 0; valid from 2 to 12
        watches, $w$ [watches]: watches that relieve each other at a post; from 1; valid from 2 to 5
        support_share, $z$ [ratio]: people at headquarters, on patrol and in support for each one of
            the posts; from 0; valid from 0.2 to 2
        rotation_ratio, $n$ [ratio]: people in the pool for each one deployed; from 1;
            valid from 2 to 6
    Outputs:
        posts, $K$ [posts]: along the line
        monitors, $F$ [people deployed]: present at one time
        pool, $P$ [pool people]: owned
    Validity: Monitoring with the consent of both sides. All ranges are our judgement; the only
        spacing on record that was read is one post for every five and a half kilometres.
    Traps:
        Not rounded: posts and people are whole, so take the next whole number.
        Monitors report what they see and hold nothing; a line that has to be held is sized by its
            density.
    Unconfirmed: No published worked case was found, and the one spacing comes from a secondary
        page.
    Basis: ours
    Source: Our own count. The positions of the United Nations on the Golan, 14 along 75 to 80 km
        (secondary), give the spacing.
    """
    posts = line_km / km_per_post
    monitors = posts * on_duty * watches * (1.0 + support_share)
    return posts, monitors, rotation_ratio * monitors


def unit_rate(cost_musd: float, headcount: float) -> float:
    """Yearly cost of one person, from a printed cost and a printed headcount.

    $ u = 10^6 C / T $

    Symbols:
        cost_musd, $C$ [million USD/yr]: yearly cost of a component; from 0; valid throughout
        headcount, $T$ [people]: people in the component; above 0; valid throughout
    Outputs:
        cost_per_head, $u$ [USD/yr]: yearly cost of one person
    Also:
        troops for headcount, cost_per_soldier_year for cost_per_head
        int_police for headcount, cost_per_police_year for cost_per_head
        local_soldiers for headcount, cost_per_local_soldier for cost_per_head
        local_police for headcount, cost_per_local_police for cost_per_head
    Validity: A quotient. The printed costs are for light peacekeeping at the prices of 2007; the
        source calls enforcement in a conflict ten times as demanding on average.
    Traps:
        Nominal prices of the source's year; nothing is deflated.
    Basis: published
    Source: RAND RB-9241 (2007), A Guide to Nation Building, cost table;
        https://www.rand.org/pubs/research_briefs/RB9241.html
    """
    return 1.0e6 * cost_musd / headcount


def nation_building_headcount(
    int_military: float, int_police: float, local_military: float, local_police: float
) -> tuple[float, float]:
    """Local and international people of a mission built up from its components.

    $ T_"local" = M_l + P_l $
    $ T_"international" = M_i + P_i $

    Symbols:
        int_military, $M_i$ [people]: international soldiers; from 0; valid throughout
        int_police, $P_i$ [people]: international police; from 0; valid throughout
        local_military, $M_l$ [people]: local soldiers; from 0; valid throughout
        local_police, $P_l$ [people]: local police; from 0; valid throughout
    Outputs:
        local, $T_"local"$ [people]: local soldiers and police
        international, $T_"international"$ [people]: international soldiers and police
    Validity: A sum; the civilian sectors carry no headcount in the source.
    Basis: published
    Source: RAND RB-9241 (2007), A Guide to Nation Building, cost table;
        https://www.rand.org/pubs/research_briefs/RB9241.html
    """
    return local_military + local_police, int_military + int_police


def nation_building_total(lines_musd: Mapping[str, float]) -> float:
    """Yearly cost of a mission built up from its components.

    $ C = sum_j C_j $

    Symbols:
        lines_musd, $C_j$ [million USD]: yearly cost of each component, by name; from 0;
            valid throughout
    Outputs:
        column_sum, $C$ [million USD]: yearly cost of all components
    Validity: A sum of what is listed; a sector left out costs nothing here.
    Traps:
        Nominal prices of the source's year; nothing is deflated.
    Basis: published
    Source: RAND RB-9241 (2007), A Guide to Nation Building, cost table;
        https://www.rand.org/pubs/research_briefs/RB9241.html
    """
    return float(sum(lines_musd.values()))


CARDS = (
    card_from(density_sizing, inhabitants_per_soldier, density),
    card_from(line_density),
    card_from(line_sizing),
    card_from(monitor_sizing),
    card_from(unit_rate),
    card_from(nation_building_headcount),
    card_from(nation_building_total),
)
