"""A module read as layers: traced by torch.fx, each call one layer, what parts and joins again a block."""

import operator
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional

from ..errors import AxiomcheckError
from ..layers import Block, Branch, Concat, Product, Residual
from .functions import CONVOLUTION, FUNCTIONS, arguments, padded_convolution
from .modules import MODULES
from .tracing import graph_of

CONCATENATIONS = (torch.cat, torch.concat)
JOINS: dict[Any, type[Block]] = {
    **dict.fromkeys((operator.add, operator.iadd, torch.add, "add", "add_"), Residual),
    **dict.fromkeys((operator.mul, operator.imul, torch.mul, "mul", "mul_"), Product),
    **dict.fromkeys(CONCATENATIONS, Concat),
}
"""The blocks whose branches end where values are joined."""
VIEWS = ("view", "reshape")


def read(module: nn.Module) -> Branch:
    """Return the layers of a module in evaluation mode; ``AxiomcheckError`` with one sentence where there are none."""
    if not isinstance(module, nn.Module):
        raise AxiomcheckError(f"Expected an nn.Module but got {type(module).__name__}")
    try:
        copied, graph = graph_of(module)
    except Exception as error:
        told = (str(error).splitlines() or ["no message"])[0]
        raise AxiomcheckError(
            f"{type(module).__name__} cannot be read as a network: torch.fx cannot trace it ({told})"
        ) from error
    return _Reader(type(module).__name__, copied, graph).layers()


class _Reader:
    """The nodes of a graph, and what all ways from the input to each of them pass."""

    def __init__(self, name: str, module: nn.Module, graph: fx.Graph) -> None:
        self.name, self.modules = name, dict(module.named_modules(remove_duplicate=False))
        self.order = {node: place for place, node in enumerate(graph.nodes)}
        inputs = [node for node in graph.nodes if node.op == "placeholder"]
        if len(inputs) != 1:
            raise AxiomcheckError(f"Expected a model of one input but got one of {len(inputs)}")
        self.input, self.output = inputs[0], next(node for node in graph.nodes if node.op == "output")
        self._passed: dict[fx.Node, frozenset[fx.Node]] = {}

    def layers(self) -> Branch:
        """Return the layers from the input to the output."""
        (output,) = self.output.args
        if not isinstance(output, fx.Node):
            raise AxiomcheckError("Expected a model that returns one tensor")
        for node in self.order:  # in their order, so that no recursion is deep
            if node is not self.output and node.op != "get_attr":
                self._passed[node] = frozenset([node]).union(self._common(self._below(node)))
        return self._branch(output, self.input)

    def _branch(self, node: fx.Node, source: fx.Node) -> Branch:
        """Return the layers between two nodes, the second of which all ways to the first pass."""
        found: list[Branch] = []
        while node is not source:
            below = self._below(node)
            if not below:
                raise self._unknown(node, "nothing leads there from the input")
            if len(below) == 1 and node.target not in JOINS:
                found.append(self._layers(node))
                node = below[0] if not _is_padded(node, below[0]) else self._below(below[0])[0]
                continue
            if len(below) == 1:
                raise self._unknown(node, "one of what it joins is no value of the network but a number")
            start = max(self._common(below), key=self.order.__getitem__)
            branches = tuple(self._branch(each, start) for each in below)
            found.append((JOINS[node.target](branches),))
            node = start
        return tuple(layer for layers in reversed(found) for layer in layers)

    def _common(self, nodes: list[fx.Node]) -> frozenset[fx.Node]:
        """Return the nodes that all ways to all of ``nodes`` pass."""
        passed = [self._passed.get(node, frozenset()) for node in nodes]
        return frozenset.intersection(*passed) if passed else frozenset()

    def _below(self, node: fx.Node) -> list[fx.Node]:
        """Return the values that a node reads, parameters aside; of what joins none the first alone."""
        if node.op == "placeholder":
            return []
        first = node.args[0] if node.args else node.kwargs.get("input", node.kwargs.get("tensors"))
        if node.target in CONCATENATIONS and isinstance(first, (list, tuple)):
            return [each for each in first if isinstance(each, fx.Node)]
        values = node.args[:2] if node.target in JOINS else (first,)
        return [value for value in values if isinstance(value, fx.Node) and value.op != "get_attr"]

    def _layers(self, node: fx.Node) -> Branch:
        try:
            if node.op == "call_module":
                return self._of_module(node)
            if node.target in VIEWS:
                return self._of_view(node)
            if node.target not in FUNCTIONS:
                raise AxiomcheckError("it is none of the layers that networks have")
            return self._of_call(node)
        except (AxiomcheckError, TypeError) as error:
            raise self._unknown(node, str(error)) from error

    def _of_module(self, node: fx.Node) -> Branch:
        module = self.modules[str(node.target)]
        if type(module) not in MODULES:
            raise AxiomcheckError("it is none of the layers that networks have")
        return MODULES[type(module)](module)

    def _of_call(self, node: fx.Node) -> Branch:
        names, build = FUNCTIONS[node.target]
        given = arguments(names, self._plain(node.args[1:]), self._plain(node.kwargs))
        below = self._below(node)[0]
        if not _is_padded(node, below):
            return build(**given)
        pad, mode = (below.kwargs.get(name, default) for name, default in (("pad", None), ("mode", "constant")))
        return padded_convolution(tuple(self._plain(pad or below.args[1])), self._plain(mode), **given)

    def _of_view(self, node: fx.Node) -> Branch:
        """Return what a view makes of (B, …) if it is (B, all)."""
        if node.args[2:] != (-1,):
            raise AxiomcheckError("a view is (B, -1): what is flattened is all of an input")
        return FUNCTIONS["flatten"][1](1)

    def _plain(self, given: Any) -> Any:
        """Return arguments with parameters in place of the nodes that ask for them."""
        return fx.node.map_arg(given, self._parameter)

    def _parameter(self, node: fx.Node) -> Any:
        if node.op != "get_attr":
            raise AxiomcheckError("it reads more than one value")
        owner, _, name = str(node.target).rpartition(".")
        return getattr(self.modules[owner], name)

    def _unknown(self, node: fx.Node, why: str) -> AxiomcheckError:
        if node.op == "call_module":
            what = f"{type(self.modules[str(node.target)]).__name__} at {node.target}"
        else:
            what = f"{getattr(node.target, '__name__', node.target)} in forward"
        return AxiomcheckError(f"{self.name} cannot be read as a network, because of {what}: {why}")


def _is_padded(node: fx.Node, below: fx.Node) -> bool:
    """Return whether a convolution reads what ``F.pad`` has made."""
    return below.target is functional.pad and FUNCTIONS.get(node.target, ((), None))[0] is CONVOLUTION
