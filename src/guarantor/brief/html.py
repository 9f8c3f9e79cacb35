"""Documents as one HTML file each: no script, no request, every numeral a link to its record."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import asdict
from functools import cache
from itertools import repeat
from string import ascii_uppercase
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from guarantor.answer.html import table_html, text_html, traces_html
from guarantor.brief.drawing import font_folder
from guarantor.evidence.appendix import model_page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guarantor.brief.document import Document
    from guarantor.brief.one_page import OnePage

MOST = 100
"""More sections than the alphabet has letters for go without one."""


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
            fonts=fonts(),
        )
    )


def document_html(document: Document, pictures: Mapping[str, str], order: list[str]) -> str:
    """Return a document of several pages with its charts as SVG and the records in order."""
    return (
        _environment()
        .get_template("document.html")
        .render(
            document=document,
            letters=[*(f"{letter}. " for letter in ascii_uppercase), *repeat("", MOST)],
            pictures={
                name: Markup(svg)  # noqa: S704  # drawn by us from an Answer; escaped there
                for name, svg in pictures.items()
            },
            models=[
                {**asdict(model_page(name)), "trace": trace} for name, trace in document.models
            ],
            traces=traces_html(document.traces, order),
            fonts=fonts(),
        )
    )


@cache
def fonts() -> dict[str, Markup]:
    """Return the bundled fonts as addresses that hold the font itself."""
    return {
        weight.lower(): Markup("data:font/otf;base64,{}").format(
            b64encode((font_folder() / f"SourceSansPro-{weight}.otf").read_bytes()).decode()
        )
        for weight in ("Regular", "Semibold")
    }
