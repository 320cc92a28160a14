"""Family: which networks and inputs are drawn."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Literal, get_args

from .errors import AxiomcheckError, UnknownName
from .layers import BatchNorm, Block, Branch, Hardtanh, Layer, Linear, ReLU, ReLU6, Vector
from .layers.convolution import Convolution
from .network import Network
from .style import PLAIN, Style

Bias = Literal["none", "nonpositive", "any"]
Output = Literal["relu", "any"]
Inputs = Literal["nonnegative", "real"]
Outputs = Literal["1", "many"]

ITEMS: dict[str, str] = {
    "mlp": "chains of Linear and ReLU; in every family",
    "conv": "convolutions over one and two dimensions: stride, padding, groups",
    "convtranspose": "transposed convolutions",
    "maxpool": "max pools, with windows apart and overlapping",
    "avgpool": "average and adaptive average pools",
    "batchnorm": "batch normalisation in evaluation mode",
    "residual": "residual sums",
    "concat": "concatenations along the channels",
    "shared": "layers that are used twice",
    "styles": "the same networks as any code: modules, functions, in place, blocks, a forward of one's own",
    "kinks": "inputs exactly on kinks",
    "baselinekinks": "baselines exactly on kinks, and paths from there or around",
    "softmax": "a softmax at the end",
    "leaky": "LeakyReLU, PReLU, ReLU6, Hardtanh",
}
"""What a family may be made of, in canonical order."""


@dataclass(frozen=True)
class Family:
    """Which layers, biases, outputs and inputs are drawn. Each option names its values from narrow to wide.

    ``bias``: 0 everywhere (so that the networks are positively homogeneous), at most 0, or any; ``output="relu"``: a
    ReLU follows every layer with weights, the last one too. ``shared``: equal layers may be one layer used again;
    ``styles``: any code that computes the network; ``kinks``: inputs may lie on kinks;
    ``baselinekinks``: baselines are put on kinks.

    >>> Family.parse("bias=none,inputs=real") == Family.parse("bias-free")
    True
    >>> Family.parse("bias-free") <= Family.parse("biased"), str(Family.parse("maxpool,conv,outputs=1"))
    (True, 'mlp,conv,maxpool,bias=any,output=any,inputs=real,outputs=1')
    """

    bias: Bias = "any"
    output: Output = "any"
    inputs: Inputs = "real"
    outputs: Outputs = "many"
    items: frozenset[str] = frozenset({"mlp"})

    def __post_init__(self) -> None:
        for name, values in OPTIONS.items():
            if getattr(self, name) not in values:
                raise UnknownName(f"value of {name}=", getattr(self, name), values)
        for item in self.items:
            if item not in ITEMS:
                raise UnknownName("family", item, ITEMS)
        object.__setattr__(self, "items", self.items | {"mlp"})
        if "softmax" in self.items and (self.bias != "any" or self.output == "relu"):
            raise AxiomcheckError("a softmax is no ReLU and not homogeneous: it needs bias=any and output=any")

    @classmethod
    def parse(cls, text: str) -> "Family":
        """Return the family that ``text`` names: a preset, or items between commas; what is not said is wide."""
        if not isinstance(text, str):
            raise AxiomcheckError(f"Expected a family's name but got {text!r}")
        if text in PRESETS:
            return PRESETS[text]
        chosen: dict[str, str] = {}
        items: set[str] = set()
        for item in [item.strip() for item in text.split(",")]:
            name, equals, value = item.partition("=")
            if not equals and item in ITEMS:
                items.add(item)
            elif item in PRESETS:
                raise AxiomcheckError(f"the preset {item!r} stands alone: mix items, as in conv,bias=none")
            elif not equals or name not in OPTIONS:
                raise UnknownName("family", item, [*PRESETS, *ITEMS, *(f"{name}=" for name in OPTIONS)])
            elif chosen.setdefault(name, value) != value:
                raise AxiomcheckError(f"family {text!r} says {name}= twice")
        return cls(**chosen, items=frozenset(items))  # type: ignore[arg-type]  # __post_init__ checks the values

    def __str__(self) -> str:
        for name, preset in PRESETS.items():
            if self == preset:
                return name
        items = [item for item in ITEMS if item in self.items]
        return ",".join([*items, *(f"{name}={getattr(self, name)}" for name in OPTIONS)])

    def __le__(self, other: "Family") -> bool:
        """Whether everything this family draws, ``other`` may draw too."""
        return self.items <= other.items and all(
            values.index(getattr(self, name)) <= values.index(getattr(other, name)) for name, values in OPTIONS.items()
        )

    def __contains__(self, network: Network) -> bool:
        """Whether ``network`` is one of the family's."""
        return (
            all(self.admits(layer) for layer in _all(network.layers))
            and self.admits_style(network.style)
            and (self.output == "any" or _always_relu(network.layers))
            and (self.outputs == "many" or network.out_features == 1)
        )

    def admits(self, layer: Layer) -> bool:
        """Whether a network may have this layer."""
        if layer.item not in self.items or (self.bias == "none" and isinstance(layer, (Hardtanh, ReLU6))):
            return False
        if isinstance(layer, BatchNorm):
            return all(self.admits_bias(float(shift)) for shift in layer.shifts)
        return all(map(self.admits_bias, layer.bias)) if isinstance(layer, (Linear, Convolution)) else True

    def admits_style(self, style: Style) -> bool:
        """Whether a network may be written so."""
        shared = "shared" in self.items
        if "styles" in self.items:
            return shared or style.weights == "cloned"
        return style == PLAIN or (shared and style == Style(weights="shared"))

    def admits_bias(self, bias: float) -> bool:
        """Whether a bias may have this value."""
        return self.bias == "any" or bias == 0 or (self.bias == "nonpositive" and bias < 0)

    def admits_point(self, point: Vector) -> bool:
        """Whether ``point`` may be an input."""
        return self.inputs == "real" or min(point) >= 0


def _all(layers: Branch) -> Iterator[Layer]:
    for layer in layers:
        yield layer
        for branch in layer.branches if isinstance(layer, Block) else ():
            yield from _all(branch)


def _always_relu(layers: Branch) -> bool:
    """Whether a ReLU follows every layer with weights, behind its batch normalisation if it has one."""
    behind = [layer for layer in layers if not isinstance(layer, BatchNorm)]
    follows = all(
        isinstance(above, ReLU)
        for below, above in zip(behind, [*behind[1:], None], strict=False)
        if isinstance(below, (Linear, Convolution))
    )
    inner = [branch for layer in layers if isinstance(layer, Block) for branch in layer.branches]
    return follows and all(map(_always_relu, inner))


OPTIONS: dict[str, tuple[str, ...]] = {
    option.name: get_args(kind) for option, kind in zip(fields(Family), (Bias, Output, Inputs, Outputs), strict=False)
}

PRESETS: dict[str, Family] = {
    "bias-free": Family(bias="none"),
    "deep-taylor": Family(bias="nonpositive", output="relu", inputs="nonnegative"),
    "biased": Family(),
    "ordinary": Family(items=frozenset(ITEMS) - {"kinks", "baselinekinks", "leaky"}),
}

DESCRIPTIONS: dict[str, str] = {
    "bias-free": "multi-layer perceptrons without biases, on inputs of any sign",
    "deep-taylor": "biases at most 0, a ReLU behind every layer and the output, inputs at least 0",
    "biased": "multi-layer perceptrons with any biases, on inputs of any sign",
    "ordinary": "what library users write: every layer, residual and concatenated, in every style of code",
}
