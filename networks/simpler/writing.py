"""Layers that give only some of their outputs."""

from dataclasses import replace

from ..errors import AxiomcheckError
from ..layers import Activation, BatchNorm, Branch, Conv, ConvTranspose, Layer, Linear, PReLU, Residual
from ..layers.pooling import Pool
from .groups import ungrouped
from .origin import Places


def giving(layers: Branch, kept: Places) -> Branch:
    """Return ``layers`` that end in the channels ``kept`` alone; raise where that cannot be said."""
    if not layers:
        raise AxiomcheckError("an empty branch gives all that it reads")
    *below, last = layers
    if isinstance(last, (Linear, Conv, ConvTranspose, Residual)):
        return (*below, _rows(last, kept))
    if not isinstance(last, (Activation, BatchNorm, Pool)):
        raise AxiomcheckError(f"{last.kind} gives all of its units")
    return (*giving(tuple(below), kept), _channels(last, kept))


def _rows(layer: Layer, kept: Places) -> Layer:
    if isinstance(layer, Residual):
        return Residual(tuple(giving(branch, kept) for branch in layer.branches))
    if isinstance(layer, ConvTranspose):
        if layer.groups > 1:
            raise AxiomcheckError("a transposed convolution in groups stays as it is")
        weight = tuple(tuple(row[i] for i in kept) for row in layer.weight)
        return replace(layer, weight=weight, bias=tuple(layer.bias[i] for i in kept))
    assert isinstance(layer, (Linear, Conv))
    layer = ungrouped(layer) if isinstance(layer, Conv) else layer
    return replace(layer, weight=tuple(layer.weight[i] for i in kept), bias=tuple(layer.bias[i] for i in kept))


def _channels(layer: Layer, kept: Places) -> Layer:
    if isinstance(layer, BatchNorm):
        names = ("mean", "variance", "weight", "bias")
        return replace(layer, **{name: tuple(getattr(layer, name)[i] for i in kept) for name in names})
    if isinstance(layer, PReLU) and len(layer.slope) > 1:
        return PReLU(tuple(layer.slope[i] for i in kept))
    return layer
