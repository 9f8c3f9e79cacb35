"""Runs: the same bytes on any number of threads, runs that are stopped, sums that must close."""

from __future__ import annotations

import hashlib
from dataclasses import fields
from typing import TYPE_CHECKING

import numpy as np
import pytest

from guarantor.case.overlay import Overlay, apply
from guarantor.case.read import read_case
from guarantor.case.words import Rung
from guarantor.problems import Problems
from guarantor.quantity import Amount, Exactly
from guarantor.simulate.block import Sum
from guarantor.simulate.consequences import payers, prices
from guarantor.simulate.draws import BLOCK
from guarantor.simulate.outcome import Outcome, merged
from guarantor.simulate.run import Job, blocks_of, draws_of, each_block, job, made_to_happen, run
from guarantor.supply.shares import Level

if TYPE_CHECKING:
    from guarantor.case.case import Case

LEAD = read_case("ukraine-2025-08")
DEAL = "ceasefire-with-consent"
MONTHS = 36


def of_the_lead_case(option: str) -> Job:
    return job(LEAD, option, DEAL, Level.POSSIBLE, MONTHS)


JOBS = (of_the_lead_case("european-force-us-command"), of_the_lead_case("sky-guarantee"))


def digest(outcome: Outcome) -> str:
    """Hash all arrays of an outcome, by name."""
    found = hashlib.sha256()
    for field in fields(outcome):
        value = getattr(outcome, field.name)
        if isinstance(value, np.ndarray):
            found.update(f"{field.name} {value.dtype} {value.shape}".encode() + value.tobytes())
    return found.hexdigest()


def test_one_thread_and_several_give_the_same_bytes():
    outcomes = [run(JOBS, draws_of(LEAD, 7), 5, threads=count) for count in (1, 2, 4)]
    assert len({tuple(digest(one) for one in found) for found in outcomes}) == 1


def test_the_order_in_which_blocks_are_computed_changes_no_byte():
    draws = draws_of(LEAD, 7)
    backwards = dict(
        zip(
            reversed(range(4)),
            (found[0] for found in each_block(JOBS[:1], draws, [3, 2, 1, 0], threads=2)),
            strict=True,
        )
    )
    table, what_if = JOBS[0].table, JOBS[0].what_if
    joined = merged(table, what_if, 7, 4, [backwards[number] for number in range(4)])
    (forwards,) = run(JOBS[:1], draws_of(LEAD, 7), 4, threads=1)
    assert digest(joined) == digest(forwards)


def test_an_option_faces_the_same_futures_alone_and_beside_others():
    (alone,) = run(JOBS[1:], draws_of(LEAD, 7), 2, threads=1)
    assert digest(alone) == digest(run(JOBS, draws_of(LEAD, 7), 2, threads=1)[1])


def test_another_seed_gives_other_futures():
    found = {digest(run(JOBS[1:], draws_of(LEAD, seed), 1)[0]) for seed in (7, 8)}
    assert len(found) == 2


def test_a_run_that_is_stopped_keeps_the_blocks_done_so_far_and_says_how_many():
    heard = []

    def tell(done: int, asked: int) -> bool:
        heard.append((done, asked))
        return done < 2

    (stopped,) = run(JOBS[1:], draws_of(LEAD, 7), 6, threads=2, tell=tell)
    assert heard == [(1, 6), (2, 6)]
    assert (stopped.blocks, stopped.asked, stopped.futures) == (2, 6, 2 * BLOCK)
    (whole,) = run(JOBS[1:], draws_of(LEAD, 7), 2, threads=1)
    assert digest(stopped) == digest(whole)


def test_a_run_that_nobody_stops_is_told_of_every_block():
    heard = []
    run(
        JOBS[1:], draws_of(LEAD, 7), 3, tell=lambda done, asked: heard.append((done, asked)) or True
    )
    assert heard == [(1, 3), (2, 3), (3, 3)]


def test_what_is_kept_grows_with_the_futures_and_not_with_their_months():
    # 100 000 futures over 120 months are to fit into 1 GB, with room for the blocks being joined.
    def bytes_of(months: int, blocks: int) -> int:
        one = job(LEAD, "european-force-us-command", DEAL, Level.POSSIBLE, months)
        (outcome,) = run([one], draws_of(LEAD, 7), blocks)
        values = (getattr(outcome, field.name) for field in fields(outcome))
        return sum(value.nbytes for value in values if isinstance(value, np.ndarray))

    one, two, longest = bytes_of(120, 1), bytes_of(120, 2), bytes_of(12, 2) - bytes_of(12, 1)
    assert (two - one) * 98 < 450e6
    assert two - one < 2.5 * longest


def test_money_by_provider_sums_to_money_by_payer_and_to_money_by_year():
    (outcome,) = run(JOBS[:1], draws_of(LEAD, 7), 1)
    assert len(prices(JOBS[0].table)) == outcome.provided.shape[0]
    assert len(payers(JOBS[0].table)) == outcome.paid.shape[1]
    provided = outcome.provided.sum(axis=1)
    assert provided.max() > 0
    np.testing.assert_allclose(outcome.paid.sum(axis=1), provided, rtol=1e-12)
    np.testing.assert_allclose(outcome.yearly.sum(axis=1), provided, rtol=1e-12)


