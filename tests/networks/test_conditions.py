"""What is special about a case, in words."""

import pytest

from axiomcheck.networks import Case, Network
from axiomcheck.networks.conditions import conditions_of
from axiomcheck.networks.layers import Linear, ReLU
from axiomcheck.networks.style import Style

DIFFERENCE = Network((Linear(((1.0, -1.0),), (0.0,)), ReLU(), Linear(((1.0,),), (0.5,))))


def _conditions(x, baseline=(-1.0, 2.0), network=DIFFERENCE):
    return conditions_of(Case(network, baseline, inputs=(x,)))


@pytest.mark.parametrize(
    ("x", "word"),
    [
        ((0.0, 1.0), "an input is 0"),
        ((1.0, 1.0), "a pre-activation is 0"),
        ((1.0, 1.0), "equal inputs"),
        ((-2.0, 1.0), "an input is negative"),
        ((-1.0, 3.0), "x equals the baseline in some variable"),
        ((1.0, 3.0), "f is the same at the baseline"),
        ((-0.5, 2.5), "a pre-activation equals that at the baseline"),
    ],
)
def test_positions_have_words(x, word):
    """f = relu(x1 - x2) + 0.5 from (-1, 2), where x1 - x2 is -3: each has its word, and (3, 1) has none of them."""
    assert word in _conditions(x)
    assert word not in _conditions((3.0, 1.0))


def test_networks_and_code_have_words():
    """Biases, depth and settings of the style that are not plain."""
    assert {"biases", "several layers with weights"} <= _conditions((3.0, 1.0))
    written = Network(DIFFERENCE.layers, style=Style(relu="functional", layout="forward"))
    words = _conditions((3.0, 1.0), network=written) - _conditions((3.0, 1.0))
    assert words == {"code with relu=functional", "relu as a function", "code with layout=forward"}


def test_an_output_of_zero_has_a_word():
    """Where f is 0 there is nothing to share."""
    line = Network((Linear(((1.0, -1.0),), (0.0,)),))
    assert "f = 0" in _conditions((1.0, 1.0), network=line)
    assert "f = 0" not in _conditions((2.0, 1.0), network=line)
