"""Family: which networks and inputs are drawn."""

from dataclasses import dataclass, fields
from typing import Literal, get_args

from .errors import AxiomcheckError, UnknownName
from .layers import LAYERS, Branch, Layer, Vector
from .layers.item import (
    AVGPOOL,
    BATCHNORM,
    CONCAT,
    CONV,
    CONVTRANSPOSE,
    LEAKY,
    MAXPOOL,
    MLP,
    RESIDUAL,
    SOFTMAX,
    Item,
)
from .network import Network
from .style import PLAIN, Style
from .tree import every_layer

Bias = Literal["none", "nonpositive", "any"]
Output = Literal["relu", "any"]
Inputs = Literal["nonnegative", "real"]
Outputs = Literal["1", "many"]

SHARED = Item("shared", "layers that are used twice", "layers used twice", "a layer is used twice")
STYLES = Item(
    "styles",
    "the same networks as any code: modules, functions, in place, blocks, a forward of one's own",
    "other styles of code",
    "the code has another style",
)
KINKS = Item("kinks", "inputs exactly on kinks", "inputs on kinks", "inputs lie on kinks")
BASELINE_KINKS = Item(
    "baselinekinks",
    "baselines exactly on kinks, and paths from there or around",
    "baselines on kinks",
    "the baseline lies on a kink",
)

CATALOGUE: dict[str, Item] = {
    item.name: item
    for item in (
        *(MLP, CONV, CONVTRANSPOSE, MAXPOOL, AVGPOOL, BATCHNORM, RESIDUAL, CONCAT),
        *(SHARED, STYLES, KINKS, BASELINE_KINKS, SOFTMAX, LEAKY),
        *(layer.needs() for layer in LAYERS),
    )
}
"""What a family may be made of, in canonical order: first what there is by name, then what further layers bring."""
ITEMS: dict[str, str] = {name: item.description for name, item in CATALOGUE.items()}
"""Their descriptions."""
CURVED = frozenset(name for name, item in CATALOGUE.items() if item.is_curved)
"""The items of what is no ReLU and not homogeneous."""


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
        curved = next((item for item in CATALOGUE if item in self.items & CURVED), "")
        if curved and not (self.bias == self.output == "any"):
            noun = CATALOGUE[curved].noun
            raise AxiomcheckError(f"{noun} is no ReLU and not homogeneous: it needs bias=any and output=any")

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
            all(map(self.admits, every_layer(network.layers)))
            and self.admits_style(network.style)
            and (self.output == "any" or _always_relu(network.layers))
            and (self.outputs == "many" or network.out_features == 1)
        )

    def admits(self, layer: Layer) -> bool:
        """Whether a network may have this layer."""
        if layer.item not in self.items or (self.bias == "none" and not layer.is_homogeneous):
            return False
        return self.bias == "any" or all(map(self.admits_bias, layer.biases))

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


def _always_relu(layers: Branch) -> bool:
    """Whether a ReLU follows every layer with weights, behind its batch normalisation if it has one."""
    behind = [layer for layer in layers if not layer.normalises]
    follows = all(
        above is not None and above.rectifies
        for below, above in zip(behind, [*behind[1:], None], strict=False)
        if below.units
    )
    return follows and all(_always_relu(branch) for layer in layers for branch in layer.branches)


OPTIONS: dict[str, tuple[str, ...]] = {
    option.name: get_args(kind) for option, kind in zip(fields(Family), (Bias, Output, Inputs, Outputs), strict=False)
}

ORDINARY = frozenset(
    item.name
    for item in (
        *(MLP, CONV, CONVTRANSPOSE, MAXPOOL, AVGPOOL, BATCHNORM, RESIDUAL, CONCAT),
        *(SHARED, STYLES, SOFTMAX, LEAKY),
    )
)
"""What library users write, by name: a further item does not widen the preset by itself."""
SMOOTH = frozenset(item.name for item in (MLP, BATCHNORM, RESIDUAL, CONCAT, SHARED, STYLES)) | {
    *("gelu", "silu", "sigmoid", "tanh", "softplus", "layernorm", "rmsnorm", "groupnorm", "product"),
}
"""Smooth activations and normalisations in what is no convolution."""
ATTENTION = frozenset(item.name for item in (MLP, RESIDUAL, SHARED, STYLES)) | {"attention", "gelu", "silu"}
"""Self-attention, residual sums, and what follows it in a transformer."""
PRESETS: dict[str, Family] = {
    "bias-free": Family(bias="none"),
    "deep-taylor": Family(bias="nonpositive", output="relu", inputs="nonnegative"),
    "biased": Family(),
    "ordinary": Family(items=ORDINARY),
    "smooth": Family(items=SMOOTH),
    "attention": Family(items=ATTENTION),
}

DESCRIPTIONS: dict[str, str] = {
    "bias-free": "multi-layer perceptrons without biases, on inputs of any sign",
    "deep-taylor": "biases at most 0, a ReLU behind every layer and the output, inputs at least 0",
    "biased": "multi-layer perceptrons with any biases, on inputs of any sign",
    "ordinary": "what library users write: every layer, residual and concatenated, in every style of code",
    "smooth": "GELU, SiLU, sigmoid, tanh, softplus, layer, RMS and group norms, products of branches, in blocks",
    "attention": "self-attention, also causal or of two heads, on up to three tokens, in residual sums, and GELU",
}
