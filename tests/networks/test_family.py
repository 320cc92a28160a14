"""Families: grammar, order and membership."""

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomcheck.networks import (
    AdaptiveAvgPool,
    AvgPool,
    AxiomcheckError,
    BatchNorm,
    Concat,
    Conv,
    ConvTranspose,
    Dropout,
    Family,
    Flatten,
    Hardtanh,
    LeakyReLU,
    Linear,
    MaxPool,
    Network,
    PReLU,
    ReLU,
    ReLU6,
    Residual,
    Softmax,
    Style,
    UnknownName,
)
from axiomcheck.networks.family import CURVED, DESCRIPTIONS, ITEMS, OPTIONS, ORDINARY, PRESETS

PERCEPTRONS = [Family(*values) for values in product(*OPTIONS.values())]


@st.composite
def families(draw):
    """Any options with any items that go together."""
    options = {name: draw(st.sampled_from(values)) for name, values in OPTIONS.items()}
    items = draw(st.frozensets(st.sampled_from(list(ITEMS))))
    if options["bias"] != "any" or options["output"] == "relu":
        items -= CURVED
    return Family(**options, items=items)


def test_there_are_twenty_four_of_perceptrons():
    """Three kinds of bias, two of outputs, of inputs, and of their number."""
    assert len(set(PERCEPTRONS)) == 24


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("mlp", Family("any", "any", "real", "many")),
        ("biased", Family("any", "any", "real", "many")),
        ("bias-free", Family("none", "any", "real", "many")),
        ("deep-taylor", Family("nonpositive", "relu", "nonnegative", "many")),
        ("outputs=1", Family("any", "any", "real", "1")),
        ("mlp,inputs=nonnegative,bias=none", Family("none", "any", "nonnegative", "many")),
        ("output=relu, mlp, outputs=1", Family("any", "relu", "real", "1")),
        ("bias=none,bias=none", Family("none", "any", "real", "many")),
        ("conv", Family(items=frozenset({"mlp", "conv"}))),
        ("maxpool, conv,mlp,conv", Family(items=frozenset({"mlp", "conv", "maxpool"}))),
        ("residual,bias=none,styles", Family("none", items=frozenset({"mlp", "residual", "styles"}))),
        ("ordinary", Family(items=ORDINARY)),
    ],
)
def test_parse(text, family):
    """Presets, items in any order, with spaces, with or without mlp; what is not said is wide."""
    assert Family.parse(text) == family


@given(families())
def test_what_is_printed_is_parsed(family):
    """``str`` and ``parse`` are inverse."""
    assert Family.parse(str(family)) == family


def test_printed_names_are_presets_or_all_items_in_order():
    """A family is printed as its preset, or as all items in the order of the options."""
    assert [str(Family.parse(name)) for name in PRESETS] == list(PRESETS)
    assert str(Family.parse("outputs=1,bias=none")) == "mlp,bias=none,output=any,inputs=real,outputs=1"


def test_items_are_printed_in_their_order():
    """Items stand before options, each once, in the order of their list."""
    assert str(Family.parse("kinks,outputs=1,conv")) == "mlp,conv,kinks,bias=any,output=any,inputs=real,outputs=1"


def test_every_family_has_perceptrons():
    """Linear and ReLU are in all, whatever the items."""
    assert Family(items=frozenset()).items == {"mlp"}
    assert Family(items=frozenset({"conv"})).items == {"mlp", "conv"}


def test_items_that_do_not_exist_are_told():
    """An item given by hand is checked as one that is parsed."""
    with pytest.raises(UnknownName, match="did you mean 'concat'"):
        Family(items=frozenset({"concatt"}))


@pytest.mark.parametrize("text", ["softmax,bias=none", "bias=nonpositive,softmax", "softmax,output=relu"])
def test_a_softmax_is_not_homogeneous(text):
    """Where biases are restricted, or all ends in ReLUs, a softmax is refused in one sentence."""
    with pytest.raises(AxiomcheckError) as told:
        Family.parse(text)
    assert str(told.value) == "a softmax is no ReLU and not homogeneous: it needs bias=any and output=any"


