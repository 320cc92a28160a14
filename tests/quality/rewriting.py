"""Whom each rewrite breaks: data, with the reason. Every explainer that is not named keeps its scores.

What the rewrites are is in `axiomcheck list rewrites`. Nobody breaks the gradient, gradient × input, integrated
gradients, Shapley values, occlusion or f/d: those depend on the function alone. ``W_SQUARE`` uses the w² rule at every
layer; `lrp-w-square` and `lrp-z-box` use theirs at the input, under z⁺, and are broken with it.
"""

from dataclasses import dataclass

LRP_0_DROPPED = "lrp-0:bias='dropped'"
W_SQUARE = "lrp-w-square:everywhere=True"

EXPLAINERS = (
    "uniform",
    "gradient",
    "grad-x-input",
    "integrated-gradients",
    "shapley",
    "occlusion",
    "lrp-0",
    LRP_0_DROPPED,
    "lrp-epsilon",
    "lrp-gamma",
    "lrp-alpha-beta",
    "lrp-z-plus",
    "lrp-w-square",
    W_SQUARE,
    "lrp-z-box",
    "deep-taylor",
    "deeplift",
    "deeplift-reveal-cancel",
    "guided-backprop",
    "deconvnet",
)

EPSILON, GAMMA, ALPHA_BETA = "lrp-epsilon", "lrp-gamma", "lrp-alpha-beta"
Z_PLUS = frozenset({"lrp-z-plus", "lrp-w-square", "lrp-z-box"})
BY_SIGN = Z_PLUS | {"deep-taylor", GAMMA, ALPHA_BETA}
"""They treat positive and negative contributions apart."""
REVEAL_CANCEL, GUIDED, DECONVNET = "deeplift-reveal-cancel", "guided-backprop", "deconvnet"


@dataclass(frozen=True)
class Breaks:
    """In which family a rewrite is looked at, whom it breaks there, and whom too seldom to be looked for."""

    family: str
    explainers: frozenset[str] = frozenset()
    seldom: frozenset[str] = frozenset()


def _breaks(family, *explainers, seldom=()):
    return Breaks(family, frozenset(explainers), frozenset(seldom))


CONTROLS = {
    "permute": _breaks("biased"),
    # A squared share is no share of the square; a dead unit's outgoing weight counts for w².
    "split": _breaks("biased", W_SQUARE),
    "dead-unit": _breaks("biased", W_SQUARE),
}

REWRITING = CONTROLS | {
    # ε is as large for a unit twice as large; w² sees the outgoing weights.
    "rescale": _breaks("biased", EPSILON, W_SQUARE),
    # The positive half of the pair gets relevance that the negative half does not give back.
    "cancelling-pair": _breaks("biased", GUIDED, DECONVNET, W_SQUARE, REVEAL_CANCEL, *BY_SIGN),
    # At the input: a ReLU more for guided backprop, another first layer for w² and zᴮ, signs swapped for γ and αβ.
    # Behind a linear layer also: relu(f) - relu(-f) has no positive contribution where f < 0, so z⁺ and deep Taylor
    # end there, and reveal-cancel sees a change of sign as two.
    "identity": _breaks("biased", GUIDED, EPSILON, *BY_SIGN, seldom=[REVEAL_CANCEL]),
    # A linear hidden layer is one more place for ε, for signs, for squares; where it is 0, LRP-0 ends.
    "factorise": _breaks("biased", EPSILON, W_SQUARE, REVEAL_CANCEL, "lrp-0", *BY_SIGN, seldom=[LRP_0_DROPPED]),
    # The shift takes a share of what passes; without it in the denominator the rest gets more.
    "move-bias": _breaks("biased", EPSILON, LRP_0_DROPPED, "lrp-0", *BY_SIGN),
    # The second ReLU is another place for ε and signs. z⁺ keeps b⁺ in the denominator, and a unit of bias b > 0 is
    # relu(u + b - q) with (b - q)⁺ before and b⁺ after: relu(x) and relu(relu(x + 1) - 1) at 1 get 1 and ½.
    "guard": _breaks("biased", EPSILON, GAMMA, ALPHA_BETA, REVEAL_CANCEL, "lrp-z-plus", seldom=Z_PLUS),
    # The bias goes below a ReLU that opens elsewhere, so slopes from a baseline change. The copy of the source takes a
    # part of what the source sends back: where the parts differ in sign, each is rectified by itself.
    "guarded-bias": _breaks(
        "biased",
        EPSILON,
        GAMMA,
        ALPHA_BETA,
        "lrp-z-plus",
        "deeplift",
        LRP_0_DROPPED,
        REVEAL_CANCEL,
        DECONVNET,
        seldom=[*Z_PLUS, GUIDED],
    ),
    # |u - v| is drawn in another way. DeepLIFT is spared: relu(z) = ½(z + |z|), so its slopes agree.
    "max-pair": _breaks("biased", EPSILON, W_SQUARE, DECONVNET, REVEAL_CANCEL, *BY_SIGN),
    # The maxima of another pair come first; what passes them by changes.
    "max-tree": _breaks("biased", EPSILON, W_SQUARE, "deeplift", REVEAL_CANCEL, *BY_SIGN),
    # A batch normalisation is an affine layer by itself: one place less for ε, signs, biases, and zero pre-activations.
    "fold-batch-norm": _breaks("batchnorm", EPSILON, REVEAL_CANCEL, *BY_SIGN, seldom=["lrp-0", LRP_0_DROPPED]),
    # The same sums, written out: nobody can tell. So too for averages.
    "conv-as-dense": _breaks("conv,convtranspose"),
    "average-as-conv": _breaks("conv,avgpool"),
    # Where a padding repeats places, a window reads some of them by two weights, which a Linear adds up: signs and
    # squares are then others.
    "tail-as-dense": _breaks("conv,convtranspose,avgpool,batchnorm", seldom=[W_SQUARE, REVEAL_CANCEL, *BY_SIGN]),
    # The winner takes all at a pool, but shares with the loser at ReLUs; gradients do not care.
    "max-pool-as-relu": _breaks(
        "conv,maxpool", EPSILON, W_SQUARE, "deeplift", GUIDED, DECONVNET, *BY_SIGN, seldom=[REVEAL_CANCEL]
    ),
    # The sum was a layer of its own; the two ReLUs that carry x are more places for signs and for guided backprop.
    "residual-as-plain": _breaks(
        "residual", EPSILON, LRP_0_DROPPED, W_SQUARE, REVEAL_CANCEL, GUIDED, *BY_SIGN, seldom=["lrp-0"]
    ),
}

