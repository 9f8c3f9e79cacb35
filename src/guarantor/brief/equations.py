"""The appendix of equations as tagged PDF and Markdown, from the cards of the models alone."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import typst

from guarantor.brief.pdf import fonts
from guarantor.evidence.appendix import NO_CASE, PREFACE, data, typst_template
from guarantor.evidence.markdown import markdown
from guarantor.output import write_all

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from guarantor.evidence.appendix import ModelPage

TITLE = "Models: every equation, its validity and its evidence"


def write_equations(topics: Mapping[str, Sequence[ModelPage]], folder: Path) -> list[Path]:
    """Write models.pdf and models.md and return their paths; raises Problems as `write_all`."""
    return write_all(
        folder,
        {"models.pdf": equations_pdf(topics), "models.md": markdown(topics).encode()},
    )


def equations_pdf(topics: Mapping[str, Sequence[ModelPage]]) -> bytes:
    """Return the appendix typeset as PDF/UA-1; the same bytes each time."""
    content = {
        "title": TITLE,
        "preface": [" ".join(each.replace("`", "").split()) for each in PREFACE],
        "no_case": NO_CASE,
        "topics": data(topics),
    }
    return bytes(
        typst.compile(
            typst_template(),
            font_paths=fonts(),
            pdf_standards=["ua-1"],
            sys_inputs={"data": json.dumps(content, ensure_ascii=False)},
        )
    )
