"""A brief that was written is never written over: the next version names it."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from conftest import LEAD
from guarantor.brief import EVERY_EDITION, compose, page_of, write_brief
from guarantor.brief.matter import Matter
from guarantor.brief.versions import EARLIER, RECORD, Version, differences
from guarantor.case.copy import copy_case
from guarantor.problems import Misuse, Problems

if TYPE_CHECKING:
    from pathlib import Path

EDITION = ["one-page"]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    copy_case(LEAD, str(tmp_path / "mine"))
    return tmp_path / "mine"


def write(case: Path, out: Path, editions=EDITION) -> list[str]:
    told: list[str] = []
    write_brief(str(case), out, None, editions, told.append)
    return told


def files(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


def change(case: Path) -> None:
    about = case / "case.yaml"
    text = about.read_text()
    assert "Russia rejects NATO troops, and" in text
    about.write_text(text.replace("Russia rejects NATO troops, and", "Moscow says no, and"))


def test_the_same_case_gives_the_same_bytes_and_nothing_is_written(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    assert write(case, out) == ["one-page: version 1"]
    before = files(out)
    times = {p.name: p.stat().st_mtime_ns for p in out.iterdir()}
    assert write(case, out) == ["one-page: nothing changed since version 1"]
    assert files(out) == before
    assert {p.name: p.stat().st_mtime_ns for p in out.iterdir()} == times
    write(case, tmp_path / "elsewhere")
    assert files(tmp_path / "elsewhere") == before


def test_a_change_gives_a_version_that_names_the_old_one_and_what_changed(
    case: Path, tmp_path: Path
):
    out = tmp_path / "out"
    write(case, out)
    before = files(out)
    old = json.loads(before[RECORD])["editions"]["one-page"]
    change(case)
    (told,) = write(case, out)
    assert re.fullmatch(
        r"one-page: version 2, \d+ lines changed; version 1 is kept in earlier/", told
    )
    kept = files(out / EARLIER / "one-page-version-1")
    assert kept == {name: data for name, data in before.items() if name != RECORD}
    page = (out / "one-page.html").read_text()
    assert old["content"][:12] in page
    assert "What changed since" in page
    assert "Moscow says no" in page
    changed = page.split('id="changes"')[1].split("</section>")[0]
    assert "Russia rejects NATO troops" in changed
    text = "\n".join(
        p.get_textpage().get_text_range() for p in pypdfium2.PdfDocument(out / "one-page.pdf")
    )
    assert old["content"][:12] in text
    after = files(out)
    assert write(case, out) == ["one-page: nothing changed since version 2"]
    assert files(out) == after


def test_going_back_is_a_third_version_with_the_content_of_the_first_words(
    case: Path, tmp_path: Path
):
    out = tmp_path / "out"
    write(case, out)
    about = (case / "case.yaml").read_text()
    change(case)
    write(case, out)
    (case / "case.yaml").write_text(about)
    write(case, out)
    record = json.loads((out / RECORD).read_text())["editions"]["one-page"]
    first = json.loads((out / EARLIER / "one-page-version-1" / "one-page.traces.json").read_text())
    assert record["version"] == 3
    assert record["replaces"]["version"] == 2
    assert any(record["content"] in trace["says"] for trace in first.values())


def test_an_altered_brief_is_not_written_over(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    write(case, out)
    page = out / "one-page.html"
    page.write_text(page.read_text().replace("0 soldiers", "5 soldiers"))
    before = files(out)
    with pytest.raises(Problems, match="altered after it was written"):
        write(case, out)
    assert files(out) == before


def test_a_brief_that_is_gone_comes_back_as_it_was(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    write(case, out)
    before = files(out)
    (out / "one-page.pdf").unlink()
    assert write(case, out) == ["one-page: nothing changed since version 1"]
    assert files(out) == before


def test_another_case_does_not_take_the_folder(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    write(case, out)
    other = tmp_path / "other"
    shutil.copytree(case, other)
    before = files(out)
    with pytest.raises(Problems, match="the brief of another case"):
        write(other, out)
    assert files(out) == before


def test_a_record_that_is_not_ours_is_named(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    out.mkdir()
    (out / RECORD).write_text("[]")
    with pytest.raises(Problems, match="cannot be read"):
        write(case, out)


def test_an_edition_that_was_not_asked_for_stays_as_it_is(case: Path, tmp_path: Path):
    out = tmp_path / "out"
    write(case, out, ["press"])
    press = {name: data for name, data in files(out).items() if name.startswith("press")}
    change(case)
    assert write(case, out) == ["one-page: version 1"]
    assert {n: d for n, d in files(out).items() if n.startswith("press")} == press
    assert set(json.loads((out / RECORD).read_text())["editions"]) == {"press", "one-page"}


def test_an_unknown_edition_is_refused_with_the_nearest_name(tmp_path: Path):
    with pytest.raises(Misuse, match="Did you mean 'press'"):
        write_brief(LEAD, tmp_path / "out", None, ["pres"])
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("day", ["2031-01-01", "yesterday"])
def test_a_day_that_the_record_does_not_reach_writes_nothing(tmp_path: Path, day: str):
    with pytest.raises(Misuse):
        write_brief(LEAD, tmp_path / "out", day, ["one-page"])
    assert not (tmp_path / "out").exists()


def test_differences_pair_lines_and_keep_their_section():
    before = [("A", "one"), ("A", "two"), ("B", "three")]
    now = [("A", "one"), ("A", "2"), ("B", "three"), ("B", "four")]
    assert list(differences(before, now)) == [("A", "two", "2"), ("B", "", "four")]
    assert list(differences(now, now)) == []


def test_content_that_is_set_otherwise_is_a_version_without_changed_words():
    from guarantor.brief.versions import Edition

    old = Edition(version=4, content="ab" * 32, lines=(), files={})
    version = Version.after(old, old.content, ()).reset(old)
    assert (version.number, version.replaces.version) == (5, 4)
    told, table, _ = version.page()
    assert table is None
    assert "only the way it is set" in told.plain()


WITHOUT = {
    "an option without lines": (
        lambda case: replace(
            case,
            options={
                **case.options,
                "paris-framework": case.options["paris-framework"].model_copy(
                    update={"lines": None}
                ),
            },
        ),
        "Lines and gaps: missing, because no line is on record",
    ),
    "no deal": (lambda case: replace(case, deals={}), "no deal is on record"),
    "no option": (lambda case: replace(case, options={}), "No option is on record"),
    "no contribution": (lambda case: replace(case, contributions={}), "No cost is on record"),
    "no pool": (lambda case: replace(case, pools={}), "not known"),
}


@pytest.mark.parametrize("what", WITHOUT)
def test_what_is_missing_is_said_and_the_brief_still_builds(lead, what: str):
    from guarantor.answer.trace import with_inputs
    from guarantor.brief.pdf import document_pdf
    from guarantor.brief.pictures import drawn

    cut, said = WITHOUT[what]
    matter = Matter(cut(lead), LEAD)
    page_of(matter)
    document = compose(matter, "full")
    lines = [line for _, line in document.lines()]
    assert any(said in line for line in lines)
    if what in {"no deal", "no option"}:
        order = with_inputs(document.traces, document.marks())
        assert document_pdf(document, drawn(document.pictures()), order).startswith(b"%PDF")


def test_the_editions_offered_are_those_of_the_plan():
    assert EVERY_EDITION == ("one-page", "full", "parliament", "press")
