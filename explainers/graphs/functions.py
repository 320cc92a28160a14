"""Which operation a function of torch, or a method of a tensor, is."""

import operator
from typing import Any

import torch
from torch.nn import functional

from .builders import (
    Builder,
    averaging,
    batch_norm,
    clamp,
    convolution,
    curve,
    dropout,
    hardtanh,
    leaky_relu,
    linear,
    max_pool,
    prelu,
    relu,
    softmax,
    transposed,
)

FUNCTIONS: dict[Any, Builder] = {
    functional.linear: linear,
    functional.conv1d: convolution(functional.conv1d),
    functional.conv2d: convolution(functional.conv2d),
    functional.conv3d: convolution(functional.conv3d),
    functional.conv_transpose1d: transposed(functional.conv_transpose1d),
    functional.conv_transpose2d: transposed(functional.conv_transpose2d),
    functional.conv_transpose3d: transposed(functional.conv_transpose3d),
    functional.batch_norm: batch_norm,
    functional.avg_pool1d: averaging(functional.avg_pool1d),
    functional.avg_pool2d: averaging(functional.avg_pool2d),
    functional.avg_pool3d: averaging(functional.avg_pool3d),
    functional.adaptive_avg_pool1d: averaging(functional.adaptive_avg_pool1d),
    functional.adaptive_avg_pool2d: averaging(functional.adaptive_avg_pool2d),
    functional.adaptive_avg_pool3d: averaging(functional.adaptive_avg_pool3d),
    **dict.fromkeys((torch.mean, "mean"), averaging(torch.mean)),
    **dict.fromkeys((torch.sum, "sum"), averaging(torch.sum)),
    **dict.fromkeys((functional.relu, torch.relu, torch.relu_, "relu", "relu_"), relu),
    **dict.fromkeys((torch.clamp, torch.clamp_, torch.clip, "clamp", "clamp_", "clip"), clamp),
    **dict.fromkeys((torch.clamp_min, torch.clamp_min_, "clamp_min", "clamp_min_"), lambda min: clamp(min=min)),  # noqa: A006
    **dict.fromkeys((torch.clamp_max, torch.clamp_max_, "clamp_max", "clamp_max_"), lambda max: clamp(max=max)),  # noqa: A006
    **dict.fromkeys((functional.leaky_relu, functional.leaky_relu_), leaky_relu),
    **dict.fromkeys((functional.prelu, "prelu"), prelu),
    functional.relu6: lambda inplace=False: clamp(0.0, 6.0),  # noqa: ARG005
    **dict.fromkeys((functional.hardtanh, functional.hardtanh_), hardtanh),
    **dict.fromkeys((functional.max_pool1d, torch.max_pool1d), max_pool(1)),
    **dict.fromkeys((functional.max_pool2d, torch.max_pool2d), max_pool(2)),
    **dict.fromkeys((functional.max_pool3d, torch.max_pool3d), max_pool(3)),
    **dict.fromkeys((functional.softmax, torch.softmax, "softmax"), softmax("softmax", torch.softmax)),
    **dict.fromkeys(
        (functional.log_softmax, torch.log_softmax, "log_softmax"), softmax("log_softmax", torch.log_softmax)
    ),
    functional.layer_norm: curve("LayerNorm", functional.layer_norm),
    functional.group_norm: curve("GroupNorm", functional.group_norm),
    functional.instance_norm: curve("InstanceNorm", functional.instance_norm),
    functional.gelu: curve("GELU", functional.gelu),
    functional.silu: lambda inplace=False: curve("SiLU", functional.silu)(),  # noqa: ARG005
    functional.softplus: curve("Softplus", functional.softplus),
    **dict.fromkeys((functional.sigmoid, torch.sigmoid, "sigmoid"), curve("Sigmoid", torch.sigmoid)),
    **dict.fromkeys((functional.tanh, torch.tanh, "tanh"), curve("Tanh", torch.tanh)),
    functional.dropout: dropout,
    functional.dropout2d: dropout,
}
"""What to build from the arguments behind the input."""

VIEWS: frozenset[Any] = frozenset(
    {torch.flatten, torch.reshape, torch.squeeze, torch.unsqueeze, torch.transpose, torch.permute, torch.movedim}
    | {"flatten", "view", "reshape", "squeeze", "unsqueeze", "transpose", "permute", "movedim", "contiguous"}
    | {"narrow", "unflatten", "view_as", "reshape_as", torch.narrow, operator.getitem, torch.t, "t"}
)
"""What only moves entries, or no more than looks at them in another order."""

COPIES: frozenset[Any] = frozenset({torch.cat, torch.concat, torch.concatenate, functional.pad, "clone", torch.clone})
"""What only moves entries, to memory of its own."""

TURNED = frozenset({"T", "mT"})
"""Attributes that are views."""

SUMS: dict[Any, float] = {
    **dict.fromkeys((operator.add, operator.iadd, torch.add, "add", "add_"), 1.0),
    **dict.fromkeys((operator.sub, operator.isub, torch.sub, "sub", "sub_"), -1.0),
}
"""The weight of the second of two values that are added up."""

PRODUCTS: frozenset[Any] = frozenset((operator.mul, operator.imul, torch.mul, "mul", "mul_"))
MATRIX_PRODUCTS: frozenset[Any] = frozenset((operator.matmul, torch.matmul, torch.bmm, "matmul", "bmm"))
QUOTIENTS: frozenset[Any] = frozenset((operator.truediv, operator.itruediv, torch.div, "div", "div_"))
SHAPES: frozenset[Any] = frozenset(("size", "dim", "ndimension", "numel"))
SHAPELY = frozenset(("shape", "ndim", "dtype", "device", "is_cuda"))
"""Attributes that do not depend on what the entries are."""
IN_PLACE: frozenset[Any] = frozenset((operator.iadd, operator.isub, operator.imul, operator.itruediv))
COMPARISONS = frozenset({"gt", "lt", "ge", "le", "eq", "ne"})
NEGATIONS: frozenset[Any] = frozenset((operator.neg, torch.neg, "neg"))
