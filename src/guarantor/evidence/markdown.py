"""The appendix of equations as a Markdown page.

`python -m guarantor.evidence.markdown` prints it.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING

from guarantor.evidence.appendix import NO_CASE, PREFACE, pages_by_topic

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guarantor.evidence.appendix import Equation, ModelPage, SymbolLine
    from guarantor.evidence.catalogue import RestingFigure

LONGEST_CELL = 160
"""Characters of a cell beyond which the rest of a matrix is left out."""

HEAD = """\
# Models

The page is made from the docstrings of the models: `guarantor models -o FOLDER` writes it, and the
same typeset as PDF.
"""


def markdown(topics: Mapping[str, Sequence[ModelPage]]) -> str:
    """Return the pages of all topics as one Markdown page."""
    return "".join(f"{line}\n" for line in _lines(topics))


def _lines(topics: Mapping[str, Sequence[ModelPage]]) -> Iterator[str]:
    yield HEAD
    for paragraph in PREFACE:
        yield f"{paragraph}\n"
    for topic, pages in topics.items():
        links = ", ".join(f"[{page.name}](#{page.name})" for page in pages)
        yield f"- [{topic}](#{_anchor(topic)}): {links}"
    for topic, pages in topics.items():
        yield f"\n## {topic}"
        for page in pages:
            yield from _page(page)


def _page(page: ModelPage) -> Iterator[str]:
    yield f"\n### {page.name}"
    built = f", built on {', '.join(f'[{name}](#{name})' for name in page.uses)}"
    yield f"\n*{page.basis.capitalize()}*{built if page.uses else ''}."
    for equation in page.equations:
        yield from _equation(equation)
    if page.cases:
        yield ""
        yield from _table(
            ("case", "inputs", "expected", "computed", "tolerance", "", "basis", "source"),
            (
                (
                    case.case,
                    case.inputs,
                    case.expected,
                    case.computed,
                    case.tolerance,
                    case.outcome,
                    case.kind,
                    case.source,
                )
                for case in page.cases
            ),
        )
    else:
        yield f"\n{NO_CASE}"
    if page.figures is not None:
        yield from _figures(page.figures)


def _equation(equation: Equation) -> Iterator[str]:
    yield f"\n{equation.title}\n"
    for line in equation.plain.split("; "):
        yield f"    {line}"
    yield ""
    yield from _table(
        ("symbol", "name", "unit", "meaning", "has a meaning", "valid"),
        (*map(_symbol, equation.inputs), *map(_result, equation.outputs)),
    )
    if equation.labels:
        yield f"\nCase files also carry {', '.join(equation.labels)}, which no equation reads."
    for names in equation.also:
        yield f"\nAlso called as {names}."
    yield f"\n**Validity.** {equation.validity}"
    if equation.traps:
        yield "\n**Traps.**\n"
        yield from (f"- {trap}" for trap in equation.traps)
    if equation.unconfirmed:
        yield f"\n**Not confirmed.** {equation.unconfirmed}"
    yield f"\n**Source.** {equation.citation}"


def _symbol(line: SymbolLine) -> tuple[str, ...]:
    flat = f". Flat: a small change may move nothing, {line.flat}" if line.flat else ""
    meaning = f"{line.meaning}{flat}"
    return f"`{line.plain}`", line.name, line.unit, meaning, line.domain, line.validity


def _result(line: SymbolLine) -> tuple[str, ...]:
    return f"`{line.plain}`", f"**{line.name}**", line.unit, f"result: {line.meaning}", "", ""


def _figures(figures: Sequence[RestingFigure]) -> Iterator[str]:
    if not figures:
        yield "\nNo figure of the case rests on it."
        return
    yield f"\n**Figures of the case that rest on it:** {len(figures)}.\n"
    yield from _table(
        ("question", "figure", "value", "validity"),
        (
            (
                each.question,
                each.label,
                f"{each.words} {each.unit}",
                "; ".join(each.outside) or "inside",
            )
            for each in figures
        ),
    )


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(header)} |"
    yield f"|{' --- |' * len(header)}"
    for row in rows:
        yield f"| {' | '.join(_cell(text) for text in row)} |"


def _cell(text: str) -> str:
    shown = text if len(text) <= LONGEST_CELL or "http" in text else f"{text[:LONGEST_CELL]}…"
    return shown.replace("|", "\\|")


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9_-]", "", heading.lower().replace(" ", "-"))


def main() -> None:
    """Print the page as Markdown, in UTF-8 whatever the terminal speaks."""
    sys.stdout.buffer.write(markdown(pages_by_topic()).encode())


if __name__ == "__main__":
    main()
