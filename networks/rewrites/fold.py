"""Rewrites of one layer by another kind: a batch normalisation folded, a convolution made dense."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..errors import DoesNotApply
from ..layers import Activation, BatchNorm, Branch, Conv, Flatten, Linear, PReLU, frozen
from ..network import Network
from ..steps import Affine
from .rewrite import LayerRewrite
from .sites import Weighted, bias_of, require, weight_of, with_weight, with_weights


@dataclass(frozen=True)
class FoldBatchNorm(LayerRewrite):
    """A layer takes the batch normalisation behind it in: s·(W x + b) + t = (s W) x + (s b + t)."""

    name: ClassVar[str] = "fold-batch-norm"

    def plant(self, network: Network) -> Network:
        """Put a normalisation behind the layer if there is none: (z - 1) / 2, or z / 2 if the layer has no bias."""
        site = with_weights(network, self.layer)
        if isinstance((*site.behind, None)[0], BatchNorm):
            return network
        channels = site.layer.shape_after(site.shape)[0]
        mean = float(any(list(site.layer.numbers)[-channels:]))
        fields = ((number,) * channels for number in (mean, 2.0, 1.0, 0.0))
        return site.exchanged(site.layer, BatchNorm.of(*fields))

    def apply(self, network: Network) -> Network:
        """Return the network without the normalisation."""
        site = with_weights(network, self.layer)
        below, norm = site.layer, (*site.behind, None)[0]
        if not isinstance(below, (Linear, Conv)):
            raise DoesNotApply(f"layer {self.layer} is a transposed convolution")
        if not isinstance(norm, BatchNorm):
            raise DoesNotApply(f"layer {self.layer} has no batch normalisation behind it")
        folded = _folded(below, norm)
        exact = _is_exact(below, norm, folded)
        require(exact, f"layer {self.layer} would be rounded with the normalisation in it")
        return site.exchanged(folded, dropped=2)


def _folded(below: Weighted, norm: BatchNorm) -> Weighted:
    weight, scales = weight_of(below), norm.scales
    columns = scales.reshape(-1, *[1] * (weight.ndim - 1))
    return with_weight(below, weight * columns, bias_of(below) * scales + norm.shifts)


def _is_exact(below: Weighted, norm: BatchNorm, folded: Weighted) -> bool:
    """Whether no product and no sum had to be rounded."""
    for unit, (scale, shift) in enumerate(zip(norm.scales.tolist(), norm.shifts.tolist(), strict=True)):
        s, t = Fraction(scale), Fraction(shift)
        rows = (weight_of(layer)[unit].ravel().tolist() for layer in (below, folded))
        if any(Fraction(w) * s != Fraction(product) for w, product in zip(*rows, strict=True)):
            return False
        if Fraction(below.bias[unit]) * s + t != Fraction(folded.bias[unit]):
            return False
    return True


@dataclass(frozen=True)
class ConvAsDense(LayerRewrite):
    """A convolution is linear, so a Linear of the flat input computes it; what works on units does so when flat.

    Between the convolution and a Flatten stand layers that work on each unit alone.
    """

    name: ClassVar[str] = "conv-as-dense"

    def apply(self, network: Network) -> Network:
        """Return the network with the Flatten first, and the convolution as a Linear."""
        site = with_weights(network, self.layer)
        require(not isinstance(site.layer, Linear), f"layer {self.layer} is Linear already")
        between = _pointwise(site.behind)
        follows = (*site.behind[len(between) :], None)[0]
        require(isinstance(follows, Flatten), f"layer {self.layer} is not followed by units alone and a Flatten")
        (step,) = site.layer.steps(site.shape)
        assert isinstance(step, Affine)
        weight, bias = step.floats
        dense = Linear(frozen(weight.T), frozen(bias))
        return site.exchanged(Flatten(), dense, *between, dropped=len(between) + 2)


def _pointwise(layers: Branch) -> Branch:
    """Return the first layers, as far as they treat all units alike."""
    for length, layer in enumerate(layers):
        if not isinstance(layer, Activation) or (isinstance(layer, PReLU) and len(layer.slope) > 1):
            return layers[:length]
    return layers
