"""LRP with a rule of its own where the input is read."""

from torch import Tensor, nn

from ..graphs.graph import Graph, read
from .lrp import Rule, relevance, sharing


def propagate_below(model: nn.Module, inputs: Tensor, target: Tensor, lowest: Rule, above: Rule) -> Tensor:
    """Return the relevance (B, *shape) by the rule ``lowest`` where a layer reads the input alone, and ``above``."""
    first, other = sharing(lowest), sharing(above)
    nodes, values = read(model, inputs)
    reading = input_layers(nodes)
    return relevance(nodes, values, target, lambda number: first if number in reading else other)


def input_layers(nodes: Graph) -> frozenset[int]:
    """Return the numbers of the affine layers that read nothing but entries of the input.

    The sum of a residual block around the input, x + g(x), reads more and is none of them.
    """
    entries, layers = {0}, set()
    for number, (operation, sources) in enumerate(nodes):
        if entries.issuperset(s for s in sources if s == 0 or not nodes[s - 1].operation.is_shape):
            if operation.moves_entries:
                entries.add(number + 1)
            if operation.has_weights:
                layers.add(number)
    return frozenset(layers)
