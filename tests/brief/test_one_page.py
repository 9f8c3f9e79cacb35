from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from conftest import AUGUST, LEAD
from guarantor.brief import one_page, write_brief

if TYPE_CHECKING:
    from guarantor.case.case import Case

RESOLVER = Path(__file__).parents[2] / "verify" / "resolve_traces.py"
VIEWS = (None, AUGUST)


@pytest.fixture(scope="module", params=VIEWS, ids=["whole record", "August 2025"])
def written(request, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_brief(LEAD, folder, request.param)
    return folder


def resolve(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RESOLVER), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_independent_script_resolves_every_numeral(written: Path):
    done = resolve(
        written / "one-page.traces.json", written / "one-page.html", written / "one-page.pdf"
    )
    assert done.returncode == 0, done.stderr[:2000]
    assert int(done.stdout.split()[0]) > 200


def test_the_script_imports_nothing_of_ours():
    assert "guarantor" not in re.sub(r'""".*?"""', "", RESOLVER.read_text(), flags=re.S)


@pytest.mark.parametrize("plant", ["<p>25 000 soldiers</p>", '<p data-trace="t0000000000">7</p>'])
def test_the_script_finds_a_loose_numeral_in_html(written: Path, tmp_path: Path, plant: str):
    page = (written / "one-page.html").read_text()
    broken = tmp_path / "broken.html"
    broken.write_text(page.replace("<footer>", f"<footer>{plant}"))
    done = resolve(written / "one-page.traces.json", broken)
    assert done.returncode == 1
    assert done.stdout.split()[-2] in {"1", "2"}


def test_the_script_finds_a_numeral_of_the_pdf_whose_record_is_gone(written: Path, tmp_path: Path):
    records = json.loads((written / "one-page.traces.json").read_text())
    used = {name for record in records.values() for name in record["inputs"]}
    top = next(name for name in records if name not in used)
    fewer = tmp_path / "fewer.json"
    fewer.write_text(json.dumps({k: v for k, v in records.items() if k != top}))
    done = resolve(fewer, written / "one-page.pdf")
    assert done.returncode == 1
    assert top in done.stderr


@pytest.mark.parametrize(
    ("shown", "instead"),
    [('">0</a> soldiers', '">5</a> soldiers'), ("200</a>", "2000</a>")],
)
def test_the_script_finds_a_figure_that_was_changed_on_the_way(
    written: Path, tmp_path: Path, shown: str, instead: str
):
    page = (written / "one-page.html").read_text()
    assert shown in page
    broken = tmp_path / "broken.html"
    broken.write_text(page.replace(shown, instead, 1))
    done = resolve(written / "one-page.traces.json", broken)
    assert done.returncode == 1
    assert "does not stand in its record" in done.stderr


def test_the_script_finds_a_figure_of_the_pdf_that_its_record_lacks(written: Path, tmp_path: Path):
    records = json.loads((written / "one-page.traces.json").read_text())
    name = next(n for n, record in records.items() if "25 000" in record["says"])
    records[name] = {**records[name], "says": "26", "label": "x", "method": "", "note": ""}
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(records))
    done = resolve(broken, written / "one-page.pdf")
    assert done.returncode == 1
    assert name in done.stderr


def test_the_script_finds_a_record_without_source_or_judge(written: Path, tmp_path: Path):
    records = json.loads((written / "one-page.traces.json").read_text())
    name = next(n for n, r in records.items() if r["citations"])
    records[name]["citations"] = []
    broken = tmp_path / "broken.json"
    broken.write_text(json.dumps(records))
    done = resolve(broken, written / "one-page.html")
    assert done.returncode == 1
    assert name in done.stderr


def test_the_page_is_at_most_450_words_beside_title_table_chart_and_record(lead: Case):
    for view in VIEWS:
        page = one_page(lead, LEAD, view)
        headings = " ".join(block.title for block in page.blocks)
        words = len(f"{headings} {' '.join(t.plain(thin='') for t in page.prose())}".split())
        assert words <= 450, (view, words)


