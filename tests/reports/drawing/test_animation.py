"""The animation: what the slider shows is what the explainer said there."""

import json
import re

import pytest

from axiomcheck.axioms.continuity import Jump
from axiomcheck.networks import Case, Linear, Network, Path, ReLU
from axiomcheck.networks.layers import Flatten
from axiomcheck.reports.drawing import ANIMATION_SCRIPT, ANIMATION_STYLE, animation
from axiomcheck.results.counterexample import Counterexample
from axiomcheck.results.path_profile import PathProfile

AT = (0.0, 0.25, 0.25, 1.0)
SCORES = ((8.0, 0.5), (4.0, 0.25), (0.0, -1.5), (1e9, 3.0))


def _found(network=None, scores=SCORES, **more):
    network = network or Network((Linear(((1.0, 1.0),), (0.0,)), ReLU()))
    size = network.in_features
    case = Case(network, baseline=(0.0,) * size, path=Path(((0.0,) * size, (4.0,) * size)))
    told = {"has_baseline": False, "explainer_code": "", "axiom_code": "", "versions": {}, "seed": 0, "gap": 1.0}
    x = (1.0,) * size
    observed = Jump(x, x, x, 0.25, "jump", (x, x))
    given = {"explainer": "by hand", "axiom": "continuity", "family": "biased", "reason": "it is so", "tolerance": 0.1}
    along = PathProfile.on(case, AT, scores, (0.25,))
    return Counterexample(case=case, observed=observed, **told | given | {"along": along} | more)


def _data(fragment):
    return json.loads(re.search(r'<script type="application/json">(.*?)</script>', fragment).group(1))


def test_without_a_path_there_is_nothing():
    """An empty fragment takes no place in a page."""
    assert animation(_found(along=None)) == ""


def test_the_frames_are_the_scores():
    """Nothing is rounded, and inputs and outputs are those of the path."""
    data = _data(animation(_found()))
    assert data["scores"] == [list(row) for row in SCORES]
    assert data["inputs"] == [[4 * t, 4 * t] for t in AT]
    assert data["outputs"] == [8 * t for t in AT]


def test_without_scripts_it_stands_at_the_jump():
    """The cells hold the numbers before it, and the slider, which would do nothing, is hidden."""
    fragment = animation(_found())
    assert re.findall(r'data-name="x\d">([^<]*)<', fragment) == ["1", "1", "4", "0.25"]
    assert '<div class="control" hidden>' in fragment


def test_channels_are_grids_of_their_own():
    """Two channels of two by two pixels are two grids of two columns, for the input and for the scores."""
    network = Network((ReLU(), Flatten()), shape=(2, 2, 2))
    fragment = animation(_found(network, tuple(tuple(map(float, range(8))) for _ in AT)))
    assert fragment.count('<div class="grid" style="grid-template-columns: repeat(2, auto)">') == 4


@pytest.fixture
def page(visit, tmp_path):
    """A page with two animations, and what went wrong on it."""
    fragments = animation(_found()) * 2
    path = tmp_path / "page.html"
    head = f"<!doctype html><meta charset='utf-8'><title>moving</title><style>{ANIMATION_STYLE}</style>"
    path.write_text(f"{head}{fragments}<script>{ANIMATION_SCRIPT}</script>", encoding="utf-8")
    return visit(path, width=390)


def _shown(page, name):
    return [float(text) for text in page.locator(f".moving .{name} .grid").first.inner_text().split()]


@pytest.mark.browser
def test_the_scores_are_others_behind_the_jump(page):
    """One step of the arrow key leaves the input where it is and changes its explanation."""
    slider, said = page.get_by_label("place on the path").first, page.locator(".moving output").first
    assert slider.input_value() == "1"
    assert (_shown(page, "inputs"), _shown(page, "scores")) == ([1, 1], [4, 0.25])
    assert said.inner_text() == "t = 0.25, f = 2, before a jump"
    slider.press("ArrowRight")
    assert (_shown(page, "inputs"), _shown(page, "scores")) == ([1, 1], [0, -1.5])
    assert said.inner_text() == "t = 0.25, f = 2, behind a jump"
    assert slider.get_attribute("aria-valuetext") == said.inner_text()
    slider.press("End")
    assert (_shown(page, "inputs"), _shown(page, "scores")) == ([4, 4], [1e9, 3])
    assert "jump" not in said.inner_text()


@pytest.mark.browser
def test_the_line_in_the_chart_goes_along(page):
    """At the jump it stands on the mark, at the end on the last point."""
    here = page.locator(".moving line.here").first
    mark = float(page.locator(".moving line.mark").first.get_attribute("x1"))
    assert float(here.get_attribute("x1")) == pytest.approx(mark, abs=0.02)
    page.get_by_label("place on the path").first.press("End")
    last = page.locator(".moving polyline").nth(1).get_attribute("points").split()[-1]
    assert float(here.get_attribute("x1")) == pytest.approx(float(last.split(",")[0]), abs=0.02)


@pytest.mark.browser
def test_each_moves_by_itself(page):
    """Two on one page do not share their slider; it plays to the end and stops."""
    first, second = page.get_by_label("place on the path").all()
    page.get_by_role("button").nth(1).click()
    page.wait_for_function("document.querySelectorAll('.moving input')[1].value === '3'")
    page.wait_for_function("document.querySelectorAll('.moving button')[1].textContent === 'Play'")
    assert (first.input_value(), second.input_value()) == ("1", "3")


@pytest.mark.browser
def test_it_keeps_to_itself(page):
    """No error, no request but that for the page, no sideways scrolling on a telephone."""
    assert page.errors == []
    assert all(url.startswith("file:") for url in page.requests)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
