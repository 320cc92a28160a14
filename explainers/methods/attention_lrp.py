"""LRP through attention: CP-LRP and AttnLRP, each as the gradient × input of a model in which some parts are held.

A rule for a product, a quotient or an activation is what the chain rule gives once one of its factors is taken for a
constant. So both methods run the model as it is written, and exchange what these functions send back.
"""

from collections.abc import Callable, Mapping, Sequence
from types import FunctionType
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from ..claims import CLAIMS
from ..protocol import Unsupported, explainer
from ..validation import WrongInput, validated
from .input_gradient import input_gradient

Function = Callable[..., Tensor]
Rule = Callable[..., Tensor]
"""Returns what a function, its first argument, makes of the others, with another way back."""


def hold(function: Function, *args: Any, **kwargs: Any) -> Tensor:
    """Return the values as constants."""
    return function(*args, **kwargs).detach()


def halve(function: Function, *args: Any, **kwargs: Any) -> Tensor:
    """Return a product that sends half of its relevance to each factor, all of it where one is a constant."""
    product = function(*args, **kwargs)
    factors = (*args, *kwargs.values())
    if sum(isinstance(factor, Tensor) and factor.requires_grad for factor in factors) > 1:
        product = (product + product.detach()) / 2
    return product


def pass_through(slope: float) -> Rule:
    """Return the identity rule: an activation g is v times the constant g(v) / v, ``slope`` at 0."""

    def rule(function: Function, v: Tensor, *args: Any, **kwargs: Any) -> Tensor:
        v = v.clone()  # the function may work in place
        values = function(v.detach().clone(), *args, **kwargs)
        return v * torch.where(v == 0, slope, values / v).detach()

    return rule


def refuse(function: Function, *_args: Any, **_kwargs: Any) -> Tensor:
    """Raise: where an activation of 0 is not 0, no share of it is the input's."""
    raise Unsupported(f"the identity rule needs activations that are 0 at 0, and {function.__name__} is not")


def layer_norm(
    _function: Function,
    v: Tensor,
    shape: Sequence[int],
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    eps: float = 1e-5,
) -> Tensor:
    """Return the layer norm with its deviation held: centring is linear."""
    centred = v - v.mean(_last(shape), keepdim=True)
    return _scaled(centred, _deviation(centred, shape, eps), weight, bias)


def rms_norm(
    _function: Function, v: Tensor, shape: Sequence[int], weight: Tensor | None = None, eps: float | None = None
) -> Tensor:
    """Return the RMS norm with its deviation held."""
    return _scaled(v, _deviation(v, shape, torch.finfo(v.dtype).eps if eps is None else eps), weight, None)


def _last(shape: Sequence[int]) -> tuple[int, ...]:
    return tuple(range(-len(shape), 0))


def _deviation(v: Tensor, shape: Sequence[int], eps: float) -> Tensor:
    return torch.sqrt((v * v).mean(_last(shape), keepdim=True) + eps).detach()


def _scaled(v: Tensor, deviation: Tensor, weight: Tensor | None, bias: Tensor | None) -> Tensor:
    quotient = v / deviation if weight is None else v / deviation * weight
    return quotient if bias is None else quotient + bias


def attend(  # noqa: PLR0917
    query: Tensor,
    key: Tensor,
    value: Tensor,
    attn_mask: Tensor | None = None,
    dropout_p: float = 0.0,  # noqa: ARG001
    is_causal: bool = False,  # noqa: FBT001, FBT002
    scale: float | None = None,
    enable_gqa: bool = False,  # noqa: FBT001, FBT002
) -> Tensor:
    """Return ``scaled_dot_product_attention`` of a model in evaluation, written out in functions that have rules."""
    if enable_gqa:
        raise Unsupported("grouped queries have no rule here: repeat the keys and values instead")
    scores = torch.matmul(query, key.transpose(-2, -1)) * (query.shape[-1] ** -0.5 if scale is None else scale)
    if is_causal:
        attn_mask = torch.ones(scores.shape[-2:], dtype=torch.bool, device=scores.device).tril()
    if attn_mask is not None:
        is_kept = attn_mask.dtype == torch.bool
        scores = scores.masked_fill(~attn_mask, -torch.inf) if is_kept else scores + attn_mask
    return torch.matmul(functional.softmax(scores, dim=-1), value)


def add_product(_function: Function, added: Tensor, *factors: Tensor) -> Tensor:
    """Return a mask and a product, as attention by heads adds them up."""
    return added + halve(torch.bmm, *factors)


