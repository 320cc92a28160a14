"""From the arguments of torch's functions, without the input, to operations. None is what changes nothing."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional, grad

from ..protocol import Unsupported
from .operations import RELU, Activation, Affine, Backward, Curve, Layer, MaxPool, Operation, Softmax

Builder = Callable[..., Operation | None]


def linear(weight: Tensor, bias: Tensor | None = None) -> Layer:
    """W a + b, with weight (out, in) and bias (out,), as ``functional.linear``."""
    return Layer(functional.linear, _affine(weight, bias, len(weight)), lambda message, weight, _: message @ weight)


def convolution(function: Callable[..., Tensor]) -> Builder:
    """Return the builder of ``functional.conv1d``, ``conv2d`` or ``conv3d``."""

    def build(weight: Tensor, bias: Tensor | None = None, *rest: Any, **options: Any) -> Layer:
        names = ("stride", "padding", "dilation", "groups")
        options |= zip(names, rest, strict=False)
        return Layer(partial(function, **options), _affine(weight, bias, len(weight)), _back(function, options))

    return build


INPUT_GRADIENTS: dict[Callable[..., Tensor], Callable[..., Tensor]] = {
    functional.conv1d: grad.conv1d_input,
    functional.conv2d: grad.conv2d_input,
    functional.conv3d: grad.conv3d_input,
}


def padded_convolution(of: Any, function: Callable[..., Tensor]) -> Layer:
    """Return a convolution whose padding repeats its input; autograd finds its way back."""
    sides, geometry = of._reversed_padding_repeated_twice, (of.stride, 0, of.dilation, of.groups)  # noqa: SLF001

    def padded(a: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        return function(functional.pad(a, sides, mode=of.padding_mode), weight, bias, *geometry)

    return Layer(padded, _affine(of.weight, of.bias, len(of.weight)))


def _back(function: Callable[..., Tensor], options: Mapping[str, Any]) -> Backward | None:
    """Return the way back through a convolution; autograd finds that of ``padding="same"``."""
    if isinstance(options.get("padding"), str):
        return None
    input_gradient = INPUT_GRADIENTS[function]
    return lambda message, weight, shape: input_gradient(shape, weight, message, **options)


def transposed(function: Callable[..., Tensor]) -> Builder:
    """Return the builder of ``functional.conv_transpose1d`` and the like."""

    def build(weight: Tensor, bias: Tensor | None = None, *rest: Any, **options: Any) -> Layer:
        options |= zip(("stride", "padding", "output_padding", "groups", "dilation"), rest, strict=False)
        channels = weight.shape[1] * options.get("groups", 1)
        return Layer(partial(function, **options), _affine(weight, bias, channels))

    return build


def batch_norm(  # noqa: PLR0917
    mean: Tensor | None = None,
    var: Tensor | None = None,
    weight: Tensor | None = None,
    bias: Tensor | None = None,
    training: bool = False,  # noqa: FBT001, FBT002  (torch's own signature)
    momentum: float = 0.1,  # noqa: ARG001
    eps: float = 1e-5,
) -> Layer:
    """W = γ / √(var + eps) and b = β - w·mean for each channel, as ``functional.batch_norm`` in evaluation mode."""
    if training or mean is None or var is None:
        raise Unsupported("a batch norm mixes the inputs of a batch while it is in training mode; call model.eval()")
    scale = (1 if weight is None else weight.detach()) / (var + eps).sqrt()
    affine = Affine(scale, (0 if bias is None else bias.detach()) - scale * mean)
    return Layer(channelwise, affine, lambda message, weight, _: channelwise(message, weight, None))


def channelwise(a: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
    """Return w_c a_c + b_c for each channel c of ``a`` (B, C, …)."""
    shape = [-1] + [1] * (a.dim() - 2)
    scaled = a * weight.reshape(shape)
    return scaled if bias is None else scaled + bias.reshape(shape)


def averaging(function: Callable[..., Tensor]) -> Builder:
    """Return the builder of a pool whose weights into one output are all alike: averages and sums."""

    def build(*arguments: Any, **options: Any) -> Layer:
        def pool(a: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
            pooled = weight * function(a, *arguments, **options)
            return pooled if bias is None else pooled + bias

        return Layer(pool, Affine(torch.ones((), dtype=torch.float64), torch.zeros((), dtype=torch.float64)))

    return build


def scaling(weight: Any, bias: Any) -> Layer:
    """Return w·a + b for numbers or tensors that are broadcast against a."""

    def scaled(a: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        return a * weight if bias is None else a * weight + bias

    return Layer(scaled, Affine(*(_constant(number) for number in (weight, bias))))


def summing(*weights: float) -> Layer:
    """Return Σ_k w_k a_k for values that are stacked behind the batch, (B, k, …)."""

    def total(a: Tensor, weight: Tensor, bias: Tensor | None) -> Tensor:
        summed = (a * weight.to(a).reshape([-1] + [1] * (a.dim() - 2))).sum(1)
        return summed if bias is None else summed + bias

    return Layer(total, Affine(torch.tensor(weights, dtype=torch.float64), torch.zeros((), dtype=torch.float64)))


def relu(inplace: bool = False) -> Activation:  # noqa: ARG001, FBT001, FBT002
    """max(z, 0)."""
    return RELU


def leaky_relu(negative_slope: float = 0.01, inplace: bool = False) -> Activation:  # noqa: ARG001, FBT001, FBT002
    """Return z where it is positive, slope·z elsewhere."""
    return Activation(partial(functional.leaky_relu, negative_slope=negative_slope), (0.0,))


def prelu(weight: Tensor) -> Activation:
    """As ``leaky_relu`` with a slope for each channel."""
    return Activation(partial(functional.prelu, weight=weight.detach()), (0.0,))


def clamp(min: float | None = None, max: float | None = None) -> Activation:  # noqa: A002
    """Take the nearest number from ``min`` to ``max``; ReLU is from 0."""
    if isinstance(min, Tensor) or isinstance(max, Tensor):
        raise Unsupported("cannot propagate through a clamp between tensors; numbers are known")
    if min == 0 and max is None:
        return RELU
    kinks = tuple(float(bound) for bound in (min, max) if bound is not None)
    return Activation(partial(torch.clamp, min=min, max=max), kinks)


def hardtanh(min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Activation:  # noqa: ARG001, FBT001, FBT002
    """As ``clamp``, from -1 to 1."""
    return clamp(min_val, max_val)


def max_pool(axes: int) -> Builder:
    """Return the builder of ``functional.max_pool1d`` and the like."""

    def build(  # noqa: PLR0917
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,  # noqa: FBT001, FBT002
        return_indices: bool = False,  # noqa: FBT001, FBT002
    ) -> MaxPool:
        if return_indices:
            raise Unsupported("cannot propagate through the indices of a max pool")
        sizes = (kernel_size, stride or kernel_size, padding, dilation)
        kernel, step, sides, spread = (_along(size, axes) for size in sizes)
        return MaxPool(axes, kernel, step, sides, spread, bool(ceil_mode))

    return build


def softmax(name: str, function: Callable[..., Tensor]) -> Builder:
    """Return the builder of a softmax, over the classes unless it is told otherwise."""

    def build(dim: int | None = None, *_: Any, **__: Any) -> Softmax:
        return Softmax(name, partial(function, dim=1 if dim is None else dim))

    return build


def curve(name: str, function: Callable[..., Tensor]) -> Builder:
    """Return the builder of a smooth function, as ``functional.gelu`` and ``functional.layer_norm``."""

    def build(*arguments: Any, **options: Any) -> Curve:
        return Curve(name, lambda z: function(z, *arguments, **options))

    return build


def dropout(p: float = 0.5, training: bool = True, inplace: bool = False) -> None:  # noqa: ARG001, FBT001, FBT002
    """Change nothing in evaluation mode."""
    if training:
        raise Unsupported("Dropout in training mode is random; call model.eval()")


def _affine(weight: Tensor, bias: Tensor | None, out: int) -> Affine:
    return Affine(weight.detach(), weight.detach().new_zeros(out) if bias is None else bias.detach())


def _constant(number: Any) -> Tensor:
    return number.detach() if isinstance(number, Tensor) else torch.tensor(number, dtype=torch.float64)


def _along(size: Any, axes: int) -> tuple[int, ...]:
    sizes = tuple(size) if isinstance(size, (tuple, list)) else (size,)
    return sizes * axes if len(sizes) == 1 else sizes
