"""Defects of LRP through attention and smooth layers: a function of torch whose values are right, and its way back not.

Each is a rule exchanged in CP-LRP, of which theory says: on networks without biases it conserves, for what is left if
softmax, deviations and ratios of activations are held is linear between kinks and has no constant (Ali et al. 2022).
So a way back that is not of that linear function loses conservation, wherever the part that is wrong has relevance.
A token that is masked is a null player for all that stand before it. Without its minus the rule of a softmax is no
derivative, and tells scores from scores that have a constant more: the rewrite ``key-shift`` shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import torch
from torch import Tensor
from torch.nn import functional

from axiomcheck.axioms import AXIOMS
from axiomcheck.explainers.methods.attention_lrp import (
    COMMON,
    HELD,
    PRODUCTS,
    SOFTMAX,
    _deviation,
    _last,
    _relevance,
    _scaled,
    halve,
    pass_through,
)
from axiomcheck.networks.tree import map_leaves
from axiomcheck.strategies.cases import one_network

SUMS = (torch.add, Tensor.add, Tensor.__add__)
TIMES = (torch.mul, Tensor.mul, Tensor.__mul__)


@dataclass(frozen=True)
class AttentionMutant:
    """A rule that is wrong, the axiom that must see it by theory, and the family with the layer that it is about.

    ``unbiased``: biases are taken out of all networks.
    """

    rules: dict
    axiom: str
    family: str
    unbiased: bool = True
    right: str = "cp-lrp"

    def __call__(self, model, inputs, target):
        """Return the scores, as an explainer."""
        right = HELD if self.right == "cp-lrp" else COMMON
        return _relevance(model, inputs, target, {**right, **self.rules})

    @property
    def judged(self):
        """The axiom, on the networks for which theory promises it of the right explainer."""
        axiom = AXIOMS[self.axiom]
        return replace(axiom, draws=unbiased_network) if self.unbiased else axiom


def unbiased_network(block, family):
    """Return a case of one network whose biases are 0."""
    case = one_network(block, family)
    return replace(case, network=replace(case.network, layers=map_leaves(case.network.layers, _unbiased)))


def _unbiased(_number, layer):
    bias = getattr(layer, "bias", None)
    return (replace(layer, bias=type(bias)(0.0 for _ in bias)) if isinstance(bias, tuple) else layer,)


def swapped(right, wrong):
    """Return the values of the one with the way back of the other."""
    return wrong + (right - wrong).detach()


def _call(function, *args, **kwargs):
    return function(*args, **kwargs)


def _shares(change: Callable[[Tensor], Tensor]):
    """Return the rule of a product whose first factor is held shares, which are others on the way back."""

    def rule(function, *args, **kwargs):
        first, *others = args
        right = halve(function, *args, **kwargs)
        held = isinstance(first, Tensor) and not first.requires_grad and first.dim() > 2
        if not (held and isinstance(others[0], Tensor) and others[0].requires_grad):
            return right
        return swapped(right, function(change(first), *others, **kwargs))

    return dict.fromkeys((torch.matmul, Tensor.matmul, Tensor.__matmul__, torch.bmm, Tensor.bmm), rule)


def _unscaled(function, scores, by, *args, **kwargs):
    """Remember what was scaled."""
    product = halve(function, scores, by, *args, **kwargs)
    if isinstance(by, float):
        product.unscaled = scores
    return product


def _held_with(change):
    """Return the rule of a softmax that is held, and remembers other shares for the way back."""

    def rule(function, scores, *args, **kwargs):
        held = function(scores, *args, **kwargs).detach()
        held.wrong = function(change(scores), *args, **kwargs).detach()
        return held

    return dict.fromkeys(SOFTMAX, rule)


REMEMBERED = _shares(lambda shares: getattr(shares, "wrong", shares))


def _layer_norm(change):
    def rule(function, v, shape, weight=None, bias=None, eps=1e-5):  # noqa: PLR0917 - torch's own
        right = function(v, shape, weight, bias, eps)
        return swapped(right, change(v, v.mean(_last(shape), keepdim=True), shape, weight, eps))

    return {functional.layer_norm: rule}


def _deviated(v, mean, shape, eps):
    return torch.sqrt(((v - mean) ** 2).mean(_last(shape), keepdim=True) + eps)


def _tanh_for_gelu(function, v, *args, approximate="none", **kwargs):
    other = "tanh" if approximate == "none" else "none"
    ratio = torch.where(v == 0, 0.5, functional.gelu(v.detach(), approximate=other) / v)
    return swapped(function(v, approximate=approximate), v * ratio.detach())


def _twice(function, a, b, **kwargs):
    total = function(a, b, **kwargs)
    both = all(isinstance(one, Tensor) and one.requires_grad for one in (a, b))
    return swapped(total, 2 * b + a) if both else total


def _without(function, a, b, **kwargs):
    total = function(a, b, **kwargs)
    both = all(isinstance(one, Tensor) and one.requires_grad for one in (a, b))
    return swapped(total, a) if both else total


def _half_of_constants(function, *args, **kwargs):
    product = function(*args, **kwargs)
    tensors = [one for one in args if isinstance(one, Tensor)]
    is_of_shares = len(tensors) == 2 and tensors[0].dim() > 2 and not tensors[0].requires_grad
    return swapped(product, product / 2) if is_of_shares else halve(function, *args, **kwargs)


def _unmasked(function, scores, *args, **kwargs):
    """Remember what was masked."""
    masked = function(scores, *args, **kwargs)
    masked.unmasked = scores
    return masked


MASKS = (torch.masked_fill, Tensor.masked_fill)


def _without_minus(function, scores, *args, **kwargs):
    """Return the softmax whose share s_i sends g_i s_i back, and not g_i s_i - s_i Σ_j g_j s_j."""
    shares = function(scores, *args, **kwargs)
    return swapped(shares, shares.detach() * scores)


ATTENTION, LAYER_NORM, GELU, SILU, SUM = "attention", "layernorm", "gelu", "silu", "attention,residual"
OF_ATTENTION = {
    "the softmax is differentiated": AttentionMutant(dict.fromkeys(SOFTMAX, _call), "conservation", ATTENTION),
    "the scale √d is lost": AttentionMutant(
        {**REMEMBERED, **dict.fromkeys(TIMES, _unscaled), **_held_with(lambda s: getattr(s, "unscaled", s))},
        "conservation",
        ATTENTION,
    ),
    "shares of keys for those of queries": AttentionMutant(_shares(lambda s: s.mT), "conservation", ATTENTION),
    "all tokens alike": AttentionMutant(
        _shares(lambda s: s.mean(-1, keepdim=True).expand_as(s)), "conservation", ATTENTION
    ),
    "the mask is ignored": AttentionMutant(
        {**REMEMBERED, **dict.fromkeys(MASKS, _unmasked), **_held_with(lambda s: getattr(s, "unmasked", s))},
        "null_player",
        ATTENTION,
        unbiased=False,
    ),
    "heads are averaged": AttentionMutant(
        _shares(lambda s: s.mean(1, keepdim=True).expand_as(s) if s.dim() > 3 else s), "conservation", ATTENTION
    ),
    "the softmax rule lacks its minus": AttentionMutant(
        dict.fromkeys(SOFTMAX, _without_minus),
        "implementation_invariance",
        ATTENTION,
        unbiased=False,
        right="attn-lrp",
    ),
    "half where shares are held": AttentionMutant(
        dict.fromkeys(PRODUCTS, _half_of_constants), "conservation", ATTENTION
    ),
    "shares of another item": AttentionMutant(
        _shares(lambda s: s.roll(1, 0)), "batch_consistency", ATTENTION, unbiased=False
    ),
    "the residual counts twice": AttentionMutant(dict.fromkeys(SUMS, _twice), "conservation", SUM),
    "the residual is lost": AttentionMutant(dict.fromkeys(SUMS, _without), "conservation", SUM),
    "the deviation of a layer norm is differentiated": AttentionMutant(
        {functional.layer_norm: _call}, "conservation", LAYER_NORM
    ),
    "the mean of a layer norm is detached": AttentionMutant(
        _layer_norm(lambda v, m, n, w, e: _scaled(v - m.detach(), _deviated(v, m, n, e).detach(), w, None)),
        "conservation",
        LAYER_NORM,
    ),
    "the mean of a layer norm is left out": AttentionMutant(
        _layer_norm(lambda v, m, n, w, e: _scaled(v, _deviated(v, m, n, e).detach(), w, None)),
        "conservation",
        LAYER_NORM,
    ),
    "the mean stays in the deviation": AttentionMutant(
        _layer_norm(lambda v, m, n, w, e: _scaled(v - m, _deviation(v, n, e), w, None)), "conservation", LAYER_NORM
    ),
    "GELU by its gradient": AttentionMutant({functional.gelu: _call}, "conservation", GELU),
    "GELU by the other formula": AttentionMutant({functional.gelu: _tanh_for_gelu}, "conservation", GELU),
    "SiLU passes what GELU does": AttentionMutant(
        {functional.silu: lambda f, v, *a, **k: swapped(f(v.clone(), *a, **k), pass_through(0.5)(functional.gelu, v))},
        "conservation",
        SILU,
    ),
}
"""Eighteen."""
