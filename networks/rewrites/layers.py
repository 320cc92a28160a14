"""Rewrites that put a layer in: identity, factorise, move a bias, guard."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from ..layers import Linear, ReLU
from ..network import Network
from .rewrite import LayerRewrite
from .sites import activated_layer, affine, end, has_passed_relu, pointwise, require


@dataclass(frozen=True)
class Identity(LayerRewrite):
    """What has passed no ReLU is split: x = relu(x) - relu(-x).

    ``layer`` is the one that reads x; past the last one, x is the output.
    """

    name: ClassVar[str] = "identity"

    @classmethod
    def count(cls, network: Network) -> int:
        """Return the number of layers with weights, and one more for the output."""
        return super().count(network) + 1

    def apply(self, network: Network) -> Network:
        """Return the network with 2n ReLUs and n sums between its layers; a convolution's are channels."""
        if self.layer == self.count(network) - 1:
            return self._at_end(network)
        site, reader = affine(network, self.layer)
        require(not has_passed_relu(site), f"what layer {self.layer} reads has passed a ReLU already")
        weight = reader.array
        eye = np.eye(weight.shape[1])
        split = pointwise(reader, np.concatenate([eye, -eye]))
        doubled = reader.with_weight(np.concatenate([weight, -weight], axis=1), reader.bias_array)
        return site.replace(split, ReLU(), doubled)

    @staticmethod
    def _at_end(network: Network) -> Network:
        site, eye = end(network), np.eye(network.out_features)
        require(not has_passed_relu(site), "the output has passed a ReLU already")
        both = np.concatenate([eye, -eye])
        zeros = np.zeros(2 * len(eye))
        split, join = (
            Linear(tuple(map(tuple, both)), tuple(zeros)),
            Linear(tuple(map(tuple, both.T)), tuple(zeros[::2])),
        )
        return site.replace(split, ReLU(), join, dropped=0)


@dataclass(frozen=True)
class Factorise(LayerRewrite):
    """W = B A through a linear hidden layer: A keeps one column of W apart from the rest, B adds the two."""

    source: int
    name: ClassVar[str] = "factorise"
    sites: ClassVar[dict[str, int]] = {"source": -1}

    def apply(self, network: Network) -> Network:
        """Return the network with two affine layers in place of one; above a convolution, one of kernel 1."""
        site, whole = affine(network, self.layer)
        rest = whole.array
        require(0 <= self.source < rest.shape[1], f"layer {self.layer} reads no unit {self.source}")
        alone = np.zeros_like(rest)
        alone[:, self.source] = rest[:, self.source]
        rest[:, self.source] = 0.0
        eye = np.eye(len(rest))
        first = whole.with_weight(np.concatenate([alone, rest]), np.zeros(2 * len(rest)))
        return site.replace(first, pointwise(whole, np.hstack([eye, eye]), whole.bias_array))


@dataclass(frozen=True)
class MoveBias(LayerRewrite):
    """A shift is added to what a layer reads and taken from its bias: W(x + s) + (b - W s) = W x + b."""

    source: int
    amount: float
    name: ClassVar[str] = "move-bias"
    sites: ClassVar[dict[str, int]] = {"source": -1}

    def apply(self, network: Network) -> Network:
        """Return the network with the shift in a layer of its own."""
        site, reader = affine(network, self.layer)
        weight = reader.array
        require(not has_passed_relu(site), f"what layer {self.layer} reads has passed a ReLU already")
        require(0 <= self.source < weight.shape[1], f"layer {self.layer} reads no unit {self.source}")
        require(self.amount != 0, "a shift by 0 changes nothing")
        require(not reader.is_padded, f"the padding of layer {self.layer} would not be shifted")
        eye = np.eye(weight.shape[1])
        sums = weight[:, self.source].reshape(len(weight), -1).sum(axis=1)
        shift = pointwise(reader, eye, self.amount * eye[self.source])
        return site.replace(shift, reader.with_weight(weight, reader.bias_array - self.amount * sums))


@dataclass(frozen=True)
class Guard(LayerRewrite):
    """relu(u - q) = relu(relu(u) - q) for a constant q ≥ 0; the layer's other units pass the new ReLU unchanged."""

    unit: int
    amount: float
    name: ClassVar[str] = "guard"
    sites: ClassVar[dict[str, int]] = {"unit": 0}

    def plant(self, network: Network) -> Network:
        """Lower the unit's bias by the amount, so that it stays as it was when the amount is moved up."""
        site, layer = activated_layer(network, self.layer, self.unit)
        bias = layer.bias_array
        bias[self.unit] -= self.amount
        return site.replace(layer.with_weight(layer.array, bias))

    def apply(self, network: Network) -> Network:
        """Return the network with a second ReLU on the layer."""
        site, layer = activated_layer(network, self.layer, self.unit)
        require(self.amount > 0, f"a guard takes off a positive amount, not {self.amount}")
        eye = np.eye(len(layer.bias))
        taken = self.amount * eye[self.unit]
        raised = layer.with_weight(layer.array, layer.bias_array + taken)
        return site.replace(raised, ReLU(), pointwise(layer, eye, -taken), ReLU(), dropped=2)
