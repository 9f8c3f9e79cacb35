"""The appendix of equations: what every card says, as data that terminals, pages and paper set.

There is one source, the docstring of each model. `model_page` turns its card into plain data;
Markdown and Typst are made from it beside this file, HTML by whoever shows it.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from guarantor.evidence.catalogue import TOPICS, basis_of, catalogue, find, topic_of, uses
from guarantor.evidence.given import REPRODUCED, Basis, bundled_cases
from guarantor.evidence.validate import Data, Outcome, validate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from guarantor.evidence.catalogue import RestingFigure
    from guarantor.evidence.validate import Report, Verdict
    from guarantor.models import Output, Symbol, Variant

NO_CASE = "No published case is at hand to hold it against."

SHORT: Mapping[str | None, str] = {
    Basis.PUBLISHED: "published",
    Basis.DERIVED: "derived",
    Basis.COMPUTED: "computed",
    Basis.OWN_EXAMPLE: "own example",
}
"""The kinds of basis as tables name them."""

_LARGEST_WHOLE = 1e12

PREFACE = (
    """\
Every equation by topic, with what its symbols mean, where it holds, whose it is, what it gives
for the published cases, and how it is misread. `guarantor validate` runs all cases again.""",
    """\
Two ranges stand beside each symbol. Outside the first the equation has no meaning and the model
refuses. Outside the second nothing supports it: the result stands, and it and every figure made
from it carry the mark † wherever they are shown.""",
    """\
A case is of one of four kinds, and only the first two are called reproduced: published, the
number is printed; derived, arithmetic on printed inputs; computed, a run on the authors' data that
guards against regressions; own example, our numbers put into a published formula. Quoted cases
were read second hand. A case on a data set that is not at hand is not run;
`guarantor validate --data FOLDER` runs it.""",
)


@dataclass(frozen=True, slots=True)
class SymbolLine:
    """One symbol: Typst notation, the same as plain text, and what an input may be."""

    name: str
    notation: str
    plain: str
    unit: str
    meaning: str
    domain: str = ""
    validity: str = ""
    flat: str = ""


@dataclass(frozen=True, slots=True)
class Equation:
    """One equation of a model. also: other names of its inputs and outputs in case files."""

    title: str
    mathematics: str
    plain: str
    inputs: tuple[SymbolLine, ...]
    outputs: tuple[SymbolLine, ...]
    labels: tuple[str, ...]
    also: tuple[str, ...]
    validity: str
    traps: tuple[str, ...]
    unconfirmed: str
    citation: str


@dataclass(frozen=True, slots=True)
class CaseLine:
    """One published case beside what the model gives, in words; kind: its basis in short."""

    case: str
    inputs: str
    expected: str
    computed: str
    tolerance: str
    outcome: str
    basis: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Everything that is known of a model. uses: models whose equations it calls in its own."""

    name: str
    topic: str
    basis: str
    uses: tuple[str, ...]
    equations: tuple[Equation, ...]
    cases: tuple[CaseLine, ...]
    figures: tuple[RestingFigure, ...] | None = None

    @property
    def title(self) -> str:
        """Return the first equation's sentence."""
        return self.equations[0].title

    @property
    def reproduced(self) -> int:
        """Return how many cases reproduce something printed."""
        return sum(
            case.outcome == Outcome.WITHIN and case.basis in REPRODUCED for case in self.cases
        )


def model_page(
    name: str, report: Report | None = None, figures: Sequence[RestingFigure] | None = None
) -> ModelPage:
    """Return the page of a model; raises Misuse when there is none of that name.

    report: the verdicts on the published cases, made anew when None; figures: those of a case that
    rest on it, None when nobody looked.
    """
    card = find(name)
    verdicts = (report or report_on()).verdicts
    return ModelPage(
        card.name,
        topic_of(card).title,
        basis_of(card),
        tuple(sorted(uses(card))),
        _equations(card.variants),
        tuple(case_line(verdict) for verdict in verdicts if verdict.model == name),
        None if figures is None else tuple(figures),
    )


