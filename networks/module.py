"""A network as a PyTorch module."""

from collections import OrderedDict
from typing import TypeVar

import torch
from torch import nn

from .layers import Linear
from .names import layer_names
from .network import Network

M = TypeVar("M", bound=nn.Module)


def module(network: Network) -> nn.Sequential:
    """Return ``network`` as a float64 module in evaluation mode, with parameters of its own."""
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
