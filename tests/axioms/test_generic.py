"""Generic position: off every kink, and for who measures from a baseline almost all of the way too."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from axiomcheck.axioms import Rejected
from axiomcheck.axioms.axiom import generic
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import Case, Linear, Network, ReLU

HALF_FLAT = (Linear(((1.0, 0.0), (0.0, 1.0), (1.0, 1.0)), (0.0, 0.0, -1.0)), ReLU())
RELU_OF_Z = Network((*HALF_FLAT, Linear(((1.0, -1.0, 1.0),), (0.0,)), ReLU()))
"""relu(z) for z = relu(x1) - relu(x2) + relu(x1 + x2 - 1), which is 0 from (0, 0) to (0.5, 0.5)."""
Z_AND_MORE = Network(
    (
        *HALF_FLAT,
        Linear(((1.0, 0.0, 1.0), (0.0, 1.0, 0.0), (-1.0, 1.0, -1.0)), (0.0, 0.0, 0.0)),
        ReLU(),
        Linear(((1.0, -1.0, 1.0),), (0.0,)),
    )
)
"""z + relu(-z), which is the same function, since its first two units pass what they get."""
BOTH = pytest.mark.parametrize("network", [RELU_OF_Z, Z_AND_MORE], ids=["relu(z)", "z + relu(-z)"])


class _Explain:
    has_baseline = False


class _FromBaseline:
    has_baseline = True


def test_both_are_one_function():
    """They agree exactly on a grid of eighths."""
    points = [(i / 8, j / 8) for i in range(-12, 13) for j in range(-12, 13)]
    assert all(RELU_OF_Z.exact(x) == Z_AND_MORE.exact(x) for x in points)


@BOTH
def test_half_a_way_along_a_kink_counts_for_who_goes_it(network):
    """(1, 1) is on no kink, which is enough for gradients; from 0 to it, z is 0 on half of the segment."""
    case = Case(network, (0.0, 0.0), inputs=((1.0, 1.0),))
    assert generic(case, _Explain()).inputs == ((1.0, 1.0),)
    with pytest.raises(Rejected):
        generic(case, _FromBaseline())
    assert generic(replace(case, baseline=(0.0, -1.0)), _FromBaseline()).inputs == ((1.0, 1.0),)


def test_on_such_a_way_integrated_gradients_tell_equal_functions_apart():
    """They are (1, 0) of relu(z), whose gradient is 0 where z is; (1.5, -0.5) of the other, whose gradient is ∇z."""
    x, target = torch.tensor([[1.0, 1.0]], dtype=torch.float64), torch.zeros(1, dtype=torch.int64)
    scores = [IntegratedGradients()(n.module(), x, target, baseline=0 * x)[0] for n in (RELU_OF_Z, Z_AND_MORE)]
    assert scores[0].tolist() == pytest.approx([1.0, 0.0])
    assert scores[1].tolist() == pytest.approx([1.5, -0.5])


def test_a_unit_that_is_dead_all_around_makes_no_kink():
    """relu(relu(x1)) at -1: the outer unit is 0 on an open set, so its gradient is no convention; at 0 it is."""
    twice = Network((Linear(((1.0,),), (0.0,)), ReLU(), Linear(((1.0,),), (0.0,)), ReLU()))
    case = Case(twice, (0.0,), inputs=((-1.0,), (0.0,)))
    for explain in (_Explain(), _FromBaseline()):
        assert generic(case, explain).inputs == ((-1.0,),)


@BOTH
def test_a_kink_is_met_exactly(network):
    """A hair beside the kink of x2 is generic, the kink itself is not: there is no tolerance."""
    hair = float(np.ldexp(1.0, -20))
    case = Case(network, (0.0, 0.0), inputs=((0.25, 0.0), (0.25, hair)))
    assert generic(case, _Explain()).inputs == ((0.25, hair),)
