"""The Python that stands for an explainer of SHAP does what the explainer does, without us."""

import numpy as np
import pytest
import torch
from torch import nn

from axiomcheck.explainers.libraries.shap import code_of, shap_method

pytestmark = pytest.mark.filterwarnings("ignore")
ASKED = [
    ("Deep", {}),
    ("Gradient", {"nsamples": 30}),
    ("Kernel", {"nsamples": 40}),
    ("Sampling", {"nsamples": 60}),
    ("Permutation", {"npermutations": 3}),
]


@pytest.mark.parametrize(("name", "options"), ASKED)
def test_it_is_the_method(name, options):
    """On two inputs of two targets; nothing of axiomcheck is named."""
    torch.set_default_dtype(torch.float64)
    try:
        model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 2))
        method = shap_method(name, options)
        code = code_of(method)
        assert "axiomcheck" not in code
        namespace = {}
        exec(code, namespace)
        x, target = torch.randn(2, 3), torch.tensor([1, 0])
        given = {"baseline": torch.full_like(x, 0.25)}
        ours = method(model, x, target, **given)
        alone = namespace["explain"](model, x, target, **given)
        assert np.allclose(ours.detach(), alone.detach(), rtol=0, atol=1e-12)
    finally:
        torch.set_default_dtype(torch.float32)
