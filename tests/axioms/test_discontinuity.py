"""Discontinuities of explanations of any model."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.axioms.discontinuity import discontinuity
from axiomcheck.axioms.refinement import CALLS, POINTS
from axiomcheck.explainers.methods.grad_x_input import grad_x_input
from axiomcheck.explainers.methods.integrated_gradients import IntegratedGradients
from axiomcheck.networks import AxiomcheckError, Path

ACROSS = Path(((1.0, 0.0), (0.0, -1.0)))


@pytest.fixture
def model():
    """Return relu(x1 + x2), as a model of one's own."""
    return _filled(nn.Sequential(nn.Linear(2, 1), nn.ReLU()).double())


def _filled(model):
    nn.init.ones_(model[0].weight)
    nn.init.zeros_(model[0].bias)
    return model


@pytest.mark.parametrize("kinks", [(), (0.5,)])
def test_a_kink_is_found_known_or_not(model, kinks):
    """Gradient × input of relu(x1 + x2) goes from (0.5, -0.5) to 0 half-way."""
    place = discontinuity(grad_x_input, model, ACROSS, kinks=kinks)
    assert (place.kind, place.size) == ("jump", pytest.approx(0.5))
    assert place.t == pytest.approx(0.5, abs=2.0**-39)
    assert place.relevance == pytest.approx((0.5, -0.5))


def test_float32(model):
    """The model's parameters say in what arithmetic it computes."""
    place = discontinuity(grad_x_input, model.float(), ACROSS)
    assert place.kind == "jump"
    assert place.t == pytest.approx(0.5, abs=2.0**-18)


def test_smooth_models_have_none():
    """Gradient × input of a smooth function is continuous."""
    model = _filled(nn.Sequential(nn.Linear(2, 1), nn.Tanh()).double())
    assert discontinuity(grad_x_input, model, ACROSS).kind == "none"


def test_images_and_baselines(model):
    """Inputs have the shape that is said, and so has the baseline: from (-1, -1) exact IG is continuous."""
    flat = nn.Sequential(nn.Flatten(), model)
    found = discontinuity(grad_x_input, flat, ACROSS, shape=(1, 2))
    assert found.kind == "jump"
    exact = discontinuity(IntegratedGradients(), flat, ACROSS, shape=(1, 2), baseline=np.array([-1.0, -1.0]))
    assert exact.kind == "none"


def test_calls_are_bounded(model):
    """However odd the scores are."""
    asked = []

    def noise(model, inputs, target):
        asked.append(len(inputs))
        return torch.sin(1e7 * inputs)

    assert discontinuity(noise, model, ACROSS).kind == "undecided"
    assert len(asked) <= CALLS + 2
    assert max(asked[1:]) <= POINTS


def test_paths_that_floats_do_not_resolve_are_undecided(model):
    """A segment of length 1 at 1000 is."""
    assert discontinuity(grad_x_input, model, Path(((1000.0, 0.0), (1001.0, 0.0)))).kind == "undecided"


def test_other_arithmetics_are_refused_in_a_sentence():
    """A model in half precision is told so."""
    with pytest.raises(AxiomcheckError, match="Expected a model in float64 or float32 but got one in float16"):
        discontinuity(lambda model, inputs, target: inputs, nn.Linear(1, 1).half(), Path(((0.0,), (1.0,))))
