"""Explanations that ask the function alone, at x or between x and a baseline."""

from .statement import ALL, EVERY_LAYER, EVERYWHERE, MODULES, WIDE, Statement
from .statement import FUNCTIONS as OF_ALL

UNIFORM, IG, EXPECTED = ("uniform",), ("integrated-gradients",), ("expected-gradients",)
SHAPLEY, ORDERS, OCCLUSION = ("shapley",), ("shapley-sampling",), ("occlusion",)
GAINS = (*SHAPLEY, *ORDERS)
"""Mean gains over orders of the variables, all orders or some."""
DEEPLIFT, REVEAL = ("deeplift",), ("deeplift-reveal-cancel",)

FUNCTIONS = (
    # f/d.
    Statement(
        (*UNIFORM,),
        "conservation",
        "d times f/d is f.",
        holds=(*WIDE, f"kinks,{EVERY_LAYER}"),
        source="tutorial",
    ),
    Statement(UNIFORM, "continuity", "f is continuous.", holds=(*WIDE, EVERY_LAYER), source="tutorial"),
    Statement(
        UNIFORM,
        "implementation_invariance",
        "It is a property of the function.",
        holds=(*WIDE, f"kinks,{EVERY_LAYER}"),
        source="tutorial",
    ),
    Statement(UNIFORM, "positivity", "f/d has the sign of f.", holds=(*WIDE, EVERYWHERE)),
    Statement(UNIFORM, "selectivity", "f(x1, x2) = x1 gets 1/2 and 1/2.", fails=WIDE, source="tutorial"),
    Statement(UNIFORM, "null_player", "f(x1, x2) = x1 gets 1/2 and 1/2.", fails=WIDE),
    Statement(
        UNIFORM,
        "sensitivity",
        "Without biases f(0) = 0, so that f ≠ f(0) is f/d ≠ 0. f = 1 - x is 0 at 1 but not at 0.",
        holds=("bias-free",),
        fails=("biased",),
    ),
    # The integral of the gradient.
    Statement(
        IG,
        "conservation",
        "The fundamental theorem of calculus: completeness.",
        holds=(*WIDE, OF_ALL),
        source="Sundararajan et al. 2017",
    ),
    Statement(
        IG,
        "implementation_invariance",
        "Functions that are equal have equal gradients, almost everywhere on the way.",
        holds=(*WIDE, EVERY_LAYER),
        source="Sundararajan et al. 2017",
    ),
    Statement(
        IG,
        "selectivity",
        "Irrelevant variables have derivative 0; by completeness others do not all get 0.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(
        IG,
        "continuity",
        "From the baseline 0 and without biases it is gradient × input; from there, relu(x1 - x2) at the diagonal.",
        fails=WIDE,
    ),
    Statement(IG, "sensitivity", "By completeness the one variable gets f(x) - f(x̃).", holds=(*WIDE, OF_ALL)),
    # The same from references around the baseline. Twins that are equal on a domain alone, which these leave, are not
    # judged.
    Statement(
        EXPECTED,
        "implementation_invariance",
        "As of the integrated gradients from each of the references, which are the same for both.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(
        EXPECTED,
        "continuity",
        "It jumps only where a piece of the way lies on a kink, whose plane then holds the reference: that is drawn off"
        " all of them.",
        holds=ALL,
    ),
    # Mean gains.
    Statement(GAINS, "conservation", "The gains of an order telescope.", holds=(*WIDE, OF_ALL), source="Shapley 1953"),
    Statement(GAINS, "implementation_invariance", "v(S) asks the function alone.", holds=(*WIDE, EVERY_LAYER)),
    Statement(GAINS, "continuity", "v(S) is f at points that follow x.", holds=(*WIDE, EVERY_LAYER)),
    Statement(
        GAINS,
        "selectivity",
        "An irrelevant variable gains nothing, and what others gain sums to f(x) - f(x̃) ≠ 0.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(GAINS, "sensitivity", "The one variable gains f(x) - f(x̃) in any order.", holds=(*WIDE, OF_ALL)),
    Statement(
        GAINS,
        "demand_monotonicity",
        "Each gain is f at a point that moves upward in the variable, less f at one that does not move.",
        holds=(*WIDE, OF_ALL),
        source="Friedman & Moulin 1999",
    ),
    # One variable at a time.
    Statement(OCCLUSION, "implementation_invariance", "It asks the function alone.", holds=(*WIDE, EVERY_LAYER)),
    Statement(OCCLUSION, "continuity", "f is continuous.", holds=(*WIDE, EVERY_LAYER)),
    Statement(
        OCCLUSION,
        "selectivity",
        "relu(relu(x1 + x2) - relu(x1 + x2 - 1)) at (2, 2) stays 1 without either variable; relu(x1 + x2) stays 0 at"
        " (-3, -3) with either of a baseline (2, 2).",
        fails=WIDE,
    ),
    Statement(OCCLUSION, "sensitivity", "The one variable gets f(x) - f(x̃).", holds=(*WIDE, OF_ALL)),
    Statement(
        (*IG, *EXPECTED, *GAINS, *OCCLUSION),
        "null_player",
        "What has no influence has derivative 0, gains nothing, and takes nothing away.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    *(
        Statement(
            (*UNIFORM, *IG, *EXPECTED, *GAINS, *OCCLUSION),
            axiom,
            "It is linear in f.",
            holds=(*WIDE, OF_ALL),
            source="Sundararajan et al. 2017",
        )
        for axiom in ("linearity", "homogeneity")
    ),
    Statement(
        (*UNIFORM, *IG, *SHAPLEY, *OCCLUSION),
        "symmetry",
        "Two variables are exchanged: f is as before, and so are x, the baseline and the way between, where both"
        " are equal. So are their shares, slopes, gains and losses.",
        holds=(*WIDE, OF_ALL),
        source="Shapley 1953; Sundararajan et al. 2017",
    ),
    # Slopes from the baseline, layer by layer.
    Statement(
        DEEPLIFT,
        "conservation",
        "Each rule hands on all of what changed: summation to delta. A max pool's gains and losses sum to its change.",
        holds=(*WIDE, f"maxpool,{MODULES}"),
        source="Shrikumar et al. 2017",
    ),
    Statement(
        REVEAL,
        "conservation",
        "m⁺ Δz⁺ + m⁻ Δz⁻ = Δa at each unit, and the w_i Δx_i of either sign sum to Δz of that sign.",
        holds=ALL,
        source="Shrikumar et al. 2017",
    ),
    Statement(
        DEEPLIFT,
        "selectivity",
        "Zero weights and cancelling pairs have multiplier 0; the others' scores sum to f(x) - f(x̃) ≠ 0.",
        holds=WIDE,
    ),
    Statement(
        DEEPLIFT,
        "sensitivity",
        "x_j = x̃_j gives the other variables 0, and the sum is f(x) - f(x̃).",
        holds=ALL,
    ),
    Statement(
        (*DEEPLIFT, *REVEAL),
        "continuity",
        "From 0 and without biases the rescale rule is gradient × input: relu(x1 - x2) at the diagonal. Reveal-cancel"
        " hands on Δy⁺/Δz⁺, and a unit's own change has its sign: relu(x1 - x2) - relu(x3) in a ReLU.",
        fails=WIDE,
    ),
    Statement(
        DEEPLIFT,
        "implementation_invariance",
        "relu(u - q) is relu(relu(u) - q) with q = relu(v) + c, whose slopes from u(x̃) ≠ 0 are others.",
        fails=("biased", "ordinary"),
        source="Sundararajan et al. 2017, appendix B",
    ),
    Statement(DEEPLIFT, "null_player", "t - t, with t rewritten so that its slopes are others.", fails=("biased",)),
    Statement(
        REVEAL,
        "implementation_invariance",
        "A cancelling pair is a positive and a negative change.",
        fails=("bias-free", "biased", "ordinary"),
    ),
    # What the two kinds share.
    Statement(
        UNIFORM,
        "shift_invariance",
        "f at the point itself.",
        holds=("biased",),
    ),
    Statement(
        (*IG, *EXPECTED, *GAINS, *OCCLUSION, *DEEPLIFT),
        "shift_invariance",
        "The baseline is shifted along, and all activations are as before.",
        holds=("biased",),
        source="Kindermans et al. 2017",
    ),
    Statement(
        (*UNIFORM, *OCCLUSION),
        "demand_monotonicity",
        "f does not fall where the variable rises; what is subtracted has the baseline's in its place, and stays.",
        holds=(*WIDE, OF_ALL),
    ),
    Statement(
        IG,
        "demand_monotonicity",
        "From 0 relu(x1) - relu(x1 - x2) gives x1 all of x1, but where x1 > x2 nothing.",
        fails=("bias-free", "biased"),
        source="Friedman & Moulin 1999",
    ),
)
