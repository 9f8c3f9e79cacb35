"""What `shield` says of the lead case: launchers, magazines, and which of the two is smaller."""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.brief.drawing import draw
from guarantor.models.air_defence import share_served
from guarantor.problems import Misuse
from guarantor.questions.assumed_numbers import AssumedNumbers
from guarantor.questions.magazines import LAYERS, Magazine, magazine
from guarantor.questions.question import Asked
from guarantor.questions.reach import USUAL_RADII, Map, distance
from guarantor.questions.shield_tables import SPANS
from guarantor.questions.shielded import parts_of_twenty
from guarantor.simulate.estimates import of_twenty

SMALL = {"futures": "1024", "months": "36"}
OPTION = "train-and-equip"
LONG, MEDIUM = LAYERS


@pytest.fixture(scope="module")
def shield(asked) -> Answer:
    return asked("shield", option=OPTION, **SMALL)


@pytest.fixture(scope="module")
def numbers(lead) -> AssumedNumbers:
    return AssumedNumbers(Asked(lead, {}).book, 7, 1)


@pytest.fixture(scope="module")
def cities(lead) -> Map:
    return Map(lead)


def figure(answer: Answer, section: str, key: str, column: str) -> Figure:
    slot = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(slot, Figure)
    return slot


def month_by_month(stock: float, inflow: float, arrivals: float, shots: float, months: int):
    """Fire in small steps at all that arrives, as far as there are missiles."""
    steps, fired, empty = 2000, 0.0, None
    length = months / steps
    for step in range(steps):
        stock += inflow * length
        wanted = arrivals * shots * length
        taken = min(stock, wanted)
        if taken < wanted and empty is None:
            empty = step * length
        stock -= taken
        fired += taken
    return fired / (arrivals * shots * months), empty


@given(
    batteries=st.integers(0, 20),
    each=st.floats(20, 200),
    inflow=st.floats(0, 100),
    arrivals=st.floats(10, 200),
    shots=st.floats(1, 4),
)
def test_a_magazine_is_emptied_as_it_is_step_by_step(batteries, each, inflow, arrivals, shots):
    held = Magazine(
        *(
            np.array([float(value)])
            for value in (
                batteries,
                batteries * each,
                inflow if batteries else 0.0,
                arrivals,
                shots,
            )
        )
    )
    part, empty = month_by_month(held.stock[0], held.inflow[0], arrivals, shots, months=6)
    lasts = held.empty_after()[0]
    if batteries and empty is not None:
        assert lasts == pytest.approx(empty, abs=0.02)
    elif batteries:
        assert lasts > 5.9
    else:
        assert lasts == 0
    # the last salvo that is not whole is not fired
    assert held.engaged(6)[0] == pytest.approx(part, abs=1.1 / (arrivals * 6))


def test_shares_engaged_are_those_of_the_model(numbers):
    held = magazine(numbers, LONG, np.full(1024, 3.0))
    for future in (0, 500, 1023):
        expected = share_served(
            held.arrivals[future] * 3,
            held.stock[future] + held.inflow[future] * 3,
            held.shots[future],
        )
        assert held.engaged(3)[future] == pytest.approx(expected)


def test_the_magazine_holds_the_draws_of_the_assumptions(numbers):
    held = magazine(numbers, MEDIUM, np.full(1024, 2.4))
    assert set(held.batteries) == {2.0}
    assert held.stock == pytest.approx(2 * numbers.assumption("interceptors-medium"))
    goes = 1 - numbers.assumption("competing-medium") / 100
    assert held.inflow == pytest.approx(numbers.assumption("output-medium") * goes / 12)


def test_a_part_of_a_battery_guards_nothing_and_gets_no_missiles(numbers):
    held = magazine(numbers, LONG, np.full(1024, 0.9))
    assert not held.there.any()
    assert not held.inflow.any()
    assert not held.engaged(1).any()


def test_more_batteries_never_engage_less_and_longer_fighting_never_more(numbers):
    few, many = (magazine(numbers, LONG, np.full(1024, n)) for n in (1.0, 5.0))
    for months in SPANS:
        assert np.all(many.engaged(months) >= few.engaged(months))
    for short, long in itertools.pairwise(SPANS):
        # whole salvoes: a short time may lose one that a long time fires
        slack = 1.01 / (few.arrivals * short)
        assert np.all(few.engaged(long) <= few.engaged(short) + slack)


def test_distances_are_those_on_the_globe(lead):
    kyiv, lviv = lead.places["kyiv"], lead.places["lviv"]
    assert distance(kyiv, lviv) == pytest.approx(468, abs=3)
    assert distance(kyiv, kyiv) == 0


@pytest.mark.parametrize("radius", USUAL_RADII)
def test_the_best_places_are_those_of_a_search_through_all(cities, radius):
    reach = cities._distances <= radius
    for count in (1, 2, 3):
        best = max(
            cities.people[reach[:, list(sites)].any(axis=1)].sum()
            for sites in itertools.combinations(range(len(cities.cities)), count)
        )
        assert cities.cover(radius, count).people == pytest.approx(best)


