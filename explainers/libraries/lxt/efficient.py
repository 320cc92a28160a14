"""LXT's efficient way: classes of torch are patched for good, so that the gradient times the input is LRP.

LXT has nothing that takes a patch off. So all that it may change is noted before, and put back afterwards.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from ...methods.attention_lrp import PRODUCTS, SOFTMAX
from ...methods.input_gradient import input_gradient
from ...protocol import Unsupported
from ..library import imported
from .architectures import Patches, patches_of
from .quiet import quiet
from .tables import ATTENTIONS, CLASSES, resolve

UNPATCHED = frozenset(
    {*SOFTMAX, functional.gelu, functional.silu, torch.tanh, Tensor.tanh, functional.layer_norm}
    | {functional.rms_norm, torch.sigmoid, Tensor.sigmoid, functional.softplus, functional.normalize}
)
"""Functions whose gradient is no relevance. LXT patches the modules that call them, and nothing that stands alone."""


class _Watch(TorchFunctionMode):
    """Raise ``Unsupported`` where the model calls what LXT would leave to the gradient.

    A patched activation is computed inside an autograd function, and there no gradient is taken.
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Call the function, unless it is left alone."""
        kwargs = kwargs or {}
        if torch.is_grad_enabled() and (func in UNPATCHED or (func in PRODUCTS and _depends(args) > 1)):
            name = func.__name__.strip("_")
            raise Unsupported(f"lxt:efficient patches modules, and this model calls {name} outside of those it patches")
        return func(*args, **kwargs)


def _depends(factors: Sequence[Any]) -> int:
    return sum(isinstance(factor, Tensor) and factor.requires_grad for factor in factors)


@contextmanager
def patched(rule: str) -> Iterator[None]:
    """Patch classes of torch, and attention that is fused, by LXT's rules."""
    patch_method = imported("lxt.efficient.patches").patch_method
    patches: dict[Any, Callable[..., bool]] = {
        resolve(name): partial(patch_method, resolve(patch), keep_original=keeps)
        for name, (patch, keeps) in CLASSES.items()
    }
    patches[functional] = partial(_patch_attention, resolve(f"patches.{ATTENTIONS[rule]}"))
    with put_back(list(patches)):
        imported("lxt.efficient").monkey_patch(nn, patches)
        yield


def _patch_attention(wrap: Callable[..., Any], module: Any) -> bool:
    """Wrap ``scaled_dot_product_attention`` as LXT wraps functions that attend, whose first argument is a module."""
    attend = module.scaled_dot_product_attention
    wrapped = wrap(lambda _module, *given, **options: attend(*given, **options))
    module.scaled_dot_product_attention = partial(wrapped, None)
    return True


@contextmanager
def patched_architecture(patches: Patches) -> Iterator[None]:
    """Patch an architecture of transformers by LXT's own patches, one of which writes into a table of the module."""
    with put_back(list(patches)):
        for each in patches:
            if attentions := vars(each).get("ALL_ATTENTION_FUNCTIONS"):
                each.ALL_ATTENTION_FUNCTIONS = dict(attentions)
        imported("lxt.efficient").monkey_patch(nn, patches)
        yield


@contextmanager
def put_back(changed: Sequence[Any]) -> Iterator[None]:
    """Give classes and modules the attributes that they had."""
    before = [dict(vars(one)) for one in changed]
    try:
        yield
    finally:
        for one, attributes in zip(changed, before, strict=True):
            for name in vars(one).keys() - attributes.keys():
                delattr(one, name)
            for name, value in attributes.items():
                if vars(one)[name] is not value:
                    setattr(one, name, value)


def explain(model: nn.Module, inputs: Tensor, target: Tensor, rule: str) -> Tensor:
    """Return the inputs times their gradient under the patches; shapes as in ``Explainer``."""
    architecture = patches_of(model, rule)
    if architecture is not None:
        with quiet(), patched_architecture(architecture):
            return inputs * input_gradient(model, inputs, target)
    for module in model.modules():
        if isinstance(module, nn.RMSNorm):
            raise Unsupported("LXT's patch of RMS norms reads variance_epsilon, which nn.RMSNorm has not")
    with quiet(), patched(rule), _Watch():
        gradient = input_gradient(model, inputs, target)
    return inputs * gradient
