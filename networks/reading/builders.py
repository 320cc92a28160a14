"""What makes the layers of networks of the arguments that torch gives its modules and functions."""

from collections.abc import Callable
from typing import Any

from torch import Tensor

from ..errors import AxiomcheckError
from ..layers import (
    GELU,
    AdaptiveAvgPool,
    AvgPool,
    Branch,
    Conv,
    ConvTranspose,
    Dropout,
    Flatten,
    Hardtanh,
    Linear,
    MaxPool,
    ReLU,
    Shape,
    Softmax,
    Softplus,
    frozen,
)

SMOOTH = 40
"""From which threshold on a softplus is one, as far as floats tell."""


def numbers(tensor: Tensor) -> Any:
    """Return a tensor's numbers as nested tuples of floats."""
    return frozen(tensor.detach().double().cpu().numpy())


def require(condition: object, why: str) -> None:
    """Raise unless a layer is one that networks have."""
    if not condition:
        raise AxiomcheckError(why)


def sizes(given: Any, dimensions: int) -> Shape:
    """Return one size for each dimension."""
    listed = tuple(given) if isinstance(given, (tuple, list)) else (given,)
    return tuple(int(size) for size in (listed * dimensions if len(listed) == 1 else listed))


def linear(weight: Tensor, bias: Tensor | None = None) -> Branch:
    """Return the layer of a weight (out, in) and a bias (out,)."""
    return (Linear(numbers(weight), (0.0,) * len(weight) if bias is None else numbers(bias)),)


def convolution(  # noqa: PLR0917 - as torch has them
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    dilation: Any = 1,
    groups: int = 1,
    mode: str = "zeros",
) -> Branch:
    """Return the convolution of a weight (out, in / groups, *kernel)."""
    along = weight.dim() - 2
    same = padding == "same"
    padding = 0 if padding in ("same", "valid") else padding
    biases = (0.0,) * len(weight) if bias is None else numbers(bias)
    geometry = (sizes(stride, along), sizes(padding, along), groups, sizes(dilation, along))
    return (Conv(numbers(weight), biases, *geometry, mode, same),)


def transposed(  # noqa: PLR0917 - as torch has them
    weight: Tensor,
    bias: Tensor | None = None,
    stride: Any = 1,
    padding: Any = 0,
    output_padding: Any = 0,
    groups: int = 1,
    dilation: Any = 1,
) -> Branch:
    """Return the transposed convolution of a weight (in, out / groups, *kernel)."""
    along = weight.dim() - 2
    biases = (0.0,) * (weight.shape[1] * groups) if bias is None else numbers(bias)
    geometry = (sizes(stride, along), sizes(padding, along), groups, sizes(dilation, along))
    return (ConvTranspose(numbers(weight), biases, *geometry, sizes(output_padding, along)),)


def max_pool(along: int) -> Callable[..., Branch]:
    """Return what makes a max pool of its arguments."""

    def build(  # noqa: PLR0917 - as torch has them
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        dilation: Any = 1,
        ceil_mode: bool = False,  # noqa: FBT001, FBT002 - as torch calls it
        return_indices: bool = False,  # noqa: FBT001, FBT002
    ) -> Branch:
        require(not return_indices and set(sizes(dilation, along)) == {1}, "a max pool has no dilation and no indices")
        kernel = sizes(kernel_size, along)
        return (MaxPool(kernel, sizes(stride, along) if stride else kernel, sizes(padding, along), ceil_mode),)

    return build


def average(along: int) -> Callable[..., Branch]:
    """Return what makes an average pool of its arguments."""

    def build(  # noqa: PLR0917 - as torch has them
        kernel_size: Any,
        stride: Any = None,
        padding: Any = 0,
        ceil_mode: bool = False,  # noqa: FBT001, FBT002
        count_include_pad: bool = True,  # noqa: FBT001, FBT002
        divisor_override: Any = None,
    ) -> Branch:
        require(divisor_override is None, "an average pool divides by the size of its windows")
        kernel = sizes(kernel_size, along)
        strides = sizes(stride, along) if stride else kernel
        return (AvgPool(kernel, strides, sizes(padding, along), ceil_mode, count_include_pad),)

    return build


def adaptive(along: int) -> Callable[..., Branch]:
    """Return what makes an adaptive average pool of its size."""

    def build(output_size: Any) -> Branch:
        require(None not in (output_size if isinstance(output_size, tuple) else ()), "a pool says all of its sizes")
        return (AdaptiveAvgPool(sizes(output_size, along)),)

    return build


def softmax(dim: int | None = None, dtype: Any = None) -> Branch:
    """Return a softmax over the outputs."""
    require(dim in (1, -1) and dtype is None, "a softmax is over the outputs, with dim=1")
    return (Softmax(),)


def softplus(beta: float = 1, threshold: float = 20) -> Branch:
    """Return a softplus that nothing cuts off."""
    require(beta == 1, "a softplus has beta=1")
    require(threshold >= SMOOTH, f"a softplus has threshold={SMOOTH}: with less it jumps there, if by little")
    return (Softplus(),)


def gelu(approximate: str = "none") -> Branch:
    """Return a GELU."""
    return (GELU(approximate),)


def clamp(low: float | None = None, high: float | None = None) -> Branch:
    """Return a ReLU, or what is bounded on both sides."""
    if low == 0 and high is None:
        return (ReLU(),)
    require(low is not None and high is not None, "a clamp is from 0, or between two numbers")
    assert low is not None
    assert high is not None
    return (Hardtanh(float(low), float(high)),)


def flattening(start_dim: int = 0, end_dim: int = -1) -> Branch:
    """Return what puts all units of an input into one row."""
    require((start_dim, end_dim) == (1, -1), "what is flattened is all of an input, from dimension 1 on")
    return (Flatten(),)


def dropout(training: bool) -> Branch:  # noqa: FBT001
    """Return dropout that does nothing."""
    require(not training, "dropout that is always on is no function")
    return (Dropout(),)
