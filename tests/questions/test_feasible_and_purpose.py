"""What can be filled, what nobody owns, who will not, and what turns on a figure nobody gives."""

from __future__ import annotations

import json
import re

import pytest

from conftest import AUGUST, LEAD
from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.case.overlay import Overlay, apply
from guarantor.quantity import parse_amount
from guarantor.questions import answer_for, questions
from guarantor.questions.guarantee import promise
from guarantor.supply.capacity import people
from guarantor.supply.feasibility import Verdict, lines

NAMES = ("feasible", "purpose")
WORDS = {str(verdict) for verdict in Verdict} | {"passes, but only the number differs"}
DEALS = (
    "ceasefire-with-consent",
    "ceasefire-without-consent",
    "forces-capped-or-barred",
    "fighting-goes-on",
)


def cells(answer: Answer, section: str) -> dict[str, list[str]]:
    table = answer.section(section).table
    assert table is not None
    rows = zip(table.keys, table.rows, strict=True)
    return {key: [cell.plain() for cell in row] for key, row in rows}


def verdicts(answer: Answer) -> dict[str, str]:
    return {key: row[2] for key, row in cells(answer, "screening").items()}


def test_both_questions_can_be_asked_and_take_an_option_and_a_deal():
    for name in NAMES:
        assert {s.name for s in questions()[name].settings} - {"why", "every-deal"} == {
            "option",
            "deal",
        }


@pytest.mark.parametrize("as_of", [None, AUGUST])
@pytest.mark.parametrize("deal", DEALS)
@pytest.mark.parametrize("name", NAMES)
def test_every_option_is_answered_under_every_deal_in_both_views(lead, name, deal, as_of):
    view = {"as-of": as_of} if as_of else {}
    whole = answer_for(name, lead, {"deal": deal, **view})
    assert whole.headline.plain()
    shown = {key.split("/")[0] for key in whole.sections[0].table.keys}
    for option in sorted(shown):
        one = answer_for(name, lead, {"deal": deal, "option": option, **view})
        assert Answer.from_json(one.to_json()) == one


def test_every_option_has_a_word_for_each_of_five_tests(asked, lead):
    found = verdicts(asked("feasible"))
    assert len(found) == 5 * len(lead.options)
    assert set(found.values()) <= WORDS


def test_a_hundred_thousand_soldiers_more_than_all_nations_have_cannot_be_found(asked):
    answer = asked("feasible", option="davos-200000")
    assert verdicts(answer)["davos-200000/feasibility"] == "fails: cannot"
    row = cells(answer, "lines")["ground-force"]
    assert row[1] == "200 000"
    assert "140 000" in row[3]
    assert row[5] == "fails: cannot"
    assert "low end of the need" in row[6]


def test_the_baseline_passes_on_feasibility(asked):
    found = verdicts(asked("feasible", option="status-quo"))
    assert found["status-quo/feasibility"] == "passes"
    assert found["status-quo/acceptability"] == "passes"


def test_a_deal_that_bars_the_force_is_a_will_not_and_fails_on_acceptability(asked):
    answer = asked("feasible", option="reassurance-division", deal="forces-capped-or-barred")
    found = verdicts(answer)
    assert found["reassurance-division/feasibility"] == "fails: will not"
    assert found["reassurance-division/acceptability"] == "fails"
    rows = cells(answer, "screening")
    assert "the deal bars it" in rows["reassurance-division/acceptability"][3]
    assert "the deal bars foreign forces" in cells(answer, "lines")["brigades"][6]


def test_cannot_and_will_not_are_never_mixed(asked, lead):
    for deal in DEALS:
        for row in cells(asked("feasible", deal=deal), "lines").values():
            verdict, why = row[-2:]
            assert verdict.startswith("fails")
            assert ("will not:" in why or "ruled out:" in why) is (verdict == "fails: will not")


def test_who_refuses_is_named_with_the_record_of_the_word(asked, lead):
    answer = asked("feasible", option="reassurance-division")
    table = answer.section("lines").table
    why = table.cell("air-defence-upper", "why")
    named = {s.text: s.trace for s in why.slots.values() if not isinstance(s, Figure)}
    for nation in ("United States", "Poland", "Romania"):
        assert "ground troops" in answer.traces[named[nation]].label
        assert answer.traces[named[nation]].citations


