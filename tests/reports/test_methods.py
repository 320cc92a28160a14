"""Each explainer in a line: what it is, where which axioms hold, and which are broken wherever they were judged."""

from dataclasses import replace

import pytest

from axiomcheck.explainers import CATALOGUE, Unsupported, locate
from axiomcheck.explainers.libraries.summaries import SUMMARIES, summary_of
from axiomcheck.reports.html import as_html
from axiomcheck.reports.markdown import as_markdown
from axiomcheck.reports.methods import methods
from axiomcheck.results.certificate import Cell

VERDICTS = {
    ("gradient", "continuity", "biased"): "violated",
    ("gradient", "continuity", "ordinary"): "inconclusive",
    ("gradient", "symmetry", "biased"): "holds",
    ("gradient", "symmetry", "ordinary"): "holds",
    ("gradient", "null_player", "biased"): "holds",
    ("gradient", "null_player", "ordinary"): "violated",
    ("gradient", "conservation", "biased"): "unsupported",
    ("mine", "symmetry", "biased"): "error",
    ("missing", "symmetry", "biased"): "unsupported",
}


@pytest.fixture
def made(certificate):
    """Return a certificate of these verdicts."""
    return replace(certificate, cells=tuple(Cell(*key, verdict, "") for key, verdict in VERDICTS.items()))


def test_what_is_kept_and_what_is_broken(made):
    """What is broken in one family alone is in neither list as a whole, and who was not judged has no line."""
    gradient, mine = methods(made)
    assert gradient.name == "gradient"
    assert gradient.summary == "the derivative (Simonyan et al. 2014)"
    assert gradient.keeps == "symmetry everywhere; null player in biased"
    assert gradient.breaks == "continuity"
    assert (mine.name, mine.summary) == ("mine", "")
    assert (mine.keeps, mine.breaks) == ("none of these axioms", "symmetry")


def test_the_page_and_the_text_have_a_line_each(made):
    """Where there are several explainers."""
    for text in (as_html(made), as_markdown(made)):
        assert "What each method keeps" in text
        assert "symmetry everywhere; null player in biased" in text
    alone = replace(made, cells=tuple(cell for cell in made.cells if cell.explainer == "mine"))
    assert "What each method keeps" not in as_html(alone) + as_markdown(alone)


def test_every_summary_is_of_an_explainer_that_there_is():
    """Those of libraries that are installed can be loaded."""
    assert all(summary_of(name) for name in CATALOGUE)
    for name in SUMMARIES:
        try:
            assert locate(name).name == name
        except Unsupported:
            assert not name.startswith("captum")