OF_THE_FUNCTION = ("gradient", "grad-x-input", "integrated-gradients", "shapley", "occlusion")
THROUGH_ATTENTION = ("cp-lrp", "attn-lrp")
GAUGES = {
    # Another basis of values, or of queries and keys, is the same function; LRP goes through attention by derivatives
    # in which products of the same matrices stand. A sum of heads has no order, a summand of 0 has derivatives of 0.
    # A constant on all keys adds Σ_j ∂s_ij = 0 times itself to what comes by the query.
    "value-gauge": _breaks("attention"),
    "key-gauge": _breaks("attention"),
    "swap-heads": _breaks("attention"),
    "dead-head": _breaks("attention"),
    "key-shift": _breaks("attention"),
    "style-attention-written": _breaks("attention"),
    "style-attention-fused": _breaks("attention"),
    "style-attention-module": _breaks("attention"),
}

PRODUCTS = {
    # A factor and its inverse leave each factor times its slope as it was.
    "scale-branches": _breaks("product"),
    # Half of a product's relevance for each factor: (a b) c gives a quarter to a and b, a (b c) a half to a.
    "associate": _breaks("product", "cp-lrp", "attn-lrp"),
}

CAPTUM = (
    "captum:Saliency",
    "captum:InputXGradient",
    "captum:DeepLift",
    "captum:GuidedBackprop",
    "captum:Deconvolution",
)

STYLES = {
    # What calls the layers does not matter.
    "style-forward": _breaks("ordinary"),
    "style-blocks": _breaks("ordinary"),
    "style-linear-functional": _breaks("ordinary"),
    "style-residual-module": _breaks("ordinary"),
    "style-shared": _breaks("ordinary"),
    # DeepLIFT refuses a ReLU that is used twice; the others hook it once for all its places.
    "style-relu-reused": _breaks("ordinary", "captum:GuidedBackprop", "captum:Deconvolution"),
    # There is no module to hook: these ReLUs have their derivative.
    "style-relu-functional": _breaks("ordinary", "captum:DeepLift", "captum:GuidedBackprop", "captum:Deconvolution"),
    "style-relu-clamp": _breaks("ordinary", "captum:DeepLift", "captum:GuidedBackprop", "captum:Deconvolution"),
    # What a hook keeps of the input is overwritten.
    "style-relu-inplace": _breaks("ordinary", "captum:DeepLift", "captum:GuidedBackprop", "captum:Deconvolution"),
    # DeepLIFT has a rule for the pools that are modules.
    "style-pool-functional": _breaks("ordinary", "captum:DeepLift"),
}
"""Whom the style of code breaks among Captum's methods; none of the native ones, which read the graph."""
