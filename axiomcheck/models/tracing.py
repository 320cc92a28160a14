"""A model as a graph of torch.fx, with the shape of each value: only to be read, the model runs as it is written."""

from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, fx, nn

from ..networks import Shape
from ..networks.reading.tracing import graph_of

BATCH = 2
"""How many inputs a graph is run on for its shapes."""


@dataclass(frozen=True)
class Traced:
    """The nodes of a model in the order in which they run, its modules by path, and the shapes of what is a tensor."""

    nodes: tuple[fx.Node, ...]
    modules: dict[str, nn.Module]
    shapes: dict[fx.Node, Shape]


class Untraceable(ValueError):
    """Why there is no graph of a model, in words."""


def traced(model: nn.Module, shape: Shape) -> Traced:
    """Return the graph of a model in float64 for inputs of a shape; ``Untraceable`` with the reason."""
    try:
        read, graph = graph_of(model)
        shapes = _Shapes(fx.GraphModule(read, graph))
        with torch.no_grad():
            shapes.run(torch.zeros(BATCH, *shape, dtype=torch.float64))
    except Exception as error:
        told = (str(error).splitlines() or ["no message"])[0]
        raise Untraceable(f"{type(error).__name__}: {told}") from error
    found = {node: shapes.found[node.name] for node in graph.nodes if node.name in shapes.found}
    return Traced(tuple(graph.nodes), dict(read.named_modules(remove_duplicate=False)), found)


class _Shapes(fx.Interpreter):
    """Runs a graph, and notes the shapes of what is computed."""

    def __init__(self, module: fx.GraphModule) -> None:
        super().__init__(module)
        self.found: dict[str, Shape] = {}

    def run_node(self, n: fx.Node) -> Any:
        """Run a node."""
        result = super().run_node(n)
        if isinstance(result, Tensor):
            self.found[n.name] = tuple(result.shape)
        return result
