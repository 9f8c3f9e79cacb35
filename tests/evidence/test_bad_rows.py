"""Whatever is wrong with a row is said with its line; it is counted and stops nothing."""

from __future__ import annotations

import csv
import io
import json

import pytest

from guarantor.evidence.given import OPTIONAL, REQUIRED, Basis, Given, Malformed, cases_of
from guarantor.evidence.validate import Data, Outcome, validate
from guarantor.problems import Misuse

COLUMNS = (*REQUIRED, *OPTIONAL)
GOOD = {
    "case": "M1",
    "model": "rotation_ratio",
    "inputs": '{"deploy_months": 8, "dwell_months": 24}',
    "output": "units_per_deployed",
    "expected_output": "4",
    "tolerance": "1e-9",
    "tol_type": "abs",
    "basis": "published",
    "source": "A book, p. 1",
    "status": "seen",
}


def lines(*rows, columns=COLUMNS):
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([row.get(column, "") for column in columns])
    return text.getvalue()


@pytest.fixture
def run(tmp_path):
    def verdicts(text, data=None):
        path = tmp_path / "mine.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return validate(cases_of(path), Data(data)).verdicts

    return verdicts


def test_a_good_row_is_within_and_reproduced(run):
    (verdict,) = run(lines(GOOD))
    assert (verdict.outcome, verdict.computed, verdict.message) == (Outcome.WITHIN, 4.0, "")
    assert verdict.reproduced
    assert not verdict.fails
    assert verdict.line == 2


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"inputs": "{deploy_months: 8}"}, "is not JSON"),
        ({"inputs": "[8, 24]"}, "is not an object of names and values"),
        ({"inputs": "null"}, "inputs is null"),
        ({"inputs": '{"deploy_months": NaN, "dwell_months": 24}'}, "NaN is not a finite number"),
        ({"inputs": '{"deploy_months": 1e999, "dwell_months": 24}'}, "not finite"),
        ({"inputs": f'{{"deploy_months": 1{"0" * 400}}}'}, "not finite"),
        ({"inputs": '{"deploy_months": 8, "deploy_months": 9}'}, "given more than once"),
        ({"inputs": f"{'[' * 100000}"}, "is not JSON"),
        ({"inputs": f'{{"x": {"[" * 30}1{"]" * 30}}}'}, "nested too deeply"),
        ({"expected_output": "four"}, "expected_output 'four' is not JSON"),
        ({"expected_output": '"4"'}, "neither a number nor a list of them"),
        ({"expected_output": "true"}, "neither a number nor a list of them"),
        ({"expected_output": "[1, [2, null]]"}, "neither a number nor a list of them"),
        ({"expected_output": "[]"}, "neither a number nor a list of them"),
        ({"expected_output": "-Infinity"}, "-Infinity is not a finite number"),
        ({"expected_output": "null"}, "expected_output is null"),
        ({"tolerance": "small"}, "tolerance 'small' is not a number from 0"),
        ({"tolerance": "nan"}, "is not a number from 0"),
        ({"tolerance": "inf"}, "is not a number from 0"),
        ({"tolerance": "-0.1"}, "is not a number from 0"),
        ({"tol_type": "relative"}, "tol_type 'relative' is none of abs, rel"),
        ({"basis": "printed"}, "basis 'printed' is none of published, "),
        ({"status": "heard"}, "status 'heard' is none of seen, quoted"),
        ({"model": " "}, "model is blank"),
        ({"case": ""}, "case is blank"),
        ({"output": "units"}, "no output 'units'; the outputs are units_per_deployed"),
        ({"output": "units_per_deployed;units"}, "no output 'units_per_deployed;units'"),
    ],
)
def test_a_malformed_row_is_told_with_its_reason_and_stops_nothing(run, changed, says):
    good, bad, last = run(lines(GOOD, {**GOOD, **changed}, GOOD))
    assert good.outcome is last.outcome is Outcome.WITHIN
    assert bad.outcome is Outcome.MALFORMED
    assert says in bad.message
    assert bad.line == 3
    assert bad.fails
    assert not bad.reproduced


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"inputs": '{"deploy_months": 8}'}, "(deploy_months, dwell_months) or (mob"),
        ({"inputs": '{"deploy_months": "8", "dwell_months": 24}'}, "deploy_months: rotation_ratio"),
        ({"inputs": '{"deploy_months": 0, "dwell_months": 24}'}, "allowed: a number, above 0"),
        ({"inputs": '{"deploy_months": true, "dwell_months": 24}'}, "found: True"),
        ({"inputs": '{"deploy_months": [8], "dwell_months": [1, 2]}'}, "lists of one length"),
    ],
)
def test_inputs_without_meaning_are_refused_with_symbol_value_range_and_equation(
    run, changed, says
):
    bad, last = run(lines({**GOOD, **changed}, GOOD))
    assert bad.outcome is Outcome.REFUSED
    assert says in bad.message
    assert "n = (d + h) / d" in bad.message
    assert last.outcome is Outcome.WITHIN


