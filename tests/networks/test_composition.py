"""What a case is composed of."""

from axiomcheck.networks import Case, Conv, Flatten, Linear, Network, Residual, Style
from axiomcheck.networks.composition import composition, undrawn
from axiomcheck.networks.rewrites import REWRITES


def test_kinds_options_styles_and_rewrites_are_named():
    """Those inside blocks too; what is usual is not named."""
    conv = Conv.of([[[1.0, 0.0, 1.0]]], padding=1)
    layers = (Residual(((conv,), ())), Flatten(), Linear(((1.0, 1.0),), (0.0,)))
    network = Network(layers, (1, 2), Style(layout="forward"))
    case = Case(network, (0.0, 0.0), ((1.0, 2.0),), rewrites=(REWRITES["permute"](1, 0, 0),))
    assert composition(case) == {
        "residual",
        "conv1d",
        "conv1d: padded",
        "flatten",
        "linear",
        "style: layout=forward",
        "rewrite: permute",
    }


def test_what_was_not_drawn():
    """One dimension of a kind is enough; what no item of the family stands for is not missed."""
    evidence = {"linear": 1, "relu": 1, "flatten": 1, "dropout": 1, "conv2d": 1}
    assert undrawn(evidence, ["mlp", "conv", "concat"]) == ["Concat"]
