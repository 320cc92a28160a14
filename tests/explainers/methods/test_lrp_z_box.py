"""The zᴮ rule of LRP."""

import pytest

from axiomcheck.explainers.methods.lrp_z_box import LRPZBox
from axiomcheck.networks import Linear, Network, ReLU


def test_reference_value(explained):
    """x1 - x2 at (3, 1) in the box from -1 to 4: (3 + 1, -1 + 4) of 7, of 2."""
    network = Network((Linear(((1.0, -1.0),), (0.0,)),))
    assert explained(LRPZBox(-1.0, 4.0), network, [(3, 1)])[0] == pytest.approx([2 * 4 / 7, 2 * 3 / 7])


def test_scores_are_positive_and_conserve(draw_networks, explained, random):
    """In the box, with biases of at most 0 and a ReLU everywhere, scores are at least 0 and sum to f."""
    for network in draw_networks(60, seed=103, presets=("deep-taylor",)):
        x = tuple(random.randint(0, 48) / 16 for _ in range(network.in_features))
        (scores,) = explained(LRPZBox(0.0, 3.0), network, [x])
        assert min(scores) >= 0
        assert sum(scores) == pytest.approx(float(network.exact(x)[0]))


def test_above_the_input_it_is_z_plus(explained):
    """The upper layer's negative contribution gets nothing."""
    network = Network((Linear(((1.0,), (2.0,)), (0.0, 0.0)), ReLU(), Linear(((3.0, -1.0),), (0.0,))))
    assert explained(LRPZBox(0.0, 1.0), network, [(1,)])[0] == pytest.approx([1.0])
