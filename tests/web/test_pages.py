"""Pages show Answers and nothing else, keep their addresses, and load nothing from elsewhere."""

from __future__ import annotations

import csv
import io
import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from serving import LEAD, PATIENCE, lead_workbench, served

from guarantor.answer.answer import Answer
from guarantor.case.copy import copy_case
from guarantor.questions import questions
from guarantor.web import workbench
from guarantor.web.here import Here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OPTION = "reassurance-division"
EXIT = f"/options/{OPTION}/exit?nation=USA&month=12&months=24&futures=1024"
QUICK = {"at-a-glance", "claims", "dissent", "guarantee", "situation", "sources", "words"}
MOST = 60


class Page(HTMLParser):
    """The links of a page, what it loads, its ids, and anything that its policy forbids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.forbidden: list[str] = []
        self.labelled: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(given["id"] or "")
        if tag == "a":
            self.links.append((given.get("href") or "", given.get("rel") or ""))
        if tag == "label" and given.get("for"):
            self.labelled.add(given["for"] or "")
        if tag in {"input", "select"} and given.get("type") not in {"hidden", "checkbox"}:
            self.fields.append(given)
        self.loads += [given[name] or "" for name in ("src", "srcset", "data") if name in given]
        if tag == "link":
            self.loads.append(given.get("href") or "")
        inline = tag == "style" or (tag == "script" and "src" not in given)
        if inline or "style" in given or any(name.startswith("on") for name in given):
            self.forbidden.append(f"{tag} {given}")


@pytest.fixture(scope="module")
def reader() -> Iterator[httpx.Client]:
    for place in served(lead_workbench()):
        with httpx.Client(base_url=place, timeout=PATIENCE, trust_env=False) as client:
            yield client


@pytest.fixture(scope="module")
def locked() -> Iterator[httpx.Client]:
    """Return a client of a workbench that asks for a key, and has none."""
    for place in served(workbench(LEAD, key="a-long-and-secret-key")):
        with httpx.Client(base_url=place, timeout=PATIENCE, trust_env=False) as client:
            yield client


def crawled(reader: httpx.Client) -> dict[str, httpx.Response]:
    """Return pages of the site by address, each page and each quick question at least once."""
    waiting = ["/", f"/options/{OPTION}", EXIT, "/case?as-of=2025-08-22"]
    found: dict[str, httpx.Response] = {}
    kinds: dict[str, int] = {}
    while waiting and len(found) < MOST:
        place = waiting.pop(0)
        if place in found:
            continue
        found[place] = reader.get(place)
        if "html" not in found[place].headers["content-type"]:
            continue
        for link, _ in Page(found[place].text).links:
            to = urljoin(place, link).partition("#")[0]
            path = urlsplit(to).path.split("/")
            kind = "/".join(path[1:2]) if path[1] != "ask" else path[-1].partition(".")[0]
            slow = path[1] == "brief" and len(path) > 2
            slow |= path[1] == "ask" and "?" in to and kind not in QUICK
            slow |= path[1] == "ask" and "." in path[-1] and kind not in QUICK
            if urlsplit(to).netloc or slow or kinds.get(kind, 0) >= 3:
                continue
            kinds[kind] = kinds.get(kind, 0) + 1
            waiting.append(to)
    return found


@pytest.fixture(scope="module")
def pages(reader: httpx.Client) -> dict[str, httpx.Response]:
    return crawled(reader)


@pytest.fixture(scope="module")
def html(pages: dict[str, httpx.Response]) -> dict[str, Page]:
    return {
        place: Page(answer.text)
        for place, answer in pages.items()
        if "html" in answer.headers["content-type"]
    }


def test_every_link_within_the_site_leads_somewhere(pages: dict[str, httpx.Response]):
    assert len(pages) > 30
    assert {place: r.status_code for place, r in pages.items() if r.status_code != 200} == {}


def test_no_page_loads_anything_from_elsewhere(html: dict[str, Page]):
    loaded = {(place, load) for place, page in html.items() for load in page.loads}
    assert loaded
    assert {(place, load) for place, load in loaded if urlsplit(load).netloc} == set()


def test_only_sources_lead_outside_and_tell_nobody_whence(html: dict[str, Page]):
    outward = [
        (urlsplit(place).path.split("/")[1], rel)
        for place, page in html.items()
        for link, rel in page.links
        if urlsplit(link).netloc
    ]
    assert outward
    assert {place for place, _ in outward} == {"why"}
    assert all("noreferrer" in rel for _, rel in outward)


def test_no_page_holds_what_its_own_policy_forbids(html: dict[str, Page]):
    assert {place: page.forbidden for place, page in html.items() if page.forbidden} == {}


def test_no_id_stands_twice_on_a_page(html: dict[str, Page]):
    twice = {p: {i for i in page.ids if page.ids.count(i) > 1} for p, page in html.items()}
    assert {place: ids for place, ids in twice.items() if ids} == {}


def test_every_field_has_a_label(html: dict[str, Page]):
    fields = [(p, f) for p, page in html.items() for f in page.fields]
    assert fields
    assert [(p, f) for p, f in fields if f.get("id") not in html[p].labelled] == []


def test_every_answer_keeps_to_itself(pages: dict[str, httpx.Response]):
    for answer in pages.values():
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "unsafe" not in policy
        assert "http" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    ("path", "question", "settings"),
    [
        ("/ask/claims", "claims", {"as-of": "2025-08-22"}),
        ("/ask/gaps", "gaps", {"option": OPTION, "futures": "1024", "months": "24"}),
        ("/case", "claims", {"as-of": "2025-08-22"}),
        ("/options", "at-a-glance", {}),
        (
            f"/options/{OPTION}/exit",
            "exit",
            {"nation": "USA", "month": "12", "months": "24", "futures": "1024"},
        ),
    ],
)
def test_the_json_twin_is_the_answer(
    path: str, question: str, settings: dict[str, str], reader: httpx.Client, asked
):
    told = reader.get(f"{path}.json", params=settings)
    option = {"option": OPTION} if "exit" in path else {}
    expected = asked(question, **option, **settings)
    assert told.headers["content-type"] == "application/json"
    assert Answer.from_json(told.text).model_dump(exclude={"command"}) == expected.model_dump(
        exclude={"command"}
    )


def test_the_csv_twin_holds_every_cell_of_the_tables(reader: httpx.Client, asked):
    told = list(csv.DictReader(io.StringIO(reader.get("/ask/claims.csv").text)))
    tables = [section.table for section in asked("claims").sections if section.table]
    cells = sum(max(1, len(cell.slots)) for t in tables for row in t.rows for cell in row)
    assert len(told) == cells
    assert {row["section"] for row in told} == {"by-topic", "offices", "drift", "origins"}


def test_one_table_as_csv_reads_as_it_stands(reader: httpx.Client, asked):
    told = list(csv.reader(io.StringIO(reader.get("/ask/claims.csv?table=drift").text)))
    table = asked("claims").section("drift").table
    assert told[0] == [column.title.plain() for column in table.columns]
    assert told[1:] == [[cell.plain() for cell in row] for row in table.rows]


def test_a_chart_is_a_picture_of_its_own(reader: httpx.Client):
    told = reader.get("/ask/at-a-glance.svg?chart=said-and-asked")
    assert told.headers["content-type"].startswith("image/svg+xml")
    assert told.text.startswith("<svg")


def test_every_question_has_its_page_with_a_field_for_each_setting(reader: httpx.Client):
    listed = reader.get("/ask").text
    for name, question in questions().items():
        assert f'href="/ask/{name}"' in listed
        if any(s.name in {"futures", "fair", "nation"} for s in question.settings):
            page = reader.get(f"/ask/{name}")
            assert page.status_code == 200
            assert all(f'name="{setting.name}"' in page.text for setting in question.settings)
            assert "Not asked yet" in page.text


def test_an_answer_says_how_to_get_it_again(reader: httpx.Client):
    page = reader.get(f"/ask/guarantee?option={OPTION}").text
    assert f"guarantor ask guarantee ukraine-2025-08 --option {OPTION}" in page
    assert "from guarantor.questions import ask" in page


def test_every_figure_of_an_answer_leads_to_its_record(reader: httpx.Client, asked):
    page = reader.get(f"/ask/guarantee?option={OPTION}").text
    shown = set(re.findall(r'href="/why/guarantee/(t[0-9a-f]+)\?option=', page))
    assert {slot.trace for slot in asked("guarantee", option=OPTION).slots()} <= shown


def test_a_figure_is_followed_to_its_sources(reader: httpx.Client):
    home = reader.get("/").text
    (figure,) = re.findall(r'<p class="big"><a class="figure" href="([^"]+)"', home)
    page = reader.get(figure)
    assert "Made from" in page.text
    assert "Sources behind it" in page.text
    twin = reader.get(f"{figure}.json").json()
    assert twin["trace"]["inputs"]
    assert any(each["citations"] for each in twin["rests_on"].values())


def test_a_setting_that_cannot_be_read_keeps_the_form_and_says_what_is_allowed(
    reader: httpx.Client,
):
    page = reader.get("/ask/exit?option=reassurance-divsion&month=0&nation=USA")
    assert page.status_code == 400
    assert "Did you mean &#39;reassurance-division&#39;?" in page.text
    assert "a number from 1 to 120" in page.text
    assert '<option value="USA" selected>' in page.text
    assert page.text.count('aria-invalid="true"') == 2
    twin = reader.get("/ask/exit.json?option=reassurance-divsion&month=0&nation=USA")
    assert twin.status_code == 400
    assert {p["field"] for p in twin.json()["problems"]} == {"--option", "--month"}
    assert all({"what", "found", "allowed"} <= set(p) for p in twin.json()["problems"])


@pytest.mark.parametrize(
    ("place", "status", "said"),
    [
        ("/ask/feasable", 404, "Did you mean &#39;feasible&#39;?"),
        ("/optoins", 404, "Did you mean &#39;/options&#39;?"),
        ("/options/sky-garantee", 404, "Did you mean &#39;sky-guarantee&#39;?"),
        ("/why/claims/t0000000000", 404, "this answer has no such record"),
        ("/brief/one-page.doc", 404, "Did you mean &#39;one-page."),
        ("/case?as_of=2025-08-22", 400, "Did you mean &#39;as-of&#39;?"),
        ("/case?as-of=2031-01-01", 400, "the record does not reach that day"),
        ("/case?as-of=yesterday", 400, "--as-of"),
        ("/compare?deal=peace", 400, "there is no such deal"),
        ("/brief/one-page.pdf?what-if=pools/x/quantity=1", 400, "no what-if"),
        ("/ask/changed?against=../other", 400, "a page reads no folder"),
        ("/ask/claims?what-if=nonsense", 400, "no change of a case"),
        ("/ask/claims?colour=red", 400, "has no such setting"),
    ],
)
def test_what_is_wrong_is_said_with_its_remedy(
    place: str, status: int, said: str, reader: httpx.Client
):
    page = reader.get(place)
    assert page.status_code == status
    assert said in page.text


def test_the_slider_stays_when_what_is_set_cannot_be_read(reader: httpx.Client):
    page = reader.get(f"/options/{OPTION}/exit?nation=USA&month=999")
    assert page.status_code == 400
    assert "a number from 1 to 120" in page.text
    assert 'id="month"' in page.text
    twin = reader.get(f"/options/{OPTION}/exit.json?nation=USA&month=999")
    assert [p["field"] for p in twin.json()["problems"]] == ["--month"]


def test_an_option_of_a_later_day_is_not_on_record_yet(reader: httpx.Client):
    page = reader.get("/options/paris-framework?as-of=2025-03-01")
    assert page.status_code == 400
    assert "not on record yet" in page.text


def test_the_day_goes_along_with_every_link_and_is_said(reader: httpx.Client):
    page = reader.get("/options?as-of=2025-08-22")
    assert "Seen from 2025-08-22" in page.text
    inner = [to for to, _ in Page(page.text).links if to.startswith("/") and to != "/options"]
    assert inner
    assert all("as-of=2025-08-22" in to for to in inner)


def test_a_what_if_is_marked_as_in_no_record(reader: httpx.Client):
    change = "contributions/fra-ground-force-2026-01/quantity=3000"
    page = reader.get("/ask/gaps", params={"option": OPTION, "what-if": change})
    assert page.status_code == 200
    assert "What-if, in no record" in page.text


def test_a_name_of_another_site_for_this_machine_is_turned_away(reader: httpx.Client):
    assert reader.get("/", headers={"Host": "rebound.example"}).status_code == 400


def test_the_brief_is_read_and_taken_away(reader: httpx.Client):
    page = reader.get("/brief/one-page.html")
    assert "'sha256-" in page.headers["content-security-policy"]
    assert "<main" in page.text


class TestWithAKey:
    def test_nothing_of_the_case_is_told_without_it(self, locked: httpx.Client):
        for place in ("/", "/home.json", "/ask/claims.csv", "/brief/one-page.pdf", "/nowhere"):
            answer = locked.get(place)
            assert answer.status_code == 401
            assert "Ukraine" not in answer.text

    def test_a_wrong_key_stays_outside(self, locked: httpx.Client):
        assert locked.get("/?key=a-long-and-secret-kez").status_code == 401
        assert locked.post("/enter", data={"key": "ключ"}).status_code == 401
        assert locked.get("/", headers={"Cookie": "guarantor-key=x"}).status_code == 401

    def test_the_key_opens_and_leaves_the_address(self, locked: httpx.Client):
        with httpx.Client(base_url=locked.base_url, trust_env=False) as mine:
            let_in = mine.get("/ask?key=a-long-and-secret-key")
            assert let_in.status_code == 303
            assert let_in.headers["location"] == "/ask"
            assert "HttpOnly" in let_in.headers["set-cookie"]
            assert mine.get("/ask").status_code == 200

    def test_the_door_leads_to_what_was_asked_and_nowhere_else(self, locked: httpx.Client):
        assert 'action="/enter?to=%2Fask"' in locked.get("/ask").text
        with httpx.Client(base_url=locked.base_url, trust_env=False) as mine:
            given = {"key": "a-long-and-secret-key"}
            assert mine.post("/enter?to=/ask", data=given).headers["location"] == "/ask"
            for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
                let_in = mine.post("/enter", params={"to": elsewhere}, data=given)
                assert let_in.headers["location"] == "/"


def test_blank_settings_are_not_set_and_repeated_needs_are_joined():
    pairs = [("option", ""), ("need", "a >= 1"), ("need", "b >= 2"), ("month", "3"), ("month", "4")]
    here = Here.of("/ask/robust", [*pairs, ("as-of", "2025-08-22")])
    assert here.own() == {"need": "a >= 1;b >= 2", "month": "4"}
    assert here.to("/x", {"a": "b c"}) == "/x?a=b%20c&as-of=2025-08-22"


def test_the_palette_names_every_question_and_option(reader: httpx.Client):
    places = {place["to"] for place in json.loads(reader.get("/palette.json").text)["places"]}
    assert {f"/ask/{name}" for name in questions()} <= places
    assert f"/options/{OPTION}" in places


def test_a_case_that_breaks_while_it_is_served_is_shown_as_it_last_was_good(tmp_path: Path):
    folder = tmp_path / "mine"
    copy_case(LEAD, str(folder))
    about = folder / "case.yaml"
    good = about.read_text(encoding="utf-8")
    for place in served(workbench(str(folder))):
        with httpx.Client(base_url=place, timeout=PATIENCE, trust_env=False) as mine:
            first = mine.get("/ask/situation.json").json()["digest"]
            about.write_text(f"{good}\nsurprise: 1\n", encoding="utf-8")
            assert mine.get("/ask/situation.json").json()["digest"] == first
            page = mine.get("/options").text
            assert "The files of the case have problems" in page
            assert "surprise" in page
            about.write_text(f"{good}\n# mended\n", encoding="utf-8")
            assert "have problems" not in mine.get("/options").text
            assert mine.get("/ask/situation.json").json()["digest"] != first
