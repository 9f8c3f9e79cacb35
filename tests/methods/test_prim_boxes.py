"""PRIM finds the boxes it should, and gives up what it should."""

from __future__ import annotations

from itertools import pairwise
from math import comb, inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from published import data

from guarantor.methods import prim_cases
from guarantor.methods.prim import Sample, box_of, trajectory
from guarantor.methods.prim_quality import quasi_p_values, reproducibility
from guarantor.problems import Problems

BRYANT = ("columns 2-10", 'column 15 "Greater than 90%"')


def study():
    return prim_cases._sample(data("bryant et al 2010"), *BRYANT)


def corner(points=2000, seed=1, noise=0.0):
    """Cases lie where a is low and b is high; c has nothing to do with them."""
    generator = np.random.Generator(np.random.Philox(seed))
    a, b, c = generator.random((3, points))
    cases = (a < 0.4) & (b > 0.5)
    cases ^= generator.random(points) < noise
    return Sample({"a": a, "b": b, "c": c}, cases)


@st.composite
def samples(draw):
    generator = np.random.Generator(np.random.Philox(draw(st.integers(0, 2**32))))
    points = draw(st.integers(1, 200))
    steps = draw(st.sampled_from([3, 10, 10**6]))
    numbers = np.floor(generator.random((3, points)) * steps)
    kinds = np.array(["red", "green", "blue"])[generator.integers(0, 3, points)]
    cases = (numbers[0] > steps / 2) & (generator.random(points) < 0.8) & (kinds != "red")
    return Sample(dict(zip("abc", numbers, strict=True)), cases, {"kind": kinds})


@settings(max_examples=60)
@given(samples())
def test_a_box_holds_what_its_limits_say_and_is_denser_than_the_one_before(sample):
    boxes = trajectory(sample, peel_alpha=0.1)
    for box in boxes:
        assert box == box_of(sample, box.limits)
    for before, after in pairwise(boxes):
        assert after.density > before.density
    assert boxes[0].limits == {}
    assert boxes[-1].mass >= min(0.05, boxes[0].mass)


@settings(max_examples=60)
@given(samples())
def test_a_cut_runs_between_two_values_and_never_through_equal_ones(sample):
    for before, after in pairwise(trajectory(sample, peel_alpha=0.1)):
        held = sample.inside(before.limits)
        for name in after.limits.keys() & sample.numbers.keys():
            if after.points < before.points:
                assert not set(after.limits[name]) & set(sample.numbers[name][held].tolist())


def test_the_corner_where_the_cases_lie_is_found_and_what_has_no_part_in_it_is_left_open():
    box = trajectory(corner(), peel_alpha=0.05)[-1]
    assert box.density == 1.0
    assert box.coverage > 0.85
    assert set(box.limits) == {"a", "b"}
    assert box.limits["a"] == pytest.approx((-inf, 0.4), abs=0.03)
    assert box.limits["b"] == pytest.approx((0.5, inf), abs=0.03)


def test_categories_without_cases_are_given_up():
    generator = np.random.Generator(np.random.Philox(4))
    deal = np.array(["monitored", "unmonitored", "none"])[generator.integers(0, 3, 900)]
    noise = generator.random(900)
    sample = Sample({"noise": noise}, deal == "none", {"deal": deal})
    box = trajectory(sample)[-1]
    assert box.limits == {"deal": frozenset({"none"})}
    assert (box.coverage, box.density) == (1.0, 1.0)
    assert quasi_p_values(sample, box.limits).keys() == {("deal", "categories")}


def test_pasting_gives_back_what_coarse_peeling_took_too_much_of():
    sample = corner(points=5000, seed=2, noise=0.02)
    boxes = trajectory(sample, peel_alpha=0.3)
    last_peeled = min(boxes, key=lambda box: box.points)
    assert boxes[-1].points > 1.2 * last_peeled.points
    assert boxes[-1].density > last_peeled.density
    assert boxes[-1].coverage > last_peeled.coverage


