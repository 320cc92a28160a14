"""The Python that stands for a method of Zennit does what the method does, without us."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration
from axiomcheck.explainers.libraries.zennit import code_of, zennit_method
from axiomcheck.explainers.libraries.zennit.names import attributors, hooking

pytestmark = [pytest.mark.peers, pytest.mark.filterwarnings("ignore")]
NEEDED = {"Epsilon": {"epsilon": 0.01}, "AlphaBeta": {"alpha": 2.0, "beta": 1.0}}
NAMES = ["Gradient", "SmoothGrad", "IntegratedGradients", "EpsilonPlus", "EpsilonGammaBox", "GuidedBackprop", "Epsilon"]
NAMES += ["Gamma", "AlphaBeta", "ZPlus", "ZBox", "WSquare", "Flat", "Pass", "ReLUGuidedBackprop", "Norm"]


def test_all_kinds_are_among_them():
    """Attributors, composites and rules."""
    assert {*NAMES} <= {kind.__name__ for kind in hooking().values()} | set(attributors())


@pytest.mark.parametrize("name", NAMES)
def test_it_is_the_method(name):
    """On two inputs of two targets, with a canonizer; nothing of axiomcheck is named."""
    torch.manual_seed(3)
    layers = (nn.Conv1d(1, 2, 2), nn.BatchNorm1d(2), nn.ReLU(), nn.Flatten(), nn.Linear(6, 2))
    model = nn.Sequential(*layers).double().eval()
    options = NEEDED.get(name, {}) | {"canonizers": ("SequentialMergeBatchNorm",)}
    method = zennit_method(name, options)
    code = code_of(method)
    assert "axiomcheck" not in code
    namespace = {}
    exec(code, namespace)
    x, target = torch.randn(2, 1, 4, dtype=torch.float64), torch.tensor([1, 0])
    declared = declaration(method)
    given = {"baseline": torch.full_like(x, 0.25)} if declared.has_baseline else {}
    seed = {"seed": 0} if declared.samples else {}
    ours = method(model, x, target, **given, **seed)
    alone = namespace["explain"](model, x, target, **given)
    assert np.array_equal(ours.detach(), alone.detach())