@pytest.mark.parametrize(
    ("model", "inputs", "symbol", "equation"),
    [
        ("talmud", {"estate": 9, "claims": [1, 2]}, "estate", "min(d_i / 2, λ)"),
        ("savage", {"m": [[1, 2], [3]]}, "m", "V_a = max_s"),
        ("expected_value", {"m": [[1, 2]], "p": [0.5, 0.9]}, "p", "V_a = (Σ_s p_s f_(a s))"),
        ("shapley", {"v": [1, 2], "order": "by size then lexicographic"}, "v", "φ_i"),
        ("shapley", {"v": [1], "order": 5}, "order", "φ_i"),
        ("shapley_shubik", {"quota": 9, "seats": [1.5] * 40}, "seats", "φ_i"),
        (
            "promethee_ii",
            {"criteria_rows": 3, "weights": [1], "directions": [1], "function": "usual", "p": [1]},
            "criteria_rows",
            "P_k (a, b)",
        ),
        ("lscp", {"dataset": 5, "service_radius_m": 5000}, "dataset", "min Σ_j y_j"),
        (
            "reserve_wave_times",
            {"first_arrival_month": 1, "deployed_months": 8, "waves": 1e12},
            "waves",
            "t_k",
        ),
    ],
)
def test_methods_refuse_as_models_do(run, model, inputs, symbol, equation):
    (verdict,) = run(
        lines(
            {
                **GOOD,
                "model": model,
                "inputs": json.dumps(inputs),
                "output": {
                    "talmud": "award",
                    "savage": "max_regret",
                    "expected_value": "value",
                    "shapley": "allocation",
                    "shapley_shubik": "index",
                    "promethee_ii": "net_flow",
                    "lscp": "min_sites",
                    "reserve_wave_times": "wave_start_years",
                }[model],
            }
        )
    )
    assert verdict.outcome is Outcome.REFUSED, verdict
    assert symbol in verdict.message
    assert equation in verdict.message


def test_an_unknown_model_is_told_with_the_nearest(run):
    bad, last = run(lines({**GOOD, "model": "rotation_ration"}, GOOD))
    assert bad.outcome is Outcome.UNKNOWN_MODEL
    assert "Did you mean 'rotation_ratio'?" in bad.message
    assert bad.fails
    assert last.outcome is Outcome.WITHIN


def test_a_number_outside_its_tolerance_says_which_and_by_how_much(run):
    far = {**GOOD, "expected_output": "4.5", "tolerance": "0.25"}
    moments = {
        **GOOD,
        "model": "layered_survival_moments",
        "inputs": '{"n": 10, "layer_pk": [0.5, 0.5]}',
        "output": "mean;variance",
        "expected_output": "[2.5, 2]",
        "tolerance": "0.01",
        "tol_type": "rel",
    }
    one, two = run(lines(far, moments))
    assert one.outcome is two.outcome is Outcome.OUTSIDE
    assert one.message == "off by 0.5, 0.25 allowed"
    assert two.message == "number 2: off by 0.125, 0.02 allowed"
    assert two.computed == [2.5, 1.875]


@pytest.mark.parametrize(
    ("expected", "tolerance", "kind", "within"),
    [
        ("4.25", "0.25", "abs", True),
        ("4.25", "0.2499", "abs", False),
        ("5", "0.2", "rel", True),
        ("5", "0.1999", "rel", False),
        ("-4", "1", "rel", False),
    ],
)
def test_a_tolerance_is_kept_to_its_last_digit(run, expected, tolerance, kind, within):
    row = {**GOOD, "expected_output": expected, "tolerance": tolerance, "tol_type": kind}
    (verdict,) = run(lines(row))
    assert (verdict.outcome is Outcome.WITHIN) is within


