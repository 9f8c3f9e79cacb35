"""Draws each chart of a document once, for every medium."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.brief.drawing import WIDTH, draw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guarantor.brief.document import Picture

WIDE = 620
"""Pixels of a chart as wide as the page; its letters are then as large as the text."""


def drawn(pictures: Iterable[Picture]) -> dict[str, str]:
    """Return each chart as SVG, by the id of its record."""
    return {
        picture.section.chart.trace: draw(picture.section, WIDE if picture.wide else WIDTH)
        for picture in pictures
        if picture.section.chart is not None
    }
