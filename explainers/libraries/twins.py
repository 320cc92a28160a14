"""Twins: which explainer of our own computes the same as a library's method, wherever that is right."""

from collections.abc import Mapping

from ..loading.spec import parse_spec

TWINS: Mapping[tuple[str, str], str] = {
    ("captum", "DeepLift"): "deeplift",
    ("captum", "FeatureAblation"): "occlusion",
    ("captum", "GuidedBackprop"): "guided-backprop",
    ("captum", "Deconvolution"): "deconvnet",
    ("captum", "InputXGradient"): "grad-x-input",
    ("captum", "IntegratedGradients"): "integrated-gradients",
    ("captum", "LRP"): "lrp-epsilon:epsilon=1e-9",
    ("captum", "LRP.GammaRule"): "lrp-gamma",
    ("captum", "LRP.Alpha1_Beta0_Rule"): "lrp-z-plus",
    ("captum", "ShapleyValues"): "shapley",
    ("shap", "DeepExplainer"): "deeplift",
    ("shap", "ExactExplainer"): "shapley",
    ("lxt", "efficient"): "attn-lrp",
    ("lxt", "explicit"): "attn-lrp",
    ("zennit", "Epsilon"): "lrp-epsilon:epsilon=1e-6",
    ("zennit", "Gamma"): "lrp-gamma",
    ("zennit", "ZPlus"): "lrp-z-plus",
    ("zennit", "AlphaBeta"): "lrp-alpha-beta",
    ("zennit", "GuidedBackprop"): "guided-backprop",
    ("zennit", "DeconvNet"): "deconvnet",
    ("zennit", "IntegratedGradients"): "integrated-gradients",
}
"""By home and name; a rule of Captum's LRP stands behind a dot."""
SAME: Mapping[tuple[str, str], Mapping[str, str]] = {
    ("lrp-epsilon", "epsilon"): {"captum": "epsilon", "zennit": "epsilon"},
    ("lrp-gamma", "gamma"): {"captum": "gamma", "zennit": "gamma"},
}
"""By twin and option: what the option is called in a library, where it means the same."""


def twin_of(name: str) -> str:
    """Return the spec of the twin of an explainer of a library, with its options; empty if none is known.

    >>> twin_of("captum:LRP"), twin_of("zennit:Gamma:gamma=0.5"), twin_of("mine.py:explain")
    ('lrp-epsilon:epsilon=1e-9', 'lrp-gamma:gamma=0.5', '')
    """
    spec = parse_spec(name)
    home, method, options = spec.home or "", spec.name, spec.options
    rule = options.get("rule")
    method = f"{method}.{rule}" if rule and rule != "EpsilonRule" else method
    twin = TWINS.get((home, method), "")
    kind = twin.partition(":")[0]
    own = [
        f"{option}={options[names[home]]}"
        for (of, option), names in SAME.items()
        if of == kind and home in names and names[home] in options
    ]
    return f"{kind}:{','.join(own)}" if own else twin
