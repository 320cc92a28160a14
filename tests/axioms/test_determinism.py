"""Determinism."""

import random

import numpy as np
import pytest
import torch

from axiomcheck.axioms import AXIOMS
from axiomcheck.engine.cell import run
from axiomcheck.engine.question import Budget, Question
from axiomcheck.explainers import explainer, locate
from axiomcheck.explainers.methods.expected_gradients import ExpectedGradients
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.gradient import gradient
from axiomcheck.explainers.methods.shapley_sampling import ShapleySampling
from axiomcheck.explainers.methods.smoothgrad import SmoothGrad
from axiomcheck.networks import Case, Family


def _noisy(draw):
    def explain(model, inputs, target):
        return grad_x_input(model, inputs, target) * (1 + draw())

    return explain


GENERATORS = {
    "torch": lambda: float(torch.rand(())),
    "numpy": np.random.rand,
    "Python": random.random,
    "the system": lambda: random.SystemRandom().random(),
    "numpy, unseeded": lambda: np.random.default_rng().random(),
}


def seeded(model, inputs, target, *, seed):
    """Draw from the seed that it is given."""
    noise = torch.rand(inputs.shape, generator=torch.Generator().manual_seed(seed), dtype=inputs.dtype)
    return grad_x_input(model, inputs, target) * (1 + noise)


def counting():
    """Return an explainer whose scores grow from call to call."""
    calls = []

    def explain(model, inputs, target):
        calls.append(1)
        return grad_x_input(model, inputs, target) * len(calls)

    return explain


def buffered():
    """Return an explainer that writes all its results into one buffer."""
    buffer = torch.zeros(1, 2, dtype=torch.float64)

    def explain(model, inputs, target):
        return buffer.copy_(grad_x_input(model, inputs, target))

    return explain


def accumulating(model, inputs, target):
    """Read the gradient of the first weights, which it never clears, so that it grows with every call on a model."""
    model(inputs.clone()).gather(1, target[:, None]).sum().backward()
    return next(model.parameters()).grad[:1].expand_as(inputs).clone()


@pytest.fixture
def case(linear):
    """Return the case of 2·x1 - x2 at (3, 1)."""
    return Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0),))


@pytest.mark.parametrize("explain", [gradient, seeded, ShapleySampling(), SmoothGrad(), ExpectedGradients()])
def test_formulas_and_seeds_hold(judged, case, explain):
    """Who draws from a seed alone gets the same seed again."""
    assert judged(explain, "determinism", case).kind == "holds"


@pytest.mark.parametrize("generator", GENERATORS)
def test_whoever_draws_without_a_seed_is_seen(judged, case, generator):
    """No global generator is in the same state in both calls."""
    outcome = judged(_noisy(GENERATORS[generator]), "determinism", case)
    assert outcome.kind == "violated"
    assert outcome.reason.endswith("in the next")


def test_what_repeats_itself_is_judged_alike_again(judged, case):
    """The same states of the generators are used whenever a case is judged, so that a finding can be confirmed."""
    for generator in ("torch", "numpy", "Python"):
        explain = _noisy(GENERATORS[generator])
        assert judged(explain, "determinism", case).gap == judged(explain, "determinism", case).gap


def test_a_stated_error_is_allowed(judged, case):
    """Who samples and says that it is within 5 % is held to that."""
    assert judged(explainer(tolerance=0.05)(_noisy(lambda: 0.04 * torch.rand(()))), "determinism", case).kind == "holds"
    assert judged(explainer(tolerance=0.05)(_noisy(lambda: torch.rand(()))), "determinism", case).kind == "violated"


def test_memory_of_earlier_calls(judged, case):
    """(6, -1) in the first call and (12, -2) in the second."""
    outcome = judged(counting(), "determinism", case)
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)
    assert outcome.reason == "at x = (3, 1) the scores are (6, -1) in one call, and (12, -2) in the next"


def test_what_stays_with_the_model_counts(judged, case):
    """Both calls are on one model: a gradient that is not cleared, (3, 1), doubles."""
    assert judged(accumulating, "determinism", case).gap == 3.0


def test_a_result_that_the_next_call_overwrites(judged, case):
    """The first result is looked at again: a buffer that all calls share holds (8, -2) after one at (4, 2)."""
    outcome = judged(buffered(), "determinism", case)
    assert (outcome.kind, outcome.gap) == ("violated", 2.0)


def test_an_overwritten_result_is_told_as_such(judged, case):
    """Where the calls agree when they are made, the first result alone has changed."""
    held = []

    def explain(model, inputs, target):
        for result in held:
            result.zero_()
        held.append(grad_x_input(model, inputs, target))
        return held[-1]

    outcome = judged(explain, "determinism", case)
    assert (outcome.kind, outcome.gap) == ("violated", 6.0)
    assert outcome.reason.endswith("(6, -1) in one call, and (0, 0) in the same result after a call on another input")


def test_what_is_no_relevance_is_an_error(judged, case):
    """Scores that cannot be compared are an error here as everywhere."""
    assert judged(lambda model, inputs, target: None, "determinism", case).kind == "error"


def test_a_dead_network_shows_nothing(judged, linear):
    """Noise on scores of 0 is 0."""
    dead = Case(linear(1, relu=True), (0.0,), inputs=((-1.0,),))
    assert judged(_noisy(GENERATORS["torch"]), "determinism", dead).kind == "vacuous"


@pytest.mark.parametrize("generator", ["torch", "numpy", "Python"])
def test_a_cell_shrinks(generator):
    """One variable and one input are enough, and the finding is confirmed although the explainer is random."""
    explain = _noisy(GENERATORS[generator])
    cell = run(Question(locate(explain), AXIOMS["determinism"], Family.parse("bias-free"), Budget(60)))
    assert cell.verdict == "violated"
    assert cell.counterexample.case.network.in_features == len(cell.counterexample.case.inputs) == 1
    assert len(cell.counterexample.case.network.linears) == 1
