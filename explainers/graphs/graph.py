"""A model as the graph of operations that it computes, however it is written."""

from typing import Any

import torch
from torch import Tensor, nn

from ..protocol import Unsupported
from .modules import MODULES, forward_of
from .recorder import Node, Recorder, Value
from .trace_calls import KNOWN
from .tracer import trace

Graph = list[Node]


def graph(model: nn.Module) -> Graph:
    """Return the nodes of ``model`` in the order it computes them, parameters detached; ``Unsupported`` for others.

    A layer that is used twice is two nodes, a sum is stacking and an affine layer of weights 1, and the last node makes
    the output. Nothing is in place.

    >>> [type(node.operation).__name__ for node in graph(nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1)))]
    ['Layer', 'ReLU', 'Layer']
    """
    recorder = Recorder()
    output = _read(recorder, model, Value(0))
    nodes = _needed(recorder.nodes, output.number)
    for operation, _ in nodes:
        if operation.unreadable:
            raise Unsupported(operation.unreadable)
    return nodes


def read(model: nn.Module, inputs: Tensor) -> tuple[Graph, list[Any]]:
    """Return the graph of ``model`` and its values at ``inputs`` (B, *shape).

    Where they are not what the model computes there, because of hooks or layers whose code is not that of their class,
    it is ``Unsupported``.
    """
    with torch.no_grad():
        outputs = model(inputs.clone())  # before it is read: hooks may bring parameters up to date
        nodes = graph(model)
        values = evaluate(nodes, inputs.detach())
    if not _alike(values, outputs):
        name = type(model).__name__
        raise Unsupported(f"{name} computes something else than its layers: hooks or changed methods cannot be read")
    return nodes, values


def evaluate(nodes: Graph, inputs: Tensor) -> list[Any]:
    """Return the input (B, *shape) and the value that each node makes of it."""
    values: list[Any] = [inputs]
    for operation, sources in nodes:
        values.append(operation(*[values[source] for source in sources]))
    return values


def require_logits(nodes: Graph, method: str) -> None:
    """Raise ``Unsupported`` for a graph that is not piecewise linear, with what can be done about it at the end."""
    for operation, _ in nodes:
        if obstacle := operation.obstacle(method, at_end=operation is nodes[-1].operation):
            raise Unsupported(obstacle)


def _read(recorder: Recorder, module: nn.Module, value: Value) -> Value:
    """Note a layer, or a Sequential of them one by one; what has a forward of its own is traced."""
    forward = forward_of(module)
    if forward in MODULES:
        return recorder.add(MODULES[forward](module), value)
    if forward is nn.Sequential.forward:
        for child in module:  # type: ignore[attr-defined]
            value = _read(recorder, child, value)
        return value
    if isinstance(module, torch.jit.ScriptModule):
        raise Unsupported("cannot read a model that torch.jit compiled; explain the one that it was made from")
    if type(module).__module__.startswith("torch.nn.") and forward is not None:
        raise Unsupported(f"cannot propagate through {type(module).__name__}; {KNOWN}")
    return trace(recorder, module, value, lambda layer, entering: _read(recorder, layer, entering))


def _alike(values: list[Any], outputs: Tensor) -> bool:
    """Return whether the last value is the output, but for the rounding of the largest value on the way."""
    last = values[-1]
    if last.shape != outputs.shape or not torch.equal(last.isnan(), outputs.isnan()):
        return False
    if torch.equal(last, outputs):
        return True
    precision = torch.finfo(outputs.dtype).eps ** 0.5
    scale = max(float(value.abs().max()) for value in values if isinstance(value, Tensor) and value.numel())
    return not bool(((last - outputs).abs() > precision * scale).any())


def _needed(nodes: Graph, output: int) -> Graph:
    """Leave out what does not lead to the output; what is left ends there."""
    needed = {0, output}
    for number in range(output, 0, -1):
        if number in needed:
            needed.update(nodes[number - 1].sources)
    new = {number: place for place, number in enumerate(sorted(needed))}
    return [
        Node(operation, tuple(new[source] for source in sources))
        for number, (operation, sources) in enumerate(nodes, 1)
        if number in needed
    ]
