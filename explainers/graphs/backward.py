"""Going back through a graph: what all methods share that send messages from the output to the input."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor

from .graph import Graph

Step = Callable[[int, Sequence[Any], Tensor], Iterable[Tensor | None]]


def backward(nodes: Graph, values: Sequence[Any], message: Tensor, step: Step) -> Tensor:
    """Return the message that reaches the input, shape of ``values[0]``.

    ``values`` are those of ``evaluate``, ``message`` is that at the output. ``step(k, entering, message)`` gives what
    node k sends to each value that enters it; what is sent to one value from several nodes is added up.
    """
    messages: list[Tensor | None] = [None] * len(nodes) + [message]
    for number in reversed(range(len(nodes))):
        message_here, sources = messages[number + 1], nodes[number].sources
        if message_here is None:
            continue
        parts = step(number, [values[source] for source in sources], message_here)
        for source, part in zip(sources, parts, strict=True):
            old = messages[source]
            messages[source] = part if old is None or part is None else old + part
    return torch.zeros_like(values[0]) if messages[0] is None else messages[0]
