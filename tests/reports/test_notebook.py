"""What notebooks show: short texts, and fragments of HTML in which nothing of a user's is markup."""

from html.parser import HTMLParser

import pytest
from hypothesis import find

from axiomcheck.networks import Linear, Network, Path, ReLU
from axiomcheck.results.scope import Scope
from axiomcheck.strategies import twins

SUM = Network((Linear(((1.0, 1.0),), (0.0,)), ReLU()))
WIDE = Network((Linear(((1.0,) * 40,), (0.0,)), ReLU()))


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen = [], set()

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def _tags(text):
    """Return the tags of a fragment, each of which is closed."""
    parser = _Tags()
    parser.feed(text)
    assert not parser.open
    return parser.seen


def test_small_networks_are_called_by_their_function():
    """Larger ones by their layers."""
    assert repr(SUM) == "<Network f(x1, x2) = relu(x1 + x2)>"
    assert repr(WIDE) == "<Network input 40 → linear → relu>"


def test_a_network_is_shown_as_formula_and_drawing():
    """All of it in one fragment."""
    shown = SUM._repr_html_()
    assert "f(x1, x2) = relu(x1 + x2)" in shown
    assert "svg" in _tags(shown)


def test_a_path_is_a_table_of_its_vertices():
    """One row a vertex, with its parameter."""
    shown = Path(((0.0, 1.0), (0.5, 2.0)))._repr_html_()
    assert _tags(shown) == {"table", "tr", "th", "td"}
    assert "<th>t = 1</th><td>0.5</td><td>2</td>" in shown


def test_a_twin_is_two_formulas():
    """With the rewrite between them."""
    twin = find(twins(rewrites=["cancelling-pair"]), lambda _: True)
    shown = twin._repr_html_()
    assert shown.count("<pre>") == 2
    assert "cancelling-pair" in shown


def test_what_others_wrote_is_no_markup():
    """A sentence with tags in it is shown as it is."""
    assert "<b>" not in Scope.unsearched("<b>bold</b>", "biased")._repr_html_()


@pytest.mark.parametrize("axiom", ["conservation", "continuity"])
def test_a_counterexample_is_its_picture(axiom):
    """And is called by its sentence."""
    import axiomcheck as ac

    found = ac.find_counterexample("gradient", axiom, family="biased", examples=100)
    assert found.draw() == found._repr_html_()
    assert "svg" in _tags(found.draw())
    assert repr(found) == f"<Counterexample gradient × {axiom} in biased: {found.reason}>"
