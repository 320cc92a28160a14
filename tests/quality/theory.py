"""What theory says of explainers, axioms and families: data, with its sources.

``HOLDS`` and ``FAILS`` list what has a proof or a counterexample by hand. What stands in neither is left open. Of the
families, ``bias-free`` and ``deep-taylor`` lie inside ``biased``, and that inside ``ordinary``: what fails in one of
them fails there too.
"""

ALL = ("bias-free", "deep-taylor", "biased")
WIDE = (*ALL, "ordinary")

HOLDS = {
    # R_i = f/d is a continuous function of f alone, and sums to it.
    ("uniform", "conservation"): WIDE,
    ("uniform", "continuity"): WIDE,
    ("uniform", "implementation_invariance"): WIDE,
    # The gradient is a property of the function, off the kinks. Without biases f(x) = ∇f(x)·x (Euler), so that
    # f(x) ≠ f(0) = 0 leaves a score outside the irrelevant variables, whose derivative is 0.
    ("gradient", "implementation_invariance"): WIDE,
    ("gradient", "selectivity"): ("bias-free",),
    ("grad-x-input", "conservation"): ("bias-free",),
    ("grad-x-input", "implementation_invariance"): WIDE,
    ("grad-x-input", "selectivity"): ("bias-free",),
    ("captum:InputXGradient", "conservation"): ("bias-free",),
    ("captum:InputXGradient", "implementation_invariance"): WIDE,
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
    # Efficiency, and a property of the function alone (Shapley 1953; Sundararajan & Najmi 2020).
    ("shapley", "conservation"): ALL,
    ("shapley", "implementation_invariance"): ALL,
    ("shapley", "continuity"): ALL,
    ("occlusion", "implementation_invariance"): ALL,
    ("occlusion", "continuity"): ALL,
    # Completeness of the rescale rule on chains (Shrikumar et al. 2017).
    ("deeplift", "conservation"): ALL,
}

FAILS = {
    # f(x1, x2) = x1 gets ½, ½.
    ("uniform", "selectivity"): WIDE,
    # f(x) = relu(x) at 2: 1 ≠ 2. Slopes jump at kinks.
    ("gradient", "conservation"): WIDE,
    ("gradient", "continuity"): WIDE,
    # Saturation: relu(1 - x) at 2, relu(relu(x) - relu(x - 1)) at 2.
    ("gradient", "selectivity"): ("deep-taylor", "biased", "ordinary"),
    ("grad-x-input", "selectivity"): ("deep-taylor", "biased", "ordinary"),
    ("captum:InputXGradient", "selectivity"): ("deep-taylor", "biased"),
    ("lrp-0", "selectivity"): ("deep-taylor", "biased"),
    ("lrp-epsilon", "selectivity"): ("biased",),
    ("lrp-gamma", "selectivity"): ("biased",),
    # relu(x - 1) at 2: 2 ≠ 1.
    ("grad-x-input", "conservation"): ("deep-taylor", "biased", "ordinary"),
    ("captum:InputXGradient", "conservation"): ("deep-taylor", "biased"),
    ("lrp-0", "conservation"): ("deep-taylor", "biased", "ordinary"),
    # relu(x1 - x2): (1, -1) on one side, 0 on the other.
    ("grad-x-input", "continuity"): WIDE,
    ("captum:InputXGradient", "continuity"): WIDE,
    ("lrp-0", "continuity"): WIDE,
    # h = x1 - x2 = 0 in a linear hidden layer ends what h + x3 = f passes on directly.
    ("lrp-0", "implementation_invariance"): ("bias-free", "biased"),
    # A share ε/(z + ε) is lost; a unit rescaled by c is as one with ε/c.
    ("lrp-epsilon", "conservation"): WIDE,
    ("lrp-epsilon", "implementation_invariance"): WIDE,
    # The bias takes its share; the linear output blows up (x1 - 2 x2); the guard pair.
    ("lrp-gamma", "conservation"): ("deep-taylor", "biased", "ordinary"),
    ("lrp-gamma", "continuity"): ("bias-free", "biased"),
    ("lrp-gamma", "implementation_invariance"): WIDE,
    # -x1 has no positive contribution; relu(x1 - x2) - relu(x3); the max pair; a cancelling pair takes relevance.
    ("lrp-z-plus", "conservation"): ("bias-free", "biased", "ordinary"),
    ("lrp-z-plus", "continuity"): ("bias-free", "biased", "ordinary"),
    ("lrp-z-plus", "implementation_invariance"): WIDE,
    ("lrp-z-plus", "selectivity"): WIDE,
    # From the baseline 0 it is gradient × input where there are no biases, and those networks are in every family.
    ("integrated-gradients", "continuity"): WIDE,
    # Fifty points do not hit the kinks: relu(x) from -2 to 1. Each that crosses one makes a jump.
    ("captum:IntegratedGradients", "conservation"): ALL,
    ("captum:IntegratedGradients", "continuity"): ALL,
    # Its ε is 1e-9: biases cost it conservation as they do LRP-0, and relu(1 - x) at 2 gets nothing.
    ("captum:LRP", "selectivity"): ("biased",),
    # A tie of a max pool: (f, 0) on one side, (0, f) on the other.
    ("lrp-epsilon", "continuity"): ("maxpool", "ordinary"),
    # Methods that hook modules: F.relu is none, and a sum in a forward is passed by.
    ("captum:DeepLift", "conservation"): ("styles", "ordinary"),
    ("captum:DeepLift", "implementation_invariance"): ("ordinary",),
    ("captum:GuidedBackprop", "implementation_invariance"): ("ordinary",),
    ("captum:LRP", "conservation"): ("deep-taylor", "biased", "residual,bias=none", "ordinary"),
}
