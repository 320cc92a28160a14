"""Layers that give only some of their outputs."""

from dataclasses import replace

from ..errors import AxiomcheckError
from ..layers import Activation, BatchNorm, Branch, Conv, ConvTranspose, Layer, Linear, PReLU, Residual
from ..layers.pooling import Pool
from .channels import of_norm, of_slopes, picked, ungrouped
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


def _rows(layer: Linear | Conv | ConvTranspose | Residual, kept: Places) -> Layer:
    if isinstance(layer, Residual):
        return Residual(tuple(giving(branch, kept) for branch in layer.branches))
    if isinstance(layer, ConvTranspose):
        if layer.groups > 1:
            raise AxiomcheckError("a transposed convolution in groups stays as it is")
        weight = tuple(picked(row, kept) for row in layer.weight)
        return replace(layer, weight=weight, bias=picked(layer.bias, kept))
    layer = ungrouped(layer) if isinstance(layer, Conv) else layer
    return replace(layer, weight=picked(layer.weight, kept), bias=picked(layer.bias, kept))


def _channels(layer: Layer, kept: Places) -> Layer:
    if isinstance(layer, BatchNorm):
        return of_norm(layer, kept)
    return of_slopes(layer, kept) if isinstance(layer, PReLU) else layer
