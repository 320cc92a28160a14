"""The magnitude of the gradient."""

from axiomcheck.explainers.methods.gradient_magnitude import gradient_magnitude


def test_magnitude_of_the_exact_slope(agree, slopes):
    """R_i = |∂f/∂x_i| with the derivative as an exact difference; points on kinks are left out."""

    def oracle(network, x, target, _):
        return None if network.on_kink(x) else ([abs(slope) for slope in slopes(network, x, target)], 1)

    agree(gradient_magnitude, oracle, seed=108)


def test_reference_values(explained, guard_pair):
    """The guard pair at (3, 1): (1, 1) on both."""
    for network in guard_pair:
        assert explained(gradient_magnitude, network, [(3, 1)]) == [[1.0, 1.0]]
