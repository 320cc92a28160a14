"""The tutorial: what the search finds is what theory says, and what is written in docs/tutorial is what it finds."""

import re
from functools import cache
from pathlib import Path

import pytest

from axiomcheck.cli import main
from axiomcheck.networks import ReLU
from axiomcheck.tutorial import SLIDES
from axiomcheck.tutorial.depth import explosion, sums
from axiomcheck.tutorial.invariance import two_maxima
from axiomcheck.tutorial.motion import continuity, is_moving
from axiomcheck.tutorial.properties import properties
from axiomcheck.tutorial.writers import PAGE, TEXT, write_tutorial

WRITTEN = Path(__file__).parents[2] / "docs" / "tutorial"
ROWS = ("4", "5–7", "8–9", "10–12", "13–14", "15–17", "18–19", "20–21", "22", "23", "24", "25–26")
"""The rows of the tutorial's table."""
FAST = (properties, sums, explosion, continuity, two_maxima)
"""Slides that take a few seconds."""


@cache
def _found(make):
    """Return a slide, found in this run."""
    return make()


@pytest.mark.parametrize("make", FAST)
def test_it_comes_out_and_is_what_is_written(make):
    """The claim is found again; each sentence, and each row of a table, stands in docs/tutorial."""
    slide, text = _found(make), (WRITTEN / TEXT).read_text(encoding="utf-8")
    assert slide.shown
    assert all(sentence in text for sentence in slide.sentences)
    assert all(f"| {' | '.join(row)} |" in text.replace("\\|", "|") for row in slide.table)


def test_every_row_of_the_tutorial_is_written():
    """Twelve rows, each of which came out, with pictures that are there."""
    text = (WRITTEN / TEXT).read_text(encoding="utf-8")
    assert re.findall(r"^## (\S+):", text, re.MULTILINE) == list(ROWS)
    assert text.count("| yes |") == len(ROWS) == len(SLIDES)
    pictures = re.findall(r"\]\((\S+\.svg)\)", text)
    assert pictures
    assert {*pictures} == {path.name for path in WRITTEN.glob("*.svg")}


def test_scores_double_with_every_layer_of_a_tent_map():
    """At 0.3 gradient × input is 0.3 · 2^depth, and deep rules that share are not more than 1."""
    series = _found(explosion).charts[0].series
    assert [score for _, score in series["grad-x-input"]] == pytest.approx([0.3 * 2**depth for depth in range(1, 11)])
    assert max(score for _, score in series["lrp-z-plus"]) <= 1


def test_the_division_by_zero_grows_on_both_sides():
    """The scores before and behind are both large, and f is not."""
    (found,) = _found(explosion).counterexamples
    assert found.failure == "blow-up"
    assert min(max(map(abs, side)) for side in (found.observed.relevance, found.observed.other)) > 1e6


def test_integrated_gradients_sum_to_the_change():
    """At every depth, while others lose ever more."""
    series = _found(sums).charts[0].series
    assert max(lost for _, lost in series["integrated-gradients"]) < 1e-9
    for name in ("grad-x-input", "lrp-epsilon", "lrp-z-plus"):
        assert series[name][-1][1] > 1.5 * series[name][0][1] > 0


def test_the_two_max_networks_are_found():
    """Two hidden units against three, the same function, and scores that differ; the smaller pair needs fewer."""
    pair, smaller = _found(two_maxima).counterexamples
    one, other = pair.case.networks
    assert [sum(linear.out_features for linear in network.linears[:-1]) for network in (one, other)] in ([2, 3], [3, 2])
    assert [rewrite.name for rewrite in pair.case.rewrites] == ["max-pair"]
    assert sum(isinstance(layer, ReLU) for layer in one.layers) == 1
    x = pair.observed.x
    assert one.exact(x) == other.exact(x)
    assert pair.observed.relevance != pair.observed.other
    assert smaller.case.network.in_features == 1


def test_a_pattern_moves_and_its_scores_jump():
    """The path of the animation is a pattern on an image, moved column by column; it has a jump."""
    (found,) = _found(continuity).counterexamples
    assert is_moving(found.case.path, found.case.network.shape)
    assert found.along.jumps


@pytest.mark.long
def test_all_of_it_is_written_as_it_is_found(tmp_path, capsys):
    """Every claim comes out, and the text is that of docs/tutorial, word for word."""
    assert main(["tutorial", "--out", str(tmp_path)]) == 0
    assert "did not come out" not in capsys.readouterr().out
    assert (tmp_path / TEXT).read_text(encoding="utf-8") == (WRITTEN / TEXT).read_text(encoding="utf-8")


@pytest.mark.browser
def test_the_slider_shows_the_jump(visit, tmp_path):
    """Moved over the jump, the scores beside the input are others; nothing is asked of the network."""
    list(write_tutorial([_found(continuity)], tmp_path))
    along = _found(continuity).counterexamples[0].along
    first = along.at.index(along.jumps[0])
    page = visit(tmp_path / PAGE, width=390)
    slider, scores = page.get_by_label("place on the path"), page.locator(".moving .scores .grid")
    shown = []
    for place in (first, first + 1):
        slider.fill(str(place))
        shown.append([float(text) for text in scores.inner_text().split()])
        assert "a jump" in page.locator(".moving output").inner_text()
    slider.press("Home")
    assert "a jump" not in page.locator(".moving output").inner_text()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    expected = [[float(f"{value:.4g}") for value in along.scores[place]] for place in (first, first + 1)]
    assert shown == expected
    assert shown[0] != shown[1]
    assert page.errors == []
    assert all(url.startswith("file:") for url in page.requests)
