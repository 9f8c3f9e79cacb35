"""The words of the project and their meanings: one list for code, pages and documents.

`python -m guarantor.glossary` prints it as Markdown.
"""

from __future__ import annotations

import csv
import re
import sys
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from enum import StrEnum

_IN_BRACKETS = re.compile(r".* \((?P<closed_list>.*)\)")
_CAMEL_CASE = re.compile(r"(?<!^)(?=[A-Z])")

_PREFACE = """\
# Glossary

Generated from `src/guarantor/glossary.csv` by `python -m guarantor.glossary > docs/glossary.md`.

Use these words and no synonyms. *Own term* means that the word, or the meaning given here, is this
project's. *Working knowledge, to be checked* means that no publication has been read for it yet.
"""


@dataclass(frozen=True, slots=True)
class Term:
    """A word, what it means here, and who says so.

    A word of a closed list bears the name of the list in brackets: "signalled (rung)".
    """

    term: str
    meaning: str
    source: str

    @property
    def closed_list(self) -> str:
        """Name of the closed list that the word belongs to; blank when it belongs to none."""
        found = _IN_BRACKETS.fullmatch(self.term)
        return found["closed_list"] if found else ""


@cache
def glossary() -> Mapping[str, Term]:
    """Return every term by name: first the words in general, then the closed lists in order."""
    text = resources.files("guarantor").joinpath("glossary.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return MappingProxyType({row["term"]: Term(**row) for row in rows})


def list_name(words: type[StrEnum]) -> str:
    """Return what the glossary calls a closed list: "gate rule" for GateRule."""
    return _CAMEL_CASE.sub(" ", words.__name__).lower()


def term_of(word: StrEnum) -> Term:
    """Return the term of a word of a closed list; raises KeyError when it has none."""
    return glossary()[f"{word.value.replace('_', ' ')} ({list_name(type(word))})"]


def markdown() -> str:
    """Return the glossary as a Markdown page, one table for each closed list."""
    return "".join(_lines())


def _lines() -> Iterator[str]:
    terms = glossary()
    yield _PREFACE
    for closed_list, members in groupby(terms.values(), lambda term: term.closed_list):
        yield f"\n## {closed_list.capitalize() or 'Words'}\n"
        if closed_list:
            yield f"\n{terms[closed_list].meaning}\n"
        yield "\n| term | meaning | source |\n| --- | --- | --- |\n"
        for term in members:
            word = term.term.removesuffix(f" ({closed_list})")
            yield f"| **{word}** | {term.meaning} | {term.source} |\n"


def main() -> None:
    """Print the glossary as Markdown, in UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(markdown().encode())


if __name__ == "__main__":
    main()
