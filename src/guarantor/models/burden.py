"""Keys for dividing a cost among nations, as their publications compute them."""

from __future__ import annotations

from guarantor.models._docstring import card_from


def membership_share(members: float) -> float:
    """The equal share of one member in a hundred per cent.

    $ M = 100 / N $

    Symbols:
        members, $N$ [nations]: members among whom the whole is divided equally; from 1;
            valid throughout
    Outputs:
        percent, $M$ [percent]: share of each
    Validity: Any number of members; the published weights use the 193 of the United Nations.
    Basis: published
    Source: Lopez-Claros, Dahl and Groff 2020, Global Governance and the Emergence of Global
        Institutions for the 21st Century (Cambridge UP), annex, table 1.
    """
    return 100.0 / members


def composite_share(population_pct: float, gdp_pct: float, membership_pct: float) -> float:
    """Weight of a nation that counts its people, its economy and its membership alike.

    $ W = (P + C + M) / 3 $

    Symbols:
        population_pct, $P$ [percent]: share of the members' population; from 0 to 100;
            valid throughout
        gdp_pct, $C$ [percent]: share of the members' economy; from 0 to 100; valid throughout
        membership_pct, $M$ [percent]: equal share of one member; from 0 to 100; valid throughout
    Outputs:
        weight_pct, $W$ [percent]: composite weight
    Validity: All three shares are of the same members; the weights then add up to 100.
    Traps:
        It is a voting weight in its source. As a cost key it asks of small members many times
            what the regular budget of the United Nations asks of them.
    Basis: published
    Source: Schwartzberg's weights, in Lopez-Claros, Dahl and Groff 2020, Global Governance and the
        Emergence of Global Institutions for the 21st Century (Cambridge UP), annex, table 1;
        https://resolve.cambridge.org/core/product/7103B836680A7DDC0A82973F0C7D7361/core-reader.
    """
    return (population_pct + gdp_pct + membership_pct) / 3.0


def nato_cost_share(share_pct: float, total_musd: float) -> float:
    """What an ally pays towards a budget that is funded in common.

    $ c = s B / 100 $

    Symbols:
        share_pct, $s$ [percent]: the ally's agreed share; from 0 to 100; valid throughout
        total_musd, $B$ [million USD]: the common budget; from 0; valid throughout
    Outputs:
        contribution_musd, $c$ [million USD]: the ally's contribution
    Validity: Budgets paid in common. Most of what a deployment costs is not among them: it falls
        on the nation that deploys.
    Traps:
        Printed shares are rounded to a hundredth of a per cent, and printed amounts are not
            computed from them: they differ in the first decimal.
    Unconfirmed: Shares and amounts were read in copies of the table, not in NATO's own.
    Basis: published
    Source: NATO common-funding shares 2016-17 and amounts in 2017 dollars, in a copy at
        volnation.com (secondary); the same shares at nato.trendolizer.com, March 2017.
    """
    return share_pct / 100.0 * total_musd


def un_p5_premium(
    regular_share_pct: float, us_regular_pct: float, us_peacekeeping_pct: float
) -> float:
    """What a permanent member of the Security Council pays towards peacekeeping.

    $ r = t k, quad k = r_"USA" / t_"USA" $

    Symbols:
        regular_share_pct, $t$ [percent]: the member's share of the regular budget;
            from 0 to 100; valid throughout
        us_regular_pct, $t_"USA"$ [percent]: United States' share of the regular budget;
            above 0 to 100; valid throughout
        us_peacekeeping_pct, $r_"USA"$ [percent]: United States' share of peacekeeping;
            from 0 to 100; valid from us_regular_pct
    Outputs:
        peacekeeping_share_pct, $r$ [percent]: the member's share of peacekeeping
    Validity: The five permanent members, who carry the discounts of all others in proportion to
        their regular shares: one factor k, above 1, for all five in any one scale.
    Traps:
        The factor belongs to one scale, here 2010-12; it changes every three years.
    Unconfirmed: The third decimals of the regular shares in the published cases are recalled;
        read were 6.6 and 3.2.
    Basis: published
    Source: United Nations General Assembly, peacekeeping assessments 2010-12 (secondary copy).
    """
    return regular_share_pct * us_peacekeeping_pct / us_regular_pct


CARDS = (
    card_from(membership_share),
    card_from(composite_share),
    card_from(nato_cost_share),
    card_from(un_p5_premium),
)
