"""Whether a model computes what its layers do: hooks, and code that writes over what it reads, no graph shows."""

import copy
from typing import Protocol

import numpy as np
import torch
from torch import nn

from ..errors import AxiomcheckError
from ..layers import Array, Branch, Shape, Vector
from ..size import connections

POINTS = 8
WITHIN = 2.0**-40
"""The share of all that is added up by which outputs may differ."""
MOST = 2**24
"""How many numbers the matrices of a network may hold: it computes with dense ones."""


class Readable(Protocol):
    """What is compared of a network."""

    @property
    def layers(self) -> Branch:
        """Its layers."""

    @property
    def shape(self) -> Shape:
        """The shape of one input."""

    @property
    def in_features(self) -> int:
        """The number of input variables, d."""

    def outputs(self, inputs: Array) -> Array:
        """Return the outputs (B, K) at inputs (B, d)."""

    def magnitude(self, x: Vector) -> float:
        """Return a bound on all that is added up."""


def require_same(network: Readable, module: nn.Module) -> None:
    """Raise unless the network is small enough, and is the module's function at some inputs, in float64."""
    if (held := connections(network.layers, network.shape)) > MOST:
        raise AxiomcheckError(
            f"{type(module).__name__} is too large to be read as a network, which computes with dense matrices: they "
            f"would hold {held:,} numbers, and {MOST:,} are the most"
        )
    points = np.random.default_rng(0).integers(-64, 65, (POINTS, network.in_features)) / 32
    model = copy.deepcopy(module).double().cpu().eval()
    with torch.no_grad():
        found = model(torch.from_numpy(points).reshape(POINTS, *network.shape)).numpy()
    outputs = network.outputs(points)
    allowed = WITHIN * max(network.magnitude(tuple(point)) for point in points.tolist())
    if found.shape != outputs.shape or not float(np.abs(found - outputs).max()) <= allowed:
        raise AxiomcheckError(
            f"{type(module).__name__} computes something else than its layers, as with hooks, or code that writes over "
            "what is read again"
        )
