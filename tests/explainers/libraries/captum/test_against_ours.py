"""Ours against Captum's, on random networks for each method that both have: some, and 300 among the long tests."""

from random import Random

import numpy as np
import pytest
import torch

from axiomcheck.explainers import declaration, locate
from axiomcheck.explainers.graphs.graph import graph, read
from axiomcheck.explainers.graphs.linear_regions import along, regions
from axiomcheck.explainers.methods.lrp import Part, relevance, sharing
from axiomcheck.explainers.methods.lrp_gamma import LRPGamma
from axiomcheck.explainers.methods.lrp_z_plus import positive
from axiomcheck.networks.family import Family
from axiomcheck.strategies.cases import one_network
from axiomcheck.strategies.codec import block_size

SOME, COUNT = 60, 300
MODULES = "conv,avgpool,batchnorm,concat,residual,maxpool"
"""Layers as modules, in any graph: what asks gradients or outputs alone does not care."""
EXCITED = "bias=none,output=relu,inputs=nonnegative"
"""Where all activations are at least 0 and there are no biases, signs of weights are signs of contributions."""


def _stabilised(z):
    return z + 1e-9 * torch.where(z < 0, -1.0, 1.0).to(z)


def _with_their_stabiliser(rule):
    """Return LRP by a rule of ours with the 1e-9 that Captum adds to every denominator."""
    share = sharing(rule, _stabilised)
    return lambda model, inputs, target: relevance(*read(model, inputs), target, lambda _: share)


def _gamma_without_bias(a, layer):
    """Captum's γ favours no bias."""
    (part,) = LRPGamma()._favouring_positive(a, layer)
    return [Part(a, part.weight, layer.bias)]


PAIRS = {
    "InputXGradient": ("grad-x-input", "ordinary", 1e-9),
    "Saliency:abs=False": ("gradient", "ordinary", 1e-9),
    "Saliency": ("gradient-magnitude", "ordinary", 1e-9),
    "FeatureAblation": ("occlusion", MODULES, 1e-9),
    "DeepLift": ("deeplift", "biased", 1e-9),
    "GuidedBackprop": ("guided-backprop", "biased", 1e-9),
    "Deconvolution": ("deconvnet", "biased", 1e-9),
    "LRP": ("lrp-epsilon:epsilon=1e-9", "biased", 1e-9),
    "LRP:rule=EpsilonRule,epsilon=0.1": ("lrp-epsilon", "biased", 1e-9),
    "LRP:rule=GammaRule": (_with_their_stabiliser(_gamma_without_bias), "biased", 1e-9),
    "LRP:rule=Alpha1_Beta0_Rule": (_with_their_stabiliser(positive), EXCITED, 1e-9),
    # In float32, as the last page of docs/differences/captum.md tells.
    "Occlusion": ("occlusion", "biased", 1e-5),
    "ShapleyValues": ("shapley", "biased", 1e-5),
}
"""Ours, the family in which the two are meant to be one, and the share of the scale that they may differ by."""


def _drawn(family, count=COUNT):
    parsed, random = Family.parse(family), Random(f"against captum {family}")
    while count:
        case = one_network(random.randbytes(block_size(parsed)), parsed)
        count -= 1
        yield case


def _explained(explain, case):
    inputs = torch.tensor(case.inputs, dtype=torch.float64).reshape(-1, *case.network.shape)
    start = torch.tensor(case.baseline, dtype=torch.float64).reshape(1, *case.network.shape).expand_as(inputs)
    given = {"baseline": start} if declaration(explain).has_baseline else {}
    target = torch.full((len(inputs),), case.target)
    return explain(case.network.module(), inputs, target, **given).double().flatten(1)


@pytest.mark.parametrize("count", [SOME, pytest.param(COUNT, marks=pytest.mark.long)])
@pytest.mark.parametrize("name", PAIRS)
def test_they_are_one(name, count):
    """The same scores on all networks, up to a 1e-9 of the largest number on the way."""
    ours, family, allowed = PAIRS[name]
    one = locate(ours).explain if isinstance(ours, str) else ours
    other = locate(f"captum:{name}").explain
    alive = 0
    for case in _drawn(family, count):
        mine, theirs = (_explained(explain, case) for explain in (one, other))
        sizes = [max(1.0, case.magnitude(x), float(row.abs().max())) for x, row in zip(case.inputs, mine, strict=True)]
        alive += bool(mine.any())
        assert ((mine - theirs).abs().amax(1) <= allowed * torch.tensor(sizes).double()).all()
    assert alive > 0.5 * count


@pytest.mark.long
def test_many_steps_come_as_close_as_steps_can():
    """With n midpoints a piece's end costs half a step of the change in slope there, and no more."""
    steps, compared = 64, 0
    theirs = locate(f"captum:IntegratedGradients:n_steps={steps},method=riemann_middle").explain
    ours = locate("integrated-gradients").explain
    for case in _drawn("biased"):
        inputs = torch.tensor(case.inputs, dtype=torch.float64)
        start = torch.tensor(case.baseline, dtype=torch.float64).expand_as(inputs)
        middles, lengths = regions(graph(case.network.module()), start, inputs - start)
        points = along(start, inputs - start, middles).reshape(*middles.shape, -1)
        for row, x in enumerate(case.inputs):
            if not case.input_is_generic(x, from_baseline=True):
                continue
            real = [p for p, length in zip(points[row].tolist(), lengths[row].tolist(), strict=True) if length]
            slopes = np.array([case.network.gradients(p)[:, case.target] for p in real])
            varied = np.abs(np.diff(slopes, axis=0)).sum(axis=0)
            bound = np.abs((inputs - start)[row].numpy()) * varied / (2 * steps) + 1e-9 * (1 + case.magnitude(x))
            gap = (_explained(ours, case)[row] - _explained(theirs, case)[row]).abs().numpy()
            assert (gap <= bound).all()
            compared += 1
    assert compared > COUNT


def test_noise_is_noise():
    """SmoothGrad: the means of 400 samples of ours and of theirs differ by less than five standard errors."""
    ours = locate("smoothgrad:sigma=1.0,samples=400").explain
    theirs = locate("captum:NoiseTunnel:method=Saliency,abs=False,nt_samples=400,stdevs=1.0").explain
    single = locate("smoothgrad:sigma=1.0,samples=1").explain
    for case in _drawn("biased", 12):
        inputs = torch.tensor(case.inputs[:1], dtype=torch.float64)
        model, target = case.network.module(), torch.tensor([case.target])
        samples = torch.cat([type(single)(1.0, 1, seed)(model, inputs, target) for seed in range(100)])
        error = samples.std(0) * (2 / 400) ** 0.5
        gap = (ours(model, inputs, target) - theirs(model, inputs, target, seed=1)).abs()[0]
        assert (gap <= 5 * error + 1e-9).all()
