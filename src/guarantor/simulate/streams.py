"""Streams of Philox, and Latin hypercubes made from them: many names of a block at once, compiled.

Philox 4x64 with ten rounds is that of Salmon, Moraes, Dror and Shaw (2011), SC11, and gives the raw
numbers that NumPy's gives.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from guarantor.simulate.compiled import compiled, part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from guarantor.simulate.setup import Counts, Numbers

    Words = NDArray[np.uint64]

BLOCK = 1024
"""Futures in a block; a power of two, so that strata and jitter are exact in binary."""

_FIRST_FACTOR, _SECOND_FACTOR = np.uint64(0xD2E7470EE14C6C93), np.uint64(0xCA5A826395121157)
_FIRST_STEP, _SECOND_STEP = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xBB67AE8584CAA73B)
_HALF, _LOW_HALF = np.uint64(32), np.uint64(0xFFFFFFFF)

_PLACE = np.uint64(BLOCK - 1)
_STRATUM = np.uint64(64 - (BLOCK - 1).bit_length())
_JITTER = np.uint64(52 - (BLOCK - 1).bit_length())
_DROPPED = np.uint64(64) - _JITTER


def stream_key(seed: int, name: str) -> tuple[int, int]:
    """Return the key of a named stream: a hash of seed and name, as two numbers of 64 bits."""
    key = blake2b(f"{seed}/{name}".encode(), digest_size=16).digest()
    return int.from_bytes(key[:8], "little"), int.from_bytes(key[8:], "little")


def hypercubes(keys: Sequence[tuple[int, int]], block: int) -> Numbers:
    """Return a block of draws in (0, 1) for each key, [keys, 1 024], read-only.

    Exactly one lies in each 1 024th. A block takes 512 steps of the counter and begins at its
    number times 2¹⁹², so that blocks never meet.
    """
    found = np.empty((len(keys), BLOCK))
    _fill(np.array(keys, np.uint64).reshape(-1, 2), np.uint64(block), found)
    found.setflags(write=False)
    return found


@compiled
def _fill(keys: Words, block: np.uint64, found: Numbers) -> None:
    raw, sorted_ = np.empty(2 * BLOCK, np.uint64), np.empty(BLOCK, np.uint64)
    starts = np.empty(BLOCK + 1, np.int64)
    for row in range(keys.shape[0]):
        _philox(keys[row, 0], keys[row, 1], block, raw)
        _sort(raw, starts, sorted_)
        for i in range(BLOCK):
            # 10 bits of stratum and 42 of jitter, and a half: 53 bits, so that nothing is rounded.
            whole = (sorted_[i] & _PLACE) << _JITTER | raw[BLOCK + i] >> _DROPPED
            found[row, i] = (np.float64(whole) + 0.5) * 2.0**-52


@part
def _philox(first: np.uint64, second: np.uint64, block: np.uint64, raw: Words) -> None:
    """Fill the raw numbers of a block, four for each step of the counter."""
    for step in range(raw.shape[0] // 4):
        a, b, c, d = np.uint64(step + 1), np.uint64(0), np.uint64(0), block
        one, other = first, second
        for _ in range(10):
            high, low = _high(_FIRST_FACTOR, a), _FIRST_FACTOR * a
            a, b = _high(_SECOND_FACTOR, c) ^ b ^ one, _SECOND_FACTOR * c
            c, d = high ^ d ^ other, low
            one += _FIRST_STEP
            other += _SECOND_STEP
        raw[4 * step], raw[4 * step + 1], raw[4 * step + 2], raw[4 * step + 3] = a, b, c, d


@part
def _high(a: np.uint64, b: np.uint64) -> np.uint64:
    """Return the upper half of a product, from the four products of halves."""
    a_low, a_high, b_low, b_high = a & _LOW_HALF, a >> _HALF, b & _LOW_HALF, b >> _HALF
    crossed = a_low * b_high
    middle = (a_low * b_low >> _HALF) + (crossed & _LOW_HALF) + a_high * b_low
    return a_high * b_high + (crossed >> _HALF) + (middle >> _HALF)


@part
def _sort(raw: Words, starts: Counts, found: Words) -> None:
    """Sort the first numbers by their upper 54 bits, with the place of each in its low bits.

    With the place no two are equal. Each goes to the part of the row that its first ten bits name,
    where few others stand, and from there it has not far to go.
    """
    starts[:] = 0
    for i in range(BLOCK):
        starts[np.int64(raw[i] >> _STRATUM) + 1] += 1
    for i in range(BLOCK):
        starts[i + 1] += starts[i]
    for i in range(BLOCK):
        stratum = np.int64(raw[i] >> _STRATUM)
        found[starts[stratum]] = raw[i] & ~_PLACE | np.uint64(i)
        starts[stratum] += 1
    for i in range(1, BLOCK):
        number, at = found[i], i
        while at > 0 and found[at - 1] > number:
            found[at] = found[at - 1]
            at -= 1
        found[at] = number
