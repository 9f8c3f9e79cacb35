"""What `sky` says of the lead case: two tasks, what each takes, what is there, what binds."""

from __future__ import annotations

import re

import numpy as np
import pytest

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.models.air_policing import continuous_patrol
from guarantor.problems import Misuse
from guarantor.questions.air_tasks import (
    AIRCRAFT,
    BOUNDS,
    CREWS,
    EARLY_WARNING,
    FIGHTER,
    RADAR,
    TANKER,
    TANKERS,
    kept,
    patrol,
    patrol_line,
    policing,
)
from guarantor.questions.assumed_numbers import AssumedNumbers, through
from guarantor.questions.futures import AS_IT_COMES, outcomes, terms
from guarantor.questions.in_a_month import in_a_month
from guarantor.questions.question import Asked
from guarantor.questions.sky_tables import UNCONTESTED
from guarantor.simulate.setup import Reason

SMALL = {"futures": "1024", "months": "36"}
OPTION = "sky-guarantee"


@pytest.fixture(scope="module")
def sky(asked) -> Answer:
    return asked("sky", option=OPTION, **SMALL)


@pytest.fixture(scope="module")
def numbers(lead) -> AssumedNumbers:
    return AssumedNumbers(Asked(lead, {}).book, 7, 1)


def records_behind(answer: Answer, trace: str) -> set[str]:
    found, waiting = set(), [trace]
    while waiting:
        record = answer.traces[waiting.pop()]
        found.add(record.label)
        waiting += record.inputs
    return found


def figure(answer: Answer, section: str, key: str, column: str) -> Figure:
    slot = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(slot, Figure)
    return slot


def test_every_part_is_marked_as_computed_for_uncontested_air(sky, asked):
    assert [section.id for section in sky.sections] == ["rules", "takes", "there", "years", "cost"]
    for answer in (sky, asked("sky", **SMALL), asked("sky", option="status-quo")):
        for section in answer.sections:
            assert UNCONTESTED in section.paragraphs, section.id
    assert "nobody contests" in sky.headline.plain()


def test_a_patrol_takes_what_its_model_gives_for_the_drawn_inputs(lead, numbers):
    need = patrol_line(lead, "european-force-us-command")
    found = patrol(numbers, need)
    drawn = {
        name: numbers.value(f"options/{need.option}/{need.line.id}/{name}", p.quantity.shape)
        for name, p in need.line.derivation.inputs.items()
    }
    for future in (0, 17, 1023):
        inputs = {name: float(values[future]) for name, values in drawn.items()} | {"stations": 1}
        _, aircraft, _, _, hours = continuous_patrol(**inputs)
        assert found.aircraft[future] == pytest.approx(aircraft)
        assert found.hours[future] == pytest.approx(hours * 365.25 / 12)
        crews = found.hours[future] / numbers.assumption("flying-hours")[future]
        assert found.crews[future] == pytest.approx(crews)


def test_the_line_of_the_option_says_how_a_patrol_is_flown_and_else_the_first_on_record(lead):
    assert patrol_line(lead, "paris-framework").option == "paris-framework"
    assert patrol_line(lead, OPTION).option == "european-force-us-command"


def test_a_turn_of_air_policing_has_four_to_eight_aircraft(sky, numbers):
    one = policing(numbers)
    assert set(one.aircraft) == {4, 5, 6, 8}
    assert np.mean(one.aircraft == 4) == pytest.approx(0.79, abs=0.001)
    assert figure(sky, "takes", "aircraft", "policing").value == 4
    assert "none of its own" in sky.section("takes").table.cell("tankers", "policing").plain()


def test_the_scarcest_part_binds_and_what_nobody_asks_for_does_not(lead, numbers):
    one = patrol(numbers, patrol_line(lead, OPTION))
    many = {kind: np.full(1024, 1e6) for kind in (FIGHTER, TANKER, EARLY_WARNING)}
    for kind, part in ((TANKER, TANKERS), (EARLY_WARNING, RADAR)):
        found = kept(numbers, one, {**many, kind: np.zeros(1024)})
        assert found.binds[part].all()
        assert not found.patrols.any()
        others = [found.binds[other] for other in BOUNDS if other != part]
        assert not np.any(others)
    fighters_only = kept(numbers, one, {FIGHTER: np.full(1024, 20.0)})
    assert set(fighters_only.by_part) == {AIRCRAFT, CREWS}
    nothing = kept(numbers, one, {FIGHTER: np.zeros(1024)})
    assert not any(held.any() for held in nothing.binds.values())


