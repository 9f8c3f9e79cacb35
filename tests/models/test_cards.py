"""A card says what a model needs, refuses what has no meaning and marks what is untested."""

from __future__ import annotations

import ast
import inspect
import textwrap

import pytest

from guarantor import models
from guarantor.models import CARDS, ModelDomainError, Range, Symbol

VARIANTS = [
    pytest.param(variant, id=f"{name}({variant.signature()})")
    for name, card in CARDS.items()
    for variant in card.variants
]


def test_no_two_models_share_a_name():
    names = [card.name for topic in models._TOPICS for card in topic.CARDS]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_model_body_raises_nothing_so_that_it_compiles(variant):
    tree = ast.parse(textwrap.dedent(inspect.getsource(variant.function)))
    forbidden = (ast.Raise, ast.Try, ast.Assert, ast.With)
    assert not [node for node in ast.walk(tree) if isinstance(node, forbidden)]


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_a_model_reads_has_a_validity_inside_its_meaning(variant):
    for symbol in variant.symbols:
        if symbol.kind in ("date", "other"):
            continue
        assert symbol.domain != Range(), f"{symbol.name} means something at minus infinity?"
        ends = (symbol.validity.low, symbol.validity.high)
        for end in ends:
            if isinstance(end, float) and end not in (float("-inf"), float("inf")):
                outer = Range(symbol.domain.low, symbol.domain.high)
                assert outer.holds(end, {}), f"{symbol.name}: {end} has no meaning"


def test_a_refusal_names_symbol_value_range_and_equation():
    with pytest.raises(ModelDomainError) as refused:
        CARDS["rotation_ratio"].call({"deploy_months": 0, "dwell_months": -2})
    assert str(refused.value) == (
        "deploy_months = 0 has no meaning in rotation_ratio, n = (d + h) / d; "
        "allowed: a number, above 0 months; "
        "dwell_months = -2 has no meaning in rotation_ratio, n = (d + h) / d; "
        "allowed: a number, from 0 months"
    )
    assert [finding.symbol for finding in refused.value.findings] == [
        "deploy_months",
        "dwell_months",
    ]


@pytest.mark.parametrize(
    "bad", ["six", True, None, float("nan"), float("inf"), 10**400, {}, [], [6, "six"]]
)
def test_what_is_not_a_number_is_refused(bad):
    with pytest.raises(ModelDomainError, match="deploy_months"):
        CARDS["rotation_ratio"].call({"deploy_months": bad, "dwell_months": 24})


@pytest.mark.parametrize("inputs", [{}, {"deploy_months": 6}, {"tour": 6, "dwell_months": 24}])
def test_unknown_inputs_are_answered_with_the_signatures_there_are(inputs):
    with pytest.raises(ModelDomainError) as refused:
        CARDS["rotation_ratio"].call(inputs)
    (finding,) = refused.value.findings
    assert finding.allowed == (
        "(deploy_months, dwell_months) or (mobilisation_months, training_months, dwell_months)"
    )
    assert finding.equation == "n = (d + h) / d"
    assert finding.refused


@pytest.mark.parametrize(
    ("name", "inputs", "symbol"),
    [
        (
            "rotation_ratio",
            {"mobilisation_months": 12, "training_months": 12, "dwell_months": 60},
            "training_months",
        ),
        (
            "rotation_ratio_with_overlap",
            {
                "mobilisation_months": 12,
                "deployed_months": 13,
                "dwell_months": 60,
                "overlap_months": 1,
            },
            "deployed_months",
        ),
        (
            "rotation_ratio_with_overlap",
            {
                "mobilisation_months": 12,
                "deployed_months": 8,
                "dwell_months": 60,
                "overlap_months": 8,
            },
            "overlap_months",
        ),
        (
            "historical_sortie_rate",
            {"operation": "x", "start": "1995-12-20", "end": "1995-12-20", "sorties": 1},
            "end",
        ),
        (
            "historical_sortie_rate",
            {"operation": "x", "start": "1995-02-30", "end": "1995-12-20", "sorties": 1},
            "start",
        ),
        (
            "historical_sortie_rate",
            {"operation": "x", "start": 19930412, "end": "1995-12-20", "sorties": 1},
            "start",
        ),
        (
            "reserve_wave_times",
            {"first_arrival_month": 12, "deployed_months": 8, "waves": 2.5},
            "waves",
        ),
        ("turnaround_sum", {"task_minutes": [10, -5, 3]}, "task_minutes"),
        ("turnaround_sum", {"task_minutes": []}, "task_minutes"),
        ("turnaround_sum", {"task_minutes": 10}, "task_minutes"),
        ("nation_building_total", {"lines_musd": {"military": -1}}, "lines_musd"),
        ("nation_building_total", {"lines_musd": {}}, "lines_musd"),
        ("nation_building_total", {"lines_musd": [1, 2]}, "lines_musd"),
    ],
)
def test_what_has_no_meaning_is_refused_by_name(name, inputs, symbol):
    with pytest.raises(ModelDomainError) as refused:
        CARDS[name].call(inputs)
    assert [finding.symbol for finding in refused.value.findings] == [symbol]


