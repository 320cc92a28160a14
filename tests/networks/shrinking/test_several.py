"""Shrinking takes several variables at once, where one alone does not fail."""

import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.shrink import shrink
from axiomcheck.networks import Case, Family, Network
from axiomcheck.networks.layers import Linear


def edge_left_out(model, inputs, target):
    """Score variables in windows of two; where that does not divide their number the last one gets 0."""
    points = inputs.detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(points).gather(1, target[:, None]).sum(), points)
    scores = (points * gradient).detach()
    scores[:, scores.shape[1] - scores.shape[1] % 2 if scores.shape[1] > 1 else 1 :] = 0
    return scores


def test_two_variables_go_where_one_cannot():
    """Of five variables with the last left out, three are left: with four or two nothing is wrong."""
    case = Case(
        Network((Linear(((1.0, 2.0, 1.0, 2.0, 3.0),), (0.0,)),)), (0.0,) * 5, inputs=((1.0, 2.0, 3.0, 1.0, 2.0),)
    )
    judge = Judge(edge_left_out, AXIOMS["conservation"])
    assert judge(case).kind == "violated"
    smallest = shrink(case, Family.parse("bias-free"), judge)
    assert smallest.network.formula() == "f(x1, x2, x3) = x3"
