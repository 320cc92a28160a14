"""A real browser for the pages: one for the whole run of a process, with what each page said and asked for."""

import os
import shutil

import pytest

CHROMIUM = shutil.which("chromium")
WITHOUT = "Debian's chromium is not installed: the page was not looked at"


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium; without it these tests are skipped with a line, or fail where CI is set."""
    if CHROMIUM is None:
        pytest.fail(WITHOUT) if os.environ.get("CI") == "true" else pytest.skip(WITHOUT)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=["--no-sandbox"])
        yield running
        running.close()


@pytest.fixture
def visit(browser):
    """Return a function that opens a file; its ``requests``, and as ``errors`` what it said, are kept."""
    contexts = []

    def open_page(path, *, width=1280, scheme="light", **context):
        contexts.append(browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **context))
        page = contexts[-1].new_page()
        page.set_default_timeout(5000)
        page.requests, page.errors = [], []
        page.on("request", lambda asked: page.requests.append(asked.url))
        page.on("console", lambda said: page.errors.append(said.text))
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("dialog", lambda dialog: page.errors.append(dialog.message))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
