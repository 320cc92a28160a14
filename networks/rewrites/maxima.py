"""Rewrites of networks that compute a maximum: the tutorial's pair, and chains against trees."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from ..layers import Layer, Linear, ReLU
from ..network import Network
from .rewrite import Rewrite, columns, hidden, put, require, scaled, with_columns, with_linears

Tree = int | tuple["Tree", "Tree"]


@dataclass(frozen=True)
class MaxPair(Rewrite):
    """relu(u - v) + relu(v) = ½[relu(u - v) + relu(v - u) + relu(u + v)] where v ≥ 0 and u + v ≥ 0.

    Both are max(u, v): the first since max(u, v) = relu(u - v) + v, the second since 2·max(u, v) = |u - v| + u + v.
    ``unit`` computes u - v and ``other`` v, with equal outgoing weights, in the first layer.
    """

    unit: int
    other: int
    name: ClassVar[str] = "max-pair"
    keeps: ClassVar[str] = "inputs at least 0"
    sites: ClassVar[dict[str, int]] = {"unit": 0, "other": 0}

    def plant(self, network: Network) -> Network:
        """Make u and v of the absolute values of the units' weights, without biases, with equal outgoing weights."""
        hidden(network, 0, self.other)
        below, above = hidden(network, 0, self.unit)
        u, v = ([abs(w) for w in below.weight[i]] for i in (self.unit, self.other))
        weight = list(below.weight)
        weight[self.unit] = tuple(a - b for a, b in zip(u, v, strict=True))
        weight[self.other] = tuple(v)
        outgoing = list(columns(above.weight))
        outgoing[self.other] = outgoing[self.unit]
        bias = put(put(below.bias, self.unit, 0.0), self.other, 0.0)
        return with_linears(network, {0: Linear(tuple(weight), bias), 1: with_columns(above, outgoing)})

    def apply(self, network: Network) -> Network:
        """Return the network with three ReLUs of half the weight in place of two."""
        require(self.layer == 0, "the maximum of other layers' units is not known to be one")
        hidden(network, 0, self.other)
        below, above = hidden(network, 0, self.unit)
        require(self.unit != self.other, "a maximum takes two units")
        difference = (*below.weight[self.unit], below.bias[self.unit])
        v = (*below.weight[self.other], below.bias[self.other])
        total = tuple(a + 2 * b for a, b in zip(difference, v, strict=True))
        require(min(v) >= 0 and min(total) >= 0, "v and u + v must be non-negative where inputs are")
        outgoing = list(columns(above.weight))
        require(outgoing[self.unit] == outgoing[self.other], "both units must be read with the same weight")
        half = scaled(outgoing[self.unit], 0.5)
        outgoing[self.unit] = outgoing[self.other] = half
        weight, bias = list(below.weight), below.bias
        weight[self.other] = scaled(below.weight[self.unit], -1.0)
        bias = put(bias, self.other, -below.bias[self.unit])
        larger = Linear((*weight, total[:-1]), (*bias, total[-1]))
        return with_linears(network, {0: larger, 1: with_columns(above, [*outgoing, half])})


@dataclass(frozen=True)
class MaxTree(Rewrite):
    """max(v1, max(v2, …)) as a chain or as a balanced tree: a maximum is associative, for non-negative v."""

    name: ClassVar[str] = "max-tree"
    whole: ClassVar[bool] = True
    keeps: ClassVar[str] = "inputs at least 0"

    def plant(self, network: Network) -> Network:
        """Make the chain of the absolute values of the first layer's weights, under the last layer's first column."""
        first = network.linears[0]
        require(first.out_features >= 3 and len(network.linears) > 1, "a tree takes three units or more")
        positive = tuple(tuple(abs(w) for w in row) for row in first.weight)
        last = network.linears[-1]
        top = Linear(tuple(row[:1] for row in last.weight), last.bias)
        return _maximum(Linear(positive, (0.0,) * len(positive)), _chain(len(positive)), top, network.layers)

    def apply(self, network: Network) -> Network:
        """Return the balanced tree in place of the chain."""
        first, last = network.linears[0], network.linears[-1]
        size = first.out_features
        require(size >= 3 and len(network.linears) > 1, "a tree takes three units or more")
        require(all(w >= 0 for row in (*first.weight, first.bias) for w in row), "the units must be non-negative")
        top = Linear(tuple(row[:1] for row in last.weight), last.bias)
        chain = _maximum(first, _chain(size), top, network.layers)
        require(chain == network, "the network is not a chain of maxima")
        return _maximum(first, _balanced(0, size), top, network.layers)


def _chain(size: int) -> Tree:
    tree: Tree = size - 1
    for unit in reversed(range(size - 1)):
        tree = (unit, tree)
    return tree


def _balanced(start: int, stop: int) -> Tree:
    """Return the tree whose left half is complete first, so that it differs from the chain for three units too."""
    if stop - start == 1:
        return start
    middle = (start + stop + 1) // 2
    return (_balanced(start, middle), _balanced(middle, stop))


def _maximum(first: Linear, tree: Tree, top: Linear, ending: tuple[Layer, ...]) -> Network:
    """Return the network ``top`` of the maximum of ``first``'s units, with a ReLU at the end if ``ending`` has one."""
    layers: list[Layer] = [first, ReLU()]
    wires: list[tuple[Tree, tuple[float, ...]]] = [
        (i, tuple(float(i == j) for j in range(first.out_features))) for i in range(first.out_features)
    ]
    while len(wires) > 1:
        rows, wires = _level(wires, tree)
        layers += [Linear(tuple(rows), (0.0,) * len(rows)), ReLU()]
    (_, last), column = wires[0], columns(top.weight)[0]
    layers.append(Linear(tuple(tuple(w * v for v in last) for w in column), top.bias))
    return Network((*layers, ReLU()) if isinstance(ending[-1], ReLU) else tuple(layers))


def _level(
    wires: list[tuple[Tree, tuple[float, ...]]], tree: Tree
) -> tuple[list[tuple[float, ...]], list[tuple[Tree, tuple[float, ...]]]]:
    """Join every pair of siblings whose values are ready, in one layer; pass the others on."""
    by_tree = dict(wires)
    rows: list[tuple[float, ...]] = []
    result: list[tuple[Tree, list[int]]] = []
    used: set[Tree] = set()
    for node in _nodes(tree):
        if isinstance(node, tuple) and node[0] in by_tree and node[1] in by_tree:
            u, v = by_tree[node[0]], by_tree[node[1]]
            result.append((node, [len(rows), len(rows) + 1]))
            rows += [tuple(a - b for a, b in zip(u, v, strict=True)), v]
            used |= {node[0], node[1]}
    for name, value in wires:
        if name not in used:
            result.append((name, [len(rows)]))
            rows.append(value)
    return rows, [(name, tuple(float(i in ones) for i in range(len(rows)))) for name, ones in result]


def _nodes(tree: Tree) -> Iterator[Tree]:
    yield tree
    if isinstance(tree, tuple):
        yield from _nodes(tree[0])
        yield from _nodes(tree[1])
