"""Whose share is how large, and what it costs: arithmetic that closes, on the real case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import AUGUST, LEAD
from guarantor.case.as_of import seen_from
from guarantor.case.read import read_case
from guarantor.case.words import Band, ContributionKind
from guarantor.quantity import parse_amount
from guarantor.supply.balance import balance
from guarantor.supply.money import bill, key_names, key_shares, nations_of, spreading
from guarantor.supply.offers import Counts, Offer
from guarantor.supply.shares import (
    Level,
    Part,
    Party,
    Role,
    at_risk,
    average,
    brought,
    definitions,
    once,
    party,
    people,
    people_in,
    shares,
    unit_lines,
)
from guarantor.supply.span import Span, total

if TYPE_CHECKING:
    from guarantor.case.case import Case
    from guarantor.supply.balance import LineBalance

WHOLE = read_case(LEAD)
VIEWS = {"whole": WHOLE, "august": seen_from(WHOLE, date.fromisoformat(AUGUST))}
EVERY = [
    pytest.param(view, option, deal, id=f"{name}-{option}-{deal}")
    for name, view in VIEWS.items()
    for option in view.options
    for deal in view.deals
]
DIVISION = "reassurance-division"
ACCEPTED = "ceasefire-with-consent"


def lines_of(case: Case, option: str, deal: str = ACCEPTED) -> list[LineBalance]:
    return balance(case, option, case.deals[deal])


def measures(case: Case, option: str, deal: str, level: Level, lines: list[LineBalance]):
    """Return every whole that is shared out, each as a list of lines of parts."""
    items = brought(lines, level)
    yield [people(case, items)]
    yield [at_risk(case, items)]
    yield list(unit_lines(case, items).values())
    yield list(unit_lines(case, items, enablers=True).values())
    found = bill(case, option, case.deals[deal], lines, level, 60)
    for prices in found.totals:
        yield [found.parts(prices)]


@pytest.mark.parametrize(("case", "option", "deal"), EVERY)
def test_the_shares_of_the_four_parties_sum_to_one_hundred(case, option, deal):
    lines = lines_of(case, option, deal)
    for level in Level:
        for whole in measures(case, option, deal, level, lines):
            for group in definitions(case):
                europe = frozenset(case.members(group))
                for role in Role:
                    found = average(
                        shares(line, lambda part: party(case, part.actor(role), europe))  # noqa: B023  # used at once
                        for line in whole
                    )
                    if found is None:
                        continue
                    best = [share.best for share in found.values()]
                    if None not in best:
                        assert sum(best) == pytest.approx(100)
                    for share in found.values():
                        middle = share.low if share.best is None else share.best
                        assert -1e-9 <= share.low <= middle + 1e-9
                        assert middle - 1e-9 <= share.high <= 100 + 1e-9


@pytest.mark.parametrize(("case", "option", "deal"), EVERY)
def test_money_by_provider_by_payer_by_kind_and_by_year_is_the_same_money(case, option, deal):
    lines = lines_of(case, option, deal)
    for level in Level:
        found = bill(case, option, case.deals[deal], lines, level, 60)
        for key in (
            lambda c: c.actor(Role.PROVIDER),
            lambda c: c.actor(Role.PAYER),
            lambda c: c.contribution.kind,
            lambda c: c.year,
        ):
            sums = found.by(key)
            for prices, whole in found.totals.items():
                part = total(span for (at, _), span in sums.items() if at == prices)
                for end in ("low", "best", "high"):
                    assert getattr(part, end) == pytest.approx(getattr(whole, end))


def halved(lines: list[LineBalance]) -> list[LineBalance]:
    half = Span.exactly(0.5)
    return [
        replace(
            line,
            need=replace(line.need, span=line.need.span and line.need.span * half),
            taken=tuple(replace(taken, span=taken.span * half) for taken in line.taken),
        )
        for line in lines
    ]


@pytest.mark.parametrize("option", WHOLE.options)
def test_halving_every_quantity_halves_the_people_and_leaves_every_share(option: str):
    lines = lines_of(WHOLE, option)
    europe = frozenset(WHOLE.members("european-nato"))

    def of(part: Part) -> Party:
        return party(WHOLE, part.provider, europe)

    for level in Level:
        before = measures(WHOLE, option, ACCEPTED, level, lines)
        after = measures(WHOLE, option, ACCEPTED, level, halved(lines))
        said = bill(WHOLE, option, WHOLE.deals[ACCEPTED], lines, level, 60).charges
        funds = {c.prices for c in said if c.contribution.kind is ContributionKind.FUND}
        for whole, half in zip(before, after, strict=True):
            parts = [part for line in whole for part in line]
            if funds and any(p.contribution.kind is ContributionKind.FUND for p in parts):
                continue  # money said is no quantity of a line, and was not halved
            for line, small in zip(whole, half, strict=True):
                one, two = shares(line, of), shares(small, of)
                assert (one is None) is (two is None)
                for whose in Party if one and two else ():
                    assert two[whose].best == pytest.approx(one[whose].best)
                    assert two[whose].low == pytest.approx(one[whose].low)
                    assert two[whose].high == pytest.approx(one[whose].high)
    full = total(p.span for p in people(WHOLE, brought(lines, Level.POSSIBLE)))
    small = total(p.span for p in people(WHOLE, brought(halved(lines), Level.POSSIBLE)))
    assert small.best == pytest.approx(full.best / 2)


PARTS = st.lists(
    st.tuples(st.sampled_from(list(Party)), st.lists(st.integers(0, 100), min_size=3, max_size=3)),
    max_size=8,
)


@given(PARTS)
def test_shares_hold_their_best_between_their_ends_and_ends_bound_every_mixture(listed):
    anybody = next(iter(WHOLE.contributions.values()))
    parts = [Part(p.value, p.value, Span(*sorted(ends)), anybody) for p, ends in listed]
    found = shares(parts, lambda part: Party(part.provider))
    if found is None:
        assert all(part.span.high == 0 for part in parts)
        return
    for ends in ("low", "best", "high"):
        amounts = {p: sum(getattr(x.span, ends) for x in parts if x.provider == p) for p in Party}
        if whole := sum(amounts.values()):
            for whose, share in found.items():
                exact = 100 * amounts[whose] / whole
                assert share.low - 1e-9 <= exact <= share.high + 1e-9


@pytest.mark.parametrize(("case", "option", "deal"), EVERY)
def test_a_line_uses_no_more_than_it_asks_and_a_contribution_serves_once(case, option, deal):
    lines = lines_of(case, option, deal)
    asks = {line.need.number: line.need.span for line in lines}
    most: dict[str, float] = {}
    for line in lines:
        for taken in line.taken:
            name = taken.offer.contribution.id
            most[name] = max(most.get(name, 0), taken.span.best)
    for level in Level:
        items = brought(lines, level)
        for number, asked in asks.items():
            used = sum(item.span.best for item in items if item.need.number == number)
            assert asked is None or used <= asked.best + 1e-6
        for name, offered in most.items():
            used = sum(item.span.best for item in items if item.contribution.id == name)
            assert used <= offered + 1e-6


@pytest.mark.parametrize(("case", "option", "deal"), EVERY)
def test_each_level_holds_the_one_before_it(case, option, deal):
    lines = lines_of(case, option, deal)
    sums = {level: brought(lines, level) for level in Level}
    for small, large in ((Level.CONFIRMED, Level.SAID), (Level.SAID, Level.POSSIBLE)):
        more = [(i.contribution.id, i.need.number, i.span) for i in sums[large]]
        for item in sums[small]:
            assert (item.contribution.id, item.need.number, item.span) in more


def test_a_headcount_that_was_said_counts_and_the_units_judged_inside_it_do_not():
    items = brought(lines_of(WHOLE, DIVISION), Level.POSSIBLE)
    counted = {item.contribution.id for item in once(WHOLE, items)}
    assert {"gbr-brigade", "fra-brigade"} <= {item.contribution.id for item in items}
    assert "gbr-ground-force-2025-04" in counted
    assert not {"gbr-brigade", "fra-brigade", "gbr-engineers"} & counted


def test_the_people_of_a_unit_are_those_in_it_and_those_behind_it():
    assert people_in(WHOLE, "ground-brigade", Span.exactly(2)) == Span(8600, 12_000, 15_000)
    assert people_in(WHOLE, "ground-force", Span.exactly(300)) == Span.exactly(300)
    assert people_in(WHOLE, "fighter", Span.exactly(1)) == Span(12, 35, 50)
    assert people_in(WHOLE, "logistics", Span.exactly(1)) is None


def test_the_crews_of_what_is_given_are_the_hosts_and_the_unit_is_the_givers():
    items = brought(lines_of(WHOLE, "train-and-equip"), Level.CONFIRMED)
    assert [i.contribution.id for i in items] == ["deu-air-defence-long-given"]
    (crews,) = people(WHOLE, items)
    assert (crews.provider, crews.payer, crews.span.best) == ("UKR", "UKR", 2 * (110 + 60))
    (units,) = unit_lines(WHOLE, items)["air-defence"]
    assert (units.provider, units.span.best) == ("DEU", 2)


def test_risk_is_borne_on_the_line_and_in_the_rear_only():
    items = brought(lines_of(WHOLE, "sky-guarantee"), Level.POSSIBLE)
    here = {part.contribution.id for part in at_risk(WHOLE, items)}
    bands = {i.contribution.id: i.need.line.band for i in items}
    assert here
    assert all(bands[name] in {Band.LINE, Band.REAR} for name in here)
    assert Band.AIR in bands.values()


def test_the_definitions_of_europe_are_those_the_case_marks_and_a_mixed_group_is_no_ones():
    assert definitions(WHOLE) == ("eu-27", "european-nato", "coalition")
    union = frozenset(WHOLE.members("eu-27"))
    assert party(WHOLE, "GBR", union) is Party.OTHERS
    assert party(WHOLE, "GBR", frozenset(WHOLE.members("european-nato"))) is Party.EUROPE
    assert party(WHOLE, "eu-27", union) is Party.EUROPE
    assert party(WHOLE, "nato", union) is Party.OTHERS
    assert party(WHOLE, "USA", union | {"USA"}) is Party.UNITED_STATES
    assert party(WHOLE, "UKR", union | {"UKR"}) is Party.HOST
    assert party(WHOLE, "CAN", frozenset(WHOLE.members("coalition"))) is Party.EUROPE


def test_two_batteries_given_cost_their_price_once_in_the_year_they_arrive():
    lines = lines_of(WHOLE, "train-and-equip")
    deal = WHOLE.deals[ACCEPTED]
    found = bill(WHOLE, "train-and-equip", deal, lines, Level.CONFIRMED, 60)
    given = [c for c in found.charges if c.contribution.id == "deu-air-defence-long-given"]
    assert [(c.year, c.span) for c in given] == [(1, Span(480e6, 800e6, 1058e6))]
    assert not bill(WHOLE, "train-and-equip", deal, lines, Level.CONFIRMED, 3).by(
        lambda c: c.year
    ).keys() & {(c.prices, 1) for c in given}


def test_people_who_stay_cost_for_each_month_present():
    """Lithuania's 200 from month 2: 10 months of the first year and 12 of the second."""
    lines = lines_of(WHOLE, DIVISION)
    found = bill(WHOLE, DIVISION, WHOLE.deals[ACCEPTED], lines, Level.SAID, 30)
    spans = {c.year: c.span.best for c in found.charges if c.contribution.id == "ltu-ground-force"}
    assert spans == pytest.approx(
        {1: 200 * 200_000 * 10 / 12, 2: 200 * 200_000, 3: 200 * 200_000 * 6 / 12}
    )


