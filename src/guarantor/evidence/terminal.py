"""Shows verdicts, the list of models and the page of one on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.padding import Padding
from rich.table import Table
from rich.text import Text as Line

from guarantor.evidence.appendix import NO_CASE, case_line
from guarantor.evidence.catalogue import OWN
from guarantor.evidence.given import REPRODUCED
from guarantor.evidence.validate import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rich.console import Console

    from guarantor.evidence.appendix import Equation, ModelPage
    from guarantor.evidence.catalogue import RestingFigure
    from guarantor.evidence.validate import Report, Verdict

LONGEST_NUMBERS = 34
"""Characters of a list of numbers beyond which the rest of it is left out."""

MEANS = {
    "published": "the number is printed",
    "derived-from-published-parameters": "arithmetic on printed inputs",
    "computed-from-published-data": "a run on the authors' data: guards against regressions",
    "own-example-of-published-formula": "our numbers in a published formula: a unit test",
}


def print_report(report: Report, console: Console) -> None:
    """Print one line for each row, then all that is wrong, the sources and the totals."""
    sources = list(dict.fromkeys(each.source for each in report.verdicts if each.source))
    numbered = {source: f"[{place}]" for place, source in enumerate(sources, 1)}
    grid = _grid("case", "model", ">published", ">computed", "tolerance", "", "basis", "source")
    for verdict in report.verdicts:
        line = case_line(verdict)
        model = f"{verdict.model} (ours)" if verdict.equation == OWN else verdict.model
        grid.add_row(
            *map(Line, (line.case, model, _short(line.expected), _short(line.computed))),
            *map(Line, (line.tolerance, line.outcome, line.kind)),
            Line(numbered.get(verdict.source, "none")),
        )
    console.print(grid)
    _print_list("Sources", (f"{numbered[source]} {source}" for source in sources), console)
    told = [_told(verdict) for verdict in report.verdicts if verdict.message]
    _print_list("To be looked at", told, console)
    marked = (
        f"{_place(each)}: {mark}" for each in report.verdicts for mark in dict.fromkeys(each.marks)
    )
    _print_list("Outside validity †", marked, console)
    console.print()
    for sentence in totals(report):
        console.print(Line(sentence))


def totals(report: Report) -> Iterable[str]:
    """Yield the totals, the four kinds of basis apart."""
    yield f"{len(report.verdicts)} rows, {report.reproduced} of them reproduced."
    for basis, tally in report.by_basis.items():
        called = "called" if basis in REPRODUCED else "not called"
        yield (
            f"  {basis}: {tally.within} of {tally.rows} within ({tally.second_hand} read second "
            f"hand); {MEANS[basis]}; {called} reproduced."
        )
    bad = {name: count for name, count in report.outcomes.items() if name is not Outcome.WITHIN}
    yield f"  Not within: {', '.join(f'{count} {name}' for name, count in bad.items())}."


def print_list(topics: Mapping[str, Iterable[ModelPage]], console: Console) -> None:
    """Print the models by topic: name, what each says, whose it is, how many cases test it."""
    for topic, pages in topics.items():
        console.print(Line(topic, style="bold"))
        grid = _grid("model", "says", "basis", ">reproduced", ">other cases")
        for page in pages:
            others = len(page.cases) - page.reproduced
            grid.add_row(
                Line(page.name),
                Line(page.title),
                Line(page.basis),
                Line(str(page.reproduced)),
                Line(str(others)),
            )
        console.print(grid)
        console.print()
    console.print(Line("More on one of them: guarantor models NAME"))


def print_page(page: ModelPage, console: Console) -> None:
    """Print everything that is known of a model."""
    console.print(Line(f"{page.name} · {page.topic} · {page.basis}", style="bold"))
    if page.uses:
        console.print(Line(f"Built on {', '.join(page.uses)}."))
    for equation in page.equations:
        _print_equation(equation, console)
    console.print()
    console.print(Line("Published cases", style="bold"))
    if page.cases:
        _print_cases(page, console)
    else:
        console.print(Line(NO_CASE))
    if page.figures is not None:
        _print_figures(page.figures, console)


def _print_equation(equation: Equation, console: Console) -> None:
    console.print()
    console.print(Line(equation.title))
    console.print()
    for line in equation.plain.split("; "):
        console.print(Padding(Line(line), (0, 0, 0, 4)))
    console.print()
    grid = _grid("symbol", "name", "unit", "meaning", "has a meaning", "valid")
    for each in equation.inputs:
        words = (each.plain, each.name, each.unit, each.meaning, each.domain, each.validity)
        grid.add_row(*map(Line, words))
    for each in equation.outputs:
        grid.add_row(*map(Line, (each.plain, each.name, each.unit, f"result: {each.meaning}")))
    console.print(grid)
    if equation.labels:
        _print_said("Not read", f"case files also carry {', '.join(equation.labels)}.", console)
    if equation.also:
        _print_said("Also called as", "; ".join(equation.also), console)
    _print_said("Validity", equation.validity, console)
    for trap in equation.traps:
        _print_said("Trap", trap, console)
    for each in equation.inputs:
        if each.flat:
            _print_said(f"Flat in {each.name}", each.flat, console)
    if equation.unconfirmed:
        _print_said("Not confirmed", equation.unconfirmed, console)
    _print_said("Source", equation.citation, console)


def _print_cases(page: ModelPage, console: Console) -> None:
    grid = _grid("case", "inputs", ">published", ">computed", "tolerance", "", "basis")
    for case in page.cases:
        words = (case.case, _short(case.inputs, 60), _short(case.expected), _short(case.computed))
        grid.add_row(*map(Line, (*words, case.tolerance, case.outcome, case.kind)))
    console.print(grid)
    for case in page.cases:
        _print_said(case.case, case.source, console)


def _print_figures(figures: Sequence[RestingFigure], console: Console) -> None:
    console.print()
    console.print(Line("Figures of the case that rest on it", style="bold"))
    if not figures:
        console.print(Line("None."))
        return
    grid = _grid("question", "figure", ">value", "unit", "validity")
    for figure in figures:
        valid = "outside †" if figure.outside else "inside"
        words = (figure.question, figure.label, figure.words, figure.unit, valid)
        grid.add_row(*map(Line, words))
    console.print(grid)
    outside = dict.fromkeys(finding for figure in figures for finding in figure.outside)
    for finding in outside:
        _print_said("†", finding, console)


def _print_said(label: str, words: str, console: Console) -> None:
    console.print(Line.assemble((f"{label}: ", "bold"), words))


def _print_list(title: str, lines: Iterable[str], console: Console) -> None:
    listed = list(lines)
    if listed:
        console.print()
        console.print(Line(title, style="bold"))
        for line in listed:
            console.print(Padding(Line(line), (0, 0, 0, 2)))


def _told(verdict: Verdict) -> str:
    case = f"{verdict.case} {verdict.model}".strip()
    return f"{_place(verdict)}: {case + ': ' if case else ''}{verdict.outcome}: {verdict.message}"


def _place(verdict: Verdict) -> str:
    return f"{verdict.file}:{verdict.line}"


def _short(text: str, longest: int = LONGEST_NUMBERS) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _grid(*columns: str) -> Table:
    grid = Table(box=SIMPLE_HEAD, show_edge=False, pad_edge=False)
    for column in columns:
        name = column.removeprefix(">")
        grid.add_column(name, justify="right" if column != name else "left", overflow="fold")
    return grid
