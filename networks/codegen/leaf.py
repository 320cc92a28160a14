"""One layer as code, in the style of its network."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ..layers import (
    AdaptiveAvgPool,
    AvgPool,
    BatchNorm,
    Block,
    Concat,
    Convolution,
    Flatten,
    Layer,
    Linear,
    MaxPool,
    ReLU,
    Shape,
)
from ..names import layer_names
from ..network import Network

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

    def __init__(self, network: Network) -> None:
        self.style = network.style
        self._names = layer_names(network.leaves)
        self._first: dict[Layer, str] = {}
        self._uses = Counter(network.leaves)

    def leaf(self, layer: Layer, shape: Shape, below: Layer | None) -> Leaf:
        """Return the next leaf, which reads inputs of ``shape`` from ``below``."""
        own = name = next(self._names)
        if isinstance(layer, ReLU):
            return self._relu(name, below)
        if self.is_shared(layer):
            name = self._first.setdefault(layer, name)
        state = {f"{name}.{part}": value for part, value in layer.state.items()}
        if isinstance(layer, (Linear, Convolution)) and self.style.linear == "functional":
            return _functional(layer, own, name)
        if isinstance(layer, (MaxPool, AvgPool, AdaptiveAvgPool)) and self.style.pool == "functional":
            return Leaf(own, name, _pool_call(layer))
        if isinstance(layer, Flatten) and self.style.has_forward:
            return Leaf(own, name, "torch.flatten({}, 1)")
        return Leaf(own, name, f"self.{name}({{}})", {name: layer.constructor(shape)}, state)

    def is_shared(self, layer: Layer) -> bool:
        """Whether ``layer`` stands in the network more than once and is to be one object."""
        if isinstance(layer, ReLU):
            return self.style.relu == "reused"
        # A batch normalisation is another module on vectors than on images.
        weighted = bool(layer.numeric) and not isinstance(layer, BatchNorm)
        return self.style.weights == "shared" and weighted and self._uses[layer] > 1

    def _relu(self, name: str, below: Layer | None) -> Leaf:
        if self.style.relu == "functional":
            return Leaf(name, name, "F.relu({})")
        if self.style.relu == "clamp":
            return Leaf(name, name, "{}.clamp(min=0)")
        attribute = "relu" if self.style.relu == "reused" else name
        # In place it overwrites what it reads: only what an affine layer has just made may be overwritten.
        inplace = self.style.relu == "inplace" and isinstance(below, (Linear, Convolution))
        constructor = f"nn.ReLU({'inplace=True' if inplace else ''})"
        return Leaf(name, attribute, f"self.{attribute}({{}})", {attribute: constructor})

    def joined(self, block: Block, values: list[str]) -> str:
        """Return the expression that joins the outputs of the branches."""
        if isinstance(block, Concat):
            return f"torch.cat([{', '.join(values)}], dim=1)"
        if self.style.residual == "operator":
            return " + ".join(values)
        total = values[0]
        for value in values[1:]:
            total = f"self.add({total}, {value})"
        return total

    def adds_by_module(self, layers: tuple[Layer, ...]) -> bool:
        """Whether any of ``layers`` is a sum that a module computes."""
        return self.style.residual == "module" and any(layer.kind == "residual" for layer in layers)


ADD = """class Add(nn.Module):
    def forward(self, a, b):
        return a + b

"""


def _functional(layer: Linear | Convolution, own: str, name: str) -> Leaf:
    sizes = {part: np.shape(value) for part, value in layer.state.items()}
    setup = {
        f"{name}_{part}": f"nn.Parameter(torch.zeros({', '.join(map(str, size))}))" for part, size in sizes.items()
    }
    state = {f"{name}_{part}": value for part, value in layer.state.items()}
    given = f"self.{name}_weight" + (f", self.{name}_bias" if layer.has_bias else "")
    if isinstance(layer, Linear):
        return Leaf(own, name, f"F.linear({{}}, {given})", setup, state)
    function = f"conv{'_transpose' * (layer.name != 'Conv')}{len(layer.stride)}d"
    geometry = f"stride={layer.stride}, padding={layer.padding}, groups={layer.groups}"
    return Leaf(own, name, f"F.{function}({{}}, {given}, {geometry})", setup, state)


def _pool_call(layer: MaxPool | AvgPool | AdaptiveAvgPool) -> str:
    if isinstance(layer, AdaptiveAvgPool):
        return f"F.adaptive_avg_pool{len(layer.size)}d({{}}, {layer.size})"
    function = "max" if isinstance(layer, MaxPool) else "avg"
    return f"F.{function}_pool{len(layer.kernel)}d({{}}, {layer.kernel}, stride={layer.stride})"
