#!/usr/bin/env python3
"""Follows every numeral of a brief to where it comes from, or fails.

It stands alone: it imports nothing of the program that wrote the brief, so that a mistake there
cannot hide here. HTML needs Python alone; PDF needs the library pypdfium2.

    python verify/resolve_traces.py out/one-page.traces.json out/one-page.html out/one-page.pdf

A numeral of an HTML page passes when it stands inside an element with a `data-trace`; one of a PDF
when it is part of a link to a record printed in the same document, or of such a record itself. What
a link shows must stand in its record: a figure that was changed on the way is found. (The marks of
a chart's axis are no figures; they need only lead to the chart's record.) Every record must end in
a source or in somebody's judgement. Exit 0 when all is well, 1 when a
numeral or a record is loose, 2 when the files cannot be read.
"""

from __future__ import annotations

import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

IDENTITY = re.compile(r"t[0-9a-f]{10}(?![0-9a-f])")
SILENT = {"head", "style", "script", "title"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
PICTURE = 60.0
"""Points of height above which a link is a picture and not a line of text."""

NEAR = 14.0
"""Points between the place a link leads to and the record printed there."""


class Report:
    """What was looked at, and what is loose."""

    def __init__(self, records: dict[str, dict[str, Any]]) -> None:
        self.records = records
        self.numerals = 0
        self.loose: list[str] = []

    def numeral(self, document: str, text: str, identity: str | None, *, linked: bool) -> None:
        """Count a run of digits; note it when it leads to no record or to one that lacks it."""
        self.numerals += 1
        if identity is None:
            self.loose.append(f"{document}: {text!r} leads nowhere")
        elif identity not in self.records:
            self.loose.append(f"{document}: {text!r} leads to {identity}, which does not exist")
        elif linked and not self._holds(self.records[identity], text):
            self.loose.append(f"{document}: {text!r} does not stand in its record {identity}")

    @staticmethod
    def _holds(record: dict[str, Any], text: str) -> bool:
        """Return whether each number of the text is a number of the record."""
        parts = [str(record[part]) for part in ("label", "says", "method", "note")]
        parts += [*record.get("outside", ()), *(c["date"] for c in record["citations"])]
        return set(numbers(text)) <= {number for part in parts for number in numbers(part)}


def check_records(records: dict[str, dict[str, Any]], report: Report) -> None:
    """Note each record that ends neither in a source nor in a judgement, or goes in a circle."""
    state: dict[str, str] = {}

    def ends(name: str) -> bool:
        if name not in records:
            report.loose.append(f"record {name} is named and does not exist")
            return False
        if state.get(name) == "open":
            report.loose.append(f"record {name} rests on itself")
            return False
        if name in state:
            return state[name] == "good"
        state[name] = "open"
        record = records[name]
        if record["inputs"]:
            good = not [part for part in record["inputs"] if not ends(part)]
        else:
            good = bool(record["citations"]) or bool(record["judged_by"])
            if not good:
                report.loose.append(f"record {name} ({record['label']}) has no source and no judge")
        state[name] = "good" if good else "bad"
        return good

    for name in records:
        ends(name)


class Page(HTMLParser):
    """Walks through an HTML page and keeps, for each text, the nearest trace around it."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str | None]] = []
        self.found: list[tuple[str, str | None, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element and its trace."""
        if tag not in VOID:
            self.open.append((tag, dict(attrs).get("data-trace")))

    def handle_endtag(self, tag: str) -> None:
        """Forget the element and whatever in it was left open."""
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep each numeral of a text that a reader sees."""
        if any(tag in SILENT for tag, _ in self.open):
            return
        tag, trace = next(((t, name) for t, name in reversed(self.open) if name), ("", None))
        if any(character.isdigit() for character in data):
            self.found.append((data.strip(), trace, tag == "a"))


GROUPED = re.compile(r"(?<=[0-9])[ \u00a0\u202f,](?=[0-9]{3}(?![0-9]))")


def numbers(text: str) -> list[str]:
    """Return the numbers of a text, without what sets their thousands apart."""
    return re.findall(r"[0-9]+(?:\.[0-9]+)?", GROUPED.sub("", text))


def check_html(path: Path, report: Report) -> None:
    """Note each numeral of the page outside a trace."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    for text, trace, linked in page.found:
        report.numeral(path.name, text, trace, linked=linked)


class Box(NamedTuple):
    """A rectangle on a page, in points from the lower left corner."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        """Return the height of its middle line."""
        return (self.bottom + self.top) / 2

    def holds(self, x: float, y: float) -> bool:
        """Return whether a point lies in it, by a hair's breadth."""
        return self.left - 1 <= x <= self.right + 1 and self.bottom - 1 <= y <= self.top + 1


class Link(NamedTuple):
    """A link on a page and the place in the document that it leads to, if any."""

    box: Box
    page: int
    x: float
    y: float


class Character(NamedTuple):
    """One character of a page and the middle of its box."""

    text: str
    x: float
    y: float
    top: float


def links_of(document: Any, page: Any) -> list[Link]:
    """Return the links of a page that stay inside the document."""
    import ctypes

    import pypdfium2.raw as pdf

    found = []
    position, link = ctypes.c_int(0), pdf.FPDF_LINK()
    while pdf.FPDFLink_Enumerate(page.raw, position, link):
        place = pdf.FPDFLink_GetDest(document.raw, link)
        if not place:
            continue
        flags = [ctypes.c_int() for _ in range(3)]
        x, y, zoom = (ctypes.c_float() for _ in range(3))
        pdf.FPDFDest_GetLocationInPage(place, *flags, x, y, zoom)
        page_number = pdf.FPDFDest_GetDestPageIndex(document.raw, place)
        found += [Link(box, page_number, x.value, y.value) for box in boxes_of(link)]
    return found


def boxes_of(link: Any) -> Iterator[Box]:
    """Return the boxes of a link: one for each line of a passage that is broken over lines."""
    import pypdfium2.raw as pdf

    lines = pdf.FPDFLink_CountQuadPoints(link)
    for line in range(lines):
        corners = pdf.FS_QUADPOINTSF()
        pdf.FPDFLink_GetQuadPoints(link, line, corners)
        across = [getattr(corners, f"x{n}") for n in range(1, 5)]
        up = [getattr(corners, f"y{n}") for n in range(1, 5)]
        yield Box(min(across), min(up), max(across), max(up))
    if not lines:
        rectangle = pdf.FS_RECTF()
        pdf.FPDFLink_GetAnnotRect(link, rectangle)
        yield Box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)


