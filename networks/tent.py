"""Tent maps: deep networks of one variable whose slope doubles with every layer (Montúfar et al. 2014)."""

from .errors import AxiomcheckError
from .layers import Layer, Linear, ReLU
from .network import Network


def tent_map(depth: int) -> Network:
    """Return x ↦ 2·relu(x) - 2·relu(2x - 1), ``depth`` times one upon the other: 2^depth pieces on [0, 1].

    >>> print(tent_map(1).formula(), *tent_map(3).exact((0.375,)))
    f(x1) = 2*relu(x1) - 2*relu(2*x1 - 1) 1
    """
    if depth < 1:
        raise AxiomcheckError(f"Expected a depth of at least 1 but got depth={depth}")
    first, last = Linear(((1.0,), (2.0,)), (0.0, -1.0)), Linear(((2.0, -2.0),), (0.0,))
    between = Linear(((2.0, -2.0), (4.0, -4.0)), (0.0, -1.0))
    layers: list[Layer] = [first, ReLU()]
    for _ in range(depth - 1):
        layers += [between, ReLU()]
    return Network((*layers, last))
