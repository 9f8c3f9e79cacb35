"""The page on the case folder says what the program reads, and its examples are true."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from guarantor.case.build import build
from guarantor.case.fields import records
from guarantor.case.files import CaseFile
from guarantor.case.record import Record
from guarantor.case.reference import AMOUNTS, main, markdown
from guarantor.case.statements import Guarantee
from guarantor.case.yaml_file import read_yaml
from guarantor.problems import Collector
from guarantor.quantity import Money, Shape, parse_amount

DOCS = Path(__file__).parents[1] / "docs"
PAGE = DOCS / "case-format.md"


def text():
    return PAGE.read_text(encoding="utf-8")


def blocks(language=""):
    return re.findall(rf"^```{language}\n(.*?)^```$", text(), re.DOTALL | re.MULTILINE)


def every_record(above=Record):
    for record in above.__subclasses__():
        yield record
        yield from every_record(record)


def anchors(page):
    headings = re.findall(r"^#+ (.*)$", page, re.MULTILINE)
    return {re.sub(r"[^a-z0-9_-]", "", h.lower().replace(" ", "-")) for h in headings}


def test_the_page_says_what_the_records_say():
    assert text() == markdown(), (
        "renew it with: python -m guarantor.case.reference > docs/case-format.md"
    )


def test_the_command_prints_the_page(capfdbinary):
    main()
    assert capfdbinary.readouterr().out == PAGE.read_bytes()


def test_every_record_has_a_section():
    assert set(records()) == set(every_record())


@pytest.mark.parametrize("record", list(every_record()), ids=lambda record: record.__name__)
def test_every_field_is_explained_in_the_section_of_its_record_or_of_what_it_extends(record):
    sections = dict(re.findall(r"^### (.*?)\n(.*?)(?=^### |\Z)", text(), re.DOTALL | re.MULTILINE))
    lineage = [sections[records()[part]] for part in record.__mro__ if part in records()]
    for name, field in record.model_fields.items():
        row = re.search(rf"^\| `{name}` \| .+ \| (.+) \|$", "\n".join(lineage), re.MULTILINE)
        assert row, name
        assert row[1] == field.description


def test_the_examples_show_every_shape_of_number_and_money():
    amounts = [parse_amount(example) for example in AMOUNTS]
    assert {type(amount.shape) for amount in amounts} == set(Shape.__args__)
    assert any(isinstance(amount, Money) for amount in amounts)


def test_the_promise_that_is_shown_is_a_valid_one():
    problems = Collector()
    tree = read_yaml(CaseFile("example.yaml", blocks("yaml")[0]), problems)
    promise = build(Guarantee, tree.at("guarantee"), problems)
    assert list(problems) == []
    assert promise.obligation is None
    assert promise.trigger[0].sources == ("S014", "S017")


def test_every_link_leads_somewhere():
    here = {"": anchors(text()), "glossary.md": anchors((DOCS / "glossary.md").read_text("utf-8"))}
    links = re.findall(r"\]\(([^)#]*)(?:#([^)]*))?\)", text())
    assert links
    for page, anchor in links:
        assert page in here
        assert not anchor or anchor in here[page]


def test_the_commands_to_start_with_work(tmp_path):
    commands = [line for line in blocks()[0].splitlines() if line]
    assert len(commands) == 4
    for line in commands:
        program, *arguments = shlex.split(line)
        assert program == "guarantor"
        start = "from guarantor.cli import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", start, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
    assert (tmp_path / "my-case" / "case.yaml").is_file()
    assert (tmp_path / "schemas" / "case.schema.json").is_file()