@given(st.permutations(["bias=none", "output=relu", "inputs=real", "outputs=1", "mlp"]))
def test_order_of_items_does_not_matter(items):
    """However the items are ordered, it is the same family."""
    assert Family.parse(",".join(items)) == Family("none", "relu", "real", "1")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("bias-fre", "did you mean 'bias-free'?"),
        ("deeptaylor", "did you mean 'deep-taylor'?"),
        ("bia=none", "did you mean 'bias="),
        ("bias=non", "did you mean 'none'?"),
        ("bias=nonpositiv", "did you mean 'nonpositive'?"),
        ("inputs=positive", "known are nonnegative, real"),
        ("outputs=2", "known are 1, many"),
        ("mlp,depth", "known are bias-free"),
        ("maxpol", "did you mean 'maxpool'?"),
        ("conv,convtransposed", "did you mean 'convtranspose'?"),
        ("residuals", "did you mean 'residual'?"),
        ("style", "did you mean 'styles'?"),
        ("bias=none,leeky", "did you mean 'leaky'?"),
        ("conv=2", "unknown family 'conv=2'"),
        ("", "unknown family ''"),
    ],
)
def test_unknown_items_are_told(text, hint):
    """What is not in the grammar is told, with the nearest that is."""
    with pytest.raises(UnknownName) as told:
        Family.parse(text)
    assert hint in str(told.value)


def test_presets_are_not_mixed():
    """A preset is a whole family; what it is made of can be said by items."""
    with pytest.raises(AxiomcheckError, match="'ordinary' stands alone"):
        Family.parse("ordinary,conv")


def test_an_item_may_not_be_said_twice_with_two_values():
    """bias=none and bias=any at once make no family."""
    with pytest.raises(AxiomcheckError, match="says bias= twice"):
        Family.parse("bias=none,bias=any")


@given(families())
def test_inclusion_is_reflexive(family):
    """A family includes itself."""
    assert family <= Family.parse(str(family))


@given(families(), families())
def test_inclusion_is_antisymmetric(one, other):
    """Two that include each other are the same."""
    assert not (one <= other <= one) or one == other


@given(families(), families(), families())
def test_inclusion_is_transitive(a, b, c):
    """What is in what is in a family is in it."""
    assert not (a <= b <= c) or a <= c


@given(families())
def test_the_widest_family(family):
    """Every family is in the one of all items; and in that of perceptrons if it has no other items."""
    assert family <= Family(items=frozenset(ITEMS))
    assert (family <= PRESETS["biased"]) is (family.items == {"mlp"})


@pytest.mark.parametrize(
    ("narrow", "wide", "included"),
    [
        ("bias-free", "biased", True),
        ("deep-taylor", "biased", True),
        ("biased", "bias-free", False),
        ("deep-taylor", "bias-free", False),
        ("bias-free", "deep-taylor", False),
        ("bias=none,output=relu,inputs=nonnegative", "deep-taylor", True),
        ("outputs=1", "mlp", True),
        ("biased", "ordinary", True),
        ("ordinary", "biased", False),
        ("conv", "conv,maxpool", True),
        ("conv,maxpool", "conv,avgpool", False),
        ("conv,bias=none", "conv", True),
        ("conv", "conv,bias=none", False),
        ("kinks", "ordinary", False),
        ("baselinekinks", "kinks", False),
        ("baselinekinks", "baselinekinks,kinks", True),
    ],
)
def test_inclusions_known_by_hand(narrow, wide, included):
    """The presets' inclusions, worked out by hand."""
    assert (Family.parse(narrow) <= Family.parse(wide)) is included


@given(families(), families(), st.randoms(use_true_random=False))
def test_wider_families_have_all_members_of_narrower_ones(one, other, random):
    """Inclusion means what it says of networks and of points."""
    bias = random.choice((0.0, -1.0, 1.0))
    rows = random.randint(1, 2)
    layers = (Linear(((1.0,),) * rows, (bias,) * rows), *((ReLU(),) if random.randint(0, 1) else ()))
    point = (random.choice((-1.0, 1.0)),)
    if one <= other and Network(layers) in one:
        assert Network(layers) in other
    if one <= other and one.admits_point(point):
        assert other.admits_point(point)


