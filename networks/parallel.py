"""Perceptrons side by side, whose outputs are added."""

from collections.abc import Sequence

import numpy as np

from .layers import Array, Layer, Linear, ReLU, frozen
from .network import Network


def in_parallel(parts: Sequence[Network], factors: Sequence[float]) -> Network:
    """Return ``Σ factor · part`` of perceptrons of one depth on the same variables, their hidden units side by side.

    Behind a final ReLU it is the ReLU of the sum of what enters theirs.

    >>> f = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((2.0,),), (1.0,))))
    >>> print(in_parallel((f, f), (1.0, -1.0)).formula())
    f(x1) = 2*relu(x1) - 2*relu(x1)
    """
    layers: list[Layer] = []
    depth = len(parts[0].linears)
    rows = zip(*(part.linears for part in parts), strict=True)
    for number, row in enumerate(rows):
        weights = [np.array(layer.weight) for layer in row]
        biases = [np.array(layer.bias) for layer in row]
        if number == depth - 1:
            weight = np.hstack([factor * w for factor, w in zip(factors, weights, strict=True)])
            bias = sum((factor * b for factor, b in zip(factors, biases, strict=True)), np.zeros(len(biases[0])))
        else:
            weight = np.vstack(weights) if number == 0 else _diagonal(weights)
            bias = np.concatenate(biases)
        layers += [Linear(frozen(weight), frozen(bias)), ReLU()]
    return Network(tuple(layers) if parts[0].ends_in_relu else tuple(layers[:-1]))


def _diagonal(blocks: Sequence[Array]) -> Array:
    rows, columns = (sum(block.shape[axis] for block in blocks) for axis in (0, 1))
    weight, row, column = np.zeros((rows, columns)), 0, 0
    for block in blocks:
        weight[row : row + block.shape[0], column : column + block.shape[1]] = block
        row, column = row + block.shape[0], column + block.shape[1]
    return weight


def with_input_order(network: Network, order: Sequence[int]) -> Network:
    """Return a perceptron that reads variable ``order[i]`` where it read variable i."""
    first, rest = network.linears[0], network.layers[1:]
    weight = np.zeros((first.out_features, network.in_features))
    weight[:, list(order)] = np.array(first.weight)
    return Network((Linear(frozen(weight), first.bias), *rest), network.shape, network.style)
