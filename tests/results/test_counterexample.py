"""Counterexamples: what they say, and the code that shows them."""

import contextlib
import io
import json
import pickle
import warnings

import pytest

from axiomcheck import find_counterexample
from axiomcheck.networks import (
    REWRITES,
    AvgPool,
    BatchNorm,
    Case,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Family,
    Flatten,
    Linear,
    MaxPool,
    Network,
    Path,
    ReLU,
    Residual,
    Softmax,
    Style,
)
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.reports.terminal import as_text

GRADIENT = "from axiomcheck.explainers.methods.gradient import gradient\n\nexplain = gradient"
TIMES_INPUT = "from axiomcheck.explainers.methods.grad_x_input import grad_x_input\n\nexplain = grad_x_input"
UNIFORM = "from axiomcheck.explainers.methods.uniform import uniform\n\nexplain = uniform"
FROM_BASELINE = """
def explain(model, inputs, target, *, baseline):
    return inputs - 2 * baseline
"""
LETTERS = """
import torch

def explain(model, inputs, target):
    return torch.full_like(inputs, float(len(repr(model)) + 1000 * len(list(model.modules()))))
"""
"""It counts modules, and the letters in which torch tells them: no properties of the function."""

CONV1 = Conv((((1.0, -1.0),), ((0.5, 2.0),)), (0.0, -1.0), (1,), (0,))
CONV2 = Conv(((((1.0, 2.0), (0.0, -1.0)),),), (1.0,), (1, 1), (1, 1))
SAME = Conv((((1.0,),),), (-1.0,), (1,), (0,))
SIGNAL = Network((CONV1, ReLU(), Flatten(), Linear(((1.0, 2.0, 1.0, 1.0),), (1.0,))), (1, 3))
PICTURE = Network(
    (CONV2, ReLU(), MaxPool((2, 2), (1, 1)), AvgPool((2, 2), (2, 2)), Flatten(), Linear(((1.0,), (2.0,)), (0.0, 1.0))),
    (1, 2, 2),
)
SUM = Network((Residual(((SAME, ReLU(), SAME), ())), ReLU(), Flatten(), Linear(((1.0, 1.0),), (3.0,))), (1, 2))
NORMAL = BatchNorm.of((1.0, 0.0), (2.0, 0.5), (1.0, 1.0), (0.0, 2.0))
JOINED = Network(
    (Concat(((Linear(((1.0, 1.0),), (0.0,)), ReLU()), (NORMAL,))), Dropout(), Linear(((1.0, 2.0, 1.0),), (1.0,))), (2,)
)
WIDER = Network(
    (ConvTranspose((((1.0, 2.0),),), (1.0,), (2,), (0,)), Flatten(), Linear(((1.0, 1.0, 1.0, 1.0),), (0.0,))), (1, 2)
)
LIKELY = Network((Linear(((1.0, 0.0), (0.0, 2.0)), (0.0, 0.0)), Softmax()))
TWICE = Linear(((1.0, -1.0), (0.0, 1.0)), (1.0, 0.0))
TWO = (TWICE, ReLU(), TWICE, ReLU(), Linear(((1.0, 1.0),), (1.0,)))
AGAIN = Network(TWO, (2,), Style("blocks", "functional", weights="shared"))
CLAMPED = Network(SUM.layers, SUM.shape, Style("forward", "clamp", "functional", "module", "functional"))
IN_PLACE = Network(PICTURE.layers, PICTURE.shape, Style(relu="inplace", pool="functional"))
MAXIMUM = Network((MaxPool((2,), (2,)), Flatten(), Linear(((3.0,),), (0.0,))), (1, 2))
CHANNEL = Network((Conv((((1.0,), (0.0,)),), (0.0,), (1,), (0,)), Flatten(), Linear(((1.0, 1.0),), (0.0,))), (2, 2))


