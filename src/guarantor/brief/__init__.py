"""Documents made from Answers: HTML that prints, tagged PDF, and the records of their numbers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from guarantor.answer.trace import with_inputs
from guarantor.brief.compose import compose
from guarantor.brief.matter import Matter
from guarantor.brief.one_page import OnePage, one_page, page_of
from guarantor.brief.plan import EDITIONS
from guarantor.brief.versions import (
    RECORD,
    Edition,
    Released,
    Version,
    earlier,
    hash_of,
    read_released,
)
from guarantor.case.read import read_case
from guarantor.output import write_all
from guarantor.problems import Misuse, nearest
from guarantor.questions.futures import forget_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from guarantor.answer.trace import Trace
    from guarantor.brief.document import Document

__all__ = ["EVERY_EDITION", "USUAL", "OnePage", "compose", "one_page", "write_brief"]

ONE_PAGE = "one-page"
EVERY_EDITION = (ONE_PAGE, *EDITIONS)
USUAL = (ONE_PAGE, "full")
"""The editions that are written when none is named."""


def write_brief(
    case_name: str,
    folder: Path,
    as_of: str | None = None,
    editions: Iterable[str] = USUAL,
    tell: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write editions as HTML and PDF with their trace records; return the paths of what is there.

    tell: called in the end with a sentence for each edition: new, changed or unchanged. Raises
    Misuse for an unknown edition, and Problems when the case has any, when the day is none, when
    the folder holds another case or an altered brief, or when nothing can be written.
    """
    wanted = tuple(dict.fromkeys(editions))
    for name in wanted:
        if name not in EVERY_EDITION:
            raise Misuse.one(
                "there is no such edition",
                found=name,
                allowed=", ".join(EVERY_EDITION),
                remedy=nearest(name, EVERY_EDITION),
            )
    matter = Matter(read_case(case_name), case_name, as_of)
    released = read_released(folder, matter.case.name)
    files: dict[str, bytes] = {}
    written: dict[str, Edition] = {}
    replaced: dict[str, Edition] = {}
    said: list[str] = []
    drafts = {
        name: page_of(matter) if name == ONE_PAGE else compose(matter, name) for name in wanted
    }
    forget_outcomes()  # setting pages takes the memory now
    for name, draft in drafts.items():
        old = released.editions.get(name)
        lines = tuple(draft.lines())
        version = Version.after(old, draft.digest, lines)
        made = _files(name, draft, version)
        hashes = {file: hash_of(data) for file, data in made.items()}
        if old and old.content == version.content and old.files != hashes:
            version = version.reset(old)
            made = _files(name, draft, version)
            hashes = {file: hash_of(data) for file, data in made.items()}
        if old and old.version != version.number:
            replaced[name] = old
        said.append(_told(name, old, version))
        files.update(made)
        written[name] = Edition(
            version=version.number,
            content=version.content,
            replaces=version.replaces,
            changes=version.changes,
            lines=lines,
            files=hashes,
        )
    for place, held in earlier(folder, replaced):
        write_all(place, held)
    record = Released(case=matter.case.name, editions={**released.editions, **written})
    paths = [folder / name for name in files]
    if any(not path.is_file() for path in paths) or record != released:
        write_all(folder, {**files, RECORD: record.to_json()})
    for sentence in said:
        tell(sentence)
    return paths


def _told(name: str, old: Edition | None, version: Version) -> str:
    if old is None:
        return f"{name}: version {version.number}"
    if old.version == version.number:
        return f"{name}: nothing changed since version {version.number}"
    changed = f"{len(version.changes)} lines changed" if version.changes else "set otherwise"
    return f"{name}: version {version.number}, {changed}; version {old.version} is kept in earlier/"


def _files(name: str, draft: OnePage | Document, version: Version) -> dict[str, bytes]:
    """Return the files of one edition in a version, by name."""
    from guarantor.brief.html import document_html, page_html
    from guarantor.brief.pdf import document_pdf, page_pdf
    from guarantor.brief.pictures import drawn

    final = draft.released(version)
    order = in_order(final.traces, final.marks())
    pictures = drawn(final.pictures())
    records = {each: final.traces[each].model_dump(mode="json") for each in order}
    if isinstance(final, OnePage):
        (picture,) = pictures.values()
        html, pdf = page_html(final, picture, order), page_pdf(final, picture, order)
    else:
        html, pdf = document_html(final, pictures, order), document_pdf(final, pictures, order)
    stem = name if name == ONE_PAGE else f"{name}-brief"
    return {
        f"{stem}.html": html.encode(),
        f"{stem}.pdf": pdf,
        f"{stem}.traces.json": (json.dumps(records, indent=1, ensure_ascii=False) + "\n").encode(),
    }


def in_order(traces: dict[str, Trace], marks: Iterable[str]) -> list[str]:
    """Return the ids of the records in the order in which a reader meets them."""
    return with_inputs(traces, marks)
