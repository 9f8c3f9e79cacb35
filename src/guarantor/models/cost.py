"""Cost: yearly amounts, cost of a person, reimbursement, and who would have paid how much."""

from __future__ import annotations

from guarantor.models._docstring import card_from


def annualise(total_musd: float, months: float) -> float:
    """Yearly cost from a total over a window of months.

    $ A = 12 C / M $

    Symbols:
        total_musd, $C$ [million USD]: cost over the window; from 0; valid throughout
        months, $M$ [months]: length of the window; above 0; valid from 6 to 60
    Outputs:
        annual_cost, $A$ [million USD/yr]: yearly cost
    Validity: An even pace of spending. Our judgement: below half a year the cost of starting up
        dominates; beyond five years prices move too much to be neglected.
    Traps:
        Start-up costs inside the window are spread with the rest.
        Nominal prices; nothing is deflated.
    Basis: published
    Source: GAO-06-331 and GAO-18-243, highlights pages, which print totals with their windows.
    """
    return 12.0 * total_musd / months


def annualise_billions(total_busd: float, months: float) -> float:
    """Yearly cost in millions from a total in billions over a window of months.

    $ A = 12 dot 1000 C / M $

    Symbols:
        total_busd, $C$ [billion USD]: cost over the window; from 0; valid throughout
        months, $M$ [months]: length of the window; above 0; valid from 6 to 60
    Outputs:
        annual_cost, $A$ [million USD/yr]: yearly cost
    Validity: An even pace of spending, within the same windows.
    Traps:
        The total is in billions and the yearly cost in millions.
    Basis: published
    Source: GAO-18-243, highlights page;
        https://fdocuments.in/document/february-2018-un-peacekeeping-gaogov-promote-international-peace-and-security.html
    """
    return annualise(1000.0 * total_busd, months)


def cost_per_troop_year(annual_busd: float, troops: float) -> float:
    """Yearly cost of one soldier deployed.

    $ k = 10^9 A / N $

    Symbols:
        annual_busd, $A$ [billion USD/yr]: recurring yearly cost; from 0; valid throughout
        troops, $N$ [people deployed]: present on average; above 0; valid from 1000 to 200000
    Outputs:
        usd_per_troop_year, $k$ [USD]: recurring cost of one person for a year
    Validity: An average, not what one soldier more would cost: figures for Iraq show cost falling
        less than numbers, so carry a fixed part. The range is our judgement around the published
        cases of 55 000 to 106 000.
    Traps:
        Keep one-time costs apart; they are not in this quotient.
        Fully burdened war cost (about 1.3 million) includes support far from the theatre and is
            several times the incremental cost of a deployment; say which one is meant.
        Nominal prices; nothing is deflated.
    Basis: published
    Source: CBO letter of 3 September 2003, first page (totals and numbers; the quotient is ours);
        CBO September 2007 as reported by Government Executive (secondary).
    """
    return 1.0e9 * annual_busd / troops


def un_reimbursement(troops: float, usd_month: float, months: float) -> float:
    """What the United Nations pays a contributor for its people.

    $ R = w N M $

    Symbols:
        troops, $N$ [people deployed]: people provided; from 0; valid throughout
        usd_month, $w$ [USD/person-month]: standard rate; from 0; valid from 1000 to 1500
        months, $M$ [months]: time provided; from 0; valid throughout
    Outputs:
        annual_reimbursement, $R$ [USD]: paid over the stated months, a year when they are twelve
    Validity: Personnel only: equipment and self-sustainment are paid apart. Rates known to us run
        from 1 210 to 1 428; the range leaves room around them (our judgement).
    Traps:
        The contributor still bears its real cost less this sum.
        The rate has been revised; check which one was in force.
    Unconfirmed: The rate of 1 428 in force since July 2018 comes from a secondary page.
    Basis: published
    Source: casquebleu site on the standard rate since 1 July 2018 (secondary).
    """
    return usd_month * troops * months


def un_reimbursement_rate(base_usd_month: float, increase_pct: float) -> float:
    """The standard rate of reimbursement after an increase in per cent.

    $ w' = w (1 + g / 100) $

    Symbols:
        base_usd_month, $w$ [USD/person-month]: rate before; from 0; valid from 1000 to 1500
        increase_pct, $g$ [percent]: increase; from -100; valid from 0 to 20
    Outputs:
        usd_month, $w'$ [USD/person-month]: rate after
    Validity: One step of increase; the ranges are our judgement around the step of 2014.
    Traps:
        Published rates are rounded to the dollar, and the percentage to a whole number.
    Unconfirmed: Rates before and after come from a secondary page.
    Basis: published
    Source: The Nation on the rise of July 2014 (secondary).
    """
    return base_usd_month * (1.0 + increase_pct / 100.0)


def cost_comparison(
    us_cost: float, un_cost: float, us_contribution: float
) -> tuple[float, float, float]:
    """How one nation's own operation compares with a shared one and with its share of it.

    $ r = C_"own" / C_"UN" $
    $ lambda = C_"own" / c $
    $ s = c / C_"UN" $

    Symbols:
        us_cost, $C_"own"$ [same currency]: the nation's own operation; from 0; valid throughout
        un_cost, $C_"UN"$ [same currency]: the shared operation; above 0; valid throughout
        us_contribution, $c$ [same currency]: what the nation paid towards the shared operation;
            above 0; valid throughout
    Outputs:
        us_over_un, $r$ [ratio]: own operation over shared operation
        us_over_contribution, $lambda$ [ratio]: own operation over the nation's contribution
        us_share_of_un, $s$ [fraction]: the nation's contribution over the shared operation
    Also:
        us_busd for us_cost, un_busd for un_cost, us_contribution_busd for us_contribution
        us_musd for us_cost, un_musd for un_cost, us_contribution_musd for us_contribution
    Validity: Quotients of costs in one currency, over one window, for an operation of one size.
    Traps:
        The large multiple in the source's headline is own cost over own contribution, not over
            the cost of the shared operation.
    Basis: published
    Source: GAO-18-243 and GAO-06-331, highlights pages; https://www.gao.gov/assets/a249050.html
    """
    return us_cost / un_cost, us_cost / us_contribution, us_contribution / un_cost


CARDS = (
    card_from(annualise, annualise_billions),
    card_from(cost_per_troop_year),
    card_from(un_reimbursement, un_reimbursement_rate),
    card_from(cost_comparison),
)
