from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from io import StringIO
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from rich.console import Console
from small_study import BLOCKS, DEALS, EACH, LEAD, MONTHS, OPTIONS, contents, stopping_after
from typer.testing import CliRunner

from guarantor.cli import app
from guarantor.problems import Problems
from guarantor.questions.studies import Wish
from guarantor.questions.studies import run_study as wished
from guarantor.questions.study_progress import Watch, told
from guarantor.simulate.block import Measure
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.run import draws_of, job, run
from guarantor.simulate.study import Progress, run_study
from guarantor.simulate.study_layout import MEASURES, WHOLE_MEASURES


@pytest.fixture(scope="session")
def in_memory(plan):
    jobs = [
        job(plan.case, option, deal, plan.level, MONTHS) for option in OPTIONS for deal in DEALS
    ]
    outcomes = run(jobs, draws_of(plan.case, plan.seed), BLOCKS, threads=1)
    return {(each.table.option, each.table.deal.id): each for each in outcomes}


@pytest.fixture
def exported(whole):
    with xr.open_dataset(whole / "outcomes.nc", engine="scipy") as found:
        yield found


@pytest.mark.parametrize("measure", Measure)
def test_each_measure_of_each_future_is_that_of_a_run_in_memory(exported, in_memory, measure):
    values = exported[measure.name.lower()]
    assert values.dtype == (np.int16 if measure in WHOLE_MEASURES else np.float32)
    for (option, deal), outcome in in_memory.items():
        found = values.sel(option=option, deal=deal).values
        np.testing.assert_array_equal(found, outcome.measure(measure).astype(values.dtype))
        if measure in WHOLE_MEASURES:
            np.testing.assert_array_equal(found, outcome.measure(measure))


def test_counts_are_those_of_a_run_in_memory(exported, in_memory):
    for (option, deal), outcome in in_memory.items():
        pair = {"option": option, "deal": deal}
        np.testing.assert_array_equal(exported["present"].sel(pair), outcome.present)
        np.testing.assert_array_equal(exported["usable"].sel(pair), outcome.usable)
        np.testing.assert_array_equal(exported["failed"].sel(pair), outcome.failed)
        np.testing.assert_array_equal(exported[f"fill.{option}"].sel(deal=deal), outcome.fill)
        nations = list(outcome.table.nations)
        left = exported["left"].sel(pair)
        np.testing.assert_array_equal(left.sel(nation=nations), outcome.left)
        others = [name for name in exported["nation"].values if name not in nations]
        assert np.isnan(left.sel(nation=others)).all()


def test_sums_are_those_of_a_run_in_memory_but_for_the_order_of_additions(exported, in_memory):
    # a thousand additions in another order: far below one part in 1e12
    for (option, deal), outcome in in_memory.items():
        pair = {"option": option, "deal": deal}
        nations = {"nation": list(outcome.table.nations)}
        for name, at, expected in (
            (f"sums.{option}", {"deal": deal}, outcome.sums),
            ("person_months_by_nation", pair | nations, outcome.person_months.sum(axis=-1)),
        ):
            np.testing.assert_allclose(exported[name].sel(at), expected, rtol=1e-12)


def test_money_is_that_of_a_run_in_memory_and_is_paid_as_much_as_provided(exported, in_memory):
    outcome = in_memory["reassurance-brigade", "ceasefire-with-consent"]
    pair = {"option": "reassurance-brigade", "deal": "ceasefire-with-consent"}
    money = exported["money.reassurance-brigade"].sel(deal=pair["deal"])
    np.testing.assert_allclose(money, outcome.yearly.sum(axis=1), rtol=1e-6)
    provided = exported["provided"].sel(pair).sum("nation")
    assert (provided > 0).any()
    np.testing.assert_allclose(provided, exported["paid"].sel(pair).sum("payer"), rtol=1e-12)
    by_year = exported["money_by_year"].sel(pair).sum("year")
    np.testing.assert_allclose(provided, by_year, rtol=1e-12)


def test_lines_keep_their_names_and_have_no_fill_where_they_have_no_number(exported, in_memory):
    for (option, deal), outcome in in_memory.items():
        fill = exported[f"line_fill.{option}"].sel(deal=deal)
        assert list(fill[f"line.{option}"].values) == [n.line.id for n in outcome.table.lines]
        expected = np.where(outcome.line_fill < 0, np.nan, outcome.line_fill)
        np.testing.assert_array_equal(fill, expected.astype(np.float32))


def test_means_and_their_errors_are_those_of_a_run_in_memory(whole, in_memory):
    means = json.loads((whole / "summary.json").read_text(encoding="utf-8"))["means"]
    for (option, deal), outcome in in_memory.items():
        for measure in Measure:
            if measure is Measure.FIRST_BREAK_LINE:
                assert "first_break_line" not in means[option][deal]
                continue
            found = means[option][deal][measure.name.lower()]
            assert (found["mean"], found["error"]) == outcome.mean(outcome.measure(measure))


