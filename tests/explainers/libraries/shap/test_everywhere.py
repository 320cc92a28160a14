"""SHAP's explainers on ten networks of each preset family: scores, a sentence, or a bug that is known."""

from random import Random

import pytest
import torch

from axiomcheck.explainers import Unsupported
from axiomcheck.explainers.libraries.shap import shap_method
from axiomcheck.networks.family import PRESETS
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

pytest.importorskip("shap", exc_type=ImportError)

OPTIONS = {
    "DeepExplainer": {},
    "GradientExplainer": {"nsamples": 10},
    "KernelExplainer": {},
    "PermutationExplainer": {},
    "SamplingExplainer": {"nsamples": 100},
}
KNOWN = ("has changed the size of value", "must match the size of tensor")
"""What DeepExplainer raises where an nn.ReLU is used again: it remembers the last input alone."""


@pytest.fixture(autouse=True)
def _double():
    """Compute in float64, which GradientExplainer does if that is the default."""
    torch.set_default_dtype(torch.float64)


def _called(method, case):
    """Return why there are no scores, or nothing."""
    inputs = torch.tensor(case.inputs[:2]).reshape(-1, *case.network.shape)
    start = torch.tensor(case.baseline).reshape(1, *case.network.shape).expand_as(inputs)
    try:
        found = method(case.network.module(), inputs, torch.full((len(inputs),), case.target), baseline=start)
    except (Unsupported, RuntimeError) as error:
        return str(error)
    assert found.shape == inputs.shape
    assert found.isfinite().all()
    return ""


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("name", OPTIONS)
def test_scores_or_a_sentence(name, preset):
    """All is explained, but that DeepExplainer refuses some networks that are no ReLU perceptrons, and has one bug."""
    family, random, method = PRESETS[preset], Random(f"shap {preset}"), shap_method(name, OPTIONS[name])
    for _ in range(10):
        case = one_network(random.randbytes(block_size(family)), family)
        reason = _called(method, case)
        if name != "DeepExplainer" or preset in {"bias-free", "deep-taylor", "biased"}:
            assert not reason
        elif reason and not reason.startswith("shap:DeepExplainer refuses: "):
            assert case.network.style.relu == "reused", reason
            assert any(said in reason for said in KNOWN), reason
