"""Inputs aimed at a zero pre-activation: no kink, since no ReLU follows, but LRP divides by it."""

from ..networks import Linear, Network, ReLU, Vector
from ..networks.rewrites.rewrite import is_power_of_two, put


def at_zero_preactivation(network: Network, x: Vector, choice: int) -> Vector:
    """Return ``x`` with one coordinate moved so that a unit of a linear first layer is 0; ``x`` if none can be."""
    first, above = network.layers[0], network.layers[1:2]
    if not isinstance(first, Linear) or (above and isinstance(above[0], ReLU)):
        return x
    most = max(sum(w != 0 for w in row) for row in first.weight)
    rows = [(r, b) for r, b in zip(first.weight, first.bias, strict=True) if sum(w != 0 for w in r) == most]
    row, bias = rows[choice % len(rows)]
    for coordinate, weight in enumerate(row):
        if is_power_of_two(abs(weight)):
            rest = bias + sum(w * v for i, (w, v) in enumerate(zip(row, x, strict=True)) if i != coordinate)
            return put(x, coordinate, -rest / weight)
    return x
