"""The program keeps its one direction of imports, its short files and its own words only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
CONTRACTS = ROOT / ".importlinter"
LONGEST_FILE = 400

ROWS_OF_THE_DESIGN = [
    {"problems", "quantity", "output", "glossary"},
    {"models"},
    {"methods"},
    {"case"},
    {"answer"},
    {"supply"},
    {"simulate"},
    {"optimise"},
    {"evidence"},
    {"questions"},
    {"brief"},
    {"room"},
    {"web", "cli"},
]
"""The table of packages: each imports only from rows above it."""

MACHINE_PATHS = (
    r"(?<![\w.~/-])/(?:home|root|work|mnt|private)/\w",
    r"(?<![\w.~/-])/(?:Users|tmp|opt|var)/\w",
    r"\b[A-Z]:\\+Users",
    r"(?<!\w)~/\w",
)
REGISTRIES = (
    r"pypi\.org/+simple",
    r"pythonhosted\.org/+packages",
    r"registry\.npmjs\.(?:org|com)",
    r"/(?:artifactory|nexus)/+(?:api|repository)",
    r"(?<![\w-])--(?:extra-)?index-url",
    r"(?<![\w-])-{2}find-links",
    r"\bPIP_(?:EXTRA_)?INDEX_URL",
)
LEAKS = re.compile("|".join((*MACHINE_PATHS, *REGISTRIES)))


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts against the package that lies in the folder."""
    return subprocess.run(
        [
            Path(sys.executable).with_name("lint-imports"),
            *("--config", CONTRACTS, "--no-cache", "--no-logo"),
        ],
        cwd=folder,
        env={"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a clone: nothing is tracked")
    return [ROOT / name for name in listed.stdout.split("\0") if name]


def test_packages_import_only_from_rows_above_them():
    found = lint_imports(ROOT / "src")
    assert found.returncode == 0, found.stdout + found.stderr
    assert "Contracts: 3 kept, 0 broken." in found.stdout


def test_the_contract_of_layers_is_the_table_of_the_design():
    contracts = ConfigParser()
    contracts.read_string(CONTRACTS.read_text(encoding="utf-8"))
    layers = contracts["importlinter:contract:one-direction"]["layers"].split("\n")
    rows = [set(re.findall(r"\w+", layer)) for layer in layers if layer.strip()]
    assert rows == ROWS_OF_THE_DESIGN[::-1]


@pytest.mark.parametrize(
    ("file", "statement", "broken"),
    [
        ("problems.py", "import guarantor.case.words", "Data goes left to right once BROKEN"),
        ("case/words.py", "import guarantor.questions", "Data goes left to right once BROKEN"),
        ("answer/text.py", "import guarantor.cli", "Data goes left to right once BROKEN"),
        ("newcomer.py", "", "newcomer"),
        ("models/cost.py", "import guarantor.problems", "Models import nothing of ours BROKEN"),
        ("cli.py", "import guarantor.models.cost", "Pages and commands compute nothing BROKEN"),
        ("simulate.py", "from guarantor import cli", "Data goes left to right once BROKEN"),
        ("web.py", "import guarantor.models.cost", "Pages and commands compute nothing BROKEN"),
    ],
)
def test_an_import_against_the_direction_breaks_its_contract(
    file: str, statement: str, broken: str, tmp_path: Path
):
    package = tmp_path / "guarantor"
    shutil.copytree(
        ROOT / "src" / "guarantor", package, ignore=shutil.ignore_patterns("cases", "__pycache__")
    )
    with (package / file).open("a", encoding="utf-8") as module:
        module.write(f"\n{statement}\n")
    found = lint_imports(tmp_path)
    assert found.returncode == 1, found.stdout + found.stderr
    assert broken in f"{found.stdout}{found.stderr}"


def test_no_source_file_is_two_files():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text(encoding="utf-8").splitlines())
        for path in sorted((ROOT / "src").rglob("*.py"))
    }
    assert lengths
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


PICTURES = {".png"}


def test_no_tracked_file_names_a_machine_or_a_registry():
    found = {}
    for path in tracked():
        if not path.is_file():  # removed and not yet committed
            continue
        if path.suffix in PICTURES:  # bytes, not words
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        if leaks := [leak[0] for leak in LEAKS.finditer(text)]:
            found[path.relative_to(ROOT).as_posix()] = leaks
    assert found == {}


@pytest.mark.parametrize(
    "parts",
    [
        ("cd ", "/", "home", "/someone"),
        ('"', "/", "tmp", "/x.txt"),
        ("C:", "\\", "Users"),
        ("~", "/notes"),
        ("https://pypi.org", "/simple/"),
        ("https://files.pythonhosted.org", "/packages/ab"),
        ("pip install ", "--", "index-url", " x"),
    ],
)
def test_the_search_finds_paths_and_registries(parts: tuple[str, ...]):
    assert LEAKS.search("".join(parts))


@pytest.mark.parametrize("text", ["--no-emit-index-url", "https://example.org/home/news/1", "~/"])
def test_the_search_leaves_addresses_of_sources_alone(text: str):
    assert not LEAKS.search(text)
