"""Options: which there are; one of them; and what happens to it when a nation leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.problems import Misuse, Problems, nearest
from guarantor.web.forms import nations
from guarantor.web.page import NotFound, Page, status_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.case.case import Case
    from guarantor.case.statements import Option
    from guarantor.web.page import Asking
    from guarantor.web.shown import Shown

ALL = ("/options", "Options")
PARTS: Mapping[str, str] = {
    "guarantee": "What it promises",
    "feasible": "What holds and what fails",
    "gaps": "Lines and gaps",
    "share": "Whose share",
    "cost": "What it costs",
}
"""The questions that an option's page shows, in order, and what it calls them."""
MORE: Mapping[str, str] = {
    "break": "Whom it can least do without",
    "breach": "If the deal is broken",
    "sustain": "Rotation",
    "hold": "Does the ceasefire last",
    "sky": "Air policing",
    "shield": "Air and missile defence",
    "us-role": "The smallest American role",
    "purpose": "What its purpose would take",
}
"""The questions that it leads to."""
LEAVES, MONTH = "USA", 25
"""Who leaves, and in which month, until the reader says otherwise."""
QUICK = "1024"
"""Futures of a preview: one block."""


def options(asking: Asking) -> Page:
    """Return the options on record."""
    asking.here.only()
    glance = asking.ask("at-a-glance")
    table = glance.answer.section("options").table
    rows = zip(table.keys, table.rows, strict=True) if table else ()
    return Page(
        "Options",
        "options.html",
        {"glance": glance, "table": table, "rows": list(rows)},
        glance.answer,
    )


def option(asking: Asking) -> Page:
    """Return one option: promise, verdicts, lines and gaps, shares and cost."""
    case, chosen = _chosen(asking)
    asking.here.only("deal")
    deal = asking.here.own()
    takes_deal = ("feasible", "gaps", "share", "cost")
    answers = {
        name: asking.show(name, {"option": chosen.id, **(deal if name in takes_deal else {})})
        for name in PARTS
    }
    shows = {
        "option": chosen,
        "answers": answers,
        "labels": PARTS,
        "more": MORE,
        "deals": list(case.deals.values()),
        "chosen_deal": deal.get("deal", ""),
    }
    plain = {name: shown.answer for name, shown in answers.items()}
    return Page(chosen.title, "option.html", shows, plain, (ALL,))


def leaving(asking: Asking) -> Page:
    """Return what an option loses when a nation leaves at the start of a month."""
    case, chosen = _chosen(asking)
    asking.here.only("nation", "month", "months", "futures")
    given = asking.here.own()
    leaves = LEAVES if LEAVES in case.nations else next(iter(case.nations))
    settings = {"option": chosen.id, "nation": leaves, "month": str(MONTH), **given}
    shown: Shown | None = None
    error: Problems | None = None
    try:
        shown = asking.show("exit", settings)
    except Problems as caught:
        if asking.parts.get("form"):
            raise
        error = caught
    months = settings.get("months", "")
    last = int(months) if months.isdecimal() else case.about.horizon.months
    shows = {
        "option": chosen,
        "shown": shown,
        "problems": error.problems if error else (),
        "nations": nations(case),
        "nation": settings["nation"],
        "month": settings["month"],
        "last": last,
        "quick": QUICK,
        "kept": {name: given[name] for name in ("months", "futures") if name in given},
    }
    crumbs = (ALL, (asking.here.to(f"/options/{chosen.id}"), chosen.title))
    title = f"Somebody leaves: {chosen.title}"
    status = status_of(error) if error else 200
    return Page(title, "leaving.html", shows, shown.answer if shown else {}, crumbs, status)


def _chosen(asking: Asking) -> tuple[Case, Option]:
    case = asking.seen()
    name = asking.parts["option"]
    if name in case.options:
        return case, case.options[name]
    if name in asking.case.options:
        raise Misuse.one(
            "this option is not on record yet",
            found=f"{name}, seen from {case.view.as_of.isoformat()}",
            allowed=", ".join(case.options),
            remedy="Choose a later day.",
        )
    raise NotFound.one(
        "there is no such option",
        found=name,
        allowed=", ".join(case.options),
        remedy=nearest(name, case.options),
    )