def test_an_undecided_line_names_the_quantity_its_range_and_where_it_flips(asked):
    row = cells(asked("feasible", option="reassurance-brigade"), "lines")["brigades"]
    assert row[5] == "not decidable from public data"
    assert "decided by what France brings, judged at 1 (0 to 1)" in row[6]
    assert "filled if it is at least 0.7" in row[6]


def test_a_need_that_nobody_has_said_is_not_decidable_and_says_so(asked):
    row = cells(asked("feasible", option="reassurance-brigade"), "lines")["surveillance"]
    assert row[1] == "not known"
    assert row[5:] == ["not decidable from public data", "nobody has said how many"]


def test_the_headline_counts_the_lines_by_verdict(asked, lead):
    answer = asked("feasible", deal="ceasefire-with-consent")
    deal = lead.deals["ceasefire-with-consent"]
    listed = [line for option in lead.options for line in lines(lead, option, deal)]
    asking = [v for v in listed if v.line.need.span is None or v.line.need.span.high > 0]
    assert len(asking) < len(listed)
    found = [line.verdict for line in asking]
    slots = {name: s.value for name, s in answer.headline.slots.items()}
    assert slots["all"] == len(found)
    assert slots["cannot"] == found.count(Verdict.CANNOT)
    assert slots["wont"] == found.count(Verdict.WILL_NOT)
    assert slots["open"] == found.count(Verdict.OPEN)
    assert slots["idle"] == len(listed) - len(asking)


def test_a_need_of_zero_is_filled_by_nobody(asked):
    gaps = asked("gaps", option="status-quo")
    slots = {name: slot.value for name, slot in gaps.headline.slots.items()}
    assert slots["all"] == slots["firm"] == slots["able"] == 0
    assert slots["idle"] == 1
    assert [row[-1] for row in cells(gaps, "gaps-status-quo").values()] == ["asks for nothing"]
    screened = cells(asked("feasible", option="status-quo"), "screening")
    assert screened["status-quo/feasibility"][3].startswith("it asks for nothing")


def test_the_parliaments_still_to_ask_are_counted_and_named(asked, lead):
    why = cells(asked("feasible", option="reassurance-division"), "screening")[
        "reassurance-division/acceptability"
    ][3]
    number = int(re.search(r"(\d+) parliaments are asked first: ([^;]*)", why)[1])
    names = re.search(r"asked first: ([^;]*)", why)[1].split(", ")
    assert len(names) == number
    assert {"Germany", "United Kingdom", "Ukraine"} <= set(names)
    assert "France" not in names
    assert "against foreign forces: Russia" in why


def test_options_that_differ_in_size_only_carry_a_warning(asked):
    answer = asked("feasible", option="reassurance-division")
    row = cells(answer, "screening")["reassurance-division/distinctness"]
    assert row[2] == "passes, but only the number differs"
    assert "Reassurance corps" in row[3]


def test_an_option_is_no_different_from_a_copy_of_itself(lead):
    copy = lead.options["sky-guarantee"].model_copy(update={"id": "davos-200000"})
    meant = {
        ("contributions", name): offer.model_copy(
            update={"options": (*offer.options, "davos-200000")}
        )
        for name, offer in lead.contributions.items()
        if "sky-guarantee" in offer.options
    }
    twins = apply(lead, Overlay(lead.view, {("options", "davos-200000"): copy, **meant}))
    answer = answer_for("feasible", twins, {"option": "sky-guarantee"})
    assert verdicts(answer)["sky-guarantee/distinctness"] == "fails"


def test_the_rows_of_a_promise_that_nobody_states_are_counted(asked, lead):
    for name, option in lead.options.items():
        blank = [row.name for row in promise(option) if row.said is None]
        row = cells(asked("feasible", option=name), "screening")[f"{name}/completeness"]
        assert row[2] == "fails"
        assert row[3].startswith(f"{len(blank)} of 18 rows")


def test_both_readings_of_a_nation_stand_side_by_side(asked):
    rows = cells(asked("feasible", option="reassurance-division"), "readings")
    assert rows["FRA"][2] == "2 000"
    assert rows["FRA"][3] == "8 600"
    assert rows["FRA"][5].startswith("1.7")


def test_an_offer_above_the_general_range_is_said_to_contradict_it(asked):
    rows = cells(asked("feasible", option="reassurance-division"), "readings")
    assert "exceeds the whole general range" in rows["GBR"][7]
    assert "within the general range" in rows["LTU"][7]
    assert "no number of its own" in rows["DEU"][7]