def test_the_page_fits_on_one_sheet_and_the_records_follow(written: Path):
    import pypdfium2

    document = pypdfium2.PdfDocument(written / "one-page.pdf")
    first, second = (document[n].get_textpage().get_text_range() for n in (0, 1))
    assert "What is not known" in first
    assert "no targeting" in first
    assert second.lstrip().startswith("Where the numbers come from")


def test_the_page_opens_with_what_is_confirmed_even_when_it_is_nothing(lead: Case):
    page = one_page(lead, LEAD, AUGUST)
    assert next(page.prose()).plain().startswith("0 soldiers are confirmed for Ukraine")


def test_the_august_page_knows_nothing_later(tmp_path: Path):
    write_brief(LEAD, tmp_path, AUGUST)
    for name in ("one-page.html", "one-page.traces.json"):
        text = (tmp_path / name).read_text()
        assert not [d for d in re.findall(r"20\d\d-\d\d(?:-\d\d)?", text) if d > AUGUST], name
    records = json.loads((tmp_path / "one-page.traces.json").read_text())
    days = [c["date"] for record in records.values() for c in record["citations"]]
    assert days
    assert max(days) <= AUGUST


def test_the_same_case_and_day_give_the_same_bytes(tmp_path: Path):
    first = [p.read_bytes() for p in write_brief(LEAD, tmp_path / "a", AUGUST)]
    second = [p.read_bytes() for p in write_brief(LEAD, tmp_path / "b", AUGUST)]
    assert first == second


def test_the_pdf_says_that_it_is_tagged_and_in_which_language(written: Path):
    data = (written / "one-page.pdf").read_bytes()
    assert b"/MarkInfo" in data
    assert b"pdfuaid" in data
    assert b"/Lang(en-GB)" in data or b"en-GB" in data


def test_the_html_asks_nobody_for_anything(written: Path):
    page = (written / "one-page.html").read_text()
    assert "<script" not in page
    head = page.split("</head>")[0]
    assert not re.search(r"<link|@import|url\((?!data:)", head)
    assert not re.search(r'<(?:img|iframe|object|embed)[^>]+(?:src|data)="http', page)


def test_the_chart_has_a_description_and_its_table_behind_it(written: Path):
    page = (written / "one-page.html").read_text()
    figure = re.search(r"<figure.*?</figure>", page, flags=re.S)
    assert figure is not None
    assert "aria-label" in figure[0] or "<title>" in figure[0]
    assert "<details>" in figure[0]
    assert "<table>" in figure[0]


def test_a_marked_figure_is_marked_and_explained_on_the_page_and_in_its_record(
    lead: Case, tmp_path: Path
):
    from guarantor.answer.html import text_html
    from guarantor.answer.text import MARK, Figure, text
    from guarantor.answer.trace import Trace
    from guarantor.brief.drawing import draw
    from guarantor.brief.html import page_html
    from guarantor.brief.pdf import page_pdf
    from guarantor.quantity import Kind

    page = one_page(lead, LEAD, None)
    judged = next(name for name, trace in page.traces.items() if trace.kind is Kind.JUDGED)
    finding = "tour_months = 24 is outside the validity of person_tours"
    trace = Trace.of(
        label="tours",
        kind=Kind.DERIVED,
        says="",
        model="person_tours",
        outside=(finding,),
        inputs=(judged,),
    )
    figure = Figure(value=62500, unit="tours", kind=Kind.DERIVED, trace=trace.id, outside=True)
    marked = dataclasses.replace(
        page,
        headline=text("It takes {n} tours", n=figure),
        traces={**page.traces, trace.id: trace},
    )
    (note,) = marked.notes
    assert finding in note.plain()
    order = [*page.traces, trace.id]
    html = page_html(marked, draw(marked.chart), order)
    assert f"62\u202f500{MARK}</a>" in html
    assert str(text_html(note)) in html
    assert html.count(finding) == 2
    document = pypdfium2.PdfDocument(page_pdf(marked, draw(marked.chart), order))
    words = " ".join(" ".join(p.get_textpage().get_text_range().split()) for p in document)
    assert f"500{MARK}" in words
    assert "No ground for ranking options" in words
    assert f"{MARK} Outside validity: {finding}" in words
    assert "Model: person_tours" in words
