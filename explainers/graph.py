"""A model as the graph of operations that it computes, however it is written."""

from typing import Any

from torch import Tensor, nn

from .calls import KNOWN
from .modules import MODULES
from .protocol import Unsupported
from .recorder import Node, Recorder, Value
from .tracing import traced

Graph = list[Node]


def graph(model: nn.Module) -> Graph:
    """Return the nodes of ``model`` in the order it computes them, parameters detached; ``Unsupported`` for others.

    A layer that is used twice is two nodes, a sum is stacking and an affine layer of weights 1, and the last node makes
    the output. Nothing is in place.

    >>> [type(node.operation).__name__ for node in graph(nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)))]
    ['Layer', 'Activation', 'Layer']
    """
    recorder = Recorder()
    output = _read(recorder, model, Value(0))
    return _needed(recorder.nodes, output.number)


def evaluated(nodes: Graph, inputs: Tensor) -> list[Any]:
    """Return the input (B, *shape) and the value that each node makes of it."""
    values: list[Any] = [inputs]
    for operation, sources in nodes:
        values.append(operation(*[values[source] for source in sources]))
    return values


def _read(recorder: Recorder, module: nn.Module, value: Value) -> Value:
    """Note a layer, or a Sequential of them one by one; what has a forward of its own is traced."""
    forward = type(module).forward
    if forward in MODULES:
        return recorder.add(MODULES[forward](module), value)
    if forward is nn.Sequential.forward:
        for child in module:  # type: ignore[attr-defined]
            value = _read(recorder, child, value)
        return value
    if type(module).__module__.startswith("torch.nn."):
        raise Unsupported(f"cannot propagate through {type(module).__name__}; {KNOWN}")
    return traced(recorder, module, value, lambda layer, entering: _read(recorder, layer, entering))


def _needed(nodes: Graph, output: int) -> Graph:
    """Leave out what does not lead to the output; what is left ends there."""
    kept = {0, output}
    for number in range(output, 0, -1):
        if number in kept:
            kept.update(nodes[number - 1].sources)
    new = {number: place for place, number in enumerate(sorted(kept))}
    return [
        Node(operation, tuple(new[source] for source in sources))
        for number, (operation, sources) in enumerate(nodes, 1)
        if number in kept
    ]
