"""The rule flat of LRP."""

from fractions import Fraction

from axiomcheck.explainers.methods.lrp_flat import LRPFlat
from axiomcheck.networks import Linear, Network, ReLU


def _shares(a, w, _):
    """Share by ones alone, whatever the inputs; nothing where there is none."""
    parts = [Fraction(1) for y in w]
    return [part / sum(parts) if sum(parts) else 0 for part in parts]


def test_formula_everywhere(agree, propagated):
    """Every neuron's relevance is shared in this way if the rule holds for all layers."""
    agree(LRPFlat(everywhere=True), lambda network, x, target, _: propagated(network, x, target, _shares), seed=102)


def test_above_the_input_it_is_z_plus(explained):
    """Two layers: z⁺ gives all to the only active unit, that shares among the inputs, though one is 0."""
    below = Linear(((1.0, 2.0), (-1.0, -1.0)), (0.0, 0.0))
    network = Network((below, ReLU(), Linear(((5.0, 1.0),), (0.0,))))
    share = _shares((3, 0), (1, 2), 0)
    assert explained(LRPFlat(), network, [(3, 0)])[0] == [float(15 * part) for part in share]