def test_a_list_shows_only_its_bad_members():
    with pytest.raises(ModelDomainError, match=r"task_minutes = -5, -7 has no meaning"):
        CARDS["turnaround_sum"].call({"task_minutes": [10, -5, 3, -7]})
    with pytest.raises(ModelDomainError, match=r"task_minutes = \[10, 'five'\] has no meaning"):
        CARDS["turnaround_sum"].call({"task_minutes": [10, "five"]})


def test_outside_validity_the_result_stands_and_carries_a_mark():
    result = CARDS["rotation_ratio"].call({"deploy_months": 2, "dwell_months": 24})
    assert result.outputs == {"units_per_deployed": 13.0}
    assert [mark.symbol for mark in result.marks] == ["deploy_months"]
    assert not result.marks[0].refused
    assert "outside the validity of rotation_ratio" in str(result.marks[0])
    assert "from 4, up to 15 months" in str(result.marks[0])


@pytest.mark.parametrize(
    ("reach", "words"),
    [
        (Range(), "any number"),
        (Range(low=0.0), "from 0"),
        (Range(low=0.0, low_open=True), "above 0"),
        (Range(high=1.0), "up to 1"),
        (Range(high=1.0, high_open=True), "below 1"),
        (Range(0.0, "d", low_open=True, high_open=True), "above 0, below d"),
    ],
)
def test_a_range_is_said_as_people_say_it(reach, words):
    assert reach.words() == words


def test_a_value_too_long_to_read_is_cut_short():
    with pytest.raises(ModelDomainError) as refused:
        CARDS["rotation_ratio"].call({"deploy_months": "m" * 78, "dwell_months": "h" * 79})
    assert [finding.found for finding in refused.value.findings] == [
        f"'{'m' * 78}'",
        f"'{'h' * 79}…",
    ]


@pytest.mark.parametrize("table", [3, [], [[]], [[1, 2], 3], [[1, 2], []], [[1, 2], [3]], [1, 2]])
def test_a_table_has_rows_of_one_length(table):
    symbol = Symbol("f", "f", "f", "any", "performance", "table")
    assert symbol.numbers(table) is None
    assert symbol.allowed() == "rows of numbers, all of one length"


def test_numbers_of_a_table_are_read_row_by_row():
    symbol = Symbol("f", "f", "f", "any", "performance", "table")
    assert symbol.numbers([[1, 2], [3, 4.5]]) == [1, 2, 3, 4.5]
    assert symbol.numbers([[1, 2], [3, float("nan")]]) is None


@pytest.mark.parametrize(
    ("kind", "good", "bad"), [("text", "linear", 1), ("truth", False, 0), ("truth", True, "true")]
)
def test_words_and_truths_are_no_numbers(kind, good, bad):
    symbol = Symbol("x", "x", "x", "text", "a word", kind)
    assert symbol.numbers(good) == []
    assert symbol.numbers(bad) is None


def test_lists_for_single_numbers_run_side_by_side():
    card = CARDS["nfz_total_cost"]
    result = card.call({"initial_busd": [0.5, 1.0], "weekly_busd": [0.1, 0.3], "weeks": 10})
    assert result.outputs == {"total_busd": [1.5, 4.0]}
    with pytest.raises(ModelDomainError, match="initial_busd of 2, weekly_busd of 1"):
        card.call({"initial_busd": [0.5, 1.0], "weekly_busd": [0.1], "weeks": 10})


def test_a_result_too_large_to_write_down_is_refused():
    with pytest.raises(ModelDomainError, match="finite result"):
        CARDS["rpa_cap"].call({"caps": 1e300, "aircraft_per_cap": 1e300})
    with pytest.raises(ModelDomainError, match="finite result") as refused:
        CARDS["line_density"].call({"troops": 1, "line_km": 1e-320, "rotation_ratio": 1})
    assert all(finding.refused for finding in refused.value.findings)


def test_a_date_that_is_none_is_answered_with_how_to_write_one():
    inputs = {"operation": "x", "start": "April", "end": "May", "sorties": 1}
    with pytest.raises(ModelDomainError) as refused:
        CARDS["historical_sortie_rate"].call(inputs)
    assert [(finding.found, finding.allowed) for finding in refused.value.findings] == [
        ("'April'", "a date such as 2025-08-22"),
        ("'May'", "a date such as 2025-08-22, above start"),
    ]


def test_a_model_with_several_equations_is_titled_by_its_first():
    assert CARDS["annualise"].title == "Yearly cost from a total over a window of months."


def test_an_equation_of_ours_never_shares_a_name_with_a_published_one():
    ours = {name for name, card in CARDS.items() if card.basis == "ours"}
    assert ours >= {
        "pool_needed",
        "person_tours",
        "rotation_ratio_with_overlap",
        "line_sizing",
        "continuous_patrol",
    }
    assert all(v.basis == card.basis for card in CARDS.values() for v in card.variants)


def test_recalled_constants_are_marked():
    for name in ("maintenance_time", "sortie_rate_rand"):
        assert "recalled" in CARDS[name].variants[0].unconfirmed
