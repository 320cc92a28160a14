"""Calls of libraries, as their users make them, that have no name in axiomcheck: what some findings were found with."""

import warnings

import numpy as np
import torch

from axiomcheck.explainers import explainer

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import shap
    from captum.attr import LRP
    from captum.attr._utils.lrp_rules import GammaRule


def _of(outputs, target):
    return outputs.gather(1, target[:, None])[:, 0]


@explainer(conserves=None)
def zennit_occlusion(model, inputs, target):
    """Zennit's occlusion by windows of two variables, stride 2: f of each window alone."""
    from zennit.attribution import Occlusion

    scores = []
    for one, of in zip(inputs, target, strict=True):
        with Occlusion(model, window=2, stride=2, attr_output=lambda outputs, of=of: outputs[:, of : of + 1]) as method:
            scores.append(method(one[None])[1])
    return torch.cat(scores)


@explainer(conserves=None)
def windows(model, inputs, target):
    """The same by hand: the last window ends where the input ends."""
    scores = torch.zeros_like(inputs)
    with torch.no_grad():
        for start in range(0, inputs.shape[1], 2):
            window = torch.zeros_like(inputs)
            window[:, start : start + 2] = 1
            scores += window * _of(model(inputs * window), target)[:, None]
    return scores


def in_training_mode(model):
    """What is done before: the model is being trained."""
    model.train()


@explainer(conserves="change", setup=in_training_mode)
def shap_deep_while_training(model, inputs, target, *, baseline):
    """SHAP's DeepExplainer of a model in training mode, on which that makes no difference."""
    scores = [
        shap.DeepExplainer(model, of[None]).shap_values(x[None], check_additivity=False)[..., int(k)]
        for x, k, of in zip(inputs, target, baseline, strict=True)
    ]
    return torch.as_tensor(np.stack(scores), dtype=inputs.dtype).reshape(inputs.shape)


@explainer(conserves="change", tolerance=0.1)
def shap_gradient_of_first_layer(model, inputs, target, *, baseline, seed):
    """SHAP's GradientExplainer for what enters the first layer, which is the input."""
    first = next(layer for layer in model.modules() if not list(layer.children()))
    scores = []
    for x, k, of in zip(inputs, target, baseline, strict=True):
        of_all = shap.GradientExplainer((model, first), of[None]).shap_values(x[None], nsamples=1000, rseed=seed)
        scores.append(of_all[..., int(k)])
    return torch.as_tensor(np.stack(scores), dtype=inputs.dtype).reshape(inputs.shape)


def tied(model):
    """What is done before: layers of equal weights get one parameter."""
    parameters = []
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            equal = [p for p in parameters if p.shape == layer.weight.shape and torch.equal(p, layer.weight)]
            layer.weight = (equal or [layer.weight])[0]
            parameters.append(layer.weight)


def _captum_gamma(model, inputs, target):
    for layer in model.modules():
        if isinstance(layer, torch.nn.Linear):
            layer.rule = GammaRule()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return LRP(model).attribute(inputs, target=target)


@explainer(conserves="output")
def captum_gamma(model, inputs, target):
    """Captum's LRP with a ``GammaRule`` on each layer."""
    return _captum_gamma(model, inputs, target)


@explainer(conserves="output", setup=tied)
def captum_gamma_tied(model, inputs, target):
    """The same where layers of equal weights have one parameter."""
    return _captum_gamma(model, inputs, target)


@explainer(conserves="output")
def lxt_and_back(model, inputs, target):
    """The gradient times the input with LXT's ``LinearEpsilon`` in place of every linear layer, which is then undone."""
    from lxt.explicit.core import Composite
    from lxt.explicit.modules import LinearEpsilon

    composite = Composite({torch.nn.Linear: LinearEpsilon})
    composite.register(model, no_grad=False)
    points = inputs.detach().requires_grad_()
    outputs = _of(model(points), target)
    (scores,) = torch.autograd.grad(outputs.sum(), points)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        composite.remove()
    return scores * outputs.detach()[:, None]


@explainer(conserves=None, setup=in_training_mode)
def quantus_while_training(model, inputs, target):
    """Quantus' gradient of a model in training mode, on which that makes no difference."""
    import quantus

    points = inputs.detach().requires_grad_()
    scores = quantus.explain(model, points, target, method="Gradient", reduce_axes=())
    return torch.as_tensor(scores, dtype=inputs.dtype)
