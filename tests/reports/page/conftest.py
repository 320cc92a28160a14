"""Pages opened from disk, and pictures of them."""

from pathlib import Path

import pytest

import axiomcheck as ac
from axiomcheck.reports.html import as_html

SHOTS = Path(__file__).parents[3] / "build" / "screenshots"


@pytest.fixture(scope="session")
def twin():
    """A counterexample to invariance: two networks side by side."""
    return ac.find_counterexample("lrp-epsilon", "implementation_invariance", family="biased", examples=60)


@pytest.fixture(scope="session")
def pages(tmp_path_factory, request):
    """Return a function that writes the page of a fixture's certificate, once, and returns its path."""
    folder = tmp_path_factory.mktemp("pages")

    def write(name):
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(as_html(request.getfixturevalue(name)), encoding="utf-8")
        return path

    return write


@pytest.fixture
def opened(visit, pages):
    """Return a function that opens the page of a fixture's certificate; requests and errors are collected on it."""

    def open_page(name, **context):
        return visit(pages(name), **context)

    return open_page


@pytest.fixture
def kept():
    """Return a function that keeps a screenshot in ``build/screenshots``."""

    def keep(page, name):
        SHOTS.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=SHOTS / f"{name}.png")

    return keep
