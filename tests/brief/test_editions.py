"""Every edition: what it holds, that its numbers resolve, and that editions agree."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from conftest import AUGUST, LEAD
from guarantor.answer.text import Figure
from guarantor.brief import EVERY_EDITION, compose, one_page, write_brief
from guarantor.brief.charts import BASELINE, colours
from guarantor.brief.document import Grid
from guarantor.brief.matter import Matter
from guarantor.brief.plan import EDITIONS, SECTIONS
from guarantor.questions import answer_for

if TYPE_CHECKING:
    from guarantor.brief.document import Chapter, Document

RESOLVER = Path(__file__).parents[2] / "verify" / "resolve_traces.py"
DOCUMENTS = tuple(EDITIONS)
RECORDS = "Annex: where the numbers come from"
LIKELIHOOD = re.compile(
    r"(?<!it is no )(?<!not a )\b(un|im)?(likely|likelihood|probabl[ey]|probability)\b|even chance"
)
"""A word of likelihood, unless it says that a share of futures is none."""


@pytest.fixture(scope="module")
def written(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("out")
    write_brief(LEAD, folder, None, EVERY_EDITION)
    return folder


@pytest.fixture(scope="module")
def editions(lead) -> dict[str, Document]:
    matter = Matter(lead, LEAD)
    return {name: compose(matter, name) for name in DOCUMENTS}


def stem(edition: str) -> str:
    return edition if edition == "one-page" else f"{edition}-brief"


def pages(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def words(document: Document, name: str) -> str:
    """Return all that one section says, with the sections inside it."""
    chapter = next(c for c in document.chapters if c.name == name)
    return " ".join(" ".join(t.plain() for t in inner.texts()) for inner in [chapter])


@pytest.mark.parametrize("edition", EVERY_EDITION)
@pytest.mark.parametrize("medium", ["html", "pdf"])
def test_the_independent_script_resolves_every_numeral_of_every_edition(
    written: Path, edition: str, medium: str
):
    name = stem(edition)
    done = subprocess.run(
        [sys.executable, RESOLVER, written / f"{name}.traces.json", written / f"{name}.{medium}"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[:2000]
    assert int(done.stdout.split()[0]) > 1000


EIGHT_QUESTIONS = {
    "what is asked": ("decision", "Which guarantee for Ukraine should be planned in detail"),
    "what is confirmed": ("facts", "Confirmed 0 nobody"),
    "what is promised and not stated": ("options", "Not stated|not stated by anyone"),
    "what fills and what does not": ("options", "Laydown by band: lines and gaps"),
    "who carries which share": ("shares", "European NATO"),
    "what breaks it first": ("breaks", "the widest is"),
    "what it costs": ("cost", "million"),
    "what is not known": ("unknown", "No plan is public"),
}
"""Fixed before the brief was written: each with the section that answers it, and with what."""


@pytest.mark.parametrize("question", EIGHT_QUESTIONS)
def test_the_full_brief_answers_each_of_the_eight_questions(editions, question: str):
    section, answer = EIGHT_QUESTIONS[question]
    assert re.search(answer, words(editions["full"], section))


OF_FUTURES = {
    "robust": ("robust", ("holds", "regret-mean_fill")),
    "breaks": ("break", ("options",)),
    "role": ("us-role", ("sets",)),
    "hold": ("hold", ("holds",)),
}
"""Each section on futures and on roles, with the question and its parts that stand there whole."""


@pytest.mark.parametrize("section", OF_FUTURES)
def test_a_section_on_futures_says_what_its_question_says(editions, lead, section: str):
    question, parts = OF_FUTURES[section]
    answer = answer_for(question, lead)
    chapter = next(c for c in editions["full"].chapters if c.name == section)
    shown = [*chapter.texts()]
    assert answer.headline in shown
    for part in parts:
        cells = [cell for row in answer.section(part).table.rows for cell in row]
        assert [cell.plain() for cell in cells if cell not in shown] == []


def test_a_spread_names_the_exit_that_costs_most_as_the_question_does(editions, lead):
    table = answer_for("break", lead).section("options").table
    full = editions["full"]
    spreads = {c.name.removeprefix("option-"): c for c in full.every() if c.name[:7] == "option-"}
    told = 0
    for name, chapter in spreads.items():
        said = " ".join(text.plain() for text in chapter.texts())
        if table.cell(name, "lost").slots:
            nation, lost = (table.cell(name, key).plain() for key in ("nation", "lost"))
            assert f"Costliest exit: {nation}. It takes {lost} of " in said
            told += 1
        else:
            assert "Costliest exit" not in said
    assert told == len(spreads) - 1


def test_how_long_the_ceasefire_lasts_is_marked_as_outside_the_evidence(editions):
    chapter = next(c for c in editions["full"].chapters if c.name == "hold")
    figures = [
        slot
        for text in chapter.texts()
        for slot in text.slots.values()
        if isinstance(slot, Figure) and slot.unit == "of twenty futures"
    ]
    assert figures
    assert all(figure.outside for figure in figures)
    assert any("ranking" in note.plain() for note in editions["full"].notes)


def test_the_verdict_by_deal_is_that_of_the_question_under_that_deal(editions, lead):
    (_, by_deal) = (
        block.table
        for chapter in editions["full"].chapters
        if chapter.name == "comparison"
        for block in chapter.blocks
        if isinstance(block, Grid)
    )
    deal = "no-deal" if "no-deal" in lead.deals else list(lead.deals)[-1]
    verdicts = answer_for("feasible", lead, {"deal": deal}).section("screening").table
    for name in lead.options:
        verdict = verdicts.cell(f"{name}/feasibility", "verdict").plain()
        assert by_deal.cell(name, deal).plain().endswith(verdict)


@pytest.mark.parametrize("edition", DOCUMENTS)
def test_no_section_is_empty(editions, edition: str):
    def holds(chapter: Chapter) -> bool:
        return bool(chapter.blocks) or any(holds(inner) for inner in chapter.chapters)

    assert [c.name for c in editions[edition].every() if not holds(c)] == []


def test_editions_show_the_same_figures_for_the_same_records(editions):
    shown: dict[str, set[str]] = {}
    where: dict[str, set[str]] = {}
    for name, document in editions.items():
        for text in document.texts():
            for slot in text.slots.values():
                if isinstance(slot, Figure):
                    shown.setdefault(slot.trace, set()).add(slot.words())
                    where.setdefault(slot.trace, set()).add(name)
    # a record of several numbers, such as a set of needs, says each of them
    says = {trace: d.traces[trace].says for d in editions.values() for trace in d.marks()}
    several = {trace: words for trace, words in shown.items() if len(words) > 1}
    assert {trace: w for trace, w in several.items() if not all(x in says[trace] for x in w)} == {}
    assert sum(len(names) > 1 for names in where.values()) > 50


def test_editions_differ_in_order_and_length(written: Path):
    def body(edition: str) -> int:
        texts = pages(written / f"{stem(edition)}.pdf")
        return next(n for n, text in enumerate(texts) if "Annex: " in text)

    lengths = {edition: body(edition) for edition in DOCUMENTS}
    assert 12 <= lengths["full"] <= 22
    assert 2 <= lengths["press"] <= 3
    assert lengths["press"] < lengths["parliament"] < lengths["full"]
    assert EDITIONS["parliament"].sections != EDITIONS["full"].sections[:13]


def test_the_decision_block_has_every_decision_a_body_can_take(written: Path):
    first = pages(written / "full-brief.pdf")[0]
    for word in ("Approve", "Approve with changes", "Return", "Defer", "Reject", "Noted"):
        assert re.search(rf"\b{word}\s?:", first), word


def test_the_option_that_is_screened_out_has_no_spread_and_its_figure_stands(editions):
    full = editions["full"]
    spreads = {c.name for c in full.every() if c.name.startswith("option-")}
    assert "option-davos-200000" not in spreads
    assert len(spreads) == 9
    screening = words(full, "screening")
    assert "Screened out" in screening
    assert re.search(r"200.000 of 200.000 unfilled", screening)


def test_each_spread_has_a_page_of_its_own(written: Path, editions):
    texts = pages(written / "full-brief.pdf")
    options = next(c for c in editions["full"].chapters if c.name == "options")
    for chapter in options.chapters:
        if chapter.sheet:
            title = chapter.title.plain()
            starts = [t for t in texts if title in " ".join(t.split())[: 90 + len(title)]]
            assert len([t for t in starts if "Laydown by band" in t]) == 1, title


@pytest.mark.parametrize("edition", DOCUMENTS)
def test_a_word_of_likelihood_stands_only_where_somebody_named_has_said_it(editions, edition: str):
    document = editions[edition]
    for chapter in document.every():
        if chapter.name == "words":
            continue
        for text in chapter.texts():
            assert not LIKELIHOOD.search(text.template), text.template
            for slot in text.slots.values():
                if LIKELIHOOD.search(slot.words()):
                    trace = document.traces[slot.trace]
                    assert trace.citations or trace.judged_by, slot.words()


def test_confidence_has_a_sentence_of_its_own_in_a_named_authors_name(editions):
    situation = next(c for c in editions["full"].chapters if c.name == "situation")
    said = [t.plain() for block in situation.blocks for t in block.texts()]
    confidence = [sentence for sentence in said if sentence.startswith("Analytic confidence")]
    assert len(confidence) == 1
    assert "The guarantor authors" in confidence[0]


def test_an_option_has_one_colour_in_every_chart_and_the_baseline_is_grey(editions, lead):
    known = colours(list(lead.options))
    page = one_page(lead, LEAD, None)
    pictures = [*page.pictures(), *(p for d in editions.values() for p in d.pictures())]
    assert len(set(known.values())) == len(known)
    painted: dict[str, set[str]] = {}
    for picture in pictures:
        for step in picture.section.chart.spec.get("transform", ()):
            pairs = re.findall(r"=== '((?:[^'\\]|\\.)*)' \? '(#\w+)'", step["calculate"])
            for title, colour in pairs:
                painted.setdefault(title.replace("\\", ""), set()).add(colour)
    assert {title: c for title, c in painted.items() if len(c) > 1} == {}
    assert painted["Today's support, no more"] == {BASELINE}
    assert len(painted) == len(lead.options)


def test_every_picture_has_its_table_in_the_annex_and_words_for_who_cannot_see_it(editions):
    for document in editions.values():
        annex = next(c for c in document.annexes if c.name == "pictures")
        tables = [block.table for block in annex.blocks]
        assert [p.section.table for p in document.pictures()] == tables
        assert all(len(p.section.chart.description) > 60 for p in document.pictures())


@pytest.mark.parametrize("edition", EVERY_EDITION)
def test_the_html_carries_its_font_and_asks_nobody_for_anything(written: Path, edition: str):
    page = (written / f"{stem(edition)}.html").read_text()
    assert "<script" not in page
    assert page.count("data:font/otf;base64,") == 2
    addresses = re.findall(r"url\(([^)]{0,12})", page.split("</style>")[0])
    assert addresses
    assert all(address.startswith("data:") for address in addresses)
    assert not re.search(r'<(?:img|iframe|object|embed|link)[^>]+(?:src|data|href)="http', page)


@pytest.mark.parametrize("edition", EVERY_EDITION)
def test_every_pdf_is_tagged(written: Path, edition: str):
    data = (written / f"{stem(edition)}.pdf").read_bytes()
    assert b"/MarkInfo" in data
    assert b"pdfuaid" in data


def test_the_annex_has_the_equations_that_figures_rest_on(editions, written: Path):
    names = [name for name, _ in editions["full"].models]
    assert "pool_needed" in names
    text = " ".join(pages(written / "full-brief.pdf"))
    assert all(name in text for name in names)


def test_the_publications_of_the_annex_are_those_that_the_document_cites(editions):
    full = editions["full"]
    annex = next(c for c in full.annexes if c.name == "publications")
    (block,) = annex.blocks
    listed = set(block.table.keys)
    assert 100 < len(listed) < 460
    cited = {c.id for mark in full.marks() for c in full.traces[mark].citations}
    assert cited - {"ICD-203"} - {name for name, _ in full.models} <= listed


def test_what_no_section_takes_is_named_as_not_in_the_brief(editions):
    from guarantor.brief import closing
    from guarantor.brief.plan import taken

    for name, edition in EDITIONS.items():
        absent, held = words(editions[name], "absent"), taken(edition.sections)
        for question, sentence in closing.LATER.items():
            assert (sentence in absent) == (question not in held)
    (block,) = closing.absent({*closing.LATER})
    assert len(block.sentences) == len(closing.NEVER)


def test_every_edition_is_made_of_sections_that_exist():
    for edition in EDITIONS.values():
        assert {*edition.sections, *edition.annexes} <= set(SECTIONS)


def test_the_full_brief_of_august_knows_nothing_later(lead):
    document = compose(Matter(lead, LEAD, AUGUST), "full")
    said = " ".join(text.plain() for text in document.texts())
    assert not [day for day in re.findall(r"20\d\d-\d\d(?:-\d\d)?", said) if day > AUGUST]
    assert "as of 2025-08-22" in document.record.plain()


def test_no_deal_is_chosen_and_the_brief_says_so(editions):
    assert "No deal has been chosen" in words(editions["full"], "comparison")
    assert "No deal has been chosen" in words(editions["full"], "situation")
