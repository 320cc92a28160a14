"""The Python that stands for a method of Captum does what the method does, without us."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.explainers import declaration
from axiomcheck.explainers.libraries.captum import captum_method, code_of
from axiomcheck.explainers.libraries.captum.methods import input_methods

pytestmark = pytest.mark.filterwarnings("ignore")
ASKED = [(name, {}) for name in sorted(input_methods())] + [
    ("LRP", {"rule": "GammaRule", "gamma": 0.5}),
    ("LRP", {"rule": "Alpha1_Beta0_Rule"}),
    ("LRP", {"epsilon": 0.1}),
    ("IntegratedGradients", {"n_steps": 20, "method": "riemann_middle"}),
    ("InputXGradient", {}),
    ("NoiseTunnel", {"method": "IntegratedGradients", "nt_samples": 3, "stdevs": 0.2}),
    ("GuidedGradCam", {"layer": "0"}),
    ("Saliency", {"abs": False}),
]


def _model(name):
    torch.manual_seed(3)
    if name == "GuidedGradCam":
        return nn.Sequential(nn.Conv1d(1, 2, 2), nn.ReLU(), nn.Flatten(), nn.Linear(6, 2)).double()
    return nn.Sequential(nn.Linear(4, 5), nn.ReLU(), nn.Linear(5, 2)).double()


@pytest.mark.parametrize(("name", "options"), ASKED)
def test_it_is_the_method(name, options):
    """On two inputs of two targets, with a baseline where there is one; nothing of axiomcheck is named."""
    method = captum_method(name, options)
    code = code_of(method)
    assert "axiomcheck" not in code
    namespace = {}
    exec(code, namespace)
    x = torch.randn(2, 1, 4, dtype=torch.float64) if name == "GuidedGradCam" else torch.randn(2, 4, dtype=torch.float64)
    given = {"baseline": torch.full_like(x, 0.25)} if declaration(method).has_baseline else {}
    target = torch.tensor([1, 0])
    ours = method(_model(name), x, target, **given)
    alone = namespace["explain"](_model(name), x, target, **given)
    assert np.array_equal(ours.detach(), alone.detach())
