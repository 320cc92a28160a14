"""The layers that calls of functions and methods are, by what torch.fx calls them."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch.nn import functional

from ..errors import AxiomcheckError
from ..layers import Branch, Hardtanh, LeakyReLU, ReLU, ReLU6, Sigmoid, SiLU, Tanh
from .builders import (
    adaptive,
    average,
    clamp,
    convolution,
    dropout,
    flattening,
    gelu,
    linear,
    max_pool,
    sizes,
    softmax,
    softplus,
    transposed,
)

Names = tuple[str, ...]
"""What a function calls its arguments behind the first one, by which they may be given."""
CONVOLUTION: Names = ("weight", "bias", "stride", "padding", "dilation", "groups")
TRANSPOSED: Names = ("weight", "bias", "stride", "padding", "output_padding", "groups", "dilation")
MAX_POOL: Names = ("kernel_size", "stride", "padding", "dilation", "ceil_mode", "return_indices")
AVERAGE: Names = ("kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")


def _rectified(inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return (ReLU(),)


def _capped(inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return (ReLU6(),)


def _leaky(negative_slope: float = 0.01, inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return (LeakyReLU(negative_slope),)


def _bounded(min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return (Hardtanh(float(min_val), float(max_val)),)


def _dropped(p: float = 0.5, training: bool = True, inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return dropout(training)


def _softmax(dim: int | None = None, _stacklevel: int = 3, dtype: Any = None) -> Branch:
    return softmax(dim, dtype)


def _clamped(min: float | None = None, max: float | None = None) -> Branch:  # noqa: A002 - as torch calls them
    return clamp(min, max)


def _silu(inplace: bool = False) -> Branch:  # noqa: ARG001, FBT001, FBT002
    return (SiLU(),)


Call = tuple[Names, Callable[..., Branch]]
_RELU: Call = (("inplace",), _rectified)
FUNCTIONS: dict[Any, Call] = {
    **dict.fromkeys((functional.relu, torch.relu, torch.relu_, "relu", "relu_"), _RELU),
    **dict.fromkeys((torch.clamp, "clamp", "clamp_"), (("min", "max"), _clamped)),
    **dict.fromkeys(("clamp_min", "clamp_min_"), (("min",), _clamped)),
    functional.relu6: (("inplace",), _capped),
    functional.leaky_relu: (("negative_slope", "inplace"), _leaky),
    functional.hardtanh: (("min_val", "max_val", "inplace"), _bounded),
    functional.gelu: (("approximate",), gelu),
    functional.silu: (("inplace",), _silu),
    functional.softplus: (("beta", "threshold"), softplus),
    **dict.fromkeys((functional.sigmoid, torch.sigmoid, "sigmoid"), ((), lambda: (Sigmoid(),))),
    **dict.fromkeys((functional.tanh, torch.tanh, "tanh"), ((), lambda: (Tanh(),))),
    functional.softmax: (("dim", "_stacklevel", "dtype"), _softmax),
    **dict.fromkeys((torch.softmax, "softmax"), (("dim", "dtype"), softmax)),
    functional.dropout: (("p", "training", "inplace"), _dropped),
    **dict.fromkeys((torch.flatten, "flatten"), (("start_dim", "end_dim"), flattening)),
    functional.linear: (("weight", "bias"), linear),
    **dict.fromkeys((functional.conv1d, functional.conv2d, functional.conv3d), (CONVOLUTION, convolution)),
    **dict.fromkeys(
        (functional.conv_transpose1d, functional.conv_transpose2d, functional.conv_transpose3d),
        (TRANSPOSED, transposed),
    ),
    functional.max_pool1d: (MAX_POOL, max_pool(1)),
    functional.max_pool2d: (MAX_POOL, max_pool(2)),
    functional.max_pool3d: (MAX_POOL, max_pool(3)),
    functional.avg_pool1d: (AVERAGE, average(1)),
    functional.avg_pool2d: (AVERAGE, average(2)),
    functional.avg_pool3d: (AVERAGE, average(3)),
    functional.adaptive_avg_pool1d: (("output_size",), adaptive(1)),
    functional.adaptive_avg_pool2d: (("output_size",), adaptive(2)),
    functional.adaptive_avg_pool3d: (("output_size",), adaptive(3)),
}
"""What makes the layers of a call, by its function or the name of its method."""


def arguments(names: Names, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a call behind the first one by their names; ``AxiomcheckError`` for others."""
    given = dict(zip(names, args, strict=False)) | {name: value for name, value in kwargs.items() if name != "input"}
    if len(args) > len(names) or not given.keys() <= set(names):
        raise AxiomcheckError(f"of its arguments {', '.join(names)} are known")
    return given


def padded_convolution(pad: tuple[int, ...], mode: str, **given: Any) -> Branch:
    """Return the convolution that reads what ``F.pad`` has padded, whose padding is then its own."""
    before, behind = pad[-2::-2], pad[-1::-2]
    if any(sizes(given.pop("padding", 0), len(before))):
        raise AxiomcheckError("what is padded already is not padded again")
    own = before if before == behind else "same"
    (found,) = convolution(**given, padding=own, mode="zeros" if mode == "constant" else mode)
    if (getattr(found, "padding", ()), getattr(found, "behind", ())) != (before, behind):
        raise AxiomcheckError(f"a padding is the same on both sides, or keeps the places, unlike {pad}")
    return (found,)
