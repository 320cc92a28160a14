"""A name and options for ``quantus.explain``: which there are, and what they say of the method."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....networks import AxiomcheckError, UnknownName
from ...protocol import Conserves, Unsupported
from ..library import imported
from ..zennit.names import attributors, canonizers, conserves, hooking, known

COMMON = ("xai_lib", "softmax", "channel_first", "reduce_axes", "keepdims", "device")
OPTIONS = {
    "captum": (*COMMON, "xai_lib_kwargs", "window", "constant_value", "return_shape"),
    "zennit": (*COMMON, "composite", "composite_kwargs", "canonizer", "canonizer_kwargs", "attributor_kwargs"),
}
"""What ``explain`` reads, by the library that it asks; the baseline is the case's."""
FROM_BASELINE = {
    "captum": frozenset({"GradientShap", "DeepLift", "DeepLiftShap", "IntegratedGradients"}),
    "zennit": frozenset({"IntegratedGradients"}),
}
"""What takes a baseline, by the library that is asked."""
SAMPLING = frozenset(
    {"GradientShap", "FeaturePermutation", "Lime", "KernelShap", "SmoothGrad", "Control Var. Random Uniform"}
)
OF_LAYERS = frozenset(
    {"LayerGradCam", "GuidedGradCam", "LayerConductance", "LayerActivation", "InternalInfluence"}
    | {"LayerGradientXActivation"}
)
"""What explains a layer; whose name Quantus would evaluate as Python."""


@dataclass(frozen=True)
class Named:
    """A method of ``quantus.explain``, by its name and its options."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def __axiomcheck__(self) -> dict[str, Conserves | None]:
        """What it says of itself: what measures from a baseline is complete, LRP and gradient × input share out f."""
        if self.library == "zennit":
            composite = dict(self.options).get("composite")
            return {"conserves": conserves(self.name, hooking()[str(composite)].__name__ if composite else None)}
        if self.name in FROM_BASELINE["captum"]:
            multiplied = dict(dict(self.options).get("xai_lib_kwargs", ())).get("multiply_by_inputs", True)
            return {"conserves": "change" if multiplied else None}
        return {"conserves": "output" if self.name in ("InputXGradient", "LRP") else None}

    @property
    def library(self) -> str:
        """The library that Quantus asks."""
        return str(dict(self.options).get("xai_lib", "captum"))

    @property
    def has_baseline(self) -> bool:
        """Whether Quantus hands a baseline on."""
        return self.name in FROM_BASELINE[self.library]

    @property
    def samples(self) -> bool:
        """Whether it draws random numbers."""
        return self.name in SAMPLING


def named(name: str, options: Mapping[str, object]) -> Named:
    """Return a method by its name and options; one sentence if Quantus has no such thing."""
    method = Named(name, tuple(sorted((key, _frozen(value)) for key, value in options.items())))
    if method.library not in OPTIONS:
        raise UnknownName("library of quantus", method.library, OPTIONS)
    imported(method.library)
    of_captum = dict.fromkeys(imported("quantus.helpers.constants").AVAILABLE_XAI_METHODS_CAPTUM)
    names = attributors() if method.library == "zennit" else of_captum
    if name not in names:
        raise UnknownName("method of quantus", name, names)
    for option in options:
        if option not in OPTIONS[method.library]:
            raise UnknownName(f"option of quantus:{name}", option, OPTIONS[method.library])
    _check(method)
    return method


def _check(method: Named) -> None:
    """Raise if it is about no inputs, a constant is not given, or a name among its options is unknown."""
    options_by_name = dict(method.options)
    if method.name in OF_LAYERS:
        raise Unsupported(f"quantus:{method.name} explains a layer, not the input")
    if method.name == "Control Var. Constant" and "constant_value" not in options_by_name:
        raise AxiomcheckError(f"quantus:{method.name} needs a constant: say which, as in constant_value=0.5")
    if "composite" in options_by_name:
        known("composite", options_by_name["composite"], imported("zennit.composites").COMPOSITES)
    if "canonizer" in options_by_name:
        known("canonizer", options_by_name["canonizer"], canonizers())


def _frozen(value: object) -> object:
    """Return what has no hash, mappings and lists, as tuples."""
    if isinstance(value, Mapping):
        return tuple(sorted(value.items()))
    return tuple(value) if isinstance(value, list) else value