@pytest.mark.parametrize("wanted", [0, -1])
def test_a_run_without_futures_is_refused(wanted: int):
    with pytest.raises(Problems) as refused:
        blocks_of(wanted)
    (problem,) = refused.value.problems
    assert problem.found == str(wanted)
    assert problem.remedy


def test_futures_come_in_whole_blocks():
    assert [blocks_of(wanted) for wanted in (1, BLOCK, BLOCK + 1)] == [1, 1, 2]


@pytest.mark.parametrize("months", [0, 10_000])
def test_a_run_beyond_what_the_case_looks_ahead_is_refused(months: int):
    with pytest.raises(Problems) as refused:
        job(LEAD, "sky-guarantee", DEAL, Level.POSSIBLE, months)
    (problem,) = refused.value.problems
    assert problem.found == f"{months} months"
    assert str(LEAD.about.horizon.months) in (problem.allowed or "")


def test_an_unknown_nation_is_refused_with_the_nearest():
    with pytest.raises(Problems) as refused:
        made_to_happen(JOBS[0], {"UAS": 24})
    (problem,) = refused.value.problems
    assert problem.found == "UAS"
    assert "USA" in (problem.remedy or "")


def test_a_nation_without_a_part_in_the_option_changes_nothing_when_it_leaves():
    outside = next(name for name in LEAD.nations if name not in JOBS[1].table.nations)
    (left,) = run([made_to_happen(JOBS[1], {outside: 6})], draws_of(LEAD, 7), 1)
    (stayed,) = run(JOBS[1:], draws_of(LEAD, 7), 1)
    assert digest(left) == digest(stayed)


def test_a_nation_that_is_made_to_leave_has_left_in_every_future_from_that_month_on():
    one = made_to_happen(JOBS[0], {"USA": 24}, followers=False)
    (outcome,) = run([one], draws_of(LEAD, 7), 1)
    left = outcome.left[:, one.table.nations.index("USA")]
    assert left[23] < BLOCK
    assert set(left[24:]) == {BLOCK}


def exactly(case: Case, table: str, key: str, field: str, number: float) -> Case:
    """Return the case with one number of one record certain."""
    record = case.table(table)[key]
    amount = Amount(Exactly(number), getattr(record, field).unit)
    return apply(
        case, Overlay(case.view, {(table, key): record.model_copy(update={field: amount})})
    )


def with_25_000_who_stay() -> Case:
    """Return the lead case with one line, one nation that fills it, and nothing that goes wrong."""
    case, option = LEAD, LEAD.options["reassurance-division"]
    line = next(each for each in option.lines or () if each.id == "ground-force")
    sent = case.contributions["gbr-ground-force-2025-04"].model_copy(
        update={"rung": Rung.CONFIRMED, "starts": line.starts}
    )
    force = case.capabilities["ground-force"]
    tour = force.tour.model_copy(update={"quantity": Amount(Exactly(6), force.tour.quantity.unit)})
    case = apply(
        case,
        Overlay(
            case.view,
            {
                ("options", option.id): option.model_copy(update={"lines": (line,)}),
                ("contributions", sent.id): sent,
                ("capabilities", force.id): force.model_copy(update={"tour": tour}),
            },
        ),
    )
    case = exactly(case, "contributions", sent.id, "quantity", 25_000)
    for strength in ("active_personnel", "land_personnel"):
        case = exactly(case, "nations", "GBR", strength, 10_000_000)
    never = [name for name in case.assumptions if name.startswith(("refused-", "gate-months-"))]
    for name in ("leaves-a-year", *never, *(n for n in case.assumptions if n.startswith("lapses"))):
        case = exactly(case, "assumptions", name, "quantity", 0)
    for name in ("comes-confirmed", "delivers-confirmed"):
        case = exactly(case, "assumptions", name, "quantity", 100)
    return exactly(case, "assumptions", "lift-people", "quantity", 1_000_000)


def test_25_000_over_60_months_on_tours_of_six_is_exactly_250_000_person_tours():
    case = with_25_000_who_stay()
    one = job(case, "reassurance-division", DEAL, Level.CONFIRMED, 60)
    (outcome,) = run([one], draws_of(case, 7), 2)
    assert set(outcome.person_tours) == {250_000.0}
    assert set(outcome.person_months[one.table.nations.index("GBR")]) == {25_000.0 * 60}


def test_no_line_exceeds_its_need_and_all_that_is_offered_is_accounted_for():
    for outcome in run(JOBS, draws_of(LEAD, 7), 1):
        offered, filled = outcome.sums[..., Sum.OFFERED], outcome.sums[..., Sum.FILLED]
        lost = outcome.sums[..., Sum.FIRST_REASON :].sum(axis=-1)
        np.testing.assert_allclose(filled + lost, offered, rtol=1e-9, atol=1e-6)
        assert outcome.line_fill.max() <= 1