def test_twice_the_aircraft_keep_twice_the_patrols(lead, numbers):
    one = patrol(numbers, patrol_line(lead, OPTION))
    there = {kind: np.full(1024, 9.0) for kind in (FIGHTER, TANKER, EARLY_WARNING)}
    twice = {kind: 2 * units for kind, units in there.items()}
    assert kept(numbers, one, twice).patrols == pytest.approx(2 * kept(numbers, one, there).patrols)


@pytest.mark.parametrize("month", [1, 24])
def test_what_stands_in_a_month_is_what_the_long_run_places_in_it(lead, month):
    ask = Asked(lead, {"futures": 1024, "months": 36})
    found = in_a_month(ask, [OPTION], month)[OPTION]
    one = (terms(ask, OPTION), AS_IT_COMES)
    whole = outcomes(lead, [one])[one]
    for kind, units in found.units.items():
        placed = sum(
            (whole.filled(n) + whole.lost(n, Reason.COMMAND) + whole.lost(n, Reason.ENABLER))[
                month - 1
            ]
            for n, need in enumerate(whole.table.lines)
            if need.line.capability == kind
        )
        assert units.mean() == pytest.approx(placed, abs=1e-9)


def test_a_model_through_many_futures_is_the_model_in_each_of_them():
    given = {"n": np.array([10.0, 40.0]), "interceptors": 44.0, "shots_per_target": 4.0}
    assert through("share_served", given)["share"] == pytest.approx([1.0, 11 / 40])


def test_figures_lead_to_the_assumptions_that_they_rest_on(sky):
    hours = records_behind(sky, figure(sky, "takes", "hours", "policing").trace)
    assert "assumption: Hours that a crew can fly in a month" in hours
    tankers = records_behind(sky, figure(sky, "takes", "tankers", "patrol").trace)
    assert "assumption: Patrols that need a tanker" in tankers
    assert "European force, US command: patrol-fighters" in tankers
    share = sky.section("there").table.cell(OPTION, "kept").slots["n"]
    assert "1024 futures of Sky guarantee" in records_behind(sky, share.trace)


def test_fill_by_year_lies_between_its_ends_and_is_drawn(sky):
    section = sky.section("years")
    for key in section.table.keys:
        cell = section.table.cell(key, "fill")
        if cell.slots:
            found = cell.slots["n"]
            assert 0 <= (found.low or 0) <= found.value <= (found.high or 100) <= 100
        assert figure(sky, "years", key, "works").value <= (
            figure(sky, "years", key, "placed").value + 1e-9
        )
    assert draw(section).startswith("<svg")


def test_the_headline_says_what_is_there_and_that_no_patrol_can_be_counted_on(sky):
    said = sky.headline.plain()
    assert re.search(
        r"In month 24, under Sky guarantee, \d+ \(0 to \d+\) fighters are in place, "
        r"where 120 \(48 to 160\) are asked for\.",
        said,
    )
    assert "can be kept in 1 of 20 futures" in said
    assert re.search(r"(Tankers|Early-warning aircraft|Hours of crews) bind most often: in ", said)


def test_an_option_that_leaves_out_tankers_is_not_put_first_for_it(asked):
    """A patrol takes them all the same, and the answer says so."""
    assert "than European force, US command" in asked("sky", **SMALL).headline.plain()
    said = asked("sky", option="reassurance-brigade", **SMALL).headline.plain()
    assert "asks for no tankers and no early-warning aircraft" in said


def test_costs_stay_apart_by_currency_and_price_year(sky):
    table = sky.section("cost").table
    prices = {key: table.cell(key, "prices").plain() for key in table.keys}
    assert prices == {
        "fighter": "EUR at 2010 prices",
        "tanker": "USD at 2016 prices",
        "early-warning-aircraft": "EUR at 2014 prices",
    }


def test_an_option_without_fighters_is_an_answer(asked):
    answer = asked("sky", option="status-quo")
    assert "no line of fighters is on record" in answer.headline.plain()
    assert [section.id for section in answer.sections] == ["rules"]


def test_the_same_question_gives_the_same_bytes_and_survives_json(sky, asked):
    again = asked("sky", option=OPTION, **SMALL)
    assert again.to_json() == sky.to_json()
    assert Answer.from_json(sky.to_json()) == sky


def test_no_share_of_futures_is_worded_as_a_likelihood(sky, asked):
    for answer in (sky, asked("sky", **SMALL)):
        for each in answer.texts():
            assert not re.search(r"likely|probab|chance", each.plain(), re.IGNORECASE)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"option": "sky-garantee"}, "sky-guarantee"),
        ({"month": "0"}, "1 to 120"),
        ({"futures": "none"}, "1_000_000"),
    ],
)
def test_bad_settings_are_refused_with_what_is_allowed(asked, settings, words):
    with pytest.raises(Misuse, match=words):
        asked("sky", **settings)
