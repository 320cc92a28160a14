"""Style: how the same graph is written as code."""

from dataclasses import dataclass, fields
from typing import Literal, get_args

from .errors import UnknownName

Layout = Literal["sequential", "forward", "blocks"]
Activations = Literal["modules", "reused", "functional", "clamp", "inplace"]
Parameters = Literal["modules", "functional"]
Sums = Literal["operator", "module"]
Pools = Literal["modules", "functional"]
Weights = Literal["cloned", "shared"]


@dataclass(frozen=True)
class Style:
    """What library users write differently for one and the same graph.

    ``layout``: an ``nn.Sequential``, one ``forward`` written by hand, or blocks of one's own inside each other;
    ``relu``: a module for each, one module used again, ``F.relu``, ``clamp``, or modules that work in place;
    ``linear``, ``pool``: modules or functions; ``residual``: ``+`` in a forward or a module that adds; ``weights``:
    equal layers as copies or as one layer used again. Functions need a forward: with them, sequential is forward.
    """

    layout: Layout = "sequential"
    relu: Activations = "modules"
    linear: Parameters = "modules"
    residual: Sums = "operator"
    pool: Pools = "modules"
    weights: Weights = "cloned"

    def __post_init__(self) -> None:
        for name, values in OPTIONS.items():
            if getattr(self, name) not in values:
                raise UnknownName(f"style {name}=", getattr(self, name), values)

    @property
    def has_forward(self) -> bool:
        """Whether the layers are called by code rather than held by an ``nn.Sequential``."""
        functions = self.relu in ("functional", "clamp") or "functional" in (self.linear, self.pool)
        return self.layout != "sequential" or functions

    @property
    def text(self) -> str:
        """The settings that are not plain, in words: ``relu=functional, layout=forward``."""
        chosen = [(name, getattr(self, name)) for name, values in OPTIONS.items() if getattr(self, name) != values[0]]
        return ", ".join(f"{name}={value}" for name, value in chosen) or "plain"

    @property
    def cost(self) -> int:
        """How far it is from the plain style: 1 for each setting that is not plain."""
        return sum(1 for name, values in OPTIONS.items() if getattr(self, name) != values[0])


OPTIONS: dict[str, tuple[str, ...]] = {
    option.name: get_args(kind)
    for option, kind in zip(fields(Style), (Layout, Activations, Parameters, Sums, Pools, Weights), strict=True)
}

PLAIN = Style()
