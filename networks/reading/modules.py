"""The layers that modules of torch.nn are."""

from collections.abc import Callable
from typing import Any

from torch import nn

from ..errors import AxiomcheckError
from ..layers import (
    BatchNorm,
    Branch,
    Dropout,
    GroupNorm,
    Hardtanh,
    InstanceNorm,
    LayerNorm,
    LeakyReLU,
    PReLU,
    ReLU,
    ReLU6,
    RMSNorm,
    Sigmoid,
    SiLU,
    Tanh,
)
from .builders import (
    adaptive,
    average,
    convolution,
    flattening,
    gelu,
    linear,
    max_pool,
    numbers,
    require,
    softmax,
    softplus,
    transposed,
)


def _convolution_of(of: Any) -> Branch:
    return convolution(of.weight, of.bias, of.stride, of.padding, of.dilation, of.groups, of.padding_mode)


def _transposed_of(of: Any) -> Branch:
    return transposed(of.weight, of.bias, of.stride, of.padding, of.output_padding, of.groups, of.dilation)


def _norm(of: Any) -> Branch:
    require(of.running_var is not None, "a batch norm has statistics of its training")
    weight, bias = ((), ()) if of.weight is None else (numbers(of.weight), numbers(of.bias))
    try:
        return (BatchNorm(numbers(of.running_mean), numbers(of.running_var), weight, bias, of.eps),)
    except AxiomcheckError as error:
        raise AxiomcheckError(
            "the roots of its variances are no exact numbers: fold it into the layer before it first, with "
            "torch.nn.utils.fusion.fuse_conv_bn_eval or fuse_linear_bn_eval"
        ) from error


def _layer_norm(of: Any) -> Branch:
    require(len(of.normalized_shape) == 1, "a layer norm is of a vector")
    return (LayerNorm(*_learnt(of, of.normalized_shape[0]), of.eps),)


def _group_norm(of: Any) -> Branch:
    return (GroupNorm(*_learnt(of, of.num_channels), of.eps, of.num_groups),)


def _instance_norm(of: Any) -> Branch:
    require(not of.track_running_stats, "an instance norm has no statistics of its training")
    return (InstanceNorm(*_learnt(of, of.num_features), of.eps),)


def _learnt(of: Any, size: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return weights and biases of a norm; 1 and 0 where it has none."""
    if of.weight is None:
        return (1.0,) * size, (0.0,) * size
    bias = getattr(of, "bias", None)
    return numbers(of.weight), (0.0,) * size if bias is None else numbers(bias)


def _rms_norm(of: Any) -> Branch:
    require(len(of.normalized_shape) == 1, "an RMS norm is of a vector")
    require(of.eps is not None, "an RMS norm says its eps: without, it depends on the type of its numbers")
    return (RMSNorm((1.0,) * of.normalized_shape[0] if of.weight is None else numbers(of.weight), (), of.eps),)


def _max_pool_of(along: int) -> Callable[[Any], Branch]:
    build = max_pool(along)
    return lambda of: build(of.kernel_size, of.stride, of.padding, of.dilation, of.ceil_mode, of.return_indices)


def _average_of(along: int) -> Callable[[Any], Branch]:
    def build(of: Any) -> Branch:
        divisor = getattr(of, "divisor_override", None)
        return average(along)(of.kernel_size, of.stride, of.padding, of.ceil_mode, of.count_include_pad, divisor)

    return build


MODULES: dict[type[nn.Module], Callable[[Any], Branch]] = {
    nn.Linear: lambda of: linear(of.weight, of.bias),
    **dict.fromkeys((nn.Conv1d, nn.Conv2d, nn.Conv3d), _convolution_of),
    **dict.fromkeys((nn.ConvTranspose1d, nn.ConvTranspose2d, nn.ConvTranspose3d), _transposed_of),
    **dict.fromkeys((nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d), _norm),
    nn.LayerNorm: _layer_norm,
    nn.RMSNorm: _rms_norm,
    nn.GroupNorm: _group_norm,
    **dict.fromkeys((nn.InstanceNorm1d, nn.InstanceNorm2d, nn.InstanceNorm3d), _instance_norm),
    **dict.fromkeys((nn.Dropout, nn.Dropout1d, nn.Dropout2d, nn.Dropout3d), lambda of: (Dropout(of.p),)),
    nn.Identity: lambda _: (),
    nn.Flatten: lambda of: flattening(of.start_dim, of.end_dim),
    nn.ReLU: lambda _: (ReLU(),),
    nn.ReLU6: lambda _: (ReLU6(),),
    nn.Hardtanh: lambda of: (Hardtanh(float(of.min_val), float(of.max_val)),),
    nn.LeakyReLU: lambda of: (LeakyReLU(of.negative_slope),),
    nn.PReLU: lambda of: (PReLU(numbers(of.weight)),),
    nn.GELU: lambda of: gelu(of.approximate),
    nn.SiLU: lambda _: (SiLU(),),
    nn.Sigmoid: lambda _: (Sigmoid(),),
    nn.Tanh: lambda _: (Tanh(),),
    nn.Softplus: lambda of: softplus(of.beta, of.threshold),
    nn.Softmax: lambda of: softmax(of.dim),
    nn.MaxPool1d: _max_pool_of(1),
    nn.MaxPool2d: _max_pool_of(2),
    nn.MaxPool3d: _max_pool_of(3),
    nn.AvgPool1d: _average_of(1),
    nn.AvgPool2d: _average_of(2),
    nn.AvgPool3d: _average_of(3),
    nn.AdaptiveAvgPool1d: lambda of: adaptive(1)(of.output_size),
    nn.AdaptiveAvgPool2d: lambda of: adaptive(2)(of.output_size),
    nn.AdaptiveAvgPool3d: lambda of: adaptive(3)(of.output_size),
}
"""What makes the layers of a module, by its class."""
