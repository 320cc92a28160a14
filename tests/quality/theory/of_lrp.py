"""LRP with contributions a·w: LRP-0, ε, γ, and composites of them."""

from .statement import ALL, HOMOGENEOUS, MODULES, POSITIVE, RELU_AT_END, WIDE, Statement

ZERO, DROPPED, EPSILON, COMPOSITE = ("lrp-0",), ("lrp-0:bias='dropped'",), ("lrp-epsilon",), ("lrp-composite",)
EPSILONS = (*EPSILON, "lrp-epsilon:epsilon=0.5", "lrp-epsilon:bias='dropped'")
GAMMA, GAMMA_DROPPED = ("lrp-gamma",), ("lrp-gamma:bias='dropped'",)
GAMMAS = (*GAMMA, "lrp-gamma:gamma=0.5")
ROOT_AT_0 = ("deep-taylor:root='rescaled-activations'",)
"""It is LRP-0 with the bias dropped."""
GENERALIZED = ("deep-taylor:root='generalized'",)
"""It is LRP-γ at γ' = 3 with the bias dropped."""

LRP = (
    # Off zero pre-activations LRP-0 is gradient × input. What arrives at an entry is a multiple of its value, so that a
    # pre-activation of 0 ends relevance without loss.
    Statement(
        ZERO,
        "conservation",
        "Shares sum to 1 without biases, and where there is nothing to share nothing arrives. relu(x - 1) at 2 gets 2.",
        holds=("bias-free", HOMOGENEOUS),
        fails=("deep-taylor", "biased", "ordinary"),
        source="Bach et al. 2015",
    ),
    Statement(
        (*ZERO, *DROPPED, *ROOT_AT_0),
        "continuity",
        "relu(x1 - x2): (x1, -x2) on one side, 0 on the other.",
        fails=WIDE,
    ),
    Statement(
        ZERO,
        "implementation_invariance",
        "A zero pre-activation behind which a ReLU stands is a kink, or dead. h = x1 - x2 = 0 in a linear hidden layer"
        " ends what h + x3 = f passes on directly.",
        holds=("deep-taylor", RELU_AT_END),
        fails=("bias-free", "biased"),
    ),
    Statement(
        ZERO,
        "selectivity",
        "Zero weights and cancelling pairs get 0, and the scores sum to f(x) ≠ 0. relu(1 - x) at 2 gets 0, and"
        " relu(relu(x) - relu(x - 1)) at 2.",
        holds=("bias-free",),
        fails=("deep-taylor", "biased", "ordinary"),
    ),
    Statement(ZERO, "null_player", "It is gradient × input there.", holds=("deep-taylor", RELU_AT_END)),
    Statement(
        (*ZERO, *EPSILON, *GAMMA),
        "sensitivity",
        "1 - relu(1 - x) at 2: all contributions are 0.",
        fails=("biased",),
    ),
    # Without the bias in the denominator.
    Statement(
        (*DROPPED, *ROOT_AT_0),
        "conservation",
        "Where relevance arrives z > 0, and with b ≤ 0 what the inputs contribute is no less. f = 1 has none.",
        holds=("bias-free", "deep-taylor", "bias=nonpositive,output=relu"),
        fails=("biased", "ordinary"),
    ),
    Statement(
        (*DROPPED, *ROOT_AT_0),
        "implementation_invariance",
        "The guard pair at (3, 1): (1.5, -0.5) and (2, -1).",
        fails=("deep-taylor", "biased", "ordinary"),
        source="Sundararajan et al. 2017, appendix B",
    ),
    Statement(
        (*DROPPED, *ROOT_AT_0),
        "selectivity",
        "Conserved where f > 0, and zero weights and cancelling pairs get 0. 1 - relu(1 - x) at 2 gets 0.",
        holds=("bias-free", "deep-taylor"),
        fails=("biased", "ordinary"),
    ),
    # ε.
    Statement(EPSILONS, "conservation", "A share ε / (|z| + ε) is lost.", fails=WIDE),
    Statement(
        EPSILONS[:2],
        "continuity",
        "A unit's relevance goes to 0 with its value, and |a w / (z + ε sign z)| is bounded: both sides of z = 0 agree."
        " At a tie of a max pool (f, 0) becomes (0, f).",
        holds=(*ALL, MODULES),
        fails=("maxpool", "ordinary"),
    ),
    Statement(
        EPSILONS,
        "implementation_invariance",
        "A unit rescaled by c is as one with ε / c.",
        fails=WIDE,
    ),
    Statement(EPSILONS, "selectivity", "1 - relu(1 - x) at 2 gets 0.", fails=("biased", "ordinary")),
    Statement((*EPSILON, *COMPOSITE), "homogeneity", "ε is no multiple.", fails=("bias-free", "biased")),
    # γ.
    Statement(
        GAMMAS,
        "conservation",
        "relu(x - 1): the bias takes a share.",
        fails=("deep-taylor", "biased", "ordinary"),
    ),
    Statement(
        (*GAMMA_DROPPED, *GENERALIZED),
        "conservation",
        "Where relevance arrives z > 0, and with b ≤ 0 and a ≥ 0 what is shared is no less. f = 1 shares nothing.",
        holds=("deep-taylor",),
        fails=("biased", "ordinary"),
    ),
    Statement(
        GAMMAS,
        "continuity",
        "z > 0 makes the denominator at least γ times the positive contributions, on a ≥ 0: shares are at most"
        " (1 + γ) / γ, and relevance goes to 0 with the value. x1 - 2 x2 divides by 0.",
        holds=("deep-taylor", "output=relu,inputs=nonnegative", POSITIVE),
        fails=("bias-free", "biased", "ordinary"),
        source="Montavon et al. 2019",
    ),
    Statement(
        (*GAMMA_DROPPED, *GENERALIZED),
        "continuity",
        "As γ with the bias kept, for b ≤ 0.",
        holds=("deep-taylor",),
        fails=("bias-free", "biased", "ordinary"),
    ),
    Statement(
        (*GAMMAS, *GAMMA_DROPPED, *GENERALIZED),
        "implementation_invariance",
        "The max pair at (2, 1): (5/3, 1/3) and (11/6, 1/6) for γ = 1/4.",
        fails=WIDE,
    ),
    Statement(
        (*GAMMAS, *GAMMA_DROPPED, *GENERALIZED),
        "selectivity",
        "x1 + v relu(x2) - v relu(x2): γ v x2 is left over, above 2 x1 for a large v.",
        fails=WIDE,
    ),
    Statement((*GAMMA,), "null_player", "relu(x2) - relu(x2).", fails=("bias-free", "biased")),
    # zᴮ at the input, γ in the middle, ε on top.
    Statement(COMPOSITE, "conservation", "ε takes its share.", fails=WIDE),
    Statement(
        COMPOSITE,
        "continuity",
        "ε is continuous on top of linear outputs, γ on the units between, whose activations are at least 0, and zᴮ"
        " has positive contributions within its box. A max pool hands on to its winner.",
        holds=ALL,
        fails=("ordinary",),
    ),
    Statement(COMPOSITE, "implementation_invariance", "A cancelling pair takes a share of zᴮ.", fails=WIDE),
    Statement(COMPOSITE, "selectivity", "1 - relu(1 - x) at 2 gets 0.", fails=("biased", "ordinary")),
    Statement(
        (*ZERO, *DROPPED, *EPSILON, *GAMMA, *COMPOSITE),
        "shift_invariance",
        "x itself is another.",
        fails=("biased",),
        source="Kindermans et al. 2017",
    ),
)
