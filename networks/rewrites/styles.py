"""Rewrites of the code alone: the same layers, written in another way. What is computed stays what it was."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal

from ..codegen import source
from ..layers import Layer
from ..network import Network
from ..tree import every_layer, replace_leaves
from .rewrite import Rewrite
from .sites import require


@dataclass(frozen=True)
class Restyle(Rewrite):
    """One ``option`` of the style is given another ``value``, and the code of the network is another."""

    option: ClassVar[str]
    value: ClassVar[str]
    level: ClassVar[Literal["function", "code"]] = "code"

    def apply(self, network: Network) -> Network:
        """Return the network in the other style; what functions alone ask for, a forward, is no other code."""
        same = f"the code is the same with {self.option}={self.value}"
        require(self._is_asked(network), same)
        style = replace(network.style, **{self.option: self.value})  # type: ignore[arg-type]
        styled, before = replace(network, style=style), network
        if self.option != "layout" and style.has_forward and not network.style.has_forward:
            before = replace(network, style=replace(network.style, layout="forward"))
        require(_structure(styled) != _structure(before), same)
        return styled

    def _is_asked(self, network: Network) -> bool:
        """Whether the option is another yet, and any layer asks for it: most networks answer before code is written."""
        if getattr(network.style, self.option) == self.value:
            return False
        return self.option in ("layout", "weights") or any(
            layer.style == self.option for layer in every_layer(network.layers)
        )


def _structure(network: Network) -> tuple[str, tuple[str, ...]]:
    """Return the code without its numbers, which are the same in every style."""
    structure, state = source(network)
    return structure, tuple(state)


class StyleBlocks(Restyle):
    """Classes of one's own, each of which calls the one that holds the layers below."""

    name = "style-blocks"
    option = "layout"
    value = "blocks"


class StyleForward(Restyle):
    """One class whose forward calls layer after layer."""

    name = "style-forward"
    option = "layout"
    value = "forward"


class StyleReluReused(Restyle):
    """One ReLU module that is called wherever there is a ReLU."""

    name = "style-relu-reused"
    option = "relu"
    value = "reused"

    def apply(self, network: Network) -> Network:
        """Return the network in the other style, if it has two ReLUs or more."""
        relus = sum(layer.rectifies for layer in network.leaves)
        require(relus > 1, f"a network with {relus} ReLU{'s' * (relus != 1)} has none to use again")
        return super().apply(network)


class StyleReluFunctional(Restyle):
    """``F.relu(x)``."""

    name = "style-relu-functional"
    option = "relu"
    value = "functional"


class StyleReluClamp(Restyle):
    """``x.clamp(min=0)``."""

    name = "style-relu-clamp"
    option = "relu"
    value = "clamp"


class StyleReluInplace(Restyle):
    """``nn.ReLU(inplace=True)``, where nothing else reads what is overwritten."""

    name = "style-relu-inplace"
    option = "relu"
    value = "inplace"


class StyleLinearFunctional(Restyle):
    """``F.linear(x, weight, bias)`` and ``F.conv2d`` with parameters of the model's own."""

    name = "style-linear-functional"
    option = "linear"
    value = "functional"


class StyleResidualModule(Restyle):
    """A module that adds, where ``+`` would do."""

    name = "style-residual-module"
    option = "residual"
    value = "module"


class StylePoolFunctional(Restyle):
    """``F.max_pool2d`` and the like."""

    name = "style-pool-functional"
    option = "pool"
    value = "functional"


class StyleShared(Restyle):
    """Equal layers are one module that is called more than once."""

    name = "style-shared"
    option = "weights"
    value = "shared"

    def plant(self, network: Network) -> Network:
        """Make the numbers of a layer those of an earlier one of the same sizes."""
        numbered = [layer for layer in network.leaves if layer.numeric]
        if len({*numbered}) < len(numbered):
            return network
        for second, later in enumerate(network.leaves):
            for first in network.leaves[:second]:
                if _same_sizes(first, later):
                    return replace(network, layers=replace_leaves(network.layers, {second: first}))
        return network


def _same_sizes(first: Layer, later: Layer) -> bool:
    """Whether two layers differ in their numbers alone."""
    count = len(list(first.numbers))
    zeros = (layer.with_numbers(iter([0.0] * count)) for layer in (first, later))
    return 0 < count == len(list(later.numbers)) and len({*zeros}) == 1
