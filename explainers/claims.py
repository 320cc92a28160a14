"""What the explainers that come with axiomcheck promise, and in which families."""

from collections.abc import Mapping

PERCEPTRONS, DEEP_TAYLOR = "biased", "deep-taylor"
_AFFINE = "conv,convtranspose,avgpool,batchnorm,residual,concat,shared,styles"
SUMS = f"{_AFFINE},leaky"
"""Affine layers, sums, and activations that LRP passes by: all but max pools and the softmax."""
ORDINARY = f"{SUMS},maxpool,softmax"
"""What library users write; items are named one by one, so that a new kind of layer widens no proved promise."""
LOGITS = f"{SUMS},maxpool,kinks,baselinekinks"
"""The same and max pools, at inputs and from baselines on kinks too: all but the softmax."""
SMOOTH = "gelu,silu,sigmoid,tanh,softplus,layernorm,rmsnorm,groupnorm,instancenorm,attention,product"
"""Smooth activations, normalisations and attention."""
EVERYWHERE = f"{LOGITS},softmax,{SMOOTH}"
"""The same, the softmax and all that is smooth."""
FUNCTIONS = f"{ORDINARY},{SMOOTH}"
"""What is ordinary, and all that is smooth: what is proved of functions holds of all of them."""
HOMOGENEOUS = f"maxpool,{SUMS},bias=none"
"""f(c x) = c f(x) for c ≥ 0."""
RELUS = "output=relu"
"""A ReLU behind every affine layer."""
MONTAVON = "bias=nonpositive,output=relu"
"""The same with biases of at most 0."""
SIGNED = "output=relu,inputs=nonnegative"
"""The same with inputs of at least 0, and any biases."""

Claims = Mapping[str, str]
"""For an axiom, the family in which it is promised."""


def promise(family: str, *axioms: str) -> dict[str, str]:
    """Return the claims of several axioms in one family.

    >>> promise("biased", "continuity", "linearity")
    {'continuity': 'biased', 'linearity': 'biased'}
    """
    return dict.fromkeys(axioms, family)


NOTHING: Claims = {}
_OF_THE_FUNCTION = promise(FUNCTIONS, "implementation_invariance", "null_player")
_SYMMETRIC = promise(FUNCTIONS, "symmetry")
_LINEAR = promise(FUNCTIONS, "linearity", "homogeneity")
_SHIFTED = promise(PERCEPTRONS, "shift_invariance")
_GAINS = (
    promise(FUNCTIONS, "conservation", "continuity", "selectivity", "sensitivity", "demand_monotonicity")
    | _OF_THE_FUNCTION
    | _LINEAR
    | _SHIFTED
)
_SQUARED = (
    promise(EVERYWHERE, "positivity") | promise(HOMOGENEOUS, "selectivity") | _OF_THE_FUNCTION | _SYMMETRIC | _SHIFTED
)
_POSITIVE = promise(LOGITS, "positivity") | promise(PERCEPTRONS, "homogeneity")
_BELOW = promise(MONTAVON, "conservation") | promise(RELUS, "continuity") | _POSITIVE
_THROUGH_ATTENTION = promise("bias=none", "conservation") | promise(
    PERCEPTRONS, "implementation_invariance", "null_player", "symmetry", "linearity", "homogeneity"
)
_GENERALIZED = promise(DEEP_TAYLOR, "conservation", "continuity")

CLAIMS: dict[str, Claims] = {
    "uniform": promise(EVERYWHERE, "positivity")
    | promise(FUNCTIONS, "conservation", "continuity", "implementation_invariance", "demand_monotonicity")
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "gradient": _OF_THE_FUNCTION | _SYMMETRIC | _LINEAR | promise(HOMOGENEOUS, "selectivity") | _SHIFTED,
    "gradient-squared": _SQUARED,
    "gradient-magnitude": _SQUARED | promise(FUNCTIONS, "homogeneity"),
    "grad-x-input": _OF_THE_FUNCTION | _SYMMETRIC | _LINEAR | promise(HOMOGENEOUS, "conservation", "selectivity"),
    "lrp-0": promise(HOMOGENEOUS, "conservation") | promise(RELUS, "implementation_invariance", "null_player"),
    "lrp-0, bias dropped": promise(MONTAVON, "conservation") | promise(DEEP_TAYLOR, "selectivity"),
    "lrp-epsilon": promise(SUMS, "continuity"),
    "lrp-gamma": promise(SIGNED, "continuity"),
    "lrp-gamma, bias dropped": _GENERALIZED,
    "lrp-z-plus": _BELOW,
    "lrp-z-plus, bias dropped": promise(MONTAVON, "conservation", "continuity") | _POSITIVE,
    "lrp-w-square": _BELOW | _SHIFTED,
    "lrp-w-square, everywhere": promise(SUMS, "continuity") | promise(LOGITS, "positivity") | _SHIFTED,
    "lrp-flat": _BELOW | promise(MONTAVON, "implementation_invariance") | _SHIFTED,
    "lrp-flat, everywhere": promise(PERCEPTRONS, "conservation", "implementation_invariance")
    | promise(SUMS, "continuity")
    | promise(LOGITS, "positivity")
    | _SHIFTED,
    "lrp-z-box": _BELOW,
    "lrp-composite": promise(PERCEPTRONS, "continuity"),
    "deep-taylor": promise(MONTAVON, "conservation", "continuity") | _POSITIVE,
    "deep-taylor, nearest": promise(SUMS, "continuity") | promise(LOGITS, "positivity") | _SHIFTED,
    "deep-taylor, generalized": _GENERALIZED,
    "deeplift": promise(ORDINARY, "conservation", "selectivity") | promise(PERCEPTRONS, "sensitivity") | _SHIFTED,
    "deeplift-reveal-cancel": promise(PERCEPTRONS, "conservation"),
    "integrated-gradients": promise(FUNCTIONS, "conservation", "selectivity", "sensitivity")
    | _OF_THE_FUNCTION
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "expected-gradients": promise(PERCEPTRONS, "continuity") | _OF_THE_FUNCTION | _LINEAR | _SHIFTED,
    "shapley": _GAINS | _SYMMETRIC,
    "shapley-sampling": _GAINS,
    "occlusion": promise(FUNCTIONS, "continuity", "sensitivity", "demand_monotonicity")
    | _OF_THE_FUNCTION
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "smoothgrad": _OF_THE_FUNCTION | _LINEAR | _SHIFTED,
    "guided-backprop": promise(PERCEPTRONS, "homogeneity", "shift_invariance"),
    "deconvnet": promise(PERCEPTRONS, "continuity", "homogeneity", "shift_invariance"),
    "cp-lrp": _THROUGH_ATTENTION,
    "attn-lrp": _THROUGH_ATTENTION,
}
"""By name; with options that promise something else, behind a comma. What is missing promises nothing.

Each is proved in the literature or in the project's table of theory, which the tests hold beside it.
"""
