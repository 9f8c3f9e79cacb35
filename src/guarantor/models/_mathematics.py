"""Writes Typst mathematics as one line of plain text, for terminals, messages and tables."""

from __future__ import annotations

import re

_TOKENS = re.compile(r'"(?P<words>[^"]*)"|(?P<name>[A-Za-z]+(?:\.[a-z]+)*)|(?P<sign><=|>=|!=|.)')

_NAMES = {
    "alpha": "α",
    "beta": "β",
    "lambda": "λ",
    "mu": "μ",
    "phi": "φ",
    "rho": "ρ",
    "sigma": "σ",
    "theta": "θ",
    "sum": "Σ",
    "product": "Π",
    "dot": "·",
    "in": "∈",
    "in.not": "∉",
    "subset": "⊂",
    "union": "∪",
    "plus.minus": "±",
    "quad": " ",
    "overline": "mean",
    "cases": "",
}
_SIGNS = {"<=": "≤", ">=": "≥", "!=": "≠", "-": "−", "\\": ";", "&": " "}


def plain(mathematics: str) -> str:
    """Return Typst mathematics as plain text: Greek letters and signs as such, words unquoted.

    Lines are parted by semicolons. What has no sign of its own keeps Typst's spelling, which
    people can read: `t_s / (T_F + T_A)`.
    """
    written = "".join(_written(token) for token in _TOKENS.finditer(mathematics))
    return re.sub(r" (?=[;,])", "", " ".join(written.split()))


def _written(token: re.Match[str]) -> str:
    if token["words"] is not None:
        return token["words"]
    if token["name"] is not None:
        return _NAMES.get(token["name"], token["name"])
    return _SIGNS.get(token["sign"], token["sign"])
