"""Live outputs: where an output passes a ReLU, the network is turned such that it is not dead at once."""

from ..networks import Family, Linear, Network, Vector
from ..networks.rewrites.rewrite import multiply, with_linears
from .codec import draw_points, draw_target


def enliven(block: bytes, family: Family, network: Network) -> Network:
    """Turn the sign of the target's weights where a final ReLU would be dead at the first point."""
    if not network.ends_in_relu or len(network.layers) < 2 or network.layers[-2:-1] != network.linears[-1:]:
        return network
    point: Vector = draw_points(block, family, network.in_features, 1)[0]
    target = draw_target(block, network)
    if network.value(point)[target] > 0:
        return network
    last = network.linears[-1]
    weight = tuple(multiply(row, -1.0) if i == target else row for i, row in enumerate(last.weight))
    return with_linears(network, {len(network.linears) - 1: Linear(weight, last.bias)})
