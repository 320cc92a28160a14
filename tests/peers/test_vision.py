"""Models of torchvision: what is judged on small ones is judged on theirs."""

import numpy as np
import pytest
import torch

from axiomcheck.engine.judge import Judge
from axiomcheck.models.admitted import draw
from axiomcheck.models.exchange import Exchange
from axiomcheck.models.source import ModelSource

pytestmark = pytest.mark.peers


@pytest.fixture(scope="module")
def resnet():
    """An untrained ResNet-18 of images of 32 × 32, whose batch norms have seen some."""
    from torchvision.models import resnet18

    torch.manual_seed(0)
    torch.set_num_threads(1)
    model, images = resnet18(num_classes=10), np.random.default_rng(0).uniform(-1, 1, (12, 3, 32, 32))
    with torch.no_grad():
        for _ in range(5):
            model(torch.tensor(images, dtype=torch.float32))
    return ModelSource(model.eval(), images).load().draws


EXCHANGES = [
    Exchange("fold-batch-norm", "layer1.0.conv1>layer1.0.bn1"),
    Exchange("batch-norm-as-conv", "layer2.0.bn1"),
    Exchange("identity", "layer3.1.conv2"),
    Exchange("cancelling-pair", "fc", 9),
    Exchange("style-relu-clamp", "layer1.0.relu"),
    Exchange("style-pool-functional", "maxpool"),
]


@pytest.mark.parametrize("exchange", EXCHANGES, ids=str)
def test_exchanges_keep_the_outputs(exchange, resnet):
    """To 1e-9, on all images."""
    inputs = resnet.data.inputs
    assert np.abs(resnet.twins.of([exchange]).outputs(inputs) - resnet.twins.model.outputs(inputs)).max() < 1e-9


@pytest.mark.parametrize(
    ("explainer", "axiom", "expected"),
    [
        ("captum:InputXGradient", "implementation_invariance", {"holds"}),
        ("captum:GuidedBackprop", "implementation_invariance", {"holds", "violated"}),
        ("captum:InputXGradient", "continuity", {"violated", "holds"}),
        ("captum:InputXGradient", "batch_consistency", {"holds"}),
        ("captum:InputXGradient", "same_function", {"holds"}),
    ],
)
def test_cases_are_judged(explainer, axiom, expected, resnet):
    """A few cases of each are judged, none rejected, vacuous or undecided."""
    from axiomcheck.axioms import AXIOMS
    from axiomcheck.explainers import locate

    judge, random = Judge(locate(explainer).explain, AXIOMS[axiom]), np.random.default_rng(0)
    kinds = {judge(draw(resnet, axiom, random.bytes(96))).kind for _ in range(4)}
    assert kinds <= expected
