"""Why: from a figure to its record, to what that was made from, and to the sources at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.trace import behind
from guarantor.problems import nearest
from guarantor.web.page import NotFound, Page
from guarantor.web.pages.ask import ALL, known

if TYPE_CHECKING:
    from guarantor.web.page import Asking

MOST = 60
"""Records of one kind that are listed in full; the rest stand in the JSON twin."""


def why(asking: Asking) -> Page:
    """Return one record of an answer with all it rests on."""
    question = known(asking.parts["question"])
    shown = asking.show(question.name, asking.here.own("ask"))
    traces = shown.answer.traces
    name = asking.parts["trace"]
    if name not in traces:
        raise NotFound.one(
            "this answer has no such record",
            found=name,
            allowed=f"a record of {shown.to()}",
            remedy=nearest(name, traces) or "Open the answer, and follow one of its numbers.",
        )
    trace = traces[name]
    under = list(behind(traces, name))
    figures = dict.fromkeys(s.words() for s in shown.answer.slots() if s.trace == name)
    sources = {citation.id: citation for each in under for citation in each.citations}
    return Page(
        f"Why: {trace.label}",
        "why.html",
        {
            "shown": shown,
            "trace": trace,
            "figures": list(figures)[:MOST],
            "inputs": [traces[each] for each in trace.inputs],
            "users": [each for each in traces.values() if name in each.inputs],
            "under": [each for each in under[1:] if each.id not in trace.inputs],
            "sources": sources.values(),
            "most": MOST,
        },
        {
            "question": question.name,
            "trace": trace.model_dump(mode="json"),
            "rests_on": {each.id: each.model_dump(mode="json") for each in under[1:]},
        },
        (ALL, (shown.to(), shown.answer.title.plain())),
    )
