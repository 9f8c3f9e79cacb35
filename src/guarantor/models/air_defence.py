"""Air and missile defence at policy level: what leaks, and for how many arrivals stocks last.

Nothing here describes a fielded system: every chance and every stock is set by the user. Layers and
shots are taken as independent throughout, which is the assumption a reader should see first.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from guarantor.models._docstring import card_from

if TYPE_CHECKING:
    from collections.abc import Sequence


def any_leak_probability(leak: float, n: float) -> float:
    """Chance that at least one of several arrivals gets through.

    $ P = 1 - (1 - q)^n $

    Symbols:
        leak, $q$ [fraction]: chance that one arrival gets through; from 0 to 1; valid throughout
        n, $n$ [arrivals]: arrivals at one time; from 0; valid throughout
    Outputs:
        probability, $P$ [fraction]: chance that one or more get through
    Validity: Arrivals fail or get through independently of each other. A cause common to all of
        them, such as a blinded radar or an empty magazine, makes the true chance differ.
    Traps:
        A small leak is not a small chance: one in fifty over fifty arrivals is nearly two in three.
    Basis: published
    Source: Operations Research 30(3), 1982, p. 595 (independent layers of defence; abstract read).
    """
    return 1.0 - math.pow(1.0 - leak, n)


def no_leak_probability(n: float, pk: float) -> float:
    """Chance that every one of several arrivals is stopped.

    $ P = p^n $

    Symbols:
        n, $n$ [arrivals]: arrivals at one time; from 0; valid throughout
        pk, $p$ [fraction]: chance that one arrival is stopped; from 0 to 1; valid throughout
    Outputs:
        probability, $P$ [fraction]: chance that none gets through
    Validity: Arrivals are stopped independently of each other, and none finds the magazine empty.
    Traps:
        Four in five each is not four in five together: of eight arrivals all are stopped one time
            in six.
    Unconfirmed: The published figure was read in a commentary, not in the study it draws on.
    Basis: published
    Source: Operations Research 30(3), 1982, p. 595 (independent layers of defence; abstract
        read); the case of eight arrivals at 80 % is in L. AuCoin, 11 November 2009,
        https://thelesaucoin.wordpress.com/2009/11/11/.
    """
    return math.pow(pk, n)


def layered_survival_moments(n: float, layer_pk: Sequence[float]) -> tuple[float, float]:
    """Expected number of arrivals that pass every layer, and how far it scatters.

    $ q = product_k (1 - p_k), quad mu = n q, quad sigma^2 = n q (1 - q) $

    Symbols:
        n, $n$ [arrivals]: arrivals at one time; from 0; valid throughout
        layer_pk, $p_k$ [fraction]: chance that layer k stops an arrival that reaches it;
            from 0 to 1; valid throughout
    Outputs:
        mean, $mu$ [arrivals]: arrivals expected to get through
        variance, $sigma^2$ [arrivals²]: variance of the number that gets through
    Validity: Layers work independently, and each can engage everything that reaches it. The number
        that gets through is then binomial.
    Traps:
        Layers that share a sensor or a command post fail together; their product is too hopeful.
        Saturation is not in it: see the share served.
    Basis: published
    Source: Operations Research 30(3), 1982, p. 595 (independent layers of defence; abstract read).
    """
    leak = 1.0
    for stopped in layer_pk:
        leak *= 1.0 - stopped
    return n * leak, n * leak * (1.0 - leak)


def salvo_kill(
    interceptors: float, shots_per_target: float, single_shot_pk: float
) -> tuple[float, float]:
    """How many arrivals a stock can engage in salvoes, and the chance that a salvo stops one.

    $ T = floor(I / m), quad P = 1 - (1 - p)^m $

    Symbols:
        interceptors, $I$ [interceptors]: interceptors ready to fire; from 0; valid throughout;
            flat because what is left over after whole salvoes engages nothing
        shots_per_target, $m$ [interceptors]: interceptors fired at one arrival; from 1;
            valid throughout
        single_shot_pk, $p$ [fraction]: chance that one interceptor stops it; from 0 to 1;
            valid throughout
    Outputs:
        targets_engaged, $T$ [arrivals]: arrivals that can be engaged before the stock is empty
        kill_probability, $P$ [fraction]: chance that a salvo stops its arrival
    Validity: All of a salvo is fired before its effect is seen, and its shots are independent.
    Traps:
        More shots at each arrival raise the second figure and lower the first.
    Unconfirmed: The published figures were read in a commentary.
    Basis: published
    Source: Commentary at sofrep.com (secondary): 44 interceptors, four for each of 11 arrivals, a
        quarter each; independent shots as in Operations Research 30(3), 1982, p. 595.
    """
    return interceptors // shots_per_target, 1.0 - math.pow(1.0 - single_shot_pk, shots_per_target)


def share_served(n: float, interceptors: float, shots_per_target: float) -> float:
    """Share of the arrivals that a stock can engage at all.

    $ s = min(1, floor(I / m) / n) $

    Symbols:
        n, $n$ [arrivals]: arrivals until the stock is renewed; above 0; valid throughout;
            flat because a stock that suffices serves them all
        interceptors, $I$ [interceptors]: interceptors ready to fire; from 0; valid throughout;
            flat because what is left over after whole salvoes engages nothing
        shots_per_target, $m$ [interceptors]: interceptors fired at one arrival; from 1;
            valid throughout; flat because only whole salvoes count
    Outputs:
        share, $s$ [fraction]: share of arrivals at which a whole salvo can be fired
    Validity: Nothing is fired twice at the same arrival and nothing is held back.
    Traps:
        Engaged is not stopped. Arrivals beyond this share meet no defence at all.
    Basis: ours
    Source: Our own derivation: the salvoes in the magazine over the arrivals.
    """
    return min(1.0, (interceptors // shots_per_target) / n)


CARDS = (
    card_from(any_leak_probability),
    card_from(no_leak_probability),
    card_from(layered_survival_moments),
    card_from(salvo_kill),
    card_from(share_served),
)
