"""What the repository says about the project agrees with the package."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_citation_names_the_project_its_version_licence_and_authors():
    citation = YAML(typ="safe").load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["cff-version"] == "1.2.0"
    assert citation["title"] == PROJECT["name"]
    assert citation["version"] == PROJECT["version"]
    assert citation["license"] == PROJECT["license"]
    assert citation["authors"] == PROJECT["authors"]
    assert citation["keywords"] == PROJECT["keywords"]
    assert citation["message"]


def test_every_fragment_of_the_changelog_appears_in_the_next_one():
    words = [sys.executable, "-m", "towncrier", "build", "--draft", "--version", "next"]
    draft = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for fragment in (ROOT / "changelog.d").glob("*.md"):
        first = fragment.read_text(encoding="utf-8").splitlines()[0]
        assert f"- {first}" in draft, fragment.name


@pytest.mark.parametrize("page", ["CONTRIBUTING.md", "benchmarks/README.md", "mutation/README.md"])
def test_every_link_of_a_page_leads_to_a_file(page):
    for link in re.findall(r"\]\(([^)#:]+)\)", (ROOT / page).read_text(encoding="utf-8")):
        assert (ROOT / page).parent.joinpath(link).is_file(), link


def test_the_layout_names_folders_that_are_there():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    folders = re.findall(r"^\| `(.+?)/` \|", text, re.MULTILINE)
    assert len(folders) == 7
    for folder in folders:
        assert (ROOT / folder).is_dir(), folder
