"""LRP as blog posts write it, for chains of modules, with the defects of four reports."""

import torch
from torch import nn
from torch.nn.functional import one_hot

from axiomcheck.explainers import Unsupported


def _relevance(model, inputs, target, share, pool=None):
    layers = [module for module in model.modules() if not list(module.children())]
    values = [inputs]
    for layer in layers:
        values.append(layer(values[-1]))
    relevance = one_hot(target, values[-1].shape[1]) * values[-1]
    for layer, below in zip(reversed(layers), reversed(values[:-1]), strict=True):
        if isinstance(layer, nn.Linear):
            relevance = share(layer, below, relevance)
        elif isinstance(layer, nn.MaxPool1d) and pool:
            relevance = pool(layer, below, relevance)
        elif isinstance(layer, nn.Flatten):
            relevance = relevance.reshape(below.shape)
        elif not isinstance(layer, (nn.ReLU, nn.Dropout)):
            raise Unsupported(type(layer).__name__)
    return relevance.detach()


def _zero(layer, below, relevance):
    z = layer(below)
    return below * ((relevance / torch.where(z == 0, 1.0, z)) @ layer.weight)


def _winners(whole):
    def pool(layer, below, relevance):
        if layer.padding not in (0, (0,)) or layer.dilation not in (1, (1,)) or layer.ceil_mode:
            raise Unsupported("a max pool with padding or dilation")
        size, stride = layer.kernel_size, layer.stride
        size, stride = (value[0] if isinstance(value, tuple) else value for value in (size, stride))
        shares = torch.zeros_like(below)
        for place in range(relevance.shape[-1]):
            window = below[..., place * stride : place * stride + size]
            won = window == window.amax(-1, keepdim=True)
            count = won.sum(-1, keepdim=True)
            share = won.long() // count if whole else won / count
            shares[..., place * stride : place * stride + size] += share * relevance[..., place : place + 1]
        return shares

    return pool


def ties_in_whole_numbers(model, inputs, target):
    """Divide by the number of winners of a max pool in whole numbers (lrp_toolbox, issue 5)."""
    return _relevance(model, inputs, target, _zero, _winners(whole=True))


def ties_shared(model, inputs, target):
    """Share between the winners of a max pool."""
    return _relevance(model, inputs, target, _zero, _winners(whole=False))


def _epsilon(signed, epsilon=0.01):
    def share(layer, below, relevance):
        z = layer(below)
        z = z + epsilon * (torch.where(z >= 0, 1.0, -1.0).to(z) if signed else 1.0)
        return below * ((relevance / z) @ layer.weight)

    return share


def epsilon_without_sign(model, inputs, target):
    """Add ε to the denominator whatever its sign (DeepExplain, issue 15)."""
    return _relevance(model, inputs, target, _epsilon(signed=False))


def epsilon_with_sign(model, inputs, target):
    """Add ε away from 0."""
    return _relevance(model, inputs, target, _epsilon(signed=True))


def _gamma(*, negative, gamma=0.25):
    def share(layer, below, relevance):
        def favoured(weights):
            return weights + gamma * (weights.clamp(max=0) if negative else weights.clamp(min=0))

        weight, bias = favoured(layer.weight), 0 if layer.bias is None else favoured(layer.bias)
        z = below @ weight.T + bias
        return below * ((relevance / torch.where(z == 0, 1.0, z)) @ weight)

    return share


def gamma_of_negative_weights(model, inputs, target):
    """Favour the negative weights (mergekit, pull 678)."""
    return _relevance(model, inputs, target, _gamma(negative=True))


def gamma_of_positive_weights(model, inputs, target):
    """Favour the positive weights."""
    return _relevance(model, inputs, target, _gamma(negative=False))
