"""What cases need, and the families around others."""

from random import Random

import pytest

from axiomcheck.axioms import conservation, continuity, implementation_invariance, selectivity
from axiomcheck.networks import AxiomcheckError, Case, Conv, Family, Flatten, Linear, MaxPool, Network, ReLU
from axiomcheck.networks.facts import Irrelevant
from axiomcheck.networks.family import ITEMS, OPTIONS
from axiomcheck.networks.ingredients import (
    NARROWEST,
    join,
    lacks,
    largest_without,
    meet,
    needed_by,
    one_narrower,
    one_wider,
    widest,
    without_ingredients,
)
from axiomcheck.strategies.codec import block_size


def _family(random):
    while True:
        items = frozenset(item for item in ITEMS if random.random() < 0.6)
        try:
            return Family(**{name: random.choice(values) for name, values in OPTIONS.items()}, items=items)
        except AxiomcheckError:
            continue


def _families(within):
    """Return all families within one."""
    found, new = {within}, [within]
    while new:
        new = [narrower for family in new for narrower in one_narrower(family) if narrower not in found]
        found.update(new)
    return found


@pytest.mark.parametrize("axiom", [conservation, continuity, implementation_invariance, selectivity])
def test_what_a_case_needs_decides_where_it_belongs(axiom):
    """A drawn case belongs to its family, and to those families that are as wide as what it needs."""
    random = Random(5)
    for _ in range(12):
        family = _family(random)
        case = axiom.draws(random.randbytes(block_size(family)), family)
        need = needed_by(case)
        assert need <= family
        for other in (family, *(_family(random) for _ in range(6))):
            assert case.belongs_to(other) == (need <= other)


def test_the_needs_of_small_cases():
    """By hand: relu(x) needs nothing, x - 1 a negative bias and a linear output, a max pool itself."""
    relu = Case(Network((Linear(((1.0,),), (0.0,)), ReLU())), (0.0,), ((1.0,),))
    assert needed_by(relu) == NARROWEST
    affine = Case(Network((Linear(((1.0,),), (-1.0,)),)), (0.0,), ((1.0,),))
    assert needed_by(affine) == Family.parse("mlp,bias=nonpositive,output=any,inputs=nonnegative,outputs=1")
    pool = Case(Network((MaxPool((2,), (2,)), Flatten()), (1, 2)), (0.0, 0.0), ((-1.0, 0.0),))
    assert needed_by(pool) == Family.parse("mlp,maxpool,bias=none,output=relu,inputs=real,outputs=1")
    conv = Case(Network((Conv.of([[[1.0]]]), Flatten()), (1, 1)), (0.0,), ((1.0,),))
    assert needed_by(conv).items == {"mlp", "conv"}


def test_a_case_whose_claim_is_wrong_belongs_nowhere():
    """What says of a variable that matters that it does not needs a family that there is not."""
    case = Case(Network((Linear(((1.0,),), (0.0,)),)), (0.0,), ((1.0,),), facts=(Irrelevant((0,)),))
    assert needed_by(case) is None


def test_neighbours_are_neighbours():
    """Between a family and one that is narrower or wider by one step there is no other."""
    within = Family(items=frozenset({"conv", "softmax", "styles"}))
    families = _families(within)
    for family in families:
        below = {other for other in families if other <= family and other != family}
        nearest = {one for one in below if not any(one <= other and one != other for other in below)}
        assert nearest <= set(one_narrower(family)) <= below
        above = {other for other in families if family <= other and other != family}
        nearest = {one for one in above if not any(other <= one and one != other for other in above)}
        assert set(one_wider(family, within)) == nearest


def test_the_largest_without_are_the_largest():
    """None of them has what is needed, and every family that has not is within one of them."""
    within = Family(items=frozenset({"conv", "softmax"}))
    families, random = sorted(_families(within), key=str), Random(3)
    for _ in range(40):
        family = random.choice(families)
        need = random.choice([other for other in families if other <= family])
        largest = list(largest_without(need, family))
        assert all(one <= family and not need <= one for one in largest)
        others = [other for other in families if other <= family and not need <= other]
        assert all(any(other <= one for one in largest) for other in others)


def test_join_and_meet_are_bounds():
    """The join is the least of all that are wider, the meet the largest of all that are narrower."""
    within = Family(items=frozenset({"conv", "softmax"}))
    families, random = sorted(_families(within), key=str), Random(3)
    for _ in range(20):
        pair = random.sample(families, 2)
        upper, lower = join(pair), meet(pair)
        assert all(lower <= one <= upper for one in pair)
        assert all(upper <= other for other in families if all(one <= other for one in pair))
        assert all(other <= lower for other in families if all(other <= one for one in pair))


def test_all_are_between_the_narrowest_and_the_widest():
    """Each drawn family is."""
    random = Random(1)
    assert all(NARROWEST <= _family(random) <= widest() for _ in range(50))


def test_what_a_hunt_leaves_out():
    """Of a convolution with a bias either can be left out, and nothing that it does not have."""
    case = Case(Network((Conv.of([[[1.0]]], bias=(1.0,)), Flatten()), (1, 1)), (0.0,), ((1.0,),))
    family = Family.parse("conv,maxpool,softmax")
    assert [lacks(narrower, family) for narrower in without_ingredients(case, family)] == ["biases", "conv"]
