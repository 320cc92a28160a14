"""What the explainers that come with axiomcheck promise, and in which families."""

from collections.abc import Mapping

PERCEPTRONS, DEEP_TAYLOR = "biased", "deep-taylor"
_AFFINE = "conv,convtranspose,avgpool,batchnorm,residual,concat,shared,styles"
ORDINARY = f"{_AFFINE},maxpool,softmax"
"""What library users write; items are named one by one, so that a new kind of layer widens no proved promise."""
SUMS = f"{_AFFINE},leaky"
"""Affine layers, sums, and activations that LRP passes by: all but max pools and the softmax."""
LOGITS = f"{SUMS},maxpool,kinks,baselinekinks"
"""The same and max pools, at inputs and from baselines on kinks too: all but the softmax."""
EVERYWHERE = f"{LOGITS},softmax"
"""The same and the softmax."""
HOMOGENEOUS = f"maxpool,{SUMS},bias=none"
"""f(c x) = c f(x) for c ≥ 0."""
RECTIFIED = "output=relu"
"""A ReLU behind every affine layer."""
MONTAVON = "bias=nonpositive,output=relu"
"""The same with biases of at most 0."""
SIGNED = "output=relu,inputs=nonnegative"
"""The same with inputs of at least 0, and any biases."""

Claims = Mapping[str, str]
"""For an axiom, the family in which it is promised."""


def promised(family: str, *axioms: str) -> dict[str, str]:
    """Return the claims of several axioms in one family.

    >>> promised("biased", "continuity", "linearity")
    {'continuity': 'biased', 'linearity': 'biased'}
    """
    return dict.fromkeys(axioms, family)


NOTHING: Claims = {}
_OF_THE_FUNCTION = promised(ORDINARY, "implementation_invariance", "null_player")
_SYMMETRIC = promised(ORDINARY, "symmetry")
_LINEAR = promised(ORDINARY, "linearity", "homogeneity")
_SHIFTED = promised(PERCEPTRONS, "shift_invariance")
_GAINS = (
    promised(ORDINARY, "conservation", "continuity", "selectivity", "sensitivity", "demand_monotonicity")
    | _OF_THE_FUNCTION
    | _LINEAR
    | _SHIFTED
)
_SQUARED = (
    promised(EVERYWHERE, "positivity") | promised(HOMOGENEOUS, "selectivity") | _OF_THE_FUNCTION | _SYMMETRIC | _SHIFTED
)
_POSITIVE = promised(LOGITS, "positivity") | promised(PERCEPTRONS, "homogeneity")
_BELOW = promised(MONTAVON, "conservation") | promised(RECTIFIED, "continuity") | _POSITIVE
_GENERALIZED = promised(DEEP_TAYLOR, "conservation", "continuity")

CLAIMS: dict[str, Claims] = {
    "uniform": promised(EVERYWHERE, "positivity")
    | promised(ORDINARY, "conservation", "continuity", "implementation_invariance", "demand_monotonicity")
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "gradient": _OF_THE_FUNCTION | _SYMMETRIC | _LINEAR | promised(HOMOGENEOUS, "selectivity") | _SHIFTED,
    "gradient-squared": _SQUARED,
    "gradient-magnitude": _SQUARED | promised(ORDINARY, "homogeneity"),
    "grad-x-input": _OF_THE_FUNCTION | _SYMMETRIC | _LINEAR | promised(HOMOGENEOUS, "conservation", "selectivity"),
    "lrp-0": promised(HOMOGENEOUS, "conservation") | promised(RECTIFIED, "implementation_invariance", "null_player"),
    "lrp-0, bias dropped": promised(MONTAVON, "conservation") | promised(DEEP_TAYLOR, "selectivity"),
    "lrp-epsilon": promised(SUMS, "continuity"),
    "lrp-gamma": promised(SIGNED, "continuity"),
    "lrp-gamma, bias dropped": _GENERALIZED,
    "lrp-z-plus": _BELOW,
    "lrp-z-plus, bias dropped": promised(MONTAVON, "conservation", "continuity") | _POSITIVE,
    "lrp-w-square": _BELOW | _SHIFTED,
    "lrp-w-square, everywhere": promised(SUMS, "continuity") | promised(LOGITS, "positivity") | _SHIFTED,
    "lrp-flat": _BELOW | promised(MONTAVON, "implementation_invariance") | _SHIFTED,
    "lrp-flat, everywhere": promised(PERCEPTRONS, "conservation", "implementation_invariance")
    | promised(SUMS, "continuity")
    | promised(LOGITS, "positivity")
    | _SHIFTED,
    "lrp-z-box": _BELOW,
    "lrp-composite": promised(PERCEPTRONS, "continuity"),
    "deep-taylor": promised(MONTAVON, "conservation", "continuity") | _POSITIVE,
    "deep-taylor, nearest": promised(SUMS, "continuity") | promised(LOGITS, "positivity") | _SHIFTED,
    "deep-taylor, generalized": _GENERALIZED,
    "deeplift": promised(ORDINARY, "conservation", "selectivity") | promised(PERCEPTRONS, "sensitivity") | _SHIFTED,
    "deeplift-reveal-cancel": promised(PERCEPTRONS, "conservation"),
    "integrated-gradients": promised(ORDINARY, "conservation", "selectivity", "sensitivity")
    | _OF_THE_FUNCTION
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "expected-gradients": promised(PERCEPTRONS, "continuity") | _OF_THE_FUNCTION | _LINEAR | _SHIFTED,
    "shapley": _GAINS | _SYMMETRIC,
    "shapley-sampling": _GAINS,
    "occlusion": promised(ORDINARY, "continuity", "sensitivity", "demand_monotonicity")
    | _OF_THE_FUNCTION
    | _SYMMETRIC
    | _LINEAR
    | _SHIFTED,
    "smoothgrad": _OF_THE_FUNCTION | _LINEAR | _SHIFTED,
    "guided-backprop": promised(PERCEPTRONS, "homogeneity", "shift_invariance"),
    "deconvnet": promised(PERCEPTRONS, "continuity", "homogeneity", "shift_invariance"),
}
"""By name; with options that promise something else, behind a comma. What is missing promises nothing.

Each is proved in the literature or in the project's table of theory, which the tests hold beside it.
"""
