"""GradCAM of the last convolution in the forms in which people hand it on, and a wrong one (four reports)."""

import torch
from torch import nn
from torch.nn import functional

from axiomcheck.explainers import explainer


def _map(model, inputs, target, *, of_picture=False):
    last = [module for module in model.modules() if isinstance(module, nn.Conv2d)][-1:]
    if not last:
        raise NotImplementedError("GradCAM needs a Conv2d")
    kept = []
    handle = last[0].register_forward_hook(lambda _, __, output: kept.append(output))
    try:
        leaf = inputs.detach().clone().requires_grad_()
        outputs = model(leaf).gather(1, target[:, None]).sum()
        of_map, picture = torch.autograd.grad(outputs, [kept[-1], leaf], allow_unused=True)
    finally:
        handle.remove()
    of_map = torch.zeros_like(kept[-1]) if of_map is None else of_map
    weights = picture.mean((1, 2, 3), keepdim=True) if of_picture else of_map.mean((2, 3), keepdim=True)
    return (weights * kept[-1].detach()).sum(1, keepdim=True).clamp(min=0)


def _large(small, inputs):
    return functional.interpolate(small, inputs.shape[2:], mode="bilinear")


images = explainer(conserves=None, inputs="images")
summed = explainer(conserves=None, inputs="images", form="channel-summed")


@images
def everywhere(model, inputs, target):
    """The map for each channel: the right form."""
    return _large(_map(model, inputs, target), inputs).expand_as(inputs)


@images
def small(model, inputs, target):
    """The map of the layer's own size (Quantus, issue 122)."""
    return _map(model, inputs, target)


@images
def normalised(model, inputs, target):
    """The map from 0 to 1, NaN where it has no positive part (pytorch-grad-cam, issue 108; torch-cam, issue 156)."""
    large = _large(_map(model, inputs, target), inputs)
    low, high = large.amin((1, 2, 3), keepdim=True), large.amax((1, 2, 3), keepdim=True)
    return ((large - low) / (high - low)).expand_as(inputs)


@summed
def one_channel(model, inputs, target):
    """The map (B, 1, H, W), which is declared."""
    return _large(_map(model, inputs, target), inputs)


@summed
def no_channel(model, inputs, target):
    """The map (B, H, W), which is declared."""
    return _large(_map(model, inputs, target), inputs)[:, 0]


@images
def weights_of_the_picture(model, inputs, target):
    """Weigh the channels by the gradient of the picture (mxnet, issue 11895)."""
    return _large(_map(model, inputs, target, of_picture=True), inputs).expand_as(inputs)
