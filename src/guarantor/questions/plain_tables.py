"""Tables from titles and rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guarantor.answer.answer import Column, Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from guarantor.answer.text import Text


def plain_table(
    title: str,
    titles: tuple[str, ...],
    rows: Sequence[tuple[Text, ...]],
    keys: list[str],
    right: set[str],
) -> Table:
    """Return a table under those titles; the columns named in right hold numbers."""
    return Table(
        title=title,
        columns=tuple(
            Column(
                key=t.lower().replace(" ", "_").replace(",", ""),
                title=t,
                align="right" if t in right else "left",
            )
            for t in titles
        ),
        rows=tuple(rows),
        keys=tuple(keys),
    )
