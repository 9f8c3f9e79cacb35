"""In a real browser: silent, from this machine alone, by keyboard, from narrow to wide."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Browser, Page, sync_playwright
from serving import lead_workbench, served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
OPTION = "/options/reassurance-division"
EXIT = f"{OPTION}/exit?nation=USA&month=12&months=24&futures=1024"
PLACES = {
    "home": "/",
    "options": "/options",
    "option": OPTION,
    "exit": EXIT,
    "compare": "/compare",
    "case": "/case?as-of=2025-08-22",
    "answer": "/ask/gaps?option=reassurance-division&futures=1024&months=24",
    "questions": "/ask",
    "brief": "/brief",
}
MOST_TABS = 40


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip(f"no browser on this machine: looked for {', '.join(BROWSERS)}")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    yield from served(lead_workbench())


class Watched:
    """A page of the workbench, and whatever it said or asked for."""

    def __init__(self, browser: Browser, address: str, width: int, scheme: str) -> None:
        self.address = address
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page: Page = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,  # type: ignore[arg-type]
        ).new_page()
        self.page.set_default_timeout(60_000)
        self.page.on("console", lambda message: self.said.append(message.text))
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("request", lambda request: self.asked.append(request.url))

    def go(self, place: str) -> None:
        self.page.goto(f"{self.address}{place}")

    def tab_to(self, selector: str) -> int:
        """Press Tab until the focus is on such an element; return how often."""
        for number in range(1, MOST_TABS):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("s => document.activeElement.matches(s)", selector):
                return number
        raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.fixture
def wide(browser: Browser, address: str) -> Iterator[Watched]:
    watched = Watched(browser, address, 1280, "light")
    yield watched
    watched.page.context.close()


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark"), (2560, "light")])
def test_no_page_scrolls_sideways_says_anything_or_asks_elsewhere(
    width: int, scheme: str, browser: Browser, address: str, tmp_path: Path
):
    watched = Watched(browser, address, width, scheme)
    broad = {}
    for name, place in PLACES.items():
        watched.go(place)
        found = watched.page.evaluate("document.documentElement.scrollWidth")
        if found > width:
            broad[name] = found
        picture = tmp_path / f"{name}.png"
        watched.page.screenshot(path=picture)
        assert picture.stat().st_size > 10_000
    watched.page.context.close()
    assert broad == {}
    assert watched.said == []
    assert watched.asked
    assert [url for url in watched.asked if not url.startswith(address)] == []


def test_the_keyboard_reaches_the_pages_and_the_reason_of_a_figure(wide: Watched):
    wide.go("/")
    wide.page.keyboard.press("Tab")
    assert wide.page.evaluate("document.activeElement.textContent") == "Skip to the page"
    wide.tab_to("nav[aria-label=Main] a[data-go=o]")
    wide.go("/")
    wide.page.keyboard.press("Tab")
    wide.page.keyboard.press("Enter")
    wide.tab_to("main a.figure")
    outline = wide.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**/why/**")
    assert wide.page.locator("main h1").count() == 1
    wide.page.get_by_role("link", name="Back to the answer").focus()


def test_the_slider_shows_another_month_and_keeps_its_address(wide: Watched):
    wide.go(EXIT)
    before = wide.page.locator("#answer .headline").inner_text()
    wide.page.locator("#month").focus()
    wide.page.keyboard.press("ArrowRight")
    wide.page.wait_for_url("**month=13**")
    wide.page.wait_for_selector("#answer:not(.busy)")
    assert wide.page.locator("#month-shown").inner_text() == "13"
    after = wide.page.locator("#answer .headline").inner_text()
    assert "month 12" in before
    assert "month 13" in after
    wide.page.reload()
    assert "month 13" in wide.page.locator("#answer .headline").inner_text()
    assert wide.said == []


def test_without_scripts_the_slider_is_a_form(browser: Browser, address: str):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}{EXIT}")
    page.locator("#nation").select_option("FRA")
    page.get_by_role("button", name="Show").click()
    assert "nation=FRA" in page.url
    assert "France" in page.locator("#answer .headline").inner_text()
    context.close()


def test_a_few_letters_go_to_a_page(wide: Watched):
    wide.go("/")
    wide.page.keyboard.press("Control+k")
    wide.page.get_by_role("searchbox", name="Go to").fill("sky guar")
    wide.page.keyboard.press("Enter")
    wide.page.wait_for_url("**/options/sky-guarantee")
    wide.page.keyboard.press("?")
    assert wide.page.get_by_role("dialog", name="Keys").get_by_text("Ctrl K").is_visible()
    wide.page.keyboard.press("Escape")
    wide.page.get_by_role("dialog").wait_for(state="detached")
    wide.page.keyboard.press("g")
    wide.page.keyboard.press("c")
    wide.page.wait_for_url("**/case")
    assert wide.said == []
