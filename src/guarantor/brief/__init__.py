"""Documents made from Answers: HTML that prints, tagged PDF, and the records of their numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guarantor.answer.trace import with_inputs
from guarantor.brief.one_page import OnePage, one_page
from guarantor.case.read import read_case
from guarantor.output import write_all

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["OnePage", "one_page", "write_brief"]


def write_brief(case_name: str, folder: Path, as_of: str | None = None) -> list[Path]:
    """Write the one-pager as HTML and PDF and its trace records as JSON; return the paths.

    Raises Problems when the case has any, when the day is none, or when nothing can be written.
    """
    from guarantor.brief.drawing import draw
    from guarantor.brief.html import page_html
    from guarantor.brief.pdf import page_pdf

    page = one_page(read_case(case_name), case_name, as_of)
    picture = draw(page.chart)
    order = with_inputs(page.traces, _in_order(page))
    records = {name: page.traces[name].model_dump(mode="json") for name in order}
    return write_all(
        folder,
        {
            "one-page.html": page_html(page, picture, order).encode(),
            "one-page.pdf": page_pdf(page, picture, order),
            "one-page.traces.json": (
                json.dumps(records, indent=1, ensure_ascii=False) + "\n"
            ).encode(),
        },
    )


def _in_order(page: OnePage) -> list[str]:
    """Return the ids of the page's records in the order in which a reader meets them."""
    ids = [slot.trace for text in page.texts() for slot in text.slots.values()]
    if page.chart.chart is not None:
        ids.append(page.chart.chart.trace)
    return ids
