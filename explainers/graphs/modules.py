"""Which operation a module of torch.nn is."""

from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from .builders import (
    averaging,
    batch_norm,
    clamp,
    convolution,
    curve,
    dropout,
    leaky_relu,
    linear,
    max_pool,
    padded_convolution,
    prelu,
    relu,
    softmax,
    transposed,
)
from .operations import Layer, Operation, Rearrangement


def _convolution(function: Callable[..., Any]) -> Callable[[Any], Layer]:
    def build(of: Any) -> Layer:
        if of.padding_mode != "zeros":
            return padded_convolution(of, function)
        return convolution(function)(of.weight, of.bias, of.stride, of.padding, of.dilation, of.groups)  # type: ignore[return-value]

    return build


def _transposed(function: Callable[..., Any]) -> Callable[[Any], Operation | None]:
    def build(of: Any) -> Operation | None:
        sizes = (of.stride, of.padding, of.output_padding, of.groups, of.dilation)
        return transposed(function)(of.weight, of.bias, *sizes)

    return build


def _batch_norm(of: Any) -> Layer:
    training = of.training or of.running_mean is None
    return batch_norm(of.running_mean, of.running_var, of.weight, of.bias, training, eps=of.eps)


def _max_pool(axes: int) -> Callable[[Any], Operation | None]:
    def build(of: Any) -> Operation | None:
        sizes = (of.kernel_size, of.stride, of.padding, of.dilation)
        return max_pool(axes)(*sizes, of.ceil_mode, of.return_indices)

    return build


def _average_1d(of: Any) -> Operation | None:
    sizes = (of.kernel_size, of.stride, of.padding)
    return averaging(functional.avg_pool1d)(*sizes, of.ceil_mode, of.count_include_pad)


def _average(function: Callable[..., Any]) -> Callable[[Any], Operation | None]:
    def build(of: Any) -> Operation | None:
        sizes = (of.kernel_size, of.stride, of.padding)
        return averaging(function)(*sizes, of.ceil_mode, of.count_include_pad, of.divisor_override)

    return build


def _view(of: nn.Module) -> Rearrangement:
    return Rearrangement(of, is_view=True)


def _copy(of: nn.Module) -> Rearrangement:
    return Rearrangement(of)


def _dropout(of: Any) -> None:
    return dropout(training=of.training)


MODULES: dict[Callable[..., Any], Callable[[Any], Operation | None]] = {
    nn.Linear.forward: lambda of: linear(of.weight, of.bias),
    nn.Conv1d.forward: _convolution(functional.conv1d),
    nn.Conv2d.forward: _convolution(functional.conv2d),
    nn.Conv3d.forward: _convolution(functional.conv3d),
    nn.ConvTranspose1d.forward: _transposed(functional.conv_transpose1d),
    nn.ConvTranspose2d.forward: _transposed(functional.conv_transpose2d),
    nn.ConvTranspose3d.forward: _transposed(functional.conv_transpose3d),
    nn.BatchNorm1d.forward: _batch_norm,
    nn.AvgPool1d.forward: _average_1d,
    nn.AvgPool2d.forward: _average(functional.avg_pool2d),
    nn.AvgPool3d.forward: _average(functional.avg_pool3d),
    nn.AdaptiveAvgPool1d.forward: lambda of: averaging(functional.adaptive_avg_pool1d)(of.output_size),
    nn.AdaptiveAvgPool2d.forward: lambda of: averaging(functional.adaptive_avg_pool2d)(of.output_size),
    nn.AdaptiveAvgPool3d.forward: lambda of: averaging(functional.adaptive_avg_pool3d)(of.output_size),
    nn.ReLU.forward: lambda _: relu(),
    nn.LeakyReLU.forward: lambda of: leaky_relu(of.negative_slope),
    nn.PReLU.forward: lambda of: prelu(of.weight),
    nn.Hardtanh.forward: lambda of: clamp(of.min_val, of.max_val),
    nn.ReLU6.forward: lambda of: clamp(of.min_val, of.max_val),
    nn.MaxPool1d.forward: _max_pool(1),
    nn.MaxPool2d.forward: _max_pool(2),
    nn.MaxPool3d.forward: _max_pool(3),
    nn.Softmax.forward: lambda of: softmax("Softmax", functional.softmax)(of.dim),
    nn.LogSoftmax.forward: lambda of: softmax("LogSoftmax", functional.log_softmax)(of.dim),
    nn.GELU.forward: lambda of: curve("GELU", functional.gelu)(approximate=of.approximate),
    nn.SiLU.forward: lambda _: curve("SiLU", functional.silu)(),
    nn.Sigmoid.forward: lambda _: curve("Sigmoid", torch.sigmoid)(),
    nn.Tanh.forward: lambda _: curve("Tanh", torch.tanh)(),
    nn.Softplus.forward: lambda of: curve("Softplus", functional.softplus)(of.beta, of.threshold),
    nn.LayerNorm.forward: lambda of: curve("LayerNorm", of.forward)(),
    nn.RMSNorm.forward: lambda of: curve("RMSNorm", of.forward)(),
    nn.GroupNorm.forward: lambda of: curve("GroupNorm", of.forward)(),
    nn.InstanceNorm1d.forward: lambda of: curve("InstanceNorm", of.forward)(),
    nn.Identity.forward: lambda _: None,
    nn.Dropout.forward: _dropout,
    nn.Dropout1d.forward: _dropout,
    nn.Dropout2d.forward: _dropout,
    nn.Dropout3d.forward: _dropout,
    nn.Flatten.forward: _view,
    nn.Unflatten.forward: _view,
    nn.ZeroPad1d.forward: _copy,
    nn.ZeroPad2d.forward: _copy,
    nn.ZeroPad3d.forward: _copy,
}
"""By ``forward``, which subclasses that compute the same share."""


def forward_of(module: nn.Module) -> Any:
    """Return the forward of a module's class; None where the module has one of its own, or none in Python.

    >>> forward_of(nn.ReLU()) is nn.ReLU.forward
    True
    """
    return None if "forward" in vars(module) else getattr(type(module), "forward", None)