def counted(blocks):
    """Points in blocks of (category, first a, points, cases), each block one wide along a."""
    kind, a, cases = [], [], []
    for category, start, points, hits in blocks:
        kind += [category] * points
        a += [start + place / points for place in range(points)]
        cases += [place * hits // points < (place + 1) * hits // points for place in range(points)]
    return Sample({"a": np.array(a)}, np.array(cases), {"kind": np.array(kind)})


def test_a_category_given_up_early_comes_back_when_the_box_has_become_its_own():
    blue = [("blue", start, 80, hits) for start, hits in enumerate((76, 68, 48, 48))]
    red = [("red", 0, 20, 20), *(("red", start, 20, 0) for start in (1, 2, 3))]
    boxes = trajectory(counted(blue + red), peel_alpha=0.5, mass_min=0.15)
    assert boxes[1].limits == {"kind": frozenset({"blue"})}
    assert (boxes[-2].points, boxes[-2].cases) == (80, 76)
    assert (boxes[-1].points, boxes[-1].cases) == (100, 96)
    assert boxes[-1].limits.keys() == {"a"}


def test_the_slice_that_gains_most_for_each_point_lost_goes_first():
    # Without the poor kind density is 0.6, without a tenth of a it is 0.53, at a fifth of the loss.
    rich = [("rich", start, 50, 30) for start in range(9)] + [("rich", 9, 50, 0)]
    poor = [("poor", start, 50, 18) for start in range(9)] + [("poor", 9, 50, 0)]
    boxes = trajectory(counted(rich + poor), peel_alpha=0.1)
    assert boxes[1].limits == {"a": pytest.approx((-inf, 9), abs=0.05)}


def test_of_slices_that_gain_alike_the_one_is_taken_that_restricts_nothing_more():
    # After the first slice off b, the next one off b and the first one off a lose the same points.
    b = np.arange(100.0)
    a = np.concatenate((np.arange(50.0, 60.0), np.arange(9.0), [9.0], np.arange(60.0, 140.0)))
    sample = Sample({"a": a, "b": b}, b >= 19)
    boxes = trajectory(sample, peel_alpha=0.1)
    assert [box.points for box in boxes] == [100, 90, 81]
    assert boxes[-1].limits == {"b": (18.5, inf)}


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_slice_pasted_back_up_to_the_end_leaves_that_side_open(sign):
    cells = [(0, 0, 50, 0), (1, 0, 100, 60), (0, 1, 10, 10), (1, 1, 50, 40)]
    a, b, cases = [], [], []
    for low, high, points, hits in cells:
        a += [sign * low] * points
        b += [float(high)] * points
        cases += [place < hits for place in range(points)]
    boxes = trajectory(Sample({"a": np.array(a), "b": np.array(b)}, np.array(cases)))
    assert boxes[1].limits.keys() == {"a"}
    assert boxes[2].limits.keys() == {"a", "b"}
    assert boxes[3].limits == {"b": (0.5, inf)}
    assert len(boxes) == 4


@settings(max_examples=60)
@given(samples())
def test_no_limit_stands_where_there_is_nothing_beyond_it(sample):
    for box in trajectory(sample, peel_alpha=0.3, paste_alpha=0.5):
        for name, limit in box.limits.items():
            everyone = Sample(sample.numbers, sample.cases, sample.categories)
            assert not everyone.satisfies(name, limit).all()


def test_the_ends_of_an_interval_belong_to_it_and_an_empty_box_has_no_density():
    sample = Sample({"a": np.array([1.0, 2.0, 3.0])}, np.array([True, True, False]))
    assert sample.satisfies("a", (1.0, 2.0)).tolist() == [True, True, False]
    empty = box_of(sample, {"a": (5.0, 6.0)})
    assert (empty.points, empty.density, empty.coverage, empty.mass) == (0, 0.0, 0.0, 0.0)


def test_a_box_of_exactly_the_least_mass_is_large_enough():
    values = np.arange(100.0)
    sample = Sample({"a": values}, values < 50)
    assert [box.points for box in trajectory(sample, peel_alpha=0.1, mass_min=0.9)] == [100, 90]
    assert len(trajectory(sample, peel_alpha=0.1, mass_min=0.91)) == 1


def test_a_second_search_sees_only_what_is_left_and_counts_against_all():
    sample = corner()
    first = trajectory(sample)[-1]
    remaining = ~sample.inside(first.limits)
    second = trajectory(sample, remaining=remaining)
    assert second[0].points == len(sample) - first.points
    assert second[0].cases == second[0].all_cases - first.cases
    assert second[0].all_points == len(sample)


def test_where_every_point_is_a_case_or_none_is_there_is_nothing_to_peel():
    values = {"a": np.linspace(0, 1, 50)}
    for cases in (np.ones(50, dtype=bool), np.zeros(50, dtype=bool)):
        boxes = trajectory(Sample(values, cases))
        assert len(boxes) == 1
    assert boxes[0].coverage == 0.0


def test_an_input_that_never_varies_is_never_restricted():
    sample = corner()
    flat = Sample({**sample.numbers, "flat": np.ones(len(sample))}, sample.cases)
    assert trajectory(flat) == trajectory(sample)


def test_no_box_holds_less_than_the_least_mass_and_a_smaller_one_goes_further():
    sample = corner(noise=0.1)
    large, small = (trajectory(sample, mass_min=least) for least in (0.2, 0.05))
    assert min(box.mass for box in large) >= 0.2
    assert 0.05 <= min(box.mass for box in small) < 0.2
    assert small[:5] == large[:5]


def test_the_order_of_the_points_does_not_matter():
    sample = corner(noise=0.05)
    shuffled = sample.take(np.random.Generator(np.random.Philox(9)).permutation(len(sample)))
    assert trajectory(shuffled) == trajectory(sample)


def test_the_published_trajectory_ends_where_the_workbench_prints_it():
    boxes = trajectory(study(), peel_alpha=0.1)
    assert len(boxes) == 28
    limits = boxes[21].limits
    assert limits["Total biomass"] == pytest.approx((-inf, 755.799988), abs=5e-7)
    assert limits["Demand elasticity"] == pytest.approx((-0.422, inf), abs=5e-7)
    assert limits["Biomass backstop price"] == pytest.approx((150.049995, inf), abs=5e-7)
    assert limits["Cellulosic cost"] == pytest.approx((72.650002, inf), abs=5e-7)
    assert len(limits) == 4


def test_quasi_p_values_of_the_published_box_are_those_printed_to_all_digits():
    sample = study()
    values = quasi_p_values(sample, trajectory(sample, peel_alpha=0.1)[21].limits)
    assert values == pytest.approx(
        {
            ("Total biomass", "upper"): 4.716968553178765e-06,
            ("Demand elasticity", "lower"): 1.1849299115762218e-16,
            ("Biomass backstop price", "lower"): 3.515112530263049e-11,
            ("Cellulosic cost", "lower"): 0.15741333528927348,
        },
        rel=1e-9,
    )


def test_a_limit_that_chance_could_have_set_has_a_large_quasi_p_value():
    sample = corner(noise=0.05)
    values = quasi_p_values(sample, {"a": (-inf, 0.4), "b": (0.5, inf), "c": (0.02, 0.98)})
    assert values["a", "upper"] < 1e-6
    assert values["b", "lower"] < 1e-6
    assert min(values["c", "lower"], values["c", "upper"]) > 0.05
    assert list(values) == [("a", "upper"), ("c", "upper"), ("b", "lower"), ("c", "lower")]


def test_halves_of_the_published_points_restrict_the_same_three_inputs():
    sample = study()
    box = trajectory(sample, peel_alpha=0.1)[21]
    generator = np.random.Generator(np.random.Philox(11))
    found = reproducibility(sample, box, generator, peel_alpha=0.1)
    for name in ("Total biomass", "Demand elasticity", "Biomass backstop price"):
        assert min(found[name]) >= 0.9
    for name in ("Feedstock distribution", "Oil elasticity", "oil supply shift"):
        assert max(found[name]) <= 0.3


def test_all_of_the_points_restrict_what_the_box_restricts_in_every_draw():
    sample = corner(noise=0.02)
    box = trajectory(sample)[1]
    found = reproducibility(sample, box, np.random.Generator(np.random.Philox(3)), share=1.0)
    assert 0 < len(box.limits) < len(trajectory(sample)[-1].limits)
    assert found == {name: (float(name in box.limits),) * 2 for name in sample.names}


def test_a_limit_on_categories_is_tested_beside_the_other_limits():
    blocks = [("blue", 0, 50, 40), ("blue", 1, 50, 20), ("red", 0, 50, 10), ("red", 1, 50, 0)]
    values = quasi_p_values(counted(blocks), {"kind": frozenset({"blue"}), "a": (-inf, 0.99)})
    assert list(values) == [("a", "upper"), ("kind", "categories")]
    by_chance = sum(comb(50, hits) for hits in range(40, 51)) / 2**50
    assert values["kind", "categories"] == pytest.approx(by_chance)
    by_chance = sum(comb(50, hits) * 0.6**hits * 0.4 ** (50 - hits) for hits in range(40, 51))
    assert values["a", "upper"] == pytest.approx(by_chance)


def test_points_without_a_value_are_refused_with_their_number():
    values = np.array([0.1, np.nan, 0.3])
    with pytest.raises(Problems, match="1 points without a finite a"):
        trajectory(Sample({"a": values}, np.array([True, False, True])))


def test_settings_without_meaning_are_all_refused():
    with pytest.raises(Problems) as refused:
        trajectory(Sample({}, np.zeros(0, dtype=bool)), peel_alpha=0, paste_alpha=0.9, mass_min=2)
    assert [problem.field for problem in refused.value.problems] == [
        "mass_min",
        "paste_alpha",
        "peel_alpha",
        "sample",
    ]
    with pytest.raises(Problems, match="peel_alpha"):
        trajectory(corner(), peel_alpha=0.6)
