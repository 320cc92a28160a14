"""The gradient."""

from fractions import Fraction

from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.networks import Linear


def test_gradient_is_the_chain_rule_by_hand(agree, naive):
    """∂f/∂x_i carried forward through every neuron, for one input at a time; points on kinks are left out."""

    def oracle(network, x, target, _):
        if network.on_kink(x):
            return None
        entering, found = naive(network, x), []
        for i in range(len(x)):
            slope = [Fraction(i == k) for k in range(len(x))]
            for layer, a in zip(network.layers, entering[:-1], strict=True):
                if isinstance(layer, Linear):
                    slope = [sum(Fraction(w) * s for w, s in zip(row, slope, strict=True)) for row in layer.weight]
                else:
                    slope = [s if value > 0 else Fraction(0) for s, value in zip(slope, a, strict=True)]
            found.append(slope[target])
        return found, 1

    agree(gradient, oracle, seed=62)


def test_reference_values(explained, guard_pair):
    """The guard pair at (3, 1): (1, -1) on both."""
    for network in guard_pair:
        assert explained(gradient, network, [(3, 1)]) == [[1.0, -1.0]]
