"""What a model is made of: the few kinds of operation that explanations are propagated through.

Each is called with the values that enter it, (B, …) each, and returns what leaves it; nothing is changed in place.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import torch
from torch import Tensor
from torch.nn import functional

from ..protocol import Unsupported
from .vjp import pulled

Transposed = Callable[[Tensor, Tensor, torch.Size], Tensor]
"""From a message, a weight and the shape of what enters a layer to Wᵀ m."""


class Affine(NamedTuple):
    """The parameters of an affine layer, as its function takes them."""

    weight: Tensor
    bias: Tensor


class Layer(NamedTuple):
    """z = W a + b, where ``function(a, weight, bias)`` is linear in (weight, bias), and in (a, bias).

    ``transposed`` is the way back where it has a form of its own, which saves the way forward that autograd needs.
    """

    function: Callable[[Tensor, Tensor, Tensor | None], Tensor]
    parameters: Affine
    transposed: Transposed | None = None

    def __call__(self, a: Tensor) -> Tensor:
        """Return the pre-activations."""
        return self.function(a, *self.parameters)

    def pulled(self, a: Tensor, weight: Tensor, message: Tensor) -> Tensor:
        """Return Wᵀ m, shape of ``a``, for other weights than its own."""
        if self.transposed is not None:
            return self.transposed(message, weight, a.shape)
        (found,) = pulled(lambda entering: self.function(entering, weight, None), [a], message)
        assert found is not None
        return found


class Activation(NamedTuple):
    """A function of each unit, piecewise linear with kinks at the given values."""

    function: Callable[[Tensor], Tensor]
    kinks: tuple[float, ...]

    def __call__(self, z: Tensor) -> Tensor:
        """Return the activations."""
        return self.function(z)


RELU = Activation(torch.relu, (0.0,))


class MaxPool(NamedTuple):
    """The largest value of each window: along rows and columns, or along one axis if ``axes`` is 1."""

    axes: int
    kernel: tuple[int, int]
    stride: tuple[int, int]
    padding: tuple[int, int]
    dilation: tuple[int, int]
    ceil_mode: bool

    def __call__(self, a: Tensor) -> Tensor:
        """Return the winners."""
        return self.winners(a)[0]

    def winners(self, a: Tensor) -> tuple[Tensor, Tensor]:
        """Return the largest value of each window, and where it stands in its plane, counted from 0."""
        planes = a.unsqueeze(-2) if self.axes == 1 else a
        values, places = functional.max_pool2d(planes, *self[1:], return_indices=True)
        return (values.squeeze(-2), places.squeeze(-2)) if self.axes == 1 else (values, places)

    def windows(self, a: Tensor) -> Tensor:
        """Return what competes in each window, (B, k, m) for m windows of k entries; padding never wins."""
        planes = a.unsqueeze(-2) if self.axes == 1 else a
        (_, _, *size), (_, _, *out) = planes.shape, self.winners(planes if self.axes == 2 else a)[0].shape
        out = [1, *out] if self.axes == 1 else out
        sides: list[int] = []
        for n, m, k, s, p, d in zip(size, out, *self[1:5], strict=True):
            sides = [p, (m - 1) * s + d * (k - 1) + 1 - n - p, *sides]
        padded = functional.pad(planes, sides, value=torch.finfo(a.dtype).min / 8)
        parts = functional.unfold(padded, self.kernel, self.dilation, stride=self.stride)
        return parts.reshape(len(a), planes.shape[1], -1, parts.shape[-1]).transpose(1, 2).flatten(2)


class Passing(NamedTuple):
    """Every entry of the result is an entry of what enters: reshaped, permuted, cut out, put side by side.

    A view may lie in the memory of what enters, so that what is done in place to one is done to the other.
    """

    function: Callable[..., Tensor]
    is_view: bool = False

    def __call__(self, *values: Any) -> Tensor:
        """Return the entries in their new places."""
        return self.function(*values)


class Shape(NamedTuple):
    """A number or numbers that depend on shapes alone; nothing is propagated through them."""

    function: Callable[..., Any]

    def __call__(self, *values: Any) -> Any:
        """Return the number or numbers."""
        return self.function(*values)


class Softmax(NamedTuple):
    """Probabilities, or their logarithms: no piecewise linear function, and known so that it can be told."""

    name: str
    function: Callable[[Tensor], Tensor]

    def __call__(self, z: Tensor) -> Tensor:
        """Return the probabilities."""
        return self.function(z)


class Unknown(NamedTuple):
    """What nothing can be propagated through, and why; it does not matter where it leads to no output."""

    reason: str

    def __call__(self, *_: Any) -> Any:
        """Tell the reason."""
        raise Unsupported(self.reason)


Operation = Layer | Activation | MaxPool | Passing | Shape | Softmax | Unknown


def sent_back(operation: Operation, entering: Sequence[Any], message: Tensor) -> list[Tensor | None]:
    """Return Jᵀ m for each value that enters, as ``pulled``, by the layer's own way back if it is one."""
    if isinstance(operation, Layer):
        return [operation.pulled(entering[0], operation.parameters.weight, message)]
    return pulled(operation, entering, message)
