"""Plainer layers: convolutions and pools as Linear, affine layers joined, usual strides, the plain style."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np

from ..case import Case
from ..errors import AxiomcheckError
from ..layers import BatchNorm, Branch, Flatten, Layer, Linear, Shape, Weighted, after, as_weighted, frozen
from ..layers.origin import Origin
from ..layers.sequence import flatten
from ..rewrites.fold import fold
from ..style import OPTIONS, PLAIN
from .edits import Edited, attempt, edit_network, substitute, with_layers


def plainer(case: Case) -> Iterator[Case]:
    """Yield the case as a perceptron, in part or all, with affine layers joined, and in plainer styles."""
    yield from _dense(case)
    yield from edit_network(case, _join)
    yield from _plainer_styles(case)


def _dense(case: Case) -> Iterator[Case]:
    """Yield the network as a perceptron from some layer on, the first one first."""
    layers, shape = case.network.layers, case.network.shape
    same, outputs = Origin.same(shape), Origin.same((case.network.out_features,))
    for start in range(len(layers)):
        entered = after(layers[:start], shape)
        flat = merge(_flat(layers[start:], entered))
        if not flat:
            continue
        if start == 0:
            yield from with_layers(case, flat, outputs, same.flattened)
        elif len(entered) > 1:
            yield from with_layers(case, (*layers[:start], Flatten(), *flat), outputs, same)
        else:
            yield from with_layers(case, (*layers[:start], *flat), outputs, same)


def _flat(layers: Branch, shape: Shape) -> Branch:
    """Return the layers on flat inputs; none where one of them has no equal there."""
    try:
        return flatten(layers, shape)
    except AxiomcheckError:
        return ()


def merge(layers: Branch) -> Branch:
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


def _join(layers: Branch, shape: Shape) -> Iterator[Edited]:
    """Yield two affine layers as one; the lower takes a norm above it in, two Linear ones join across an activation."""
    linear = [layer if isinstance(layer, Linear) else None for layer in layers]
    for i, (below, above) in enumerate(pairwise(linear)):
        if below is not None and above is not None:
            yield from attempt(lambda i=i, b=below, a=above: substitute(layers, shape, i, i + 2, (_product(b, a),)))  # type: ignore[misc]
        elif layers[i].units and isinstance(norm := layers[i + 1], BatchNorm):
            yield from attempt(lambda i=i, n=norm: substitute(layers, shape, i, i + 2, (_fold(layers[i], n),)))  # type: ignore[misc]
    for i, (below, above) in enumerate(zip(linear, linear[2:], strict=False)):
        if below is not None and above is not None and layers[i + 1].is_activation:
            yield from attempt(lambda i=i, b=below, a=above: substitute(layers, shape, i, i + 3, (_product(b, a),)))  # type: ignore[misc]


def _fold(below: Layer, norm: BatchNorm) -> Weighted:
    weighted = as_weighted(below)
    if weighted is None or weighted.is_transposed:
        raise AxiomcheckError("the outputs of a transposed convolution are not its rows")
    return fold(weighted, norm)


def _plainer_styles(case: Case) -> Iterator[Case]:
    style = case.network.style
    if style != PLAIN:
        yield replace(case, network=replace(case.network, style=PLAIN))
    for name, values in OPTIONS.items():
        for value in values[: values.index(getattr(style, name))]:
            plainer = replace(style, **{name: value})  # type: ignore[arg-type]
            yield replace(case, network=replace(case.network, style=plainer))
