"""Frontiers: the widest families in which a method keeps an axiom, each derived by thought."""

from dataclasses import dataclass

HOMOGENEOUS = "conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,shared,styles,leaky,bias=none"
"""What is ordinary and positively homogeneous."""
LOGITS = "conv,convtranspose,maxpool,avgpool,batchnorm,residual,concat,shared,styles"
"""What is ordinary without a softmax."""
NO_MAX_POOL = "conv,convtranspose,avgpool,batchnorm,residual,concat,shared,styles"
SUMS_OF_POSITIVES = (
    "conv,convtranspose,maxpool,avgpool,residual,concat,shared,styles,leaky,"
    "bias=nonpositive,output=relu,inputs=nonnegative"
)
NO_SUMS = "conv,convtranspose,maxpool,concat,shared,styles,leaky,bias=nonpositive,output=relu"
"""Behind a ReLU a leaky one changes nothing."""


@dataclass(frozen=True)
class Frontier:
    """The widest families inside ``within`` in which an explainer keeps an axiom, and how its sentence begins."""

    explainer: str
    axiom: str
    within: str
    widest: tuple[str, ...]
    says: str
    why: str
    examples: int = 80
    seed: int = 0

    def __str__(self) -> str:
        """Return what a test is called by."""
        return f"{self.explainer}-{self.axiom}-{self.within}"


NOWHERE = "fails already on f(x1"

FRONTIERS = (
    Frontier("uniform", "conservation", "ordinary", ("ordinary",), "conserves in all of ordinary", "d times f/d."),
    Frontier("uniform", "selectivity", "ordinary", (), NOWHERE, "All scores are equal, on relu(x1) too."),
    Frontier("gradient", "conservation", "ordinary", (), NOWHERE, "relu(x1) at 2 gets 1."),
    Frontier("gradient", "continuity", "ordinary", (), NOWHERE, "relu(x1 - x2): (1, -1) becomes (0, 0)."),
    Frontier(
        "gradient",
        "null_player",
        "ordinary",
        ("ordinary",),
        "ignores null players in all of ordinary",
        "The derivative along what has no influence is 0.",
    ),
    Frontier(
        "gradient",
        "shift_invariance",
        "biased",
        ("biased",),
        "is shift-invariant in all of biased",
        "All pre-activations are as before.",
    ),
    Frontier(
        "grad-x-input",
        "conservation",
        "ordinary",
        (HOMOGENEOUS,),
        "conserves without biases",
        "Euler: ∇f(x)·x = f(x) where f is homogeneous. relu(x1 - 1) at 2 gets 2.",
    ),
    Frontier("grad-x-input", "continuity", "ordinary", (), NOWHERE, "relu(x1 - x2): (1, -1) becomes (0, 0)."),
    Frontier(
        "grad-x-input",
        "shift_invariance",
        "biased",
        (),
        NOWHERE,
        "relu(x1 - 2) at 3 gets 3, relu(x1 - 1) at 2 gets 2: b ≤ 0, x ≥ 0 and a ReLU at the end.",
    ),
    Frontier(
        "lrp-0",
        "conservation",
        "biased",
        ("bias-free",),
        "conserves without biases",
        "Shares sum to 1. relu(x1 - 1) at 2 gets 2.",
        examples=60,
    ),
    Frontier(
        "lrp-0",
        "selectivity",
        "ordinary",
        (HOMOGENEOUS,),
        "is selective without biases",
        "Scores sum to f(x) ≠ 0 and are 0 where f does not depend. relu(relu(x1) - relu(x1 - 1)) at 2 gets 0.",
    ),
    Frontier(
        "lrp-epsilon",
        "continuity",
        LOGITS,
        (NO_MAX_POOL,),
        "is continuous without max pools",
        "A unit's relevance goes to 0 with its value, and denominators are at least ε. max(x1, x2) changes winners."
        " A softmax is refused, so often that nothing can be said of a family with it.",
        examples=240,
    ),
    Frontier("lrp-epsilon", "homogeneity", "biased", (), NOWHERE, "ε is no multiple of the output, on relu(x1) too."),
    Frontier(
        "lrp-gamma",
        "conservation",
        "biased",
        ("bias=none,output=relu,inputs=nonnegative",),
        "conserves without biases, for inputs ≥ 0, with a ReLU behind every layer",
        "Σ a (w + γ w⁺) ≥ z > 0 on a ≥ 0. Else it may be 0 where z is not: x1 - 2·x2 at (4, 5/2), and relu(x1 - x2) at"
        " (-4, -5) = 1, for γ = 1/4.",
        examples=300,
    ),
    Frontier(
        "lrp-z-plus",
        "conservation",
        "biased",
        ("bias=nonpositive,output=relu",),
        "conserves for biases ≤ 0 with a ReLU behind every layer",
        "A unit that gets relevance has z > 0, so that with b ≤ 0 some contribution is positive. -x1 has none.",
        examples=60,
    ),
    Frontier(
        "lrp-z-plus",
        "conservation",
        "ordinary",
        (SUMS_OF_POSITIVES, NO_SUMS),
        "conserves without batch normalisation, for biases ≤ 0 and inputs ≥ 0",
        "As among perceptrons; where x ≥ 0 sums and averages are positive as well. One of a negative number has no"
        " positive contribution, nor has a batch normalisation by a negative weight.",
    ),
    Frontier(
        "integrated-gradients",
        "conservation",
        "ordinary",
        ("ordinary",),
        "conserves in all of ordinary",
        "The fundamental theorem of calculus.",
    ),
    Frontier(
        "shapley", "conservation", "ordinary", ("ordinary",), "conserves in all of ordinary", "Gains along each order."
    ),
    Frontier(
        "shapley",
        "continuity",
        "ordinary",
        ("ordinary",),
        "is continuous in all of ordinary",
        "A mean of differences of f.",
    ),
    Frontier(
        "shapley",
        "demand_monotonicity",
        "biased",
        ("biased",),
        "is demand-monotone in all of biased",
        "Every gain of a variable grows with it if f does.",
    ),
    Frontier(
        "occlusion",
        "continuity",
        "ordinary",
        ("ordinary",),
        "is continuous in all of ordinary",
        "A difference of two values of f.",
    ),
)
QUICK = [
    one
    for one in FRONTIERS
    if (one.explainer, one.axiom, one.within)
    in {
        ("lrp-0", "conservation", "biased"),
        ("lrp-z-plus", "conservation", "biased"),
        ("lrp-epsilon", "homogeneity", "biased"),
    }
]
"""What takes little time."""
