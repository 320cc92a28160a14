"""One layer as code, in the style of its network."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..layers import Branch, Layer, Shape
from ..names import layer_names
from .model import Model

State = dict[str, Any]


@dataclass(frozen=True)
class Leaf:
    """``name`` is its own, ``attribute`` that of the object, which others may use too.

    ``setup`` says what attributes are bound to, ``call`` is the layer applied to ``{}``.
    """

    name: str
    attribute: str
    call: str
    setup: dict[str, str] = field(default_factory=dict)
    state: State = field(default_factory=dict)


class Writer:
    """Writes the leaves of ``network``, asked for one after the other."""

    def __init__(self, network: Model) -> None:
        self.style = network.style
        self._names = layer_names(network.leaves)
        self._first: dict[Layer, str] = {}
        self._uses = Counter(network.leaves)

    def leaf(self, layer: Layer, shape: Shape, below: Layer | None) -> Leaf:
        """Return the next leaf, which reads inputs of ``shape`` from ``below``."""
        own = name = next(self._names)
        if self.is_shared(layer):
            name = "relu" if layer.rectifies else self._first.setdefault(layer, name)
        if (call := layer.functional(self.style, name)) is not None:
            return _functional(layer, call, own, name)
        state = {f"{name}.{part}": value for part, value in layer.state.items()}
        return Leaf(own, name, f"self.{name}({{}})", {name: self._constructor(layer, shape, below)}, state)

    def is_shared(self, layer: Layer) -> bool:
        """Whether ``layer`` stands in the network more than once and is to be one object."""
        if layer.rectifies:
            return self.style.relu == "reused"
        return self.style.weights == "shared" and layer.is_shareable and self._uses[layer] > 1

    def _constructor(self, layer: Layer, shape: Shape, below: Layer | None) -> str:
        # In place it overwrites what it reads: only what an affine layer has just made may be overwritten.
        if self.style.relu == "inplace" and layer.rectifies and below is not None and below.units:
            return "nn.ReLU(inplace=True)"
        return layer.constructor(shape)

    def adds_by_module(self, layers: Branch) -> bool:
        """Whether any of ``layers`` is a sum that a module computes."""
        return self.style.residual == "module" and any(layer.adds for layer in layers)


def definitions(layers: Branch) -> list[str]:
    """Return the classes of layers that are none of PyTorch's, each once."""
    return list(dict.fromkeys(layer.definition for layer in layers if layer.definition))


ADD = """class Add(nn.Module):
    def forward(self, a, b):
        return a + b

"""


def _functional(layer: Layer, call: str, own: str, name: str) -> Leaf:
    """Return a leaf without a module, whose parameters are the model's own."""
    sizes = {part: ", ".join(map(str, np.shape(value))) for part, value in layer.state.items()}
    setup = {f"{name}_{part}": f"nn.Parameter(torch.zeros({size}))" for part, size in sizes.items()}
    return Leaf(own, name, call, setup, {f"{name}_{part}": value for part, value in layer.state.items()})
