"""Every word of the trade that the project uses has one meaning, and the page says the same."""

from __future__ import annotations

import csv
import inspect
from enum import StrEnum
from importlib import resources
from pathlib import Path

import pytest

from guarantor.case import words
from guarantor.glossary import glossary, list_name, main, markdown, term_of
from guarantor.quantity import Kind

PAGE = Path(__file__).parents[1] / "docs" / "glossary.md"

CLOSED_LISTS = [
    *(
        found
        for _, found in inspect.getmembers(words, inspect.isclass)
        if issubclass(found, StrEnum) and found is not StrEnum
    ),
    Kind,
]

WORDS_OF_THE_DESIGN = [
    "case",
    "nation",
    "group",
    "position",
    "origin",
    "guarantee",
    "breach",
    "caveat",
    "option",
    "requirement line",
    "capability",
    "contribution",
    "band",
    "command arrangement",
    "commitment",
    "host",
    "rung",
    "pool",
    "deployed share",
    "deployed",
    "throughput",
    "deal",
    "future",
    "fill",
    "enabler",
    "measure",
    "question",
    "Answer",
    "delegation",
    "sealed position",
    "tier",
    "silence procedure",
]


def rows():
    text = resources.files("guarantor").joinpath("glossary.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines(), strict=True))


def test_the_page_says_what_the_glossary_says():
    assert PAGE.read_text(encoding="utf-8") == markdown(), (
        "renew it with: python -m guarantor.glossary > docs/glossary.md"
    )


def test_the_command_prints_the_page(capfdbinary):
    main()
    assert capfdbinary.readouterr().out == PAGE.read_bytes()


@pytest.mark.parametrize("closed_list", CLOSED_LISTS, ids=list_name)
def test_a_closed_list_is_explained_word_by_word_in_its_own_order(closed_list):
    explained = [t.term for t in glossary().values() if t.closed_list == list_name(closed_list)]
    assert explained == [term_of(word).term for word in closed_list]


@pytest.mark.parametrize("closed_list", CLOSED_LISTS, ids=list_name)
def test_a_closed_list_is_itself_a_term(closed_list):
    assert list_name(closed_list) in glossary()


def test_no_word_is_explained_as_part_of_a_list_that_does_not_exist():
    known = {list_name(closed_list) for closed_list in CLOSED_LISTS}
    assert {t.closed_list for t in glossary().values()} == {"", *known}


@pytest.mark.parametrize("word", WORDS_OF_THE_DESIGN)
def test_a_word_of_the_design_has_a_term(word):
    assert word in glossary()


def test_no_term_is_defined_twice():
    names = [row["term"].casefold() for row in rows()]
    assert sorted(names) == sorted(set(names))


def test_general_words_stand_in_the_order_of_the_alphabet_before_the_lists():
    general = [name for name, term in glossary().items() if not term.closed_list]
    assert general == sorted(general, key=str.casefold)
    assert list(glossary())[: len(general)] == general


@pytest.mark.parametrize("term", glossary().values(), ids=lambda term: term.term)
def test_a_meaning_is_a_sentence_with_a_source_and_fits_a_table_cell(term):
    assert term.meaning.endswith(".")
    assert term.meaning[0].isupper()
    assert term.source.strip() == term.source != ""
    assert "|" not in term.term + term.meaning + term.source


def test_a_word_shared_by_two_lists_keeps_both_meanings():
    assert term_of(words.Consent.NONE).meaning != term_of(words.GateRule.NONE).meaning
    assert term_of(words.Quality.REPORTED).meaning != term_of(Kind.REPORTED).meaning