def link_under(links: list[Link], character: Character) -> Link | None:
    """Return the link that a character belongs to: of lines that touch, the one it stands in."""
    held = [link for link in links if link.box.holds(character.x, character.y)]
    return min(held, key=lambda link: abs(link.box.middle - character.y), default=None)


def characters_of(page: Any) -> list[Character]:
    """Return the characters of a page, in reading order."""
    text = page.get_textpage()
    found = []
    for index in range(text.count_chars()):
        left, bottom, right, top = text.get_charbox(index)
        character = text.get_text_range(index, 1)
        found.append(Character(character or " ", (left + right) / 2, (bottom + top) / 2, top))
    return found


def tokens(characters: list[Character]) -> Iterator[tuple[int, int, str]]:
    """Return start, end and text of each run of characters between white space."""
    start = None
    for index, character in enumerate([*characters, Character(" ", 0, 0, 0)]):
        if character.text.isspace() or character.text == "\x00":
            if start is not None:
                yield start, index, "".join(c.text for c in characters[start:index])
            start = None
        elif start is None:
            start = index


def check_pdf(path: Path, report: Report) -> None:
    """Note each numeral of the document outside a link to a record and outside a record."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    pages = list(document)
    characters = [characters_of(page) for page in pages]
    links = [links_of(document, page) for page in pages]

    def link_at(number: int, character: Character) -> Link | None:
        return link_under(links[number], character)

    printed: list[tuple[int, Character, str]] = []
    for number, page_characters in enumerate(characters):
        for start, _, text in tokens(page_characters):
            first = page_characters[start]
            if IDENTITY.fullmatch(text) and link_at(number, first) is None:
                printed.append((number, first, text))

    def leads_to(link: Link) -> str | None:
        """Return the record printed where a link leads: the nearest to that place."""
        near = [
            (abs(first.top - link.y) + abs(first.x - link.x) / 10, text)
            for number, first, text in printed
            if number == link.page and abs(first.top - link.y) <= NEAR
        ]
        return min(near)[1] if near else None

    record: str | None = None
    for number, page_characters in enumerate(characters):
        for start, end, text in tokens(page_characters):
            first = page_characters[start]
            link = link_at(number, first)
            if IDENTITY.fullmatch(text) and link is None:
                record = text
            digit = next((c for c in page_characters[start:end] if c.text.isdigit()), None)
            if digit is None:
                continue
            link = link_at(number, digit)
            place = f"{path.name} page {number + 1}"
            report.numeral(place, text, leads_to(link) if link else record, linked=False)
        _check_links(path, number, page_characters, links[number], leads_to, report)


def _check_links(
    path: Path,
    number: int,
    characters: list[Character],
    links: list[Link],
    leads_to: Callable[[Link], str | None],
    report: Report,
) -> None:
    """Compare what the links of a page show with the records that they lead to.

    A passage broken over lines is several links; those to one place are read together. Links as
    tall as a picture are charts, whose axes hold marks that are no figures.
    """
    shown: dict[tuple[int, float, float, int], str] = {}
    targets: dict[tuple[int, float, float, int], Link] = {}
    runs = 0
    last: Link | None = None
    for character in characters:
        link = link_under(links, character)
        if link is not None and (last is None or link[1:] != last[1:]):
            runs += 1
        if link is not None:
            key = (*link[1:], runs)
            shown[key] = shown.get(key, "") + character.text
            targets[key] = link
        if link is not None or not character.text.isspace():
            last = link
    for key, text in shown.items():
        link, identity = targets[key], leads_to(targets[key])
        if link.box.top - link.box.bottom > PICTURE or IDENTITY.search(text):
            continue
        if any(c.isdigit() for c in text) and identity is not None:
            report.numeral(f"{path.name} page {number + 1}", text.strip(), identity, linked=True)


CHECKS = {".html": check_html, ".pdf": check_pdf}


def main(arguments: list[str]) -> int:
    """Check the documents against the records; print what was found."""
    if len(arguments) < 2 or any(Path(name).suffix not in CHECKS for name in arguments[1:]):
        print(__doc__, file=sys.stderr)
        return 2
    try:
        records = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
        report = Report(records)
        check_records(records, report)
        for name in arguments[1:]:
            CHECKS[Path(name).suffix](Path(name), report)
    except (OSError, ValueError, ImportError) as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        return 2
    for sentence in report.loose:
        print(sentence, file=sys.stderr)
    print(f"{report.numerals} numerals, {len(records)} records, {len(report.loose)} loose")
    return 1 if report.loose else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