LINEAR = Linear(((1.0,),), (0.0,))


@pytest.mark.parametrize(
    ("family", "layers", "member"),
    [
        ("bias=none", (LINEAR,), True),
        ("bias=none", (Linear(((1.0,),), (-1.0,)),), False),
        ("bias=nonpositive", (Linear(((1.0,),), (-1.0,)),), True),
        ("bias=nonpositive", (Linear(((1.0,),), (0.5,)),), False),
        ("bias=any", (Linear(((1.0,),), (0.5,)),), True),
        ("output=relu", (LINEAR,), False),
        ("output=relu", (LINEAR, ReLU()), True),
        ("output=relu", (LINEAR, LINEAR, ReLU()), False),
        ("output=any", (LINEAR, ReLU()), True),
        ("outputs=1", (Linear(((1.0,), (2.0,)), (0.0, 0.0)),), False),
        ("outputs=many", (Linear(((1.0,), (2.0,)), (0.0, 0.0)),), True),
        ("outputs=many", (LINEAR,), True),
    ],
)
def test_membership(family, layers, member):
    """A bias, a missing ReLU (of a hidden layer too) and a second output keep a network out."""
    assert (Network(layers) in Family.parse(family)) is member


def test_points_of_a_family():
    """Where inputs are at least 0, one negative coordinate is too much."""
    assert Family.parse("deep-taylor").admits_point((0.0, 1.0))
    assert not Family.parse("deep-taylor").admits_point((1.0, -0.5))
    assert Family.parse("biased").admits_point((-1.0,))


def test_presets_are_described():
    """Every preset has its words."""
    assert DESCRIPTIONS.keys() == PRESETS.keys()


EVERYTHING = Family(items=frozenset(ITEMS))
LAYERS = [
    (Conv.of([[[1.0]]]), "conv"),
    (ConvTranspose.of([[[1.0]]]), "convtranspose"),
    (MaxPool((1,), (1,)), "maxpool"),
    (AvgPool((1,), (1,)), "avgpool"),
    (AdaptiveAvgPool((1,)), "avgpool"),
    (BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,)), "batchnorm"),
    (Residual(((), ())), "residual"),
    (Concat(((), ())), "concat"),
    (LeakyReLU(), "leaky"),
    (PReLU(), "leaky"),
    (ReLU6(), "leaky"),
    (Hardtanh(), "leaky"),
    (ReLU(), "mlp"),
    (Flatten(), "mlp"),
    (Dropout(), "mlp"),
]


@pytest.mark.parametrize(("layer", "item"), LAYERS, ids=lambda value: getattr(value, "kind", ""))
def test_each_layer_needs_its_item(layer, item):
    """A network with the layer is in a family that has its item, and in none that lacks it; also inside a block."""
    network = Network((layer, Flatten()), (1, 1))
    nested = Network((Concat(((layer, Flatten()), (Flatten(),))),), (1, 1))
    for other in ITEMS:
        assert (network in Family(items=frozenset({other}))) is (item in {other, "mlp"})
        assert (nested in Family(items=frozenset({other, "concat"}))) is (item in {other, "mlp", "concat"})
    assert network in EVERYTHING
    assert item == "mlp" or network not in Family(items=frozenset(ITEMS) - {item})


def test_a_softmax_needs_its_item():
    """Probabilities are in families with softmax alone."""
    network = Network((Softmax(),), (2,))
    assert network in Family.parse("softmax")
    assert network not in Family.parse("mlp")
    assert network in PRESETS["ordinary"]


