"""Plainer layers: convolutions and pools as Linear, affine layers joined, usual strides, the plain style."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..case import Case
from ..errors import AxiomcheckError
from ..layers import (
    Activation,
    AdaptiveAvgPool,
    Array,
    AvgPool,
    BatchNorm,
    Block,
    Branch,
    Convolution,
    Dropout,
    Flatten,
    Layer,
    Linear,
    MaxPool,
    PReLU,
    Shape,
    after,
    frozen,
)
from ..steps import Affine, Max
from ..style import OPTIONS, PLAIN
from .edits import Edited, edited, exchanged, tried, with_layers
from .origin import Origin

AFFINE = (Linear, Convolution, BatchNorm, AvgPool, AdaptiveAvgPool)


def plainer(case: Case) -> Iterator[Case]:
    """Yield the case as a perceptron, in part or all, with affine layers joined, and in plainer styles."""
    yield from _dense(case)
    yield from edited(case, _joined)
    yield from _plainer_styles(case)


def _dense(case: Case) -> Iterator[Case]:
    """Yield the network as a perceptron from some layer on, the first one first."""
    layers, shape = case.network.layers, case.network.shape
    same, outputs = Origin.same(shape), Origin.same((case.network.out_features,))
    for start in range(len(layers)):
        entered = after(layers[:start], shape)
        flat = merged(flattened(layers[start:], entered))
        if not flat:
            continue
        if start == 0:
            yield from with_layers(case, flat, outputs, same.flattened)
        elif len(entered) > 1:
            yield from with_layers(case, (*layers[:start], Flatten(), *flat), outputs, same)
        else:
            yield from with_layers(case, (*layers[:start], *flat), outputs, same)


def flattened(layers: Branch, shape: Shape) -> Branch:
    """Return ``layers`` on flat inputs: what is affine as Linear, a max-pool as the first unit of each window."""
    flat: list[Layer] = []
    for layer in layers:
        flat += _flat(layer, shape)
        shape = layer.shape_after(shape)
    return tuple(flat)


def _flat(layer: Layer, shape: Shape) -> Branch:
    if isinstance(layer, Block):
        return (replace(layer, branches=tuple(flattened(branch, shape) for branch in layer.branches)),)
    if isinstance(layer, (Flatten, Dropout)):
        return ()
    if isinstance(layer, Linear):
        return (layer,)
    if isinstance(layer, (*AFFINE, MaxPool)):
        return (_linear(layer, shape),)
    if isinstance(layer, PReLU) and len(layer.slope) > 1:
        return (PReLU(tuple(np.repeat(layer.slope, int(np.prod(shape[1:]))).tolist())),)
    return (layer,)


def _linear(layer: Layer, shape: Shape) -> Linear:
    (step,) = layer.steps(shape)
    if isinstance(step, Max):
        weight: Array = np.zeros((len(step.groups), step.reads))
        weight[range(len(step.groups)), [group[0] for group in step.groups]] = 1.0
        return Linear(frozen(weight), (0.0,) * len(weight))
    assert isinstance(step, Affine)
    weight, bias = step.floats
    return Linear(frozen(weight.T), frozen(bias))


def merged(layers: Branch) -> Branch:
    """Return ``layers`` with Linear layers that follow one another joined into their product."""
    result: list[Layer] = []
    for layer in layers:
        below = result[-1] if result else None
        if isinstance(layer, Linear) and isinstance(below, Linear):
            result[-1] = _product(below, layer)
        else:
            result.append(layer)
    return tuple(result)


def _product(below: Linear, above: Linear) -> Linear:
    weight = np.array(above.weight)
    return Linear(frozen(weight @ np.array(below.weight)), frozen(weight @ np.array(below.bias) + np.array(above.bias)))


def _joined(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield two affine layers as one; the lower takes a norm above it in, two Linear ones join across an activation."""
    for i, (below, above) in enumerate(pairwise(layers)):
        if isinstance(below, Linear) and isinstance(above, Linear):
            yield from tried(lambda i=i, b=below, a=above: exchanged(layers, shape, i, i + 2, (_product(b, a),)))  # type: ignore[misc]
        elif isinstance(below, (Linear, Convolution)) and isinstance(above, BatchNorm):
            yield from tried(lambda i=i, b=below, a=above: exchanged(layers, shape, i, i + 2, (_folded(b, a),)))  # type: ignore[misc]
    for i, (below, between, above) in enumerate(zip(layers, layers[1:], layers[2:], strict=False)):
        if isinstance(below, Linear) and isinstance(between, Activation) and isinstance(above, Linear):
            yield from tried(lambda i=i, b=below, a=above: exchanged(layers, shape, i, i + 3, (_product(b, a),)))  # type: ignore[misc]


def _folded(below: Layer, norm: BatchNorm) -> Layer:
    if not isinstance(below, (Linear, Convolution)) or getattr(below, "name", "Conv") != "Conv":
        raise AxiomcheckError("the outputs of a transposed convolution are not its rows")
    weight = np.array(below.weight)
    scales = norm.scales.reshape(-1, *[1] * (weight.ndim - 1))
    return replace(below, weight=frozen(weight * scales), bias=frozen(np.array(below.bias) * norm.scales + norm.shifts))


def _plainer_styles(case: Case) -> Iterator[Case]:
    style = case.network.style
    if style != PLAIN:
        yield replace(case, network=replace(case.network, style=PLAIN))
    for name, values in OPTIONS.items():
        for value in values[: values.index(getattr(style, name))]:
            plainer = replace(style, **{name: value})  # type: ignore[arg-type]
            yield replace(case, network=replace(case.network, style=plainer))
