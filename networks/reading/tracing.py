"""A module as a graph of torch.fx that is only read."""

import copy
from typing import Any

from torch import fx, nn


def sharing_tensors(model: nn.Module) -> nn.Module:
    """Return a copy of a model whose weights are the model's own: what a ``forward`` stores stays in the copy."""
    kept: dict[int, Any] = {id(tensor): tensor for tensor in (*model.parameters(), *model.buffers())}
    return copy.deepcopy(model, kept)


def graph_of(model: nn.Module) -> tuple[nn.Module, fx.Graph]:
    """Return a copy of a model in evaluation mode, and its graph; whatever tracing raises."""
    tracer, read = fx.Tracer(), sharing_tensors(model).eval()
    read = nn.Sequential(read) if tracer.is_leaf_module(read, "") else read
    return read, tracer.trace(read)
