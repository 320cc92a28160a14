"""A model of Linear and ReLU as the chain that it computes, however it is written."""

from collections.abc import Iterator
from typing import NamedTuple

import torch
from torch import Tensor, fx, nn
from torch.nn import functional

from .protocol import Unsupported


class Affine(NamedTuple):
    """z = W a + b, with weight (out, in) and bias (out,)."""

    weight: Tensor
    bias: Tensor


class Rectifier(NamedTuple):
    """a = max(z, 0)."""


Step = Affine | Rectifier


def chain(model: nn.Module) -> list[Step]:
    """Return the steps of ``model`` in the order it computes them, parameters detached; ``Unsupported`` for others."""
    return list(_of_module(model))


def _of_module(module: nn.Module) -> Iterator[Step]:
    if isinstance(module, nn.Linear) and type(module).forward is nn.Linear.forward:
        yield _affine(module.weight, module.bias)
    elif type(module).forward is nn.ReLU.forward:
        yield Rectifier()
    elif isinstance(module, nn.Identity) or (isinstance(module, nn.Dropout) and not module.training):
        return
    elif type(module) is nn.Sequential:
        for child in module:
            yield from _of_module(child)
    elif type(module).__module__.startswith("torch.nn."):
        raise Unsupported(f"cannot propagate through {type(module).__name__}; Linear and ReLU are known")
    else:
        yield from _traced(module)


def _traced(module: nn.Module) -> Iterator[Step]:
    """Yield the steps of a model with a ``forward`` of its own, as torch.fx sees them."""
    try:
        graph = fx.symbolic_trace(module)
    except Exception as error:
        raise Unsupported(f"{type(module).__name__}.forward cannot be traced: {error}") from error
    current: fx.Node | None = None
    for node in graph.graph.nodes:
        if node.op == "placeholder" and current is None:
            current = node
        elif node.op == "output":
            _require_chain(node, current)
        elif node.op == "get_attr":
            continue
        else:
            _require_chain(node, current)
            yield from _of_node(node, graph)
            current = node


def _require_chain(node: fx.Node, current: fx.Node | None) -> None:
    if not node.args or node.args[0] is not current:
        raise Unsupported(f"cannot propagate through {node.name!r}: the model is no plain chain of layers")


def _of_node(node: fx.Node, graph: fx.GraphModule) -> Iterator[Step]:
    if node.op == "call_module":
        yield from _of_module(graph.get_submodule(str(node.target)))
    elif node.target in (functional.relu, torch.relu, "relu", functional.relu_, torch.relu_, "relu_"):
        yield Rectifier()
    elif node.target is functional.linear:
        given = dict(zip(("weight", "bias"), node.args[1:], strict=False)) | node.kwargs
        yield _affine(_parameter(graph, given["weight"]), _parameter(graph, given.get("bias")))
    else:
        raise Unsupported(f"cannot propagate through {node.name!r}; Linear and ReLU are known")


def _parameter(graph: fx.GraphModule, node: object) -> Tensor | None:
    if not isinstance(node, fx.Node):
        return None
    owner, _, name = str(node.target).rpartition(".")
    value: Tensor = getattr(graph.get_submodule(owner), name)
    return value


def _affine(weight: Tensor | None, bias: Tensor | None) -> Affine:
    assert weight is not None
    return Affine(weight.detach(), weight.new_zeros(len(weight)) if bias is None else bias.detach())
