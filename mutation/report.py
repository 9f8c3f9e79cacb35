"""Keeps the results in the README, and the explanations of mutants that no test can notice."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.report import with_results

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

README = Path(__file__).with_name("README.md")
EXPLAINED = Path(__file__).with_name("explained.csv")


def explanations() -> dict[str, str]:
    """Return why a mutant may survive, by its key."""
    with EXPLAINED.open(encoding="utf-8", newline="") as file:
        return {row["mutant"]: row["why"] for row in csv.DictReader(file)}


def results(
    tried: Mapping[str, int], survivors: Iterable[str], explained: Mapping[str, str]
) -> str:
    """Return the table of files and the list of survivors as Markdown."""
    left = list(survivors)
    lines = ["| file | mutants | killed | survive |", "| --- | --: | --: | --: |"]
    for file, count in tried.items():
        here = sum(key.startswith(f"{file} ") for key in left)
        lines.append(f"| {file} | {count} | {count - here} | {here} |")
    total = sum(tried.values())
    lines.append(f"| all | {total} | {total - len(left)} | {len(left)} |")
    lines.append("")
    lines += [f"- `{key}`: {explained.get(key, '**not explained**')}" for key in left]
    return "\n".join(lines).rstrip() + "\n"


def write(text: str) -> None:
    """Renew the results in the README."""
    page = README.read_text(encoding="utf-8")
    README.write_text(with_results(page, text), encoding="utf-8")