@pytest.mark.parametrize(
    ("expected", "within"),
    [
        ("[[680, 590, 500], 1030, 350]", True),
        ("[680, 590, 500, 1030, 350]", True),
        ("[680, 590, [500], 1030, 350]", False),
        ("[680, 590, 500, 1030]", False),
        ("680", False),
    ],
)
def test_several_outputs_may_be_expected_as_they_stand_or_in_one_list(run, expected, within):
    row = {
        **GOOD,
        "model": "evpi",
        "inputs": '{"payoff": [[1500, 300, -800], [900, 600, -200], [500, 500, 500]], '
        '"p": [0.5, 0.3, 0.2], "rows": ["stock", "fund", "CD"]}',
        "output": "emv;with_perfect_info;evpi",
        "expected_output": expected,
    }
    (verdict,) = run(lines(row))
    assert (verdict.outcome is Outcome.WITHIN) is within, verdict.message


def test_a_row_without_source_is_run_but_not_called_reproduced(run):
    (verdict,) = run(lines({**GOOD, "source": ""}))
    assert verdict.outcome is Outcome.WITHIN
    assert not verdict.reproduced
    assert not verdict.fails
    assert "not counted as reproduced" in verdict.message


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_column_makes_every_row_malformed(run, column):
    kept = [each for each in COLUMNS if each != column]
    verdicts = run(lines(GOOD, GOOD, columns=kept))
    assert [verdict.outcome for verdict in verdicts] == [Outcome.MALFORMED] * 2
    assert all(f"no column {column}" in verdict.message for verdict in verdicts)


@pytest.mark.parametrize("column", OPTIONAL)
def test_other_columns_may_be_left_out_and_the_order_is_free(run, column):
    kept = [each for each in COLUMNS[::-1] if each != column]
    (verdict,) = run(lines(GOOD, columns=kept))
    assert verdict.outcome is Outcome.WITHIN


def test_json_that_was_not_quoted_is_told_how_to_quote(run):
    text = lines(GOOD) + 'M2,rotation_ratio,{"deploy_months": 8, "dwell_months": 24},u,4\n'
    good, bad = run(text)
    assert good.outcome is Outcome.WITHIN
    assert bad.outcome is Outcome.MALFORMED
    assert "fields under 12 columns; put JSON in double quotes" in bad.message


def test_a_quote_left_open_spoils_its_own_line_only(run):
    head, first, *_ = lines(GOOD, GOOD).splitlines(keepends=True)
    open_ = 'M2,rotation_ratio,"{""deploy_months"": 8,units_per_deployed,4,0,abs,published\n'
    good, bad, last = run(head + first + open_ + first)
    assert (good.outcome, last.outcome) == (Outcome.WITHIN, Outcome.WITHIN)
    assert bad.outcome is Outcome.MALFORMED
    assert (bad.line, last.line) == (3, 4)
    (bad,) = run(head + open_)
    assert bad.outcome is Outcome.MALFORMED


def test_a_field_may_run_over_several_lines(run):
    verdicts = run(lines({**GOOD, "notes": "one\ntwo\u2028three"}, GOOD))
    assert [verdict.outcome for verdict in verdicts] == [Outcome.WITHIN] * 2
    assert [verdict.line for verdict in verdicts] == [2, 4]


def test_a_huge_field_or_an_odd_character_spoils_its_own_line_only(run):
    huge = {**GOOD, "notes": "x" * 200_000}
    odd = {**GOOD, "notes": "a\x00b"}
    verdicts = run(lines(huge, odd, GOOD))
    assert verdicts[0].outcome is Outcome.MALFORMED
    assert [verdict.outcome for verdict in verdicts[1:]] == [Outcome.WITHIN] * 2


@pytest.mark.parametrize("text", ["", "\n\n", lines()])
def test_a_file_without_rows_is_no_success(run, text):
    (verdict,) = run(text)
    assert verdict.outcome is Outcome.MALFORMED
    assert "no rows" in verdict.message