def _at(network, *points, **rest):
    size = network.in_features
    inputs = points or ((0.75, 2.25, -1.5, 3.125)[:size],)
    return Case(network, (0.5,) * size, inputs=inputs, **rest)


def _way(network, start, stop):
    return Case(network, (0.0,) * network.in_features, path=Path((start, stop)))


def _restyled(network, style, *points):
    return LETTERS, "implementation_invariance", _at(network, *points, rewrites=(REWRITES[style](),))


BY_HAND = {
    "a convolution of a signal": (GRADIENT, "conservation", _at(SIGNAL)),
    "a convolution of an image, and pools": (GRADIENT, "conservation", _at(PICTURE, target=1)),
    "a residual sum": (TIMES_INPUT, "conservation", _at(SUM)),
    "a concatenation, dropout and normalisation": (TIMES_INPUT, "conservation", _at(JOINED)),
    "a transposed convolution": (TIMES_INPUT, "conservation", _at(WIDER)),
    "a softmax": (TIMES_INPUT, "conservation", _at(LIKELY, target=1)),
    "one layer used again": (TIMES_INPUT, "conservation", _at(AGAIN, (3.0, 1.0))),
    "a forward with functions": (GRADIENT, "conservation", _at(CLAMPED)),
    "layers that work in place": (GRADIENT, "conservation", _at(IN_PLACE)),
    "an image from a baseline": (FROM_BASELINE, "conservation", _at(PICTURE)),
    "a tie of a maximum": (TIMES_INPUT, "continuity", _way(MAXIMUM, (2.0, 1.0), (0.0, 1.0))),
    "a kink of an image": (GRADIENT, "continuity", _way(PICTURE, (-4.0, 0.75, 1.25, 0.5), (4.0, 0.75, 1.25, 0.5))),
    "F.relu for nn.ReLU": _restyled(SUM, "style-relu-functional"),
    "one module for two": _restyled(Network(TWO), "style-shared", (3.0, 1.0)),
    "a class for a Sequential": _restyled(PICTURE, "style-blocks"),
    "a channel that nothing reads": (UNIFORM, "selectivity", _at(CHANNEL, facts=(Irrelevant((2, 3)),))),
}


def _printed(code):
    with contextlib.redirect_stdout(io.StringIO()) as out, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what a library warns of is its own
        exec(code, {})  # as a user who pastes it
    return float(out.getvalue().split("gap:")[1])


@pytest.mark.parametrize(
    ("explainer", "axiom", "family"),
    [
        ("grad-x-input", "conservation", "biased"),
        ("lrp-epsilon:epsilon=0.5", "conservation", "biased"),
        ("captum:IntegratedGradients:n_steps=5", "conservation", "biased"),
        ("grad-x-input", "continuity", "bias-free"),
        ("captum:InputXGradient", "continuity", "deep-taylor"),
        ("lrp-z-plus", "implementation_invariance", "deep-taylor"),
        ("lrp-gamma", "implementation_invariance", "biased"),
        ("uniform", "selectivity", "bias-free"),
        ("lrp-z-plus", "selectivity", "deep-taylor"),
    ],
)
def test_its_code_runs_alone_and_shows_the_same_gap(explainer, axiom, family):
    """The script needs nothing but torch and the explainer, and prints the gap that was found."""
    found = find_counterexample(explainer, axiom, family=family)
    assert _printed(found.code()) == pytest.approx(found.gap, rel=1e-9)
    assert found.gap > found.tolerance


def test_a_twin_is_told_as_two_functions():
    """f and g, and the rewrite between them."""
    found = find_counterexample("lrp-epsilon", "implementation_invariance", family="bias-free")
    first, second = found.formula.splitlines()
    assert first.startswith("f(x1")
    assert second.startswith("g(x1")
    assert found.as_data()["rewrites"][0]["name"] in ("factorise", "rescale", "identity")


