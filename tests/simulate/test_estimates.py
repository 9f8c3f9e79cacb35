"""Estimates over futures: their error, quantiles from histograms, shares in twenty."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guarantor.problems import Problems
from guarantor.quantity import Pert
from guarantor.simulate.block import FILL_BINS, PEOPLE_BINS
from guarantor.simulate.draws import Draws
from guarantor.simulate.estimates import error, fill_quantile, of_twenty, people_quantile

WIDTH = 250.0
shares = st.floats(0, 1)


def fill_counts(fills):
    """Count fills as the month does: nothing, whole twentieths, met."""
    counts = np.zeros(FILL_BINS, np.int64)
    for fill in fills:
        counts[0 if fill == 0 else 21 if fill >= 1 else 1 + min(19, int(fill * 20))] += 1
    return counts


def people_counts(people):
    counts = np.zeros(PEOPLE_BINS, np.int64)
    for number in people:
        counts[0 if number == 0 else 1 + min(63, int(number / WIDTH))] += 1
    return counts


def test_the_error_is_the_spread_of_block_means_over_the_root_of_their_number():
    # Deviations of 2, 4, 4, 4, 5, 5, 7, 9 from 5 have squares that sum to 32.
    means = np.array([2.0, 4, 4, 4, 5, 5, 7, 9])
    assert error(means) == pytest.approx(np.sqrt(32 / 7 / 8), rel=1e-12)


def test_one_block_says_nothing_of_its_error():
    assert error(np.array([3.0])) is None


def test_the_error_of_stratified_blocks_is_what_repeated_runs_show():
    def means(seed):
        blocks = (Draws(seed).block(number) for number in range(16))
        return np.array(
            [np.mean(b.value("a", Pert(0, 1, 4)) * b.value("b", Pert(1, 2, 3))) for b in blocks]
        )

    runs = [means(seed) for seed in range(60)]
    shown = np.std([run.mean() for run in runs], ddof=1)
    stated = np.sqrt(np.mean([error(run) ** 2 for run in runs]))
    # The spread of 60 runs is known to about a tenth.
    assert stated == pytest.approx(shown, rel=0.3)


@given(st.lists(st.just(0.0) | st.just(1.0) | shares, min_size=1), shares)
def test_quantiles_of_fill_lie_within_a_twentieth_of_those_of_the_futures(fills, share):
    (exact,) = np.quantile(fills, [share], method="inverted_cdf")
    assert fill_quantile(fill_counts(fills), share) == pytest.approx(exact, rel=0, abs=0.05 + 1e-9)


@given(st.lists(st.floats(0, 63 * WIDTH, exclude_max=True), min_size=1), shares)
def test_quantiles_of_people_lie_within_a_width_of_those_of_the_futures(people, share):
    (exact,) = np.quantile(people, [share], method="inverted_cdf")
    found = people_quantile(people_counts(people), share, WIDTH)
    assert found == pytest.approx(exact, rel=0, abs=WIDTH * (1 + 1e-9))


def test_inside_a_bin_futures_lie_evenly():
    counts = np.zeros(FILL_BINS, np.int64)
    counts[[11, 12]] = 100, 300  # from 0.50 and from 0.55
    assert fill_quantile(counts, 0.125) == pytest.approx(0.525, abs=1e-12)
    assert fill_quantile(counts, 0.25) == pytest.approx(0.55, abs=1e-12)
    assert fill_quantile(counts, 0.5) == pytest.approx(0.55 + 0.05 / 3, abs=1e-12)
    assert fill_quantile(counts, 0) == pytest.approx(0.5, abs=1e-12)
    assert fill_quantile(counts, 1) == pytest.approx(0.6, abs=1e-12)


def test_nothing_and_met_are_exact():
    counts = fill_counts([0] * 6 + [1] * 14)
    assert [float(fill_quantile(counts, share)) for share in (0.05, 0.3, 0.31, 0.95)] == [
        0,
        0,
        1,
        1,
    ]
    assert people_quantile(people_counts([0, 0, 0]), 0.9, WIDTH) == 0


def test_beyond_the_last_bin_there_is_no_number():
    counts = people_counts([100, 100, 64 * WIDTH, 900 * WIDTH])
    assert people_quantile(counts, 0.5, WIDTH) == pytest.approx(WIDTH)
    assert people_quantile(counts, 0.75, WIDTH) == np.inf


def test_where_no_future_is_counted_there_is_no_quantile():
    assert np.isnan(fill_quantile(np.zeros(FILL_BINS, np.int64), 0.5))


def test_quantiles_keep_the_months_and_lines():
    histograms = np.array(
        [[fill_counts([0.31]), fill_counts([1])], [fill_counts([]), fill_counts([0])]]
    )
    found = fill_quantile(histograms, 0.5)
    assert found.shape == (2, 2)
    assert found == pytest.approx(np.array([[0.325, 1], [np.nan, 0]]), nan_ok=True)


@given(st.lists(shares, min_size=1), shares, shares)
def test_a_larger_share_never_gives_a_smaller_quantile(fills, one, other):
    counts = fill_counts(fills)
    small, large = sorted([one, other])
    assert fill_quantile(counts, small) <= fill_quantile(counts, large) + 1e-12


@pytest.mark.parametrize(
    ("share", "said"),
    [(0, 0), (1e-9, 1), (0.06, 1), (0.125, 3), (0.64, 13), (0.66, 13), (0.999, 19), (1, 20)],
)
def test_shares_are_said_in_twenty(share, said):
    assert of_twenty(share) == said


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_none_and_all_are_said_only_of_none_and_all(one, other):
    held, futures = min(one, other), max(one, other, 1)
    said = of_twenty(held / futures)
    assert (said == 0) == (held == 0)
    assert (said == 20) == (held == futures)
    assert abs(said - 20 * held / futures) <= 1


@pytest.mark.parametrize("share", [-0.1, 1.01, float("nan")])
def test_what_is_no_share_is_refused(share):
    for ask in (of_twenty, lambda given: fill_quantile(fill_counts([1]), given)):
        with pytest.raises(Problems, match="not a share of futures"):
            ask(share)
