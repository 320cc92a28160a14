"""The page: in a real browser where there is one."""

import os
import shutil
from html import escape
from html.parser import HTMLParser
from typing import ClassVar

import pytest

from axiomcheck.networks.family import DESCRIPTIONS, PRESETS
from axiomcheck.reports.grouping import GROUPS
from axiomcheck.reports.html import as_html

CHROMIUM = shutil.which("chromium")


def test_it_needs_nothing_but_itself(certificate):
    """No address of anything outside stands in the page."""

    class Addresses(HTMLParser):
        found: ClassVar[list[str]] = []

        def handle_starttag(self, tag, attributes):
            self.found += [value for name, value in attributes if name in ("src", "href") and not value.startswith("#")]

    page = as_html(certificate)
    Addresses().feed(page)
    assert Addresses.found == []
    assert "http" not in page
    assert "@import" not in page


def test_what_a_user_wrote_is_escaped(hostile):
    """Names and messages cannot become elements."""
    page = as_html(hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_all_families_are_named_and_described(certificate):
    """The four presets stand in the page, each with its words, and every cell of theirs has its place."""
    page = as_html(certificate)
    assert set(certificate.families) == set(PRESETS)
    for name in PRESETS:
        assert name in page
        assert escape(DESCRIPTIONS[name]) in page
        assert f"grad-x-input · continuity · {name}" in page


def test_a_cell_says_what_it_rests_on(whole):
    """Its scope, the cases by what became of them, its tolerance, and what was measured."""
    page = as_html(whole)
    for words in (
        "holds without biases; fails once biases are negative: f(x1) = relu(x1 - 1)",
        "screened 70, 60 effective, 7 showed nothing · 3 timed out",
        "tolerance 0.03 of the scale (its own) and 9.1e-13 of the magnitudes",
        "measured: slope: median 1, at most 2.5",
        "independent draws of up to 4 variables",
    ):
        assert words in page


def test_every_group_has_its_table(whole, certificate):
    """Each under its heading; groups of which nothing was asked have none."""
    assert all(f"<caption>{heading}</caption>" in as_html(whole) for heading in GROUPS.values())
    assert as_html(certificate).count("<caption>") == 1


@pytest.fixture(scope="module")
def browser():
    """Headless Chromium; without it these tests are skipped with a line, or fail where CI is set."""
    if CHROMIUM is None:
        message = "Debian's chromium is not installed: the page was not looked at"
        pytest.fail(message) if os.environ.get("CI") == "true" else pytest.skip(message)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def page(browser, tmp_path, request):
    """The page, opened from disk without a network; errors and requests are collected on it."""
    chosen = request.getfixturevalue(getattr(request, "param", "certificate"))
    path = tmp_path / "certificate.html"
    path.write_text(as_html(chosen), encoding="utf-8")
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    opened.requests, opened.errors = [], []
    opened.on("request", lambda asked: opened.requests.append(asked.url))
    opened.on("console", lambda said: opened.errors.append(said.text) if said.type == "error" else None)
    opened.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.on("dialog", lambda dialog: opened.errors.append(dialog.message))
    opened.goto(path.as_uri())
    yield opened
    opened.close()


@pytest.mark.browser
def test_the_matrix_is_seen_and_leads_to_its_cells(page):
    """A mark is visible; clicked, it leads to the cell's sentence; the code opens."""
    mark = page.get_by_label("grad-x-input, continuity, bias-free: violated")
    assert mark.is_visible()
    mark.click()
    cell = page.locator("section:target")
    assert cell.get_by_role("heading").inner_text() == "grad-x-input · continuity · bias-free"
    assert "the scores jump from" in cell.inner_text()
    cell.get_by_text("Python that shows it").click()
    assert cell.get_by_text("import torch").is_visible()


@pytest.mark.browser
def test_the_keyboard_leads_there_too(page):
    """Tab reaches the first mark, Enter follows it."""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator("section:target").is_visible()


@pytest.mark.browser
@pytest.mark.parametrize("page", ["certificate", "hostile"], indirect=True)
def test_the_page_keeps_to_itself(page):
    """No request leaves it, nothing is wrong on the console, nothing a user wrote runs."""
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.errors == []


@pytest.mark.browser
@pytest.mark.parametrize("page", ["whole"], indirect=True)
def test_all_axioms_are_seen_at_once(page):
    """On a usual screen no table of a group is wider than its frame by more than a mark."""
    for frame in page.locator("div.scroll").all():
        assert frame.evaluate("frame => frame.scrollWidth - frame.clientWidth") <= 32


@pytest.mark.browser
@pytest.mark.parametrize("page", ["certificate", "whole"], indirect=True)
def test_a_narrow_page_does_not_scroll_sideways(page):
    """On a telephone the matrix scrolls in its own frame, the page does not."""
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