def test_what_has_no_cost_is_listed_and_is_not_zero():
    lines = lines_of(WHOLE, "train-and-equip")
    found = bill(WHOLE, "train-and-equip", WHOLE.deals[ACCEPTED], lines, Level.POSSIBLE, 60)
    unpriced = {u.contribution.id for u in found.unpriced}
    assert {"gbr-trainers-abroad", "eu-27-money", "cze-ammunition-scheme"} <= unpriced
    assert not unpriced & {c.contribution.id for c in found.charges}


@pytest.mark.parametrize("key", key_names(WHOLE))
def test_a_key_spreads_all_of_the_bill_over_the_nations_it_holds(key: str):
    lines = lines_of(WHOLE, "train-and-equip")
    found = bill(WHOLE, "train-and-equip", WHOLE.deals[ACCEPTED], lines, Level.POSSIBLE, 60)
    nations = set(nations_of(WHOLE, (c.actor(Role.PAYER) for c in found.charges)))
    spread = spreading(WHOLE, key, nations)
    assert set(spread.parts) | set(spread.lacking) == nations
    assert not set(spread.parts) & set(spread.lacking)
    assert sum(spread.parts.values()) == pytest.approx(1)
    for whole in found.totals.values():
        assert sum(spread.of(whole, n).best for n in spread.parts) == pytest.approx(whole.best)


def test_a_key_is_read_at_each_nations_latest_share():
    latest = {n: WHOLE.keys[name] for n, name in key_shares(WHOLE, "un-peacekeeping").items()}
    assert latest["USA"].quantity == parse_amount("26.1584 percent")
    two = spreading(WHOLE, "gdp-allies", {"DEU", "FRA", "ISL"})
    assert two.parts == pytest.approx({"DEU": 8.443 / 14.172, "FRA": 5.729 / 14.172})
    assert two.lacking == ("ISL",)


def test_firmness_counts_what_is_as_firm_or_firmer():
    said = WHOLE.contributions["ltu-ground-force"]
    judged = WHOLE.contributions["deu-brigade"]
    firm = WHOLE.contributions["deu-air-defence-long-given"]
    for contribution, held in ((said, 2), (judged, 1), (firm, 3)):
        offer = Offer(contribution, Span.exactly(1), Counts.MET, (), ())
        assert sum(level.holds(offer) for level in Level) == held
