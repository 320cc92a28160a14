"""The maximum of many units, as a chain or as a tree."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import ClassVar

from ..layers import Layer, Linear, ReLU
from ..network import Network
from .rewrite import Rewrite, columns
from .sites import require

Tree = int | tuple["Tree", "Tree"]


@dataclass(frozen=True)
class MaxTree(Rewrite):
    """max(v1, max(v2, …)) as a chain or as a balanced tree: a maximum is associative, for non-negative v."""

    name: ClassVar[str] = "max-tree"
    whole: ClassVar[bool] = True
    keeps: ClassVar[str] = "inputs at least 0"

    def plant(self, network: Network) -> Network:
        """Make the chain of the absolute values of the first layer's weights, under the last layer's first column."""
        first = _first(network)
        positive = tuple(tuple(abs(w) for w in row) for row in first.weight)
        return _maximum(network, Linear(positive, (0.0,) * len(positive)), _chain(len(positive)))

    def apply(self, network: Network) -> Network:
        """Return the balanced tree in place of the chain."""
        first = _first(network)
        require(all(w >= 0 for row in (*first.weight, first.bias) for w in row), "the units must be non-negative")
        chain = _maximum(network, first, _chain(first.out_features))
        require(chain == network, "the network is not a chain of maxima")
        return _maximum(network, first, _balanced(0, first.out_features))


def _first(network: Network) -> Linear:
    """Return the first layer of a chain of Linear and ReLU."""
    require(network.is_plain, "the network is not made of Linear and ReLU alone")
    first = network.linears[0]
    require(first.out_features >= 3 and len(network.linears) > 1, "a tree takes three units or more")
    return first


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


def _maximum(network: Network, first: Linear, tree: Tree) -> Network:
    """Return ``network`` as its last layer's first column of the maximum of ``first``'s units; a last ReLU stays."""
    layers: list[Layer] = [first, ReLU()]
    wires: list[tuple[Tree, tuple[float, ...]]] = [
        (i, tuple(float(i == j) for j in range(first.out_features))) for i in range(first.out_features)
    ]
    while len(wires) > 1:
        rows, wires = _level(wires, tree)
        layers += [Linear(tuple(rows), (0.0,) * len(rows)), ReLU()]
    (_, ones), top = wires[0], network.linears[-1]
    layers.append(Linear(tuple(tuple(w * v for v in ones) for w in columns(top.weight)[0]), top.bias))
    return replace(network, layers=(*layers, ReLU()) if network.ends_in_relu else tuple(layers))


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
