"""A unit serves in one place, a deal rules out what it bars, and caveats and bands hold."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest
from what_ifs import changed, only

from guarantor.case.as_of import seen_from
from guarantor.case.words import Band, ContributionKind
from guarantor.quantity import parse_amount
from guarantor.supply.balance import balance
from guarantor.supply.capacity import units
from guarantor.supply.feasibility import Means, Verdict, lines
from guarantor.supply.needs import needs
from guarantor.supply.offers import BAR, Counts, conditions, offers, refusals

DIVISION = "reassurance-division"


def views(lead):
    return (lead, seen_from(lead, date(2025, 8, 22)))


def every_balance(case):
    for option in case.options:
        for deal in case.deals.values():
            yield option, deal, balance(case, option, deal)


def test_what_all_lines_take_of_a_nations_units_is_at_most_what_it_can_keep_out(lead):
    for case in views(lead):
        for _, _, found in every_balance(case):
            taken = defaultdict(list)
            for line in found:
                if line.need.span is None:
                    continue
                for each in line.taken:
                    offer = each.offer.contribution
                    if offer.kind is ContributionKind.DEPLOY:
                        taken[offer.provider, offer.capability].append(each.span)
            for key, spans in taken.items():
                able = units(case, *key)
                if able is None:
                    continue
                for end in ("low", "best", "high"):
                    together = sum(getattr(span, end) for span in spans)
                    assert together <= getattr(able.span, end) + 1e-9, key


def test_firm_counts_in_said_and_said_in_possible(lead):
    for case in views(lead):
        for _, _, found in every_balance(case):
            for line in found:
                for end in ("low", "best", "high"):
                    firm, said, possible = (
                        getattr(getattr(line, level), end) for level in ("firm", "said", "possible")
                    )
                    assert firm <= said <= possible


def test_a_gap_is_what_is_needed_less_what_is_possible_and_never_below_zero(lead):
    for _, _, found in every_balance(lead):
        for line in found:
            if line.need.span is None:
                assert line.gap is None
                continue
            assert line.gap.best == max(line.need.span.best - line.possible.best, 0)
            assert 0 <= line.gap.low <= line.gap.best <= line.gap.high


def test_lines_stand_in_the_order_of_the_file(lead):
    deal = lead.deals["ceasefire-with-consent"]
    found = [line.need.line.id for line in balance(lead, DIVISION, deal)]
    assert found == [line.id for line in lead.options[DIVISION].lines]


def test_the_first_of_two_lines_takes_the_units_and_the_second_finds_what_is_left(lead):
    line = next(x for x in lead.options[DIVISION].lines if x.id == "brigades")
    second = line.model_copy(update={"id": "brigades-again"})
    twice = changed(lead, "options", DIVISION, lines=(line, second))
    deal = lead.deals["ceasefire-with-consent"]
    once = balance(changed(lead, "options", DIVISION, lines=(line,)), DIVISION, deal)[0]
    first, rest = balance(twice, DIVISION, deal)
    assert first.possible == once.possible
    able = units(lead, "FRA", "ground-brigade").span.best
    taken = [
        each.span.best
        for found in (first, rest)
        for each in found.taken
        if each.offer.contribution.provider == "FRA"
    ]
    assert taken[0] == 1
    assert taken[1] == pytest.approx(min(1, able - 1))


def test_a_pool_of_nothing_sends_nothing(lead):
    empty = changed(lead, "pools", "FRA/ground-brigade/2025", quantity="0 units")
    deal = empty.deals["ceasefire-with-consent"]
    line = balance(only(empty, DIVISION, "brigades"), DIVISION, deal)[0]
    french = [each for each in line.taken if each.offer.contribution.provider == "FRA"]
    assert [each.span.high for each in french] == [0]


def test_a_deal_that_bars_foreign_forces_rules_out_what_is_deployed_on_the_hosts_soil(lead):
    deal = lead.deals["forces-capped-or-barred"]
    for option in lead.options:
        for line in balance(lead, option, deal):
            here = line.need.line.band in {Band.LINE, Band.REAR, Band.AIR}
            for each in line.taken:
                assert not (here and each.offer.contribution.kind is ContributionKind.DEPLOY)
            for offer in line.ruled_out:
                assert offer.state is Counts.FAILED
                assert offer.failed


def test_what_is_given_or_taught_is_not_barred(lead):
    deal = lead.deals["forces-capped-or-barred"]
    line = next(
        x for x in balance(lead, "train-and-equip", deal) if x.need.line.id == "air-defence"
    )
    assert line.firm.best == 2
    kinds = {each.offer.contribution.kind for each in line.taken}
    assert kinds == {ContributionKind.TRANSFER}


def test_a_caveat_keeps_a_contribution_out_of_other_bands(lead):
    for option in lead.options:
        for need in needs(lead, option):
            for offer in offers(lead, need, lead.deals["ceasefire-with-consent"]):
                assert need.line.band in offer.contribution.bands
                assert offer.contribution.capability == need.line.capability
                assert not offer.contribution.options or option in offer.contribution.options


def test_without_a_ceasefire_nobody_who_asks_for_one_counts(lead):
    offer = lead.contributions["gbr-ground-force-2026-01"]
    _, failed = conditions(offer, Band.REAR, lead.deals["fighting-goes-on"])
    assert "ceasefire" in failed
    open_, failed = conditions(offer, Band.REAR, lead.deals["ceasefire-with-consent"])
    assert failed == ()
    assert "parliament" in open_


def test_a_refusal_of_soldiers_binds_the_hosts_soil_and_no_other_band(lead):
    assert {"POL", "ROU", "USA"} <= set(refusals(lead, Band.REAR))
    assert refusals(lead, Band.NEIGHBOUR) == {}
    assert refusals(lead, Band.AIR) == {}
    assert "GBR" not in refusals(lead, Band.REAR)


def found_lines(case, option, deal="ceasefire-with-consent"):
    return {x.line.need.line.id: x for x in lines(case, option, case.deals[deal])}


def test_a_line_that_all_nations_together_cannot_fill_fails_as_cannot(lead):
    line = found_lines(lead, "davos-200000")["ground-force"]
    assert line.verdict is Verdict.CANNOT
    assert line.all_nations.high < line.line.need.span.low


def test_a_line_that_only_those_who_refuse_could_fill_fails_as_will_not(lead):
    """Most long-range batteries belong to nations that exclude soldiers on the ground."""
    option = lead.options[DIVISION]
    line = next(x for x in option.lines if x.id == "air-defence-upper")
    willing = found_lines(lead, DIVISION)["air-defence-upper"].willing.high
    more = f"{willing + 2:g} units"
    asked = changed(
        lead,
        "options",
        DIVISION,
        lines=(line.model_copy(update={"quantity": parse_amount(more)}),),
    )
    found = found_lines(asked, DIVISION)["air-defence-upper"]
    assert found.verdict is Verdict.WILL_NOT
    assert {"USA", "POL", "ROU"} <= set(found.refusing)
    assert found.willing.high < found.line.need.span.low <= found.all_nations.high


def test_a_deal_that_bars_the_force_makes_it_a_will_not_and_names_the_bar(lead):
    for line in found_lines(lead, DIVISION, "forces-capped-or-barred").values():
        if line.line.need.span is not None:
            assert line.verdict is Verdict.WILL_NOT
            assert BAR in line.barred


def test_the_value_at_which_an_answer_flips_fills_the_line_exactly(lead):
    """Put the flip value in place of the quantity that decides, and the gap at best is closed."""
    line = found_lines(lead, "reassurance-brigade")["brigades"]
    decider = line.decider
    assert decider.within
    name = decider.taken.offer.contribution.id
    at_flip = changed(lead, "contributions", name, quantity=f"{decider.flip:.12g} units")
    assert found_lines(at_flip, "reassurance-brigade")["brigades"].line.gap.best == pytest.approx(
        0, abs=1e-9
    )
    below = changed(lead, "contributions", name, quantity=f"{decider.flip - 0.1:.12g} units")
    assert found_lines(below, "reassurance-brigade")["brigades"].line.gap.best > 0.05


def test_means_are_the_same_when_they_are_shared_among_options(lead):
    deal = lead.deals["ceasefire-with-consent"]
    shared = Means(lead)
    for option in lead.options:
        assert list(lines(lead, option, deal, shared)) == list(lines(lead, option, deal))


def test_every_line_of_every_option_has_a_verdict_under_every_deal_and_view(lead):
    for case in views(lead):
        for option in case.options:
            for deal in case.deals.values():
                for line in lines(case, option, deal):
                    assert isinstance(line.verdict, Verdict)
                    assert line.willing.high <= line.all_nations.high