@pytest.mark.parametrize(
    ("layer", "bias_free", "nonpositive"),
    [
        (Conv.of([[[1.0]]], [0.0]), True, True),
        (Conv.of([[[1.0]]], [-1.0]), False, True),
        (ConvTranspose.of([[[1.0]]], [1.0]), False, False),
        (BatchNorm.of((0.0,), (2.0,), (3.0,), (0.0,)), True, True),
        (BatchNorm.of((1.0,), (1.0,), (1.0,), (0.0,)), False, True),
        (BatchNorm.of((-1.0,), (1.0,), (1.0,), (0.0,)), False, False),
        (BatchNorm.of((1.0,), (1.0,), (2.0,), (2.0,)), True, True),
        (LeakyReLU(), True, True),
        (PReLU(), True, True),
        (ReLU6(), False, True),
        (Hardtanh(), False, True),
        (MaxPool((1,), (1,)), True, True),
        (Residual(((Conv.of([[[1.0]]], [1.0]),), ())), False, False),
        (Concat(((), (ReLU6(),))), False, True),
    ],
)
def test_biases_of_all_layers(layer, bias_free, nonpositive):
    """Biases, shifts of normalisations, and thresholds other than 0 are no part of bias-free networks."""
    network, items = Network((layer, Flatten()), (1, 1)), frozenset(ITEMS) - CURVED
    assert network in EVERYTHING
    assert (network in Family(bias="none", items=items)) is bias_free
    assert (network in Family(bias="nonpositive", items=items)) is nonpositive


def test_bias_free_networks_are_homogeneous(random_networks, random_point):
    """Twice the input gives twice the output: what bias=none admits of random networks."""
    family, random, met = Family(bias="none", items=frozenset(ITEMS) - CURVED), Random(80), 0
    for network in random_networks(300, 80):
        if network in family:
            x, met = random_point(random, network), met + 1
            assert network.exact([2 * value for value in x]) == tuple(2 * value for value in network.exact(x))
    assert met > 20


NORM = BatchNorm.of((0.0,), (1.0,), (1.0,), (0.0,))


@pytest.mark.parametrize(
    ("layers", "member"),
    [
        ((LINEAR, NORM, ReLU()), True),
        ((LINEAR, NORM), False),
        ((LINEAR, Dropout(), ReLU()), False),
        ((Residual(((LINEAR, ReLU()), ())), LINEAR, ReLU()), True),
        ((Residual(((LINEAR,), ())), ReLU()), False),
        ((Concat(((), (LINEAR, NORM, ReLU()))),), True),
        ((LINEAR, LeakyReLU()), False),
        ((ReLU(),), True),
    ],
)
def test_a_relu_behind_every_layer_with_weights(layers, member):
    """With output=relu a ReLU follows each of them at once, a normalisation between or not, in branches too."""
    assert (Network(layers, (1,)) in Family(output="relu", items=frozenset(ITEMS) - CURVED)) is member


@pytest.mark.parametrize(
    ("items", "style", "member"),
    [
        ("mlp", Style(), True),
        ("mlp", Style(relu="reused"), False),
        ("mlp", Style(weights="shared"), False),
        ("shared", Style(), True),
        ("shared", Style(weights="shared"), True),
        ("shared", Style(layout="forward", weights="shared"), False),
        ("styles", Style(layout="blocks", relu="inplace"), True),
        ("styles", Style(weights="shared"), False),
        ("styles,shared", Style(layout="forward", weights="shared"), True),
        ("ordinary", Style(layout="forward", pool="functional", weights="shared"), True),
    ],
)
def test_styles_and_sharing_are_items(items, style, member):
    """Any style needs ``styles``, layers used again need ``shared``."""
    assert (Network((LINEAR,), style=style) in Family.parse(items)) is member


def test_ordinary_is_what_library_users_write():
    """It has every layer that is not smooth, every style, any bias, nothing put on kinks."""
    ordinary = PRESETS["ordinary"]
    named = "mlp conv convtranspose maxpool avgpool batchnorm residual concat shared styles softmax leaky"
    assert ordinary.items == set(named.split())
    assert (ordinary.bias, ordinary.output, ordinary.inputs, ordinary.outputs) == ("any", "any", "real", "many")
    assert all(ordinary.admits(layer) for layer, _ in LAYERS)


@given(families(), families(), st.integers(0, 199))
def test_wider_families_have_all_members_of_random_networks(some_networks, one, other, number):
    """Inclusion means what it says of networks of all layers."""
    network = some_networks[number]
    assert not (one <= other and network in one) or network in other


@pytest.fixture(scope="module")
def some_networks(random_networks):
    """Return 200 small networks of all layers."""
    return random_networks(200, 81, softmax=True)
