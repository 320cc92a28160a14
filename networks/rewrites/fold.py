"""Rewrites of one layer by another kind: a batch normalisation folded, a convolution made dense."""

from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from ..errors import DoesNotApply
from ..layers import BatchNorm, Branch, Flatten, Linear, Weighted
from ..network import Network
from .rewrite import LayerRewrite
from .sites import Site, require, with_weights


@dataclass(frozen=True)
class FoldBatchNorm(LayerRewrite):
    """A layer takes the batch normalisation behind it in: s·(W x + b) + t = (s W) x + (s b + t)."""

    name: ClassVar[str] = "fold-batch-norm"

    def plant(self, network: Network) -> Network:
        """Put a normalisation behind the layer if there is none: (z - 1) / 2, or z / 2 if the layer has no bias."""
        site, below = with_weights(network, self.layer)
        if _norm_behind(site) is not None:
            return network
        mean, two, one, zero = ((number,) * below.units for number in (float(below.has_bias), 2.0, 1.0, 0.0))
        return site.replace(below, BatchNorm.of(mean, two, one, zero))

    def apply(self, network: Network) -> Network:
        """Return the network without the normalisation."""
        site, below = with_weights(network, self.layer)
        norm = _norm_behind(site)
        require(not below.is_transposed, f"layer {self.layer} is a transposed convolution")
        if norm is None:
            raise DoesNotApply(f"layer {self.layer} has no batch normalisation behind it")
        folded = fold(below, norm)
        exact = _is_exact(below, norm, folded)
        require(exact, f"layer {self.layer} would be rounded with the normalisation in it")
        return site.replace(folded, dropped=2)


def _norm_behind(site: Site) -> BatchNorm | None:
    return next((layer for layer in site.behind[:1] if isinstance(layer, BatchNorm)), None)


def fold(below: Weighted, norm: BatchNorm) -> Weighted:
    """Return the layer with the normalisation behind it in it; its weight has a row for each unit."""
    weight, scales = below.array, norm.scales
    columns = scales.reshape(-1, *[1] * (weight.ndim - 1))
    return below.with_weight(weight * columns, below.bias_array * scales + norm.shifts)


def _is_exact(below: Weighted, norm: BatchNorm, folded: Weighted) -> bool:
    """Whether no product and no sum had to be rounded."""
    for unit, (scale, shift) in enumerate(zip(norm.scales.tolist(), norm.shifts.tolist(), strict=True)):
        s, t = Fraction(scale), Fraction(shift)
        rows = (layer.array[unit].ravel().tolist() for layer in (below, folded))
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
        site, convolution = with_weights(network, self.layer)
        require(not convolution.is_dense, f"layer {self.layer} is Linear already")
        between = _pointwise(site.behind)
        follows = site.behind[len(between) : len(between) + 1]
        require(follows == (Flatten(),), f"layer {self.layer} is not followed by units alone and a Flatten")
        require(not convolution.reads_twice(site.shape), f"layer {self.layer} reads places twice")
        dense = Linear.of(convolution.affine(site.shape))
        return site.replace(Flatten(), dense, *between, dropped=len(between) + 2)


def _pointwise(layers: Branch) -> Branch:
    """Return the first layers, as far as they treat all units alike."""
    for length, layer in enumerate(layers):
        if not layer.is_unitwise:
            return layers[:length]
    return layers
