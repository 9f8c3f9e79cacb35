"""What a page is, and how it is sent: as HTML, as JSON or as CSV."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import Response

from guarantor.answer.answer import Answer
from guarantor.problems import Misuse, Problem, Problems
from guarantor.web.desk import seen
from guarantor.web.shown import Shown, answers_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.case.case import Case
    from guarantor.web.desk import Desk
    from guarantor.web.here import Here

MISUSE, NOT_FOUND, BROKEN = 400, 404, 422

NAVIGATION = (
    ("/", "Home", "h"),
    ("/options", "Options", "o"),
    ("/compare", "Compare", "v"),
    ("/case", "Case", "c"),
    ("/ask", "Questions", "q"),
    ("/brief", "Brief", "b"),
    ("/ask/sources", "Sources", "s"),
)
"""The pages that every page leads to, and the letter that follows `g` to go there."""


class NotFound(Misuse):
    """An address names something that is not there."""


@dataclass(frozen=True)
class Asking:
    """One request: the case with its Answers, the place, and the parts of its path."""

    desk: Desk
    case: Case
    here: Here
    parts: Mapping[str, str] = field(default_factory=dict)

    def seen(self) -> Case:
        """Return the case as the page sees it; raises Misuse for no day and no what-if."""
        return seen(self.case, self.here.everywhere)

    def ask(self, question: str, **settings: str) -> Shown:
        """Return an Answer, seen as the page is seen; raises what `Desk.ask` raises."""
        given = {**settings, **self.here.everywhere}
        return Shown(self.desk.ask(self.case, question, given), given, self.here)

    def show(self, question: str, settings: Mapping[str, str]) -> Shown:
        """Return an Answer to settings whose names hold hyphens."""
        return self.ask(question, **settings)


@dataclass(frozen=True)
class Page:
    """A page before it is sent: title, template with what it shows, and its twins.

    plain: an Answer, Answers by name, or a plain object. crumbs: addresses and names of the pages
    above it. csv: another text than all tables of its Answers.
    """

    title: str
    template: str
    shows: Mapping[str, Any]
    plain: Answer | Mapping[str, Any]
    crumbs: tuple[tuple[str, str], ...] = ()
    status: int = 200
    csv: str | None = None

    @property
    def answers(self) -> list[Answer]:
        """Return the Answers of the page."""
        if isinstance(self.plain, Answer):
            return [self.plain]
        return [value for value in self.plain.values() if isinstance(value, Answer)]

    def as_json(self) -> str:
        """Return the Answer's own JSON, or that of the plain object."""
        if isinstance(self.plain, Answer):
            return self.plain.to_json()
        plain = {
            name: value.model_dump(mode="json") if isinstance(value, Answer) else value
            for name, value in self.plain.items()
        }
        return json.dumps(plain, indent=1, ensure_ascii=False) + "\n"


def status_of(error: Problems) -> int:
    """Return the status of what went wrong: the reader's slip, a name that is none, or the case."""
    if isinstance(error, NotFound):
        return NOT_FOUND
    return MISUSE if isinstance(error, Misuse) else BROKEN


def problem_page(error: Problems) -> Page:
    """Return what went wrong as a page, with the status that it has."""
    status = status_of(error)
    title = "Not found" if status == NOT_FOUND else "This cannot be shown"
    problems = error.problems
    return Page(title, "problem.html", {"problems": problems}, as_plain(problems), status=status)


def as_plain(problems: Iterable[Problem]) -> dict[str, Any]:
    """Return problems as the twin tells them."""
    told = [{k: v for k, v in asdict(p).items() if v is not None} for p in problems]
    return {"problems": told}


def send(page: Page, asking: Asking, form: str) -> Response:
    """Return the page as HTML, or as `.json` or `.csv`, where what went wrong is JSON."""
    if form == ".csv" and page.status < MISUSE:
        text = page.csv if page.csv is not None else answers_csv(page.answers)
        return Response(text, page.status, media_type="text/csv")
    if form:
        return Response(page.as_json(), page.status, media_type="application/json")
    html = _environment().get_template(page.template)
    shows = {
        "page": page,
        "case": asking.case,
        "broken": asking.desk.problems,
        "here": asking.here,
        "navigation": NAVIGATION,
        **page.shows,
    }
    return Response(html.render(shows), page.status, media_type="text/html")


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("guarantor.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["verdict"] = verdict
    return environment


def verdict(words: str) -> str:
    """Return the class of a verdict, by its first words; blank for what is none."""
    for start, name in (("passes", "yes"), ("fails", "no"), ("not decidable", "open")):
        if words.startswith(start):
            return name
    return ""
