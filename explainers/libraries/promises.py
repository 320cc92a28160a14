"""What methods of Captum, Zennit and SHAP promise, each with its proof; what they sum to, their adapters say.

A promise is made of a method as its library documents it, in the widest family in which it is proved of that code:
where modules alone are propagated through, functions are left out. What no row names promises nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..claims import CLAIMS, NOTHING, PERCEPTRONS, SIGNED, Claims, promise

MODULES = "conv,convtranspose,maxpool,batchnorm,residual,concat,leaky,kinks,baselinekinks"
"""Layers of which each is a module that Zennit passes relevance through unchanged, or by its rule.

Average pools have Zennit's ``Norm``, whose shares are negative where an input is; a batch norm is passed by.
"""
IN_A_ROW = "conv,convtranspose,maxpool,leaky,kinks,baselinekinks"
"""The same in a row, so that the first layer with weights in the code reads the input, and nothing widens it before."""
SCALED = "conv,convtranspose,maxpool,residual,concat,kinks,baselinekinks"
"""Layers whose plain gradient is at least 0, and layers with weights."""


@dataclass(frozen=True)
class Promise:
    """What some methods of a library promise.

    ``claims`` names for each axiom its family; ``why`` is the proof. ``options`` must have these values; others must be
    left alone, but for those that are ``free``.
    """

    library: str
    methods: tuple[str, ...]
    claims: Claims
    why: str
    options: Mapping[str, object] = field(default_factory=dict)
    free: frozenset[str] = frozenset()

    def is_made(self, library: str, method: str, options: Mapping[str, object]) -> bool:
        """Return whether it is one of a method with these options."""
        own = {name: value for name, value in options.items() if name not in self.free}
        return library == self.library and method in self.methods and own == self.options


_STABLE = frozenset({"stabilizer"})
_OF_FIXED_POINTS = ("implementation_invariance", "null_player", "symmetry", "linearity", "homogeneity")

PROMISES = (
    Promise("captum", ("InputXGradient",), CLAIMS["grad-x-input"], "It is x ∂f/∂x, by torch's own gradient."),
    Promise(
        "captum", ("Saliency",), CLAIMS["gradient-magnitude"], "It is the magnitude of ∂f/∂x, by torch's own gradient."
    ),
    Promise("captum", ("Saliency",), CLAIMS["gradient"], "It is ∂f/∂x.", {"abs": False}),
    Promise(
        "captum",
        ("IntegratedGradients",),
        promise(PERCEPTRONS, *_OF_FIXED_POINTS, "shift_invariance"),
        "A weighted sum of gradients at fifty fixed points of the way, irrational shares of it: on no kink, if the way"
        " runs along none. What is linear in f, and the same for equal functions, of a gradient is so of their sum.",
        free=frozenset({"internal_batch_size"}),
    ),
    Promise(
        "captum",
        ("DeepLift",),
        promise(PERCEPTRONS, "conservation", "selectivity"),
        "On chains of modules each rule hands on all of what changed: summation to delta; zero weights and cancelling"
        " pairs have multiplier 0.",
    ),
    Promise(
        "captum",
        ("LRP",),
        promise(SIGNED, "positivity"),
        "α1β0: shares a w⁺ R / (Σ a w⁺ + b) with a ≥ 0, and where R ≠ 0 the unit's own value, Σ a w + b > 0, is no"
        " more than the denominator.",
        {"rule": "Alpha1_Beta0_Rule"},
        frozenset({"set_bias_to_zero"}),
    ),
    Promise(
        "captum",
        ("GuidedBackprop",),
        CLAIMS["guided-backprop"],
        "What goes back depends on weights and active units alone, which are as before; clamping commutes with c > 0.",
    ),
    Promise(
        "captum", ("Deconvolution",), CLAIMS["deconvnet"], "It depends on weights alone; clamping commutes with c > 0."
    ),
    Promise("captum", ("FeatureAblation",), CLAIMS["occlusion"], "It is f(x) - f(x without x_i)."),
    Promise("zennit", ("Gradient",), CLAIMS["gradient"], "It is ∂f/∂x, by torch's own gradient."),
    Promise("zennit", ("GuidedBackprop",), CLAIMS["guided-backprop"], "Weights and active units, as Captum's."),
    Promise("zennit", ("DeconvNet",), CLAIMS["deconvnet"], "Weights alone, as Captum's."),
    Promise(
        "zennit",
        ("ZPlus",),
        promise(MODULES, "positivity"),
        "Shares (a⁺w⁺ + a⁻w⁻) R / (Σ (a⁺w⁺ + a⁻w⁻) + b⁺ + 10⁻⁶): nothing in them is below 0.",
        free=_STABLE,
    ),
    Promise(
        "zennit",
        ("AlphaBeta",),
        promise(MODULES, "positivity"),
        "α1β0 is ZPlus.",
        {"alpha": 1, "beta": 0},
        _STABLE,
    ),
    Promise(
        "zennit",
        ("WSquare",),
        promise(MODULES, "positivity"),
        "Shares w² R / (Σ w² + b² + 10⁻⁶) where the code begins, ZPlus above.",
        free=_STABLE | {"zero_params", "everywhere"},
    ),
    Promise(
        "zennit",
        ("Flat",),
        promise(MODULES, "positivity") | promise(PERCEPTRONS, "shift_invariance"),
        "Shares R / (n + 10⁻⁶) where the code begins, whatever the input is, ZPlus above.",
        free=_STABLE,
    ),
    Promise(
        "zennit",
        ("ZBox",),
        promise(IN_A_ROW, "positivity"),
        "Shares (x w - l w⁺ - h w⁻) R / (Σ (x w - l w⁺ - h w⁻) + 10⁻⁶), where l ≤ x ≤ h leaves nothing below 0; the"
        " bias cancels. ZPlus above.",
        free=_STABLE,
    ),
    Promise(
        "zennit",
        ("ExcitationBackprop",),
        promise(SCALED, "positivity"),
        "ZPlus without the bias; the gradients of ReLU, max pools and sums are at least 0.",
        free=_STABLE,
    ),
)
"""All. SHAP has no row: its explainers promise a sum, and what is proved of Shapley values it keeps up to its own
cuts alone, a relative change of 10⁻⁵ that counts as none, a lasso, a ridge (``docs/differences/shap.md``).
"""


def promised_by(library: str, method: str, options: Mapping[str, object]) -> Claims:
    """Return what a method with these options promises: for an axiom, the family.

    >>> promised_by("zennit", "AlphaBeta", {"alpha": 1, "beta": 0})["positivity"] == MODULES
    True
    >>> dict(promised_by("zennit", "AlphaBeta", {}))
    {}
    """
    made = (one.claims for one in PROMISES if one.is_made(library, method, options))
    return next(made, NOTHING)
