"""A certificate of 40 explainers, 12 axioms and 6 families is still a page that one can open, mail and scroll."""

import pytest

from axiomcheck.reports.html import as_html

from .large import AXIOMS, EXPLAINERS, FAMILIES, large

MEGABYTES = 5e6


@pytest.fixture(scope="module")
def pool(certificate, twin):
    """Real counterexamples, with a path, with two networks, and others."""
    return [*(cell.counterexample for cell in certificate.cells if cell.counterexample), twin]


@pytest.fixture(scope="module")
def huge(pool):
    """Three of five of its cells are violated."""
    made = large(pool)
    assert len(made.cells) == EXPLAINERS * len(AXIOMS) * len(FAMILIES) == 2880
    assert sum(cell.verdict == "violated" for cell in made.cells) == 1728
    return made


def test_a_large_page_is_small(huge):
    """Below 5 MB; every cell has its mark. How soon it is there is measured by the benchmark of the page."""
    page = as_html(huge)
    assert len(page.encode()) < MEGABYTES
    assert page.count('<a class="mark') == len(huge.cells)


@pytest.mark.browser
def test_a_large_page_scrolls(visit, huge, tmp_path):
    """It loads, its far end is reached, and a cell of the last explainer opens."""
    path = tmp_path / "large.html"
    path.write_text(as_html(huge), encoding="utf-8")
    page = visit(path)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.get_by_text("SHA-256 of the content").wait_for()
    page.locator("table.matrix").last.locator("tbody tr").last.locator("a").last.click()
    page.locator("details.panel[open]").wait_for()
    assert page.locator("details.panel[open]").count() == 1
