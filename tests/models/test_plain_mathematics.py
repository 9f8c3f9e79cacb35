"""Typst mathematics is written as one line of plain text that people can read."""

from __future__ import annotations

import pytest

from guarantor.models._mathematics import plain


@pytest.mark.parametrize(
    ("typst", "text"),
    [
        ("n = (d + h) / d", "n = (d + h) / d"),
        ("m - p", "m − p"),
        ("F = rho P / 1000", "F = ρ P / 1000"),
        ("alpha beta lambda mu phi sigma theta", "α β λ μ φ σ θ"),
        ("A = 12 dot 1000 C / M", "A = 12 · 1000 C / M"),
        ("sum_j C_j, quad product_k p_k", "Σ_j C_j, Π_k p_k"),
        ("F = q L \\ P = n F", "F = q L; P = n F"),
        ('r_"USA" / t_"USA"', "r_USA / t_USA"),
        ("x <= y >= z != 0", "x ≤ y ≥ z ≠ 0"),
        ("i in S, j in.not S, A subset B, S union i", "i ∈ S, j ∉ S, A ⊂ B, S ∪ i"),
        ("plus.minus overline(f)_a", "± mean(f)_a"),
        ('cases(a & "if" e <= 1, b & "otherwise")', "(a if e ≤ 1, b otherwise)"),
        ("min(d_i, lambda)", "min(d_i, λ)"),
        ("exp(-h t)", "exp(−h t)"),
        ("", ""),
    ],
)
def test_signs_and_letters_are_written_as_such(typst, text):
    assert plain(typst) == text
