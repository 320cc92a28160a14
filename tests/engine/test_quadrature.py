"""Errors of a quadrature are told from defects by what more points do to them."""

from time import sleep

import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.causes.where import where
from axiomcheck.engine.judge import Judge
from axiomcheck.engine.runtime.deadline import Deadline
from axiomcheck.explainers import explainer
from axiomcheck.networks import Case, Network
from axiomcheck.networks.layers import Linear, ReLU

RAMP = Network((Linear(((2.0,),), (1.0,)), ReLU()))
"""relu(2·x1 + 1) changes from 1 to 0 on the first eighth of the way from 0 to -4."""
CASE = Case(RAMP, (0.0,), inputs=((-4.0,),))


def _midpoints(model, inputs, baseline, steps, *, factor=1.0):
    alphas = ((torch.arange(steps, dtype=inputs.dtype) + 0.5) / steps)[:, None, None]
    points = (baseline + alphas * (inputs - baseline)).detach().requires_grad_()
    (gradient,) = torch.autograd.grad(model(points.flatten(0, 1)).sum(), points)
    return factor * gradient.mean(0) * (inputs - baseline)


@explainer(tolerance=0.03)
def declared(model, inputs, target, *, baseline, steps=100):
    """A right sum over midpoints that declares 3 %."""
    return _midpoints(model, inputs, baseline, steps)


def undeclared(model, inputs, target, *, baseline, steps=100):
    """The same, without a word."""
    return _midpoints(model, inputs, baseline, steps)


@explainer(tolerance=0.03)
def too_small(model, inputs, target, *, baseline, steps=100):
    """Nine tenths of it, whatever the number of points."""
    return _midpoints(model, inputs, baseline, steps, factor=0.9)


@explainer(tolerance=0.03)
def mixed(model, inputs, target, *, baseline, steps=100):
    """Hand each input the scores of the one before it."""
    return _midpoints(model, inputs, baseline, steps).roll(1, 0)


def _judge(explain, **options):
    return Judge(explain, AXIOMS["conservation"], **options)


def test_a_declared_quadrature_is_not_convicted_of_its_kinks():
    """At -0.5 is a midpoint: by half a cell of slope 8 the sum is 0.04 too small in size, and 0.03 are allowed."""
    outcome = _judge(declared)(CASE)
    assert (outcome.kind, outcome.is_open) == ("rejected", True)
    assert outcome.reason == "the gap is that of a quadrature: with more steps it shrinks"


def test_a_grid_that_is_coarser_than_all_kinks_is_no_defect():
    """relu(2·x1 + 1) from 0 to -400 changes on an 800th of the way, before the first of 100 points."""
    assert _judge(declared)(CASE.at(((-400.0,),))).kind == "rejected"


def test_what_is_asked_for_is_not_excused():
    """Whoever asks whether it holds within 1 % is told that it does not."""
    assert _judge(declared, within=0.01)(CASE).kind == "violated"


def test_an_undeclared_one_is_told_what_to_do():
    """The place of the failure is the quadrature, by the name of its option."""
    outcome = _judge(undeclared)(CASE)
    assert (outcome.kind, round(outcome.gap, 9)) == ("violated", 0.04)
    place, _ = where(_judge(undeclared), CASE, outcome)
    assert place == "in the quadrature: the gap shrinks with more steps; declare a tolerance"


def test_a_defect_is_convicted_however_many_points():
    """A tenth is missing, which no points bring back."""
    outcome = _judge(too_small)(CASE)
    assert outcome.kind == "violated"
    assert where(_judge(too_small), CASE, outcome)[0] == "everywhere"


def test_what_is_wrong_in_batches_alone_is_convicted():
    """One by one the inputs are right, with any number of points; together they are not."""
    assert _judge(mixed)(CASE).kind == "rejected"
    assert _judge(mixed)(CASE.at(((-4.0,), (3.0,)))).kind == "violated"


@explainer(tolerance=0.03)
def wrong_above_zero(model, inputs, target, *, baseline, steps=100):
    """A right sum below 0, and a twentieth too little of it above."""
    scores = _midpoints(model, inputs, baseline, steps)
    return torch.where(inputs > 0, 0.95 * scores, scores)


def test_a_quadrature_excuses_no_other_input():
    """At -400 the sum misses 1, since all of f lies between two points; at 3 it is 0.3 short of 6, by a defect."""
    assert _judge(wrong_above_zero)(CASE.at(((-400.0,),))).kind == "rejected"
    outcome = _judge(wrong_above_zero)(CASE.at(((-400.0,), (3.0,))))
    assert (outcome.kind, outcome.observed.point, round(outcome.gap, 9)) == ("violated", (3.0,), 0.3)


def test_who_is_late_with_more_points_is_late():
    """Where the time is up before it can be told, the case is one that timed out, and none against the explainer."""

    def slow(model, inputs, target, *, baseline, steps=100):
        if steps > 100:
            sleep(30)
        return _midpoints(model, inputs, baseline, steps)

    judge = _judge(explainer(tolerance=0.03)(slow), deadline=Deadline.after(2))
    assert judge(CASE).kind == "timed out"
