"""Home: the decision, what is confirmed, which terms are assumed and what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.web.page import Page

if TYPE_CHECKING:
    from guarantor.web.page import Asking


def home(asking: Asking) -> Page:
    """Return the first page of the case."""
    asking.here.only()
    glance = asking.ask("at-a-glance")
    situation = asking.ask("situation")
    soldiers = glance.answer.section("soldiers").table
    confirmed = soldiers.cell("confirmed", "soldiers") if soldiers else None
    return Page(
        asking.case.about.title,
        "home.html",
        {"glance": glance, "situation": situation, "confirmed": confirmed},
        {"at-a-glance": glance.answer, "situation": situation.answer},
    )