def test_a_file_that_is_no_text_is_one_malformed_row(run):
    (verdict,) = run(lines(GOOD).encode() + b"\xff\xfe")
    assert verdict.outcome is Outcome.MALFORMED
    assert verdict.line == 3
    assert "UTF-8" in verdict.message


def test_a_byte_order_mark_and_windows_line_ends_are_read(run):
    (verdict,) = run(b"\xef\xbb\xbf" + lines(GOOD).encode())
    assert verdict.outcome is Outcome.WITHIN


def test_a_file_that_is_not_there_is_a_misuse(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(Misuse, match="cannot be read"):
            cases_of(path)
    with pytest.raises(Misuse, match="no such folder"):
        Data(tmp_path / "none")


STORES = {
    **GOOD,
    "model": "lscp",
    "inputs": '{"dataset": "mine", "service_radius_m": 5}',
    "output": "min_sites",
    "expected_output": "1",
    "tolerance": "0",
}


def test_a_data_set_that_is_not_at_hand_fails_a_file_of_ones_own_with_the_remedy(run, tmp_path):
    verdict, last = run(lines(STORES, GOOD))
    assert verdict.outcome is Outcome.NOT_RUN
    assert "--data" in verdict.message
    assert verdict.fails
    assert verdict.to_json()["within"] is None
    assert last.outcome is Outcome.WITHIN
    (tmp_path / "empty").mkdir()
    (verdict,) = run(lines(STORES), tmp_path / "empty")
    assert verdict.outcome is Outcome.NOT_RUN
    assert "'mine' is not in" in verdict.message


def test_a_data_set_in_the_folder_is_run_and_a_broken_one_refused(run, tmp_path):
    folder = tmp_path / "data"
    folder.mkdir()
    head = "name,DestinationName,distance,demand\n"
    (folder / "mine.csv").write_text(head + "a,x,3,10\na,y,4,20\n")
    (verdict,) = run(lines(STORES), folder)
    assert verdict.outcome is Outcome.WITHIN
    for broken in (head + "a,x,3\n", head, b"\xff\xfe\x00"):
        (folder / "mine.csv").write_bytes(broken if isinstance(broken, bytes) else broken.encode())
        (verdict,) = run(lines(STORES), folder)
        assert verdict.outcome is Outcome.REFUSED, broken
        assert verdict.fails


@pytest.mark.parametrize("name", ["../mine", "/etc/mine", "a/b", "..\\mine", ""])
def test_a_data_set_is_named_and_not_reached_for(run, tmp_path, name):
    (tmp_path / "data").mkdir()
    inputs = json.dumps({"dataset": name, "service_radius_m": 5})
    (verdict,) = run(lines({**STORES, "inputs": inputs}), tmp_path / "data")
    assert verdict.outcome in (Outcome.REFUSED, Outcome.NOT_RUN)
    assert verdict.fails


def test_a_model_that_breaks_unforeseen_is_one_refused_row(run, monkeypatch):
    from guarantor.evidence import validate as module

    def breaks(*_):
        raise RuntimeError("unforeseen")

    monkeypatch.setattr(module, "run", breaks)
    verdicts = run(lines(GOOD, GOOD))
    assert [verdict.outcome for verdict in verdicts] == [Outcome.REFUSED] * 2
    assert "RuntimeError: unforeseen" in verdicts[0].message


def test_what_is_outside_validity_is_run_and_marked(run):
    row = {**GOOD, "inputs": '{"deploy_months": 2, "dwell_months": 24}', "expected_output": "13"}
    (verdict,) = run(lines(row))
    assert verdict.outcome is Outcome.WITHIN
    (mark,) = verdict.marks
    assert mark == (
        "deploy_months = 2 is outside the validity of rotation_ratio, n = (d + h) / d; "
        "allowed: from 4, up to 15 months"
    )


def test_rows_keep_what_could_be_read_of_them(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(lines(GOOD, {**GOOD, "tolerance": "x", "basis": "published"}))
    good, bad = cases_of(path)
    assert isinstance(good, Given)
    assert good.basis is Basis.PUBLISHED
    assert isinstance(bad, Malformed)
    assert bad.fields["case"] == "M1"
