"""What `gaps`, `sustain`, `cost` and `share` say of later years, when a reader asks for futures."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest

from conftest import LEAD
from guarantor.answer.answer import Answer
from guarantor.answer.text import Figure
from guarantor.models.rotation import rotation_ratio
from guarantor.problems import Misuse
from guarantor.questions.futures import AS_IT_COMES, outcomes, terms
from guarantor.questions.gaps_over_time import REASONS
from guarantor.questions.over_time import years_of
from guarantor.questions.question import Asked
from guarantor.questions.share_over_time import europes
from guarantor.questions.sustain_over_time import all_out
from guarantor.simulate.setup import Reason
from guarantor.supply.shares import definitions

OPTION = "reassurance-division"
SMALL = {"option": OPTION, "futures": "1024", "months": "36"}
NAMES = ("gaps", "sustain", "cost", "share")
OF_FUTURES = {
    "gaps": {f"years-{OPTION}", f"lost-{OPTION}"},
    "sustain": {"people-over-time", f"dry-{OPTION}", "surge"},
    "cost": {f"money-by-year-{OPTION}", f"money-by-provider-{OPTION}", f"money-by-payer-{OPTION}"},
    "share": {f"futures-{OPTION}"},
}


@pytest.fixture(scope="module")
def answers(asked) -> dict[str, Answer]:
    return {name: asked(name, **SMALL) for name in NAMES}


@pytest.fixture(scope="module")
def run(lead):
    one = (terms(Asked(lead, {"futures": 1024, "months": 36}), OPTION), AS_IT_COMES)
    return outcomes(lead, [one])[one]


def value(answer: Answer, section: str, key: str, column: str) -> float:
    slot = answer.section(section).table.cell(key, column).slots["n"]
    assert isinstance(slot, Figure)
    return slot.value


@pytest.mark.parametrize("name", NAMES)
def test_futures_are_told_when_asked_for_and_never_else(answers, asked, name):
    today = asked(name, option=OPTION)
    assert not {section.id for section in today.sections} & OF_FUTURES[name]
    added = {section.id for section in answers[name].sections}
    assert added >= OF_FUTURES[name]
    # what is said of today comes first and is the same, but for the length of the stay
    if name == "gaps":
        assert answers[name].sections[: len(today.sections)] == today.sections


def test_a_question_about_today_does_not_load_the_compiler():
    code = (
        "import sys\n"
        "from guarantor.case.read import read_case\n"
        "from guarantor.questions import cost, gaps, share, sky, shield, sustain\n"
        "from guarantor.questions.question import Asked\n"
        f"case = read_case({LEAD!r})\n"
        "for each in (cost, gaps, share, sustain):\n"
        "    each.answer(Asked(case, {}))\n"
        "print('numba' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "False"


def test_what_is_offered_is_what_works_what_is_lost_and_what_is_not_needed(answers):
    table = answers["gaps"].section(f"lost-{OPTION}").table
    lines = {key.rsplit("-offered", 1)[0] for key in table.keys if key.endswith("-offered")}
    assert len(lines) == 9
    for line in lines:
        for year in ("y1", "y2", "y3"):
            told = [
                value(answers["gaps"], f"lost-{OPTION}", key, year)
                for key in table.keys
                if key.startswith((f"{line}-reason-", f"{line}-works"))
            ]
            offered = value(answers["gaps"], f"lost-{OPTION}", f"{line}-offered", year)
            # reasons that take less than a hundredth are left out
            assert sum(told) == pytest.approx(offered, rel=0.01 * len(REASONS))


def test_fill_by_year_is_that_of_the_months_counted_one_by_one(answers, run):
    for place, need in enumerate(run.table.lines):
        if need.span is None:
            continue
        for year, months in enumerate(years_of(36), 1):
            counts = run.fill[months, place].sum(axis=0)
            shown = value(answers["gaps"], f"years-{OPTION}", need.line.id, f"y{year}") / 100
            # the median lies in a bin below which fewer, and up to which at least half is counted
            bins = np.cumsum(counts) / counts.sum()
            lowest = int(np.searchsorted(bins, 0.5))
            ends = [0, *np.linspace(0, 1, 21), 1]
            assert ends[lowest] - 0.006 <= shown <= ends[lowest + 1] + 0.006


def test_each_line_says_from_which_year_it_runs_short(answers, run):
    table = answers["gaps"].section(f"years-{OPTION}").table
    for place, need in enumerate(run.table.lines):
        if need.span is None:
            continue
        met = [np.nanmean(run.met(place)[months]) for months in years_of(36)]
        short = next((f"year {n}" for n, share in enumerate(met, 1) if share < 0.5), "never")
        assert table.cell(need.line.id, "short").plain() == short


def test_pools_run_dry_as_the_counter_says(answers, run):
    place = next(n for n, need in enumerate(run.table.lines) if need.line.id == "ground-force")
    by_month = run.lost(place, Reason.POOL_EMPTY)
    for year, months in enumerate(years_of(36), 1):
        shown = value(answers["sustain"], f"dry-{OPTION}", "ground-force", f"y{year}")
        assert shown == pytest.approx(by_month[months].mean())


@pytest.mark.parametrize(("tour", "slots"), [(6.0, 3.0), (6.0, 5.0), (4.0, 4.0)])
def test_a_surge_settles_at_the_published_ratio_of_a_pool(tour, slots):
    out = all_out(np.array([tour]), np.array([slots]), np.array([0.0]), 600)
    home = (slots - 1) * tour
    assert out[0][0] == 1
    assert out[-1][0] == pytest.approx(1 / rotation_ratio(tour, home), rel=1e-6)
    # the share that is out first falls, and nobody who rests goes
    assert out[6][0] < out[0][0]


def test_money_by_provider_adds_up_to_money_by_payer_and_by_year(answers):
    def sums(section: str, keep) -> dict[str, float]:
        table = answers["cost"].section(section).table
        found: dict[str, float] = {}
        for key in table.keys:
            if keep(key):
                prices = table.cell(key, "prices").plain()
                found[prices] = found.get(prices, 0) + value(answers["cost"], section, key, "money")
        return found

    provider = sums(f"money-by-provider-{OPTION}", lambda _: True)
    assert provider == pytest.approx(sums(f"money-by-payer-{OPTION}", lambda _: True))
    by_year = sums(f"money-by-year-{OPTION}", lambda key: not key.startswith("all"))
    assert by_year == pytest.approx(provider)
    assert by_year == pytest.approx(
        sums(f"money-by-year-{OPTION}", lambda key: key.startswith("all"))
    )


def test_europe_s_share_is_counted_future_by_future(answers, lead, run):
    ask = Asked(lead, {})
    people = dict(zip(run.table.nations, run.person_months, strict=True))
    table = answers["share"].section(f"futures-{OPTION}").table
    for group in definitions(lead):
        members = set(lead.members(group))
        held = sum(amount for nation, amount in people.items() if nation in members)
        part, whole = europes(ask, people, frozenset(members))
        assert part == pytest.approx(held)
        half = np.mean((part >= whole / 2) & (whole > 0))
        shown = int(table.cell(f"people-{group}", "half").plain().split()[0])
        assert abs(shown - 20 * half) <= 1


def test_the_reader_chooses_the_definition_of_europe(asked):
    answer = asked("share", europe="european-nato", **SMALL)
    keys = answer.section(f"futures-{OPTION}").table.keys
    assert all(key.endswith("european-nato") for key in keys)
    assert "European Union" not in answer.headline.plain()
    with pytest.raises(Misuse, match="european-nato"):
        asked("share", europe="european-natto")


def test_an_option_that_nobody_prices_says_so(asked):
    answer = asked("cost", option="status-quo", futures="1024", months="12")
    section = answer.section("money-by-year-status-quo")
    told = " ".join(each.plain() for each in section.paragraphs)
    assert section.table is not None or "No unit that might come has a cost" in told


@pytest.mark.parametrize("name", NAMES)
def test_a_length_beyond_the_horizon_is_run_to_the_horizon(asked, name):
    if name == "gaps":
        with pytest.raises(Misuse, match="1 to 120 months"):
            asked(name, option="status-quo", futures="1024", months="240")
    else:
        answer = asked(name, option="status-quo", futures="1024", months="240")
        assert Answer.from_json(answer.to_json()) == answer


@pytest.mark.parametrize("name", NAMES)
def test_answers_over_time_survive_json_and_come_again_the_same(answers, asked, name):
    assert Answer.from_json(answers[name].to_json()) == answers[name]
    assert asked(name, **SMALL).to_json() == answers[name].to_json()


@pytest.mark.parametrize("name", NAMES)
def test_no_share_of_futures_is_worded_as_a_likelihood(answers, name):
    for section in answers[name].sections:
        if section.id in OF_FUTURES[name]:
            for each in section.texts():
                plain = each.plain().replace("it is no likelihood", "")
                assert not re.search(r"likel|probab|chance", plain, re.IGNORECASE)


def test_what_is_told_rests_on_assumptions(answers):
    answer = answers["gaps"]
    waiting = [answer.section(f"years-{OPTION}").table.cell("brigades", "y1").slots["n"].trace]
    found = set()
    while waiting:
        record = answer.traces[waiting.pop()]
        found.add(record.label)
        waiting += record.inputs
    assert "assumption: Shots at one ballistic missile" in found
    assert "deal assumed" in found
