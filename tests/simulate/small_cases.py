"""Random small setups: valid by the words of setup.py, and full of what can go wrong in a month.

The same builder serves hypothesis, which can make what fails smaller, and a plain seeded sequence.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, log
from random import Random
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import strategies as st

from guarantor.simulate.setup import NO_MONTH, Futures, PhaseCode, Reason, Structure, WhatIf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FAR = 10_000
"""A month that never comes: of the gate that is refused, of the contribution without an end."""


@dataclass(frozen=True)
class SmallCase:
    structure: Structure
    futures: Futures
    what_if: WhatIf


def flags(each: Iterator[bool]) -> np.ndarray:
    return np.array(list(each), np.bool_)


def counts(each: Iterator[int]) -> np.ndarray:
    return np.array(list(each), np.int64)


def numbers(each: Iterator[float]) -> np.ndarray:
    return np.array(list(each), np.float64)


def table_order(random: Random, capabilities: list[int], needs: list[tuple[int, int]]) -> list[int]:
    """Capabilities of the lines in an order in which enablers stand before what needs them."""
    waiting, order = list(capabilities), []
    while waiting:
        ready = [
            each for each in waiting if not any(by == each and of in waiting for by, of in needs)
        ]
        order.append(random.choice(ready))
        waiting.remove(order[-1])
    return order


def month(random: Random, months: int) -> int:
    """A month before, in or after the run."""
    return random.randint(0, months + 2)


def small_case(random: Random, most_futures: int = 16, whole: bool | None = None) -> SmallCase:
    """Build one case; with whole numbers and halves many ties arise, else hardly any."""
    whole = random.random() < 0.3 if whole is None else whole

    def amount(most: float) -> float:
        if whole:
            return random.choice((0, 1, 2, 3, 5, 8)) * most / 8
        return round(random.uniform(0, most), 4)

    def chance(share: float) -> bool:
        return random.random() < share

    months, n = random.randint(1, 30), random.randint(1, 5)
    c, p, count = random.randint(1, 8), random.randint(0, 4), random.randint(1, most_futures)
    names = random.sample(range(3), random.randint(1, 3))
    lines = [random.choice(names) for _ in range(random.randint(1, 5))]
    present = sorted(set(lines), key=names.index)
    needs = [(by, of) for i, by in enumerate(present) for of in present[:i] if chance(0.6)]
    stand_ins = [(a, b) for a in present for b in present if a != b and chance(0.3)]
    lines = table_order(random, lines, needs)
    offered = [random.choice(names) for _ in range(c)]
    nation = [random.randrange(n) for _ in range(c)]
    owner = [random.randrange(n) for _ in range(p)]
    pairs = []
    for capability in lines:
        fitting = [k for k in range(c) if offered[k] == capability and chance(0.85)]
        pairs.append(random.sample(fitting, len(fitting)))
    kinds = [random.choice(("deploy", "deploy", "transfer", "share")) for _ in range(c)]
    has_number = [chance(0.8) for _ in lines]
    firsts = [0 if chance(0.6) else month(random, months) for _ in lines]

    def drawn_from(k: int) -> int:
        own = [each for each in range(p) if owner[each] == nation[k]]
        return random.choice(own) if own and chance(0.7) else NO_MONTH

    structure = Structure(
        months=months,
        ceasefire=chance(0.7),
        people_bin=random.choice((1.0, 250.0, 1000.0)),
        leaves=flags(chance(0.85) for _ in range(n)),
        weight=numbers(random.choice((0.0, 1.0, random.random())) for _ in range(n)),
        gated_nation=flags(chance(0.6) for _ in range(n)),
        commander=random.randrange(n) if chance(0.7) else NO_MONTH,
        supporter=random.randrange(n) if chance(0.7) else NO_MONTH,
        nation=counts(nation),
        pool=counts(drawn_from(k) for k in range(c)),
        ends=counts(FAR if chance(0.7) else month(random, months) for _ in range(c)),
        transfer=flags(kind == "transfer" for kind in kinds),
        moves=flags(kind == "deploy" for kind in kinds),
        gated=flags(chance(0.5) for _ in range(c)),
        needs_support=flags(chance(0.25) for _ in range(c)),
        needs_ceasefire=flags(chance(0.25) for _ in range(c)),
        counted=flags(chance(0.8) for _ in range(c)),
        rotates=flags(chance(0.7) for _ in range(p)),
        capability=counts(lines),
        starts=counts(firsts),
        line_ends=counts(
            FAR if chance(0.7) else first + random.randint(0, months) for first in firsts
        ),
        phase=counts(
            PhaseCode.ALWAYS if chance(0.6) else random.choice(tuple(PhaseCode)) for _ in lines
        ),
        host_soil=flags(chance(0.6) for _ in lines),
        has_number=np.array(has_number),
        pair_start=counts(sum(map(len, pairs[:line])) for line in range(len(lines) + 1)),
        pair=counts(k for row in pairs for k in row),
        pair_reason=counts(
            random.choice((Reason.CAVEAT, Reason.CONDITION)) if chance(0.08) else NO_MONTH
            for row in pairs
            for _ in row
        ),
        need_by=counts(by for by, _ in needs),
        need_of=counts(of for _, of in needs),
        stand_for=counts(missing for missing, _ in stand_ins),
        stand_by=counts(other for _, other in stand_ins),
    )

    def drawn(rows: int, draw: Callable[[int], float], kind: type = np.float64) -> np.ndarray:
        values = [[draw(row) for _ in range(count)] for row in range(rows)]
        return np.array(values, kind).reshape(rows, count)

    def one(draw: Callable[[], float], kind: type = np.float64) -> np.ndarray:
        return np.array([draw() for _ in range(count)], kind)

    size = [random.choice((4.0, 16.0, 8000.0)) for _ in range(3)]
    quantity = drawn(c, lambda k: 0.0 if chance(0.1) else amount(size[offered[k]]))
    comes = drawn(c, lambda _: 0.0 if chance(0.1) else random.choice((0.5, 1.0, amount(1.0))))
    scale = max(size) * max(1, c // 2)
    futures = Futures(
        quantity=quantity,
        delivered=quantity * comes,
        arrives=drawn(c, lambda _: 0 if chance(0.6) else month(random, months), np.int64),
        blocked=drawn(c, lambda _: chance(0.06), np.bool_),
        people_per_unit=drawn(
            c,
            lambda k: 1.0 if size[offered[k]] == 8000.0 else 0.0 if chance(0.2) else amount(4000.0),
        ),
        gate_month=drawn(n, lambda _: FAR if chance(0.1) else month(random, months), np.int64),
        leave_threshold=drawn(n, lambda _: -log(1.0 - random.random())),
        lapse_threshold=drawn(n, lambda _: -log(1.0 - random.random())),
        lapse_step=drawn(n, lambda _: amount(0.5)),
        leave_rate=one(lambda: 0.0 if chance(0.3) else amount(0.05)),
        follow_rate=one(lambda: amount(1.0)),
        follow_months=one(lambda: random.randint(0, 6), np.int64),
        renew_every=one(lambda: random.randint(1, 12), np.int64),
        usable=drawn(p, lambda _: inf if chance(0.2) else amount(random.choice((8.0, scale)))),
        tour=drawn(p, lambda _: random.randint(1, 15) if whole else random.uniform(1, 15)),
        rest=drawn(p, lambda _: random.randint(1, 40) if whole else random.uniform(1, 40)),
        overlap=one(lambda: random.choice((0.0, amount(2.0)))),
        lift=one(lambda: random.choice((amount(500.0), amount(8000.0), 1e6))),
        need=drawn(
            len(lines),
            lambda line: amount(size[lines[line]] * 1.5) if has_number[line] else inf,
        ),
        per_unit=drawn(len(needs), lambda _: amount(2.0)),
        factor=drawn(len(stand_ins), lambda _: amount(1.0)),
        handover=one(lambda: random.randint(0, 6), np.int64),
        unled=one(lambda: random.choice((0.0, 0.5, 1.0, amount(1.0)))),
        fail_rate=one(lambda: amount(1.5)),
        effect=one(lambda: random.choice((0.0, -amount(1.0), amount(0.1)))),
        fail_draw=one(random.random),
    )
    what_if = WhatIf(
        exit_month=counts(month(random, months) if chance(0.2) else NO_MONTH for _ in range(n)),
        followers=chance(0.8),
        breach_month=month(random, months) if chance(0.2) else NO_MONTH,
    )
    return SmallCase(structure, futures, what_if)


def small_cases(most_futures: int = 3) -> st.SearchStrategy[SmallCase]:
    """Cases for hypothesis, from draws that it can make smaller."""
    return st.builds(small_case, st.randoms(use_true_random=False), st.just(most_futures))


def seeded_cases(seed: int, count: int, most_futures: int = 16) -> Iterator[SmallCase]:
    """The same cases in every run."""
    random = Random(seed)
    for _ in range(count):
        yield small_case(random, most_futures)
