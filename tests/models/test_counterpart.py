"""The smallest random network of the same cause, beside a model's counterexample."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.engine.counterpart import counterpart
from axiomcheck.engine.hunt import Hunt
from axiomcheck.engine.question import Budget
from axiomcheck.engine.resolve import question
from axiomcheck.models.source import ModelSource
from axiomcheck.networks import Case, MaxPool
from axiomcheck.results.cause import Cause


@pytest.fixture(scope="module")
def source():
    """Return a small convolutional model with overlapping windows, and a few images."""
    torch.manual_seed(0)
    layers = (nn.Conv2d(1, 3, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2, 1), nn.Flatten(), nn.Linear(27, 2))
    return ModelSource(nn.Sequential(*layers).eval(), np.random.default_rng(0).normal(size=(20, 1, 4, 4)))


def _asked(source, explainer, axiom):
    return question(explainer, axiom, None, Budget(40), model=source)


def test_a_jump_at_a_relu_is_shown_by_one(source):
    """Gradient times input jumps at the model's ReLU, and at that of a network of two variables or fewer."""
    asked = _asked(source, "grad-x-input", "continuity")
    found = counterpart(asked, [Cause("Jump jump", "at a kink of ReLU 1", (), (), "gross")])
    assert found.cause.where == "at a kink of relu"
    assert found.case.network.in_features <= 2
    assert any(layer.rectifies for layer in found.case.network.leaves)


@pytest.mark.long
def test_captums_loss_at_max_pools_is_shown_by_the_smallest(source):
    """What DeepLift loses at overlapping windows of the model it loses at a max pool of one variable."""
    asked = _asked(source, "captum:DeepLift", "conservation")
    hunted = Hunt(asked)
    list(hunted)
    found = counterpart(asked, hunted.gravest_first)
    assert any(isinstance(layer, MaxPool) for layer in found.case.network.leaves)
    assert found.case.network.in_features == 1


def test_a_rewrite_of_channels_is_one_of_units(source):
    """Guided backprop tells a cancelling pair of channels, and one of units, by a twin of that rewrite alone."""
    asked = _asked(source, "guided-backprop", "implementation_invariance")
    found = counterpart(asked, [Cause("TwinDifference", "with cancelling-channels", (), (), "gross")])
    assert isinstance(found.case, Case)
    assert {rewrite.name for rewrite in found.case.rewrites} == {"cancelling-pair"}


NOWHERE = ("", "in the quadrature", "at a kink of Block 1", "with guard, identity", "at nowhere")


@pytest.mark.parametrize("where", NOWHERE)
def test_what_is_no_kind_of_layer_has_none(where, source):
    """Nor has what was found on random networks."""
    asked = _asked(source, "grad-x-input", "continuity")
    assert counterpart(asked, [Cause("Jump jump", where, (), (), "gross")]) is None
    random = replace(asked, family=question("gradient", "continuity", "biased", Budget(1)).family)
    assert counterpart(random, [Cause("Jump jump", "at a kink of ReLU 1", (), (), "gross")]) is None
