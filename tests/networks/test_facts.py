"""Facts: what is known of a function, verified exactly, and carried along while a case shrinks."""

import numpy as np
import pytest

from axiomcheck.networks import Case, Family, Linear, Network, Path, ReLU
from axiomcheck.networks.derivations import OthersScaled, Scaled
from axiomcheck.networks.facts import Irrelevant, Monotone, OnKinks, Symmetric
from axiomcheck.networks.serialization import FACTS, fact_of, named_data

THREE = Network((Linear(((1.0, 0.0, 1.0),), (0.0,)), ReLU()))
"""relu(x1 + x3)."""
EQUAL = ((1.0, 5.0, 1.0),)
UP = Path(((0.0, 0.0, 0.0), (2.0, 0.0, 0.0)))
EVERY = (Irrelevant((1,)), Symmetric(0, 2), Monotone(0), OnKinks(), Scaled(3.0), OthersScaled(2.0))


@pytest.mark.parametrize(
    ("fact", "true"),
    [
        (Irrelevant((1,)), True),
        (Irrelevant((0, 1)), False),
        (Symmetric(0, 2), True),
        (Symmetric(0, 1), False),
        (Symmetric(0, 0), False),
        (Monotone(0), True),
        (Monotone(1), False),
        (Monotone(2), False),
        (OnKinks(), True),
    ],
)
def test_facts_are_verified(fact, true):
    """By weights, by equal expressions, by signs; of a path that goes along another variable it is not true."""
    assert fact.is_true(THREE, 0, EQUAL, UP) == true


def test_symmetric_variables_are_equal_at_every_point():
    """At others it says nothing."""
    assert not Symmetric(0, 2).is_true(THREE, 0, (*EQUAL, (1.0, 0.0, 2.0)), None)


@pytest.mark.parametrize(
    ("fact", "left"),
    [
        (Irrelevant((1,)), Irrelevant((0,))),
        (Irrelevant((0,)), None),
        (Symmetric(1, 2), Symmetric(0, 1)),
        (Symmetric(0, 2), None),
        (Monotone(2), Monotone(1)),
        (Monotone(0), None),
        (OnKinks(), OnKinks()),
    ],
)
def test_facts_follow_their_variables(fact, left):
    """When x1 goes, x2 becomes x1; what is about x1 is gone."""
    assert fact.within((1, 2), (0,)) == left


def test_a_case_finds_its_facts():
    """By their kind; a derivation is one."""
    case = Case(THREE, (0.0,) * 3, EQUAL, facts=(Symmetric(0, 2), Scaled(3.0)))
    assert case.fact(Symmetric) == Symmetric(0, 2)
    assert case.fact(Monotone) is None
    assert (case.variables(Symmetric), case.variables(Irrelevant)) == ((0, 2), ())
    assert case.derivation == Scaled(3.0)
    assert len(case.networks) == 2


def test_a_family_admits_facts():
    """Inputs on kinks are those of a family that has kinks."""
    case = Case(THREE, (0.0,) * 3, EQUAL, facts=(OnKinks(),))
    assert not case.belongs_to(Family.parse("biased"))
    assert case.belongs_to(Family.parse("mlp,kinks"))


def test_points_at_which_the_function_is_the_same():
    """Irrelevant variables take other values, symmetric ones change places."""
    points = np.array([[1.0, 2.0, 3.0]])
    moved = Irrelevant((1,)).same(points, np.random.default_rng(0))
    assert moved[0, 1] != 2.0
    assert moved[0, [0, 2]].tolist() == [1.0, 3.0]
    assert Symmetric(0, 2).same(points, np.random.default_rng(0)).tolist() == [[3.0, 2.0, 1.0]]


def test_numbers_that_are_equal():
    """Symmetric variables in each point, and what both ends of a path along one variable share."""
    assert list(Symmetric(0, 2).ties(3, 2)) == [(0, 2), (3, 5)]
    assert list(Monotone(0).ties(3, 3)) == [(1, 4), (2, 5)]


@pytest.mark.parametrize("fact", EVERY)
def test_facts_are_data(fact):
    """They are read again as what they were."""
    assert fact_of(named_data(fact)) == fact
    assert FACTS[fact.name] is type(fact)
