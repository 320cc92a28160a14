"""The gradient, its kin, and the ways to change it at a ReLU."""

from .statement import ALL, EVERY_LAYER, EVERYWHERE, FUNCTIONS, HOMOGENEOUS, WIDE, Statement

GRADIENT, SQUARED, INPUT, SMOOTH = ("gradient",), ("gradient-squared",), ("grad-x-input",), ("smoothgrad",)
MAGNITUDE = ("gradient-magnitude",)
GUIDED, DECONVNET = ("guided-backprop",), ("deconvnet",)
ATTENTION = ("cp-lrp", "attn-lrp")

GRADIENTS = (
    # The gradient is a property of the function, off the kinks. Without biases f(x) = ∇f(x)·x (Euler).
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT),
        "implementation_invariance",
        "Functions that are equal have equal gradients where they have any.",
        holds=(*WIDE, EVERY_LAYER),
        source="Sundararajan et al. 2017",
    ),
    Statement(
        INPUT,
        "conservation",
        "Euler: f(x) = ∇f(x)·x; at a kink too, whatever the slope of a ReLU at 0. relu(x - 1) at 2 gets 2, not 1.",
        holds=("bias-free", HOMOGENEOUS, "kinks,bias=none"),
        fails=("deep-taylor", "biased", "ordinary"),
    ),
    Statement(GRADIENT, "conservation", "relu(x) at 2 gets 1.", fails=WIDE),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT), "continuity", "relu(x1 - x2): slopes jump at kinks.", fails=WIDE
    ),
    Statement(SMOOTH, "continuity", "Each of the noisy points meets its kink by itself.", fails=WIDE),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT),
        "selectivity",
        "Without biases f(x) ≠ f(0) = 0 leaves a product x_i ∂f/∂x_i ≠ 0 outside the irrelevant variables, whose"
        " derivative is 0. Saturation: relu(1 - x) at 2, relu(relu(x) - relu(x - 1)) at 2.",
        holds=("bias-free", HOMOGENEOUS),
        fails=("deep-taylor", "biased", "ordinary"),
    ),
    Statement(SMOOTH, "selectivity", "relu(1 - x) at 3, farther than the noise.", fails=("biased", "ordinary")),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT, *SMOOTH),
        "null_player",
        "What has no influence has derivative 0.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(
        SMOOTH,
        "implementation_invariance",
        "As of the gradient at each of the noisy points; twins that are not equal there are not judged.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT),
        "symmetry",
        "f is as before where two variables are exchanged, and so is x if they are equal: so are their slopes.",
        holds=(*WIDE, FUNCTIONS),
    ),
    Statement((*GRADIENT, *INPUT, *SMOOTH), "linearity", "Derivatives are linear in f.", holds=(*WIDE, FUNCTIONS)),
    Statement(
        (*GRADIENT, *MAGNITUDE, *INPUT, *SMOOTH),
        "homogeneity",
        "Derivatives are linear in f.",
        holds=(*WIDE, FUNCTIONS),
    ),
    Statement((*SQUARED, *MAGNITUDE), "linearity", "(1 + 1)² ≠ 1 + 1, and |1 - 1| ≠ 1 + 1.", fails=WIDE),
    Statement(SQUARED, "homogeneity", "2² ≠ 2.", fails=WIDE),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *INPUT),
        "sensitivity",
        "Without biases the one variable has x_i ∂f/∂x_i = f(x) ≠ 0. Saturation: relu(1 - x) at 2.",
        holds=("bias-free",),
        fails=("biased",),
    ),
    Statement(
        (*GRADIENT, *SQUARED, *MAGNITUDE, *SMOOTH, *GUIDED, *DECONVNET),
        "shift_invariance",
        "All pre-activations are as before.",
        holds=("biased",),
        source="Kindermans et al. 2017",
    ),
    Statement(INPUT, "shift_invariance", "x itself is another.", fails=("biased",), source="Kindermans et al. 2017"),
    Statement((*SQUARED, *MAGNITUDE), "positivity", "Squares, and absolute values.", holds=(*WIDE, EVERYWHERE)),
    # LRP through attention: on affine layers and ReLUs the rules are the chain rule, and so it is gradient × input.
    Statement(
        ATTENTION,
        "conservation",
        "As of gradient × input where there is no attention; relu(x - 1) at 2 gets 2, not 1.",
        holds=("bias-free",),
        fails=("deep-taylor", "biased", "ordinary", "attention"),
        source="Ali et al. 2022",
    ),
    Statement(
        ATTENTION,
        "implementation_invariance",
        "As of gradient × input where there is no attention.",
        holds=ALL,
    ),
    Statement(ATTENTION, "null_player", "What has no influence has derivative 0.", holds=ALL),
    Statement(ATTENTION, "symmetry", "As of gradient × input where there is no attention.", holds=ALL),
    Statement(ATTENTION, "linearity", "As of gradient × input where there is no attention.", holds=ALL),
    Statement(ATTENTION, "homogeneity", "As of gradient × input where there is no attention.", holds=ALL),
    Statement(ATTENTION, "continuity", "relu(x1 - x2): slopes jump at kinks.", fails=WIDE),
    # ReLUs on the way back.
    Statement(
        GUIDED,
        "continuity",
        "relu(x) at 0.",
        fails=WIDE,
    ),
    Statement(
        DECONVNET,
        "continuity",
        "It asks weights alone, so that it is the same at each x; but a max pool hands on to its winner.",
        holds=("bias-free", "deep-taylor", "biased", "conv,convtranspose,avgpool,batchnorm,residual,concat,styles"),
        fails=("maxpool", "ordinary"),
    ),
    Statement(
        (*GUIDED, *DECONVNET),
        "implementation_invariance",
        "Of a cancelling pair the negative half sends nothing back.",
        fails=("bias-free", "biased", "ordinary"),
        source="Sundararajan et al. 2017",
    ),
    Statement(
        (*GUIDED, *DECONVNET), "selectivity", "x1 + 8 relu(x2) - 8 relu(x2): only the positive half counts.", fails=WIDE
    ),
    Statement((*GUIDED, *DECONVNET), "null_player", "relu(x2) - relu(x2).", fails=("bias-free", "biased")),
    Statement((*GUIDED, *DECONVNET), "linearity", "relu(x) + (-relu(x)).", fails=("bias-free", "biased")),
    Statement((*GUIDED, *DECONVNET), "homogeneity", "A positive factor passes every rectifier.", holds=("biased",)),
    Statement((*GUIDED, *DECONVNET), "sensitivity", "-relu(x) sends nothing back.", fails=("bias-free", "biased")),
)
