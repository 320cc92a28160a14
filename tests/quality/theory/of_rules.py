"""LRP by the signs of contributions, and rules of their own at the input: αβ, z⁺, w², flat, zᴮ, deep Taylor."""

from .statement import ALL, LOGITS, MODULES, MONTAVON, POSITIVE, RELU_AT_END, WIDE, Statement

ALPHA_BETA = ("lrp-alpha-beta", "lrp-alpha-beta:bias='dropped'")
Z_PLUS = ("lrp-z-plus", "lrp-alpha-beta:alpha=1,beta=0", "deep-taylor:root='rescaled-excitations',bias='kept'")
"""One rule, by three names."""
SPENT = ("deep-taylor", "lrp-z-plus:bias='dropped'")
"""z⁺ without the bias, which is spent at a root: the same rule where b ≤ 0."""
BELOW = ("lrp-w-square", "lrp-flat", "lrp-z-box")
"""Rules of the layers that read the input, under z⁺."""
SQUARES = ("lrp-w-square:everywhere=True", "deep-taylor:root='nearest'")
FLAT = ("lrp-flat:everywhere=True",)

RULES = (
    # z > 0 needs a positive contribution if b ≤ 0, so nothing is lost (Montavon et al. 2017).
    Statement(
        (*Z_PLUS, *SPENT),
        "conservation",
        "Relevance arrives where z > 0, which with b ≤ 0 needs a positive contribution: nothing is lost. -x1 has none.",
        holds=("deep-taylor", MONTAVON, f"bias=nonpositive,{POSITIVE}"),
        fails=("bias-free", "biased", "ordinary"),
        source="Montavon et al. 2017",
    ),
    Statement(
        BELOW,
        "conservation",
        "Under z⁺ relevance arrives at units with z > b ≥ 0, whose weights are not all 0: shares sum to 1. -relu(x1)"
        " has no positive contribution.",
        holds=("deep-taylor", MONTAVON),
        fails=("bias-free", "biased", "ordinary"),
    ),
    Statement(
        Z_PLUS,
        "continuity",
        "The denominator is at least z, which is above 0 where relevance arrives, and that goes to 0 with z: with any"
        " biases, and inputs of any sign. relu(x1 - x2) - relu(x3); a tie of a max pool.",
        holds=("deep-taylor", RELU_AT_END, POSITIVE),
        fails=("bias-free", "biased", "ordinary", "maxpool,bias=none,output=relu,inputs=nonnegative"),
    ),
    Statement(
        SPENT,
        "continuity",
        "As z⁺ with the bias kept, for b ≤ 0. relu(relu(x - 1) + 1): all goes to x right of 1, nothing left of it.",
        holds=("deep-taylor", MONTAVON),
        fails=("bias-free", "biased", "ordinary", RELU_AT_END),
    ),
    Statement(
        BELOW,
        "continuity",
        "z⁺ is, and the shares at the input have constant denominators, or positive ones (zᴮ within its box)."
        " relu(x1 - x2) - relu(x3) in a hidden layer.",
        holds=("deep-taylor", RELU_AT_END),
        fails=("bias-free", "biased", "ordinary"),
    ),
    Statement(
        (*Z_PLUS, *SPENT, "lrp-w-square", "lrp-z-box"),
        "implementation_invariance",
        "A cancelling pair takes relevance; the max pair at (2, 1): (1, 1) and (1.5, 0.5).",
        fails=WIDE,
    ),
    Statement(
        ("lrp-flat",),
        "implementation_invariance",
        "Where z⁺ loses nothing, all units of the first layer share equally what they get: it is f/d. A cancelling pair"
        " in front of a linear output, relu(x) - 2 relu(x) or -relu(x), loses another share.",
        holds=("deep-taylor", MONTAVON),
        fails=("bias-free", "biased", "ordinary"),
    ),
    Statement(
        (*Z_PLUS, *SPENT, *BELOW, *FLAT),
        "selectivity",
        "x1 + v relu(x2) - v relu(x2): x2 gets the share v x2 / (x1 + v x2); flat tells nothing apart.",
        fails=WIDE,
    ),
    Statement(
        (*Z_PLUS, *SPENT, *BELOW, *SQUARES, *FLAT),
        "positivity",
        "All shares are at least 0.",
        holds=(*ALL, LOGITS),
        source="Montavon et al. 2017",
    ),
    Statement((*Z_PLUS, *SPENT, *BELOW), "null_player", "relu(x2) - relu(x2).", fails=("bias-free", "biased")),
    Statement((*Z_PLUS, *SPENT), "sensitivity", "-x1 at 1 gets 0.", fails=("bias-free", "biased")),
    Statement(
        (*Z_PLUS, *SPENT, *BELOW),
        "homogeneity",
        "Shares of the last layer do not change with its unit.",
        holds=("biased",),
    ),
    Statement((*Z_PLUS,), "linearity", "x1 - x1 gets 0 + 0, and f and -f by themselves x1 and 0.", fails=("biased",)),
    Statement((*Z_PLUS, *SPENT, "lrp-z-box"), "shift_invariance", "x itself is another.", fails=("biased",)),
    Statement(
        ("lrp-w-square", "lrp-flat", *SQUARES, *FLAT),
        "shift_invariance",
        "The values of the input have no part in it.",
        holds=("biased",),
    ),
    # α - β = 1.
    Statement(
        ALPHA_BETA,
        "conservation",
        "relu(x1) has no negative contribution: 2 x1.",
        fails=(*WIDE, "bias=none,inputs=nonnegative"),
    ),
    Statement(
        ALPHA_BETA,
        "continuity",
        "relu(x1 - x2) where x2 turns positive: x2 gets -f at once.",
        fails=(*WIDE, "bias=none,inputs=nonnegative"),
    ),
    Statement(ALPHA_BETA, "implementation_invariance", "The max pair.", fails=WIDE),
    Statement(ALPHA_BETA, "selectivity", "x1 + v relu(x2) - v relu(x2).", fails=WIDE),
    Statement(ALPHA_BETA[:1], "null_player", "relu(x2) - relu(x2).", fails=("bias-free", "biased")),
    Statement(ALPHA_BETA[:1], "sensitivity", "1 - relu(1 - x) at 2 gets 0.", fails=("biased",)),
    # Shares by weights alone.
    Statement(
        FLAT,
        "conservation",
        "Each dense layer shares 1/n: it is f/d.",
        holds=ALL,
        source="Lapuschkin et al. 2019",
    ),
    Statement(FLAT, "implementation_invariance", "It is f/d.", holds=ALL),
    Statement(
        (*SQUARES, *FLAT),
        "continuity",
        "R = f(x) times constants, but for the winners of a max pool.",
        holds=(*ALL, MODULES),
        fails=("maxpool", "ordinary"),
    ),
    Statement(SQUARES, "conservation", "A unit without weights takes a share and hands it to nobody.", fails=WIDE),
    Statement(SQUARES, "implementation_invariance", "The squares of shares are no shares.", fails=WIDE),
    Statement(SQUARES, "selectivity", "x1 + v relu(x2) - v relu(x2): both halves of the pair count.", fails=WIDE),
    Statement(FLAT, "null_player", "f(x1, x2) = x1 gets 1/2 and 1/2.", fails=WIDE),
)
