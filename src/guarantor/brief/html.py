"""The one-pager as one HTML file: no script, no request, every numeral a link to its record."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from guarantor.answer.html import table_html, text_html, traces_html

if TYPE_CHECKING:
    from guarantor.brief.one_page import OnePage


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("guarantor.brief"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["text"] = text_html
    environment.filters["table"] = table_html
    return environment


def page_html(page: OnePage, picture: str, order: list[str]) -> str:
    """Return the page with its chart as SVG and, below it, the records in the given order."""
    return (
        _environment()
        .get_template("one-page.html")
        .render(
            page=page,
            chart=Markup(picture),  # noqa: S704  # drawn by us from an Answer; its texts are escaped there
            traces=traces_html(page.traces, order),
            records=len(order),
        )
    )
