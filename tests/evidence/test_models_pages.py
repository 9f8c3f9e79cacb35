"""`guarantor models` reads like an appendix: each card, its cases, the figures that rest on it."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pypdfium2
import pytest
from rich.console import Console

from guarantor.brief.equations import equations_pdf
from guarantor.evidence.appendix import (
    NO_CASE,
    data,
    model_page,
    number,
    pages_by_topic,
    report_on,
)
from guarantor.evidence.catalogue import TOPICS, RestingFigure, catalogue
from guarantor.evidence.markdown import main, markdown
from guarantor.evidence.terminal import print_list, print_page

PAGE = Path(__file__).parents[2] / "docs" / "models.md"
GOLDEN = Path(__file__).with_name("models_rotation_ratio.txt")
FIGURE = RestingFigure("sustain", "pool at one in four", "100 000†", "pool people", ("too long",))


def printed(show, *parts, width=110):
    console = Console(width=width, file=io.StringIO(), record=True)
    show(*parts, console)
    return "\n".join(line.rstrip() for line in console.export_text().splitlines()) + "\n"


def command(*words):
    code = "from guarantor.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, "models", *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, "COLUMNS": "160"},
        check=False,
    )


def test_the_page_of_the_rotation_ratio_reads_as_agreed():
    assert printed(print_page, model_page("rotation_ratio")) == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", catalogue())
def test_a_page_shows_everything_the_card_says(name):
    page = printed(print_page, model_page(name), width=4000)
    for variant in catalogue()[name].variants:
        for line in variant.plain_equation.split("; "):
            assert line in page
        for symbol in variant.symbols:
            assert symbol.name in page
        for words in (variant.validity, variant.citation, variant.unconfirmed, *variant.traps):
            assert words in page
    ours = catalogue()[name].basis == "ours"
    assert ("our own derivation" in page.splitlines()[0]) is ours
    cases = [each for each in report_on().verdicts if each.model == name]
    assert (NO_CASE in page) is not cases
    for each in cases:
        assert f"\n{each.case} " in page
        assert each.source in page


def test_other_names_of_an_equation_are_listed_and_the_equation_stands_once():
    page = printed(print_page, model_page("unit_rate"), width=400)
    assert page.count("u = 10^6 C / T") == 1
    assert "cost_musd, int_police → cost_per_police_year" in page


def test_figures_are_shown_inside_or_outside_validity():
    inside = RestingFigure("sustain", "pool at one in three", "75 000", "pool people", ())
    page = printed(print_page, model_page("pool_needed", figures=[inside, FIGURE]))
    assert re.search(r"pool at one in three +75 000 +pool people +inside\n", page)
    assert re.search(r"pool at one in four +100 000† +pool people +outside †\n", page)
    assert "†: too long" in page
    assert "Built on rotation_ratio." in page
    nobody_looked = printed(print_page, model_page("pool_needed"))
    assert "Figures of the case" not in nobody_looked
    assert "None." in printed(print_page, model_page("pool_needed", figures=[]))


def test_the_list_names_each_model_under_its_topic_with_its_basis_and_cases():
    listed = printed(print_list, pages_by_topic(), width=200)
    assert [line for line in listed.splitlines() if line in {t.title for t in TOPICS}] == [
        topic.title for topic in TOPICS
    ]
    for name, card in catalogue().items():
        (row,) = [line for line in listed.splitlines() if line.split()[:1] == [name]]
        assert card.title in row
        assert ("our own derivation" if card.basis == "ours" else "published equation") in row
    (row,) = [line for line in listed.splitlines() if line.startswith("density_sizing ")]
    assert row.split()[-2:] == ["3", "1"]


def test_the_documentation_page_is_what_the_cards_say(capfdbinary):
    assert PAGE.read_text(encoding="utf-8") == markdown(pages_by_topic()), (
        "renew it with: python -m guarantor.evidence.markdown > docs/models.md"
    )
    main()
    assert capfdbinary.readouterr().out == PAGE.read_bytes()


def test_links_of_the_documentation_page_lead_to_its_headings():
    text = PAGE.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9_-]", "", each.lower().replace(" ", "-")) for each in headings}
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert len(links) > len(catalogue())
    assert set(links) <= anchors
    assert len(headings) == len(set(headings))


def test_tables_of_the_documentation_page_have_as_many_cells_as_columns():
    for table in re.findall(r"(?:^\|.*\|\n)+", PAGE.read_text(encoding="utf-8"), re.MULTILINE):
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1, table


def test_the_pdf_holds_every_model_and_is_the_same_each_time():
    topics = pages_by_topic(figures={"pool_needed": [FIGURE]})
    pdf = equations_pdf(topics)
    assert pdf == equations_pdf(topics)
    document = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in document)
    plain = re.sub(r"[\s\u200b\ufffe]+", "", words)
    for name, card in catalogue().items():
        assert name in plain
        assert re.sub(r"\s+", "", card.title) in plain
    assert "outside†" in plain
    assert "†toolong" in plain, "what is outside is said below the table"
    assert b"/MarkInfo" in pdf or b"/StructTreeRoot" in pdf


def test_the_data_for_templates_is_plain_json():
    topics = data(pages_by_topic())
    assert json.loads(json.dumps(topics)) == json.loads(json.dumps(topics, default=str))
    (page,) = [each for each in topics[0]["models"] if each["name"] == "rotation_ratio"]
    assert page["equations"][0]["mathematics"] == "n = (d + h) / d"
    assert page["reproduced"] == 4


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (4.0, "4"),
        (17136000, "17136000"),
        (0.3333333333, "0.3333333"),
        (1.185e-16, "1.185e-16"),
        ([[882, 89], 0.5], "[[882, 89], 0.5]"),
        (-4.0, "-4"),
        ("12x", "12x"),
        (None, ""),
        (True, "True"),
    ],
)
def test_numbers_are_shown_as_people_read_them(value, words):
    assert number(value) == words


def test_the_command_shows_one_model_with_the_figures_of_the_lead_case():
    done = command("pool_needed")
    assert done.returncode == 0, done.stderr
    assert re.search(r"division: pool at one in 4 +100 000 +pool people +inside", done.stdout)
    through = command("rotation_ratio")
    assert "Reassurance division: pool at one in 4" in through.stdout, "built on the ratio"
    assert "None." in command("talmud").stdout


def test_the_command_runs_cases_on_data_sets_that_are_at_hand(published_data):
    if published_data is None:
        pytest.skip("the data sets of published cases are not at hand")
    assert re.search(r"E02 .* not run ", command("lscp").stdout)
    assert re.search(r"E02 .* within ", command("lscp", "--data", str(published_data)).stdout)


def test_an_unknown_name_is_answered_with_the_nearest_and_exits_2():
    done = command("rotation_ration")
    assert done.returncode == 2
    assert done.stderr == (
        "there is no such model; found: rotation_ration; allowed: a name from: guarantor models. "
        "Did you mean 'rotation_ratio'?\n"
    )


def test_the_command_writes_the_appendix(tmp_path):
    done = command("-o", str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "models.pdf"), str(tmp_path / "models.md")]
    assert (tmp_path / "models.pdf").read_bytes().startswith(b"%PDF")
    assert "Figures of the case that rest on it" in (tmp_path / "models.md").read_text("utf-8")