def test_a_users_function_is_imported_by_its_module():
    """The code of a callable that Python can import imports it; of any other it says what to fill in."""
    from axiomcheck.explainers.methods.gradient import gradient

    assert (
        "from axiomcheck.explainers.methods.gradient import gradient"
        in find_counterexample(gradient, "conservation").code()
    )
    local = find_counterexample(lambda model, inputs, target: inputs, "conservation")
    assert "explain = ..." in local.code()


@pytest.mark.parametrize("what", BY_HAND)
def test_code_of_all_kinds_shows_the_same_gap(what, told):
    """Whatever the layers, the shape and the style, the script builds them in a namespace of its own."""
    explainer, axiom, case = BY_HAND[what]
    found = told(explainer, axiom, case)
    assert found.gap > found.tolerance
    assert _printed(found.code()) == pytest.approx(found.gap, rel=1e-9)
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("what", BY_HAND)
def test_data_of_all_kinds_is_json(what, told):
    """A counterexample is read back from JSON as it was: shape, style and the kinds of all layers and rewrites."""
    explainer, axiom, case = BY_HAND[what]
    data = told(explainer, axiom, case).as_data()
    assert json.loads(json.dumps(data, allow_nan=False)) == data
    for network, one in zip(case.networks, data["networks"], strict=True):
        assert one["shape"] == list(network.shape)
        assert [layer["kind"] for layer in one["layers"]] == [layer.kind for layer in network.layers]
        assert Style(**one["style"]) == network.style
    assert [rewrite["name"] for rewrite in data["rewrites"]] == [rewrite.name for rewrite in case.rewrites]


def test_layers_inside_of_blocks_are_data(told):
    """Branches are lists of layers with their kinds and numbers; the one that passes its input on is empty."""
    data = told(*BY_HAND["a residual sum"]).as_data()
    block = data["networks"][0]["layers"][0]
    body, shortcut = block["branches"]
    assert block["kind"] == "residual"
    assert [layer["kind"] for layer in body] == ["conv1d", "relu", "conv1d"]
    assert (body[0]["weight"], body[0]["bias"]) == ([[[1.0]]], [-1.0])
    assert shortcut == []


def test_styles_are_data_where_they_are_not_plain(told):
    """Of a style, what is not plain is named."""
    assert told(*BY_HAND["a residual sum"]).as_data()["networks"][0]["style"] == {}
    shared = told(*BY_HAND["one layer used again"]).as_data()["networks"][0]["style"]
    assert shared == {"layout": "blocks", "relu": "functional", "weights": "shared"}
    one, other = told(*BY_HAND["F.relu for nn.ReLU"]).as_data()["networks"]
    assert (one["style"], other["style"]) == ({}, {"relu": "functional"})


def test_layers_shape_and_style_are_told_in_words(told):
    """Beside the formula stand the layers, blocks with their branches, the shape, the style and the rewrite."""
    words = as_text(told(*BY_HAND["a residual sum"]))
    assert "residual(conv1d → relu → conv1d | x)" in words
    assert "on inputs of 1×2" in words
    assert "layout=blocks, relu=functional, weights=shared" in as_text(told(*BY_HAND["one layer used again"]))
    assert "rewritten by style-relu-functional" in as_text(told(*BY_HAND["F.relu for nn.ReLU"]))


def test_perceptrons_need_no_words_for_their_layers():
    """Where the formula says all, nothing is told of layers or styles."""
    found = find_counterexample("gradient", "conservation", family="biased")
    assert not any("layers" in line or "written" in line for line in found.circumstances)


@pytest.mark.parametrize(
    ("explainer", "axiom"), [("grad-x-input", "conservation"), ("uniform", "selectivity"), ("gradient", "continuity")]
)
def test_what_a_search_among_all_networks_finds(explainer, axiom):
    """A counterexample of the family of all layers is one of it, and its script shows it."""
    found = find_counterexample(explainer, axiom, family="ordinary", examples=60)
    assert found.case.belongs_to(Family.parse("ordinary"))
    assert _printed(found.code()) == pytest.approx(found.gap, rel=1e-9)
