"""Claims rules: how an estate that cannot meet every claim is divided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from guarantor.methods._inputs import Inputs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray


def proportional(estate: float, claims: Sequence[float]) -> list[float]:
    """Each receives the same share of its claim.

    $ x_i = e d_i / (sum_j d_j) $

    Symbols:
        estate, $e$ [same as claims]: what there is to divide; from 0; valid throughout
        claims, $d_i$ [any]: what each claims; from 0; valid throughout
    Outputs:
        award, $x_i$ [same as claims]: what each receives, in the order of the claims
    Validity: The estate is at most the sum of the claims.
    Basis: published
    Source: O'Neill 1982, A problem of rights arbitration from the Talmud, Mathematical Social
        Sciences 2; case from cran/GameTheory, anglerfish quota.
    """
    whole, wanted = _claims_problem("proportional", estate, claims)
    total = wanted.sum()
    return _plain(whole * wanted / total if total > 0 else wanted)


def constrained_equal_awards(estate: float, claims: Sequence[float]) -> list[float]:
    """All receive the same, but nobody more than it claims.

    $ x_i = min(d_i, lambda), quad sum_i x_i = e $

    Symbols:
        estate, $e$ [same as claims]: what there is to divide; from 0; valid throughout
        claims, $d_i$ [any]: what each claims; from 0; valid throughout; flat because a claim above
            the common award is not met further by being larger
    Outputs:
        award, $x_i$ [same as claims]: what each receives, in the order of the claims
    Validity: The estate is at most the sum of the claims.
    Basis: published
    Source: Aumann and Maschler 1985, Game theoretic analysis of a bankruptcy problem from the
        Talmud, Journal of Economic Theory 36; case from cran/GameTheory, anglerfish quota.
    """
    whole, wanted = _claims_problem("constrained_equal_awards", estate, claims)
    return _plain(_equal_awards(whole, wanted))


def constrained_equal_losses(estate: float, claims: Sequence[float]) -> list[float]:
    """All lose the same, but nobody more than it claims.

    $ x_i = max(d_i - lambda, 0), quad sum_i x_i = e $

    Symbols:
        estate, $e$ [same as claims]: what there is to divide; from 0; valid throughout
        claims, $d_i$ [any]: what each claims; from 0; valid throughout; flat because a claim below
            the common loss is lost whole
    Outputs:
        award, $x_i$ [same as claims]: what each receives, in the order of the claims
    Validity: The estate is at most the sum of the claims.
    Traps:
        Small claimants may receive nothing.
    Basis: published
    Source: Aumann and Maschler 1985, Game theoretic analysis of a bankruptcy problem from the
        Talmud, Journal of Economic Theory 36; case from cran/GameTheory, anglerfish quota.
    """
    whole, wanted = _claims_problem("constrained_equal_losses", estate, claims)
    return _plain(_equal_losses(whole, wanted))


def talmud(estate: float, claims: Sequence[float]) -> list[float]:
    """Equal awards up to half of each claim; beyond that, equal losses down to half of it.

    $ x_i = cases(min(d_i / 2, lambda) & "if" e <= 1/2 sum_j d_j,
      d_i - min(d_i / 2, lambda) & "otherwise") $

    Symbols:
        estate, $e$ [same as claims]: what there is to divide; from 0; valid throughout
        claims, $d_i$ [any]: what each claims; from 0; valid throughout; flat because a claim whose
            half is not reached gains nothing by being larger
    Outputs:
        award, $x_i$ [same as claims]: what each receives, in the order of the claims
    Validity: The estate is at most the sum of the claims. The award is the nucleolus of the
        bankruptcy game.
    Basis: published
    Source: Aumann and Maschler 1985, Game theoretic analysis of a bankruptcy problem from the
        Talmud, Journal of Economic Theory 36.
    """
    whole, wanted = _claims_problem("talmud", estate, claims)
    half = wanted / 2.0
    if whole <= half.sum():
        return _plain(_equal_awards(whole, half))
    return _plain(half + _equal_losses(whole - half.sum(), half))


def _claims_problem(
    rule: str, estate: float, claims: Sequence[float]
) -> tuple[float, NDArray[np.float64]]:
    inputs = Inputs(rule)
    wanted = inputs.vector("claims", claims, low=0.0)
    whole = inputs.number("estate", estate, low=0.0, high=float(wanted.sum()))
    inputs.done()
    return whole, wanted


def _equal_awards(estate: float, claims: NDArray[np.float64]) -> NDArray[np.float64]:
    """Meet the smallest claims in full for as long as the rest could still receive as much."""
    award = np.zeros_like(claims)
    left = estate
    order = np.argsort(claims, kind="stable")
    for place, claimant in enumerate(order):
        award[claimant] = min(claims[claimant], left / (len(order) - place))
        left -= award[claimant]
    return award


def _equal_losses(estate: float, claims: NDArray[np.float64]) -> NDArray[np.float64]:
    """Losses are awards of what is missing: the two rules are each other's dual."""
    return claims - _equal_awards(float(claims.sum()) - estate, claims)


def _plain(award: NDArray[np.float64]) -> list[float]:
    return [float(each) for each in award]
