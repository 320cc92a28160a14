"""Context."""

import threading

import pytest
import torch

from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.explainers.methods.lrp_epsilon import LRPEpsilon
from axiomcheck.networks import Case

DEFECTS = {
    "on inputs that are not contiguous": lambda model, inputs: not inputs.is_contiguous(),
    "in a batch that is expanded from one item": lambda model, inputs: len(inputs) > 1 and inputs.stride(0) == 0,
    "in a batch of 64": lambda model, inputs: len(inputs) == 64,
    "on inputs that require a gradient": lambda model, inputs: inputs.requires_grad,
    "with frozen parameters": lambda model, inputs: not any(p.requires_grad for p in model.parameters()),
    "under no_grad": lambda *_: not torch.is_grad_enabled() and not torch.is_inference_mode_enabled(),
    "under inference_mode": lambda *_: torch.is_inference_mode_enabled(),
    "on the model in training mode": lambda model, _: model.training,
    "in another thread": lambda *_: threading.current_thread() is not threading.main_thread(),
}


@pytest.mark.parametrize("how", DEFECTS)
def test_who_minds_is_seen(judged, linear, how):
    """One wrong score in one way to call is a violation, which says in which."""

    def explain(model, inputs, target):
        scores = torch.ones_like(inputs).detach()
        return scores * (2 if DEFECTS[how](model, inputs) else 1)

    outcome = judged(explain, "context", Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0),)))
    assert (outcome.kind, outcome.gap) == ("violated", 1.0)
    assert outcome.reason.endswith(how)


def test_other_weights_are_other_scores(judged, linear):
    """Who keeps the gradient of a model that was there before is seen."""
    known = {}

    def explain(model, inputs, target):
        return inputs * known.setdefault(id(model), (model, float(next(model.parameters()).detach()[0, 0])))[1]

    outcome = judged(explain, "context", Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0),)))
    assert (outcome.kind, outcome.reason.endswith("whose weights were others in the call before")) == ("violated", True)


@pytest.mark.parametrize("explain", [grad_x_input, IntegratedGradients(), LRPEpsilon()])
def test_who_does_not_mind_holds(judged, linear, explain):
    """Methods that need gradients, and raise where there are none, among them."""
    case = Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0), (1.0, 2.0)))
    assert judged(explain, "context", case).kind == "holds"


def test_who_raises_where_gradients_are_on_is_in_error(judged, linear):
    """The sentence begins with how it was called."""

    def explain(model, inputs, target):
        return inputs.view(-1).view(inputs.shape)

    outcome = judged(explain, "context", Case(linear(2, -1), (0.0, 0.0), inputs=((3.0, 1.0), (1.0, 2.0))))
    assert outcome.kind == "error"
    assert outcome.reason.startswith("on inputs that are not contiguous: it raised RuntimeError")
