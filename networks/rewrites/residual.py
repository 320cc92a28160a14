"""A residual block as a plain chain of layers."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..errors import DoesNotApply
from ..layers import Array, Conv, Layer, ReLU, Residual, Weighted, as_weighted
from ..network import Network
from .hidden import at_middle
from .rewrite import Rewrite
from .sites import place, places, pointwise, require


@dataclass(frozen=True)
class ResidualAsPlain(Rewrite):
    """B relu(A x + a) + b + x = B relu(A x + a) + b + relu(x) - relu(-x): the ReLU carries x and -x along.

    They pass through rows of the identity, or kernels whose middle is 1, and pass every later ReLU since they are at
    least 0. The body is a chain of ReLUs between layers that keep the places: Linear, or convolutions of odd kernel.
    ``block`` counts residual sums from 0, outer ones first.
    """

    block: int
    name: ClassVar[str] = "residual-as-plain"
    where: ClassVar[str] = "block"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of residual sums."""
        return len(places(network, Residual))

    def apply(self, network: Network) -> Network:
        """Return the network with wider layers in place of the block."""
        site, block = place(network, self.block, Residual, "residual sum")
        first, *between, last = self._body(block)
        eye = np.eye(site.shape[0])
        both = np.concatenate([eye, -eye])
        wider = [_parallel(first, both, reads=False)]
        wider += [_parallel(layer, np.eye(len(both))) for layer in between]
        chain = [layer for below in wider for layer in (below, ReLU())]
        return site.replace(*chain, _parallel(last, both.T, adds=True))

    def _body(self, block: Residual) -> list[Weighted]:
        """Return the layers with a ReLU behind each but the last; behind a last ReLU, one that passes all on."""
        bodies = [branch for branch in block.branches if branch]
        require(len(bodies) == 1 and len(block.branches) == 2, f"residual sum {self.block} does not add its input once")
        layers = [self._same(layer) for layer in bodies[0][::2]]
        relus = len(bodies[0]) > 1 and all(layer.rectifies for layer in bodies[0][1::2])
        require(relus, f"the body of residual sum {self.block} is no chain of layers with ReLUs between them")
        ends_in_relu = len(bodies[0]) % 2 == 0
        return [*layers, pointwise(layers[-1], np.eye(len(layers[-1].bias)))] if ends_in_relu else layers

    def _same(self, layer: Layer) -> Weighted:
        """Return a layer that may carry its input along: each place sees the same place of the input."""
        why = f"the body of residual sum {self.block} has a layer other than Linear and convolutions without groups"
        weighted = as_weighted(layer)
        if weighted is None or weighted.is_transposed or weighted.groups > 1:
            raise DoesNotApply(why)
        if isinstance(layer, Conv):
            sizes = zip(layer.kernel, layer.geometry.reach, layer.padding, layer.behind, strict=True)
            same = all(k % 2 == 1 and reach == 2 * p + 1 and end == p for k, reach, p, end in sizes)
            moves = f"the body of residual sum {self.block} has a convolution that moves its places"
            require(same and max(layer.stride) == 1, moves)
        return weighted


def _parallel(layer: Weighted, carried: Array, *, reads: bool = True, adds: bool = False) -> Weighted:
    """Return ``layer`` beside the map ``carried`` (out, in) of every place.

    ``reads``: from units of its own, behind those of the layer, else from the same; ``adds``: to the same units.
    """
    weight, (out, into) = layer.array, carried.shape
    rows, columns = weight.shape[:2]
    above, left = 0 if adds else rows, columns if reads else 0
    wide = np.zeros((above + out, left + into, *weight.shape[2:]))
    at_middle(wide)[above:, left:] = carried
    wide[:rows, :columns] += weight
    return layer.with_weight(wide, np.concatenate([layer.bias_array, np.zeros(above + out - rows)]))