def test_a_corps_on_the_line_is_more_than_europe_can_keep_up(asked):
    """By the record of operations no size is both enough and sustainable; the set is empty."""
    rows = cells(asked("purpose", option="reassurance-corps"), "both")
    empty = "no size is both enough and sustainable, not even at the kindest ends."
    assert rows["reassurance-corps/european-nato/record"][5] == empty
    kind = rows["reassurance-corps/european-nato/ambition"][5]
    assert "only at the kindest ends of both ranges, 62 000 to 72 000" in kind


def test_a_line_is_sized_by_its_length_and_density(asked):
    """1 250 km at 50 to 160 people for each, best 90: the published equation, end by end."""
    table = asked("purpose", option="davos-200000").section("needed").table
    figure = table.cell("davos-200000/1", "would_take").slots["n"]
    assert (figure.low, figure.value, figure.high) == (62_500, 112_500, 200_000)


def test_monitors_are_sized_by_posts(asked):
    """1 400 km, a post every 6 km, four on duty in four watches, as many again behind them."""
    table = asked("purpose", option="monitoring-mission").section("needed").table
    figure = table.cell("monitoring-mission/1", "would_take").slots["n"]
    assert figure.value == pytest.approx(1400 / 6 * 4 * 4 * 2)


def test_what_europe_could_sustain_is_the_sum_over_its_nations(asked, lead):
    table = asked("purpose").section("sustainable").table
    for group in ("european-nato", "eu-27", "coalition"):
        figure = table.cell(group, "record").slots["n"]
        readings = [people(lead, nation, "record") for nation in lead.members(group)]
        expected = sum(r.span.best for r in readings if r is not None)
        assert figure.value == pytest.approx(expected)


def test_an_option_whose_purpose_no_model_fits_says_so(asked):
    answer = asked("purpose", option="train-and-equip")
    assert answer.headline.plain().startswith("No published model sizes the purpose")
    row = cells(answer, "needed")["train-and-equip"]
    assert row[2:4] == ["no published model sizes it", "not stated"]


def test_a_model_outside_its_validity_marks_the_figure_and_what_rests_on_it(lead):
    option = lead.options["reassurance-division"]
    sizing = option.sizing[0]
    ratio = sizing.inputs["ratio_per_1000"].model_copy(
        update={"quantity": parse_amount("30 to 60, best 40 ratio")}
    )
    wide = sizing.model_copy(update={"inputs": {**sizing.inputs, "ratio_per_1000": ratio}})
    changed = option.model_copy(update={"sizing": (wide,)})
    case = apply(lead, Overlay(lead.view, {("options", "reassurance-division"): changed}))
    answer = answer_for("purpose", case, {"option": "reassurance-division"})
    assert "†" in answer.headline.plain()
    notes = [note.plain() for section in answer.sections for note in section.notes]
    assert any("outside the validity of density_sizing" in note for note in notes)
    screened = answer_for("feasible", case, {"option": "reassurance-division"})
    assert "†" in cells(screened, "screening")["reassurance-division/suitability"][3]


def test_a_deal_that_bars_the_force_allows_no_size(asked):
    barred = asked("purpose", deal="forces-capped-or-barred").section("needed").paragraphs
    assert "no size is allowed" in barred[-1].plain()
    free = asked("purpose", deal="ceasefire-with-consent").section("needed").paragraphs
    assert "leaves the size of a force open" in free[-1].plain()


@pytest.mark.parametrize("name", NAMES)
def test_a_view_of_august_knows_nothing_later(asked, name: str):
    content = json.loads(asked(name, as_of=AUGUST).to_json())
    content.pop("digest")
    texts = json.dumps(content, ensure_ascii=False)
    assert not re.findall(r"20(?:2[6-9]|[3-9]\d)-\d\d", texts)
    assert not [day for day in re.findall(r"20\d\d-\d\d-\d\d", texts) if day > AUGUST]
    assert "1 250 km" not in texts
    assert "1 400 km" not in texts


@pytest.mark.parametrize("name", NAMES)
def test_the_printed_command_gives_the_same_answer_again(asked, lead, name: str):
    first = asked(name, as_of=AUGUST, option="reassurance-corps", deal="ceasefire-with-consent")
    words = first.command.split()
    assert words[:4] == ["guarantor", "ask", name, LEAD]
    settings = dict(zip((w.removeprefix("--") for w in words[4::2]), words[5::2], strict=True))
    assert answer_for(name, lead, settings).to_json() == first.to_json()