def _undispatched(function: Any) -> Function:
    """Return a function of torch that does not hand itself to a mode, so that the functions it is made of do."""
    names = {**function.__globals__, "has_torch_function": lambda _: False}
    copy = FunctionType(function.__code__, names, function.__name__, function.__defaults__)
    copy.__kwdefaults__ = function.__kwdefaults__
    return copy


SOFTMAX: tuple[Function, ...] = (functional.softmax, torch.softmax, Tensor.softmax)
PRODUCTS: tuple[Function, ...] = (
    *(torch.matmul, Tensor.matmul, Tensor.__matmul__),
    *(torch.bmm, Tensor.bmm),
    *(torch.mul, Tensor.mul, Tensor.__mul__),
)
ACTIVATIONS: Mapping[Function, float] = {
    functional.gelu: 0.5,
    functional.silu: 0.5,
    torch.tanh: 1.0,
    Tensor.tanh: 1.0,
}
REFUSED: tuple[Function, ...] = (torch.sigmoid, Tensor.sigmoid, functional.softplus)
_HEADS: Any = functional.multi_head_attention_forward
COMPOUND: Mapping[Function, Function] = {
    functional.scaled_dot_product_attention: attend,
    _HEADS: _undispatched(_HEADS),
}
"""Functions made of others, and what they are made of."""

COMMON: Mapping[Function, Rule] = {
    **dict.fromkeys(PRODUCTS, halve),
    **dict.fromkeys(REFUSED, refuse),
    **{function: pass_through(slope) for function, slope in ACTIVATIONS.items()},
    torch.baddbmm: add_product,
    functional.layer_norm: layer_norm,
    functional.rms_norm: rms_norm,
}
HELD: Mapping[Function, Rule] = {**COMMON, **dict.fromkeys(SOFTMAX, hold)}


class Rules(TorchFunctionMode):
    """Within it functions follow ``rules``; all others, affine layers among them, send back their gradient."""

    def __init__(self, rules: Mapping[Function, Rule]) -> None:
        super().__init__()
        self._rules = rules
        self.has_held = False

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call the rule of the function, or the function."""
        kwargs = kwargs or {}
        if func in self._rules:
            self.has_held |= self._rules[func] is hold
            return self._rules[func](func, *args, **kwargs)
        if func in COMPOUND:
            with self:
                return COMPOUND[func](*args, **kwargs)
        return func(*args, **kwargs)


class _Constant(nn.Module):
    """The model with weights that need no gradient: a product by one of them is not of two factors."""

    def __init__(self, model: nn.Module) -> None:
        super().__init__()
        self._model = [model]

    def forward(self, inputs: Tensor) -> Tensor:
        """Return its outputs, (B, K)."""
        (model,) = self._model
        weights = {name: weight.detach() for name, weight in model.named_parameters()}
        outputs: Tensor = functional_call(model, weights, (inputs,))
        return outputs


def _relevance(model: nn.Module, inputs: Tensor, target: Tensor, rules: Mapping[Function, Rule]) -> Tensor:
    with Rules(rules) as way_back:
        try:
            gradient = input_gradient(_Constant(model), inputs, target)
        except WrongInput as error:
            if not way_back.has_held:
                raise
            message = "a softmax at the end is held, so that nothing is left to explain: explain the logits"
            raise Unsupported(message) from error
    return inputs * gradient


@explainer(claims=CLAIMS["cp-lrp"])
@validated
def cp_lrp(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return LRP-0 with attention weights and deviations of norms held, and activations by the identity rule.

    What is left is piecewise linear: without biases the scores sum to f(x). Two factors that both depend on the input
    get half of their product's relevance each. Source: Ali et al. 2022. Shapes as in ``Explainer``; it has the unit
    of f. Softmax, norms and activations are known by torch's functions; written by hand they send back a gradient.
    """
    return _relevance(model, inputs, target, HELD)


@explainer(claims=CLAIMS["attn-lrp"])
@validated
def attn_lrp(model: nn.Module, inputs: Tensor, target: Tensor) -> Tensor:
    """Return the same but that a softmax sends back R_i = x_i (g_i s_i - s_i Σ_j g_j s_j), its Taylor expansion.

    g is the relevance of a share by the share, and each factor of a product of two gets half. Source: Achtibat et al.
    2024. Shapes as in ``Explainer``; it has the unit of f.
    """
    return _relevance(model, inputs, target, COMMON)