def test_people_in_reach_grow_with_batteries_and_with_the_radius(cities):
    counts = np.array([0.0, 1.0, 4.0, 23.0, 60.0])
    by_radius = [cities.in_reach(radius, counts)[0] for radius in USUAL_RADII]
    for people in by_radius:
        assert people[0] == 0
        assert np.all(np.diff(people) >= 0)
        assert people[-1] == pytest.approx(cities.people.sum())
    for narrow, wide in itertools.pairwise(by_radius):
        assert np.all(wide >= narrow - 1e-6)


def test_the_smaller_of_launchers_and_magazines_is_shown(shield):
    table = shield.section("binds").table
    for key in table.keys:
        smaller = figure(shield, "binds", key, "smaller").value
        assert smaller <= figure(shield, "binds", key, "launchers").value + 1e-9
        assert smaller <= figure(shield, "binds", key, "magazines").value + 1e-9


def test_what_binds_adds_up_to_twenty_and_the_trace_says_how(shield):
    table = shield.section("binds").table
    for key in table.keys:
        cells = [table.cell(key, c) for c in ("launchers-bind", "magazines-bind", "nothing")]
        words = [cell.plain() for cell in cells]
        counts = [0 if w.startswith("fewer") else int(w.split()[0]) for w in words]
        assert sum(counts) == 20
        record = shield.traces[cells[0].slots["s"].trace]
        assert "largest remainder" in record.method


@given(st.lists(st.integers(1, 1024), min_size=2, max_size=2), st.integers(1, 1024))
def test_parts_of_twenty_add_up_and_are_less_than_one_off(held, none):
    shares = [each / (sum(held) + none) for each in held]
    total = of_twenty(sum(shares))
    parts = parts_of_twenty(shares, total)
    assert sum(parts) == total
    assert all(abs(part - 20 * share) < 1 for part, share in zip(parts, shares, strict=True))


def test_the_radius_is_an_input_of_the_reader_and_else_a_sweep_of_three(shield, asked):
    keys = shield.section("binds").table.keys
    assert len(keys) == 3 * len(LAYERS)
    one = asked("shield", option=OPTION, radius="80", **SMALL)
    assert len(one.section("binds").table.keys) == len(LAYERS)
    slot = one.section("binds").table.cell("long-80", "radius").slots["r"]
    assert one.traces[slot.trace].judged_by.startswith("the reader")
    assert "of no system" in one.traces[slot.trace].says
    assert "an input, and of no system" in one.headline.plain()


def test_the_host_s_own_batteries_stand_apart_and_add_reach(shield):
    for radius in USUAL_RADII:
        alone = figure(shield, "reach", f"long-{radius:g}", "people").value
        together = figure(shield, "reach", f"long-own-{radius:g}", "people").value
        assert together > alone
    # how many medium batteries the host has is not on record, so that there is no such row
    assert not [key for key in shield.section("reach").table.keys if "medium-own" in key]


def test_what_the_lead_case_says_of_given_batteries(shield):
    said = shield.headline.plain()
    assert re.match(
        r"If fighting resumes in month 24, a long-range battery given or sent under Train and "
        r"equip Ukraine's forces is in place in 1\d of 20 futures\.",
        said,
    )
    assert figure(shield, "magazines", "lasts", "long").value < 2
    known = " ".join(each.plain() for each in shield.not_known)
    assert "defender's own reports" in known


def test_a_battery_that_seldom_comes_is_told_as_such(asked):
    said = asked("shield", option="sky-guarantee", **SMALL).headline.plain()
    assert "in place in 1 of 20 futures" in said
    assert "Otherwise nothing that it brings has a city in reach" in said


def test_batteries_for_bases_elsewhere_guard_no_city(asked):
    answer = asked("shield", option="sky-guarantee", **SMALL)
    keys = answer.section("magazines").table.columns
    assert [column.key for column in keys] == ["what", "long"]
    assert any("bases outside" in each.plain() for each in answer.not_known)


def test_an_option_without_air_defence_is_an_answer(asked):
    answer = asked("shield", option="status-quo")
    assert "no line of air defence" in answer.headline.plain()


def test_all_options_stand_side_by_side(asked):
    answer = asked("shield", **SMALL)
    keys = answer.section("options").table.keys
    assert "train-and-equip-long" in keys
    assert "sky-guarantee-medium" not in keys
    assert "most often has a battery in place" in answer.headline.plain()


def test_under_a_deal_without_ceasefire_nothing_resumes(asked):
    answer = asked("shield", option=OPTION, deal="fighting-goes-on", **SMALL)
    assert answer.headline.plain().startswith("With the fighting that goes on")


def test_the_same_question_gives_the_same_bytes_survives_json_and_is_drawn(shield, asked):
    assert asked("shield", option=OPTION, **SMALL).to_json() == shield.to_json()
    assert Answer.from_json(shield.to_json()) == shield
    for section in shield.sections:
        if section.chart:
            assert draw(section).startswith("<svg")


def test_no_word_of_likelihood_and_no_chance_of_a_hit(shield):
    for each in shield.texts():
        assert not re.search(r"likely|probab|chance|hit", each.plain(), re.IGNORECASE)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"radius": "0"}, "kilometres above 0"),
        ({"radius": "nan"}, "kilometres above 0"),
        ({"fighting": "none"}, "1 to 120 months"),
        ({"option": "train-and-equipp"}, "train-and-equip"),
    ],
)
def test_bad_settings_are_refused_with_what_is_allowed(asked, settings, words):
    with pytest.raises(Misuse, match=words):
        asked("shield", **settings)
