"""A network as a PyTorch module."""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from types import CodeType
from typing import Any, TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from .codegen import source
from .codegen.model import Model
from .layers import Linear
from .names import layer_names
from .style import PLAIN

M = TypeVar("M", bound=nn.Module)
FLOAT = torch.float64


def module(network: Model) -> nn.Module:
    """Return ``network`` as a float64 module in evaluation mode, with parameters of its own.

    It runs the code that ``code`` prints, but draws no random weights that it would only overwrite. The plain chains
    of Linear and ReLU, which are most of all, are put together by hand, to the same effect.
    """
    return _chain(network) if network.is_plain and network.style == PLAIN else _execute(network)


def _execute(network: Model) -> nn.Module:
    recipe = _recipe(network)
    namespace: dict[str, Any] = {"torch": torch, "nn": nn, "F": functional}
    with _without_initialisation():
        exec(_compile(recipe.structure), namespace)  # noqa: S102 - our own code
    model: nn.Module = namespace["model"]
    modules = dict(model.named_modules(remove_duplicate=False))
    for name, value in recipe.state.items():
        owner, _, part = name.rpartition(".")
        held = modules[owner]._parameters  # noqa: SLF001 - as load_state_dict does it, at a quarter of its cost
        if part in held:
            held[part] = nn.Parameter(value.clone())
        else:
            modules[owner]._buffers[part] = value.clone()  # noqa: SLF001
    for inner in modules.values():
        _in_evaluation(inner)
    return model


@dataclass(frozen=True)
class Recipe:
    """What a module is built from, anew for each call: its code, and its parameters and buffers by name."""

    structure: str
    state: Mapping[str, Tensor]

    @classmethod
    def of(cls, network: Model) -> "Recipe":
        """Write the code of ``network``."""
        structure, state = source(network)
        return cls(structure, {name: torch.tensor(value, dtype=FLOAT) for name, value in state.items()})


def _recipe(network: Model) -> Recipe:
    """Return the recipe of a network, which never changes, made once and kept with it."""
    recipe: Recipe = network.__dict__.get("recipe") or Recipe.of(network)
    network.__dict__["recipe"] = recipe
    return recipe


DRAWING = (nn.Linear, nn.modules.conv._ConvNd, nn.modules.batchnorm._NormBase)  # noqa: SLF001


@contextmanager
def _without_initialisation() -> Iterator[None]:
    """Let layers be built without random weights, which the network's own would only overwrite."""
    kept = [(kind, kind.reset_parameters) for kind in DRAWING]
    try:
        for kind in DRAWING:
            kind.reset_parameters = lambda _: None  # type: ignore[method-assign]
        yield
    finally:
        for kind, reset in kept:
            kind.reset_parameters = reset  # type: ignore[method-assign]


@lru_cache(maxsize=4096)
def _compile(structure: str) -> CodeType:
    return compile(structure, "<axiomcheck network>", "exec")


def _chain(network: Model) -> nn.Sequential:
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
    built.weight = nn.Parameter(torch.tensor(layer.weight, dtype=FLOAT))
    bias = nn.Parameter(torch.tensor(layer.bias, dtype=FLOAT)) if layer.has_bias else None
    built.register_parameter("bias", bias)
    return _in_evaluation(built)


def _in_evaluation(built: M) -> M:
    """Do what ``eval`` does to one module; thousands are built, and its walk over submodules is half of the cost."""
    built.__dict__["training"] = False
    return built
