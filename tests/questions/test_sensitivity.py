"""What `sensitivity` says: what a measure hangs on, and where the order of two options flips."""

from __future__ import annotations

import re

import numpy as np
import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.problems import Misuse
from guarantor.questions.question import Asked
from guarantor.questions.rivals import pair
from guarantor.simulate.drawn import Held
from guarantor.simulate.run import draws_of, job, run
from guarantor.supply.shares import Level

SMALL = {"futures": "2048", "months": "36"}
OPTION = "sky-guarantee"


@pytest.fixture(scope="module")
def of_sky(asked) -> Answer:
    return asked("sensitivity", option=OPTION, measure="usable", over="train-and-equip", **SMALL)


def figure(answer: Answer, section: str, key: str, column: str) -> Figure:
    slot = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(slot, Figure)
    return slot


def test_no_index_is_shown_whose_interval_is_wider_than_itself(of_sky):
    table = of_sky.section("hangs-on").table
    assert table.keys
    for key in table.keys:
        shown = figure(of_sky, "hangs-on", key, "per_cent_of_the_spread")
        assert shown.high - shown.low < shown.value
        assert 0 < shown.value <= 100
    assert any(
        "cannot be told from chance" in p.plain() for p in of_sky.section("hangs-on").paragraphs
    )


def test_the_indices_stand_in_order_and_add_up_to_no_more_than_the_whole(of_sky):
    keys = of_sky.section("hangs-on").table.keys
    values = [figure(of_sky, "hangs-on", key, "per_cent_of_the_spread").value for key in keys]
    assert values == sorted(values, reverse=True)
    assert sum(values) < 105


def test_correlated_quantities_are_told_once_by_what_they_share(of_sky, lead):
    grouped = {name for each in lead.correlations.values() for name in each.members}
    keys = set(of_sky.section("hangs-on").table.keys)
    assert not keys & grouped
    assert "correlation/soft-words" in keys


def test_holding_a_quantity_high_raises_what_is_said_to_rise_with_it(of_sky, lead):
    # the ends are read off the futures at hand; here they are run again with the quantity held
    draws = draws_of(lead, 7)
    one = job(lead, OPTION, "ceasefire-with-consent", Level.POSSIBLE, 36)
    low, high = (
        run([one], Held(draws, {"will": share}), 2)[0].measures[8].mean() for share in (0.05, 0.95)
    )
    told_low = figure(of_sky, "hangs-on", "will", "where_it_is_low").value
    told_high = figure(of_sky, "hangs-on", "will", "where_it_is_high").value
    middle = run([one], draws, 2)[0].measures[8].mean()
    assert low < middle < high
    assert told_low < middle < told_high
    assert high == pytest.approx(told_high, rel=0.15)


def test_the_flip_lies_inside_the_range_and_a_run_on_either_side_of_it_turns_the_order(
    of_sky, lead
):
    table = of_sky.section("flips").table
    key = table.keys[0]
    rising = "above it" in table.rows[0][-1].plain()
    flip = figure(of_sky, "flips", key, "flips_at").value
    span = figure(of_sky, "flips", key, "range_put_in")
    assert span.low < flip < span.high
    draws = draws_of(lead, 7)
    jobs = [
        job(lead, name, "ceasefire-with-consent", Level.POSSIBLE, 36)
        for name in (OPTION, "train-and-equip")
    ]
    leads = []
    for share in (0.02, 0.98):
        own, other = run(jobs, Held(draws, {key: share}), 2)
        leads.append(float((own.measures[8] - other.measures[8]).mean()))
    assert (leads[0] < 0 < leads[1]) is rising
    assert leads[0] * leads[1] < 0


def test_what_never_changes_hangs_on_nothing(asked):
    answer = asked("sensitivity", option=OPTION, measure="months_filled", **SMALL)
    assert "nothing put in here moves it" in answer.headline.plain()
    nothing = asked("sensitivity", option="status-quo", measure="mean_fill", **SMALL)
    assert "asks for nothing" in nothing.headline.plain()


def test_a_measure_outside_its_evidence_is_marked_and_has_no_flip(asked):
    answer = asked("sensitivity", option=OPTION, measure="ceasefire_holds", **SMALL)
    assert [section.id for section in answer.sections] == ["hangs-on"]
    assert "†" in answer.headline.plain()


def test_an_option_must_be_named_and_another_one_than_its_rival(asked):
    with pytest.raises(Misuse, match="--option"):
        asked("sensitivity", **SMALL)
    with pytest.raises(Misuse, match="against itself"):
        asked("sensitivity", option=OPTION, over=OPTION, **SMALL)
    with pytest.raises(Misuse, match="Did you mean 'usable'"):
        asked("sensitivity", option=OPTION, measure="usabel", **SMALL)


def test_the_lead_of_two_options_is_the_difference_in_each_future(lead):
    settings = {"futures": 1024, "months": 36, "measure": "present"}
    one = pair(Asked(lead, settings), OPTION, "paris-framework")
    other = pair(Asked(lead, settings), "paris-framework", OPTION)
    assert np.array_equal(one.lead(), -other.lead())


def test_the_answer_survives_json_is_the_same_twice_and_words_no_likelihood(asked, of_sky):
    assert Answer.from_json(of_sky.to_json()) == of_sky
    again = asked("sensitivity", option=OPTION, measure="usable", over="train-and-equip", **SMALL)
    assert again.to_json() == of_sky.to_json()
    for each in of_sky.texts():
        if "it is no likelihood" not in each.plain():
            assert not re.search(r"\b(un)?likely|probab", each.plain())


def test_every_chart_can_be_drawn(of_sky):
    drawn = [section for section in of_sky.sections if section.chart]
    assert drawn
    for section in drawn:
        assert section.chart.description
        assert draw(section).startswith("<svg")
