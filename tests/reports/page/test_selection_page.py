"""The page of a selection in a real browser: the trade is read, nothing leaves it, axe-core is content."""

import pytest

from axiomcheck.reports.selection import Selection
from axiomcheck.reports.selection_page import as_html
from axiomcheck.results.certificate import Cell, Certificate, Environment

pytestmark = pytest.mark.browser
TRADE = "In biased, γ = 0 keeps conservation and loses continuity; γ = 1 keeps continuity and loses conservation."


def _cell(value, axiom, violations):
    screen = {"drawn": 100, "effective": 100, "violations": violations, "timed_out": 0}
    figures = {"strongest variation": {"median": 1.0, "max": 2.0 + violations}} if axiom == "continuity" else {}
    verdict = "violated" if violations else "holds"
    return Cell(f"e:γ={value}", axiom, "biased", verdict, f"it is {verdict}", screen=screen, figures=figures)


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The page of two values that each keep what the other loses."""
    counts = {"0": (0, 50), "1": (40, 0)}
    cells = [
        _cell(value, axiom, count)
        for value, pair in counts.items()
        for axiom, count in zip(("conservation", "continuity"), pair, strict=True)
    ]
    certificate = Certificate(Environment({}, "a machine", "float64", 100, "a distribution"), 0, tuple(cells))
    selection = Selection(certificate, "e", "γ", tuple(counts), tuple(f"e:γ={value}" for value in counts))
    path = tmp_path_factory.mktemp("selection") / "selection.html"
    path.write_text(as_html(selection), encoding="utf-8")
    return path


def test_the_trade_is_read(visit, path):
    """In words, in the table, and in a chart of each figure."""
    page = visit(path)
    assert page.get_by_text(TRADE).is_visible()
    assert page.locator("tr.unbeaten").count() == 2
    assert page.locator("td .violated").count() == page.locator("td .holds").count() == 2
    assert page.locator("figure svg").count() == 2
    assert page.locator("figure svg text", has_text="strongest variation").is_visible()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_it_stands_alone_and_is_accessible(visit, kept, path, width, scheme):
    """No request, no error, nothing serious for axe-core, and nothing that scrolls sideways."""
    from axe_playwright_python.sync_playwright import Axe

    page = visit(path, width=width, scheme=scheme)
    kept(page, f"selection-{width}-{scheme}")
    found = Axe().run(page).response
    assert [one["id"] for one in found["violations"] if one["impact"] in ("serious", "critical")] == []
    assert [url for url in page.requests if not url.startswith("file:")] == []
    assert page.errors == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
