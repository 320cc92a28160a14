"""What f changes by on the way from a baseline, and what a declared tolerance is a share of."""

import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.axioms.variation import variation
from axiomcheck.engine.judge import Judge
from axiomcheck.explainers import explainer
from axiomcheck.networks import Case, Network
from axiomcheck.networks.layers import Linear, ReLU, Softmax

VALLEY = Network(
    (Linear(((1.0,), (-1.0,)), (0.0, 0.0)), ReLU(), Linear(((-1.0, -1.0),), (1.0,)), ReLU(), Linear(((1.0,),), (0.0,)))
)
"""f = relu(1 - |x|): 0 at -2 and at 2, 1 between."""


def test_it_counts_up_and_down():
    """From -2 to 2 the hill is climbed and left: 2; from 0 to 2 it is left: 1."""
    assert variation(VALLEY, (-2.0,), (2.0,), 0) == 2.0
    assert variation(VALLEY, (0.0,), (2.0,), 0) == 1.0
    assert variation(VALLEY, (2.0,), (3.0,), 0) == 0.0


def test_smooth_functions_are_measured_between_their_ends():
    """A softmax of (x, 0) rises from 0.5 towards 1, so its variation is its change."""
    soft = Network((Linear(((1.0,), (0.0,)), (0.0, 0.0)), Softmax()))
    rise = float(soft.value((3.0,))[0] - soft.value((0.0,))[0])
    assert variation(soft, (0.0,), (3.0,), 0) == pytest.approx(rise)


def _quadrature(tolerance, steps, factor=1.0):
    @explainer(tolerance=tolerance)
    def midpoints(model, inputs, target, baseline):
        alphas = ((torch.arange(steps, dtype=inputs.dtype) + 0.5) / steps).reshape(-1, *[1] * inputs.dim())
        points = (baseline + alphas * (inputs - baseline)).detach().requires_grad_()
        out = model(points.flatten(0, 1)).gather(1, target.repeat(steps)[:, None]).sum()
        return factor * torch.autograd.grad(out, points)[0].mean(0) * (inputs - baseline)

    return midpoints


HILL = Case(VALLEY, (-2.0,), inputs=((3.5,),))


def test_a_right_quadrature_holds_within_what_it_declares():
    """f is 0 at both ends and changes by 2: kinks of 1, 2 and 1 cost at most 4 half steps of 5.5 / 51: 0.216."""
    assert Judge(_quadrature(0.108, 51), AXIOMS["conservation"])(HILL).kind == "holds"
    assert Judge(_quadrature(0.0, 51), AXIOMS["conservation"])(HILL).kind == "violated"


def test_more_than_is_declared_is_a_violation():
    """A factor of two is no error of a quadrature: from -2 to 0 it is off by all of the change."""
    case = Case(VALLEY, (-2.0,), inputs=((0.25,),))
    assert Judge(_quadrature(0.05, 51), AXIOMS["conservation"])(case).kind == "holds"
    assert Judge(_quadrature(0.05, 51, factor=2.0), AXIOMS["conservation"])(case).kind == "violated"
