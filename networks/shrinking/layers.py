"""Fewer layers: runs of them dropped, blocks dissolved, the network cut below or above."""

from collections.abc import Iterator
from dataclasses import replace

from ..case import Case
from ..errors import AxiomcheckError
from ..facts import Irrelevant
from ..layers import Branch, Flatten, Layer, Shape, after
from ..network import Network
from .edits import Edited, attempt, edit_network, substitute
from .points import with_points

MOST_OUTPUTS = 6
"""How many outputs are asked about where a hidden layer becomes the output."""


def fewer_layers(case: Case) -> Iterator[Case]:
    """Yield the case with a part of its layers, and with blocks exchanged for one of their branches."""
    yield from _cut_above(case)
    yield from edit_network(case, _without_runs)
    yield from edit_network(case, _dissolve)
    if not case.variables(Irrelevant):
        yield from _cut_below(case)


def _without_runs(layers: Branch, shape: Shape) -> Iterator[Edited]:
    size = len(layers)
    for length in sorted({size - 1, size // 2, size // 4, 3, 2, 1}, reverse=True):
        for start in reversed(range(size - length + 1 if 0 < length <= size else 0)):
            yield from attempt(lambda i=start, n=length: substitute(layers, shape, i, i + n, ()))  # type: ignore[misc]


def _dissolve(layers: Branch, shape: Shape) -> Iterator[Edited]:
    for i, layer in enumerate(layers):
        for branch in (*layer.branches, _in_a_row(layer)) if layer.branches else ():
            yield from attempt(lambda i=i, b=branch: substitute(layers, shape, i, i + 1, b))  # type: ignore[misc]
        for k in range(len(layer.branches) if len(layer.branches) > 2 else 0):
            fewer = layer.with_branches((*layer.branches[:k], *layer.branches[k + 1 :]))
            yield from attempt(lambda i=i, f=fewer: substitute(layers, shape, i, i + 1, (f,)))  # type: ignore[misc]


def _in_a_row(block: Layer) -> Branch:
    return tuple(layer for branch in block.branches for layer in branch)


def _cut_above(case: Case) -> Iterator[Case]:
    """Yield the case with the first layers alone, each of their units an output that is asked about."""
    layers, shape = case.network.layers, case.network.shape
    for stop in range(1, len(layers)):
        kept = layers[:stop]
        kept = kept if len(after(kept, shape)) == 1 else (*kept, Flatten())
        if len(kept) < len(layers):
            network = Network(kept, shape, case.network.style)
            outputs = range(min(network.out_features, MOST_OUTPUTS))
            yield from (replace(case, network=network, target=target) for target in outputs)


def _cut_below(case: Case) -> Iterator[Case]:
    """Yield the case without the first layers, at what these make of its points."""
    layers, shape = case.network.layers, case.network.shape
    for start in reversed(range(1, len(layers))):
        entered = after(layers[:start], shape)
        try:
            below = Network((*layers[:start], Flatten()), shape)
            above = Network(layers[start:], entered, case.network.style)
        except AxiomcheckError:
            continue
        if above.linears:
            yield with_points(
                replace(case, network=above),
                lambda x, below=below: tuple(map(float, below.value(x))),  # type: ignore[misc]
            )
