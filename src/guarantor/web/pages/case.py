"""Case: what each office last said on each topic, replayed from any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from guarantor.web.here import address
from guarantor.web.page import Page

if TYPE_CHECKING:
    from guarantor.web.page import Asking


def the_case(asking: Asking) -> Page:
    """Return the positions by nation and topic, and how they drifted."""
    asking.here.only()
    claims = asking.ask("claims")
    whole = asking.case
    days = month_ends(
        min(p.date.earliest for p in whole.positions.values() if p.date.precision != "undated"),
        whole.view.as_of,
    )
    what_if = {k: v for k, v in asking.here.everywhere.items() if k != "as-of"}
    links = [(day, address("/case", {"as-of": day, **what_if})) for day in days]
    shows = {"claims": claims, "days": links, "last": whole.view.as_of.isoformat()}
    return Page("Case", "case.html", shows, claims.answer)


def month_ends(first: date, last: date) -> list[str]:
    """Return the last day of each month from the first day on, and the last day itself."""
    found = []
    day = first.replace(day=1)
    while day <= last:
        after = (day + timedelta(days=32)).replace(day=1)
        found.append(min(after - timedelta(days=1), last).isoformat())
        day = after
    return found
