"""Captum's methods, where they are what their papers say, and where their code is not."""

from .statement import ALL, EVERY_LAYER, HOMOGENEOUS, WIDE, Statement

INPUT, SALIENCY, IG = ("captum:InputXGradient",), ("captum:Saliency",), ("captum:IntegratedGradients",)
DEEPLIFT, LRP = ("captum:DeepLift",), ("captum:LRP",)
GUIDED, DECONVOLUTION = ("captum:GuidedBackprop",), ("captum:Deconvolution",)
ABLATION, WINDOW = ("captum:FeatureAblation",), ("captum:Occlusion:sliding_window_shapes=(1,)",)
"""One variable at a time, by two names; the window as given fits inputs of one axis."""
SHAPLEY = ("captum:ShapleyValues",)

CAPTUM = (
    # Gradient × input, and |gradient|.
    Statement(
        INPUT,
        "conservation",
        "Euler: f(x) = ∇f(x)·x. relu(x - 1) at 2 gets 2.",
        holds=("bias-free", HOMOGENEOUS),
        fails=("deep-taylor", "biased"),
    ),
    Statement((*INPUT, *SALIENCY), "continuity", "relu(x1 - x2): slopes jump at kinks.", fails=WIDE),
    Statement(
        (*INPUT, *SALIENCY),
        "implementation_invariance",
        "Functions that are equal have equal gradients where they have any.",
        holds=(*WIDE, EVERY_LAYER),
    ),
    Statement(
        (*INPUT, *SALIENCY),
        "selectivity",
        "Euler, and saturation: relu(relu(x) - relu(x - 1)) at 2.",
        holds=("bias-free", HOMOGENEOUS),
        fails=("deep-taylor", "biased"),
    ),
    # Fifty points on the way.
    Statement(IG, "conservation", "relu(x) from -2 to 1: fifty points do not hit the kink.", fails=ALL),
    Statement(IG, "continuity", "Each of the fifty points meets its kink by itself.", fails=ALL),
    Statement(IG, "implementation_invariance", "It asks gradients alone.", holds=ALL),
    # Hooks: F.relu is no module, and a sum in a forward is passed by.
    Statement(
        DEEPLIFT,
        "conservation",
        "Summation to delta on chains of modules. A ReLU that is a function has no hook.",
        holds=ALL,
        fails=("styles", "ordinary"),
        source="Shrikumar et al. 2017",
    ),
    Statement(DEEPLIFT, "continuity", "Gradient × input from 0 without biases.", fails=("bias-free", "biased")),
    Statement(
        DEEPLIFT,
        "implementation_invariance",
        "The guard; a ReLU that is a function has no hook.",
        fails=("biased", "ordinary"),
    ),
    Statement(DEEPLIFT, "selectivity", "Zero weights and cancelling pairs get 0, the sum is not.", holds=ALL),
    Statement(
        LRP,
        "conservation",
        "Its ε is 1e-9; relu(x - 1); a sum in a forward is passed by.",
        fails=("deep-taylor", "biased", "residual,bias=none", "ordinary"),
    ),
    Statement(LRP, "selectivity", "1 - relu(1 - x) at 2 gets 0.", fails=("biased",)),
    Statement(GUIDED, "continuity", "relu(x) at 0.", fails=WIDE),
    Statement(DECONVOLUTION, "continuity", "It asks weights alone; unless a ReLU follows a ReLU.", holds=ALL),
    Statement(
        (*GUIDED, *DECONVOLUTION),
        "implementation_invariance",
        "Of a cancelling pair the negative half sends nothing back.",
        fails=("bias-free", "biased", "ordinary"),
    ),
    Statement(
        (*GUIDED, *DECONVOLUTION),
        "selectivity",
        "x1 + 8 relu(x2) - 8 relu(x2): only the positive half counts.",
        fails=("bias-free", "biased"),
    ),
    # What asks the function alone.
    Statement((*ABLATION, *WINDOW, *SHAPLEY), "implementation_invariance", "It asks the function alone.", holds=ALL),
    Statement((*ABLATION, *WINDOW, *SHAPLEY), "continuity", "It asks the function alone.", holds=ALL),
    Statement(
        SHAPLEY,
        "conservation",
        "Efficiency. It sums in float32, whatever it is given: what is left of the gains is rounding.",
        holds=ALL,
        source="Shapley 1953",
    ),
    Statement(SHAPLEY, "selectivity", "A null player gains nothing, others gain f(x) - f(x̃) ≠ 0.", holds=ALL),
    Statement(
        (*ABLATION, *WINDOW),
        "selectivity",
        "relu(relu(x1 + x2) - relu(x1 + x2 - 1)) at (2, 2).",
        fails=("bias-free", "biased"),
    ),
)