@cache
def report_on(folder: Path | None = None) -> Report:
    """Return the verdicts on the bundled cases; those whose data set is not at hand are not run."""
    return validate(bundled_cases(), Data(folder))


def pages_by_topic(
    report: Report | None = None,
    figures: Mapping[str, Sequence[RestingFigure]] | None = None,
) -> dict[str, list[ModelPage]]:
    """Return the page of every model under the title of its topic."""
    pages: dict[str, list[ModelPage]] = {topic.title: [] for topic in TOPICS}
    for name, card in catalogue().items():
        rests = None if figures is None else figures.get(name, ())
        pages[topic_of(card).title].append(model_page(name, report, rests))
    return pages


def data(topics: Mapping[str, Iterable[ModelPage]]) -> list[dict[str, object]]:
    """Return the pages as plain data, for a template of any kind."""
    return [
        {
            "topic": topic,
            "models": [
                {**asdict(page), "title": page.title, "reproduced": page.reproduced}
                for page in pages
            ],
        }
        for topic, pages in topics.items()
    ]


def typst_template() -> bytes:
    """Return the Typst template; it reads `data` as JSON from the input of that name."""
    folder = resources.files("guarantor.evidence") / "templates"
    return (folder / "equations.typ").read_bytes()


def number(value: object) -> str:
    """Return a number or a list of them as people read it; seven digits are enough."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(number(member) for member in value)}]"
    if isinstance(value, int | float) and not isinstance(value, bool):
        whole = float(value).is_integer() and abs(value) < _LARGEST_WHOLE
        return f"{value:.0f}" if whole else f"{value:.7g}"
    return "" if value is None else str(value)


def tolerance(verdict: Verdict) -> str:
    """Return the tolerance of a row in words: `±0.5`, `±0.2 %`."""
    if verdict.tolerance is None:
        return ""
    return f"±{verdict.tolerance * 100:g} %" if verdict.relative else f"±{verdict.tolerance:g}"


def case_line(verdict: Verdict) -> CaseLine:
    """Return a verdict in words."""
    return CaseLine(
        verdict.case,
        ", ".join(f"{name} {_input(value)}" for name, value in verdict.inputs.items()),
        number(verdict.expected),
        number(verdict.computed),
        tolerance(verdict),
        verdict.outcome,
        verdict.basis or "",
        f"{SHORT.get(verdict.basis, '')}{', quoted' if verdict.status == 'quoted' else ''}",
        verdict.source,
    )


def _input(value: object) -> str:
    if isinstance(value, dict):
        return f"{{{', '.join(f'{name} {_input(each)}' for name, each in value.items())}}}"
    return number(value)


def _equations(variants: Iterable[Variant]) -> tuple[Equation, ...]:
    """Return each equation once, with the other names under which case files call it."""
    named: dict[object, list[Variant]] = {}
    for variant in variants:
        named.setdefault(variant.function, []).append(variant)
    return tuple(_equation(first, rest) for first, *rest in named.values())


def _equation(variant: Variant, renamed: Iterable[Variant]) -> Equation:
    return Equation(
        variant.title,
        variant.equation,
        variant.plain_equation,
        tuple(_input_line(symbol) for symbol in variant.symbols),
        tuple(_output_line(output) for output in variant.outputs),
        variant.labels,
        tuple(f"{each.signature()} → {_names(each.outputs)}" for each in renamed),
        variant.validity,
        variant.traps,
        variant.unconfirmed,
        variant.citation,
    )


def _names(outputs: Iterable[Output]) -> str:
    return ", ".join(output.name for output in outputs)


def _input_line(symbol: Symbol) -> SymbolLine:
    ranged = symbol.kind not in ("date", "text", "truth", "other")
    valid = "throughout" if symbol.validity == symbol.domain else symbol.validity.words()
    return SymbolLine(
        symbol.name,
        symbol.notation,
        symbol.plain_notation,
        symbol.unit,
        symbol.meaning,
        symbol.domain.words() if ranged else "",
        valid if ranged else "",
        symbol.flat,
    )


def _output_line(output: Output) -> SymbolLine:
    return SymbolLine(
        output.name, output.notation, output.plain_notation, output.unit, output.meaning
    )
