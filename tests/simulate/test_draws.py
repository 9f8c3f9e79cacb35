"""Draws: a stream for each name, a Latin hypercube in each block, correlated groups."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b, sha256
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom, kstest, spearmanr

from guarantor.problems import Problems
from guarantor.quantity import Interval, Pert
from guarantor.simulate.draws import BLOCK, Draws, normal, share, uniforms, values

SMALLEST = 2.0**-53

NAMES = [f"quantity {number}" for number in range(40)]
MASK = 2**64 - 1


def philox(key: int, counter: int) -> list[int]:
    """Return four numbers of Philox 4x64-10, written from the paper of Salmon and others (2011)."""
    x = [counter >> 64 * word & MASK for word in range(4)]
    keys = [key & MASK, key >> 64]
    for _ in range(10):
        first, second = 0xD2E7470EE14C6C93 * x[0], 0xCA5A826395121157 * x[2]
        x = [
            second >> 64 ^ x[1] ^ keys[0],
            second & MASK,
            first >> 64 ^ x[3] ^ keys[1],
            first & MASK,
        ]
        keys = [(keys[0] + 0x9E3779B97F4A7C15) & MASK, (keys[1] + 0xBB67AE8584CAA73B) & MASK]
    return x


def stream_in_plain_python(seed: int, name: str, block: int) -> list[float]:
    key = int.from_bytes(blake2b(f"{seed}/{name}".encode(), digest_size=16).digest(), "little")
    steps = range(1, 2 * BLOCK // 4 + 1)
    raw = [word for step in steps for word in philox(key, (block << 192) + step)]
    order = sorted(range(BLOCK), key=lambda place: raw[place] // 1024)
    return [
        (stratum + (jitter // 2**22 + 0.5) / 2**42) / BLOCK
        for stratum, jitter in zip(order, raw[BLOCK:], strict=True)
    ]


def test_the_philox_of_the_oracle_gives_the_published_numbers():
    # Known answers of the authors' Random123 library, philox4x64 with ten rounds.
    assert philox(0, 0) == [
        0x16554D9ECA36314C,
        0xDB20FE9D672D0FDC,
        0xD7E772CEE186176B,
        0x7E68B68AEC7BA23B,
    ]


@pytest.mark.parametrize(("name", "block"), [("x", 0), ("x", 3), ("FRA troops", 9_765)])
def test_the_draws_are_those_of_a_plain_philox_sorted_into_strata(name, block):
    assert uniforms(7, name, block).tolist() == stream_in_plain_python(7, name, block)


def test_the_draws_of_seed_7_and_name_x_stay_what_they_are():
    drawn = uniforms(7, "x", 0)
    assert drawn[:4].tolist() == [
        0.27023420355079464,
        0.3052483306111754,
        0.04960138385299706,
        0.23108812847989835,
    ]
    assert uniforms(7, "x", 1)[:2].tolist() == [0.9682840306757293, 0.8111184557989036]
    assert sha256(drawn.astype("<f8").tobytes()).hexdigest() == (
        "a0fe35cfbfed1954311204618b004bafab9d1b776d9a1add275695d2cc9f850e"
    )


@given(st.integers(), st.text(), st.integers(0, 2**40))
def test_each_stratum_is_hit_exactly_once(seed, name, block):
    drawn = uniforms(seed, name, block)
    assert drawn.shape == (BLOCK,)
    assert drawn.min() > 0
    assert drawn.max() < 1
    assert sorted(np.floor(drawn * BLOCK)) == list(range(BLOCK))


def test_the_jitter_fills_its_stratum_evenly():
    drawn = np.concatenate([uniforms(7, name, 0) for name in NAMES])
    assert kstest(np.mod(drawn * BLOCK, 1), "uniform").pvalue > 0.01


def test_seeds_names_and_blocks_give_other_draws():
    blocks = [uniforms(7, "x", 0), uniforms(8, "x", 0), uniforms(7, "y", 0)]
    blocks += [uniforms(7, "x", number) for number in range(1, 40)]
    every = np.concatenate(blocks)
    assert len(np.unique(every)) == every.size


@pytest.mark.parametrize("several", [(7, "1/x", 71, "x"), (7, "x", 7, "x ")])
def test_streams_whose_seed_and_name_look_alike_differ(several):
    seed, name, other_seed, other = several
    assert not np.array_equal(uniforms(seed, name, 0), uniforms(other_seed, other, 0))


def test_forty_streams_are_as_uncorrelated_as_chance_allows():
    # One Sobol sequence for each name, the usual mistake, gives a mean of 0.73. By chance it is
    # √(2 / π n), and the largest of 780 pairs lies near 3.3 / √n.
    block_count = 4
    streams = [
        np.concatenate([uniforms(7, name, block) for block in range(block_count)]) for name in NAMES
    ]
    futures = BLOCK * block_count
    found = np.abs(np.corrcoef(streams)[np.triu_indices(len(NAMES), 1)])
    assert found.mean() == pytest.approx(np.sqrt(2 / np.pi / futures), rel=0.1)
    assert found.max() < 5 / np.sqrt(futures)


def test_pairs_of_streams_fill_the_square():
    # 32 of 1 024 points lie in each row and each column of 32 × 32 cells. If they do so by chance,
    # the points of a row miss a column with the probability of the hypergeometric distribution.
    empty = hypergeom.pmf(0, 1024, 32, 32)
    shares = []
    for one, other in combinations(NAMES[:12], 2):
        cells = np.floor(np.stack([uniforms(7, one, 0), uniforms(7, other, 0)]) * 32)
        shares.append(len(np.unique(cells, axis=1).T) / 1024)
    assert np.mean(shares) == pytest.approx(1 - empty, abs=0.005)
    assert min(shares) > 0.6


def test_blocks_of_one_stream_are_uncorrelated():
    found = np.corrcoef([uniforms(7, "x", block) for block in range(40)])
    assert np.abs(found[np.triu_indices(40, 1)]).mean() == pytest.approx(
        np.sqrt(2 / np.pi / BLOCK), rel=0.1
    )


def test_a_quantity_added_leaves_the_others_as_they_were():
    shape = Pert(2000, 3000, 6000)
    alone, among = Draws(7).block(2), Draws(7, {"lift": (["ships", "rail"], 0.5)}).block(2)
    for name in NAMES:
        among.value(name, shape)
    among.uniform("ships")
    among.uniform("rail")
    assert np.array_equal(alone.value(NAMES[-1], shape), among.value(NAMES[-1], shape))


GROUPS = {"will": (["DEU gate", "FRA gate", "POL gate"], 0.6)}


def drawn_together(groups, name, blocks=64):
    draws = Draws(7, groups)
    return np.concatenate([draws.block(number).uniform(name) for number in range(blocks)])


@pytest.mark.parametrize("strength", [0, 0.3, 0.6, 0.9, 1])
def test_members_of_a_group_have_the_rank_correlation_of_a_gaussian_copula(strength):
    groups = {"will": (["DEU gate", "FRA gate", "POL gate"], strength)}
    streams = [drawn_together(groups, name) for name in groups["will"][0]]
    expected = 6 / np.pi * np.arcsin(strength / 2)
    for one, other in combinations(streams, 2):
        # Four standard errors of a rank correlation of 65 536 pairs are 0.016 at the most.
        assert spearmanr(one, other).statistic == pytest.approx(expected, abs=0.016)


def test_normal_scores_of_a_group_are_correlated_by_its_strength():
    scores = [normal(drawn_together(GROUPS, name)) for name in GROUPS["will"][0]]
    found = np.corrcoef(scores)[np.triu_indices(3, 1)]
    assert found == pytest.approx([0.6] * 3, abs=0.016)


def test_members_of_a_group_stay_uniform():
    # Pooled over blocks: what is left of the stratification makes it more even than chance.
    assert kstest(drawn_together(GROUPS, "FRA gate"), "uniform").statistic < 1.63 / 256


def test_means_of_members_keep_most_of_what_stratification_gives():
    block_means = drawn_together(GROUPS, "FRA gate").reshape(-1, BLOCK).mean(axis=1)
    by_chance = np.sqrt(1 / 12 / BLOCK)
    assert block_means.std(ddof=1) < by_chance / 3


def test_members_of_a_group_are_not_one_in_each_stratum():
    strata = np.floor(Draws(7, GROUPS).block(0).uniform("FRA gate") * BLOCK)
    assert len(np.unique(strata)) < BLOCK


def test_groups_share_no_factor_and_leave_others_alone():
    groups = {"one": (["a", "b"], 0.9), "other": (["c", "d"], 0.9)}
    assert (
        abs(spearmanr(drawn_together(groups, "a"), drawn_together(groups, "c")).statistic) < 0.016
    )
    outside = Draws(7, groups).block(3).uniform("e")
    assert np.array_equal(outside, uniforms(7, "e", 3))


def test_a_member_added_leaves_the_other_members_as_they_were():
    smaller = Draws(7, {"will": (["FRA gate", "DEU gate"], 0.6)}).block(1)
    larger = Draws(7, GROUPS).block(1)
    assert np.array_equal(smaller.uniform("DEU gate"), larger.uniform("DEU gate"))


def test_full_strength_makes_one_quantity_of_the_group():
    block = Draws(7, {"will": (["a", "b"], 1)}).block(0)
    assert np.array_equal(block.uniform("a"), block.uniform("b"))
    assert block.uniform("a") == pytest.approx(uniforms(7, "correlation/will", 0), rel=1e-13)


def test_no_strength_leaves_the_members_as_they_were():
    block = Draws(7, {"will": (["a", "b"], 0)}).block(0)
    assert block.uniform("a") == pytest.approx(uniforms(7, "a", 0), rel=1e-13)


def test_a_quantity_in_two_groups_and_wrong_strengths_are_all_named_at_once():
    with pytest.raises(Problems) as refused:
        Draws(
            7,
            {
                "will": (["FRA gate", "DEU gate"], 0.5),
                "money": (["FRA gate", "DEU gate"], 1.5),
                "lift": (["ships"], -0.1),
                "sky": (["tankers"], float("nan")),
            },
        )
    found = [(problem.what, problem.found) for problem in refused.value.problems]
    assert found == [
        ("the strength of the correlation 'money' is out of range", "1.5"),
        ("'FRA gate' is in two correlations", "'will' and 'money'"),
        ("'DEU gate' is in two correlations", "'will' and 'money'"),
        ("the strength of the correlation 'lift' is out of range", "-0.1"),
        ("the strength of the correlation 'sky' is out of range", "nan"),
    ]


def test_a_member_named_twice_in_one_group_is_one_member():
    twice = Draws(7, {"will": (["a", "a", "b"], 0.5)}).block(0)
    once = Draws(7, {"will": (["a", "b"], 0.5)}).block(0)
    assert np.array_equal(twice.uniform("a"), once.uniform("a"))


def test_options_of_a_block_share_its_draws_and_cannot_write_to_them():
    block = Draws(7, GROUPS).block(0)
    first, second = Pert(0, 1, 2), Interval(1, 2)
    for drawn in (block.uniform("x"), block.uniform("FRA gate"), block.value("x", first)):
        with pytest.raises(ValueError, match="read-only"):
            drawn[0] = 0.5
    assert block.value("x", first) is block.value("x", Pert(0, 1, 2))
    assert np.array_equal(block.value("x", second), values(second, uniforms(7, "x", 0)))


def test_draws_do_not_depend_on_threads_nor_on_the_order_of_blocks_and_names():
    shapes = [Pert(0, number, 40) for number in range(40)]

    def bytes_of(number, backwards=False):
        block = draws.block(number)
        order = reversed(NAMES) if backwards else NAMES
        found = {name: block.value(name, shapes[NAMES.index(name)]).tobytes() for name in order}
        return [found[name] for name in NAMES]

    draws = Draws(7, {"will": (NAMES[:5], 0.5)})
    alone = [bytes_of(number) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda number: bytes_of(number, True), reversed(range(12))))
    assert together[::-1] == alone


@given(st.floats(-40, 40))
def test_shares_of_scores_never_reach_the_ends(score):
    (found,) = share(np.array([score]))
    assert 0 < found < 1
    assert np.isfinite(normal(np.array([found])))


def test_shares_and_scores_undo_each_other():
    drawn = uniforms(7, "x", 0)
    assert share(normal(drawn)) == pytest.approx(drawn, rel=1e-12)
