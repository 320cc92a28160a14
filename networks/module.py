"""A network as a PyTorch module."""

from collections import OrderedDict
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

import torch
from torch import nn
from torch.nn import functional

from .layers import Linear
from .names import layer_names
from .network import Network
from .source import source
from .style import PLAIN

M = TypeVar("M", bound=nn.Module)


def module(network: Network) -> nn.Module:
    """Return ``network`` as a float64 module in evaluation mode, with parameters of its own.

    It runs the code that ``code`` prints, but draws no random weights that it would only overwrite. The plain chains
    of Linear and ReLU, which are most of all, are put together by hand, to the same effect.
    """
    return _chain(network) if network.is_plain and network.style == PLAIN else _executed(network)


def _executed(network: Network) -> nn.Module:
    structure, state = source(network)
    namespace: dict[str, Any] = {"torch": torch, "nn": nn, "F": functional}
    with torch.device("meta"):
        exec(_compiled(structure), namespace)  # noqa: S102 - our own code
    model: nn.Module = namespace["model"]
    tensors = {name: torch.tensor(value, dtype=torch.float64) for name, value in state.items()}
    model.load_state_dict(tensors, assign=True)
    return model.eval()


@lru_cache(maxsize=1024)
def _compiled(structure: str) -> CodeType:
    return compile(structure, "<axiomcheck network>", "exec")


def _chain(network: Network) -> nn.Sequential:
    built: OrderedDict[str, nn.Module] = OrderedDict(
        (name, _linear(layer) if isinstance(layer, Linear) else _in_evaluation(nn.ReLU()))
        for name, layer in zip(layer_names(network.layers), network.layers, strict=True)
    )
    return _in_evaluation(nn.Sequential(built))


def _linear(layer: Linear) -> nn.Linear:
    """Build the layer without drawing the random weights that it would only overwrite."""
    built = nn.Linear.__new__(nn.Linear)
    nn.Module.__init__(built)
    built.in_features, built.out_features = layer.in_features, layer.out_features
    built.weight = nn.Parameter(torch.tensor(layer.weight, dtype=torch.float64))
    bias = nn.Parameter(torch.tensor(layer.bias, dtype=torch.float64)) if layer.has_bias else None
    built.register_parameter("bias", bias)
    return _in_evaluation(built)


def _in_evaluation(built: M) -> M:
    """Do what ``eval`` does to one module; thousands are built, and its walk over submodules is half of the cost."""
    built.__dict__["training"] = False
    return built
