"""What can be gone to by name: pages, options and questions, in one list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.questions import questions
from guarantor.web.page import NAVIGATION, Page

if TYPE_CHECKING:
    from guarantor.web.page import Asking


def palette(asking: Asking) -> Page:
    """Return every place with its name and what it is."""
    here = asking.here
    here.only()
    case = asking.seen()
    ordered = sorted(case.options.values(), key=lambda option: option.order)
    places = [{"to": here.to(to), "name": name, "kind": "page"} for to, name, _ in NAVIGATION]
    places += [
        {"to": here.to(f"/options/{option.id}"), "name": option.title, "kind": "option"}
        for option in ordered
    ]
    places += [
        {"to": here.to(f"/ask/{name}"), "name": question.asks, "kind": name}
        for name, question in questions().items()
    ]
    return Page("Go to", "palette.html", {"places": places}, {"places": places})
