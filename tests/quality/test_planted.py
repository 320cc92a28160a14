"""Planted defects are found, and shrunk to the same bone whatever the seed."""

from collections import Counter

import pytest

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.hunt import hunt
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import locate
from axiomcheck.networks import Family

from .planted import PLANTED


def _found(name, seed):
    planted = PLANTED[name]
    located, family = locate(planted.explainer), Family.parse(planted.family)
    question = Question(located, AXIOMS[planted.axiom], family, Budget(500, seed))
    _, finding = hunt(question)
    assert finding is not None, f"{name} was not found from seed {seed}"
    assert finding.kind == "violated"
    return finding.counterexample.case


def _size(networks):
    """Kinks, variables, outputs, layers and numbers other than 0, of all networks together: the first decide."""
    return tuple(sum(network.size[i] for network in networks) for i in range(5))


def _exceeds(case, minimum):
    return _size(case.networks) > _size(minimum)


def _cases(name, seeds):
    cases = [_found(name, seed) for seed in seeds]
    larger = [case for case in cases if _exceeds(case, PLANTED[name].minimum)]
    assert not larger, f"{name}: {larger[0]} is larger than what a hand can make"
    return Counter(cases)


@pytest.mark.parametrize("name", PLANTED)
def test_planted_defects_are_shrunk_to_the_bone(name):
    """The defect is found within 500 cases, and what is left is not above the minimum by hand."""
    assert not _exceeds(_found(name, 0), PLANTED[name].minimum)


@pytest.mark.long
@pytest.mark.parametrize("name", PLANTED)
def test_the_counterexample_is_a_normal_form(name):
    """Ten seeds: nine or more end at the identical case."""
    assert max(_cases(name, range(10)).values()) >= 9
