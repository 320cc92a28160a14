"""Families: grammar, order and membership."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from axiomcheck.networks import AxiomcheckError, Family, Linear, Network, ReLU, UnknownName
from axiomcheck.networks.family import DESCRIPTIONS, OPTIONS, PRESETS

ALL = [Family(*values) for values in product(*OPTIONS.values())]
families = st.sampled_from(ALL)


def test_there_are_twenty_four():
    """Three kinds of bias, two of outputs, of inputs, and of their number."""
    assert len(set(ALL)) == 24


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
    ],
)
def test_parse(text, family):
    """Presets, items in any order, with spaces, with or without mlp; what is not said is wide."""
    assert Family.parse(text) == family


@given(families)
def test_what_is_printed_is_parsed(family):
    """``str`` and ``parse`` are inverse."""
    assert Family.parse(str(family)) == family


def test_printed_names_are_presets_or_all_items_in_order():
    """A family is printed as its preset, or as all items in the order of the options."""
    assert [str(Family.parse(name)) for name in PRESETS] == list(PRESETS)
    assert str(Family.parse("outputs=1,bias=none")) == "mlp,bias=none,output=any,inputs=real,outputs=1"


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
        ("", "unknown family ''"),
    ],
)
def test_unknown_items_are_told(text, hint):
    """What is not in the grammar is told, with the nearest that is."""
    with pytest.raises(UnknownName) as told:
        Family.parse(text)
    assert hint in str(told.value)


def test_an_item_may_not_be_said_twice_with_two_values():
    """bias=none and bias=any at once make no family."""
    with pytest.raises(AxiomcheckError, match="says bias= twice"):
        Family.parse("bias=none,bias=any")


@given(families)
def test_inclusion_is_reflexive(family):
    """A family includes itself."""
    assert family <= Family.parse(str(family))


@given(families, families)
def test_inclusion_is_antisymmetric(one, other):
    """Two that include each other are the same."""
    assert not (one <= other <= one) or one == other


@given(families, families, families)
def test_inclusion_is_transitive(a, b, c):
    """What is in what is in a family is in it."""
    assert not (a <= b <= c) or a <= c


@given(families)
def test_biased_is_the_widest(family):
    """Every family is in the family of everything."""
    assert family <= PRESETS["biased"]


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
    ],
)
def test_inclusions_known_by_hand(narrow, wide, included):
    """The presets' inclusions, worked out by hand."""
    assert (Family.parse(narrow) <= Family.parse(wide)) is included


@given(families, families, st.randoms(use_true_random=False))
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
