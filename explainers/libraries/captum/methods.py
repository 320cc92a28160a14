"""Which methods Captum has that explain inputs, what they take, and what they say of their sum."""

import inspect
from functools import cache
from typing import Any

from ....networks import UnknownName
from ...protocol import Conserves
from ..library import imported

CONSERVES: dict[str, Conserves | None] = {
    "InputXGradient": "output",  # Shrikumar et al. 2016: exact for homogeneous functions
    "LRP": "output",  # Bach et al. 2015
    "IntegratedGradients": "change",  # Sundararajan et al. 2017: completeness
    "DeepLift": "change",  # Shrikumar et al. 2017: summation to delta
    "DeepLiftShap": "change",  # Lundberg & Lee 2017: local accuracy
    "ShapleyValues": "change",  # Shapley 1953: efficiency
    "ShapleyValueSampling": "change",  # Castro et al. 2009: each order telescopes
    "KernelShap": "change",  # Lundberg & Lee 2017: local accuracy, by weights of a million
}
"""What the scores sum to; other methods claim no sum. GradientShap's does in expectation alone."""
SAMPLING = ("GradientShap", "FeaturePermutation", "ShapleyValueSampling", "Lime", "KernelShap", "NoiseTunnel")
"""Methods that draw from torch's and numpy's global generators."""
FROM_DISTRIBUTION = ("GradientShap", "DeepLiftShap")
"""Methods for which baselines are a sample that all inputs share: they are asked about one input at a time."""
ABSTRACT = ("Attribution", "GradientAttribution", "PerturbationAttribution", "LimeBase")
OURS = frozenset({"self", "model", "forward_func", "inputs", "target", "baselines", "args", "kwargs"})
"""Parameters that are no options."""
OWN: dict[str, frozenset[str]] = {
    "LRP": frozenset({"rule", "epsilon", "gamma", "set_bias_to_zero"}),
    "NoiseTunnel": frozenset({"method"}),
}
"""Options that are ours to hand on: LRP's rule for all layers with that rule's options, the method under the noise."""


@cache
def input_methods() -> dict[str, Any]:
    """Return the classes of Captum that explain a model's inputs by themselves, or by a layer of its choice."""
    attr = imported("captum.attr")
    classes = {name: getattr(attr, name) for name in attr.__all__ if inspect.isclass(getattr(attr, name))}
    return {
        name: kind
        for name, kind in classes.items()
        if issubclass(kind, attr.Attribution)
        and name not in ABSTRACT
        and not issubclass(kind, (attr.LayerAttribution, attr.NeuronAttribution))
        and "inputs" in inspect.signature(kind.attribute).parameters
    }


def method(name: str) -> Any:
    """Return Captum's class; ``UnknownName`` if it has none, ``Unsupported`` without Captum."""
    methods = input_methods()
    if name not in methods:
        raise UnknownName("method of captum", name, sorted(methods))
    return methods[name]


@cache
def options_of(name: str) -> frozenset[str]:
    """Return the options of a method: those of its constructor, of ``attribute``, and what is ours to hand on."""
    kind = method(name)
    own = _parameters(kind.__init__) | _parameters(kind.attribute) | OWN.get(name, frozenset())
    return own - ({"attribution_method"} if name == "NoiseTunnel" else frozenset())


@cache
def setup_options(name: str) -> frozenset[str]:
    """Return the options of a method's constructor."""
    return _parameters(method(name).__init__)


@cache
def takes_baselines(name: str) -> bool:
    """Whether a method measures from a baseline."""
    return "baselines" in inspect.signature(method(name).attribute).parameters


def _parameters(function: Any) -> frozenset[str]:
    return frozenset(inspect.signature(function).parameters) - OURS
