"""What theory says of explainers, axioms and families: data, with its sources.

``HOLDS`` and ``FAILS`` list what has a proof or a counterexample by hand. What stands in neither is left open. Of the
families, ``bias-free`` and ``deep-taylor`` lie inside ``biased``: what fails in one of them fails there too.
"""

ALL = ("bias-free", "deep-taylor", "biased")

HOLDS = {
    # R_i = f/d is a continuous function of f alone, and sums to it.
    ("uniform", "conservation"): ALL,
    ("uniform", "continuity"): ALL,
    ("uniform", "implementation_invariance"): ALL,
    # The gradient is a property of the function, off the kinks. Without biases f(x) = ∇f(x)·x (Euler), so that
    # f(x) ≠ f(0) = 0 leaves a score outside the irrelevant variables, whose derivative is 0.
    ("gradient", "implementation_invariance"): ALL,
    ("gradient", "selectivity"): ("bias-free",),
    ("grad-x-input", "conservation"): ("bias-free",),
    ("grad-x-input", "implementation_invariance"): ALL,
    ("grad-x-input", "selectivity"): ("bias-free",),
    ("captum:InputXGradient", "conservation"): ("bias-free",),
    ("captum:InputXGradient", "implementation_invariance"): ALL,
    ("captum:InputXGradient", "selectivity"): ("bias-free",),
    # LRP-0 is gradient × input off zero pre-activations; where one is not followed by a ReLU, relevance ends there
    # without loss, since its own relevance is 0 too. Behind a ReLU it is a kink, or dead.
    ("lrp-0", "conservation"): ("bias-free",),
    ("lrp-0", "implementation_invariance"): ("deep-taylor",),
    # |a w R / (z + ε sign z)| → 0 with z, from both sides.
    ("lrp-epsilon", "continuity"): ALL,
    # All denominators are positive where relevance arrives, and bounded by what they divide (x ≥ 0, ReLU at the end).
    ("lrp-gamma", "continuity"): ("deep-taylor",),
    ("lrp-z-plus", "continuity"): ("deep-taylor",),
    # b ≤ 0 and a ReLU everywhere: z > 0 needs a positive contribution, so nothing is lost (Montavon et al. 2017).
    ("lrp-z-plus", "conservation"): ("deep-taylor",),
    # Completeness (Sundararajan et al. 2017), invariance, and from completeness and null player selectivity.
    ("integrated-gradients", "conservation"): ALL,
    ("integrated-gradients", "implementation_invariance"): ALL,
    ("integrated-gradients", "selectivity"): ALL,
    ("captum:IntegratedGradients", "implementation_invariance"): ALL,
}

FAILS = {
    # f(x1, x2) = x1 gets ½, ½.
    ("uniform", "selectivity"): ALL,
    # f(x) = relu(x) at 2: 1 ≠ 2. Slopes jump at kinks.
    ("gradient", "conservation"): ALL,
    ("gradient", "continuity"): ALL,
    # Saturation: relu(1 - x) at 2, relu(relu(x) - relu(x - 1)) at 2.
    ("gradient", "selectivity"): ("deep-taylor", "biased"),
    ("grad-x-input", "selectivity"): ("deep-taylor", "biased"),
    ("captum:InputXGradient", "selectivity"): ("deep-taylor", "biased"),
    ("lrp-0", "selectivity"): ("deep-taylor", "biased"),
    ("lrp-epsilon", "selectivity"): ("biased",),
    ("lrp-gamma", "selectivity"): ("biased",),
    # relu(x - 1) at 2: 2 ≠ 1.
    ("grad-x-input", "conservation"): ("deep-taylor", "biased"),
    ("captum:InputXGradient", "conservation"): ("deep-taylor", "biased"),
    ("lrp-0", "conservation"): ("deep-taylor", "biased"),
    # relu(x1 - x2): (1, -1) on one side, 0 on the other.
    ("grad-x-input", "continuity"): ALL,
    ("captum:InputXGradient", "continuity"): ALL,
    ("lrp-0", "continuity"): ALL,
    # h = x1 - x2 = 0 in a linear hidden layer ends what h + x3 = f passes on directly.
    ("lrp-0", "implementation_invariance"): ("bias-free", "biased"),
    # A share ε/(z + ε) is lost; a unit rescaled by c is as one with ε/c.
    ("lrp-epsilon", "conservation"): ALL,
    ("lrp-epsilon", "implementation_invariance"): ALL,
    # The bias takes its share; the linear output blows up (x1 - 2 x2); the guard pair.
    ("lrp-gamma", "conservation"): ("deep-taylor", "biased"),
    ("lrp-gamma", "continuity"): ("bias-free", "biased"),
    ("lrp-gamma", "implementation_invariance"): ALL,
    # -x1 has no positive contribution; relu(x1 - x2) - relu(x3); the max pair; a cancelling pair takes relevance.
    ("lrp-z-plus", "conservation"): ("bias-free", "biased"),
    ("lrp-z-plus", "continuity"): ("bias-free", "biased"),
    ("lrp-z-plus", "implementation_invariance"): ALL,
    ("lrp-z-plus", "selectivity"): ALL,
    # From the baseline 0 it is gradient × input where there are no biases, and those networks are in every family.
    ("integrated-gradients", "continuity"): ALL,
    # Fifty points do not hit the kinks: relu(x) from -2 to 1. Each that crosses one makes a jump.
    ("captum:IntegratedGradients", "conservation"): ALL,
    ("captum:IntegratedGradients", "continuity"): ALL,
    # Its ε is 1e-9: biases cost it conservation as they do LRP-0, and relu(1 - x) at 2 gets nothing.
    ("captum:LRP", "conservation"): ("deep-taylor", "biased"),
    ("captum:LRP", "selectivity"): ("biased",),
}