def test_the_export_names_its_units_and_carries_the_whole_recipe(whole, exported, plan):
    for name, variable in exported.data_vars.items():
        assert variable.attrs["units"], name
        assert variable.attrs["long_name"], name
    recipe = json.loads((whole / "recipe.json").read_text(encoding="utf-8"))
    assert json.loads(exported.attrs["recipe"]) == recipe
    assert exported.attrs["case_digest"] == plan.case.digest
    assert exported.attrs["seed"] == plan.seed
    assert exported.attrs["months"] == MONTHS
    assert exported.attrs["futures_asked"] == BLOCKS * BLOCK - 3
    assert exported.attrs["futures_held"] == BLOCKS * BLOCK
    assert recipe["options"] == list(OPTIONS)
    assert recipe["numpy"] == np.__version__
    assert {each["name"] for each in recipe["measures"]} >= {m.name.lower() for m in Measure}
    assert len(recipe["fill_bins"]) == exported.sizes["fill_bin"]


def test_the_page_on_studies_reads_them_as_it_says(whole, in_memory, monkeypatch):
    page = Path(__file__).parents[2] / "docs" / "study.md"
    code = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    monkeypatch.chdir(whole.parent)
    found: dict[str, object] = {}
    exec(code, found)
    outcome = in_memory[OPTIONS[0], DEALS[0]]
    met, asked = (outcome.measure(m) for m in (Measure.MONTHS_MET, Measure.MONTHS_ASKED))
    assert found["share_of_futures"] == (met == asked).mean()
    people, error = outcome.mean(outcome.measure(Measure.PRESENT_MEAN))
    assert found["people"] == pytest.approx(people, rel=1e-12)
    assert found["monte_carlo_error"] == pytest.approx(error, rel=1e-9)
    lost = found["lost_by_reason"]
    assert lost[0] == pytest.approx(lost[1:].sum())
    found["study"].close()


def test_two_threads_give_the_same_bytes_as_one(plan, whole, tmp_path):
    run_study(plan, tmp_path / "study", threads=2)
    assert contents(tmp_path / "study") == contents(whole)


@pytest.mark.parametrize("first", [1, 2, 3])
def test_a_study_that_was_stopped_holds_its_blocks_and_goes_on_to_the_same_bytes(
    plan, whole, tmp_path, first
):
    folder = tmp_path / "study"
    stopped = run_study(plan, folder, threads=2, tell=stopping_after(first))
    assert (stopped.blocks, stopped.asked, stopped.complete) == (first, BLOCKS, False)
    with xr.open_dataset(folder / "outcomes.nc", engine="scipy") as part:
        assert part.sizes["future"] == first * BLOCK
        assert list(part["block"].values) == list(range(first))
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["blocks_held"], summary["blocks_asked"]) == (first, BLOCKS)
    assert summary["complete"] is False
    told_of: list[Progress] = []
    done = run_study(plan, folder, threads=1, tell=lambda p: told_of.append(p) or True)
    assert done.complete
    assert [progress.held for progress in told_of] == list(range(first + 1, BLOCKS + 1))
    assert contents(folder) == contents(whole)


KILLED = """
import os, signal, sys
from pathlib import Path
from guarantor.case.read import read_case
from guarantor.simulate.study import run_study
from guarantor.simulate.study_recipe import Plan
from guarantor.supply.shares import Level

def kill(progress):
    if progress.held == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return True

name, options, deals = "{lead}", {options}, {deals}
plan = Plan(
    read_case(name), name, options, deals, Level.POSSIBLE, {months}, {futures}, 7,
    blocks_in_a_file={each},
)
run_study(plan, Path(sys.argv[1]), threads=2, tell=kill)
"""


