"""Compare: the options side by side under one deal, never pooled over deals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.problems import Misuse, nearest
from guarantor.web.page import Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.answer.answer import Section
    from guarantor.answer.text import Text
    from guarantor.web.page import Asking

QUICK: Mapping[str, str] = {"futures": "1024", "months": "60"}
"""One block of futures over five years: a preview beside the link to the full run."""


def compare(asking: Asking) -> Page:
    """Return verdicts and robustness of every option under one deal."""
    asking.here.only("deal")
    case = asking.seen()
    deal = asking.here.own().get("deal") or next(iter(case.deals))
    if deal not in case.deals:
        raise Misuse.one(
            "there is no such deal",
            found=deal,
            allowed=", ".join(case.deals),
            remedy=nearest(deal, case.deals),
        )
    feasible = asking.ask("feasible", deal=deal)
    robust = asking.ask("robust", deal=deal, **QUICK)
    shows = {
        "deals": list(case.deals.values()),
        "deal": case.deals[deal],
        "feasible": feasible,
        "matrix": matrix(feasible.section("screening")),
        "titles": {option.title: option.id for option in case.options.values()},
        "robust": robust,
        "quick": QUICK,
    }
    plain = {"feasible": feasible.answer, "robust": robust.answer}
    return Page("Compare", "compare.html", shows, plain)


def matrix(section: Section | None) -> dict[str, dict[str, tuple[Text, Text]]]:
    """Return verdict and reason by option and test, from the rows of the screening."""
    found: dict[str, dict[str, tuple[Text, Text]]] = {}
    for row in section.table.rows if section and section.table else ():
        option, test, verdict, why = row
        found.setdefault(option.plain(), {})[test.plain()] = (verdict, why)
    return found
