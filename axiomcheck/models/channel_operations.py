"""Operations that compute each channel from itself alone, as torch.fx names them, and what they make of a dead one."""

import operator
from collections.abc import Callable
from enum import IntEnum
from math import prod
from typing import Any

import torch
from torch import fx, nn
from torch.nn import functional

from ..networks import Shape


class Dead(IntEnum):
    """What is known of the values of a channel whose writers give a constant of at most 0."""

    UNKNOWN = 0
    AT_MOST_ZERO = 1
    ZERO = 2


def _rectified(before: Dead) -> Dead:
    return Dead.ZERO if before else Dead.UNKNOWN


def _kept(before: Dead) -> Dead:
    return before


def _lost(_: Dead) -> Dead:
    return Dead.UNKNOWN


Effect = Callable[[Dead], Dead]
RECTIFIERS = (nn.ReLU, nn.ReLU6, functional.relu, functional.relu6, torch.relu, torch.relu_, "relu", "relu_")
PASSES = (nn.Identity, nn.Dropout, nn.Dropout1d, nn.Dropout2d, functional.dropout, "contiguous", "clone")
CURVES = (
    *(nn.LeakyReLU, nn.ELU, nn.CELU, nn.SELU, nn.GELU, nn.SiLU, nn.Mish, nn.Sigmoid, nn.Tanh, nn.Softplus, nn.Hardtanh),
    *(nn.Hardswish, nn.Hardsigmoid, nn.Softsign, nn.LogSigmoid),
    *(
        functional.leaky_relu,
        functional.elu,
        functional.gelu,
        functional.silu,
        functional.hardtanh,
        functional.softplus,
    ),
    *(torch.sigmoid, torch.tanh, torch.abs, operator.neg, "sigmoid", "tanh", "abs", "neg"),
)
CLAMPS = (torch.clamp, torch.clamp_min, "clamp", "clamp_", "clamp_min", "clamp_min_")
UNITWISE: dict[Any, Effect] = {
    **dict.fromkeys(RECTIFIERS, _rectified),
    **dict.fromkeys(PASSES, _kept),
    **dict.fromkeys((*CURVES, *CLAMPS), _lost),
}
"""What computes each number from itself alone: classes of modules, functions, and methods by name."""


def effect(kind: Any, node: fx.Node) -> Effect:
    """Return what a node of a unitwise kind makes of a dead channel."""
    lowest = node.args[1] if len(node.args) > 1 else node.kwargs.get("min")
    return _rectified if kind in CLAMPS and lowest == 0 else UNITWISE[kind]


POOLS: dict[Any, int] = {
    **dict.fromkeys((nn.MaxPool1d, nn.AvgPool1d, nn.AdaptiveAvgPool1d, nn.AdaptiveMaxPool1d), 1),
    **dict.fromkeys((functional.max_pool1d, functional.avg_pool1d, functional.adaptive_avg_pool1d), 1),
    **dict.fromkeys((nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d, nn.AdaptiveMaxPool2d), 2),
    **dict.fromkeys((functional.max_pool2d, functional.avg_pool2d, functional.adaptive_avg_pool2d), 2),
    torch.max_pool2d: 2,
}
"""What pools within each channel, and over how many dimensions."""

JOINS = (
    *(operator.add, operator.iadd, operator.sub, operator.isub, operator.mul, operator.imul),
    *(torch.add, torch.sub, torch.mul, torch.maximum, torch.minimum),
    *("add", "add_", "sub", "sub_", "mul", "mul_"),
)
"""What joins two values number by number."""
SUMS = (operator.add, operator.iadd, torch.add, "add", "add_")


def joined(kind: Any, one: Dead, other: Dead) -> Dead:
    """Return what two values of a dead channel make."""
    return min(one, other) if kind in SUMS else Dead.UNKNOWN


def is_mean_of_places(node: fx.Node, shape: Shape) -> bool:
    """Return whether a node takes the mean over dimensions behind that of the channels."""
    if node.target not in (torch.mean, "mean"):
        return False
    given = node.args[1] if len(node.args) > 1 else node.kwargs.get("dim")
    dims = given if isinstance(given, (list, tuple)) else (given,)
    return all(isinstance(dim, int) and dim % len(shape) > 1 for dim in dims)


def flattens(node: fx.Node, kind: Any, module: nn.Module | None, shapes: tuple[Shape, Shape]) -> bool:
    """Return whether a node makes (B, C, …) to (B, C · …), whatever C is."""
    before, after = shapes
    if after != (before[0], prod(before[1:])):
        return False
    if isinstance(module, nn.Flatten):
        return module.start_dim == 1 and module.end_dim == -1
    if kind in (torch.flatten, "flatten"):
        return (node.args[1:] or (node.kwargs.get("start_dim"),)) in ((1,), (1, -1))
    return kind in ("view", "reshape") and node.args[2:] == (-1,)


def asks_batch(node: fx.Node) -> bool:
    """Return whether a node asks a value for the size of its batch and for nothing else."""
    if node.op == "call_method" and node.target == "size":
        return node.args[1:] == (0,)
    if node.target is getattr and node.args[1:] == ("shape",):
        return all(user.target is operator.getitem and user.args[1:] == (0,) for user in node.users)
    return False