def test_a_study_whose_process_was_killed_goes_on_to_the_same_bytes(plan, whole, tmp_path):
    folder = tmp_path / "study"
    script = KILLED.format(
        lead=LEAD,
        options=OPTIONS,
        deals=DEALS,
        months=MONTHS,
        futures=plan.futures,
        each=EACH,
    )
    killed = subprocess.run([sys.executable, "-c", script, folder], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert not (folder / "outcomes.nc").exists()
    assert [path.name for path in (folder / "blocks").iterdir()] == ["00000.npz"]
    assert run_study(plan, folder, threads=1).complete
    assert contents(folder) == contents(whole)


def test_a_draft_that_a_killed_run_left_is_written_over(plan, whole, tmp_path):
    folder = tmp_path / "study"
    run_study(plan, folder, tell=stopping_after(2))
    (folder / "blocks" / ".00001.npz.draft").write_bytes(b"half a fi")
    (folder / ".outcomes.nc.draft").write_bytes(b"half a fi")
    run_study(plan, folder)
    assert contents(folder) == contents(whole)
    assert not [*folder.rglob("*.draft")]


def test_a_complete_study_is_left_as_it_is(plan, whole, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(whole, folder)
    shutil.rmtree(folder / "blocks")
    before = (folder / "outcomes.nc").stat().st_mtime_ns
    assert run_study(plan, folder, tell=lambda _: pytest.fail("nothing to run")).complete
    assert (folder / "outcomes.nc").stat().st_mtime_ns == before


def test_a_lost_file_of_blocks_is_run_again_to_the_same_bytes(plan, whole, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(whole, folder)
    (folder / "summary.json").unlink()
    (folder / "blocks" / "00001.npz").unlink()
    run = []
    run_study(plan, folder, tell=lambda progress: run.append(progress.held) or True)
    assert run == [4, 5]
    assert contents(folder) == contents(whole)


def test_a_damaged_file_of_blocks_is_named(plan, whole, tmp_path):
    folder = tmp_path / "study"
    shutil.copytree(whole, folder)
    (folder / "summary.json").unlink()
    path = folder / "blocks" / "00001.npz"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    with pytest.raises(Problems, match=r"00001\.npz: a file of the study cannot be read"):
        run_study(plan, folder)
    assert not (folder / "summary.json").exists()


def test_a_second_run_in_the_same_folder_is_refused(plan, whole, tmp_path):
    folder = tmp_path / "study"
    refused = []

    def second(_progress):
        with pytest.raises(Problems, match="another run is at work") as problem:
            run_study(plan, folder)
        refused.append(problem)
        return False

    run_study(plan, folder, tell=second)
    assert len(refused) == 1


def test_the_order_in_which_options_are_named_decides_nothing(tmp_path):
    first, again = (
        Wish(LEAD, 1, options, DEALS[:1], months=1) for options in (OPTIONS, OPTIONS[::-1])
    )
    assert wished(first, tmp_path / "study").complete
    assert wished(again, tmp_path / "study").complete


def test_the_command_says_what_it_wrote_and_refuses_what_it_cannot_run(tmp_path):
    words = ["run", LEAD, "-o", str(tmp_path / "study"), "--option", "status-quo"]
    words += ["--deal", DEALS[0], "--months", "2", "--futures", "2_000", "--seed", "3"]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    assert str(tmp_path / "study" / "outcomes.nc") in done.stdout
    assert "2048 futures" in done.stderr
    refused = CliRunner().invoke(app, [*words, "--count", "said"])
    assert isinstance(refused.exception, Problems)


def test_the_first_interrupt_ends_a_run_after_its_block_with_the_command_that_resumes(tmp_path):
    folder = tmp_path / "study"
    words = ["run", LEAD, "-o", str(folder), "--option", "status-quo", "--deal", DEALS[0]]
    words += ["--months", "1", "--futures", "100_000_000"]
    with subprocess.Popen(
        [Path(sys.executable).with_name("guarantor"), *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"COLUMNS": "200"},
    ) as process:
        assert "blocks" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        printed, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Stopping after the block in hand" in said
    assert "of 97657 blocks are held" in said
    assert f"guarantor run {LEAD} --output {folder} --futures 100000000" in said
    assert str(folder / "outcomes.nc") in printed
    with xr.open_dataset(folder / "outcomes.nc", engine="scipy") as part:
        assert part.sizes["future"] == part.attrs["blocks_held"] * BLOCK
        assert 1 <= part.attrs["blocks_held"] < 97657


def test_progress_is_told_in_words():
    progress = Progress(
        held=12, asked=4883, run=4096, left=3_600_000, watched="mean fill", error=0.00042
    )
    assert told(progress, 1000.0) == (
        "12 of 4 883 blocks, 1 000 option-futures a second, 1 h 00 min left, mean fill ± 0.00042"
    )
    first = replace(progress, held=1, error=None)
    assert told(first, 0.0) == "1 of 4 883 blocks"


@pytest.mark.parametrize("terminal", [True, False])
def test_progress_is_shown_on_a_terminal_and_in_a_log_and_stops_at_a_signal(terminal):
    before = signal.getsignal(signal.SIGINT)
    screen = Console(file=StringIO(), force_terminal=terminal, width=200)
    progress = Progress(held=1, asked=4, run=1024, left=3072, watched="mean fill", error=None)
    with Watch(screen) as watch:
        assert watch(progress) is True
        signal.raise_signal(signal.SIGINT)
        assert watch(replace(progress, held=2, error=0.5)) is False
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before
    shown = screen.file.getvalue()
    assert "Stopping after the block in hand" in shown
    assert "1 of 4 blocks" in shown or terminal
    assert ("mean fill ± 0.5" in shown) is terminal
    assert ("━" in shown) is terminal


def test_every_measure_has_a_unit_and_a_meaning():
    assert set(MEASURES) == set(Measure)
