"""Family: which networks and inputs are drawn."""

from dataclasses import dataclass, fields
from typing import Literal, get_args

from .errors import AxiomcheckError, UnknownName
from .layers import Linear, ReLU, Vector
from .network import Network

Bias = Literal["none", "nonpositive", "any"]
Output = Literal["relu", "any"]
Inputs = Literal["nonnegative", "real"]
Outputs = Literal["1", "many"]


@dataclass(frozen=True)
class Family:
    """A family of multi-layer perceptrons and their inputs; each option's values go from narrow to wide.

    ``output="relu"`` puts a ReLU behind every affine layer, the last one too.

    >>> Family.parse("bias=none,inputs=real") == Family.parse("bias-free")
    True
    >>> Family.parse("bias-free") <= Family.parse("biased"), str(Family.parse("bias=nonpositive,outputs=1"))
    (True, 'mlp,bias=nonpositive,output=any,inputs=real,outputs=1')
    """

    bias: Bias = "any"
    output: Output = "any"
    inputs: Inputs = "real"
    outputs: Outputs = "many"

    def __post_init__(self) -> None:
        for name, values in OPTIONS.items():
            if getattr(self, name) not in values:
                raise UnknownName(f"value of {name}=", getattr(self, name), values)

    @classmethod
    def parse(cls, text: str) -> "Family":
        """Return the family that ``text`` names: a preset, or items between commas; what is not said is wide."""
        if text in PRESETS:
            return PRESETS[text]
        items = [item.strip() for item in text.split(",")]
        chosen: dict[str, str] = {}
        for item in items:
            name, equals, value = item.partition("=")
            if item == "mlp":
                continue
            if not equals or name not in OPTIONS:
                raise UnknownName("family", item, [*PRESETS, "mlp", *(f"{name}=" for name in OPTIONS)])
            if chosen.setdefault(name, value) != value:
                raise AxiomcheckError(f"family {text!r} says {name}= twice")
        return cls(**chosen)  # type: ignore[arg-type]  # __post_init__ checks the values

    def __str__(self) -> str:
        for name, preset in PRESETS.items():
            if self == preset:
                return name
        return ",".join(["mlp", *(f"{name}={getattr(self, name)}" for name in OPTIONS)])

    def __le__(self, other: "Family") -> bool:
        """Whether everything this family draws, ``other`` may draw too."""
        return all(
            values.index(getattr(self, name)) <= values.index(getattr(other, name)) for name, values in OPTIONS.items()
        )

    def __contains__(self, network: Network) -> bool:
        """Whether ``network`` is one of the family's."""
        return (
            all(self.admits_bias(bias) for layer in network.linears for bias in layer.bias)
            and (self.output == "any" or _always_relu(network))
            and (self.outputs == "many" or network.out_features == 1)
        )

    def admits_bias(self, bias: float) -> bool:
        """Whether a bias may have this value."""
        return self.bias == "any" or bias == 0 or (self.bias == "nonpositive" and bias < 0)

    def admits_point(self, point: Vector) -> bool:
        """Whether ``point`` may be an input."""
        return self.inputs == "real" or min(point) >= 0


def _always_relu(network: Network) -> bool:
    return all(
        isinstance(above, ReLU)
        for below, above in zip(network.layers, [*network.layers[1:], None], strict=True)
        if isinstance(below, Linear)
    )


OPTIONS: dict[str, tuple[str, ...]] = {
    option.name: get_args(kind) for option, kind in zip(fields(Family), (Bias, Output, Inputs, Outputs), strict=True)
}

PRESETS: dict[str, Family] = {
    "bias-free": Family(bias="none"),
    "deep-taylor": Family(bias="nonpositive", output="relu", inputs="nonnegative"),
    "biased": Family(),
}

DESCRIPTIONS: dict[str, str] = {
    "bias-free": "multi-layer perceptrons without biases, on inputs of any sign",
    "deep-taylor": "biases at most 0, a ReLU behind every layer and the output, inputs at least 0",
    "biased": "multi-layer perceptrons with any biases, on inputs of any sign",
}
