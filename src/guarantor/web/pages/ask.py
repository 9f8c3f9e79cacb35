"""Questions: the list of all, and each with its form, its answer and how to get it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import Response

from guarantor.problems import Misuse, Problem, Problems, nearest
from guarantor.questions import questions
from guarantor.web.forms import FIRST, fields_of, waits
from guarantor.web.page import NotFound, Page, as_plain, status_of
from guarantor.web.shown import table_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guarantor.answer.answer import Table
    from guarantor.questions import Question
    from guarantor.web.forms import Field
    from guarantor.web.page import Asking
    from guarantor.web.shown import Shown

ALL = ("/ask", "Questions")
ASKED, TABLE, CHART = "ask", "table", "chart"
"""Settings of the page and its twins, which are none of the question."""


def every_question(asking: Asking) -> Page:
    """Return the list of questions."""
    asking.here.only()
    listed = [
        {
            "name": question.name,
            "asks": question.asks,
            "settings": {s.name: s.meaning for s in question.settings},
        }
        for question in questions().values()
    ]
    return Page("Questions", "questions.html", {"questions": listed}, {"questions": listed})


def one_question(asking: Asking) -> Page:
    """Return a question with its form; answered as soon as it is asked, and at once if quick."""
    question = known(asking.parts["question"])
    given = asking.here.own(ASKED, TABLE, CHART)
    shown: Shown | None = None
    error: Problems | None = None
    asked = bool(given) or ASKED in asking.here.given
    twin = asking.parts.get("form", "")
    if asked or twin or not waits(question):
        try:
            _no_other_folder(given)
            shown = asking.show(question.name, given)
        except Problems as caught:
            if twin:
                raise
            error = caught
    fields = _fields(asking, question, error)
    placed = {problem for field in fields for problem in field.problems}
    problems = error.problems if error else ()
    shows = {
        "question": question,
        "shown": shown,
        "fields": fields,
        "first": FIRST,
        "problems": [problem for problem in problems if problem not in placed],
        "error": error,
    }
    status = status_of(error) if error else 200
    table = asking.here.given.get(TABLE)
    return Page(
        shown.answer.title.plain() if shown else question.asks,
        "ask.html",
        shows,
        shown.answer if shown else as_plain(problems),
        (ALL,),
        status,
        table_csv(_table(shown, table)) if shown and table and twin == ".csv" else None,
    )


def chart(asking: Asking) -> Response:
    """Return the chart of one section as a picture of its own."""
    question = known(asking.parts["question"])
    shown = asking.show(question.name, asking.here.own(ASKED, TABLE, CHART))
    charts = {section.id: section for section in shown.answer.sections if section.chart}
    wanted = asking.here.given.get(CHART, "")
    if wanted not in charts:
        raise _no("there is no such chart", wanted, charts)
    return Response(str(shown.picture(charts[wanted])), media_type="image/svg+xml")


def known(name: str) -> Question:
    """Return a question by name; raises NotFound, with the nearest name, for any other."""
    every = questions()
    if name not in every:
        raise _no("there is no such question", name, every)
    return every[name]


def _fields(asking: Asking, question: Question, error: Problems | None) -> list[Field]:
    case = asking.case
    if error is None:
        case = asking.seen()
    return fields_of(question, case, asking.here.given, error.problems if error else ())


def _no_other_folder(given: Mapping[str, str]) -> None:
    """Raise Misuse for the path of a folder: a page reads cases by name, and no other files."""
    against = given.get("against", "")
    if any(mark in against for mark in "/\\") or against.startswith("."):
        raise Misuse(
            [
                Problem(
                    "a page reads no folder",
                    field="--against",
                    found=against,
                    allowed="the name of a case",
                    remedy="Ask at the command line, which takes any folder.",
                )
            ]
        )


def _table(shown: Shown, name: str) -> Table:
    tables = {section.id: section.table for section in shown.answer.sections if section.table}
    if name not in tables:
        raise _no("there is no such table", name, tables)
    return tables[name]


def _no(what: str, found: str, every: Iterable[str]) -> NotFound:
    names = list(every)
    return NotFound.one(
        what, found=found or "nothing", allowed=", ".join(names), remedy=nearest(found, names)
    )
