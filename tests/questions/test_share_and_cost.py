"""What `share` and `cost` say of the real case, checked against the record by other means."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from conftest import AUGUST, LEAD
from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.case.read import read_case
from guarantor.problems import Misuse
from guarantor.questions import answer_for

if TYPE_CHECKING:
    from guarantor.case.case import Case

NAMES = ("share", "cost")
OPTIONS = tuple(read_case(LEAD).options)
NOTHING = "no share of nothing: nobody is confirmed"


def figure(answer: Answer, section: str, key: str, column: str) -> Figure:
    slot = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(slot, Figure)
    return slot


def plain(answer: Answer, section: str, key: str, column: str) -> str:
    return answer.section(section).table.cell(key, column).plain()


def rests_on(answer: Answer, trace: str) -> set[str]:
    found, waiting = set(), [trace]
    while waiting:
        record = answer.traces[waiting.pop()]
        found.add(record.label)
        waiting += record.inputs
    return found


@pytest.mark.parametrize("option", OPTIONS)
def test_the_four_shares_shown_sum_to_one_hundred(asked, option: str):
    answer = asked("share", option=option)
    sections = [s for s in answer.sections if s.table]
    assert len(sections) == 3 * 2
    for section in sections:
        for key in section.table.keys:
            cells = [
                section.table.cell(key, column).slots.get("n")
                for column in ("europe", "united-states", "host", "others")
            ]
            if any(cells):
                values = [cell.value for cell in cells]
                assert None in values or sum(values) == pytest.approx(100)


def test_the_lions_share_hangs_on_who_is_called_europe(asked):
    """Of what was said only Britain is outside the Union; its ceiling of 10 000 is the most."""
    answer = asked("share", option="reassurance-division")
    union = figure(answer, "provider-eu-27", "people-said", "europe")
    nato = figure(answer, "provider-european-nato", "people-said", "europe")
    assert nato.value == 100
    whole = figure(answer, "provider-eu-27", "people-said", "whole")
    assert union.value == pytest.approx(100 * (whole.value - 10_000) / whole.value)
    said = answer.section("meanings").paragraphs
    coalition = next(p.plain() for p in said if "Coalition" in p.plain())
    assert "all its members as they stand" in coalition
    assert "Australia, Canada, New Zealand" in coalition


def test_nobody_confirmed_is_said_and_is_no_share(asked):
    answer = asked("share", option="reassurance-division")
    for section in ("provider-eu-27", "payer-coalition"):
        assert plain(answer, section, "people-confirmed", "europe") == NOTHING
        assert plain(answer, section, "risk-confirmed", "europe") == NOTHING
        assert figure(answer, section, "people-confirmed", "whole").value == 0
    assert "nobody is confirmed" in answer.headline.plain()
    every = asked("share").section("europe-eu-27")
    assert every.table.cell("davos-200000-payer-confirmed", "people").plain() == NOTHING


def test_who_gives_and_who_pays_are_not_the_same(asked):
    """American batteries that Europeans would pay for."""
    answer = asked("share", option="train-and-equip")
    key = "money-usd-2023-possible"
    gives = figure(answer, "provider-european-nato", key, "united-states")
    pays = figure(answer, "payer-european-nato", key, "united-states")
    assert gives.value > 0
    assert pays.value == 0
    assert figure(answer, "payer-european-nato", key, "europe").value == 100


def test_the_host_mans_what_it_is_given(asked):
    answer = asked("share", option="train-and-equip")
    assert figure(answer, "provider-eu-27", "people-confirmed", "host").value == 100
    assert figure(answer, "provider-eu-27", "units-confirmed", "europe").value == 100
    assert figure(answer, "provider-eu-27", "risk-confirmed", "host").value == 100


def test_groups_of_mixed_members_are_named(asked):
    paragraphs = [p.plain() for p in asked("share").section("meanings").paragraphs]
    union = next(p for p in paragraphs if p.startswith("Europe as European Union"))
    assert union.endswith("only some of their members are in it: European NATO, NATO.")


def test_every_option_shows_its_shares_by_provider_and_by_payer(asked):
    answer = asked("share")
    for group in ("eu-27", "european-nato", "coalition"):
        keys = answer.section(f"europe-{group}").table.keys
        assert set(keys) == {
            f"{option}-{role}-{level}"
            for option in OPTIONS
            for role in ("provider", "payer")
            for level in ("confirmed", "said", "possible")
        }


@pytest.mark.parametrize("option", OPTIONS)
@pytest.mark.parametrize("level", ["confirmed", "said", "possible"])
def test_the_bill_is_the_same_by_year_provider_payer_and_kind(asked, option: str, level: str):
    answer = asked("cost", option=option)
    sums: dict[str, dict[str, float]] = {}
    for section in answer.sections:
        if section.id in {"sums", "by-year", "by-provider", "by-payer", "by-kind"}:
            found = sums.setdefault(section.id, {})
            for key in section.table.keys:
                slot = section.table.cell(key, level).slots.get("n")
                prices = section.table.cell(key, "prices").plain()
                if slot is not None:
                    found[prices] = found.get(prices, 0) + slot.value
    assert len(sums) == 5
    for found in sums.values():
        assert found == pytest.approx(sums["sums"])


@pytest.mark.parametrize("option", OPTIONS)
def test_a_key_spreads_the_same_money_as_lies_where_it_falls(asked, option: str):
    answer = asked("cost", option=option)
    sections = [s for s in answer.sections if s.id.startswith("keys-")]
    assert sections
    for section in sections:
        level = section.id.split("-")[1]
        whole = {
            answer.section("sums").table.cell(key, "prices").plain(): figure(
                answer, "sums", key, level
            ).value
            for key in answer.section("sums").table.keys
            if answer.section("sums").table.cell(key, level).slots
        }
        for column in section.table.columns[2:]:
            found: dict[str, float] = {}
            for key in section.table.keys:
                slot = section.table.cell(key, column.key).slots.get("n")
                if slot is not None:
                    prices = section.table.cell(key, "prices").plain()
                    found[prices] = found.get(prices, 0) + slot.value
            assert found == pytest.approx(whole)


def test_a_key_says_whom_it_lacks_and_one_that_holds_few_is_not_laid_over_the_bill(asked):
    section = asked("cost", option="train-and-equip").section("keys-possible-train-and-equip")
    told = {p.plain().split()[0]: p.plain() for p in section.paragraphs}
    assert told["gdp-allies"].endswith("it lacks Iceland.")
    assert "fewer than half" in told["nato-common-funding"]
    columns = [c.key for c in section.table.columns]
    assert "gdp-allies" in columns
    assert "nato-common-funding" not in columns


def test_a_key_that_is_asked_for_is_shown_alone(asked):
    answer = asked("cost", option="train-and-equip", key="nato-common-funding")
    section = answer.section("keys-possible-train-and-equip")
    assert [c.key for c in section.table.columns][3:] == ["nato-common-funding"]


def test_sums_of_two_price_years_stand_side_by_side(asked):
    table = asked("cost", option="train-and-equip").section("sums").table
    prices = [row[1].plain() for row in table.rows]
    assert len(prices) == len(set(prices)) > 1
    assert {"USD at 2023 prices", "USD at 2024 prices"} <= set(prices)


def test_what_has_no_cost_says_so_and_is_never_zero(asked):
    answer = asked("cost", option="train-and-equip")
    table = answer.section("unpriced-train-and-equip").table
    assert table.cell("gbr-trainers-abroad", "why").plain() == "no cost of one unit on record"
    assert table.cell("eu-27-money", "why").plain() == "no amount was said"
    ending = f"{len(table.rows)} contributions more have no cost on record."
    assert answer.headline.plain().endswith(ending)
    assert plain(answer, "sums", "train-and-equip-eur-2023", "confirmed") == "nothing on record"


def test_a_longer_stay_costs_more_and_what_is_given_costs_the_same(asked):
    for months, stay, given in (("12", 26.0, 800), ("60", 130.0, 1200), ("120", 260.0, 1200)):
        answer = asked("cost", option="train-and-equip", months=months)
        stays = figure(answer, "sums", "train-and-equip-usd-2024", "possible")
        gives = figure(answer, "sums", "train-and-equip-usd-2023", "possible")
        assert stays.value == pytest.approx(stay)
        assert gives.value == pytest.approx(given)


def test_an_option_to_which_nothing_comes_answers_in_words(lead: Case):
    """The same case when nobody offers anything."""
    empty = replace(lead, contributions={})
    for option in OPTIONS:
        share = answer_for("share", empty, {"option": option}).headline.plain()
        cost = answer_for("cost", empty, {"option": option}).headline.plain()
        assert "there is no share to tell" in share
        assert "cannot be said" in cost
    assert "0 as European NATO" in answer_for("share", empty).headline.plain()
    assert "Money is confirmed for 0 of 10" in answer_for("cost", empty).headline.plain()


def test_a_share_rests_on_who_europe_is_and_on_judgements(asked):
    answer = asked("share", option="reassurance-division")
    slot = figure(answer, "provider-eu-27", "people-possible", "europe")
    labels = rests_on(answer, slot.trace)
    assert {"nation or group", "contribution"} <= labels
    judged = [
        answer.traces[name].judged_by
        for name, trace in answer.traces.items()
        if trace.label == "contribution" and trace.kind == "judged"
    ]
    assert judged
    assert all(judged)


def test_money_rests_on_the_cost_of_one_unit_and_on_the_length_of_the_stay(asked):
    answer = asked("cost", option="reassurance-division")
    slot = figure(answer, "sums", "reassurance-division-eur-2024", "said")
    labels = rests_on(answer, slot.trace)
    assert {"ground-force: running cost", "length of the commitment", "contribution"} <= labels


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("as_of", [None, AUGUST])
def test_every_option_under_every_deal_answers_in_either_view(lead: Case, asked, name, as_of):
    seen = {"as_of": as_of} if as_of else {}
    for option in OPTIONS:
        if as_of and option == "paris-framework":
            continue
        for deal in lead.deals:
            answer = asked(name, option=option, deal=deal, **seen)
            assert Answer.from_json(answer.to_json()) == answer


@pytest.mark.parametrize("name", NAMES)
def test_a_view_of_august_knows_nothing_later(asked, name: str):
    content = json.loads(asked(name, as_of=AUGUST).to_json())
    content.pop("digest")
    texts = json.dumps(content, ensure_ascii=False)
    later = [day for day in re.findall(r"20\d\d-\d\d-\d\d", texts) if day > AUGUST]
    assert not later
    assert "paris-framework" not in texts


@pytest.mark.parametrize(
    ("name", "settings", "named"),
    [
        ("cost", {"key": "gdp-ally"}, "gdp-allies"),
        ("cost", {"months": "0"}, "1 to 1200"),
        ("share", {"option": "sky"}, "sky-guarantee"),
        ("share", {"key": "gdp-allies"}, "no such setting"),
    ],
)
def test_a_slip_is_answered_with_what_is_allowed(lead: Case, name, settings, named):
    with pytest.raises(Misuse, match=named):
        answer_for(name, lead, settings)
